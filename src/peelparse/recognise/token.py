"""The shape between tokenising and the outline: one line with its role."""

from typing import Final

import msgspec

from peelparse.recognise.roles import Role

SHORT: Final = 120  # characters of a heading; longer lines are prose
LONGEST_LABEL: Final = 110  # characters; longer lines are no label


class Token(msgspec.Struct, gc=False):
    """One block, or a part of one, with its role."""

    role: Role
    index: int
    """Position of the block on the page."""
    text: str
    """The block's words, or the part of them that this token is."""
    value: str = ""
    """What the label stands for: a grade, a pillar, an ISO date, …"""
    number: int | None = None
    """A number that the block prints, where it is a number of something."""
    rule: str = ""
    """Name of the rule that decided, for `explain`."""

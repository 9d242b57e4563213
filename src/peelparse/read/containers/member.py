"""The shape that every container reader gives: one page's bytes and its origin."""

from collections.abc import Callable, Iterator

import msgspec

from peelparse.blocks import Problem
from peelparse.errors import ReadError
from peelparse.read.limits import Budget


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a container holds: a page, or a container of pages."""

    data: bytes
    """Its own bytes, unpacked and without headers."""
    format: str
    """Name of the container that held it."""
    name: str | None = None
    """Its name or number in the container; None where the file is this one page."""
    form: str | None = None
    """`html` or `text` where the container says so; None to have the bytes tell,
    which may be a container again."""
    encoding: str | None = None
    """Encoding that the container names, if any."""
    address: str | None = None
    """Address that the container names, if any."""
    saved: str | None = None
    """When it was saved, as the container writes it, if it does."""
    title: str | None = None
    """The page's title, where the container has it beside the page."""
    lost_lists: bool = False
    """Whether the container loses the marks of lists, so that their members stand as
    paragraphs (HTML; text is always read so)."""
    problems: tuple[Problem, ...] = ()
    """What was wrong with its place in the container."""


Members = Iterator[Member | ReadError]
"""Members in file order; in place of one that cannot be read, its error."""

Reader = Callable[[bytes, Budget], Members]
"""A container reader. It may raise `ReadError`: what it gave before still counts."""

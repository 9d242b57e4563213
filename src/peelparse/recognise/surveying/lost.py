"""Grades whose question or area a copy has lost, and what is left of their parts.

Some copies drop every heading that is a button, or one heading here and there. What is
left is a grade line over prose. One alone may be a stray word, unless its own label
says that it is a grade; several are parts of the page.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from peelparse.recognise.context import PASSED_OVER, following, is_content
from peelparse.recognise.roles import (
    AREA,
    CELL,
    DATE,
    EDITION,
    GRADE,
    GRADE_LABEL,
    LISTED_QUESTION,
    NUMBER,
    ORGANISATION,
    PILLAR,
    PROSE,
    QUESTION,
    SECTION,
    TITLE,
)
from peelparse.recognise.surveying.openings import find_unnamed
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import Vocabulary
from peelparse.text import ends_sentence

SEVERAL: Final = 2  # grades over prose, without a name, that are parts of the page
# what a grade stands under where its name is there, or where it is the pillar's
HEADS: Final = frozenset(
    (
        *(QUESTION, AREA, NUMBER, DATE, PILLAR, TITLE),
        *(GRADE, EDITION, ORGANISATION, CELL, LISTED_QUESTION),
    )
)


def find_lost(tokens: Sequence[Token], start: int) -> list[Token]:
    """Grades over content whose question or area the copy has lost."""
    lost: list[Token] = []
    listed: list[Token] = []
    is_judged = is_sure = False
    for position in range(start, len(tokens)):
        token = tokens[position]
        if token.role is SECTION:
            is_judged = token.value == "judgments"
        if token.role is not GRADE or not _heads_content(tokens, position):
            continue
        names = _count_names(tokens, position)
        if not names:
            lost.append(token)
            is_sure = is_sure or tokens[position - 1].role is GRADE_LABEL
        elif is_judged and names > 1:
            listed.append(token)  # under the last name of the judgments table
        is_judged = False
    return [*lost, *listed] if is_sure or len(lost) >= SEVERAL else []


class Lost(msgspec.Struct, frozen=True):
    """What a copy has lost."""

    grades: frozenset[int]
    """Positions of grades over content whose question or area is lost."""
    questions: frozenset[int]
    """Positions where questions begin whose words are lost."""


def name_lost(
    tokens: Sequence[Token], start: int, grades: Sequence[Token], words: Vocabulary
) -> Lost:
    """What a copy has lost, once roles are settled; grades: as `find_lost` gave them."""
    return Lost(
        find_places(tokens, grades),
        find_unnamed(tokens, start, words),
    )


def find_places(tokens: Sequence[Token], wanted: Sequence[Token]) -> frozenset[int]:
    """Positions of the very tokens that are wanted."""
    known = {id(token) for token in wanted}
    return frozenset(
        position for position, token in enumerate(tokens) if id(token) in known
    )


def _heads_content(tokens: Sequence[Token], position: int) -> bool:
    after = following(tokens, position, 1)
    return bool(after) and is_content(after[0])


def _count_names(tokens: Sequence[Token], position: int) -> int:
    """How many lines before a grade can be its name; more than one are a list."""
    count = 0
    for token in reversed(tokens[max(0, position - 12) : position]):
        if token.role in PASSED_OVER:
            continue
        is_name = (
            token.role is PROSE
            and len(token.text) < SHORT
            and not ends_sentence(token.text)
        )
        if not is_name and token.role not in HEADS:
            break
        count += 1
    return count

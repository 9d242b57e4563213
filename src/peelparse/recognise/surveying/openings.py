"""Areas whose heading a copy has lost, told by the sentence that opens each.

In reports without pillars, the first words under an area's heading are a sentence of
one form: the force by its name, a grade, and what it is graded at. Where a copy has
dropped the headings, these sentences are all that parts one area from the next.
"""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from peelparse.recognise.context import following, is_content, preceding
from peelparse.recognise.roles import (
    AREA,
    BOX,
    GRADE,
    INSPECTOR,
    NUMBER,
    PROSE,
    QUESTION,
    SECTION,
    STANDING,
)
from peelparse.recognise.surveying.marks import opens_area
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import Vocabulary, plain
from peelparse.text import SENTENCE, ends_sentence

SEVERAL: Final = 2  # openings without a heading that make parts of the page
OVERALL: Final = frozenset(("letter", "stated"))  # sections that speak of every area
NAMES: Final = frozenset((QUESTION, AREA, GRADE))  # what shows a question
LONGEST_BOX: Final = 6  # blocks of a cause of concern
HEADS: Final = frozenset((AREA, GRADE, NUMBER))


def open_lost_areas(tokens: list[Token], start: int, words: Vocabulary) -> None:
    """Put an area without words before each opening sentence that has no heading.

    Where most openings have their heading, the copy has lost none, and what looks
    like one more is a sentence of the area that is open.
    """
    openings = _find_openings(tokens, start, words)
    lost = [place for place in openings if not _is_headed(tokens, place)]
    is_first = lost and not any(token.role is AREA for token in tokens[start : lost[0]])
    if 2 * len(lost) <= len(openings) or not (is_first or len(lost) >= SEVERAL):
        return
    for place in reversed(lost):
        token = tokens[place]
        sentence, *rest = re.split(SENTENCE, token.text, maxsplit=1)
        if rest:  # the opening is a paragraph of its own, which the copy ran on
            tokens[place] = msgspec.structs.replace(token, text=sentence)
            tokens.insert(place + 1, msgspec.structs.replace(token, text=rest[0]))
        tokens.insert(place, Token(AREA, token.index, "", rule="lost_area"))


def _find_openings(tokens: Sequence[Token], start: int, words: Vocabulary) -> list[int]:
    """Positions of the sentences that have the form of an opening."""
    found: list[int] = []
    section = ""
    is_letter = False
    for position in range(start, len(tokens)):
        token = tokens[position]
        section = token.value if token.role is SECTION else section
        is_signed = token.role is INSPECTOR and is_letter
        is_letter = section == "letter" and (is_letter or token.role is PROSE)
        if token.role is AREA or is_signed:
            section = ""
        is_own = token.role is PROSE and section not in OVERALL
        if is_own and opens_area(plain(token.text), words):
            found.append(position)
    return found


def _is_headed(tokens: Sequence[Token], position: int) -> bool:
    """Whether a heading, or what may be one, stands right before a sentence."""
    return any(
        token.role in HEADS
        or (
            token.role is PROSE
            and len(token.text) < SHORT
            and not ends_sentence(token.text)
        )
        for token in preceding(tokens, position, 1)
    )


def find_unnamed(
    tokens: Sequence[Token], start: int, words: Vocabulary
) -> frozenset[int]:
    """Positions where questions begin whose words a copy has lost.

    Each question has one standing sentence. Where two of them follow each other and no
    question stands between, the second one's is lost. It begins at the sentence that
    grades the force, or at the box right before that, as on all pages that print one.
    """
    found: set[int] = set()
    is_known = True
    for position in range(start, len(tokens)):
        role = tokens[position].role
        if role in NAMES:
            is_known = True
        elif role is STANDING:
            if not is_known:
                found.add(_find_beginning(tokens, position, words))
            is_known = False
    return frozenset(found) | _find_numbered(tokens, start)


def _find_numbered(tokens: Sequence[Token], start: int) -> frozenset[int]:
    """Numbers of questions over a grade or words, which go on where others stopped."""
    found: list[int] = []
    last = 0
    for position in range(start, len(tokens)):
        token = tokens[position]
        if token.role is not NUMBER or token.number is None:
            continue
        after = following(tokens, position, 2)
        is_next = 0 < token.number - last < 3
        is_graded = bool(after) and after[0].role is GRADE
        if after and after[0].role is QUESTION:
            last = token.number
        elif (
            is_next and (last or is_graded) and any(map(is_content, after[is_graded:]))
        ):
            last = token.number
            found.append(position)
    return frozenset(found if len(found) >= SEVERAL else ())


def _find_beginning(tokens: Sequence[Token], standing: int, words: Vocabulary) -> int:
    """Where the question of a standing sentence begins."""
    first = standing
    if opens_area(plain(tokens[standing - 1].text), words):
        first -= 1
    position = first - 1
    while _may_be_in_box(tokens[position], words):
        position -= 1  # the standing sentence before ends this at the latest
    if tokens[position].role is not BOX:
        return first
    is_advice = tokens[position].value == "recommendations"
    return _find_cause(tokens, position) if is_advice else position


def _find_cause(tokens: Sequence[Token], position: int) -> int:
    """The label of the cause of concern that recommendations stand under, if any."""
    for place in range(position - 1, max(position - LONGEST_BOX, 0), -1):
        if tokens[place].role is BOX:
            return place if tokens[place].value == "causes_of_concern" else position
        if tokens[place].role is not PROSE:
            break
    return position


def _may_be_in_box(token: Token, words: Vocabulary) -> bool:
    """Whether a line is a statement of what to do, or a member or head of a list."""
    duty = words.pattern(words.patterns.duty)
    is_part = token.text[:1].islower() or duty.search(token.text) is not None
    return token.role is PROSE and is_part

"""Areas whose heading a copy has lost, told by the sentence that opens each.

In reports without pillars, the first words under an area's heading are a sentence of
one form: the force by its name, a grade, and what it is graded at. Where a copy has
dropped the headings, these sentences are all that parts one area from the next.
"""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from peelparse.recognise.context import PASSED_OVER
from peelparse.recognise.marks import judges_force
from peelparse.recognise.roles import (
    AREA,
    GRADE,
    INSPECTOR,
    NUMBER,
    PROSE,
    SECTION,
)
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import Vocabulary, plain
from peelparse.text import SENTENCE, ends_sentence

SEVERAL: Final = 2  # openings without a heading that make parts of the page
OVERALL: Final = frozenset(("letter", "stated"))  # sections that speak of every area
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
        if token.role is PROSE and section not in OVERALL:
            line = plain(token.text)
            if judges_force(line, words) and _is_judged_at(line, words):
                found.append(position)
    return found


def _is_judged_at(line: str, words: Vocabulary) -> bool:
    sentence = re.split(SENTENCE, line, maxsplit=1)[0]
    pattern = words.pattern(words.patterns.prose_grade)
    return sentence.endswith(".") and pattern.search(sentence) is not None


def _is_headed(tokens: Sequence[Token], position: int) -> bool:
    """Whether a heading, or what may be one, stands right before a sentence."""
    for token in reversed(tokens[:position]):
        if token.role in PASSED_OVER:
            continue
        is_short = token.role is PROSE and len(token.text) < SHORT
        return token.role in HEADS or (is_short and not ends_sentence(token.text))
    return False

"""What shows that a page is about many forces, and so is no report of any of them."""

from collections.abc import Sequence
from typing import Final

from peelparse.recognise.roles import GRADE, ORGANISATION, PROSE, QUESTION
from peelparse.recognise.surveying.identity import Title
from peelparse.recognise.surveying.names import Names
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary, plain
from peelparse.report import PageKind, Programme

MANY: Final = 3  # forces with grades that make a page a table of them
PROGRAMMES: Final[tuple[Programme, ...]] = ("PEEL", "FRS")
NEAR: Final = 6  # tokens after a force's name in which its first grade stands


def find_kind_of_many(
    tokens: Sequence[Token], title: Title, words: Vocabulary
) -> PageKind | None:
    """The kind of a page about many forces; None if it may be about one.

    Whatever names a force in its title is about that force.
    """
    if title.text:
        return None
    if _count_graded(tokens, words) >= MANY:
        return "grades_table"
    asked = [plain(token.text) for token in tokens if token.role is QUESTION]
    of_many = words.pattern(words.patterns.asked_of_many)
    of_one = words.pattern(words.patterns.asked_of_one)
    is_of_many = any(map(of_many.search, asked)) and not any(map(of_one.search, asked))
    return "not_an_assessment" if is_of_many else None


def _count_graded(tokens: Sequence[Token], words: Vocabulary) -> int:
    """How many forces stand in lines of their own with a grade soon after."""
    grades = [place for place, token in enumerate(tokens) if token.role is GRADE]
    if len(grades) < MANY:
        return 0
    known = [Names(words, programme) for programme in PROGRAMMES]
    graded: set[str] = set()
    for place, token in enumerate(tokens):
        if token.role not in {PROSE, ORGANISATION}:
            continue
        near = tokens[place + 1 : place + 1 + NEAR]
        if any(other.role is GRADE for other in near):
            found = filter(None, (names.name(token) for names in known))
            graded.update(who.force or "" for who in found)
    return len(graded)

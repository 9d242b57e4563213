"""Contents lists and tables of judgments: names that are printed again elsewhere."""

from collections import defaultdict
from typing import Final

from peelparse.recognise.context import (
    following,
    is_content,
    is_stated,
    preceding,
)
from peelparse.recognise.roles import (
    AREA,
    BOX,
    CELL,
    DATE,
    GRADE,
    NUMBER,
    PILLAR,
    PROSE,
    QUESTION,
    QUESTIONS_FOR,
)
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import Vocabulary, make_key
from peelparse.text import ends_sentence

SEVERAL: Final = 2  # names printed again, one after the other, that are no sub-headings
REPEATED: Final = frozenset((QUESTION, AREA))  # what a contents list repeats


def find_contents(tokens: list[Token], words: Vocabulary) -> dict[int, bool]:
    """Questions and areas that are printed more than once, but where they open.

    Returns:
        For the position of each, whether words that belong to it follow.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for position, token in enumerate(tokens):
        if token.role in REPEATED and token.text:
            places[make_key(token.text)].append(position)
        elif token.role is PILLAR:
            places[token.value].append(position)
    contents: set[int] = set()
    for positions in places.values():
        ranks = {position: _rank(tokens, position, words) for position in positions}
        best = max(
            positions,
            key=lambda each: (
                ranks[each],
                not _ends_table(tokens, each),
                not _ends_list(tokens, each),
            ),
        )
        contents.update(position for position in positions if position != best)
        if tokens[best].role is AREA and ranks[best] < 2:
            contents.add(best)
    again = _find_again(tokens, contents, words)
    return {position: position in again for position in contents}


def _find_again(tokens: list[Token], contents: set[int], words: Vocabulary) -> set[int]:
    """Names printed again over words of their own, as after cards or a summary.

    Several stand one after the other, without a new name between them: one alone may
    be a sub-heading in another area.
    """
    again: set[int] = set()
    run: dict[str, int] = {}
    names = {make_key(token.text) for token in tokens if token.role in REPEATED}
    least = min(len(names), SEVERAL)
    for position, token in enumerate(tokens):
        if token.role not in REPEATED:
            continue
        if position not in contents:
            run = {}
        elif _has_words(tokens, position, words):
            run[make_key(token.text)] = position
            again.update(run.values() if len(run) >= least else ())
    return again


def _has_words(tokens: list[Token], position: int, words: Vocabulary) -> bool:
    """Whether words of its own, but no box right away, follow a name."""
    after = following(tokens, position, 2)
    after = after[1:] if after and after[0].role is GRADE else after
    return (
        bool(after)
        and after[0].role is not BOX
        and is_content(after[0])
        and not is_stated(after[0], words)
    )


def _rank(tokens: list[Token], position: int, words: Vocabulary) -> int:
    """How much content follows a question or area."""
    if tokens[position].rule == "area_in_list":
        return 2
    if tokens[position].role is PILLAR:
        return _rank_pillar(tokens, position)
    after = following(tokens, position, 2)
    rank = 0
    if after and after[0].role is GRADE:
        rank += 1
        after = after[1:]
    if (
        tokens[position].rule == "area_label"
        and len(after) > 1
        and after[0].role is PROSE
        and len(after[0].text) < SHORT
        and not ends_sentence(after[0].text)
    ):
        after = after[1:]  # a known area may begin with a sub-heading
    if rank and after and after[0].role is CELL:
        return rank + 1  # figures before the words, unless these stand elsewhere
    is_own = bool(after) and is_content(after[0]) and not is_stated(after[0], words)
    return rank + 2 * is_own


def _ends_table(tokens: list[Token], position: int) -> bool:
    """Whether a name and a grade stand right before, as in a table of judgments."""
    before = [token.role for token in preceding(tokens, position, 2)]
    return before[-1:] == [GRADE] and not {*before[-2:-1]}.isdisjoint(REPEATED)


def _ends_list(tokens: list[Token], position: int) -> bool:
    """Whether another name stands right before, as in a list of contents."""
    before = [
        token.role
        for token in preceding(tokens, position, 2)
        if token.role is not NUMBER
    ]
    return bool(before) and before[-1] in REPEATED


def _rank_pillar(tokens: list[Token], position: int) -> int:
    """How much of a pillar's block follows a pillar's name."""
    roles = [token.role for token in following(tokens, position, 3)]
    wanted = (DATE, GRADE, QUESTION, QUESTIONS_FOR)
    return sum(1 for role in roles if role in wanted) if PILLAR not in roles else 0

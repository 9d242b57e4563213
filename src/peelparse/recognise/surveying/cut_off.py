"""Words of an assessment among what was cut off before and after it, as a safety net."""

from collections.abc import Sequence
from typing import Final

from peelparse.blocks import Block
from peelparse.recognise.roles import BOX, GRADE, PROSE
from peelparse.recognise.surveying.survey import Survey
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary, plain
from peelparse.text import ends_sentence

LEGEND: Final = 3  # different grades that explain themselves


def find_cut_off(
    tokens: Sequence[Token], blocks: Sequence[Block], look: Survey, words: Vocabulary
) -> list[Token]:
    """Tokens that look like an assessment's, before its start and after its end.

    Args:
        tokens: of the whole page.
        blocks: the page's blocks.
        look: the first look, which knows the start and the end.
        words: the vocabulary.
    """
    if look.shape == "none":
        return []
    found: list[Token] = []
    for part in (tokens[: look.start], tokens[look.tail :]):
        values = {token.value for token in part if token.role is GRADE}
        is_legend = len(values) >= LEGEND
        for position, token in enumerate(part):
            after = part[position + 1 : position + 2]
            if blocks[token.index].link or (token.role is GRADE and is_legend):
                continue
            heads = token.role in {BOX, GRADE} and _is_sentence(after)
            if heads or (token.role is PROSE and _is_improvement(token, words)):
                found.append(token)
    return found


def _is_sentence(after: Sequence[Token]) -> bool:
    return bool(after) and after[0].role is PROSE and ends_sentence(after[0].text)


def _is_improvement(token: Token, words: Vocabulary) -> bool:
    """Whether a line says what a force should do, and no other sentence."""
    pattern = words.pattern(words.patterns.improvement)
    return pattern.fullmatch(plain(token.text)) is not None

"""Sentences of boxes that say what a force should do."""

from typing import TYPE_CHECKING, Final

from peelparse.blocks import Kind
from peelparse.recognise.roles import PROSE
from peelparse.recognise.vocabulary import Vocabulary, plain

if TYPE_CHECKING:
    from peelparse.recognise.placing.outline import Outline

FEWEST_SAID: Final = 2  # words after `should` that make a statement of a line
LONGEST_LIST: Final = 20  # bullets under one item of a box


def is_improvement(text: str, words: Vocabulary) -> bool:
    """Whether a line says by itself what a force should do."""
    pattern = words.pattern(words.patterns.improvement)
    return pattern.fullmatch(plain(text)) is not None


def asks_in_lines(out: "Outline", position: int) -> bool:
    """Whether a line over bullets is a statement, as the line after them is."""
    text, words = out.tokens[position].text, out.words
    duty = words.pattern(words.patterns.duty).search(plain(text))
    if duty is None or text.count(" ", duty.end()) < FEWEST_SAID:
        return False  # it says nothing before its bullets do
    after = out.tokens[position + 1 : position + 1 + LONGEST_LIST]
    lines = (each for each in after if out.blocks[each.index].kind is not Kind.ITEM)
    line = next(lines, None)
    return (
        line is not None
        and line.role is PROSE
        and is_improvement(text, words)
        and is_improvement(line.text, words)
    )

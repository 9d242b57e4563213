"""The width at which a copy was hard-wrapped, told by the sentences that it cut.

A copy was hard-wrapped at a width if the lines that certainly cut a sentence all end
where the next word would not have fitted. Text of a PDF is set in letters of unlike
width, so there the lines are measured in letter widths, with a margin.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from peelparse.blocks import Kind
from peelparse.read.dialects.lines import Line
from peelparse.read.dialects.sentences import is_trail
from peelparse.read.dialects.words import is_label
from peelparse.text import ends_sentence, is_continued

FEWEST: Final = 4  # broken lines that show a width
MANY: Final = 20  # that show it though two in five others, links say, do not fit
WIDEST: Final = 132  # columns; longer lines were not broken for a reader
NARROWEST: Final = 14
MOST_LINES: Final = 5_000  # in which a name is looked up
MOST_HALVES: Final = 300  # of names that are looked up
# widths of letters in the common faces of print, in widths of a middling letter
LETTERS: Final = {
    **dict.fromkeys("ijl.,;:'!|‘’", 0.52),
    **dict.fromkeys(" ftrI()[]-", 0.62),
    **dict.fromkeys("sczJ", 0.88),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 1.35),
    **dict.fromkeys("wm", 1.5),
    **dict.fromkeys("MW%—@", 1.75),
}


class Wrap(NamedTuple):
    """How a stretch of a copy was hard-wrapped."""

    width: float = 0  # columns, or letter widths; 0 if it was not wrapped
    is_even: bool = True  # all letters are one column wide
    is_layout: bool = False  # indents and gaps are drawn, so indents tell and gaps lie
    cuts: frozenset[int] = frozenset()  # numbers of lines that end a cut heading


def find_wrap(
    lines: list[Line], *, is_layout: bool = False, is_printed: bool = False
) -> Wrap:
    """The width at which lines were hard-wrapped, told by the sentences they cut.

    Args:
        lines: a stretch of a copy that has one width.
        is_layout: whether columns were drawn side by side.
        is_printed: whether the lines were set in letters of unlike width.
    """
    cuts = [
        (line, after)
        for line, after in pairwise(lines)
        if not after.gap
        and after.kind is None
        and line.kind in {None, Kind.ITEM}
        and NARROWEST < line.width <= WIDEST
        and is_continued(line.text, after.text)
    ]
    if len(cuts) < FEWEST:
        return Wrap(is_layout=is_layout)
    width, fitting = _find_width(cuts)
    share = 0.6 if fitting >= MANY else 0.8
    if fitting >= share * len(cuts) and not is_printed:
        return Wrap(width, is_layout=is_layout)
    printed = [line.indent + measure_print(line.text) for line, _ in cuts]
    printed_width = _most(printed)
    near = sum(size > 0.75 * printed_width for size in printed)
    if near >= 0.7 * len(cuts):
        return Wrap(printed_width, is_even=False, is_layout=is_layout)
    return Wrap(is_layout=is_layout)


def find_cuts(lines: list[Line]) -> frozenset[int]:
    """Lines that go on with a heading, though they begin with a capital.

    Large print is broken earlier than the text below it, so no width tells. Where a
    name was cut in two, the page names it whole elsewhere.

    Args:
        lines: of a printed page.

    Returns:
        The numbers of the lines that belong to the line before them.
    """
    halves = [
        (line.number, f" {before.text.rpartition(' ')[2]} {line.text} ")
        for before, line in pairwise(lines)
        if not line.gap
        and line.kind is None
        and before.kind in {None, Kind.HEADING}
        and line.text[0].isupper()
        and " " in line.text
        and " " in before.text
        and not ends_sentence(before.text)
        and not is_label(before.text)
        and not is_label(line.text)
    ]
    whole = "\n".join(f" {line.text} " for line in lines[:MOST_LINES])
    return frozenset(number for number, half in halves[:MOST_HALVES] if half in whole)


def _find_width(cuts: Sequence[tuple[Line, Line]]) -> tuple[int, int]:
    """The width that explains the most breaks, the widest of several; and how many.

    A few lines are wider than the copy was wrapped at, where a tool put in more later.
    """
    widths = {line.width for line, _ in cuts}
    ends = Counter(line.width for line, _ in cuts)
    ends.subtract(line.width + 1 + after.head for line, after in cuts)
    best = most = fitting = 0
    for width in sorted(ends):
        fitting += ends[width]
        if fitting >= most and width in widths:
            best, most = width, fitting
    return best, most


def _most(sizes: Sequence[float]) -> float:
    """The largest of many sizes, a few freaks left out."""
    common = sorted(sizes)[-1 - len(sizes) // 50]
    return max(size for size in sizes if size <= common + 3)


def measure_print(text: str) -> float:
    """Width of printed text, in widths of a middling letter.

    Example:
        >>> measure_print("non"), measure_print("W") > measure_print("il")
        (3.0, True)
    """
    return sum(LETTERS.get(letter, 1.0) for letter in text)


def had_no_room(before: Line, line: Line, wrap: Wrap) -> bool:
    """Whether a line was broken because its next word did not fit."""
    width = line.limit or wrap.width
    if not width or (is_trail(before.text) and not is_trail(line.text)):
        return False
    if wrap.is_even:
        return before.width <= width < before.width + 1 + line.head
    word = line.text.split(" ", 1)[0]
    size = before.indent + measure_print(before.text) + 0.5 + measure_print(word)
    # where gaps part the paragraphs, a line that ends a sentence early says little
    whole = 0.9 if wrap.is_layout else 1.0
    margin = whole if ends_sentence(before.text) else 0.94
    return size > margin * width

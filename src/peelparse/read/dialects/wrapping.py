"""Lines to blocks: which line breaks are the copier's, and which the page's.

A copy was hard-wrapped at a width if the lines that certainly cut a sentence all end
where the next word would not have fitted. In such a copy a break before which the
next word had room was made by the page. Text of a PDF is set in letters of unlike
width, so there the lines are measured in letter widths, with a margin.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from peelparse.blocks import Block, Kind
from peelparse.read.dialects.lines import Line
from peelparse.read.dialects.marks import Depth
from peelparse.read.dialects.sentences import (
    JOINING,
    LIST_ENDS,
    MEMBER_ENDS,
    is_tail,
    is_trail,
    runs_on,
    space_between,
)
from peelparse.read.dialects.words import is_label
from peelparse.text import ends_sentence, is_continued

GOES_ON: Final = frozenset({None, Kind.ITEM, Kind.HEADING})  # blocks of several lines
FEWEST: Final = 4  # broken lines that show a width
LONGEST: Final = 8  # lines of a member of a list
TAIL: Final = 8  # characters that show how a block ends
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
    if fitting >= 0.8 * len(cuts) and not is_printed:
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


class _Draft(msgspec.Struct):
    """A block whose lines are still being gathered."""

    line: Line
    level: int
    continues: bool
    last: Line
    tail: str  # of its text so far
    parts: list[str]

    def add(self, line: Line) -> None:
        space = space_between(self.last.text, line.text)
        self.parts += (space, line.text)
        self.tail = f"{self.tail[-TAIL:]}{space}{line.text}"
        self.last = line

    def finish(self) -> Block | None:
        line = self.line
        text = "".join(self.parts)
        if not text:
            return None
        return Block(
            line.kind or Kind.PARAGRAPH,
            text,
            line.number,
            self.level,
            line.ordinal,
            continues=self.continues,
            gap=line.gap,
        )


def join_lines(lines: Sequence[Line], wrap: Wrap) -> list[Block]:
    """Join the lines of each block, and give list items their depth."""
    drafts: list[_Draft] = []
    depth = Depth()
    in_list = False
    for number, line in enumerate(lines):
        before = drafts[-1].tail if drafts else ""
        is_cut = (
            in_list and before.endswith(MEMBER_ENDS) and line.text not in JOINING
        ) or (before.endswith(":") and _is_member(lines[number : number + LONGEST]))
        may_go_on = not (line.is_new or is_cut or line.kind is not None)
        after = lines[number + 1] if number + 1 < len(lines) else None
        if may_go_on and drafts and _goes_on(drafts[-1], line, after, wrap):
            drafts[-1].add(line)
            continue
        in_list = before.endswith(":") or is_cut
        level, continues = line.level, False
        if line.kind is Kind.ITEM:
            level = depth.enter(line)
        elif line.kind is None:
            continues = depth.holds(line)
        drafts.append(_Draft(line, level, continues, line, line.text, [line.text]))
    return [block for draft in drafts if (block := draft.finish())]


def _is_member(lines: Sequence[Line]) -> bool:
    """Whether lines without marks are a member of a list, and not of a sentence."""
    for line in lines:
        if ends_sentence(line.text) or line.text.endswith(LIST_ENDS):
            return not line.text.endswith(".")
    return True


def _goes_on(draft: _Draft, line: Line, after: Line | None, wrap: Wrap) -> bool:
    """Whether a line without marks belongs to the block of the line before it."""
    before, kind = draft.last, draft.line.kind
    if kind not in GOES_ON:
        return False
    if kind is Kind.HEADING or line.number in wrap.cuts:
        return not line.gap and _is_cut_heading(before, line, wrap)
    if not before.text:
        return kind is Kind.ITEM  # a list mark that stands alone
    if line.gap:
        return wrap.is_layout and line.gap == 1 and _bridges(before, line, wrap)
    return _cuts_sentence(before.text, line.text) or (
        _runs_over(draft, line, wrap)
        and not (
            ends_sentence(before.text)
            and (is_label(line.text) or _is_title(line, after, wrap))
        )
    )


def _is_title(line: Line, after: Line | None, wrap: Wrap) -> bool:
    """Whether a block ends with a line, though no sentence does."""
    if ends_sentence(line.text) or line.text[0].islower():
        return False
    return (
        after is None
        or after.gap > 0
        or after.kind is not None
        or not (
            _cuts_sentence(line.text, after.text) or _had_no_room(line, after, wrap)
        )
    )


def _cuts_sentence(before: str, text: str) -> bool:
    """Whether the words alone tell that a line break is the copier's."""
    return (
        runs_on(before, text)
        or (is_tail(text) and not ends_sentence(before))
        or (text in JOINING and before.endswith((";", ",")))
    )


def _runs_over(draft: _Draft, line: Line, wrap: Wrap) -> bool:
    """Whether the measures of the lines tell that a line break is the copier's."""
    before = draft.last
    if before.text.endswith(":") and not (wrap.is_even and line.text[:1].islower()):
        return False
    if before is draft.line and line.text[0].isupper() and is_label(before.text):
        return False
    if wrap.is_layout and abs(line.indent - (before.content or before.indent)) > 1:
        return False
    is_outside = draft.line.kind is Kind.ITEM and line.indent < draft.line.content
    return not is_outside and _had_no_room(before, line, wrap)


def _is_cut_heading(before: Line, line: Line, wrap: Wrap) -> bool:
    """Whether a heading was broken like a paragraph, as few tools do."""
    return line.number in wrap.cuts or (
        is_continued(before.text, line.text) and _had_no_room(before, line, wrap)
    )


def _bridges(before: Line, line: Line, wrap: Wrap) -> bool:
    """Whether a sentence goes on across a blank row, as it does between columns."""
    return is_continued(before.text, line.text) and before.width > 0.6 * wrap.width > 0


def _had_no_room(before: Line, line: Line, wrap: Wrap) -> bool:
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

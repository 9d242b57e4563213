"""Lines to blocks: which line breaks are the copier's, and which the page's.

In a copy that was hard-wrapped, a break before which the next word had room was made
by the page; in any copy, words alone can tell that a sentence goes on.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from peelparse.blocks import Block, Kind
from peelparse.grammar import JOINING, LIST_ENDS
from peelparse.read.dialects.lines import Line
from peelparse.read.dialects.marks import Depth
from peelparse.read.dialects.sentences import (
    MEMBER_ENDS,
    is_tail,
    runs_on,
    space_between,
)
from peelparse.read.dialects.widths import Wrap, had_no_room
from peelparse.read.dialects.words import is_label
from peelparse.text import ends_sentence, is_continued

GOES_ON: Final = frozenset({None, Kind.ITEM, Kind.HEADING})  # blocks of several lines
LONGEST: Final = 8  # lines of a member of a list
TAIL: Final = 8  # characters that show how a block ends


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
        or not (_cuts_sentence(line.text, after.text) or had_no_room(line, after, wrap))
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
    # text that stands under an item's mark goes on with the item, unless it opens a sentence
    left = draft.line.content if line.text[0].isupper() else draft.line.indent
    is_outside = draft.line.kind is Kind.ITEM and line.indent < left
    return not is_outside and had_no_room(before, line, wrap)


def _is_cut_heading(before: Line, line: Line, wrap: Wrap) -> bool:
    """Whether a heading was broken like a paragraph, as few tools do."""
    return line.number in wrap.cuts or (
        is_continued(before.text, line.text) and had_no_room(before, line, wrap)
    )


def _bridges(before: Line, line: Line, wrap: Wrap) -> bool:
    """Whether a sentence goes on across a blank row, as it does between columns."""
    return is_continued(before.text, line.text) and before.width > 0.6 * wrap.width > 0

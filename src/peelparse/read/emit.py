"""Collected text to blocks: kinds, list marks, lines that a <br> parts, images."""

from collections.abc import Sequence
from typing import Final

import msgspec
from lxml.etree import _Element as Element
from lxml.etree import _ElementTree as Tree
from msgspec.structs import force_setattr

from peelparse.blocks import Block, Kind
from peelparse.text import BULLETS, is_continued, squeeze, strip_bullet

BREAK: Final = "\0"  # stands for <br> while a block is collected; no page holds it
# list marks as Word writes them, with no-break spaces after
WORD_MARKS: Final = frozenset(f"{mark}\xa0" for mark in "o§·•-–\uf0b7\uf0a7")
A_HEADING, PARAGRAPH, AN_ITEM = Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM
# an item has given a block, or a heading: then it holds a part of the page
BEGUN, HEADED = 1, 2
ANCHORS: Final = " #¶§🔗"  # what a link to a heading itself shows, after its words
DASHES: Final = ("- ", "– ", "o ")


class Image(msgspec.Struct, frozen=True):
    """An image inside the block that is being collected."""

    text: str
    element: Element
    line: int  # index of the <br>-separated line that it stands in
    is_first: bool  # whether it stands before the words of that line


class Emitter:
    """Emits blocks; what is open around them says what they are."""

    def __init__(self, tree: Tree | None) -> None:
        """Args: tree: give it to have element paths recorded."""
        self.tree = tree
        self.blocks: list[Block] = []
        self.nested = 0  # levels that list marks add to those of elements
        self.marks: list[str] = []  # marks of the lines of a list, outermost first
        self.item: list[int] | None = None  # [depth, what it has given so far]
        self.heading = 0
        self.depth = 0
        self.column = -1  # -1 outside data tables, 0 between their cells
        self.ordinal: int | None = None
        self.all_bold = self.all_linked = True

    def emit_text(self, text: str, element: Element) -> None:
        """Emit a block that is one run of text."""
        if "\xa0" in text and text.lstrip()[:2] in WORD_MARKS:
            self.emit_line(f"•{text.lstrip()}", element, text.lstrip()[0])
        else:
            self.emit(squeeze(text), element)

    def emit_lines(
        self, text: str, starts: Sequence[Element], images: Sequence[Image]
    ) -> None:
        """Emit a block that holds <br> or images, in page order.

        A line is a block of its own, but wrapped lines are joined. An image is one
        where the line beside it does not say the same.
        """
        lines = [squeeze(line) for line in text.split(BREAK)] if starts else [""]
        beside = _place_images(images, lines)
        starts = self.join_lines(lines, list(starts), beside)
        for number, line in enumerate(lines):
            for image in beside[number]:
                if image.is_first:
                    self.emit(image.text, image.element, Kind.IMAGE)
            if line:
                self.emit_line(line, starts[number])
            for image in beside[number]:
                if not image.is_first:
                    self.emit(image.text, image.element, Kind.IMAGE)

    def join_lines(
        self, lines: list[str], starts: list[Element], beside: list[list[Image]]
    ) -> list[Element]:
        """Join wrapped lines in place; returns where each line now starts."""
        runs = [[line] for line in lines]
        for number in range(1, len(lines)):
            run, line = runs[number - 1], lines[number]
            before = " ".join(run[-2:])  # its end is all that matters
            if (
                before
                and line
                and not beside[number]
                and (self.heading or is_continued(before, line))
            ):
                run.append(line)
                runs[number - 1], runs[number] = [], run
                starts[number] = starts[number - 1]
        lines[:] = map(" ".join, runs)
        return starts

    def emit_line(self, line: str, element: Element, mark: str = "") -> None:
        """Emit one line of several, which may open with a list mark."""
        last = self.blocks[-1] if self.blocks else None
        is_list = last is not None and last.kind is Kind.ITEM
        opens_list = last is not None and last.text.endswith(":")
        # a dash is a list mark only where a list is, or where words lead into one
        if strip_bullet(line) is not None:
            mark = mark or line[0]
        elif (is_list or opens_list) and line.startswith(DASHES):
            mark = line[0]
        if not mark:
            self.emit(line, element)
            return
        if not is_list:
            self.marks.clear()
        if mark not in self.marks:
            self.marks.append(mark)
        # a second kind of mark is a list in the list
        del self.marks[self.marks.index(mark) + 1 :]
        self.nested = len(self.marks) - 1
        bare = squeeze(line[1:])
        self.emit(f"•{bare.removeprefix(mark).lstrip()}", element)
        self.nested = 0

    def emit(self, text: str, element: Element, kind: Kind | None = None) -> None:
        """Emit one block; its kind follows from where it stands."""
        level, continues = 0, False
        if kind is None:
            if text[:1] in BULLETS:
                kind, level = AN_ITEM, max(1, self.depth) + self.nested
                text = text[1:].lstrip()
            else:
                kind, level, continues = self.find_kind()
        if kind is A_HEADING and text[-1:] in ANCHORS:
            text = text.rstrip(ANCHORS)
        if not text:
            return
        block = Block(
            kind,
            text,
            element.sourceline or 1,
            level,
            self.ordinal,
            self.all_bold,
            self.all_linked,
            continues,
        )
        if self.tree is not None:
            force_setattr(block, "path", self.tree.getpath(element))
        self.blocks.append(block)
        self.ordinal = None

    def find_kind(self) -> tuple[Kind, int, bool]:
        """Kind, level and whether an item goes on, for text in a place of its own."""
        if self.heading:
            if self.item:
                self.item[1] = HEADED
            return A_HEADING, self.heading, False
        if self.column > 0:
            return Kind.CELL, self.column, False
        if self.item is None or self.item[1] == HEADED:
            return PARAGRAPH, 0, False
        if self.item[1] == BEGUN:
            return PARAGRAPH, 0, True
        self.item[1] = BEGUN
        return AN_ITEM, self.item[0], False


def _place_images(images: Sequence[Image], lines: Sequence[str]) -> list[list[Image]]:
    """The images beside each line, but for those that say what it says."""
    beside: list[list[Image]] = [[] for _ in lines]
    for image in images:
        if image.text not in lines[image.line]:
            beside[image.line].append(image)
    return beside

"""Text runs of an HTML tree to blocks, as the walk meets them."""

import re
from typing import Final

from lxml.etree import _Element as Element
from lxml.etree import _ElementTree as Tree
from msgspec.structs import force_setattr

from peelparse.blocks import Block, Kind
from peelparse.read.elements import (
    BLOCK,
    BOLD,
    CELL,
    CONTAINERS,
    HEADING,
    INLINE,
    INLINES,
    ITEM,
    LINK,
    LIST,
    ROLES,
    ROW,
    SECTION,
    TABLE,
    TERM,
    Role,
    find_alternative,
    find_level,
    find_texts,
    is_data_table,
    is_listed,
    is_not_shown,
    parse_number,
)
from peelparse.read.emit import BREAK, Emitter, Image
from peelparse.text import squeeze

# the line ends that pretty-printers put between an element and a point beside it
LOOSE: Final = re.compile(r"(?<=[\w’”)])\s*\n\s*(?=[;,.:)?!](?!\S))|(?<=[(‘“])\s*\n\s*")
PHRASES: Final = frozenset((INLINE, BOLD, LINK))

State = tuple[list[int] | None, int, int, int, int, bool]
"""What a block-level element changes while it is open: item, heading, depth, column;
the index of its first block, and whether it is hidden."""


class Collector(Emitter):
    """Collects blocks while a tree is walked in page order."""

    def __init__(self, tree: Tree | None) -> None:
        """Args: tree: give it to have element paths recorded."""
        super().__init__(tree)
        self.parts: list[str] = []
        self.starts: list[Element] = []
        self.images: list[Image] = []
        self.extents: dict[int, int] = {}
        self.hides = 0  # hidden elements that are open
        self.hidden: list[range] = []  # indexes of the blocks of the outermost
        self.cells = 0  # of the row so far
        self.counters: list[int | None] = []
        self.bold = self.linked = 0

    def add(self, text: str, element: Element) -> None:
        """Add a run of text to the block that is being collected."""
        if text.isspace():
            if self.parts:
                self.parts.append(text)
            return
        if not self.starts:
            self.starts.append(element)
        self.parts.append(text)
        if not self.bold:
            self.all_bold = False
        if not self.linked:
            self.all_linked = False

    def add_break(self, element: Element) -> None:
        """Add a line break; what follows starts at its element."""
        if self.starts:
            self.parts.append(BREAK)
            self.starts.append(element)

    def add_image(self, element: Element) -> None:
        """Remember what an image, or an empty element in its place, says."""
        text = find_alternative(element)
        if text:
            line = max(0, len(self.starts) - 1)
            is_first = not self.starts or self.parts[-1] is BREAK
            self.images.append(Image(text, element, line, is_first))

    def end_block(self) -> None:
        """Turn what was collected into blocks."""
        if not self.starts and not self.images:
            return
        text, starts, images = "".join(self.parts), self.starts, self.images
        if "\n" in text and len(self.parts) > 1:
            text = LOOSE.sub("", text)
        self.parts, self.starts, self.images = [], [], []
        if images or BREAK in text:
            self.emit_lines(text, starts, images)
        else:
            self.emit_text(text, starts[0])
        self.all_bold = self.all_linked = True

    def add_leaf(self, role: Role, element: Element) -> None:
        """Take an element that can hold a block and holds nothing but text.

        The same as `enter`, `add` and `leave`, which most blocks so do not need.
        """
        if self.starts or self.images:
            self.end_block()
        item, heading = self.item, self.heading
        if role is HEADING:
            self.heading = find_level(element)
        elif role is ITEM:
            self.item = [max(1, self.depth), 0]
            self.count(element)
        text = element.text
        if text and not text.isspace():
            self.all_bold, self.all_linked = self.bold > 0, self.linked > 0
            if "\xa0" in text:
                self.emit_text(text, element)
            else:
                self.emit(squeeze(text), element)
            self.all_bold = self.all_linked = True
        self.item, self.heading = item, heading
        if role is ITEM:
            self.ordinal = None

    def enter(self, role: Role, element: Element) -> State | None:
        """Open an element and take its first text.

        Returns:
            What `leave` is to restore; None if the element is not block-level.
        """
        text = element.text
        if role in PHRASES:
            self.bold += role is BOLD
            self.linked += role is LINK
            if text:
                self.add(text, element)
            elif role is INLINE and not len(element):
                self.add_image(element)
            return None
        if self.starts or self.images:
            self.end_block()
        is_hidden = is_not_shown(element)
        self.hides += is_hidden
        state = (
            *(self.item, self.heading, self.depth, self.column, len(self.blocks)),
            is_hidden,
        )
        if role is not BLOCK:
            self.open(role, element)
        if text:
            self.add(text, element)
        return state

    def open(self, role: Role, element: Element) -> None:
        """Open an element that changes what the blocks in it are."""
        if role is HEADING:
            self.heading = find_level(element)
        elif role is ITEM:
            self.item = [max(1, self.depth), 0]
            self.count(element)
        elif role is LIST:
            self.depth += 1
            first = parse_number(element.get("start"), 1)
            self.counters.append(first if element.tag == "ol" else None)
        elif role is SECTION:
            self.item = None
        elif role is TERM:
            self.item = [1, 0] if is_listed(element) else None
        else:
            self.enter_table(role, element)

    def enter_table(self, role: Role, element: Element) -> None:
        """Open a table, a row or a cell."""
        if role is TABLE:
            self.item, self.column = None, 0 if is_data_table(element) else -1
        elif role is ROW:
            self.cells = 0
        elif role is CELL and self.column >= 0:
            is_flat = all(ROLES.get(c.tag, INLINE) in INLINES for c in element)
            self.cells += 1
            self.column = self.cells if is_flat else 0

    def leave(self, role: Role, state: State | None) -> None:
        """Close an element."""
        if state is None:
            self.bold -= role is BOLD
            self.linked -= role is LINK
            return
        if self.starts or self.images:
            self.end_block()
        self.item, self.heading, self.depth, self.column, first, is_hidden = state
        self.hides -= is_hidden
        if is_hidden and not self.hides:  # each block is then in one range at most
            self.hidden.append(range(first, len(self.blocks)))
        if role is LIST:
            self.counters.pop()
        elif role is ITEM:
            self.ordinal = None
        after = len(self.blocks) - first - 1
        if after > 0:
            self.extents.setdefault(first, after)

    def finish(self) -> list[Block]:
        """The blocks, once all elements are closed."""
        for first, after in self.extents.items():
            force_setattr(self.blocks[first], "extent", after)
        hidden = [index for part in self.hidden for index in part]
        for index in hidden:
            force_setattr(self.blocks[index], "hidden", bool(hidden))
        for part in self.hidden:
            for index in part if self.is_shown_again(part) else ():
                force_setattr(self.blocks[index], "kind", Kind.FURNITURE)
        return self.blocks

    def is_shown_again(self, part: range) -> bool:
        """Whether what is hidden is shown beside it, as for screens of two sizes."""
        size = len(part)
        words = [block.text for block in self.blocks[part.start : part.stop]]
        return any(
            words == [block.text for block in beside if not block.hidden]
            for beside in (
                self.blocks[max(0, part.start - size) : part.start],
                self.blocks[part.stop : part.stop + size],
            )
        )

    def count(self, item: Element) -> None:
        """Give an item of an ordered list its number."""
        counter = self.counters[-1] if self.counters else None
        if counter is not None:
            self.ordinal = parse_number(item.get("value"), counter)
            self.counters[-1] = self.ordinal + 1

    def add_furniture(self, element: Element) -> bool:
        """Take an element that holds no finding as one block; False if it may."""
        if element.tag == "footer" and any(
            parent.tag in CONTAINERS for parent in element.iterancestors()
        ):
            return False
        self.end_block()
        self.emit(squeeze(" ".join(find_texts(element))), element, Kind.FURNITURE)
        return True

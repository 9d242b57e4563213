"""The shape between reading and recognising: a page as a flat list of blocks."""

from enum import StrEnum

import msgspec

from peelparse.report import Source

__all__ = ["Block", "Kind", "Page", "Problem", "Source"]


class Kind(StrEnum):
    """What a block is, as far as the copy itself says."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    IMAGE = "image"
    FURNITURE = "furniture"
    PASSAGE = "passage"


class Block(msgspec.Struct, frozen=True, gc=False):
    """One block of a page's text, in page order.

    Where it came from (`line`, `path`) rides along for provenance; nothing
    after the reading stage decides by it.
    """

    kind: Kind
    """HEADING, PARAGRAPH, ITEM of a list, CELL of a data table, IMAGE (its alternative
    text), FURNITURE (an element that can hold no finding, such as a menu), or PASSAGE
    (words of several blocks between which the copy has lost every boundary)."""
    text: str
    """Text after the one normalisation (white space squeezed, list mark dropped);
    never empty."""
    line: int
    """1-based line in the decoded text."""
    level: int = 0
    """HEADING: 1 to 6; ITEM: depth of the list, outermost 1; CELL: column, the
    first 1; 0 otherwise."""
    ordinal: int | None = None
    """The number that an ordered list gives this block, where it gives one."""
    strong: bool = False
    """Whether all of its text is set in bold."""
    link: bool = False
    """Whether all of its text is inside links."""
    continues: bool = False
    """Whether it belongs to the list item before it (its second paragraph)."""
    gap: int = 0
    """Blank lines before it in a text copy; always 0 in HTML."""
    extent: int = 0
    """Blocks after it in the innermost element that begins with it and holds more;
    0 if there is none, and in text copies."""
    hidden: bool = False
    """Whether an element around it is not shown, as a closed panel is."""
    path: str | None = None
    """Element path in the HTML (an XPath), only when provenance is asked for."""


class Problem(msgspec.Struct, frozen=True, gc=False):
    """Something that went wrong while reading, kept for the report."""

    code: str
    """A code of `diagnostics.CATALOGUE`."""
    found: str = ""
    """What was found, for the message."""
    line: int | None = None
    """1-based line, where one can be named."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page as read: everything the recogniser may know."""

    source: Source
    blocks: tuple[Block, ...]
    heading: str | None = None
    """The document's own title (`<title>`), which readers do not see on the page."""
    language: str | None = None
    """Language that the markup declares, such as `cy`."""
    problems: tuple[Problem, ...] = ()

"""What each element of HTML does to the text in it: tags and roles, never classes."""

import re
from enum import StrEnum, auto
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from peelparse.text import squeeze


class Role(StrEnum):
    """What an element does to the block that is being collected."""

    INLINE = auto()
    BLOCK = auto()
    SECTION = auto()
    HEADING = auto()
    ITEM = auto()
    TERM = auto()
    LIST = auto()
    TABLE = auto()
    CELL = auto()
    ROW = auto()
    BREAK = auto()
    BOLD = auto()
    LINK = auto()
    IMAGE = auto()
    FURNITURE = auto()
    SKIP = auto()


# each by its own name: to look one up in an Enum takes Python 3.11 as long as lxml
# takes to name a tag
INLINE, BLOCK, SECTION, HEADING, ITEM, TERM, LIST, TABLE = list(Role)[:8]
CELL, ROW, BREAK, BOLD, LINK, IMAGE, FURNITURE, SKIP = list(Role)[8:]
TAGS: Final = {
    BLOCK: "address blockquote body button caption center div dl dt fieldset "
    "figcaption figure form header hgroup hr html label legend main p pre search "
    "summary tbody tfoot thead video audio canvas",
    SECTION: "article aside details section",
    HEADING: "h1 h2 h3 h4 h5 h6",
    ITEM: "li",
    TERM: "dd",
    LIST: "ul ol menu dir",
    TABLE: "table",
    CELL: "td th",
    ROW: "tr",
    BREAK: "br",
    BOLD: "b strong",
    LINK: "a",
    IMAGE: "img svg area",
    FURNITURE: "nav footer dialog",
    SKIP: "head script style template iframe noscript object embed select "
    "option textarea input datalist math title link meta "
    "del s strike",  # what is struck out, the page takes back
}
ROLES: Final[dict[object, Role]] = {
    **{tag: role for role, tags in TAGS.items() for tag in tags.split()},
    # in place of tags in a tree that a caller has parsed; ours has none
    etree.Comment: SKIP,
    etree.ProcessingInstruction: SKIP,
}
SKIPPED: Final = TAGS[SKIP].split()
FIND_OWNED: Final = etree.XPath(".//text()")
FIND_TEXTS: Final = etree.XPath(".//text()", smart_strings=False)
UNSHOWN: Final = re.compile(r"(?i)\bdisplay\s*:\s*none\b")
LISTS: Final = frozenset(("ul", "ol"))
INLINES: Final = (INLINE, BOLD, LINK, BREAK, IMAGE)
# what assistive technology takes an element for, where a page says so
ARIA: Final = {
    "heading": HEADING,
    "list": LIST,
    "listitem": ITEM,
    "navigation": FURNITURE,
    "contentinfo": FURNITURE,
    "dialog": FURNITURE,
}
CONTAINERS: Final = frozenset(("main", "article", "section", "details", "aside"))


def is_not_shown(element: Element) -> bool:
    """Whether an element itself says that it is not shown, as a closed panel does."""
    style = element.get("style")
    return element.get("hidden") is not None or (
        style is not None and UNSHOWN.search(style) is not None
    )


def find_alternative(element: Element) -> str:
    """What an image says to those who cannot see it; empty if it is decoration."""
    if element.get("aria-hidden") == "true":
        return ""
    text = element.get("alt") or element.get("aria-label") or ""
    if not text and element.tag == "svg":
        text = element.findtext("title") or ""
    return squeeze(text)


def find_level(heading: Element) -> int:
    """Level of a heading, 1 to 6; 2 where an element only says that it is one."""
    tag = str(heading.tag)
    return parse_number(tag[1:], 0) or parse_number(heading.get("aria-level"), 2)


def parse_number(text: str | None, default: int) -> int:
    """A short number in an attribute; the default if it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 5 else default


def is_listed(term: Element) -> bool:
    """Whether a <dd> is one of a list, rather than the wrapper of what its <dt> heads."""
    tags = _content_tags(term)
    if "p" in tags:
        return False
    following, before = term.getnext(), term.getprevious()
    if tags & LISTS:
        return _is_dd(following) or _is_dd(before)
    if following is not None and _is_dd(following) and not _opens_with_words(following):
        # it leads into a list that has a <dd> of its own
        return not _content_tags(following) & LISTS
    if _opens_with_words(term):
        return True
    return len(term) > 0 and ROLES.get(term[0].tag, INLINE) in INLINES


def _is_dd(element: Element | None) -> bool:
    return element is not None and element.tag == "dd"


def _opens_with_words(element: Element) -> bool:
    """Whether words, and not only white space, stand before its first child."""
    return bool(element.text) and not str(element.text).isspace()


def _content_tags(element: Element) -> set[str]:
    """Tags of an element's children, and of those in a <div> around them."""
    tags: set[str] = set()
    for child in element:
        tags.add(str(child.tag))
        if child.tag == "div":
            tags.update(str(inner.tag) for inner in child)
    return tags


def is_data_table(table: Element) -> bool:
    """Whether a table says which of its cells are headings, as layout never does."""
    paths = ("tr/th", "thead", "tbody/tr/th")
    return any(table.find(path) is not None for path in paths)


def find_texts(element: Element) -> list[str]:
    """Visible runs of text inside an element, in page order."""
    # in C, unless one of its elements has text that is not visible: 8 x faster
    if not any(node.text for node in element.iter(*SKIPPED)):
        return list(map(str, FIND_TEXTS(element)))
    return [
        str(text)
        for text in FIND_OWNED(element)
        if text.is_tail or ROLES.get(text.getparent().tag) is not SKIP
    ]

"""HTML to blocks: one walk over the tree that lxml makes.

The only place that imports lxml. Structure decides what is a block, never a class
or an id, so that any markup of the same page gives the same blocks.
"""

from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml.etree import _Element as Element

from peelparse.blocks import Block, Problem
from peelparse.errors import EmptyPageError, LimitError
from peelparse.read.collect import Collector, State
from peelparse.read.elements import (
    ARIA,
    BLOCK,
    BREAK,
    FURNITURE,
    HEADING,
    IMAGE,
    INLINE,
    ITEM,
    ROLES,
    SKIP,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# what elements are, but for those that may say it themselves
TOLD: Final[dict[object, Role | None]] = {**ROLES, **dict.fromkeys(("div", "span"))}
SIMPLE: Final = frozenset((BLOCK, HEADING, ITEM))
LEAVES: Final = frozenset((BREAK, IMAGE, FURNITURE, SKIP))
MAX_ATTRIBUTES: Final = 2_000  # on one tag; 100,000 take libxml2 a minute
MAX_TAGS: Final = 500_000  # twenty times those of the largest page seen
SAVER: Final = b"Page saved with SingleFile"
HEAD: Final = 8_192  # bytes in which a saver leaves its comment
LONG_TAG: Final = 20_000  # bytes between two `<` that make the attributes be counted
STEP: Final = LONG_TAG // 2  # two `<` that far apart have a whole step between them


def read_html(
    data: bytes, encoding: str, *, paths: bool = False
) -> tuple[Element, list[Block], list[Problem]]:
    """Read the blocks of an HTML page.

    Args:
        data: the page's bytes.
        encoding: their encoding.
        paths: whether each block is to know its element path.

    Returns:
        The root element, the blocks in page order, and what was wrong.

    Raises:
        EmptyPageError: there is no element.
        LimitError: the page has more tags, is nested deeper, or has more attributes
            on one tag, than can be read in bounded time.
    """
    _refuse_tags(data)
    _refuse_attributes(data)
    parser = etree.HTMLParser(
        encoding=encoding,
        huge_tree=True,  # else all that follows 255 levels is dropped in silence
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # 8 % of the parse
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # pragma: no cover - builds that do not give None
        root = None
    _refuse_depth(parser)
    if root is None:
        raise EmptyPageError(
            "reading the HTML", "no element", "a page", "save the page again"
        )
    if b"<dd" in data or b"<DD" in data:
        _part_descriptions(root)
    return root, read_tree(root, paths=paths), _find_cut(data)


def _part_descriptions(root: Element) -> None:
    """Put each <dd> beside the one that libxml2 puts it in.

    Where `</dd>` is left out, as HTML allows, libxml2 does not close a <dd> that holds
    a list. In page order, so that one of several levels goes up level by level.
    """
    for outer in list(root.iter("dd")):
        for inner in reversed(outer.findall("dd")):
            outer.addnext(inner)


def read_tree(root: Element, *, paths: bool = False) -> list[Block]:
    """Read the blocks of a tree, or of a part of one, that a caller has parsed."""
    page = Collector(root.getroottree() if paths else None)
    walk(page, root)
    return page.finish()


def walk(page: Collector, root: Element) -> None:
    """Walk a tree in page order and give its text to the collector.

    The stack is explicit because pages may nest deeper than Python recurses. It holds
    the open elements, each with what is left of the row that it stands in.
    """
    stack: list[tuple[Iterator[Element], Element, Role, State | None]] = []
    row: Iterator[Element] = iter((root,))
    while True:
        element = next(row, None)
        if element is not None:
            role = TOLD.get(element.tag, INLINE) or _find_role(element)
            if role in SIMPLE and not len(element):
                page.add_leaf(role, element)  # a fifth of the walk is saved
            elif role not in LEAVES or not _take(page, role, element):
                state = page.enter(role, element)
                if len(element):
                    stack.append((row, element, role, state))
                    row = iter(element)
                    continue
                page.leave(role, state)
        elif stack:
            row, element, role, state = stack.pop()
            page.leave(role, state)
        else:
            break
        tail = element.tail  # most often a line end between two blocks
        if tail and (page.parts or not tail.isspace()) and element is not root:
            page.add(tail, element)
    page.end_block()


def _find_role(element: Element) -> Role:
    """The role of an element that may say what it is."""
    role = ROLES.get(element.tag, INLINE)
    return ARIA.get(said, role) if (said := element.get("role")) else role


def _take(page: Collector, role: Role, element: Element) -> bool:
    """Take an element whose inside is not walked; False if it is to be walked."""
    if role is BREAK:
        page.add_break(element)
    elif role is IMAGE:
        page.add_image(element)
    elif role is FURNITURE:
        return page.add_furniture(element)
    return True


def _refuse_tags(data: bytes) -> None:
    """Refuse more tags than a page has, before the tree of them fills the memory."""
    tags = data.count(b"<") if len(data) > MAX_TAGS else 0
    if tags > MAX_TAGS:
        raise LimitError(
            "reading the HTML",
            f"{tags:,} tags",
            f"at most {MAX_TAGS:,}",
            "this is no saved inspection page; leave it out",
        )


def _refuse_depth(parser: etree.HTMLParser) -> None:
    """Refuse a tree that libxml2 cut, as its elements are nested too deeply."""
    fatal = parser.error_log.filter_from_fatals()
    limits = [entry.line for entry in fatal if entry.type_name == "ERR_RESOURCE_LIMIT"]
    if limits:
        raise LimitError(
            "reading the HTML",
            "elements nested too deeply",
            "at most 2,000 levels",
            "save the page again with another tool, or as text",
            line=limits[0],
        )


def _refuse_attributes(data: bytes) -> None:
    """Refuse a tag with so many attributes that the parse would take minutes."""
    start = 0
    for place in range(0, len(data), STEP):
        # a step without `<` is in a tag, or in the text after it; looked at once
        if place >= start and data.find(b"<", place, place + STEP) < 0:
            tag = data.rfind(b"<", 0, place)
            following = data.find(b"<", place)
            start = following if following >= 0 else len(data)
            _refuse_tag(data, tag, start)


def _refuse_tag(data: bytes, start: int, end: int) -> None:
    """Refuse a tag, between two `<`, that has too many attributes."""
    if end - start <= LONG_TAG:
        return
    tag = data[start + 1 : end].split(b">", 1)[0]
    # every second piece between quotes is a value, which may hold anything
    names = sum(len(part.split()) for part in tag.split(b'"')[::2])
    if names > MAX_ATTRIBUTES:
        raise LimitError(
            "reading the HTML",
            f"a tag with about {names:,} attributes",
            f"at most {MAX_ATTRIBUTES:,}",
            "this is no saved inspection page; leave it out",
            line=data.count(b"\n", 0, max(0, start)) + 1,
        )


def _find_cut(data: bytes) -> list[Problem]:
    """Whether the page ends before its end, which libxml2 does not say."""
    if _is_closed(data):
        return []
    lower = data.lower() if b"<SCRIPT" in data or b"<BODY" in data else data
    for opening, closing in ((b"<!--", b"-->"), (b"<script", b"</script")):
        start = lower.rfind(opening)
        if start > lower.rfind(closing):
            line = lower.count(b"\n", 0, start) + 1
            found = f"{opening.decode()} is never closed"
            return [Problem("PP104", found, line)]
    # SingleFile leaves out the end tags that HTML does not ask for
    is_closed = b"</body" in lower or b"</html" in lower or SAVER in data[:HEAD]
    if b"<body" in lower and not is_closed:
        return [Problem("PP104", "the HTML is never closed")]
    return []


def _is_closed(data: bytes) -> bool:
    """Whether the end of a page shows at once that nothing is left open.

    Looks from the end, and only after the last comment and script: 0.2 of the time
    of the bare parse less than to look for each from the beginning.
    """
    comment, script = data.rfind(b"-->") + 1, data.rfind(b"</script") + 1
    return (
        (data.rfind(b"</body") >= 0 or data.rfind(b"</html") >= 0)
        and data.find(b"<!--", comment) < 0
        and b"<script" not in data[script:].lower()
    )

"""XML of an extractor (trafilatura's own, or TEI) to HTML: elements are renamed."""

from typing import TYPE_CHECKING, Final

from peelparse.blocks import Problem
from peelparse.errors import LimitError, ReadError
from peelparse.read.containers.member import Member, Members
from peelparse.read.limits import Budget

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
TAGS: Final = {
    "item": "li",
    "ref": "a",
    "lb": "br",
    "row": "tr",
    "quote": "blockquote",
    "ab": "p",
    "p": "p",
    "main": "main",
    "table": "table",
    "code": "code",
    "del": "del",
    # what is about the text, or about the page and not on it
    "teiHeader": "template",
    "comments": "template",
    "fw": "template",
}
SLANTED: Final = frozenset(("#i", "#t", "#u", "#sub", "#sup", "i", "italic"))
PLACES: Final = ("source", "url")  # attributes of trafilatura's root
PLACE: Final = "{*}teiHeader//{*}publicationStmt//{*}ptr"


def read_tei(data: bytes, budget: Budget) -> Members:
    """Read the page in an extractor's XML; no entity or reference is followed."""
    # imported here so that other formats do without lxml
    from lxml import etree  # noqa: PLC0415

    if len(data) > budget.limits.page_bytes:
        raise LimitError(
            "reading the XML",
            f"{len(data):,} bytes",
            f"at most {budget.limits.page_bytes:,}",
            "split it into pages, or raise the limit page_bytes",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        recover=True,  # a cut file gives what is there
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise ReadError("reading the XML", "no element", "a page", "export it again")
    cut = [Problem("PP104", fault.message) for fault in parser.error_log.filter_from_errors()]
    pointer = root.find(PLACE)
    address = next((root.get(name) for name in PLACES if root.get(name)), None)
    title = root.get("title") or root.findtext("{*}teiHeader//{*}title")
    line = root.sourceline or 1
    for element in root.iter("{*}*"):
        _rename(element)
    root.tag = "html"
    html = etree.tostring(root, method="html", encoding="utf-8", with_tail=False)
    yield Member(
        # line breaks stay where they were, so that lines are those of the XML
        data=b"\n" * (line - 1) + html,
        format="tei",
        form="html",
        lost_lists=True,
        encoding="utf-8",
        address=address or (pointer.get("target") if pointer is not None else None),
        title=title,
        problems=tuple(cut[:1]),
    )


def _rename(element: "Element") -> None:
    """Make an HTML element of one of TEI, by its name, its `rend` and its place."""
    name = element.tag.rpartition("}")[2]
    rend = element.get("rend", "")
    alternative = element.get("alt") or element.get("title") or element.findtext("{*}desc")
    if name == "head":
        tag = rend if rend in HEADINGS else f"h{min(6, 1 + _count_divisions(element))}"
    elif name == "list":
        # the first number of an ordered list is lost, so none is claimed
        tag = "dl" if rend == "dl" else "ul"
    elif name == "item" and rend[:3] in {"dt-", "dd-"}:
        tag = rend[:2]
    elif name == "hi":
        tag = "i" if rend in SLANTED else "b"
    elif name == "cell":
        tag = "th" if element.get("role") in {"head", "label"} else "td"
    elif name == "graphic":
        tag = "img"
    else:
        tag = TAGS.get(name, "div")
    for attribute in list(element.attrib):
        del element.attrib[attribute]
    element.tag = tag
    if tag == "img" and alternative:
        element.set("alt", alternative)


def _count_divisions(element: "Element") -> int:
    """How many divisions a TEI heading is in; they are renamed, and still `div`."""
    return sum(1 for _ in element.iterancestors("div"))

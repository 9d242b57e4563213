"""XML of an extractor (trafilatura's own, or TEI) to HTML: elements are renamed."""

from typing import Final

from peelparse.errors import LimitError, ReadError
from peelparse.read.containers.member import Member, Members
from peelparse.read.limits import Budget

TAGS: Final = {
    "list": "ul",
    "item": "li",
    "hi": "b",
    "ref": "a",
    "lb": "br",
    "row": "tr",
    "cell": "td",
    "quote": "blockquote",
    "ab": "p",
    "p": "p",
    "table": "table",
    "div": "div",
    "figure": "div",
    "graphic": "img",
    "code": "code",
    "del": "del",
}
SLANTED: Final = frozenset(("#i", "italic", "i", "#t", "sub", "sup", "#u"))
HEADER: Final = ("teiHeader", "comments", "note", "fw")
PLACES: Final = ("source", "url")


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
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise ReadError(
            "reading the XML", "no element", "a page", "export the page again"
        )
    for element in list(root.iter("{*}*")):
        if isinstance(element.tag, str):
            element.tag = etree.QName(element).localname
    address = next((root.get(name) for name in PLACES if root.get(name)), None)
    ...

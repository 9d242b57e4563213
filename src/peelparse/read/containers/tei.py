"""XML of an extractor (trafilatura's own, or TEI) to HTML: elements are renamed."""

from typing import TYPE_CHECKING, Final

from peelparse.blocks import Problem
from peelparse.errors import LimitError, ReadError
from peelparse.read.containers.member import Member, Members
from peelparse.read.decode import decode
from peelparse.read.limits import Budget, advise_raising

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
    "text": "main",
    "body": "article",
    "doc": "html",
    "TEI": "html",
    "TEI.2": "html",
    "table": "table",
    "graphic": "img",
    "code": "code",
    "del": "del",
    # what is about the text, or about the page and not on it
    "teiHeader": "template",
    "comments": "template",
    "fw": "template",
}
SLANTED: Final = frozenset(("#i", "#t", "#u", "#sub", "#sup", "i", "italic"))
PLACES: Final = ("source", "url")  # attributes of trafilatura's root


def read_tei(data: bytes, budget: Budget) -> Members:
    """Read the page in an extractor's XML; no entity or reference is followed."""
    # imported here so that other formats do without lxml
    from lxml import etree  # noqa: PLC0415

    if len(data) > budget.limits.page_bytes:
        raise LimitError(
            "reading the XML",
            f"{len(data):,} bytes",
            f"at most {budget.limits.page_bytes:,}",
            "split it into pages, or " + advise_raising("page_bytes"),
        )
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the declaration says: the bytes have decided
        resolve_entities=False,
        no_network=True,
        recover=True,  # a cut file gives what is there
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(decode(data).text.encode("utf-8", "replace"), parser)
    if root is None:
        raise ReadError("reading the XML", "no element", "a page", "export it again")
    cut = [
        Problem("PP104", fault.message)
        for fault in parser.error_log.filter_from_errors()
    ]
    address, title = _read_header(root)
    line = root.sourceline or 1
    for element in root.iter("{*}*"):
        _rename(element)
    html = etree.tostring(root, method="html", encoding="utf-8", with_tail=False)
    yield Member(
        # line breaks stay where they were, so that lines are those of the XML
        data=b"\n" * (line - 1) + html,
        format="tei",
        form="html",
        lost_lists=True,
        encoding="utf-8",
        address=address,
        title=title,
        problems=tuple(cut[:1]),
    )


def _read_header(root: "Element") -> tuple[str | None, str | None]:
    """Address and title: attributes in trafilatura's XML, elements in TEI."""
    address = next((root.get(name) for name in PLACES if root.get(name)), None)
    title = root.get("title")
    header = root.find("{*}teiHeader")
    if header is not None:
        pointers = (pointer.get("target") for pointer in header.iter("{*}ptr"))
        address = address or next(pointers, None)
        title = title or next((found.text for found in header.iter("{*}title")), None)
    return address, title


def _rename(element: "Element") -> None:
    """Make an HTML element of one of TEI."""
    description = element.findtext("{*}desc")
    alternative = element.get("alt") or element.get("title") or description
    tag = _find_tag(element)
    element.attrib.clear()
    element.tag = tag
    if tag == "img" and alternative:
        element.set("alt", alternative)


def _find_tag(element: "Element") -> str:
    """The HTML tag for an element, by its name, its `rend` and its place."""
    name = str(element.tag).rpartition("}")[2]
    rend = element.get("rend", "")
    if name == "head":
        return rend if rend in HEADINGS else f"h{_count_divisions(element)}"
    if name == "item" and rend[:3] in {"dt-", "dd-"}:
        return rend[:2]
    if name in {"list", "item"} and element.find(".//{*}head") is not None:
        return "div"  # sections that the page numbers, and no list of sentences
    choices = {
        # the first number of an ordered list is lost, so none is claimed
        "list": "dl" if rend == "dl" else "ul",
        "hi": "i" if rend in SLANTED else "b",
        "cell": "th" if element.get("role") in {"head", "label"} else "td",
    }
    return choices.get(name) or TAGS.get(name, "div")


def _count_divisions(element: "Element") -> int:
    """Level of a TEI heading by the divisions around it, which are still `div`."""
    return min(6, 1 + sum(1 for _ in element.iterancestors("div")))

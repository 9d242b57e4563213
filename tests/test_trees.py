"""Trees and print: XML of extractors, accessibility trees, PDF."""

import io
import json
import sys
from collections.abc import Mapping

import pytest

from copies import (
    ADDRESS,
    LINES,
    TREE,
    codes,
    find_error,
    make_pdf,
    node,
    read,
    read_one,
    text,
    texts,
)
from peelparse.blocks import Kind, Page
from peelparse.errors import LimitError, ReadError, UnsupportedFormatError
from peelparse.read.containers.drawn import MOST_LETTERS, spell_words

# -------------------------------------------------------------------------------- XML

TEI_BODY = """<head rend="h1">Northshire PEEL 2017</head>
<head rend="h2">Effectiveness</head>
<p>Good</p>
<p>It is <hi rend="#b">good</hi> and <hi rend="#i">fair</hi><lb/>now.</p>
<p>The force:</p>
<list rend="ol"><item>knows its streets; and</item><item>works.</item></list>
<list rend="dl"><item rend="dt-1">Grade</item><item rend="dd-1">Fine</item></list>
<table><row><cell role="head">A</cell><cell>B</cell></row></table>
<graphic src="x.png" alt="A badge"/><graphic src="y.png"/>
<p>knows too;</p>"""


def test_extractors_xml() -> None:
    xml = f'<doc source="{ADDRESS}" title="PEEL"><main>{TEI_BODY}</main><comments>No</comments></doc>'
    page = read_one(xml.encode())
    assert page.source.format == "tei"
    assert page.source.address == ADDRESS
    assert page.heading == "PEEL"
    kinds = {block.text: block.kind for block in page.blocks}
    assert kinds["Northshire PEEL 2017"] is Kind.HEADING
    assert kinds["knows its streets; and"] is Kind.ITEM
    assert kinds["A badge"] is Kind.IMAGE
    assert "No" not in kinds
    assert all(block.ordinal is None for block in page.blocks)


def test_tei() -> None:
    head = f"<teiHeader><title>PEEL</title><publicationStmt><p><ptr target='{ADDRESS}'/></p></publicationStmt></teiHeader>"
    body = f"<div><head>Northshire PEEL 2017</head><div><head>Good</head>{TEI_BODY}</div></div>"
    xml = f'<?xml version="1.0"?>\n<!-- made -->\n<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}<text><body>{body}</body></text></TEI>'
    page = read_one(xml.encode())
    assert page.source.address == ADDRESS
    assert page.heading == "PEEL"
    levels = [block.level for block in page.blocks if block.kind is Kind.HEADING]
    assert levels == [2, 3, 1, 2]
    assert page.blocks[0].line == 3
    assert "PEEL" not in texts(page)


def test_lists_of_sections_are_no_lists() -> None:
    item = "<item><head rend='h3'>How well?</head><p>It has plans.</p></item>"
    page = read_one(f"<doc><list rend='ol'>{item}</list></doc>".encode())
    assert [block.kind for block in page.blocks] == [Kind.HEADING, Kind.PARAGRAPH]


def test_bare_lists_are_marked() -> None:
    xml = "<doc><main><p>The force:</p><p>knows; and</p><p>acts.</p></main></doc>"
    kinds = [block.kind for block in read_one(xml.encode()).blocks]
    assert kinds == [Kind.PARAGRAPH, Kind.ITEM, Kind.ITEM]


def test_cut_xml() -> None:
    page = read_one(f"<doc><main>{TEI_BODY}".encode())
    assert texts(page)[0] == "Northshire PEEL 2017"
    assert codes(page) == ["PP104"]


def test_xml_limits() -> None:
    entity = '<?xml version="1.0"?><!DOCTYPE doc [<!ENTITY a "x">]><doc>'
    assert isinstance(find_error(b"<doc><main></main></doc>", page_bytes=9), LimitError)
    assert isinstance(read(entity.encode())[0], ReadError)
    assert isinstance(find_error(b"<doc \0"), ReadError)
    assert "no element" in str(find_error(b"<!DOCTYPE doc [<x>]><doc>"))
    assert isinstance(find_error(b"<doc>" + b"<p>" * 100_000), ReadError | LimitError)


def test_other_xml_is_refused() -> None:
    error = find_error(b'<?xml version="1.0"?><!-- a --><rss><channel/></rss>')
    assert "<rss>" in str(error)


# ----------------------------------------------------------------- accessibility trees


def test_tree_of_a_page() -> None:
    page = read_one(json.dumps(TREE, indent=1).encode())
    assert page.source.format == "axtree"
    assert page.source.address == ADDRESS
    assert page.heading == "Northshire PEEL 2017 – HMICFRS"
    found = [(block.kind.value, block.level, block.text) for block in page.blocks]
    assert found == [
        ("furniture", 0, "Home"),
        ("heading", 1, "Northshire PEEL 2017"),
        ("paragraph", 0, "Northshire is fair at it."),
        ("paragraph", 0, "The force:"),
        ("item", 1, "knows its streets; and"),
        ("item", 1, "acts."),
        ("paragraph", 0, "Last"),
        ("paragraph", 0, "Show more"),
        ("heading", 2, "Inside"),
        ("image", 0, "Ungraded"),
        ("paragraph", 0, "Bold"),
        ("paragraph", 0, "2017"),
        ("item", 1, "one"),
        ("heading", 2, "Linked"),
    ]


def flatten(tree: Mapping[str, object]) -> list[dict[str, object]]:
    """A tree as DevTools writes it: nodes in a list, values in objects."""
    nodes: list[dict[str, object]] = []

    def add(old: Mapping[str, object]) -> str:
        key = str(len(nodes))
        new: dict[str, object] = {"nodeId": key, "ignored": False}
        nodes.append(new)
        new["role"] = {"type": "role", "value": old["role"]}
        new["name"] = {"value": old.get("name")}
        new["properties"] = [
            {"name": name, "value": {"value": old[name]}}
            for name in ("role", "level", "url")
            if name in old
        ]
        children = old.get("children", [])
        assert isinstance(children, list)
        new["childIds"] = [add(child) for child in children]
        return key

    add(tree)
    return nodes


def test_flat_tree_gives_the_same() -> None:
    nodes = flatten(TREE)
    plain = read_one(json.dumps(TREE).encode())
    page = read_one(json.dumps({"nodes": nodes}).encode())
    assert texts(page) == texts(plain)
    assert page.source.address == ADDRESS
    nodes[-1]["ignored"] = True
    assert texts(read_one(json.dumps({"nodes": nodes}).encode())) == texts(plain)


def test_trees_without_an_end() -> None:
    nodes = flatten(node("RootWebArea", "A", node("generic"), node("generic")))
    nodes[1]["childIds"] = ["1", "2", "1"]
    nodes[2]["childIds"] = "none"
    assert isinstance(find_error(json.dumps({"nodes": nodes}).encode()), LimitError)
    link = flatten(node("RootWebArea", "A", node("link", "a", text("a"))))
    link[2]["childIds"] = ["2"]
    assert isinstance(find_error(json.dumps({"nodes": link}).encode()), LimitError)
    wide = flatten(node("RootWebArea", "A", node("generic")))
    wide[1]["childIds"] = ["1"] * 3
    assert isinstance(find_error(json.dumps({"nodes": wide}).encode()), LimitError)


def test_cut_tree() -> None:
    error = find_error(json.dumps(TREE).encode()[:-50])
    assert isinstance(error, UnsupportedFormatError)


# -------------------------------------------------------------------------------- PDF


def test_pdf() -> None:
    page = read_one(make_pdf(LINES))
    assert page.source.format == "pdf"
    assert texts(page) == [line for line in LINES if line]


@pytest.mark.parametrize(
    ("drawn", "plain", "spelled"),
    [
        ("Is the for      ce fit?", "Is the force fit?", "Is the force fit?"),
        ("  a sp an\nof for ce", "a span\nof force", "  a span\nof force"),
        ("sta\ufb00   of \ufb01ve", "sta\ufb00 of \ufb01ve", "staff   of five"),
        # columns, which were set one after the other
        ("The f  orce    Go od", "The force\nruns.\nGood", "The force    Good"),
        ("Go od    The f  orce", "The force\nGood", "Good    The force"),
        # what only the layout has stays
        ("a b    c d", "", "a b    c d"),
        ("not  here  at all", "at all", "not  here  at all"),
    ],
)
def test_words_of_a_printed_page_are_whole(
    drawn: str, plain: str, spelled: str
) -> None:
    assert spell_words(drawn, plain) == spelled


def test_words_of_a_sheet_that_is_none_are_left_alone() -> None:
    words = "for ce " * MOST_LETTERS
    assert spell_words(words, "force " * MOST_LETTERS) == words


def test_a_deep_tree_is_a_limit() -> None:
    deep = '{"role": "RootWebArea", "children": ' + "[" * 100_000
    assert isinstance(find_error(deep.encode()), LimitError)


def test_pdf_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    error = find_error(make_pdf(LINES))
    assert isinstance(error, UnsupportedFormatError)
    assert "pip install 'peelparse[pdf]'" in str(error)


def test_bad_pdf() -> None:
    assert "pictures" in str(find_error(make_pdf([])))
    assert isinstance(find_error(make_pdf(LINES, sheets=5), pdf_pages=3), LimitError)
    assert isinstance(find_error(b"%PDF-1.4\nrubbish"), ReadError)
    no_list = make_pdf(LINES).replace(b"/Kids[4 0 R]", b"/Kids 9 0 R ")
    assert "damaged" in str(find_error(no_list))


def test_a_pdf_that_was_mended_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    whole = make_pdf(LINES)
    data = whole.replace(b"startxref\n", b"startxref\n9")
    page = read_one(data)
    assert texts(page) == texts(read_one(whole))
    assert codes(page) == ["PP107"]
    assert capfd.readouterr() == ("", "")


def test_pdf_with_a_broken_sheet() -> None:
    data = make_pdf(LINES, sheets=2).replace(b"<</Length", b"<</Filter/Foo/Length", 1)
    page = read_one(data)
    assert texts(page) == [line for line in LINES if line]
    # the replacement moved what the table of contents points at
    assert codes(page) == ["PP107", "PP104"]


@pytest.mark.parametrize(("password", "is_open"), [("secret", False), ("", True)])
def test_locked_pdf(password: str, is_open: bool) -> None:  # noqa: FBT001  a case
    from pypdf import PdfWriter  # noqa: PLC0415  an extra

    writer = PdfWriter(clone_from=io.BytesIO(make_pdf(LINES)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    (page,) = read(out.getvalue())
    assert isinstance(page, Page if is_open else UnsupportedFormatError)


# ----------------------------------------------------------------- ARIA snapshots

SNAPSHOT = """\
- navigation:
  - link "Home":
    - /url: /
- main:
  - heading "Northshire PEEL 2017" [level=1]
  - heading "Effectiveness" [level=2]
  - paragraph: Good
  - heading "Questions for Effectiveness" [level=2]
  - paragraph: "1"
  - 'heading "Preventing crime: how good is it?" [level=3]'
  - paragraph: Good
  - paragraph:
    - text: It works with
    - link "its ''neighbours''":
      - /url: "#"
    - strong: and others
    - text: ", which is \\"rare\\"."
  - paragraph: 'It isn''t slow.'
  - paragraph: "The force\\q:"
  - list:
    - listitem: plans; and
    - listitem: "acts: early."
  - table:
    - row "Year Calls":
      - cell "Year"
      - cell "Calls":
        - text: Calls
  ... not a node
  - Good
"""


def test_a_snapshot_is_read_as_its_nodes() -> None:
    page = read_one(SNAPSHOT.encode())
    assert (page.source.format, page.source.dialect) == ("axtree", None)
    shown = [(block.kind.value, block.text) for block in page.blocks]
    assert shown[1:] == [
        ("heading", "Northshire PEEL 2017"),
        ("heading", "Effectiveness"),
        ("paragraph", "Good"),
        ("heading", "Questions for Effectiveness"),
        ("paragraph", "1"),
        ("heading", "Preventing crime: how good is it?"),
        ("paragraph", "Good"),
        (
            "paragraph",
            "It works with its ''neighbours'' and others, which is \"rare\".",
        ),
        ("paragraph", "It isn't slow."),
        ("paragraph", "The force\\q:"),
        ("item", "plans; and"),
        ("item", "acts: early."),
        ("paragraph", "Year"),
        ("paragraph", "Calls"),
    ]


def test_a_list_of_markdown_is_no_snapshot() -> None:
    page = read_one(b"- link to the page\n- heading for it [level=1]\n")
    assert page.source.format == "text"

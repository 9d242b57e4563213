"""The library's door: every source, every option."""

import io
import os
import re
import tempfile
import tomllib
import types
import urllib.response
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Final

import lxml.etree
import lxml.html
import msgspec
import pytest
from bs4 import BeautifulSoup, Tag

import peelparse
from peelparse import sources
from peelparse.errors import (
    LimitError,
    NotAReportError,
    OptionError,
    PeelparseError,
    ReadError,
    UnreadableError,
)
from peelparse.read.limits import Limits

ADDRESS: Final = "https://inspectorate.example/peel-2017/northshire/"
HTML: Final = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Northshire PEEL 2017</title></head>
<body><!-- not of the page --><h1>Northshire PEEL 2017</h1>
<h2>Effectiveness</h2>
<p>How effective is the force at keeping people safe and reducing crime?</p>
<p>Good</p>
<p>Northshire Police is good – and £5 better – at reducing crime.</p>
</body></html>
"""
TEXT: Final = """\
Northshire PEEL 2017

Effectiveness

How effective is the force at keeping people safe and reducing crime?

Good

Northshire Police is good – and £5 better – at reducing crime.
"""
SUMMARY: Final = "Northshire Police is good – and £5 better – at reducing crime."


def read(source: object) -> peelparse.Report:
    """Parse, and check that it is the page, with nothing else read of it."""
    report = peelparse.parse(source)
    assert report.force
    assert report.force.name == "Northshire"
    assert report.judgements[0].grade == "Good"
    assert report.judgements[0].summary == [SUMMARY]
    assert report.coverage.unclaimed == []
    return report


class Response:
    """A response; attributes are given."""

    def __init__(self, **attributes: object) -> None:
        self.url: object = ADDRESS
        vars(self).update(attributes)


Address: Final = type("Address", (), {"__str__": lambda _: ADDRESS})
"""An address that is no str, as of httpx."""


# sources


@pytest.mark.parametrize("page", [HTML, TEXT])
def test_bytes_and_text_are_the_same(page: str) -> None:
    data = page.encode()
    expected = read(data)
    assert expected.source.name == "<memory>"
    for source in (page, bytearray(data), memoryview(data), io.BytesIO(data)):
        assert read(source) == expected
    assert read(io.StringIO(page)) == expected


def test_the_encoding_that_a_text_declares_was_another() -> None:
    page = HTML.replace("utf-8", "windows-1252")
    assert "PP101" in [each.code for each in read(page.encode()).diagnostics]
    assert "PP101" not in [each.code for each in read(page).diagnostics]


def test_halves_of_characters_in_a_text() -> None:
    joined = peelparse.parse(TEXT.replace("£5", "\ud83d\ude00"))
    assert "\N{GRINNING FACE}" in joined.judgements[0].summary[0]
    lone = peelparse.parse(TEXT.replace("£5", "\ud83d"))
    assert "PP103" in [each.code for each in lone.diagnostics]
    assert peelparse.write_json(lone)


def test_halves_of_characters_in_bytes() -> None:
    paired = TEXT.replace("£5", "\ud83d\ude00").encode("utf-8", "surrogatepass")
    report = peelparse.parse(paired)
    assert "\N{GRINNING FACE}" in report.judgements[0].summary[0]
    assert "PP103" not in [each.code for each in report.diagnostics]
    lone = TEXT.replace("£5", "\ud83d").encode("utf-8", "surrogatepass")
    assert "PP103" in [each.code for each in peelparse.parse(lone).diagnostics]


def test_a_path_and_an_open_file_have_a_name(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(HTML, "utf-8")
    assert read(path).source.name == str(path)
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        assert read(binary) == read(path)
        assert read(text).source.name == str(path)
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8") as wrapped:
        wrapped.write(HTML)
        wrapped.seek(0)
        assert read(wrapped).source.name == wrapped.name
    with tempfile.TemporaryFile() as unnamed:
        unnamed.write(HTML.encode())
        unnamed.seek(0)
        assert read(unnamed).source.name == "<memory>"


def test_a_directory_entry_of_bytes(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(HTML, "utf-8")
    (entry,) = os.scandir(os.fsencode(tmp_path))
    assert read(entry).source.name.endswith("/page.html")


def test_a_text_that_is_the_name_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text(HTML)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableError, match="the name of a file") as raised:
        peelparse.parse("page.html")
    assert "pathlib.Path('page.html')" in raised.value.hint
    for text in ("page.htm", "\0", "a" * 5_000, "<page.html", ""):
        with pytest.raises(PeelparseError) as other:
            peelparse.parse(text)
        assert not isinstance(other.value, UnreadableError)


@pytest.mark.parametrize("parser", [lxml.html.HTMLParser, lxml.etree.HTMLParser])
def test_trees_of_lxml(parser: "type[lxml.etree.HTMLParser]") -> None:
    tree = lxml.etree.parse(io.StringIO(HTML), parser())
    report = read(tree)
    assert report.source.name == "<memory>"
    assert read(tree.getroot()) == report
    assert [each.line for each in report.judgements] == [4]
    body = tree.getroot().find("body")
    assert read(body).source.format == "html"


def test_a_tree_of_lxml_takes_options() -> None:
    root = lxml.html.fromstring(HTML)
    report = peelparse.parse(root, name="page", address=ADDRESS, provenance=True)
    assert (report.source.name, report.source.address) == ("page", ADDRESS)
    assert report.judgements[0].path == "/html/body/h2"


def test_a_tree_of_lxml_that_is_no_page() -> None:
    with pytest.raises(peelparse.ReadError) as raised:
        peelparse.parse(lxml.etree.Element("html"), name="empty")
    assert raised.value.name == "empty"
    with pytest.raises(NotAReportError):
        peelparse.parse(lxml.html.fromstring("<p>Fish and chips</p>"))
    with pytest.raises(TypeError, match="cannot read a page from lxml"):
        peelparse.parse(lxml.etree.HTMLParser())


def test_a_text_that_lxml_found() -> None:
    root = lxml.html.fromstring("<html><pre></pre></html>")
    root[0][0].text = TEXT
    found = root.xpath("string(//pre)")
    assert type(found) is not str
    assert read(found).source.format == "text"


@pytest.mark.parametrize("parser", ["lxml", "html.parser"])
def test_soups_and_tags(parser: str) -> None:
    soup = BeautifulSoup(HTML, parser)
    assert read(soup).source.format == "html"
    assert isinstance(soup.body, Tag)
    assert read(soup.body).source.format == "html"
    small = BeautifulSoup("<h1>Northshire PEEL 2017</h1>", parser).h1
    assert peelparse.parse(small).source.format == "html"


@pytest.mark.parametrize(
    "response",
    [
        Response(content=HTML.encode(), text="not this"),
        Response(content=object(), body=HTML.encode(), text="not this"),
        Response(content=None, text=HTML),
        Response(content=HTML.encode(), url=Address(), read=lambda: b"not this"),
        urllib.response.addinfourl(io.BytesIO(HTML.encode()), Message(), ADDRESS),
    ],
)
def test_responses_know_their_address(response: object) -> None:
    assert read(response).source.address == ADDRESS
    given = peelparse.parse(
        Response(content=HTML.encode()), address="https://a.example/"
    )
    assert given.source.address == "https://a.example/"


@pytest.mark.parametrize(
    ("headers", "encoding"),
    [
        ({"Content-Type": "text/html; charset=cp1250"}, "cp1250"),
        ({"content-type": 'application/xhtml+xml;Charset="cp1250"'}, "cp1250"),
        ({"Content-Type": b"text/html; charset=cp1250"}, "cp1250"),
        ({"Content-Type": "text/html"}, "windows-1252"),
        ({"Content-Type": "text/html; charset=nonsense"}, "windows-1252"),
        ({}, "windows-1252"),
        (None, "windows-1252"),
    ],
)
def test_the_encoding_of_a_header_counts(headers: object, encoding: str) -> None:
    page = HTML.replace('<meta charset="utf-8">', "").replace("£", "")
    response = Response(content=page.encode("cp1250"), headers=headers)
    assert peelparse.parse(response).source.encoding == encoding


def test_an_empty_response_is_an_empty_page() -> None:
    with pytest.raises(ReadError, match="found nothing"):
        peelparse.parse(
            Response(content=b"", headers={"Content-Type": "text/html; charset=utf-8"})
        )


@pytest.mark.parametrize(
    "source",
    [None, 5, [HTML], Response(content=5), types.SimpleNamespace(read=lambda: 5)],
)
def test_what_cannot_hold_a_page(source: object) -> None:
    with pytest.raises(TypeError, match=r"pathlib\.Path"):
        peelparse.parse(source)


def test_an_open_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(HTML.encode("cp1252"))
    with path.open(encoding="utf-8") as file, pytest.raises(ReadError) as raised:
        peelparse.parse(file)
    assert "binary mode" in raised.value.hint


# files that cannot be read


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, found in (
        (tmp_path / "none.html", "no such file"),
        (tmp_path, "a folder"),
        (tmp_path / "a\0b", "embedded null byte"),
        (tmp_path / ("a" * 300), "File name too long"),
    ):
        with pytest.raises(UnreadableError) as raised:
            peelparse.parse(path)
        assert raised.value.found == found


def test_a_file_that_may_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sources, "open", refuse, raising=False)
    with pytest.raises(UnreadableError, match="no permission"):
        peelparse.parse(tmp_path / "page.html")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    limits = Limits(page_bytes=100, unpacked_bytes=800)
    path = tmp_path / "page.html"
    path.write_bytes(b"a" * 101)
    with pytest.raises(LimitError, match="at most 100"):
        sources.read_file(str(path), limits)
    path.write_bytes(HTML.encode()[:100])
    read_on = sources.read_file(str(path), limits)
    assert len(read_on) == 100
    # a container holds many pages
    path.write_bytes(b"[{" + b" " * 700)
    assert len(sources.read_file(str(path), limits)) == 702
    with pytest.raises(LimitError, match="more than 800 bytes"):
        sources.read_limited(io.BytesIO(b"[{" + b" " * 799), limits=limits)


def test_a_page_of_too_many_tags() -> None:
    with pytest.raises(LimitError, match="500,002 tags"):
        peelparse.parse(b"<html><body>" + b"<p>" * 500_000)


def test_a_saver_that_leaves_out_end_tags() -> None:
    saved = "<html><!--\n Page saved with SingleFile \n--><body>"
    page = HTML.replace("</body></html>", "")
    codes = [each.code for each in peelparse.parse(page).diagnostics]
    assert "PP104" in codes
    page = page.replace("<body>", saved)
    assert "PP104" not in [each.code for each in peelparse.parse(page).diagnostics]


# options


def test_options_reach_the_report() -> None:
    report = peelparse.parse(
        HTML.encode(),
        force="Westvale",
        edition="2018/19",
        address=ADDRESS,
        provenance=True,
        infer_grades=True,
        name="page.html",
    )
    assert report.force
    assert (report.force.name, report.force.source) == ("Westvale", "option")
    assert report.edition == "2018-19"
    assert (report.source.name, report.source.address) == ("page.html", ADDRESS)
    assert report.judgements[0].path == "/html/body/h2"


@pytest.mark.parametrize("edition", ["2018-19", "2018/19", "2018", "2025–2027"])
def test_editions_are_found_as_printed(edition: str) -> None:
    assert peelparse.parse(HTML, edition=edition).edition in {"2018-19", "2025-27"}


def test_options_that_cannot_be() -> None:
    with pytest.raises(OptionError, match="2023-25"):
        peelparse.parse(HTML, edition="1999")
    with pytest.raises(OptionError, match="found no name"):
        peelparse.parse(HTML, force=" ")


# pages


@pytest.fixture
def crawl() -> bytes:
    """Two pages, and one that is none."""
    rows = [
        {"url": f"https://inspectorate.example/{n}", "html": page}
        for n, page in enumerate((HTML, HTML, "<html><p>Fish and chips</html>"))
    ]
    return b"\n".join(map(msgspec.json.encode, rows)) + b"\n"


def test_every_page_of_a_file(crawl: bytes) -> None:
    pages = peelparse.parse_all(crawl, name="crawl.jsonl")
    assert isinstance(pages, Iterator)
    assert [next(pages).source.name, next(pages).source.name] == [
        "crawl.jsonl#1",
        "crawl.jsonl#2",
    ]
    with pytest.raises(NotAReportError) as raised:
        next(pages)
    assert raised.value.name == "crawl.jsonl#3"


def test_a_file_of_several_pages_is_not_one(crawl: bytes) -> None:
    with pytest.raises(ReadError, match="parse_all") as raised:
        peelparse.parse(crawl, name="crawl.jsonl")
    assert raised.value.name == "crawl.jsonl#1"
    with pytest.raises(ReadError, match="parse_all"):
        peelparse.explain(crawl)


def test_an_error_knows_its_source() -> None:
    with pytest.raises(NotAReportError) as raised:
        peelparse.parse("Fish and chips", name="recipes.txt")
    assert raised.value.name == "recipes.txt"


# explain


def test_explain_gives_every_block_in_order() -> None:
    blocks = peelparse.explain(HTML)
    report = peelparse.parse(HTML)
    assert len(blocks) == report.coverage.blocks
    assert [block.line for block in blocks] == sorted(block.line for block in blocks)
    grade = next(block for block in blocks if block.text == "Good")
    assert grade == peelparse.Explained(
        line=6,
        kind="paragraph",
        label="grade",
        rule=grade.rule,
        field="judgements[0].grade",
        text="Good",
    )
    assert type(grade.label) is str


# the package


def test_the_version_is_that_of_the_project() -> None:
    project = Path(__file__).parents[1] / "pyproject.toml"
    stated = tomllib.loads(project.read_text("utf-8"))["project"]["version"]
    assert peelparse.__version__ == stated


def test_the_public_names() -> None:
    assert peelparse.__all__ == sorted(peelparse.__all__)
    assert len(peelparse.__all__) <= 14
    assert set(peelparse.__all__) < set(dir(peelparse))
    assert not hasattr(peelparse, "nonsense")


@pytest.mark.parametrize("name", peelparse.__all__)
def test_every_public_name_has_a_docstring_and_an_example(name: str) -> None:
    value = getattr(peelparse, name)
    assert value.__doc__
    examples = re.findall(
        r"^ *(?:>>>|\.\.\.) .*$", peelparse.__doc__ or "", re.MULTILINE
    )
    assert any(f"peelparse.{name}" in example for example in examples)

"""Rows of crawlers: JSON, JSON Lines and CSV."""

import base64
import csv
import io
import json
import time

import pytest

from copies import (
    ADDRESS,
    HTML,
    ISO,
    PLAIN,
    ROW,
    TEXT,
    codes,
    find_error,
    names,
    read,
    read_one,
    texts,
)
from peelparse.blocks import Page
from peelparse.errors import LimitError, ReadError, UnsupportedFormatError
from peelparse.read.containers import find_format

# ------------------------------------------------------------------------ rows: JSON


def page_of(row: object) -> Page:
    return read_one(json.dumps(row).encode())


def test_html_is_better_than_markdown_than_text() -> None:
    row = {"text": TEXT, "markdown": "# A\n\n## B\n\n" + TEXT, "html": HTML}
    assert texts(page_of(row)) == PLAIN
    del row["html"]
    assert page_of(row).source.dialect == "markdown"
    del row["markdown"]
    assert page_of(row).source.dialect != "markdown"


def test_html_that_is_a_small_part_is_not_the_page() -> None:
    row = {"summary": "<p>A</p><p>B</p>", "html": "<p>A</p><p>B</p><p>", "text": TEXT}
    assert page_of(row).source.dialect is not None


def test_objects_in_objects() -> None:
    meta = {"sourceURL": ADDRESS, "title": "Northshire \x96 PEEL", "scrapedAt": ISO}
    page = page_of({"success": True, "data": {"markdown": TEXT, "metadata": meta}})
    assert page.source.address == ADDRESS
    assert page.source.saved == ISO
    assert page.source.name == "copy"
    assert page.heading == "Northshire – PEEL"


def test_address_of_a_neighbour_is_not_taken() -> None:
    value = {"a": {"html": HTML}, "b": {"html": HTML, "url": ADDRESS}}
    pages = read(json.dumps(value).encode())
    assert names(pages) == ["copy#1", "copy#2"]
    found = [page.source.address for page in pages if isinstance(page, Page)]
    assert found == [None, ADDRESS]


def test_address_is_found_around_the_page() -> None:
    entry = {
        "startedDateTime": ISO,
        "request": {"method": "GET", "url": ADDRESS},
        "response": {"content": {"mimeType": "text/html", "text": HTML}},
    }
    script = {"response": {"content": {"mimeType": "text/css", "text": HTML}}}
    page = page_of({"log": {"entries": [script, entry]}})
    assert page.source.address == ADDRESS
    assert page.source.saved == ISO
    assert texts(page) == PLAIN


def test_large_objects_around_a_page_are_no_description() -> None:
    around = {f"k{number}": number for number in range(40)}
    page = page_of({**around, "url": ADDRESS, "data": {"html": HTML}})
    assert page.source.address is None


def test_fields_of_unknown_name() -> None:
    assert texts(page_of({"blob": HTML * 3}))[: len(PLAIN)] == PLAIN
    assert page_of({"blob": TEXT * 4}).source.dialect is not None


def test_lists_of_texts() -> None:
    page = page_of({"paragraphs": TEXT.split("\n\n"), "url": ADDRESS})
    assert texts(page)[:2] == ["Northshire PEEL 2017", "Effectiveness"]
    pages = read(json.dumps([HTML, HTML]).encode())
    assert [texts(page) for page in pages] == [PLAIN, PLAIN]


def test_values_that_are_no_address_or_date() -> None:
    row = {"html": HTML, "url": 5, "uri": "page 1", "link": "", "saved": None}
    page = page_of({**row, "scraped": [1], "fetched": "2026-11-23"})
    assert page.source.address is None
    assert page.source.saved == "2026-11-23"


def test_dates_as_numbers() -> None:
    assert page_of({**ROW, "fetched_at": 1795433983}).source.saved == ISO
    assert page_of({**ROW, "fetched_at": 1795433983000}).source.saved == ISO
    assert page_of({**ROW, "fetched_at": "soon"}).source.saved is None


def test_controls_are_windows_characters() -> None:
    html = HTML.encode("cp1252").decode("latin-1")
    page = page_of({"html": html})
    assert texts(page) == PLAIN
    assert codes(page) == ["PP103"]
    odd = page_of({"html": html.replace("Good", "Go\x81od")})
    assert codes(odd) == ["PP103"]


def test_lines_of_json() -> None:
    data = "\n".join([json.dumps(ROW), "{broken", "", json.dumps(ROW), "17"]).encode()
    pages = read(data, "x.jsonl")
    assert names(pages) == ["x.jsonl#1", "x.jsonl", "x.jsonl#3"]
    assert isinstance(pages[1], ReadError)
    assert pages[1].line == 2


def test_many_broken_lines_are_given_up() -> None:
    data = (json.dumps(ROW) + '\n{"a' * 1000).encode()
    assert len(read(data)) == 101


def test_cut_array_gives_the_rows_before() -> None:
    data = json.dumps([ROW, ROW, ROW]).encode()
    inside = read(data[:-100])
    assert [type(page) for page in inside] == [Page, Page, ReadError]
    between = read(data[:-1])
    assert [type(page) for page in between] == [Page, Page, Page, ReadError]


def test_several_pages_in_a_row() -> None:
    data = json.dumps([{"data": [{"html": HTML}, {"html": HTML}]}, ROW]).encode()
    assert names(read(data)) == ["copy#1.1", "copy#1.2", "copy#2"]


@pytest.mark.parametrize(
    "value",
    [{}, [], {"a": 1}, [{"text": "Good"}], {"schema": 1}, {"a": [None, True, 1.5]}],
)
def test_other_json_is_no_page(value: object) -> None:
    error = find_error(json.dumps(value).encode())
    assert isinstance(error, UnsupportedFormatError)
    assert "no field" in str(error)


@pytest.mark.parametrize("key", ["schema", "$id"])
def test_own_reports_are_no_pages(key: str) -> None:
    report = {key: "peelparse.report/1", "text": TEXT}
    assert "peelparse" in str(find_error(json.dumps(report).encode()))


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b"[" * 450 + b"]" * 450,
    ],
)
def test_deep_json_is_a_limit(data: bytes) -> None:
    assert isinstance(find_error(data), LimitError)


def test_a_deep_line_leaves_the_others() -> None:
    line = json.dumps({"html": HTML}).encode()
    for deep in (b'{"a":' * 9_000 + b"1" + b"}" * 9_000, b"[" * 450 + b"]" * 450):
        first, error, last = read(b"\n".join((line, deep, line)))
        assert texts(first) == texts(last) == PLAIN
        assert isinstance(error, LimitError)


def test_a_deep_value_over_many_lines_is_two_errors_at_most() -> None:
    pages = read(b'{"a":\n' * 9_000)
    assert 1 <= len(pages) <= 2
    assert all(isinstance(page, LimitError) for page in pages)


def test_only_the_depth_that_can_be_raised_names_the_option() -> None:
    tree = b"[" * 450 + b"]" * 450
    assert "--limit json_depth=NUMBER" in str(find_error(tree))
    assert isinstance(find_error(tree, json_depth=500), UnsupportedFormatError)
    assert "--limit" not in str(find_error(b"[" * 100_000))


def test_har_with_a_packed_body() -> None:
    body = base64.b64encode((HTML.replace("Good", "Good – £5")).encode()).decode()
    content = {"mimeType": "text/html", "size": 9, "text": body, "encoding": "base64"}
    entry = {"request": {"url": ADDRESS}, "response": {"content": content}}
    page = page_of({"log": {"entries": [entry]}})
    assert "Good – £5" in texts(page)
    assert page.source.address == ADDRESS


def test_strange_json() -> None:
    huge = b'[{"a": ' + b"9" * 5000 + b"}]"
    assert isinstance(read(huge)[0], ReadError)
    lone = json.dumps({"html": HTML + "\ud800"}).encode()
    assert texts(read_one(lone))[: len(PLAIN)] == PLAIN
    assert isinstance(read(b'{"html": "\xff')[0], ReadError)


def test_ten_thousand_rows() -> None:
    data = "\n".join([json.dumps({"url": ADDRESS, "text": TEXT})] * 10_000).encode()
    start = time.perf_counter()
    assert len(read(data)) == 10_000
    assert time.perf_counter() - start < 60


# ------------------------------------------------------------------------- rows: CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables(delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["URL", "Title", "Page text", "Scraped at"])
    writer.writerow([ADDRESS, 'A "quoted", title', TEXT, "2024-05-14"])
    writer.writerow([ADDRESS, "none", "", ""])
    writer.writerow([ADDRESS, "again", TEXT, ""])
    pages = read(out.getvalue().encode(), "x.csv")
    assert names(pages) == ["x.csv#1", "x.csv#3"]
    page = pages[0]
    assert isinstance(page, Page)
    assert page.heading == 'A "quoted", title'
    assert page.source.saved == "2024-05-14"
    assert texts(page)[-1].endswith("listens to them.")


def test_cut_table() -> None:
    html = HTML.replace('"', "")
    assert codes(read_one(f'url,html\n{ADDRESS},"{html}'.encode())) == ["PP104"]


def test_table_ends_in_any_way() -> None:
    row = TEXT.replace("\n", " ")
    for end in ("", "\n", ",", '","', ",x"):
        pages = read(f"url,text\n{ADDRESS},{row.replace(',', ' ')}{end}".encode())
        assert len(pages) == 1


def test_text_after_a_quote_is_passed_over() -> None:
    pages = read(f'url;text\n"{ADDRESS}" x;"{TEXT}"'.encode())
    assert isinstance(pages[0], Page)
    assert pages[0].source.address == ADDRESS


def test_tables_without_pages() -> None:
    error = find_error(b"url,name\nhttps://a.example/,b\n")
    assert "columns url, name" in str(error)
    own = find_error(f"report_id,page_kind,text\n1,pillar,{TEXT}".encode())
    assert "peelparse wrote" in str(own)


def test_prose_is_no_table() -> None:
    for text in ("Good, but the force must do more.\n", "a,b\n", "Text\nurl,text\n"):
        assert find_format(text.encode()) is None


def test_row_beyond_the_limit() -> None:
    data = b"url,text\n" + b"a," * 2000
    assert isinstance(find_error(data, page_bytes=1000), LimitError)


@pytest.mark.parametrize(
    "start",
    [
        "[]{#top}\n\n",
        "[[Skip]](#main)\n\n",
        '["Home"](/)\n\n',
        "{.menu}\n\n",
        "[]\n\n",
    ],
)
def test_text_that_begins_with_a_bracket_is_no_json(start: str) -> None:
    page = read_one(f"{start}{TEXT}".encode())
    assert page.source.format == "text"


@pytest.mark.parametrize(
    "start",
    ["[{ ", '{"a": ', '["a", ', "[[1, ", '{"a', '[["', '["' + "a" * 5000, "[ ]"],
)
def test_what_begins_as_json_does_is_json(start: str) -> None:
    found = find_format(start.encode())
    assert found is not None
    assert found[0].name == "json"


@pytest.mark.parametrize("mark", ["\t", ",", ";"])
def test_a_row_without_a_header(mark: str) -> None:
    text = TEXT + '\nThe force, “which” plans; works with its "neighbours".' * 30
    cells = (ADDRESS, "null", "4da598daeae1c687", '"' + text.replace('"', '""') + '"')
    rows = "\n".join([mark.join((*cells, "null"))] * 2)
    for page in read(rows.encode()):
        assert isinstance(page, Page)
        assert page.source.format == "csv"
        assert page.source.address == ADDRESS
        assert texts(page) == texts(read_one(text.encode()))


def test_prose_with_a_quotation_is_no_row() -> None:
    prose = b'It acts, it plans, "it\nlistens", and it works.'
    assert find_format(prose) is None

"""What copies say of themselves: address, date of saving, title, language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelparse.blocks import Page, Source
from peelparse.read import read_page, read_pages
from peelparse.read.dates import from_stamp, to_iso
from peelparse.read.metadata import find_origin

PAGE = "https://inspectorate.example/peel-2017/northshire/"
OTHER = "https://other.example/a/"
SINGLE_FILE = f"""<!--
 Page saved with SingleFile
 url: {OTHER}
 saved date: Mon Nov 23 2026 11:42:12 GMT+0000 (Coordinated Universal Time)
-->"""


def read_source(head: str = "", top: str = "", **given: str) -> Source:
    html = f"<!DOCTYPE html>{top}<html lang=cy><head><title> Northshire\n PEEL </title>{head}</head><body><p>Good</p></body></html>"
    return read_page(html.encode(), **given).source  # type: ignore[arg-type]  # all text


CANONICAL = f'<link rel="Canonical" href="{PAGE}">'
SHARED = f'<meta property="og:url" content="{PAGE}">'


@pytest.mark.parametrize(
    ("head", "top", "address"),
    [
        ("", "", None),
        (CANONICAL, "", PAGE),
        ("<base href=x><link rel=icon><meta name=a>" + CANONICAL, "", PAGE),
        (SHARED, "", PAGE),
        (CANONICAL.replace(PAGE, OTHER) + SHARED, "", OTHER),
        (CANONICAL, SINGLE_FILE, PAGE),
        ("", SINGLE_FILE, OTHER),
        ("", f"<!-- saved from url=(0046){PAGE} -->", PAGE),
        ("", "<!-- Mirrored from other.example/a/ by HTTrack 3.49, then -->", OTHER),
        # a front page and a relative link name no page, so the next one does
        (CANONICAL.replace(PAGE, "https://inspectorate.example/"), SINGLE_FILE, OTHER),
        (CANONICAL.replace(PAGE, "/peel-2017/"), SINGLE_FILE, OTHER),
        (CANONICAL.replace(PAGE, "https://a.example"), "", "https://a.example"),
        (CANONICAL.replace(PAGE, "javascript:void(0)"), "", None),
    ],
)
def test_address(head: str, top: str, address: str | None) -> None:
    assert read_source(head, top).address == address


def test_caller_knows_best() -> None:
    assert read_source(CANONICAL, address=OTHER).address == OTHER
    assert read_source(CANONICAL, address="https://a.example/").address == PAGE
    assert read_source(address="northshire").address == "northshire"


def test_saved() -> None:
    assert read_source(top=SINGLE_FILE).saved == "2026-11-23T11:42:12Z"
    httrack = (
        "<!-- Mirrored from a.example/b by HTTrack 3, Mon, 23 Nov 2026 11:39:43 GMT -->"
    )
    assert read_source(top=httrack).saved == "2026-11-23T11:39:43Z"
    odd = SINGLE_FILE.replace("Mon Nov 23 2026 11:42:12 GMT+0000", "yesterday")
    assert read_source(top=odd).saved == "yesterday (Coordinated Universal Time)"


def test_title_and_language() -> None:
    page = read_page(b"<html lang=cy><head><title>A\n B</title></head><body><p>Da")
    assert (page.heading, page.language) == ("A B", "cy")


def test_text_says_of_itself() -> None:
    text = f"---\ntitle: Northshire\nurl: {PAGE}\nsaved: 2026-11-23\n---\n\nGood work by the force.\n"
    page = read_page(text.encode())
    assert page.source.address == PAGE
    assert page.source.saved == "2026-11-23"
    assert page.heading == "Northshire"


def test_pages_own_word_counts_more_than_its_containers() -> None:
    html = f"<!DOCTYPE html>{SINGLE_FILE}<title>A</title><p>Good"
    data = f"HTTP/1.1 200 OK\nDate: Tue, 01 Dec 2026 10:00:00 GMT\nContent-Location: {PAGE}\n\n{html}"
    (page,) = read_pages(data.encode())
    assert isinstance(page, Page)
    assert page.source.address == OTHER
    assert page.source.saved == "2026-11-23T11:42:12Z"


@pytest.mark.parametrize(
    ("address", "saved"),
    [
        ("https://web.archive.org/web/20180514101112/" + PAGE, "2018-05-14T10:11:12Z"),
        (
            "https://web.archive.org/web/20180514101112id_/" + PAGE,
            "2018-05-14T10:11:12Z",
        ),
        ("https://web.archive.org/web/2018/" + PAGE, "2018"),
        ("https://web.archive.org/web/2018051410/" + PAGE, "2018-05-14"),
        (
            "https://webarchive.nationalarchives.gov.uk/ukgwa/201805141011/" + PAGE,
            "2018-05-14T10:11:00Z",
        ),
        ("http://webarchive.nationalarchives.gov.uk/20180514/" + PAGE, "2018-05-14"),
        ("https://web.archive.org/web/20180514/https:/" + PAGE[8:], "2018-05-14"),
        ("https://a.example/web/20200101/https://b.example/2018/" + PAGE, "2020-01-01"),
    ],
)
def test_archives_prefixes_come_off(address: str, saved: str) -> None:
    origin = find_origin([None, address], ["2026-11-23"])
    assert (origin.address, origin.saved) == (PAGE, saved)


def test_prefixes_that_are_no_date_stay() -> None:
    for address in (
        f"https://a.example/99999999/{PAGE}",
        f"https://a.example/to/{PAGE}",
    ):
        found = find_origin([address], [])
        assert (found.address, found.saved) == (address, None)


def test_prefixes_come_off_only_so_often() -> None:
    address = "https://a.example/2018/" * 9 + PAGE
    found = find_origin([address], []).address
    assert found is not None
    assert found.count("2018/") == 6


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("Mon, 23 Nov 2026 11:39:43 GMT", "2026-11-23T11:39:43Z"),
        ("Monday, 23-Nov-2026 11:39:43 GMT", "2026-11-23T11:39:43Z"),
        ("23 November 2026 11:39 +0100", "2026-11-23T11:39:00+01:00"),
        ("23 Nov 2026 11:39:43 -0530", "2026-11-23T11:39:43-05:30"),
        ("Mon Nov 23 2026 11:42:12", "2026-11-23T11:42:12"),
        ("2026-11-23T11:39:43.123456Z", "2026-11-23T11:39:43Z"),
        ("2026-11-23 11:39:43", "2026-11-23T11:39:43"),
        ("2026-11-23T11:39:43+01:00", "2026-11-23T11:39:43+01:00"),
        ("20261123", "2026-11-23"),
        ("1795433983", "2026-11-23T11:39:43Z"),
        (1795433983.9, "2026-11-23T11:39:43Z"),
        ("31 Foo 2026 11:39:43", None),
        ("31 Feb 2026 11:39:43", None),
        ("23 Nov 2026 11:39:43 +9999", None),
        ("", None),
        (True, None),
        (float("nan"), None),
        (1e300, None),
    ],
)
def test_dates(value: str | float, iso: str | None) -> None:
    assert to_iso(value) == iso


@pytest.mark.parametrize("stamp", ["20181399", "20180230", "201", "201805141", "x"])
def test_stamps_that_are_no_date(stamp: str) -> None:
    assert from_stamp(stamp) is None


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers()))
def test_any_date_is_read_or_not(value: str | float) -> None:
    found = to_iso(value)
    assert found is None or found[:4].isdigit()


@given(st.lists(st.one_of(st.none(), st.text(max_size=60))))
def test_any_address_is_read_or_not(addresses: list[str | None]) -> None:
    found = find_origin(addresses, addresses).address
    assert found is None or found.lower().startswith("http")

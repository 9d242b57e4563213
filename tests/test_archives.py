"""Zip and tar: what is a page in them, what is not, and what may not be."""

import gzip
import io
import json
import tarfile
import time
import zipfile

import pytest

from copies import (
    HTML,
    PLAIN,
    ROW,
    codes,
    find_error,
    make_http,
    make_record,
    make_tar,
    make_zip,
    names,
    read,
    read_one,
    texts,
)
from peelparse.blocks import Page
from peelparse.errors import LimitError, ReadError, UnsupportedFormatError

# ---------------------------------------------------------------------------- archives

BESIDE = {
    "page_files/style.html": b"<p>",
    "__MACOSX/page.html": b"<p>",
    "page.files/a.html": b"<p>",
    ".git/page.html": b"<p>",
    "a/style.css": b"p{}",
    "logo.PNG": b"\x89PNG",
}


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_archives_pass_over_what_is_no_page(make: type[bytes]) -> None:
    files = {
        **BESIDE,
        "../../etc/page.html": HTML.encode(),
        "/root.html": HTML.encode(),
    }
    pages = read(make(files), "x")  # type: ignore[arg-type]  # a function
    assert [texts(page) for page in pages] == [PLAIN, PLAIN]
    assert names(pages) == ["x#../../etc/page.html", "x#/root.html"]


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_archive_without_a_page_says_so(make: type[bytes]) -> None:
    assert "no page in the" in str(find_error(make(BESIDE)))  # type: ignore[arg-type]


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_ten_thousand_members(make: type[bytes]) -> None:
    files = {f"{number}.txt": b"Northshire PEEL 2017" for number in range(10_000)}
    data = make(files)  # type: ignore[arg-type]
    start = time.perf_counter()
    pages = read(data)
    assert time.perf_counter() - start < 30
    assert len(pages) == 10_000
    assert isinstance(read(data, members=9_999)[-1], LimitError)


def test_unreadable_member_stops_no_other() -> None:
    files = {"a.html": HTML.encode(), "b.bin": b"GIF89a", "c.txt": b" "}
    pages = read(make_zip({**files, "d.html": HTML.encode()}))
    assert [isinstance(page, Page) for page in pages] == [True, False, False, True]


def flag(data: bytes, offset: int, value: int) -> bytes:
    """Set a field of every entry of a zip's list, which is what readers go by."""
    changed = bytearray(data)
    at = changed.find(b"PK\1\2")
    while at >= 0:
        changed[at + offset] = value
        at = changed.find(b"PK\1\2", at + 1)
    return bytes(changed)


def test_members_that_share_their_bytes_are_refused_at_once() -> None:
    files = {f"{number}.html": HTML.encode() * 9 for number in range(99)}
    data = make_zip(files)
    assert len(read(data)) == 99
    start = time.process_time()
    shared = data
    for offset in (42, 43, 44, 45):  # all begin where the first does
        shared = flag(shared, offset, 0)
    error = find_error(shared)
    assert isinstance(error, LimitError)
    assert "share" in str(error)
    assert time.process_time() - start < 1


def test_encrypted_member_is_an_error() -> None:
    pages = read(flag(make_zip({"a.html": HTML.encode()}), 8, 1), "x.zip")
    assert isinstance(pages[0], UnsupportedFormatError)
    assert pages[0].name == "x.zip#a.html"
    assert "encrypted" in str(pages[0])


def test_rare_packing_is_an_error() -> None:
    data = make_zip({"a.html": HTML.encode()}, zipfile.ZIP_LZMA)
    assert "method 14" in str(find_error(data))


def test_damaged_member_is_an_error() -> None:
    data = make_zip({"a.html": HTML.encode(), "b.html": HTML.encode()})
    data = data.replace(HTML.encode()[:1], HTML.encode()[:1])
    at = data.index(b"a.html") + 30
    pages = read(data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :])
    assert isinstance(pages[0], ReadError)
    assert texts(pages[1]) == PLAIN


def test_zip_bomb_of_one_member() -> None:
    data = make_zip({"a.txt": bytes(60_000_000), "b.html": HTML.encode()})
    pages = read(data)
    assert isinstance(pages[0], LimitError)
    assert texts(pages[1]) == PLAIN


def test_cut_zip() -> None:
    data = make_zip({"a.html": HTML.encode()})
    assert "copy it again" in str(find_error(data[:-30])).lower()


def test_office_documents_are_no_archives_of_pages() -> None:
    data = make_zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    assert "office" in str(find_error(data))


def test_web_archive_collection_gives_its_records_only() -> None:
    data = make_zip(
        {
            "datapackage.json": b"{}",
            "archive/data.warc.gz": gzip.compress(make_record(make_http())),
            "pages/pages.jsonl": json.dumps(ROW).encode(),
            "archive/": b"",
        }
    )
    assert texts(read_one(data)) == PLAIN


@pytest.mark.parametrize(
    "form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT]
)
def test_long_names_in_tar(form: int) -> None:
    name = "pages/" * 16 + "x" * 60 + ".html"
    page = read_one(make_tar({name: HTML.encode()}, form), "t")
    assert page.source.name == f"t#{name}"


def test_odd_tar_members_are_passed_over() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        link = tarfile.TarInfo("link.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        page = tarfile.TarInfo("page.html")
        page.size, page.pax_headers = len(HTML.encode()), {"comment": "none"}
        archive.addfile(page, io.BytesIO(HTML.encode()))
    assert texts(read_one(out.getvalue())) == PLAIN
    assert texts(read_one(out.getvalue().rstrip(b"\0"))) == PLAIN


def set_size(data: bytes, field: bytes) -> bytes:
    """A tar with the size of its first member changed, and the checksum right."""
    header = bytearray(data[:512])
    header[124:136] = field
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + data[512:]


def test_tar_sizes() -> None:
    data = make_tar({"page.html": HTML.encode()})
    size = len(HTML.encode())
    assert texts(read_one(set_size(data, b"\x80" + size.to_bytes(11, "big")))) == PLAIN
    assert "size" in str(find_error(set_size(data, b"-0000000001\0")))
    assert "nothing" in str(find_error(set_size(data, b"\0" * 12)[:512]))
    cut = read_one(set_size(data, b"77777777777\0"))
    assert codes(cut)[0] == "PP104"

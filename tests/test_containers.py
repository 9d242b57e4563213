"""Every container gives the page that it holds, and never more than it may cost."""

import base64
import bz2
import csv
import gzip
import io
import json
import lzma
import random
import sys
import tarfile
import time
import zipfile
import zlib
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peelparse.blocks import Kind, Page
from peelparse.errors import (
    LimitError,
    ReadError,
    UnsupportedFormatError,
)
from peelparse.read import Limits, read_page, read_pages
from peelparse.read.containers import FORMATS, find_format
from peelparse.read.containers.compressed import gather
from peelparse.read.limits import Budget

ADDRESS = "https://inspectorate.example/peel-2017/northshire/effectiveness/"
HTML = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Northshire PEEL 2017</title></head>
<body>
<h1>Northshire PEEL 2017</h1>
<h2>Effectiveness</h2>
<p>Good</p>
<p>Northshire Police is good at keeping people safe – it has £2.4m to spend.</p>
<h3>How well does the force prevent crime?</h3>
<p>The force:</p>
<ul><li>knows its streets; and</li><li>works with its neighbours.</li></ul>
</body></html>
"""
TEXT = """Northshire PEEL 2017

Effectiveness

Good

Northshire Police is good at keeping people safe – it has £2.4m to spend.

How well does the force prevent crime?

The force:

• knows its streets; and
• works with its neighbours. It trains them, it equips them, and it listens to them.
"""
DATE = "Mon, 23 Nov 2026 11:39:43 GMT"
ISO = "2026-11-23T11:39:43Z"
PLAIN = [block.text for block in read_page(HTML.encode()).blocks]


def read(data: bytes, name: str = "copy", **limits: int) -> list[Page | ReadError]:
    return list(read_pages(data, name, limits=Limits(**limits)))


def read_one(data: bytes, name: str = "copy") -> Page:
    (page,) = read(data, name)
    assert isinstance(page, Page), page
    return page


def find_error(data: bytes, **limits: int) -> ReadError:
    (error,) = read(data, **limits)
    assert isinstance(error, ReadError)
    assert error.name is not None
    assert str(error)
    return error


def texts(page: Page | ReadError) -> list[str]:
    assert isinstance(page, Page), page
    return [block.text for block in page.blocks]


def codes(page: Page | ReadError) -> list[str]:
    assert isinstance(page, Page), page
    return [problem.code for problem in page.problems]


def names(pages: Iterable[Page | ReadError]) -> list[str | None]:
    return [page.source.name if isinstance(page, Page) else page.name for page in pages]


def header_lines(fields: Mapping[str, str], first: str = "", end: str = "\r\n") -> bytes:
    lines = [first] if first else []
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return (end.join(lines) + end + end).encode()


def make_http(
    body: bytes = HTML.encode(),
    status: str = "200 OK",
    end: str = "\r\n",
    **fields: str,
) -> bytes:
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    every = {"Date": DATE, "Content-Type": "text/html; charset=UTF-8", **given}
    return header_lines(every, f"HTTP/1.1 {status}", end) + body


def make_record(
    data: bytes,
    kind: str = "response",
    address: str = ADDRESS,
    end: str = "\r\n",
    **fields: str,
) -> bytes:
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    every = {
        "WARC-Type": kind,
        "WARC-Target-URI": address,
        "WARC-Date": ISO,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(data)),
        **given,
    }
    gap = (end + end).encode()
    return header_lines(every, "WARC/1.0", end) + data + gap


def make_part(body: bytes, **fields: str) -> bytes:
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    return b"\r\n--BOUND\r\n" + header_lines(given) + body


def make_mhtml(*parts: bytes, end: bytes = b"\r\n--BOUND--\r\n", **fields: str) -> bytes:
    head = {
        "From": "<Saved by Blink>",
        "Snapshot-Content-Location": ADDRESS,
        "Subject": "=?utf-8?Q?Northshire?=",
        "Date": DATE,
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/related;\r\n\ttype="text/html";\r\n\tboundary="BOUND"',
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    return header_lines(head) + b"".join(parts) + end


def quote(html: str) -> bytes:
    import quopri  # noqa: PLC0415

    return quopri.encodestring(html.encode()).replace(b"\n", b"\r\n")


def make_zip(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def make_tar(files: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


# ------------------------------------------------------------------ one page, any way

ROW = {"url": ADDRESS, "fetched_at": ISO, "html": HTML}
WAYS = {
    "http": make_http(),
    "mhtml": make_mhtml(
        make_part(
            quote(HTML),
            Content_Type="text/html",
            Content_Transfer_Encoding="quoted-printable",
        )
    ),
    "warc": make_record(make_http()),
    "gzip": gzip.compress(HTML.encode()),
    "bz2": bz2.compress(HTML.encode()),
    "xz": lzma.compress(HTML.encode()),
    "zip": make_zip({"page.html": HTML.encode()}),
    "tar": make_tar({"page.html": HTML.encode()}),
    "json": json.dumps([ROW]).encode(),
    "csv": f'url,fetched_at,html\r\n{ADDRESS},{ISO},"{HTML.replace(chr(34), chr(34) * 2)}"\r\n'.encode(),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_container_gives_the_page(way: str) -> None:
    page = read_one(WAYS[way])
    assert texts(page) == PLAIN
    assert page.source.format == way
    assert page.source.encoding == "utf-8"
    assert page.heading == "Northshire PEEL 2017"
    assert page.problems == ()


@pytest.mark.parametrize("way", ["mhtml", "warc", "json", "csv"])
def test_container_names_address_and_date(way: str) -> None:
    source = read_one(WAYS[way]).source
    assert (source.address, source.saved) == (ADDRESS, ISO)


@pytest.mark.parametrize("way", WAYS)
def test_digest_and_size_are_the_pages_own(way: str) -> None:
    source = read_one(WAYS[way]).source
    if way == "mhtml":  # quoted-printable writes line ends anew
        assert source.size == len(HTML.replace("\n", "\r\n").encode())
    else:
        assert source.sha256 == read_page(HTML.encode()).source.sha256
        assert source.size == len(HTML.encode())


@pytest.mark.parametrize("way", WAYS)
def test_read_page_opens_a_container_of_one(way: str) -> None:
    assert texts(read_page(WAYS[way])) == PLAIN


def test_read_page_refuses_a_container_of_two() -> None:
    data = make_zip({"a.html": HTML.encode(), "b.html": HTML.encode()})
    with pytest.raises(UnsupportedFormatError, match="several pages"):
        read_page(data)


def test_read_page_raises_the_error_of_a_container() -> None:
    with pytest.raises(UnsupportedFormatError):
        read_page(make_zip({"a.css": b"p{}"}))


@pytest.mark.parametrize("outer", ["gzip", "bz2", "xz", "zip", "tar"])
@pytest.mark.parametrize("inner", WAYS)
def test_containers_nest(outer: str, inner: str) -> None:
    data = WAYS[inner]
    packed = {
        "gzip": gzip.compress(data),
        "bz2": bz2.compress(data),
        "xz": lzma.compress(data),
        "zip": make_zip({f"pages/copy.{inner}": data}),
        "tar": make_tar({f"pages/copy.{inner}": data}),
    }[outer]
    page = read_one(packed)
    assert texts(page) == PLAIN
    assert page.source.format == inner


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("way", ["http", "mhtml", "json", "csv"])
def test_text_containers_may_have_a_mark(way: str, encoding: str) -> None:
    page = read_one(WAYS[way].decode().encode(encoding))
    assert texts(page) == PLAIN


def test_formats_have_their_readers() -> None:
    assert {row.name for row in FORMATS} == {*WAYS, "axtree", "tei", "pdf"}


def test_names_hold_no_control_characters() -> None:
    data = make_zip({"a\x1b[31m.html": HTML.encode()})
    assert read_one(data, "x.zip").source.name == "x.zip#a\ufffd[31m.html"


# ------------------------------------------------------------------------ HTTP answers


def test_header_names_the_encoding() -> None:
    body = HTML.encode("iso8859-2", "replace").replace(b"Northshire Police", b"\xb1 Police")
    page = read_one(make_http(body, Content_Type="text/html; charset=iso-8859-2"))
    assert page.source.encoding == "iso8859-2"
    assert "ą Police" in " ".join(texts(page))


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_headers_of_a_chain_are_passed(end: str) -> None:
    first = make_http(b"", "301 Moved", end, Location=ADDRESS)
    proxy = make_http(b"", "200 Connection established", end)
    again = make_http(b"", "100 Continue", end)
    page = read_one(first + proxy + again + make_http(end=end))
    assert texts(page) == PLAIN
    assert page.source.saved == ISO


@pytest.mark.parametrize("status", ["301 Moved", "404 Not Found", "503 Busy"])
def test_refusals_are_no_page(status: str) -> None:
    error = find_error(make_http(b"<p>No", status, Location=ADDRESS))
    assert isinstance(error, UnsupportedFormatError)
    assert status[:3] in str(error)
    assert ADDRESS[:40] in str(error)


def test_refusal_without_a_way_on() -> None:
    assert "leads" not in str(find_error(make_http(b"<p>No", "404 Not Found")))


def make_chunks(body: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    parts = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(part), part) for part in parts) + end


def deflate(data: bytes, bits: int) -> bytes:
    stream = zlib.compressobj(wbits=bits)
    return stream.compress(data) + stream.flush()


@pytest.mark.parametrize(
    "data",
    [
        make_http(make_chunks(HTML.encode()), Transfer_Encoding="chunked"),
        make_http(HTML.encode(), Transfer_Encoding="chunked"),
        make_http(gzip.compress(HTML.encode()), Content_Encoding="gzip"),
        make_http(HTML.encode(), Content_Encoding="gzip"),
        make_http(deflate(HTML.encode(), 15), Content_Encoding="deflate"),
        make_http(deflate(HTML.encode(), -15), Content_Encoding="deflate"),
        make_http(HTML.encode(), Content_Encoding="deflate"),
        make_http(HTML.encode(), Content_Encoding="br"),
        make_http(
            make_chunks(gzip.compress(HTML.encode())),
            Content_Encoding="gzip",
            Transfer_Encoding="chunked",
        ),
    ],
)
def test_bodies_are_decoded_unless_they_are(data: bytes) -> None:
    page = read_one(data)
    assert texts(page) == PLAIN
    assert page.problems == ()


def test_text_that_looks_like_a_chunk_stays() -> None:
    body = b"ad\n" + TEXT.encode()
    page = read_one(make_http(body, Content_Type="text/plain", Transfer_Encoding="chunked"))
    assert texts(page)[0] == "ad"


def test_missing_chunk_is_told() -> None:
    body = make_chunks(HTML.encode(), end=b"")
    page = read_one(make_http(body, Transfer_Encoding="chunked"))
    assert texts(page) == PLAIN
    assert codes(page) == ["PP104"]
    cut = read_one(make_http(body[:-60], Transfer_Encoding="chunked"))
    assert codes(cut) == ["PP104"]


def test_unknown_compression_is_refused() -> None:
    body = random.Random(1).randbytes(500)
    error = find_error(make_http(body, Content_Encoding="br"))
    assert "br" in str(error)


def test_cut_body_is_told_once() -> None:
    data = make_http(HTML[:-60].encode(), Content_Length=str(len(HTML.encode())))
    assert codes(read_one(data)) == ["PP104"]
    whole = make_http(HTML.encode(), Content_Length="99999")
    assert codes(read_one(whole)) == []


def test_cut_compression_gives_what_is_there() -> None:
    packed = gzip.compress((HTML + "<!-- " + random.Random(2).randbytes(9000).hex()).encode())
    page = read_one(make_http(packed[:-3000], Content_Encoding="gzip"))
    assert texts(page) == PLAIN
    assert codes(page) == ["PP104"]
    assert "damaged" in str(find_error(make_http(b"\x1f\x8bxx", Content_Encoding="gzip")))


def test_bomb_in_a_body_is_stopped() -> None:
    bomb = gzip.compress(bytes(30_000_000))
    assert isinstance(find_error(make_http(bomb, Content_Encoding="gzip")), LimitError)


def test_body_beyond_the_limit_is_refused() -> None:
    assert isinstance(find_error(make_http(), page_bytes=100), LimitError)


def test_long_chain_ends() -> None:
    data = b"HTTP/1.1 200 OK\n\n" * 100_000
    start = time.perf_counter()
    read(data)
    assert time.perf_counter() - start < 5


# ------------------------------------------------------------------------------- MHTML

ROOT = {"Content_Type": "text/html", "Content_Location": ADDRESS}
FRAME = make_part(b"<p>Frame</p>" * 9, Content_Type="text/html", Content_ID="<frame>")


def test_frames_and_pictures_are_not_the_page() -> None:
    picture = make_part(b"R0lGOD", Content_Type="image/gif")
    page = read_one(make_mhtml(FRAME, picture, make_part(HTML.encode(), **ROOT)))
    assert texts(page) == PLAIN


def test_start_parameter_names_the_page() -> None:
    kind = 'multipart/related; boundary=BOUND; start="<root>"'
    root = make_part(HTML.encode(), Content_Type="text/html", Content_ID="<root>")
    assert texts(read_one(make_mhtml(FRAME, root, Content_Type=kind))) == PLAIN


def test_first_html_part_is_the_page_at_last() -> None:
    text = make_part(b"Just text.", Content_Type="text/plain")
    root = make_part(HTML.encode(), Content_Type="text/html")
    assert texts(read_one(make_mhtml(text, root, FRAME))) == PLAIN


def test_text_part_is_read_as_text() -> None:
    part = make_part(TEXT.encode(), Content_Type="text/plain; charset=utf-8")
    page = read_one(make_mhtml(part))
    assert page.source.dialect is not None
    assert texts(page)[0] == "Northshire PEEL 2017"


@pytest.mark.parametrize("end", [b"", b"=", b"!!\r\n"])
def test_base64_parts(end: bytes) -> None:
    packed = base64.encodebytes(HTML.encode()).rstrip(b"=\n") + end
    root = make_part(packed, Content_Transfer_Encoding="base64", **ROOT)
    assert texts(read_one(make_mhtml(root))) == PLAIN


def test_base64_cut_anywhere() -> None:
    packed = base64.encodebytes(HTML.encode())
    for size in range(200, 230):
        root = make_part(packed[:size], Content_Transfer_Encoding="base64", **ROOT)
        assert "PP104" in codes(read_one(make_mhtml(root, end=b"")))


def test_messages_in_messages() -> None:
    inner = b"--IN\r\nContent-Type: text/html\r\n\r\n" + HTML.encode() + b"\r\n--IN--"
    part = make_part(inner, Content_Type="multipart/alternative; boundary=IN")
    assert texts(read_one(make_mhtml(part))) == PLAIN


def test_messages_nest_only_so_deep() -> None:
    body = HTML.encode()
    for level in range(30):
        kind = f"multipart/related; boundary=B{level}"
        body = f"Content-Type: {kind}\r\n\r\n--B{level}\r\n".encode() + body
    assert isinstance(find_error(b"MIME-Version: 1.0\r\n" + body), UnsupportedFormatError)


def test_message_of_one_part() -> None:
    data = make_mhtml(
        quote(HTML),
        end=b"",
        Content_Type="text/html; charset=utf-8",
        Content_Transfer_Encoding="quoted-printable",
    )
    page = read_one(data)
    assert texts(page) == PLAIN
    assert page.source.address == ADDRESS


def test_line_ends_may_be_of_any_kind() -> None:
    assert texts(read_one(WAYS["mhtml"].replace(b"\r\n", b"\n"))) == PLAIN


def test_cut_mhtml_gives_what_is_there() -> None:
    root = make_part(HTML.encode(), **ROOT)
    after = read_one(make_mhtml(root, FRAME, end=b""))
    assert texts(after) == PLAIN
    assert codes(after) == ["PP104"]
    inside = read_one(make_mhtml(root[:-60], end=b""))
    assert texts(inside)[:6] == PLAIN[:6]
    assert codes(inside) == ["PP104"]


def test_mhtml_without_a_page() -> None:
    part = make_part(b"R0lGOD", Content_Type="image/gif")
    assert "none of them a page" in str(find_error(make_mhtml(part)))
    assert isinstance(find_error(make_mhtml(end=b"")), UnsupportedFormatError)


# -------------------------------------------------------------------------------- WARC


def make_crawl(end: str = "\r\n") -> bytes:
    text = {"Content_Type": "text/plain"}
    answer = make_http(end=end)
    records = [
        make_record(b"software: none", "warcinfo", end=end, Content_Type="text/plain"),
        make_record(b"GET / HTTP/1.1\r\n\r\n", "request", end=end),
        make_record(answer, end=end),
        make_record(make_http(b"", "302 Found", end), end=end),
        make_record(make_http(b"p{}", Content_Type="text/css"), end=end),
        make_record(make_http(b"User-agent: *"), address=f"{ADDRESS}robots.txt", end=end),
        make_record(b"1.2.3.4", "response", "dns:inspectorate.example", end, **text),
        make_record(b"args", "resource", "metadata://wget/args.txt", end, **text),
        make_record(HTML.encode(), "resource", end=end, Content_Type="text/html"),
        make_record(b"\x89PNG", "resource", end=end, Content_Type="image/png"),
        make_record(b"  ", "resource", end=end, Content_Type="text/html"),
        make_record(TEXT.encode(), "conversion", end=end, **text),
        make_record(HTML.encode(), "resource", end=end, Content_Type=""),
        make_record(TEXT.encode(), "resource", end=end, Content_Type=""),
    ]
    return "".join([]).encode() + b"".join(records)


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_archive_gives_its_pages_only(end: str) -> None:
    pages = read(make_crawl(end), "crawl.warc")
    assert names(pages) == [f"crawl.warc#{number}" for number in (3, 9, 12, 13, 14)]
    assert [texts(page) == PLAIN for page in pages] == [True, True, False, True, False]
    assert all(not codes(page) for page in pages)


def test_archive_of_many_gzip_members() -> None:
    records = make_crawl().split(b"WARC/1.0")[1:]
    data = b"".join(gzip.compress(b"WARC/1.0" + record) for record in records)
    pages = read(data, "crawl.warc.gz")
    assert names(pages)[0] == "crawl.warc.gz#3"
    assert len(pages) == 5


def test_addresses_may_stand_in_brackets() -> None:
    data = make_record(make_http(), address=f"<{ADDRESS}>")
    assert read_one(data).source.address == ADDRESS


@pytest.mark.parametrize("stated", ["5", "100000", "99999999999999999999", "-3", "x", ""])
def test_lying_length_costs_no_page(stated: str) -> None:
    answer = make_http()
    data = make_record(answer, Content_Length=stated) + make_record(answer)
    pages = read(data)
    assert [texts(page) for page in pages] == [PLAIN, PLAIN]
    assert [codes(page) for page in pages] == [["PP107"], []]


def test_lying_length_of_the_last_record() -> None:
    assert codes(read_one(make_record(make_http(), Content_Length="5"))) == ["PP107"]


def test_cut_archive_gives_pages_before_the_break() -> None:
    data = make_record(make_http()) + make_record(make_http())
    inside = read(data[:-90])
    assert texts(inside[0]) == PLAIN
    assert codes(inside[1]) == ["PP104"]
    headers = read(data[: len(data) // 2 + 40])
    assert texts(headers[0]) == PLAIN
    assert isinstance(headers[1], ReadError)
    assert headers[1].name == "copy#2"
    assert len(headers) == 2


def test_cut_compressed_archive_is_told_once() -> None:
    record = gzip.compress(make_record(make_http()))
    other = gzip.compress(make_record(b"x" * 5000, "request"))
    pages = read(record + record + other[: len(other) // 2])
    assert [texts(page) for page in pages[:2]] == [PLAIN, PLAIN]
    assert len(pages) == 3
    assert isinstance(pages[2], ReadError)


def test_cut_between_records_is_told_at_the_end() -> None:
    record = gzip.compress(make_record(make_http()))
    pages = read(record + record + record[:15])
    assert [type(page) for page in pages] == [Page, Page, ReadError]
    assert "end too early" in str(pages[2])


def test_broken_answer_is_an_error_of_its_record() -> None:
    bad = make_record(make_http(b"\x1f\x8bxx"))
    pages = read(bad + make_record(make_http()))
    assert names(pages) == ["copy#1", "copy#2"]
    assert isinstance(pages[0], ReadError)


def test_archive_without_pages() -> None:
    data = make_record(b"GET /", "request")
    assert "no page" in str(find_error(data))


# ------------------------------------------------------------------------- compression


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_streams_may_follow_each_other(pack: type[bytes]) -> None:
    data = HTML.encode()
    packed = pack(data[:300]) + pack(data[300:]) + b"rubbish"
    assert texts(read_one(packed)) == PLAIN


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_cut_stream(pack: type[bytes]) -> None:
    noise = random.Random(3).randbytes(700_000)
    packed = pack(HTML.encode() + b"<!--" + noise.hex().encode() + b"-->")
    page = read_one(packed[: len(packed) * 3 // 4])
    assert texts(page) == PLAIN
    assert codes(page) == ["PP104"]
    error = find_error(packed[:12])
    assert "copy the file again" in str(error).lower()


def test_empty_stream() -> None:
    assert "holds nothing" in str(find_error(gzip.compress(b"")))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_bombs_are_stopped_while_they_unpack(pack: type[bytes]) -> None:
    bomb = pack(bytes(30_000_000))
    start = time.perf_counter()
    assert isinstance(find_error(bomb), LimitError)
    assert time.perf_counter() - start < 5


def test_all_that_unpacks_counts() -> None:
    pages = {f"{number}.html": HTML.encode() for number in range(50)}
    error = read(make_zip(pages), unpacked_bytes=10_000)[-1]
    assert isinstance(error, LimitError)
    assert len(read(make_zip(pages), unpacked_bytes=10_000)) < 50


def test_error_of_a_limit_is_told_once() -> None:
    inner = make_zip({f"{number}.html": HTML.encode() for number in range(50)})
    data = make_zip({"a.zip": inner, "b.zip": inner})
    errors = [page for page in read(data, members=20) if isinstance(page, ReadError)]
    assert len(errors) == 1
    assert isinstance(errors[0], LimitError)


def test_nesting_is_bounded() -> None:
    data = HTML.encode()
    for level in range(3):
        data = make_zip({f"{level}.zip": data})
    assert texts(read_one(data)) == PLAIN
    error = find_error(make_zip({"more.zip": data}))
    assert isinstance(error, LimitError)
    assert texts(read(make_zip({"more.zip": data}), nesting=4)[0]) == PLAIN


def test_compression_counts_with_what_it_holds() -> None:
    data = gzip.compress(make_record(make_http()))
    data = gzip.compress(make_tar({"crawl.warc.gz": data}))
    assert texts(read_one(make_zip({"a.tar.gz": data}))) == PLAIN


def test_compression_of_compression_is_bounded() -> None:
    data = HTML.encode()
    for _ in range(30):
        data = gzip.compress(data)
    assert isinstance(find_error(data), LimitError)


def test_damage_that_is_no_limit_is_told_in_words() -> None:
    def fail() -> Iterable[bytes]:
        yield b"x"
        raise zlib.error("bad")

    assert gather(iter(fail()), 1, Budget()) == (b"x", "the packed bytes are damaged (bad)")


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
    files = {**BESIDE, "../../etc/page.html": HTML.encode(), "/root.html": HTML.encode()}
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
    files = {"a.html": HTML.encode(), "b.bin": bytes(range(1, 32)) * 9, "c.txt": b" "}
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
    assert isinstance(find_error(b"<doc>" + b"<p>" * 100_000), ReadError | LimitError)


def test_other_xml_is_refused() -> None:
    error = find_error(b'<?xml version="1.0"?><!-- a --><rss><channel/></rss>')
    assert "<rss>" in str(error)


# ----------------------------------------------------------------- accessibility trees


def node(role: str, name: str = "", *children: object, **more: object) -> dict[str, object]:
    return {"role": role, "name": name, "children": list(children), **more}


def text(name: str) -> dict[str, object]:
    return {"role": "StaticText", "name": name}


TREE = node(
    "RootWebArea",
    "Northshire PEEL 2017 – HMICFRS",
    node("navigation", "", node("link", "Home", text("Home"))),
    node("search", "", node("textbox", "Search")),
    node("heading", "Northshire PEEL 2017", level=1),
    text("Northshire is "),
    node("link", "fair", text("fair")),
    text(" at it."),
    text("The force:"),
    text("knows its streets; and"),
    text("acts."),
    {"role": "LineBreak", "name": "\n"},
    text("Last"),
    node("button", "Show more", text("Show more")),
    node("DisclosureTriangle", "", node("heading", "", text("Inside"), level=9)),
    node("image", "Ungraded"),
    node("generic", "", node("strong", "", text("Bold"))),
    node("time", "2017", text("2017")),
    node("list", "", node("listitem", "", node("ListMarker", "•"), text("one"))),
    node("link", "", node("heading", "Linked", level=2)),
    node("unknown", "nothing"),
    url=ADDRESS,
)


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
            {"name": name, "value": {"value": old[name]}} for name in ("level", "url") if name in old
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


def make_pdf(lines: list[str], sheets: int = 1, extra: bytes = b"") -> bytes:
    """A small PDF, a line of text below the other."""
    shown = "".join(f"0 -{14 if line else 30} Td ({line}) Tj\n" for line in lines)
    stream = f"BT /F1 12 Tf 72 760 Td\n{shown}ET".encode("latin-1")
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(sheets))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {sheets}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number in range(sheets):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            b"/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % (5 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\n"
        b"startxref\n%d\n%%%%EOF" % (size, table, size, extra, len(data))
    )


LINES = ["Northshire PEEL 2017", "", "Effectiveness", "", "Good", "", "The force has few staff."]


def test_pdf() -> None:
    page = read_one(make_pdf(LINES))
    assert page.source.format == "pdf"
    assert texts(page) == [line for line in LINES if line]


def test_pdf_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    error = find_error(make_pdf(LINES))
    assert isinstance(error, UnsupportedFormatError)
    assert "pip install 'peelparse[pdf]'" in str(error)


def test_bad_pdf() -> None:
    assert "pictures" in str(find_error(make_pdf([])))
    assert isinstance(find_error(make_pdf(LINES, sheets=5), pdf_pages=3), LimitError)
    assert isinstance(find_error(b"%PDF-1.4\nrubbish"), ReadError)
    locked = make_pdf(LINES, extra=b"/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(x)/P 0>>/ID[(a)(a)]")
    assert isinstance(find_error(locked), ReadError)


def test_pdf_with_a_broken_sheet() -> None:
    data = make_pdf(LINES, sheets=2)
    page = read_one(data.replace(b"/Contents 7 0 R", b"/Contents (x)  "))
    assert texts(page) == [line for line in LINES if line]


# ---------------------------------------------------------------------- anything at all


@given(st.binary(max_size=300))
@example(b"PK\3\4")
@example(b"WARC/1.0\r\n")
@example(b"HTTP/1.1 200\n\n")
@example(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n")
@example(b"url,text\n\"")
def test_any_bytes_give_pages_or_errors(data: bytes) -> None:
    for page in read(data):
        assert isinstance(page, Page | ReadError)
        assert not isinstance(page, ReadError) or page.name


STARTS = [*WAYS.values(), make_crawl(), json.dumps(TREE).encode(), make_pdf(LINES)]


@given(st.sampled_from(STARTS), st.data())
def test_damaged_containers_give_pages_or_errors(whole: bytes, data: st.DataObject) -> None:
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(changed)))
    for page in read(bytes(changed[:cut])):
        assert isinstance(page, Page | ReadError)


@pytest.mark.parametrize(
    "data",
    [
        b"<!---->" * 9_000 + b"x",
        b"<?xml?>" + b"<!-- -->" * 9_000 + b"x",
        b'url,"' + b'""' * 1_000_000,
        b"A:\n " * 100_000,
        b"[" + b'"a",' * 300_000,
        b"WARC/1.0\r\n" * 100_000,
        make_record(b"x", Content_Length="99999") * 20_000,
        b"--a\n" * 100_000,
        make_mhtml(b"\r\n--BOUND" * 90_000),
    ],
)
def test_hostile_files_end_soon(data: bytes) -> None:
    start = time.perf_counter()
    read(data)
    assert time.perf_counter() - start < 20

"""HTTP answers, MHTML and web archives: bodies with headers."""

import base64
import gzip
import re
import time
import zlib

import pytest

from copies import (
    ADDRESS,
    HTML,
    ISO,
    PLAIN,
    TEXT,
    WAYS,
    codes,
    find_error,
    make_crawl,
    make_http,
    make_mhtml,
    make_noise,
    make_part,
    make_record,
    names,
    quote,
    read,
    read_one,
    texts,
)
from peelparse.blocks import Page
from peelparse.errors import LimitError, ReadError, UnsupportedFormatError

# ------------------------------------------------------------------------ HTTP answers


def test_header_names_the_encoding() -> None:
    body = HTML.encode("iso8859-2", "replace").replace(
        b"Northshire Police", b"\xb1 Police"
    )
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
    page = read_one(
        make_http(body, Content_Type="text/plain", Transfer_Encoding="chunked")
    )
    assert texts(page)[0] == "ad"


def test_missing_chunk_is_told() -> None:
    body = make_chunks(HTML.encode(), end=b"")
    page = read_one(make_http(body, Transfer_Encoding="chunked"))
    assert texts(page) == PLAIN
    assert codes(page) == ["PP104"]
    cut = read_one(make_http(body[:-60], Transfer_Encoding="chunked"))
    assert codes(cut) == ["PP104"]


def test_unknown_compression_is_refused() -> None:
    body = make_noise(500)
    error = find_error(make_http(body, Content_Encoding="br"))
    assert "br" in str(error)


def test_cut_body_is_told_once() -> None:
    data = make_http(HTML[:-60].encode(), Content_Length=str(len(HTML.encode())))
    assert codes(read_one(data)) == ["PP104"]
    whole = make_http(HTML.encode(), Content_Length="99999")
    assert codes(read_one(whole)) == []


def test_cut_compression_gives_what_is_there() -> None:
    packed = gzip.compress((HTML + "<!-- " + make_noise(9000).hex()).encode())
    page = read_one(make_http(packed[:-3000], Content_Encoding="gzip"))
    assert texts(page) == PLAIN
    assert codes(page) == ["PP104"]
    assert "damaged" in str(
        find_error(make_http(b"\x1f\x8bxx", Content_Encoding="gzip"))
    )


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
    assert isinstance(
        find_error(b"MIME-Version: 1.0\r\n" + body), UnsupportedFormatError
    )


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


def test_mhtml_cut_before_any_text_is_told_to_be_cut() -> None:
    whole = make_mhtml(make_part(HTML.encode(), **ROOT))
    places = [100, whole.index(b"<html"), whole.index(b"<h1")]
    for place in places:
        assert re.search("cut short|before the break", str(find_error(whole[:place])))


def test_mhtml_without_a_page() -> None:
    part = make_part(b"R0lGOD", Content_Type="image/gif")
    assert "no page among its parts" in str(find_error(make_mhtml(part)))
    assert isinstance(find_error(make_mhtml(end=b"")), UnsupportedFormatError)


# -------------------------------------------------------------------------------- WARC


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


@pytest.mark.parametrize(
    "stated", ["5", "100000", "99999999999999999999", "-3", "x", ""]
)
def test_lying_length_costs_no_page(stated: str) -> None:
    answer = make_http()
    data = make_record(answer, Content_Length=stated) + make_record(answer)
    pages = read(data)
    assert [texts(page) for page in pages] == [PLAIN, PLAIN]
    assert [codes(page) for page in pages] == [["PP107"], []]


def test_lying_length_of_the_last_record() -> None:
    assert codes(read_one(make_record(make_http(), Content_Length="5"))) == ["PP107"]


def test_an_archive_whose_line_ends_were_changed_is_whole() -> None:
    data = make_record(make_http(), kind="response").replace(b"\r\n", b"\n")
    page = read_one(data)
    assert texts(page) == PLAIN
    assert codes(page) == ["PP107"]


def test_a_record_that_does_not_state_its_length() -> None:
    data = make_record(b"Northshire PEEL 2017", Content_Length="", Content_Type="")
    (problem,) = read_one(data).problems
    assert problem.found.startswith("record 1 does not state its length, ")


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


def test_limit_inside_a_record_ends_the_file() -> None:
    packed = make_http(gzip.compress(HTML.encode()), Content_Encoding="gzip")
    (error,) = read(make_record(packed) * 3, unpacked_bytes=100)
    assert isinstance(error, LimitError)


def test_archive_without_pages() -> None:
    data = make_record(b"GET /", "request")
    assert "no page" in str(find_error(data))

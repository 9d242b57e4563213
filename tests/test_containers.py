"""Every container gives the page that it holds, and never more than it may cost."""

import bz2
import gzip
import json
import lzma
import time
import zlib
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copies import (
    ADDRESS,
    HTML,
    ISO,
    LINES,
    PLAIN,
    TREE,
    WAYS,
    codes,
    find_error,
    make_crawl,
    make_http,
    make_mhtml,
    make_noise,
    make_pdf,
    make_record,
    make_tar,
    make_zip,
    read,
    read_one,
    texts,
)
from peelparse.blocks import Page
from peelparse.errors import LimitError, ReadError, UnsupportedFormatError
from peelparse.read import read_page
from peelparse.read.containers import FORMATS
from peelparse.read.containers.compressed import gather
from peelparse.read.limits import Budget


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


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("way", ["http", "mhtml", "json", "csv"])
def test_text_containers_may_have_a_mark(way: str, encoding: str) -> None:
    page = read_one(WAYS[way].decode().encode(encoding))
    assert texts(page) == PLAIN


def test_formats_have_their_readers() -> None:
    assert {row.name for row in FORMATS} == {*WAYS, "axtree", "tei", "pdf"}


def test_binary_data_is_no_page() -> None:
    assert "binary" in str(find_error(bytes(range(1, 32)) * 9))


def test_names_hold_no_control_characters() -> None:
    data = make_zip({"a\x1b[31m.html": HTML.encode()})
    assert read_one(data, "x.zip").source.name == "x.zip#a\ufffd[31m.html"


# ------------------------------------------------------------------------- compression


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_streams_may_follow_each_other(pack: type[bytes]) -> None:
    data = HTML.encode()
    packed = pack(data[:300]) + pack(data[300:]) + b"rubbish"
    assert texts(read_one(packed)) == PLAIN


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_cut_stream(pack: type[bytes]) -> None:
    noise = make_noise(700_000)
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

    assert gather(iter(fail()), 1, Budget()) == (
        b"x",
        "the packed bytes are damaged (bad)",
    )


# ---------------------------------------------------------------------- anything at all


@given(st.binary(max_size=300))
@example(b"PK\3\4")
@example(b"WARC/1.0\r\n")
@example(b"HTTP/1.1 200\n\n")
@example(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n")
@example(b'url,text\n"')
def test_any_bytes_give_pages_or_errors(data: bytes) -> None:
    for page in read(data):
        assert isinstance(page, Page | ReadError)
        assert not isinstance(page, ReadError) or page.name


STARTS = [*WAYS.values(), make_crawl(), json.dumps(TREE).encode(), make_pdf(LINES)]


@given(st.sampled_from(STARTS), st.data())
def test_damaged_containers_give_pages_or_errors(
    whole: bytes, data: st.DataObject
) -> None:
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
        b"A:\n " * 10_000,
        b"[" + b'"a",' * 30_000,
        b"WARC/1.0\r\n" * 100_000,
        make_record(b"x", Content_Length="99999") * 20_000,
        b"--a\n" * 10_000,
        make_mhtml(b"\r\n--BOUND" * 90_000),
    ],
)
def test_hostile_files_end_soon(data: bytes) -> None:
    start = time.perf_counter()
    read(data)
    assert time.perf_counter() - start < 60

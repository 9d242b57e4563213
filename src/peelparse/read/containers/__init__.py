"""Containers: files that hold pages. One table row and one file for each format.

To add a format, write `<format>.py` with a `Reader` and add its row to `FORMATS`.
A reader knows its format and gives members; it never looks at what a page says.
"""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import chain
from typing import Final

import msgspec

from peelparse.blocks import Problem
from peelparse.errors import LimitError, ReadError, UnsupportedFormatError
from peelparse.read.containers.member import Member, Members, Reader
from peelparse.read.decode import find_wide
from peelparse.read.identify import DOCTYPE, PROLOG
from peelparse.read.limits import Budget, advise_raising

__all__ = ["FORMATS", "Member", "find_format", "iter_members"]

SNIFF: Final = 4096
MARKS: Final = (
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
TEI: Final = b"(?is)" + PROLOG + DOCTYPE + rb"<(?:doc|TEI(?:\.2)?)[\s>]"
# what the name of a header can begin with
HEADER: Final = b"-_" + bytes(code for code in range(128) if chr(code).isalnum())
COMPRESSIONS: Final = frozenset(("gzip", "bz2", "xz"))


class Format(msgspec.Struct, frozen=True):
    """One row of the table."""

    name: str
    """What `source.format` says of pages out of it."""
    looks: Callable[[bytes], object]
    """Whether the first bytes are of this format; true or false, nothing more."""
    reader: str
    """`module:function` in this package, imported when first needed."""
    is_text: bool = False
    """Whether it may be saved as UTF-16 or after a byte order mark."""


def _starts(*magics: bytes) -> Callable[[bytes], object]:
    return lambda head: head.startswith(magics)


def _matches(pattern: bytes, first: bytes) -> Callable[[bytes], object]:
    """Whether a pattern fits; `first` are the bytes that may come after white space.

    `re` compiles the pattern when a file begins so, and keeps it.
    """
    source = b"(?is)" + pattern
    return lambda head: head.lstrip()[:1] in first and re.match(source, head)


def _is_tar(head: bytes) -> bool:
    """Whether a tar header's checksum is right; old tars have no magic."""
    stated = head[148:156].strip(b" \0")
    if len(head) < 512 or not stated.isdigit() or not head[:1].strip(b"\0"):
        return False
    counted = sum(head[:148]) + 8 * 0x20 + sum(head[156:512])
    return stated.strip(b"01234567") == b"" and int(stated, 8) == counted


def _is_tei(head: bytes) -> object:
    lower = head.lower()  # in which most pages have neither element
    return (b"<doc" in lower or b"<tei" in lower) and re.match(TEI, head)


def _is_csv(head: bytes) -> bool:
    # few files get to this: the header row holds a name of the field table
    line = head.split(b"\n", 1)[0]
    # and no header has a tag in it, as the first line of HTML has
    if b"<" in line or not any(mark in line for mark in (b",", b";", b"\t")):
        return False
    from peelparse.read.containers.csv_rows import is_header, is_row  # noqa: PLC0415

    return is_header(line) or is_row(line.rstrip())


FORMATS: Final = (
    Format("gzip", _starts(b"\x1f\x8b"), "compressed:read_gzip"),
    Format(
        "bz2",
        _matches(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", b"Bb"),
        "compressed:read_bz2",
    ),
    Format("xz", _starts(b"\xfd7zXZ\0"), "compressed:read_xz"),
    Format("zip", _starts(b"PK\3\4", b"PK\5\6"), "zip:read_zip"),
    Format("tar", _is_tar, "tar:read_tar"),
    Format("pdf", _starts(b"%PDF-"), "pdf:read_pdf"),
    Format("warc", _matches(rb"\s*WARC/\d", b"Ww"), "warc:read_warc", is_text=True),
    Format(
        "http",
        _matches(rb"\s*HTTP/\d[\d.]* +\d{3}\b", b"Hh"),
        "http:read_http",
        is_text=True,
    ),
    Format(
        "mhtml",
        # headers, one of which only a message has; values may go on after a break
        _matches(
            rb"\s*(?:From: <Saved|(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?MIME-Version:)",
            HEADER,
        ),
        "mhtml:read_mhtml",
        is_text=True,
    ),
    Format(
        "axtree",
        _matches(
            rb"\s*\{.{0,600}?\"role\"\s*:\s*"
            rb"(?:\{[^{}]*\"value\"\s*:\s*)?\"(?:RootWebArea|WebArea|document)\"",
            b"{",
        ),
        "axtree:read_axtree",
        is_text=True,
    ),
    Format(
        "axtree",
        # a nested list whose first node has a role, and that names a level or a link
        _matches(
            rb"\s*- '?(?:document|banner|main|navigation|generic|link|heading|text|img"
            rb"|paragraph|article|region|list|button|table|complementary|group|search)(?: [\"\[]|:|\s*\n)"
            rb"(?=.*?(?:- '?heading \"[^\n]*\[level=\d|- /url:))",
            b"-",
        ),
        "aria:read_aria",
        is_text=True,
    ),
    Format(
        "json",
        # more than one bracket or quotation mark: Markdown too begins with `[`
        _matches(
            rb"\s*(?:\{\s*(?:\}|\"(?:[^\"\\]|\\.)*+(?:\"\s*:|\Z))"
            rb"|\[\s*(?:\{\s*(?:[\"}]|\Z)|\[\s*[\[{\"\]\d]|\]\s*\Z"
            rb"|\"(?:[^\"\\]|\\.)*+(?:\"\s*(?:,|\](?!\())|\Z)))",
            b"{[",
        ),
        "json_rows:read_json",
        is_text=True,
    ),
    Format(
        "tei",
        _is_tei,
        "tei:read_tei",
        is_text=True,
    ),
    Format("csv", _is_csv, "csv_rows:read_csv", is_text=True),
)


def find_format(data: bytes) -> tuple[Format, bytes] | None:
    """Find the container format of a file's bytes.

    Args:
        data: the bytes; may be empty.

    Returns:
        The table row, and the bytes to give to its reader (as UTF-8 without a byte
        order mark, where a text format was saved otherwise); None for a plain page.
    """
    head, mark = data[:SNIFF], None
    for magic, encoding in MARKS:
        if data.startswith(magic):
            mark = encoding
            break
    mark = mark or find_wide(head)
    if mark is not None:
        head = head.decode(mark, "replace").encode()
    for row in FORMATS:
        if (row.is_text or mark is None) and row.looks(head):
            if mark is not None:
                data = data.decode(mark, "replace").encode()
            return row, data
    return None


def iter_members(data: bytes, name: str, budget: Budget) -> Members:
    """Unpack a file down to its pages.

    Args:
        data: the file's bytes.
        name: the file's name; a member's name is put after it, as in `crawl.warc#3`.
        budget: what the file may cost.

    Yields:
        Pages as bytes, in file order. An error has its `name` set.
    """
    yield from _unpack(Member(data=data, name=name, format=""), name, budget, 0)


def _unpack(outer: Member, name: str, budget: Budget, depth: int) -> Members:
    found = None if outer.form else find_format(outer.data)
    if found is None:
        yield msgspec.structs.replace(outer, name=name)
        return
    row, data = found
    is_layer = row.name in COMPRESSIONS and outer.format not in COMPRESSIONS
    depth += not is_layer
    try:
        if depth > budget.limits.nesting:
            raise LimitError(
                "unpacking the file",
                f"containers nested more than {budget.limits.nesting} deep",
                "a page, or a container of pages",
                "unpack the outer ones yourself, or " + advise_raising("nesting"),
            )
        for member in _share(_read(row, data, budget), outer.problems):
            if isinstance(member, ReadError):
                yield _named(member, name)
                continue
            inner = f"{name}#{_printable(member.name)}" if member.name else name
            yield from _unpack(_inherit(member, outer), inner, budget, depth)
    except ReadError as error:
        if budget.is_spent and depth > 1:
            raise  # nothing else can be read: one error for the whole file
        yield _named(error, name)


def _read(row: Format, data: bytes, budget: Budget) -> Iterator[Member | ReadError]:
    """What a reader gives; an error where it gives nothing."""
    module, function = row.reader.split(":")
    reader: Reader = getattr(import_module(f"{__name__}.{module}"), function)
    is_empty = True
    for member in reader(data, budget):
        is_empty = False
        yield member
    if is_empty:
        raise UnsupportedFormatError(
            "reading the container",
            f"no page in the {row.name}",
            "at least one page as HTML or text",
            "check what was saved; images, styles and scripts are passed over",
        )


def _inherit(member: Member, outer: Member) -> Member:
    """A member with what only the container around its container knows."""
    return msgspec.structs.replace(
        member,
        address=member.address or outer.address,
        saved=member.saved or outer.saved,
        encoding=member.encoding or outer.encoding,
    )


def _share(members: Members, problems: tuple[Problem, ...]) -> Members:
    """Give what was wrong with a container to its page, if that is its only one.

    Where it holds many pages, none of them is known to be the broken one: unless a
    member says itself that it is cut, an error at the end says so.
    """
    first = next(members, None)
    second = next(members, None) if first is not None else None
    if isinstance(first, Member) and second is None:
        first = msgspec.structs.replace(first, problems=first.problems + problems)
    is_told = not problems or second is None
    for member in chain([first, second], members):
        if member is not None:
            is_told = is_told or isinstance(member, ReadError) or bool(member.problems)
            yield member
    if not is_told:
        raise ReadError(
            "unpacking the file",
            problems[0].found,
            "a whole file",
            "copy the file again; the pages before the break were read",
        )


def _named(error: ReadError, name: str) -> ReadError:
    error.name = f"{name}#{_printable(error.name)}" if error.name else name
    return error


def _printable(name: str) -> str:
    """A member's name without what could steer a terminal."""
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in name)

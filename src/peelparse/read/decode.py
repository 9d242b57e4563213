"""Bytes to text by one deterministic chain, the same on every machine.

The chain: byte order mark; UTF-16 without a mark; header of the container; strict
UTF-8 (bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever is declared); repair
of UTF-8 mixed with windows-1252; the declared encoding; windows-1252. Text that was
garbled before it was saved is put right where that is exact.
"""

import codecs
import re
from typing import Final

import msgspec

from peelparse.blocks import Problem
from peelparse.read.garbled import find_garbled, mend_garbled

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED: Final = rb"""(?i)charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
SNIFF: Final = 4096
PIECE: Final = 4096  # bytes that are looked at together; most pieces of HTML are ASCII
# sources that libxml2 decodes as Python does
KNOWN: Final = frozenset(("utf-8", "windows-1252"))


class Decoded(msgspec.Struct, frozen=True):
    """Text, how it was decoded, and what was odd about the bytes."""

    text: str
    encoding: str
    problems: tuple[Problem, ...]


class Ready(msgspec.Struct, frozen=True):
    """Bytes of HTML for a parser, how it is to read them, and what was odd."""

    data: bytes
    encoding: str
    found: str  # the encoding that the page was saved in
    problems: tuple[Problem, ...]


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a page's bytes.

    Args:
        data: the page's bytes; may be empty.
        declared: the encoding that a container's header names, if any.

    Returns:
        The text without byte order mark and NULs; the encoding's Python name; a
        problem for a contradicted declaration, garbled or mixed text.

    Example:
        >>> decode("£".encode("cp1252")).encoding
        'windows-1252'
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return _checked(text, encoding, [])
    problems: list[Problem] = []
    if wide := find_wide(data):
        return _checked(data.decode(wide, "replace"), wide, problems)
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if (whole := _decode_surrogates(data)) is not None:
            return _checked(whole, "utf-8", problems)
        text, encoding = _decode_legacy(data, declared, error, problems)
    else:
        if not text.isascii():
            _compare_declared(data, declared, problems)
    return _checked(text, encoding, problems)


def prepare(data: bytes, declared: str | None = None) -> Ready:
    """Find the encoding of HTML, and the bytes that a parser is to be given.

    The text itself is made only where something has to be mended; on a page of 100 KB
    that saves a fifth of the time of the bare parse.

    Args:
        data: the page's bytes.
        declared: the encoding that a container's header names, if any.

    Returns:
        Bytes without mark and NULs; encoding and problems as of `decode`.
    """
    if _is_sound(data):
        problems: list[Problem] = []
        if not data.isascii():
            _compare_declared(data, declared, problems)
        return Ready(data, "utf-8", "utf-8", tuple(problems))
    found = decode(data, declared)
    if found.problems or found.encoding not in KNOWN or found.text[:1] == "\ufeff":
        data = found.text.encode("utf-8", "replace")
        return Ready(data, "utf-8", found.encoding, found.problems)
    return Ready(data, found.encoding, found.encoding, found.problems)


def _is_sound(data: bytes) -> bool:
    """Whether bytes are UTF-8 without a mark, and hold nothing to mend or to report."""
    if b"\0" in data or data.startswith(tuple(mark for mark, _ in MARKS)):
        return False
    text: list[str] = []
    start = 0  # of the pieces in a row that are not ASCII; a character is in one row
    try:
        for place in range(0, len(data) + PIECE, PIECE):
            if data[place : place + PIECE].isascii():
                if start < place:
                    text.append(data[start:place].decode("utf-8"))
                start = place + PIECE
    except UnicodeDecodeError:
        return False
    return not any("\ufffd" in part or find_garbled(part) for part in text)


def _checked(text: str, encoding: str, problems: list[Problem]) -> Decoded:
    if "\0" in text:
        text = text.replace("\0", "")
        problems.append(Problem("PP103", "NUL bytes, removed"))
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        problems.append(Problem("PP103", "characters that cannot be read", line))
    if garbled := find_garbled(text):
        line = text.count("\n", 0, garbled.start()) + 1
        problems.append(Problem("PP102", repr(garbled.group()), line))
        text = mend_garbled(text)
    return Decoded(text, encoding, tuple(problems))


def find_wide(data: bytes) -> str | None:
    """UTF-16 without a mark, told by where the NULs of ASCII letters stand.

    Example:
        >>> find_wide("café".encode("utf-16-be")), find_wide(b"coffee")
        ('utf-16-be', None)
    """
    head = data[:SNIFF]
    if b"\0" not in head:
        return None
    half = len(head) // 2
    first, second = head[::2].count(0), head[1::2].count(0)
    for encoding, nuls, others in (
        ("utf-16-le", second, first),
        ("utf-16-be", first, second),
    ):
        # headers of archives have NULs on both sides
        if nuls > half * 0.6 and others < half * 0.1:
            return encoding
    return None


def _declared_name(data: bytes, declared: str | None) -> str | None:
    found = re.search(DECLARED, data[:SNIFF])
    name = declared or (found and found.group(1).decode("ascii", "replace"))
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def _compare_declared(
    data: bytes, declared: str | None, problems: list[Problem]
) -> None:
    name = _declared_name(data, declared)
    if name and name not in {"utf-8", "ascii"}:
        problems.append(Problem("PP101", name))


def _decode_surrogates(data: bytes) -> str | None:
    """UTF-8 with halves of characters in it: pairs are joined, others replaced."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _decode_legacy(
    data: bytes,
    declared: str | None,
    error: UnicodeDecodeError,
    problems: list[Problem],
) -> tuple[str, str]:
    """Text and encoding of bytes that are not valid UTF-8."""
    if error.start >= len(data) - 3 and not data[: error.start].isascii():
        problems.append(Problem("PP104", "it ends inside a character"))
        return data[: error.start].decode("utf-8"), "utf-8"
    # imported here because it takes longer than all else: see docs/performance.md
    from bs4.dammit import EncodingDetector, UnicodeDammit  # noqa: PLC0415

    name = declared or EncodingDetector.find_declared_encoding(
        data, is_html=True, search_entire_document=False
    )
    name = _declared_name(b"", name)
    if _is_mostly_utf8(data):
        mended = UnicodeDammit.detwingle(data)
        problems.append(Problem("PP103", "UTF-8 with windows-1252 inside"))
        return mended.decode("utf-8", "replace"), "utf-8"
    if name == "utf-8":
        problems.append(Problem("PP101", name))
    elif name and name not in {"ascii", "iso8859-1", "cp1252"}:
        try:
            return data.decode(name), name
        except (UnicodeDecodeError, LookupError):
            problems.append(Problem("PP101", name))
    # browsers read Latin-1 as windows-1252 too, which has the curly quotes
    return data.decode("cp1252", "replace"), "windows-1252"


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether more of the bytes beyond ASCII form UTF-8 characters than do not."""
    kept = data.decode("utf-8", "ignore").encode()
    beyond = sum(1 for byte in kept if byte > 0x7F)
    return beyond > 2 * (len(data) - len(kept))

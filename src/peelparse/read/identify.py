"""What a page's bytes are: HTML, text, or a format that holds no page we can read."""

import re
from typing import Final

from peelparse.errors import EmptyPageError, UnsupportedFormatError

MAGIC: Final = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or a recording"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"%!PS", "a PostScript document"),
    (b"\x7fELF", "a program"),
    (b"bplist00", "a web archive of Safari"),
)
# what may stand before a document's own beginning; matched one way only, so that a
# thousand comments cost no more than their length
COMMENTS: Final = rb"(?:<!--(?:(?!-->).)*+-->\s*)*+"
PROLOG: Final = rb"\s*(?:<\?xml\b[^>]*>\s*)?" + COMMENTS
DOCTYPE: Final = rb"(?:<!DOCTYPE\b[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)?" + COMMENTS
# patterns are texts, which `re` compiles when one is first used: most pages need none
USUAL: Final = (b"<!doctype html>", b"<html>", b"<html ")
OPENING: Final = rb"(?is)" + PROLOG + rb"<(?:!doctype\s+html|html|head|body)\b"
XML: Final = rb"(?s)(?=\s*<\?xml\b)" + PROLOG + DOCTYPE + rb"<([\w:.-]+)"
TAG: Final = (
    rb"(?i)<(?:p|div|h[1-6]|li|ul|ol|br|table|td|span|main|article|section|a|b|strong)"
    rb"(?:\s[^<>]*)?/?>"
)
# control characters that no text holds: not white space, overstrike or form feed
BINARY: Final = bytes({*range(1, 32)} - {*b"\b\t\n\v\f\r\x1b\x1c\x1d\x1e"})
SNIFF: Final = 65_536


def identify(data: bytes) -> str:
    """Name the form of a page's bytes.

    Returns:
        `html` or `text`.

    Raises:
        EmptyPageError: there is nothing but white space.
        UnsupportedFormatError: the bytes are an image, a database, a feed, …
    """
    head = data[:SNIFF]
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise EmptyPageError("reading the page", "nothing", "text", "save it again")
    for magic, name in MAGIC:
        if data.startswith(magic):
            raise _make_error(name)
    if looks_like_html(head):
        return "html"
    if found := re.match(XML, head):
        root = found[1].decode("ascii", "replace")
        kind = f"XML of a kind that is not known (<{root[:40]}>)"
        raise _make_error(kind)
    if len(head) - len(head.translate(None, BINARY)) > len(head) * 0.05:
        raise _make_error("binary data")
    return "text"


def looks_like_html(data: bytes) -> bool:
    """Whether the first bytes of a page are HTML, a part of a page included."""
    wide = data[:SNIFF].replace(b"\0", b"")
    if wide[:64].lstrip().lower().startswith(USUAL) or re.match(OPENING, wide):
        return True
    if len(re.findall(TAG, wide)) <= 2:
        return False
    # Markdown and text may keep a few tags; imported here as most pages are neither
    from peelparse.read.dialects.markdown import has_stray_tags  # noqa: PLC0415

    return not has_stray_tags(wide)


def _make_error(found: str) -> UnsupportedFormatError:
    return UnsupportedFormatError(
        "reading the page",
        found,
        "HTML, text, or a container of them",
        "save the inspection page itself from the browser",
    )

"""What bytes are: HTML, text, or a format that holds no page we can read."""

import re
from typing import Final

from peelparse.errors import EmptyPageError, UnsupportedFormatError

MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or a recording"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"WARC/", "a WARC archive"),
)
HEADERS: Final = re.compile(
    rb"\s*(?:From: <Saved|MIME-Version:|HTTP/\d)", re.IGNORECASE
)
OPENING: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
TAG: Final = re.compile(
    rb"<(?:p|div|h[1-6]|li|ul|ol|br|table|td|span|main|article|section|a|b|strong)"
    rb"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
SNIFF: Final = 65_536


def identify(data: bytes) -> str:
    """Name the format of a page's bytes.

    Returns:
        `html` or `text`.

    Raises:
        EmptyPageError: there is nothing but white space.
        UnsupportedFormatError: the bytes are an image, a PDF, an archive, …
    """
    head = data[:SNIFF]
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise EmptyPageError("reading the page", "nothing", "text", "save it again")
    for magic, name in MAGIC:
        if data.startswith(magic):
            raise UnsupportedFormatError(
                "reading the page",
                name,
                "HTML or text",
                "save the inspection page itself from the browser",
            )
    if HEADERS.match(head):
        raise UnsupportedFormatError(
            "reading the page",
            "a message with headers (MHTML or HTTP)",
            "HTML or text",
            "save the page as HTML",
        )
    wide = head.replace(b"\0", b"")
    # a part of a page, as a library gives it, begins with a tag
    if OPENING.match(wide) or TAG.match(wide.lstrip()) or len(TAG.findall(wide)) > 2:
        return "html"
    return "text"

"""Header lines, which HTTP, WARC and MHTML share: `Name: value`, then a blank line."""

import re
from typing import Final, NamedTuple

from peelparse.read.limits import LONG_RECORD

END: Final = re.compile(rb"\r?\n[ \t]*\r?\n|\r?\n\Z")
FOLD: Final = re.compile(rb"\r?\n[ \t]+")
PARAMETER: Final = re.compile(r""";\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s;"]+))""")


class Headers(NamedTuple):
    """One block of header lines."""

    first: str
    """The line before the fields (`HTTP/1.1 200 OK`), or the first field's line."""
    fields: dict[str, str]
    """Values by name in lower case; the first of each name."""
    body: int
    """Offset of what follows the blank line."""

    def get(self, name: str) -> str | None:
        """A field's value, without the angle brackets that addresses may stand in."""
        value = self.fields.get(name, "")
        if value.startswith("<") and value.endswith(">"):
            value = value[1:-1]
        return value or None


class ContentType(NamedTuple):
    """A `Content-Type` taken apart; all empty where there was none."""

    name: str
    """Such as `text/html`, in lower case."""
    parameters: dict[str, str]
    """Such as `charset`; names in lower case."""


def read_headers(data: bytes, start: int = 0) -> Headers:
    r"""Read the header block that begins at an offset, white space before it aside.

    Args:
        data: the bytes of the whole file; lines end in CRLF or LF.
        start: where to begin.

    Example:
        >>> read_headers(b"HTTP/1.0 200 OK\nDate: now\n\nbody").fields
        {'date': 'now'}
    """
    while data[start : start + 1].isspace():
        start += 1
    limit = start + LONG_RECORD
    found = END.search(data, start, limit)
    end, body = found.span() if found else (min(len(data), limit),) * 2
    lines = FOLD.sub(b" ", data[start:end]).decode("utf-8", "replace").splitlines()
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return Headers(lines[0] if lines else "", fields, body)


def read_type(value: str | None) -> ContentType:
    """Take a `Content-Type` apart.

    Example:
        >>> read_type('Text/HTML; charset="utf-8"')
        ContentType(name='text/html', parameters={'charset': 'utf-8'})
    """
    value = value or ""
    parameters = {
        found[1].lower(): found[2] or found[3] or ""
        for found in PARAMETER.finditer(value)
    }
    return ContentType(value.split(";", 1)[0].strip().lower(), parameters)

"""A report to JSON, and back."""

from functools import cache

import msgspec

from peelparse.errors import ReadError
from peelparse.report import Report


@cache
def _decoder() -> msgspec.json.Decoder[Report]:
    """One decoder for all files: making one costs more than decoding a page with it."""
    return msgspec.json.Decoder(Report)


def write_json(report: Report, *, pretty: bool = False) -> bytes:
    """Write a report as one JSON object.

    Every field is always there, `null` or `[]` where the page gives nothing; only
    `path` and `link` are left out unless they were asked for. Fields come in the
    order of `peelparse.report`, so the same report gives the same bytes.

    Args:
        report: any report.
        pretty: whether to indent by two spaces; otherwise one line, which followed
            by a line feed is a line of JSON Lines.

    Returns:
        UTF-8 without a byte order mark and without a line feed at the end.
    """
    data = msgspec.json.encode(report)
    return msgspec.json.format(data, indent=2) if pretty else data


def read_json(data: bytes | str) -> Report:
    """Read a report that `write_json` wrote; fields it does not know are passed over.

    Args:
        data: one JSON object, as UTF-8 bytes or text.

    Raises:
        ReadError: it is no JSON, or not of the form `peelparse.report/1`.

    Example:
        >>> read_json(b"[]")
        Traceback (most recent call last):
        peelparse.errors.ReadError: reading a report: found Expected `object`, got \
`array`; expected one JSON object of the form peelparse.report/1. Write it again \
with peelparse parse.
    """
    try:
        return _decoder().decode(data)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise ReadError(
            "reading a report",
            str(error),
            "one JSON object of the form peelparse.report/1",
            "write it again with peelparse parse",
        ) from error

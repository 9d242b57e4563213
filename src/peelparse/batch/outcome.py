"""The shapes that go to a worker and come back, and how they are packed.

Reports are JSON and rows MessagePack, both through zlib: the process that gathers
them stores them as they are and looks inside only to write rows.
"""

import zlib
from collections.abc import Mapping
from typing import Final

import msgspec

from peelparse.pipeline import DEFAULT, Limits
from peelparse.recognise import Options
from peelparse.report import Report
from peelparse.write import COLUMNS, Cell, Row, read_json, write_json

Rows = dict[str, list[Row]]
"""Rows by table."""

_ROWS: Final = msgspec.msgpack.Decoder(
    dict[str, list[tuple[str | int | bool | None, ...]]]
)
_LEVEL: Final = 1
"""Of compression: text shrinks to a quarter at a fiftieth of the cost of parsing."""

NO_ROWS: Final = zlib.compress(msgspec.msgpack.encode({}), _LEVEL)

REPORT_ID: Final = 12
"""Digits of a page's digest that are the key of its report."""

SKIPPED: Final = ""
"""In place of an error's code, for what is passed over on purpose."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One input, ready to be worked on anywhere."""

    key: bytes
    """Its place among the inputs."""
    name: str
    """What the report and messages call it."""
    path: str | None = None
    """A file of this machine, or an address; None where `data` is given."""
    data: bytes | None = None
    """Its bytes, where the worker cannot be expected to see the file."""
    stamp: str | None = None
    """What shows that the file of `data` is as it was; None if nothing does."""
    size: int = 0
    """Bytes, as far as is known; decides how many inputs are sent together."""
    known: str | None = None
    """Digest of the bytes of which the outcome is known already."""
    options: Options = Options()
    """What the user sets."""
    limits: Limits = DEFAULT
    """What it may cost."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no report."""

    code: str
    """Stable code of the error."""
    message: str
    """What was found, and what was expected."""
    hint: str
    """What to do about it."""
    line: int | None = None
    """1-based line, where one can be named."""


class PageOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one page, or of an input that gave none."""

    name: str
    """The page's name, as in `crawl.warc#3`."""
    sha256: str | None = None
    """Digest of the page's bytes; None without a report."""
    size: int | None = None
    """Bytes of the page."""
    kind: str | None = None
    """What sort of page it is."""
    programme: str | None = None
    """`PEEL` or `FRS`."""
    edition: str | None = None
    """Edition such as `2018-19`."""
    force_id: str | None = None
    """Id of the force in the reference list."""
    force_name: str | None = None
    """The force as the page prints it."""
    codes: str = ""
    """Codes of its diagnostics, a space between."""
    worst: str | None = None
    """The gravest severity among them."""
    fault: Fault | None = None
    """Why there is no report; None with one."""
    report: bytes = b""
    """The report, packed."""
    rows: bytes = NO_ROWS
    """The rows of the five tables, packed."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one input."""

    key: bytes
    """The input's."""
    sha256: str | None = None
    """Digest of the input's bytes; None if they could not be read, or if the next
    run is to try again."""
    stamp: str | None = None
    """What shows without reading that a file is as it was; None if nothing does."""
    is_known: bool = False
    """Whether the bytes are those of `known`, and nothing was done."""
    pages: tuple[PageOutcome, ...] = ()
    """The pages in the order of the file; at least one unless `is_known`."""


def pack_report(report: Report) -> bytes:
    """Make a report small, to be stored and sent."""
    return zlib.compress(write_json(report), _LEVEL)


def unpack_json(data: bytes) -> bytes:
    """Undo `pack_report`, up to the report's JSON."""
    return zlib.decompress(data)


def unpack_report(data: bytes) -> Report:
    """Undo `pack_report`."""
    return read_json(unpack_json(data))


def make_row(table: str, cells: Mapping[str, Cell]) -> Row:
    """Put cells in the order of one of the five tables; None for those not given."""
    return tuple(cells.get(column.name) for column in COLUMNS[table])


def pack_rows(rows: Rows) -> bytes:
    """Make rows small, to be stored and sent."""
    return zlib.compress(msgspec.msgpack.encode(rows), _LEVEL)


def unpack_rows(data: bytes) -> Rows:
    """Undo `pack_rows`.

    Example:
        >>> unpack_rows(pack_rows({"reports": [("a", 1, None, True)]}))
        {'reports': [('a', 1, None, True)]}
    """
    rows: Rows = _ROWS.decode(zlib.decompress(data))
    return rows

"""The work on one input: a pure function that pickles, the same on every machine.

What it gives back is packed (JSON or MessagePack, then zlib): the process that
gathers results stores it as it is and looks inside only to write rows.
"""

import os
import time
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from peelparse.batch import watch
from peelparse.blocks import Page
from peelparse.errors import PeelparseError, ReadError, UnreadableError
from peelparse.pipeline import iter_pages, recognise
from peelparse.recognise import Options
from peelparse.report import Report
from peelparse.sources import explain_failure, read_limited
from peelparse.write import COLUMNS, Cell, Row, tabulate, write_json

Rows = dict[str, list[Row]]
"""Rows by table."""

_ROWS: Final = msgspec.msgpack.Decoder(
    dict[str, list[tuple[str | int | bool | None, ...]]]
)
_LEVEL: Final = 1
"""Of compression: text shrinks to a quarter at a fiftieth of the cost of parsing."""

REPORT_ID: Final = 12
"""Digits of a page's digest that are the key of its report."""

SKIPPED: Final = ""
"""In place of an error's code, for what is passed over on purpose."""

_UNSETTLED: Final = 2_000_000_000
"""Nanoseconds; a file changed so lately may change again with the same time stamp."""


NO_ROWS: Final = zlib.compress(msgspec.msgpack.encode({}), _LEVEL)


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
    size: int = 0
    """Bytes, as far as is known; decides how many inputs are sent together."""
    known: str | None = None
    """Digest of the bytes of which the outcome is known already."""
    options: Options = Options()
    """What the user sets."""


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


def work(item: Item) -> Outcome:
    """Read one input, recognise its pages and make their rows.

    Whatever goes wrong is in the outcome; nothing is raised.

    Args:
        item: the input.
    """
    try:
        data, stamp = _load(item)
    except ReadError as error:
        return Outcome(key=item.key, pages=(_fail(error, item.name),))
    digest = sha256(data).hexdigest()
    if digest == item.known:
        return Outcome(key=item.key, sha256=digest, stamp=stamp, is_known=True)
    pages = tuple(_iter_pages(data, item))
    return Outcome(key=item.key, sha256=digest, stamp=stamp, pages=pages)


def refuse(key: bytes, name: str, fault: str, *, is_skipped: bool) -> Outcome:
    """Make the outcome of an input that is not read.

    Args:
        key: the input's place.
        name: its name.
        fault: why it is not read.
        is_skipped: whether that is as it should be.
    """
    if is_skipped:
        skip = Fault(code=SKIPPED, message=fault, hint="")
        return Outcome(key=key, pages=(PageOutcome(name=name, fault=skip),))
    error = UnreadableError(
        "reading the file", fault, "a saved page", "check the name and its permissions"
    )
    return Outcome(key=key, pages=(_fail(error, name),))


def lose(item: Item, reason: str) -> Outcome:
    """Make the outcome of an input that cost its worker.

    Args:
        item: the input.
        reason: what happened to the worker.
    """
    error = PeelparseError(
        "parsing the page",
        reason,
        "a page that is parsed in a moment",
        "look at the file; for a larger limit give --page-timeout, and for more "
        "memory to each worker fewer --jobs",
    )
    return Outcome(key=item.key, pages=(_fail(error, item.name),))


def _load(item: Item) -> tuple[bytes, str | None]:
    """The bytes, and what shows that the file is as it was."""
    if item.data is not None:
        return item.data, None
    path = item.path or item.name
    if "://" in path:
        from peelparse.batch.remote import read_remote  # noqa: PLC0415  an extra

        return read_remote(path), None
    try:
        return read_still(path)
    except (OSError, ValueError) as error:
        raise explain_failure(path, error) from error


def read_still(path: str) -> tuple[bytes, str | None]:
    """Read a file that nobody changes meanwhile; if somebody does, try once more.

    Args:
        path: a file of this machine.

    Raises:
        UnreadableError: it changed again while it was read.
        OSError: it cannot be read.
    """
    for _ in range(2):
        with Path(path).open("rb") as file:
            before = os.fstat(file.fileno())
            data = read_limited(file, before.st_size)
            after = os.fstat(file.fileno())
        stamp = stamp_file(after)
        if stamp == stamp_file(before):
            changed = max(after.st_mtime_ns, after.st_ctime_ns)
            is_settled = changed < time.time_ns() - _UNSETTLED
            return data, stamp if is_settled else None
    raise UnreadableError(
        "reading the file",
        "a file that changes while it is read",
        "one that is finished",
        "run again when whatever writes it is done",
    )


def stamp_file(found: os.stat_result) -> str:
    """What changes whenever a file does, without reading it.

    The time of the last change of the inode (`st_ctime`) cannot be set back with
    `touch`; where it is equal too, the clock does not matter.
    """
    times = f"{found.st_mtime_ns}-{found.st_ctime_ns}"
    return f"{found.st_size}-{times}-{found.st_ino}"


def _iter_pages(data: bytes, item: Item) -> Iterator[PageOutcome]:
    """Every page of a file; whatever goes wrong with the file ends it."""
    try:
        for page in iter_pages(data, item.name, paths=item.options.provenance):
            watch.beat()
            yield _attempt(page, item)
    except Exception as error:  # noqa: BLE001  one file must not end the others
        yield _fail(_own_up(error), item.name)


def _attempt(page: Page | PeelparseError, item: Item) -> PageOutcome:
    if isinstance(page, PeelparseError):
        return _fail(page, item.name)
    try:
        found = recognise(page, item.options)
        if not isinstance(found, PeelparseError):
            return _pack_page(found[1].report)
    except Exception as error:  # noqa: BLE001  one page must not end the others
        found = _own_up(error)
        found.name = page.source.name
    return _fail(found, item.name)


def _own_up(error: Exception) -> PeelparseError:
    return PeelparseError(
        "parsing the page",
        f"a fault of peelparse itself ({type(error).__name__}: {error})",
        "none",
        "please report it, with the file if you may",
    )


def _pack_page(report: Report) -> PageOutcome:
    force = report.force
    severities = {each.severity for each in report.diagnostics}
    gravest = [each for each in ("error", "warning", "info") if each in severities]
    return PageOutcome(
        name=report.source.name,
        sha256=report.source.sha256,
        size=report.source.size,
        kind=report.kind,
        programme=report.programme,
        edition=report.edition,
        force_id=force.id if force else None,
        force_name=force.name if force else None,
        codes=" ".join(each.code for each in report.diagnostics),
        worst=gravest[0] if gravest else None,
        report=zlib.compress(write_json(report), _LEVEL),
        rows=pack_rows({table: tabulate(report, table) for table in COLUMNS}),
    )


def _fail(error: PeelparseError, name: str) -> PageOutcome:
    name = error.name or name
    fault = Fault(
        code=error.code,
        message=f"{error.doing}: found {error.found}; expected {error.expected}",
        hint=error.hint,
        line=error.line,
    )
    cells: dict[str, Cell] = {
        "source_name": name,
        "code": fault.code,
        "severity": "error",
        "message": fault.message,
        "line": fault.line,
        "hint": fault.hint,
    }
    return PageOutcome(
        name=name,
        codes=fault.code,
        worst="error",
        fault=fault,
        rows=pack_rows({"diagnostics": [make_row("diagnostics", cells)]}),
    )


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

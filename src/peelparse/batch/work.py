"""The work on one input: a pure function that pickles, the same on every machine."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from peelparse.batch import watch
from peelparse.batch.outcome import (
    SKIPPED,
    Fault,
    Item,
    Outcome,
    PageOutcome,
    make_row,
    pack_report,
    pack_rows,
)
from peelparse.blocks import Page
from peelparse.errors import PeelparseError, ReadError, UnreadableError
from peelparse.pipeline import DEFAULT, Limits, iter_pages, recognise
from peelparse.report import Report
from peelparse.sources import explain_failure, read_limited
from peelparse.write import COLUMNS, Cell, tabulate

_UNSETTLED: Final = 2_000_000_000
"""Nanoseconds; a file changed so lately may change again with the same time stamp."""


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
        return item.data, item.stamp
    path = item.path or item.name
    if "://" in path:
        from peelparse.batch.remote import read_remote  # noqa: PLC0415  an extra

        return read_remote(path, item.limits), None
    try:
        return read_still(path, item.limits)
    except (OSError, ValueError) as error:
        raise explain_failure(path, error) from error


def read_still(path: str, limits: Limits = DEFAULT) -> tuple[bytes, str | None]:
    """Read a file that nobody changes meanwhile; if somebody does, try once more.

    Args:
        path: a file of this machine.
        limits: what it may cost.

    Raises:
        UnreadableError: it changed again while it was read.
        OSError: it cannot be read.
    """
    for _ in range(2):
        with Path(path).open("rb") as file:
            before = os.fstat(file.fileno())
            data = read_limited(file, before.st_size, limits)
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
    """Every page of a file, each with a name of its own."""
    names: Counter[str] = Counter()
    try:
        for page in iter_pages(
            data, item.name, paths=item.options.provenance, limits=item.limits
        ):
            watch.beat()
            yield _attempt(_rename(page, names), item)
    except Exception as error:  # noqa: BLE001  one file must not end the others
        yield _fail(_own_up(error), item.name)


def _rename(page: Page | PeelparseError, names: Counter[str]) -> Page | PeelparseError:
    """Tell pages of one file apart that have one name, as members of a zip may."""
    name = (page.name or "") if isinstance(page, PeelparseError) else page.source.name
    names[name] += 1
    if names[name] == 1:
        return page
    own = f"{name} ({names[name]})"
    if isinstance(page, PeelparseError):
        page.name = own
        return page
    source = msgspec.structs.replace(page.source, name=own)
    return msgspec.structs.replace(page, source=source)


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
        report=pack_report(report),
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

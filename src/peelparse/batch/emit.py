"""What the manifest knows, in the order of the inputs, to the rows of a data set."""

from collections.abc import Callable, Iterable
from typing import Final

from peelparse.batch.columns import SOURCES, TABLES
from peelparse.batch.joined import Joined
from peelparse.batch.manifest import Manifest
from peelparse.batch.outcome import REPORT_ID, SKIPPED, unpack_json, unpack_rows
from peelparse.write import Cell, Row
from peelparse.write.datasets import Sink

_BATCH: Final = 64
"""Pages whose rows are held at a time."""

_LAST: Final = b"\xff" * 64
"""After every place that an input can have."""


class Emitter:
    """Writes pages to a sink in order, once there is reason to write at all.

    Attributes:
        sink: what is written to; None until `open`.
    """

    def __init__(self, manifest: Manifest, open_sink: Callable[[], Sink]) -> None:
        """Args: open_sink: called when the first change is known."""
        self.manifest = manifest
        self.sink: Sink | None = None
        self._open_sink = open_sink
        self._last: tuple[bytes, int] = (b"", -1)

    def open(self) -> None:
        """Begin to write; pages that were passed by are written first."""
        if self.sink is None:
            self.sink = self._open_sink()

    def advance(self, key: bytes = _LAST) -> None:
        """Write the pages of all inputs up to one; before `open`, do nothing.

        Args:
            key: the input's place; all up to it are known.
        """
        question = (
            "SELECT id, file, place, name, sha256, code, report, rows FROM page"
            " WHERE (file, place) > (?, ?) AND file <= ? ORDER BY file, place LIMIT ?"
        )
        while self.sink:
            rows = self.manifest.db.execute(
                question, (*self._last, key, _BATCH)
            ).fetchall()
            if not rows:
                return
            self._last = rows[-1][1], rows[-1][2]
            self._write(self.sink, [row for row in rows if self._is_first(row)])

    def _is_first(self, row: tuple[int, bytes, int, str, str | None]) -> bool:
        """Whether no page before has the same bytes; if one has, it is noted."""
        page, _, _, _, sha, *_ = row
        if sha is None:
            return True
        ask = self.manifest.db.execute
        report = sha[:REPORT_ID]
        if ask("INSERT OR IGNORE INTO first VALUES (?, ?)", (report, page)).rowcount:
            return True
        ask(
            "INSERT INTO role SELECT ?, 'copy', page.name, 'the same bytes' FROM first"
            " JOIN page ON page.id = first.page WHERE first.report = ?",
            (page, report),
        )
        return False

    def _write(
        self,
        sink: Sink,
        pages: Iterable[
            tuple[int, bytes, int, str, str | None, str | None, bytes, bytes]
        ],
    ) -> None:
        """Write rows of pages, table by table, and the reports themselves."""
        tables: dict[str, list[Row]] = {name: [] for name in TABLES}
        for *_, report, packed in pages:
            for name, rows in unpack_rows(packed).items():
                tables[name] += rows
            if report and sink.form == "folder":  # the others hold rows only
                sink.add_report(unpack_json(report))
        _add_all(sink, tables)

    def write_joined(self, joined: Iterable[Joined]) -> None:
        """Write what groups of pages gave."""
        if sink := self.sink:
            for each in joined:
                _add_all(sink, unpack_rows(each.rows))

    def write_sources(self) -> None:
        """Write what became of every page, once the roles are known."""
        question = (
            "SELECT file, place, name, code, sha256, size, kind, role, copy_of, reason,"
            " message, hint FROM page LEFT JOIN role ON role.page = page.id"
            " WHERE (file, place) > (?, ?) ORDER BY file, place LIMIT ?"
        )
        last: tuple[bytes, int] = (b"", -1)
        while self.sink and (
            rows := self.manifest.db.execute(question, (*last, _BATCH)).fetchall()
        ):
            last = rows[-1][0], rows[-1][1]
            self.sink.add("sources", [_describe_source(*row[2:]) for row in rows])


def _add_all(sink: Sink, tables: dict[str, list[Row]]) -> None:
    for name, rows in tables.items():
        if rows:
            sink.add(name, rows)


def _describe_source(  # noqa: PLR0913, PLR0917  a row as the manifest gives it
    name: str,
    code: str | None,
    sha: str | None,
    size: int | None,
    kind: str | None,
    role: str | None,
    copy_of: str | None,
    reason: str | None,
    message: str | None,
    hint: str | None,
) -> Row:
    """A row of `sources`."""
    outcome = "report" if code is None else "failed" if code != SKIPPED else "skipped"
    cells: dict[str, Cell] = {
        "source_name": name,
        "outcome": outcome,
        "report_id": sha[:REPORT_ID] if sha else None,
        "sha256": sha,
        "size": size,
        "kind": kind,
        "role": role,
        "copy_of": copy_of,
        "reason": reason or message,
        "code": code or None,
        "hint": hint or None,
    }
    return tuple(cells[column.name] for column in SOURCES)

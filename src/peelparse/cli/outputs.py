"""Reports to standard output as they come, or to a file when all is done."""

import codecs
from typing import Protocol

from peelparse.cli.messages import Message, Messages
from peelparse.cli.terminal import write_stdout
from peelparse.errors import WriteError
from peelparse.report import Report, Severity
from peelparse.write import (
    COLUMNS,
    Row,
    iter_cut_cells,
    tabulate,
    write_csv,
    write_file,
    write_json,
)

STDOUT = "-"


class Writer(Protocol):
    """Writes reports in one format."""

    def add(self, report: Report) -> None:
        """Write one more report."""

    def finish(self) -> None:
        """Write what comes after the last."""


class Target:
    """Where data goes: standard output at once, or a file, whole or not at all."""

    def __init__(self, path: str = STDOUT) -> None:
        """Args: path: a file, or `-` for standard output."""
        self.path = path
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Write bytes, whatever encoding the terminal has."""
        if self.path == STDOUT:
            write_stdout(data)
        else:
            self.parts.append(data)

    def finish(self) -> None:
        """Put the file in its place.

        Raises:
            WriteError: it cannot be; the old file, if any, is as it was.
        """
        if self.path != STDOUT:
            write_file(self.path, b"".join(self.parts))


class JsonWriter:
    """Writes one report as an object, and several as lines or as an array."""

    def __init__(
        self, target: Target, *, pretty: bool, is_array: bool, is_alone: bool
    ) -> None:
        """Args: is_array: whether several are an array; is_alone: whether one may be
        an object, which holds it back until the next is known.
        """
        self.target = target
        self.pretty = pretty
        self.is_array = is_array
        self.is_alone = is_alone
        self.held: Report | None = None
        self.count = 0

    def add(self, report: Report) -> None:
        """Write one more report."""
        if self.is_alone and self.held is None:
            self.held = report
            return
        self.is_alone = False
        self._release()
        self._put(report)

    def finish(self) -> None:
        """Write the report that was held back, or close the array."""
        if self.is_alone and self.held is not None:
            self.target.write(write_json(self.held, pretty=self.pretty) + b"\n")
        elif self.is_array and not self.is_alone:
            self.target.write(b"\n]\n" if self.count else b"[]\n")

    def _release(self) -> None:
        if self.held is not None:
            self._put(self.held)
            self.held = None

    def _put(self, report: Report) -> None:
        self.count += 1
        if not self.is_array:
            self.target.write(write_json(report) + b"\n")
            return
        data = write_json(report, pretty=self.pretty)
        if self.pretty:
            # strings of JSON hold no line break of their own
            data = b"  " + data.replace(b"\n", b"\n  ")
        self.target.write((b"[\n" if self.count == 1 else b",\n") + data)


class CsvWriter:
    """Writes the rows of one table, with one header."""

    def __init__(
        self, target: Target, messages: Messages, table: str, *, excel: bool
    ) -> None:
        """Args: excel: whether to write for a double click in Excel."""
        self.target = target
        self.messages = messages
        self.table = table
        self.excel = excel
        self.reports = 0
        self.rows = 0
        self.others: dict[str, int] = {}

    def add(self, report: Report) -> None:
        """Write the rows of one more report."""
        rows = tabulate(report, self.table)
        data = write_csv(rows, self.table, excel=self.excel, header=not self.reports)
        if self.reports:
            data = data.removeprefix(codecs.BOM_UTF8)
        self.target.write(data)
        if self.excel:
            self._tell_cuts(rows)
        self.reports += 1
        self.rows += len(rows)
        if not self.rows:
            for table in COLUMNS:
                found = self.others.get(table, 0) + len(tabulate(report, table))
                self.others[table] = found

    def finish(self) -> None:
        """Tell of a table that has a header and nothing else."""
        if self.rows or not self.reports or self.table == "diagnostics":
            return
        counts = [f"{table} ({count})" for table, count in self.others.items() if count]
        self._tell(
            "error",
            f"the table {self.table} is empty; there are rows for {', '.join(counts)}",
            "choose another with --table",
        )

    def _tell_cuts(self, rows: list[Row]) -> None:
        for cut in iter_cut_cells(rows, self.table):
            message = cut._replace(row=self.rows + cut.row).message
            self._tell("warning", message, "leave --excel out to have it whole")

    def _tell(self, severity: Severity, message: str, hint: str) -> None:
        self.messages.count_shortfall(
            Message(
                file="<stdout>" if self.target.path == STDOUT else self.target.path,
                code=WriteError.code,
                severity=severity,
                message=message,
                hint=hint,
            )
        )

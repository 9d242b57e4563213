"""Reports to the rows of one table in CSV: a writer as those of `outputs`."""

import codecs

from peelparse.cli.messages import Message, Messages
from peelparse.cli.outputs import STDOUT, Target
from peelparse.errors import WriteError
from peelparse.report import Report, Severity
from peelparse.write import COLUMNS, Row, iter_cut_cells, tabulate, write_csv


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

"""One workbook: a sheet a table, and sheets on columns, licence and what was cut."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from peelparse.write.columns import Row
from peelparse.write.datasets import licence
from peelparse.write.datasets.extras import import_extra
from peelparse.write.datasets.sheets import LAST_ROW, Note, Sheet, Style
from peelparse.write.datasets.tables import Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""No clock is read; XlsxWriter would put the present time in the file."""


class XlsxWriter:
    """Writes one workbook; rows beyond what a sheet holds go to a further one."""

    def __init__(self, path: Path, tables: Mapping[str, Table]) -> None:
        """Args: path: a file."""
        library = import_extra("xlsxwriter", "xlsx")
        self.failures = (import_extra("xlsxwriter.exceptions", "xlsx").XlsxFileError,)
        self.tables = tables
        self.folder = TemporaryDirectory(
            prefix="peelparse-", ignore_cleanup_errors=True
        )
        self.book: Workbook = library.Workbook(
            path, {**_OPTIONS, "tmpdir": self.folder.name}
        )
        self.book.set_properties(
            {
                "title": licence.TITLE,
                "comments": licence.ATTRIBUTION,
                "created": _CREATED,
            }
        )
        self.style = Style(self.book)
        self.notes: list[Note] = []
        self.parts = {name: [self._open(name, table)] for name, table in tables.items()}

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Write more rows of a table."""
        parts = self.parts[table]
        sheet = parts[-1]
        for row in rows:
            if sheet.row > LAST_ROW:
                sheet = self._open(f"{table} {len(parts) + 1}", self.tables[table])
                parts.append(sheet)
            sheet.add(row)

    def add_report(self, report: bytes) -> None:
        """Pass over a report: its rows say the same."""

    def finish(self) -> None:
        """Write the sheets that tell of the others, and put all in one file."""
        for sheet in (sheet for parts in self.parts.values() for sheet in parts):
            sheet.finish()
        self._tell("notes", ("sheet", "row", "column", "note"), self.notes)
        self._tell("columns", ("table", "column", "type", "meaning"), self._columns())
        self._tell(
            "licence",
            ("what", "which"),
            [
                ("title", licence.TITLE),
                ("about", licence.DESCRIPTION),
                ("attribution", licence.ATTRIBUTION),
                ("licence", licence.LICENCE),
                ("licence text", licence.LICENCE_ADDRESS),
                ("source", f"{licence.SOURCE}, {licence.SOURCE_ADDRESS}"),
            ],
        )
        try:
            self.book.close()
        except self.failures as error:
            raise OSError(str(error)) from error
        finally:
            self.discard()

    def discard(self) -> None:
        """Close and remove the temporary files of the sheets."""
        for sheet in self.book.worksheets():
            sheet.row_data_fh.close()
        self.folder.cleanup()

    def _open(self, name: str, table: Table) -> Sheet:
        return Sheet(self.book.add_worksheet(name), table, self.style, self.notes)

    def _tell(self, name: str, header: Row, rows: Iterable[Row]) -> None:
        """Write a small sheet of texts."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(header) - 2, 24)
        sheet.set_column(len(header) - 1, len(header) - 1, 100)
        for place, row in enumerate([header, *rows]):
            look = self.style.text if place else self.style.header
            for column, cell in enumerate(row):
                sheet.write_string(place, column, str(cell), look)

    def _columns(self) -> list[Row]:
        return [
            (name, column.name, column.type, column.description)
            for name, table in self.tables.items()
            for column in table.columns
        ]


make_writer = XlsxWriter

"""One sheet of a workbook: cells by type, and the limits of Excel."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from peelparse.write.columns import Cell, Column, Row
from peelparse.write.datasets.tables import Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LAST_ROW: Final = 1_048_575
"""Excel's, counted from 0."""

_LONGEST_CELL: Final = 32_767
"""UTF-16 code units."""

_LONGEST_LINK: Final = 2_079
_MOST_LINKS: Final = 65_530
"""In one sheet."""

_FIRST_DATE: Final = date(1900, 3, 1)
"""Before it Excel's calendar is wrong or has no days."""

_LINKS: Final = frozenset(("link", "address"))

_PARAGRAPHS: Final = frozenset(("narrative", "summary", "detail"))

_LONG: Final = frozenset((*_PARAGRAPHS, "path"))
"""Columns that are not wrapped: whole paragraphs would make rows as tall as a page."""

_WIDTHS: Final = {"integer": 10, "date": 12, "boolean": 10}
_SENTENCES: Final = frozenset(
    ("text", "question", "statement", "title", "message", "hint", "reason")
)
_WIDE: Final = _PARAGRAPHS | _SENTENCES | {"subheadings", "heading", "lead_in"}


class Note(NamedTuple):
    """Something in a workbook that is less than the data."""

    sheet: str
    """Name of the sheet."""
    row: int
    """1-based row in the sheet, as Excel counts; the header is 1."""
    column: str
    """Name of the column."""
    note: str
    """What was done, and what there is in full elsewhere."""


class Style:
    """How the cells of a workbook look."""

    def __init__(self, book: "Workbook") -> None:
        """Args: book: the workbook that is to have them."""
        top = {"valign": "top"}
        self.header = book.add_format({"bold": True, "bottom": 1, **top})
        self.text = book.add_format({"text_wrap": True, **top})
        self.long = book.add_format(top)
        self.date = book.add_format({"num_format": "yyyy-mm-dd", **top})
        self.link = book.add_format({"font_color": "#0563C1", "underline": 1, **top})
        for each in (self.header, self.text, self.long, self.date, self.link):
            # numbered now, not by first use: the order of the rows must not tell
            each._get_xf_index()  # noqa: SLF001  there is no other way


class Sheet:
    """Writes rows of one table to one sheet.

    Attributes:
        row: 0-based row that is next.
    """

    def __init__(
        self, sheet: "Worksheet", table: Table, style: Style, notes: list[Note]
    ) -> None:
        """Args: notes: where to tell of what did not fit."""
        self.sheet = sheet
        self.table = table
        self.style = style
        self.notes = notes
        self.links = 0
        self.row = 0
        self.puts = [self._choose(column) for column in table.columns]
        sheet.freeze_panes(1, 0)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for place, column in enumerate(table.columns):
            width = 60 if column.name in _WIDE else _WIDTHS.get(column.type, 18)
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, column.name, style.header)
        self.row = 1

    def add(self, row: Row) -> None:
        """Write one more row; a cell of None stays empty."""
        for place, (cell, put) in enumerate(zip(row, self.puts, strict=True)):
            if cell is not None:
                put(place, cell)
        self.row += 1

    def finish(self) -> None:
        """Give the header its filter."""
        self.sheet.autofilter(0, 0, max(self.row - 1, 1), len(self.puts) - 1)

    def _choose(self, column: Column) -> Callable[[int, Cell], None]:
        """How cells of a column are written."""
        if column.name in _LINKS:
            return self._put_link
        puts = {
            "integer": self._put_number,
            "boolean": self._put_boolean,
            "date": self._put_date,
        }
        return puts.get(
            column.type, self._put_long if column.name in _LONG else self._put_text
        )

    def _put_number(self, place: int, cell: Cell) -> None:
        self.sheet.write_number(self.row, place, cell, self.style.long)

    def _put_boolean(self, place: int, cell: Cell) -> None:
        self.sheet.write_boolean(self.row, place, cell, self.style.long)

    def _put_date(self, place: int, cell: Cell) -> None:
        day = date.fromisoformat(str(cell))
        if day < _FIRST_DATE:
            self._put_text(place, cell)
        else:
            self.sheet.write_datetime(self.row, place, day, self.style.date)

    def _put_link(self, place: int, cell: Cell) -> None:
        """An address that opens, within Excel's limits; only those of the web."""
        text = str(cell)
        is_web = text.startswith(("https://", "http://"))
        if is_web and len(text) <= _LONGEST_LINK and self.links < _MOST_LINKS:
            self.links += 1
            self.sheet.write_url(self.row, place, text, self.style.link, text)
            return
        if is_web:
            self._note(place, "does not open: longer, or more, than Excel allows")
        self._put_long(place, cell)

    def _put_long(self, place: int, cell: Cell) -> None:
        self._put(place, str(cell), is_long=True)

    def _put_text(self, place: int, cell: Cell) -> None:
        self._put(place, str(cell), is_long=False)

    def _put(self, place: int, text: str, *, is_long: bool) -> None:
        """A text as it is, never a formula or markup, cut to what a cell holds."""
        look = self.style.long if is_long else self.style.text
        units = text.encode("utf-16-le")
        if len(units) > 2 * _LONGEST_CELL:
            kept = units[: 2 * (_LONGEST_CELL - 1)].decode("utf-16-le", "ignore")
            size = f"{len(units) // 2:,} to {_LONGEST_CELL:,} characters"
            self._note(place, f"cut from {size}; the other forms have it whole")
            text = f"{kept}…"
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for markup of its own, unless it is in parts
            parts = (text[0], text[1], text[2:])
            self.sheet.write_rich_string(self.row, place, *parts, look)
        else:
            self.sheet.write_string(self.row, place, text, look)

    def _note(self, place: int, note: str) -> None:
        self.notes.append(
            Note(self.sheet.get_name(), self.row + 1, self.table.names[place], note)
        )

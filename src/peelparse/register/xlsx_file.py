"""Registers as workbooks: only cells that differ are touched, all else stays."""

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from peelparse.errors import ReadError, WriteError
from peelparse.register.rows import OWN, Register, fold_name, make_register
from peelparse.write.datasets.extras import import_extra

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SHEET: Final = "register"
_EXTRA: Final = "xlsx"

_LONGEST_CELL: Final = 32_767
_LONGEST_LINK: Final = 2_079

_WIDE: Final = frozenset(("text", "detail", "previous_text", "question", "evidence"))

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")

_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that no XML can hold."""

_SAVED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_MADE: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_MOMENT: Final = b"2000-01-01T00:00:00Z"
"""In place of the clock, so that the same register is the same file."""


def read_xlsx(data: bytes) -> Register:
    """Read a register from the first sheet that holds one.

    Args:
        data: the workbook.

    Raises:
        ReadError: it is no workbook, or holds no register.
        WriteError: the library for it is not installed.
    """
    book, remarks = _load(data)
    header, *rows = _read_sheet(_find_sheet(book)) or [[]]
    register = make_register(header, rows)
    register.remarks = remarks
    return register


def write_xlsx(register: Register, old: bytes | None = None) -> bytes:
    """Write a register into the workbook it came from, or into a new one.

    Args:
        register: rows and columns at the places where the workbook has them.
        old: the workbook; None makes a new one.

    Raises:
        ReadError: the old one is no workbook.
        WriteError: a cell holds more than one of Excel's can, or the library is not
            installed.
    """
    if old is None:
        book = import_extra("openpyxl", _EXTRA).Workbook()
        sheet = book.active
        sheet.title = _SHEET
    else:
        book, _ = _load(old)
        sheet = _find_sheet(book)
    _fill(sheet, register)
    if old is None:
        _dress(sheet, register)
    else:
        _stretch(sheet)
    output = io.BytesIO()
    book.save(output)
    return _drop_clock(output.getvalue(), _MADE if old is None else _SAVED)


def _load(data: bytes) -> "tuple[Workbook, list[str]]":
    """Open a workbook; what the library cannot keep is in the remarks."""
    openpyxl = import_extra("openpyxl", _EXTRA)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    except Exception as error:
        # a file that is no workbook makes the library raise almost anything
        raise ReadError(
            "reading the register",
            f"what is no workbook ({type(error).__name__}: {error})",
            "an XLSX that Excel opens",
            "open it in Excel and save it as XLSX again",
        ) from error
    return book, [str(each.message) for each in caught]


def _find_sheet(book: "Workbook") -> "Worksheet":
    """The first sheet with our columns, or else the first."""
    for sheet in book.worksheets:
        names = {fold_name(_to_text(cell.value)) for cell in sheet[1]}
        if {"id", "kind", "text"} <= names:
            return sheet
    return book.worksheets[0]


def _read_sheet(sheet: "Worksheet") -> list[list[str]]:
    """Cells as text, without what is blank at the right and below."""
    rows = [
        [_to_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
    ]
    width = max((_measure(row) for row in rows), default=0)
    while rows and not any(rows[-1]):
        rows.pop()
    return [row[:width] for row in rows]


def _measure(row: Sequence[str]) -> int:
    """Cells of a row up to the last that is not blank."""
    return max((place for place, cell in enumerate(row, 1) if cell), default=0)


def _to_text(value: object) -> str:
    """What a cell holds, as a person would type it into a CSV."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # formulas over many cells are objects with a text; a list is a text in colours
    is_plain = value is None or isinstance(value, (str, int, float, timedelta, list))
    text = (
        ("" if value is None else str(value))
        if is_plain
        else str(getattr(value, "text", type(value)))
    )
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def _fill(sheet: "Worksheet", register: Register) -> None:
    """Put what differs into the sheet."""
    for column, name in enumerate(register.header, 1):
        cell = sheet.cell(1, column)
        if _to_text(cell.value) != name:
            _put(cell, name)
    own = {register.columns[name, 0] for name in OWN}
    for place, row in enumerate(register.rows, 2):
        for column, text in enumerate(row):
            cell = sheet.cell(place, column + 1)
            if _to_text(cell.value) != text:
                _put(cell, text, is_own=column in own)


def _put(cell: "Cell", text: str, *, is_own: bool = True) -> None:
    """Fill a cell with a text that never is a formula; with a date if people typed it."""
    if len(text.encode("utf-16-le")) > 2 * _LONGEST_CELL:
        raise WriteError(
            "filling the workbook",
            f"{len(text):,} characters for cell {cell.coordinate}",
            f"{_LONGEST_CELL:,}, the most that a cell of Excel holds",
            "shorten it, or write a CSV",
        )
    if not is_own and _DATE.fullmatch(text) and (day := _parse_date(text)):
        cell.value = day
        return
    styles = import_extra("openpyxl.styles", _EXTRA)
    cell.value = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text) or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
    if text.startswith(("https://", "http://")) and len(text) <= _LONGEST_LINK:
        cell.hyperlink = text


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _dress(sheet: "Worksheet", register: Register) -> None:
    """Give a new sheet a header that stays, filters, and widths."""
    styles = import_extra("openpyxl.styles", _EXTRA)
    letter = import_extra("openpyxl.utils", _EXTRA).get_column_letter
    for column, name in enumerate(register.header, 1):
        sheet.cell(1, column).font = styles.Font(bold=True)
        width = 60 if name in _WIDE else 18
        sheet.column_dimensions[letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _stretch(sheet: "Worksheet") -> None:
    """Have a filter or table that reached to the last row reach there again."""
    last = sheet.max_row
    for ranged in (sheet.auto_filter, *sheet.tables.values()):
        if ranged.ref and (found := re.fullmatch(r"(\D+\d+:\D+)\d+", ranged.ref)):
            ranged.ref = f"{found[1]}{last}"
            if getattr(ranged, "autoFilter", None):
                ranged.autoFilter.ref = ranged.ref


def _drop_clock(data: bytes, times: re.Pattern[bytes]) -> bytes:
    """The workbook without the times at which it was made or saved."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            member = old.read(info)
            if info.filename == "docProps/core.xml":
                member = times.sub(rb"\g<1>" + _MOMENT, member)
            new.writestr(_make_member(info.filename), member)
    return output.getvalue()


def _make_member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 0
    return member

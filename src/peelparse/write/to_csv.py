"""Rows to CSV: RFC 4180 as it stands, or with the care that Excel needs."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from peelparse.write.columns import COLUMNS, Cell, Row

# Source: OWASP ASVS 1.2.10 and CWE-1236; LF because a CR is written as one.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")

_EXCEL_CELL: Final = 32_767
"""UTF-16 code units, the most that a cell of Excel holds."""

_CUT_MARK: Final = "…"


class CutCell(NamedTuple):
    """A cell that the Excel preset cuts.

    Example:
        >>> CutCell(3, "narrative", 40_000).message
        'row 3, narrative: cut from 40,000 to 32,767 characters, the most that a \
cell of Excel holds'
    """

    row: int
    """1-based row, the header not counted."""
    column: str
    """Name of its column."""
    size: int
    """Its length before the cut, in UTF-16 code units, as Excel counts."""

    @property
    def message(self) -> str:
        """A warning to show to whoever asked for the file."""
        return (
            f"row {self.row}, {self.column}: cut from {self.size:,} to "
            f"{_EXCEL_CELL:,} characters, the most that a cell of Excel holds"
        )


def write_csv(
    rows: Iterable[Row],
    table: str | Sequence[str],
    *,
    excel: bool = False,
    header: bool = True,
) -> bytes:
    r"""Write rows as CSV (RFC 4180): commas, CRLF, quotes only where needed.

    None is an empty cell; a boolean is `true` or `false`. Without `excel`, a CSV
    reader gives back every cell as it was. The Excel preset adds a byte order mark,
    without which Excel garbles `é`, and **alters data**: an apostrophe goes before
    a text that Excel would run as a formula (one that begins with `=`, `+`, `-`,
    `@`, a tab, a line break or NUL), line breaks inside cells become LF, and texts
    too long for a cell are cut and end in `…`. `iter_cut_cells` says which.

    Args:
        rows: rows of `tabulate`, of one report or of many.
        table: a key of `COLUMNS`, or the header of a table of another shape.
        excel: whether to write for a double click in Excel.
        header: whether the first line names the columns.

    Returns:
        UTF-8; without `excel`, without a byte order mark.

    Raises:
        KeyError: there is no such table.

    Example:
        >>> write_csv([("Good, mostly", 2, None, True)], ["text", "n", "link", "ok"])
        b'text,n,link,ok\r\n"Good, mostly",2,,true\r\n'
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    convert = _convert_row_for_excel if excel else _convert_row
    if header:
        writer.writerow(convert(tuple(_list_names(table))))
    writer.writerows(map(convert, rows))
    return output.getvalue().encode("utf-8-sig" if excel else "utf-8")


def iter_cut_cells(
    rows: Iterable[Row], table: str | Sequence[str]
) -> Iterator[CutCell]:
    """Find the cells that `write_csv(…, excel=True)` cuts.

    Args:
        rows: the rows that are to be written.
        table: as for `write_csv`.

    Returns:
        Cells in the order of the file; none for most tables.
    """
    names = _list_names(table)
    for place, row in enumerate(rows, 1):
        for name, cell in zip(names, row, strict=True):
            if isinstance(cell, str):
                size = _count_units(_guard(cell))
                if size > _EXCEL_CELL:
                    yield CutCell(place, name, size)


def _list_names(table: str | Sequence[str]) -> Sequence[str]:
    """Column names of a table that is named or given."""
    if isinstance(table, str):
        return [column.name for column in COLUMNS[table]]
    return table


def _convert(cell: Cell) -> str:
    """Text of a cell, unaltered."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)


def _convert_row(row: Row) -> Sequence[Cell]:
    """Cells as `csv` is to have them: all but booleans it writes as we would."""
    return [_convert(cell) for cell in row] if bool in map(type, row) else row


def _convert_row_for_excel(row: Row) -> Sequence[Cell]:
    return [_convert_for_excel(cell) for cell in row]


def _convert_for_excel(cell: Cell) -> str:
    """Text of a cell, safe in Excel; numbers need no guard."""
    return _cut(_guard(cell)) if isinstance(cell, str) else _convert(cell)


def _guard(text: str) -> str:
    """The text with LF as its line break and, if it looks like a formula, disarmed."""
    mark = "'" if text.startswith(_FORMULA_STARTS) else ""
    return mark + text.replace("\r\n", "\n").replace("\r", "\n")


def _cut(text: str) -> str:
    """The text, cut to what a cell of Excel holds and marked if it was."""
    if _count_units(text) <= _EXCEL_CELL:
        return text
    # A character beyond U+FFFF counts twice and must not be cut in half.
    ends = accumulate(2 if character > "\uffff" else 1 for character in text)
    fits = sum(end <= _EXCEL_CELL - len(_CUT_MARK) for end in ends)
    return text[:fits] + _CUT_MARK


def _count_units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

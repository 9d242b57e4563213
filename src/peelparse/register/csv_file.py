"""Registers as CSV, as Excel and its like read and save it."""

import codecs
import csv
import io
from typing import Final

from peelparse.errors import ReadError
from peelparse.register.rows import OWN, Register, fold_name, make_register

# as in peelparse.write.to_csv; CWE-1236
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")

_GUARD: Final = "'"

_DELIMITERS: Final = (",", ";", "\t")

_BOMS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_csv(data: bytes) -> Register:
    """Read a register.

    Any of the usual encodings, delimiters and line ends will do; the apostrophe that
    `write_csv` puts before what Excel would take for a formula is taken off.

    Args:
        data: the file.

    Raises:
        ReadError: it is no CSV, or no register.
    """
    text = _decode(data)
    first, _, rest = text.partition("\n")
    if first.startswith("sep="):  # Excel's own first line
        text = rest
    try:
        delimiter = max(_DELIMITERS, key=lambda each: _count_own(text, each))
        # strict: a quote that is never closed would swallow rows
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, strict=True
        )
        header, *rows = [[_disarm(cell) for cell in row] for row in reader] or [[]]
    except csv.Error as error:
        raise ReadError(
            "reading the register",
            f"what is no CSV ({error})",
            "a register that peelparse afis wrote",
            "open it in a spreadsheet and save it as CSV again",
        ) from error
    register = make_register(header, rows)
    register.delimiter = delimiter
    return register


def write_csv(register: Register) -> bytes:
    """Write a register for a double click: byte order mark, CRLF, no formulas."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=register.delimiter, lineterminator="\r\n")
    for row in (register.header, *register.rows):
        writer.writerow([_arm(cell) for cell in row])
    return output.getvalue().encode("utf-8-sig")


def _decode(data: bytes) -> str:
    """Text of the file: a byte order mark decides, then UTF-8, then windows-1252."""
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _count_own(text: str, delimiter: str) -> int:
    """How many of our columns a delimiter makes of the header."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return len(set(OWN) & set(map(fold_name, next(reader, []))))


def _arm(cell: str) -> str:
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return _GUARD + cell if cell.startswith(_FORMULA_STARTS) else cell


def _disarm(cell: str) -> str:
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    is_armed = cell.startswith(_GUARD) and cell[1:].startswith(_FORMULA_STARTS)
    return cell[1:] if is_armed else cell

"""Registers to files and back, by the ending of the name."""

import os
from pathlib import Path

from peelparse.errors import ReadError, UnreadableError, WriteError
from peelparse.register.csv_file import read_csv, write_csv
from peelparse.register.rows import OWN, Register, fold_name
from peelparse.register.xlsx_file import read_xlsx, write_xlsx
from peelparse.write import write_file

_NEEDED = frozenset(("id", "text"))
"""Columns without which a table is no register."""


def load_register(path: str | os.PathLike[str]) -> Register:
    """Read a register, however a spreadsheet has saved it.

    Args:
        path: a CSV (commas, semicolons or tabs; any usual encoding) or an XLSX.

    Raises:
        ReadError: it cannot be read, or is no register.
    """
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise _name(
            UnreadableError(
                "reading the register",
                getattr(error, "strerror", None) or str(error),
                "a file that can be read",
                "check the name and the permissions",
            ),
            path,
        ) from error
    try:
        register = read_xlsx(data) if _is_xlsx(path) else read_csv(data)
    except ReadError as error:
        raise _name(error, path) from error
    return register


def save_register(path: str | os.PathLike[str], register: Register) -> None:
    """Write a register, whole or not at all; a workbook keeps what else is in it.

    Args:
        path: where to. An XLSX must be the one that the register was read from, or
            new.
        register: what to write.

    Raises:
        WriteError: it cannot be written; what was there is as it was.
        ReadError: the workbook that is there cannot be read.
    """
    target = Path(path)
    if _is_xlsx(path):
        old = target.read_bytes() if target.exists() else None
        data = write_xlsx(register, old)
    else:
        data = write_csv(register)
    write_file(target, data)


def _is_xlsx(path: str | os.PathLike[str]) -> bool:
    return Path(path).suffix.lower() == ".xlsx"

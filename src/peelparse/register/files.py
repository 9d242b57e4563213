"""Registers to files and back, by the ending of the name."""

import os
from pathlib import Path

from peelparse.errors import PeelparseError, UnreadableError
from peelparse.register.csv_file import read_csv, write_csv
from peelparse.register.rows import Register
from peelparse.register.xlsx_file import read_xlsx, write_xlsx
from peelparse.write import write_file


def load_register(path: str | os.PathLike[str]) -> Register:
    """Read a register, however a spreadsheet has saved it.

    Args:
        path: a CSV (commas, semicolons or tabs; any usual encoding) or an XLSX.

    Raises:
        ReadError: it cannot be read, or is no register.
        WriteError: it is an XLSX, and the library for it is not installed.
    """
    try:
        data = _read(Path(path))
        return read_xlsx(data) if _is_xlsx(path) else read_csv(data)
    except PeelparseError as error:
        error.name = os.fspath(path)
        raise


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
    try:
        if _is_xlsx(path):
            data = write_xlsx(register, _read(target) if target.exists() else None)
        else:
            data = write_csv(register)
    except PeelparseError as error:
        error.name = os.fspath(path)
        raise
    write_file(target, data)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise UnreadableError(
            "reading the register",
            reason or str(error),
            "a file that can be read",
            "check the name and the permissions",
        ) from error


def _is_xlsx(path: str | os.PathLike[str]) -> bool:
    return Path(path).suffix.lower() == ".xlsx"

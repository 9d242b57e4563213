"""A folder of tidy CSV files with the reports whole and a data package."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from peelparse.write.columns import Row
from peelparse.write.datasets.package import Written, write_package
from peelparse.write.datasets.places import PACKAGE
from peelparse.write.datasets.tables import Table
from peelparse.write.to_csv import write_csv

_REPORTS: Final = "reports.jsonl"


class _File:
    """A file that grows, with what is to be said of it."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.file = path.open("xb")
        self.digest = sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        self.file.write(data)
        self.digest.update(data)
        self.size += len(data)

    def describe(self, table: str | None, description: str) -> Written:
        return Written(
            self.name, self.size, self.digest.hexdigest(), table, description
        )


class FolderWriter:
    """Writes `<table>.csv` for each table, `reports.jsonl` and `datapackage.json`."""

    def __init__(self, folder: Path, tables: Mapping[str, Table]) -> None:
        """Args: folder: one that is empty."""
        self.folder = folder
        self.tables = tables
        self.files = {name: _File(folder / f"{name}.csv") for name in tables}
        self.reports = _File(folder / _REPORTS)
        for name, table in tables.items():
            self.files[name].write(write_csv([], table.names))

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Write more rows of a table."""
        names = self.tables[table].names
        self.files[table].write(write_csv(rows, names, header=False))

    def add_report(self, report: bytes) -> None:
        """Write one more line of JSON."""
        self.reports.write(report + b"\n")

    def finish(self) -> None:
        """Close the files and describe them."""
        self.discard()
        files = [
            self.files[name].describe(name, table.description)
            for name, table in self.tables.items()
        ]
        files.append(
            self.reports.describe(None, "the reports whole, one JSON object a line")
        )
        (self.folder / PACKAGE).write_bytes(write_package(files, self.tables))

    def discard(self) -> None:
        """Close the files."""
        for file in (*self.files.values(), self.reports):
            file.file.close()


make_writer = FolderWriter

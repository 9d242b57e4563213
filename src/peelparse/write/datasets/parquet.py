"""A folder of Parquet files, one a table, with a data package."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from peelparse.write.columns import Cell, Column, Row
from peelparse.write.datasets import licence
from peelparse.write.datasets.extras import import_extra
from peelparse.write.datasets.package import Written, write_package
from peelparse.write.datasets.places import PACKAGE
from peelparse.write.datasets.tables import Table

if TYPE_CHECKING:
    import pyarrow as pa

_GROUP: Final = 5_000
"""Rows that are written together, and so are in memory together."""

_METADATA: Final = {
    "title": licence.TITLE,
    "description": licence.DESCRIPTION,
    "license": licence.LICENCE,
    "license_url": licence.LICENCE_ADDRESS,
    "attribution": licence.ATTRIBUTION,
    "source": licence.SOURCE_ADDRESS,
    "schema": licence.SCHEMA,
}


class _File:
    """One table's file, with the rows that are not written yet."""

    def __init__(self, folder: Path, name: str, table: Table) -> None:
        self.arrow = import_extra("pyarrow", "parquet")
        parquet = import_extra("pyarrow.parquet", "parquet")
        self.path = folder / f"{name}.parquet"
        self.table = table
        fields = [self._make_field(column) for column in table.columns]
        about = {**_METADATA, "table": f"{name}: {table.description}"}
        self.schema: pa.Schema = self.arrow.schema(fields, about)
        self.writer = parquet.ParquetWriter(
            self.path, self.schema, compression="zstd", version="2.6"
        )
        self.rows: list[Row] = []

    def add(self, rows: Iterable[Row]) -> None:
        """Take rows; groups are of one size, however the rows come."""
        waiting = iter(rows)
        while more := list(islice(waiting, _GROUP - len(self.rows))):
            self.rows += more
            if len(self.rows) == _GROUP:
                self._write()

    def finish(self) -> None:
        if self.rows:
            self._write()
        self.writer.close()

    def _make_field(self, column: Column) -> "pa.Field":
        types = {
            "string": self.arrow.string,
            "integer": self.arrow.int64,
            "date": self.arrow.date32,
            "boolean": self.arrow.bool_,
        }
        kind = types[column.type]()
        if column.name in self.table.enums:
            kind = self.arrow.dictionary(self.arrow.int32(), kind)
        return self.arrow.field(
            column.name,
            kind,
            nullable=column.name != self.table.key,
            metadata={"description": column.description},
        )

    def _write(self) -> None:
        """Write the waiting rows as one group."""
        columns = zip(*self.rows, strict=True)
        arrays = [
            self.arrow.array(_convert(cells, column), field.type)
            for cells, column, field in zip(
                columns, self.table.columns, self.schema, strict=True
            )
        ]
        self.writer.write_batch(self.arrow.record_batch(arrays, schema=self.schema))
        self.rows = []


def _convert(cells: tuple[Cell, ...], column: Column) -> list[Cell | date]:
    """Cells of one column as Arrow wants them."""
    if column.type != "date":
        return list(cells)
    return [None if cell is None else date.fromisoformat(str(cell)) for cell in cells]


class ParquetWriter:
    """Writes `<table>.parquet` for each table, and `datapackage.json`."""

    def __init__(self, folder: Path, tables: Mapping[str, Table]) -> None:
        """Args: folder: one that is empty."""
        self.folder = folder
        self.tables = tables
        self.files = {name: _File(folder, name, each) for name, each in tables.items()}

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Take more rows of a table."""
        self.files[table].add(rows)

    def add_report(self, report: bytes) -> None:
        """Pass over a report: a Parquet file holds rows."""

    def finish(self) -> None:
        """Write what is waiting, and describe the files."""
        for file in self.files.values():
            file.finish()
        files = [
            _describe(file.path, name, self.tables[name].description)
            for name, file in self.files.items()
        ]
        (self.folder / PACKAGE).write_bytes(write_package(files, self.tables))

    def discard(self) -> None:
        """Close the files."""
        for file in self.files.values():
            file.writer.close()


def _describe(path: Path, table: str, description: str) -> Written:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Written(path.name, path.stat().st_size, digest, table, description)


make_writer = ParquetWriter

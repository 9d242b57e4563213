"""The Frictionless data package that describes a folder of tables.

Source: specs.frictionlessdata.io, Data Package and Table Schema 1.0.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec

from peelparse.write.columns import Column
from peelparse.write.datasets import licence
from peelparse.write.datasets.tables import Table

_FORMATS: Final[dict[str, dict[str, object]]] = {
    ".csv": {
        "format": "csv",
        "mediatype": "text/csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
    },
    ".parquet": {"format": "parquet", "mediatype": "application/vnd.apache.parquet"},
    ".jsonl": {
        "type": "file",
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
    },
}


class Written(NamedTuple):
    """A file of the package."""

    path: str
    """Its name in the folder."""
    size: int
    """Its length in bytes."""
    sha256: str
    """Its digest, in hexadecimal digits."""
    table: str | None
    """The table that it holds; None for one that holds none."""
    description: str
    """What is in it."""


def write_package(files: list[Written], tables: Mapping[str, Table]) -> bytes:
    """Write `datapackage.json` for some files of one folder.

    Args:
        files: in the order in which they are to be listed.
        tables: what the tables are.

    Returns:
        UTF-8, indented, with a line feed at the end.
    """
    package = {
        "profile": "data-package",
        "name": "peelparse",
        "peelparse": licence.SCHEMA,
        "title": licence.TITLE,
        "description": licence.DESCRIPTION,
        "attribution": licence.ATTRIBUTION,
        "licenses": [
            {
                "name": licence.LICENCE_ID,
                "path": licence.LICENCE_ADDRESS,
                "title": licence.LICENCE,
            }
        ],
        "sources": [{"title": licence.SOURCE, "path": licence.SOURCE_ADDRESS}],
        "resources": [_describe_file(file, tables) for file in files],
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n"


def _describe_file(file: Written, tables: Mapping[str, Table]) -> dict[str, object]:
    """The resource of one file."""
    stem, ending = file.path.rsplit(".", 1)
    resource: dict[str, object] = {
        "name": file.table or f"{stem}-{ending}",
        "path": file.path,
        "description": file.description,
        **_FORMATS[f".{ending}"],
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if file.table is not None:
        resource["schema"] = _describe_table(file.table, tables)
    return resource


def _describe_table(name: str, tables: Mapping[str, Table]) -> dict[str, object]:
    """The Table Schema of one table."""
    table = tables[name]
    schema: dict[str, object] = {
        "fields": [_describe_column(column, table) for column in table.columns],
        "missingValues": [""],
    }
    if table.key is not None:
        schema["primaryKey"] = [table.key]
    if table.links:
        schema["foreignKeys"] = [
            {
                "fields": [column],
                "reference": {"resource": other, "fields": [tables[other].key]},
            }
            for column, other in table.links.items()
        ]
    return schema


def _describe_column(column: Column, table: Table) -> dict[str, object]:
    """The field descriptor of one column."""
    field: dict[str, object] = {
        "name": column.name,
        "type": column.type,
        "description": column.description,
    }
    constraints: dict[str, object] = {}
    if column.name == table.key:
        constraints |= {"required": True, "unique": True}
    if column.name in table.enums:
        constraints["enum"] = list(table.enums[column.name])
    if constraints:
        field["constraints"] = constraints
    return field

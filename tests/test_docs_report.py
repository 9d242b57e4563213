"""docs/report.md names exactly the fields and columns that exist, in order."""

import re
import types
from pathlib import Path
from typing import Final, Literal, get_args, get_origin

import msgspec
import pytest

from peelparse import report
from peelparse.write import COLUMNS

PAGE: Final = Path(__file__).parents[1] / "docs" / "report.md"
STRUCTS: Final = {
    name: shape
    for name, shape in vars(report).items()
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct)
}
Lines = list[list[str]]


def read_sections() -> dict[str, Lines]:
    """The cells of the table under each `### name` heading, its two top rows left out."""
    found = {}
    for part in re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name = part.split("`")[1]
        rows = [line for line in part.splitlines() if line.startswith("|")]
        found[name] = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]
    return {name: rows[2:] for name, rows in found.items()}


SECTIONS: Final = read_sections()


WORDS: Final[dict[object, str]] = {
    str: "text",
    int: "number",
    **{shape: f"`{name}`" for name, shape in STRUCTS.items()},
}


def describe_type(kind: object) -> str:
    """The page's words for a type, null and left out aside."""
    parts = [
        part
        for part in get_args(kind)
        if part not in {types.NoneType, msgspec.UnsetType}
    ]
    if get_origin(kind) is Literal:
        return "text"
    if get_origin(kind) is list:
        return f"list of {describe_type(parts[0])}"
    return describe_type(parts[0]) if parts else WORDS[kind]


def describe_missing(field: msgspec.structs.FieldInfo) -> str:
    """The page's words for how a field shows that there is nothing."""
    parts = get_args(field.type)
    if msgspec.UnsetType in parts:
        return "left out"
    if type(None) in parts:
        return "`null`"
    return "`[]`" if get_origin(field.type) is list else "never"


def test_sections_are_the_types_and_the_tables() -> None:
    assert set(SECTIONS) == {*STRUCTS, "shared", *COLUMNS}


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_fields(name: str) -> None:
    fields = msgspec.structs.fields(STRUCTS[name])
    assert [
        (cells[0], "text" if cells[1] == "date" else cells[1], cells[2])
        for cells in SECTIONS[name]
    ] == [
        (f"`{field.name}`", describe_type(field.type), describe_missing(field))
        for field in fields
    ]
    assert all(cells[3] for cells in SECTIONS[name])


@pytest.mark.parametrize("table", COLUMNS)
def test_columns(table: str) -> None:
    shared = [] if table == "reports" else SECTIONS["shared"]
    assert [(cells[0], cells[1]) for cells in shared + SECTIONS[table]] == [
        (f"`{column.name}`", column.type) for column in COLUMNS[table]
    ]


@pytest.mark.parametrize("table", COLUMNS)
def test_a_column_without_words_is_a_field(table: str) -> None:
    fields = {f.name for s in STRUCTS.values() for f in msgspec.structs.fields(s)}
    for cells in SECTIONS[table]:
        assert cells[2] or cells[0].strip("`") in fields

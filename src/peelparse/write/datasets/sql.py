"""Statements of SQL for the tables of a data set; they come from `tables` alone."""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Final

from peelparse.write.columns import Column
from peelparse.write.datasets.tables import Table

_TYPES: Final = {
    "string": "TEXT",
    "integer": "INTEGER",
    "date": "TEXT",
    "boolean": "INTEGER",
}

_INDEXED: Final = frozenset(
    ("force_id", "edition", "kind", "topic", "grade", "code", "content_id", "pillar")
)
"""Columns that people filter by, beside keys and links."""

_SEARCHED: Final = {"items": ("text", "heading", "lead_in", "detail", "question")}
"""Tables with full-text search, and the columns that it is in."""


def quote(name: str) -> str:
    """A name as SQL takes any name.

    Example:
        >>> quote("items")
        '"items"'
    """
    return '"' + name.replace('"', '""') + '"'


def _quote_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def make_table(
    name: str, table: Table, tables: Mapping[str, Table], *, is_strict: bool
) -> str:
    """The statement that makes a table; descriptions stay in it as comments.

    Args:
        name: the table's name.
        table: what it is.
        tables: those that its links lead to.
        is_strict: whether SQLite is to hold columns to their types.
    """
    lines = []
    for place, column in enumerate(table.columns, 1):
        comma = "," if place < len(table.columns) else ""
        definition = _define(column, table, tables)
        lines.append(f"  {definition}{comma} -- {column.description}\n")
    strict = " STRICT" if is_strict else ""
    return f"CREATE TABLE {quote(name)} ( -- {table.description}\n{''.join(lines)}){strict}"


def _define(column: Column, table: Table, tables: Mapping[str, Table]) -> str:
    """One column's definition."""
    parts = [quote(column.name), _TYPES[column.type]]
    if column.name == table.key:
        parts.append("NOT NULL PRIMARY KEY")
    if values := table.enums.get(column.name):
        parts.append(
            f"CHECK ({quote(column.name)} IN ({', '.join(map(_quote_text, values))}))"
        )
    other = table.links.get(column.name)
    if other is not None and (key := tables[other].key) is not None:
        parts.append(f"REFERENCES {quote(other)} ({quote(key)})")
    return " ".join(parts)


def insert_row(name: str, table: Table) -> str:
    """The statement that adds a row."""
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {quote(name)} VALUES ({marks})"  # noqa: S608  a name of ours


def index_tables(tables: Mapping[str, Table]) -> Iterator[str]:
    """Statements for the indexes: links, and what people filter by."""
    for name, table in tables.items():
        for column in table.names:
            if column in table.links or column in _INDEXED:
                index = quote(f"{name}_{column}")
                yield f"CREATE INDEX {index} ON {quote(name)} ({quote(column)})"


def search_tables(tables: Mapping[str, Table]) -> Iterator[str]:
    """Statements for full-text search; Datasette finds it by the form of the first."""
    for name, columns in _SEARCHED.items():
        if name in tables and set(columns) <= set(tables[name].names):
            index = quote(f"{name}_fts")
            named = ", ".join(map(quote, columns))
            yield (
                f"CREATE VIRTUAL TABLE {index} USING FTS5 ({named}, "
                f"tokenize='porter unicode61 remove_diacritics 2', content=[{name}])"
            )
            yield f"INSERT INTO {index} ({index}) VALUES ('rebuild')"  # noqa: S608


_GRADES: Final = """
CREATE VIEW grades AS -- every grade of every page, pillars before questions
SELECT level, g.programme, g.edition, e.scale, force_id, force_name, pillar, number,
  text, topic, g.grade, s.rank, grade_status, grade_source, page_kind, report_id, link
FROM (
  SELECT 'pillar' AS level, programme, edition, force_id, force_name, pillar,
    NULL AS number, question AS text, NULL AS topic, grade, grade_status,
    grade_source, page_kind, report_id, link FROM judgements
  UNION ALL
  SELECT 'question', programme, edition, force_id, force_name, pillar,
    number, text, topic, grade, grade_status,
    grade_source, page_kind, report_id, link FROM questions
) AS g
LEFT JOIN editions AS e ON e.programme = g.programme AND e.edition = g.edition
LEFT JOIN scales AS s ON s.scale = e.scale AND s.grade = g.grade
"""

_MATRIX: Final = """
CREATE VIEW grade_matrix AS -- a row for each force in each edition; pages that differ \
give several grades; without any, the status says why
SELECT programme, edition, scale, force_id, max(force_name) AS force_name{columns}
FROM grades WHERE force_name IS NOT NULL
GROUP BY programme, edition, scale, coalesce(force_id, force_name)
ORDER BY programme, edition, force_name
"""


def make_views(base: sqlite3.Connection, tables: Mapping[str, Table]) -> Iterator[str]:
    """Statements for the views of grades: all, and force by pillar and topic.

    Args:
        base: where the rows are, which tell the columns of the matrix.
        tables: those of the data set.
    """
    if not {"judgements", "questions"} <= tables.keys():
        return
    yield _GRADES
    columns = []
    for level, column in (("pillar", "pillar"), ("question", "topic")):
        found = base.execute(
            f"SELECT DISTINCT {column} FROM grades "  # noqa: S608  words of ours
            f"WHERE level = ? AND {column} IS NOT NULL ORDER BY 1",
            (level,),
        )
        columns += [_pivot(level, column, name) for (name,) in found.fetchall()]
    yield _MATRIX.format(columns="".join(columns))


def _pivot(level: str, column: str, name: str) -> str:
    """A column of the matrix."""
    chosen = f"CASE WHEN level = '{level}' AND {column} = {_quote_text(name)} THEN"
    return (
        f",\n  coalesce(group_concat(DISTINCT {chosen} grade END), "
        f"group_concat(DISTINCT {chosen} grade_status END)) AS {quote(name)}"
    )

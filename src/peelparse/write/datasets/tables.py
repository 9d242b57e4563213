"""What a data set consists of: tables with their keys, links and closed lists.

A sink is told of tables in these terms and knows no table by name, so a caller may
add its own to the five.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple, get_args

from peelparse import report
from peelparse.write.columns import COLUMNS, Column


class Table(NamedTuple):
    """One table of a data set.

    Example:
        >>> Table((Column("name", "string", "as given"),), "files", key="name").names
        ['name']
    """

    columns: tuple[Column, ...]
    """Its columns in order."""
    description: str
    """What a row is, in one line."""
    key: str | None = None
    """Column that no two rows share and that is never empty; None without one."""
    links: Mapping[str, str] = {}
    """Columns that hold the key of another table, with that table's name."""
    enums: Mapping[str, tuple[str, ...]] = {}
    """Columns whose texts are of a closed list, with the list."""

    @property
    def names(self) -> list[str]:
        """Names of the columns."""
        return [column.name for column in self.columns]


ITEM_KINDS: Final = (
    "finding",
    "area_for_improvement",
    "cause_of_concern",
    "recommendation",
    "innovative_practice",
)

_DESCRIPTIONS: Final = {
    "reports": "one row for each page",
    "judgements": "one row for each pillar of a page",
    "questions": "one row for each question or area of a page",
    "items": "one row for each finding, area for improvement, cause of concern, "
    "recommendation or example of innovative practice",
    "diagnostics": "one row for each thing that a reader should know",
}

_KEYS: Final = {
    "reports": "report_id",
    "judgements": "judgement_id",
    "questions": "question_id",
    "items": "item_id",
}

_NAME: Final = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\Z)[a-z][a-z0-9_]{0,24}")
"""Good as the name of a file on every system, of a sheet, and of a table in SQL."""

_SEVERITIES: Final = get_args(report.Severity)

_ENUMS: Final[dict[str, tuple[str, ...]]] = {
    "page_kind": get_args(report.PageKind),
    "programme": get_args(report.Programme),
    "language": get_args(report.Language),
    "force_source": get_args(report.ForceSource),
    "grade": get_args(report.Grade),
    "grade_status": get_args(report.GradeStatus),
    "grade_source": get_args(report.GradeSource),
    "polarity": get_args(report.Polarity),
    "severity": _SEVERITIES,
    "worst_severity": _SEVERITIES,
    "reports.kind": get_args(report.PageKind),
    "items.kind": ITEM_KINDS,
}
"""Closed lists by column; `table.column` where the name alone would not do."""


def make_table(
    name: str,
    columns: tuple[Column, ...],
    description: str = "",
    key: str | None = None,
) -> Table:
    """Make a table, with the links and closed lists that its columns' names tell.

    Args:
        name: what the table is called.
        columns: its columns in order.
        description: what a row is, in one line.
        key: column that no two rows share and that is never empty.

    Example:
        >>> made = make_table("notes", (Column("report_id", "string", "a page"),))
        >>> dict(made.links)
        {'report_id': 'reports'}
    """
    names = [column.name for column in columns]
    links = {
        own: table for table, own in _KEYS.items() if own in names and table != name
    }
    enums = {
        each: values
        for each in names
        if (values := _ENUMS.get(f"{name}.{each}", _ENUMS.get(each)))
    }
    return Table(columns, description, key, links, enums)


def complete_tables(
    given: Mapping[str, Table | tuple[Column, ...]],
) -> dict[str, Table]:
    """Make tables of what a caller has: tables, or only their columns.

    Links to tables that are not there are left out.

    Raises:
        ValueError: a name would be no name of a file or table everywhere.
    """
    for name in given:
        if not _NAME.fullmatch(name):
            message = f"no table can be called {name!r}: letters a to z, digits and _"
            raise ValueError(message)
    whole = {
        name: table
        if isinstance(table, Table)
        else make_table(name, table, _DESCRIPTIONS.get(name, ""), _KEYS.get(name))
        for name, table in given.items()
    }
    return {
        name: table._replace(
            links={own: other for own, other in table.links.items() if other in whole}
        )
        for name, table in whole.items()
    }


TABLES: Final[dict[str, Table]] = complete_tables(COLUMNS)
"""The five tables of every data set, in order."""

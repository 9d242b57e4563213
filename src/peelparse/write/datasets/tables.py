"""What a data set consists of: tables with their keys, links and closed lists.

A sink is told of tables in these terms and knows no table by name, so a caller may
add its own to the five.
"""

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


def _make_table(name: str) -> Table:
    """One of the five, with what is known of its columns."""
    columns = COLUMNS[name]
    names = [column.name for column in columns]
    key = _KEYS.get(name)
    links = {
        own: table for table, own in _KEYS.items() if own in names and table != name
    }
    enums = {
        each: values
        for each in names
        if (values := _ENUMS.get(f"{name}.{each}", _ENUMS.get(each)))
    }
    return Table(columns, _DESCRIPTIONS[name], key, links, enums)


TABLES: Final[dict[str, Table]] = {name: _make_table(name) for name in COLUMNS}
"""The five tables of every data set, in order."""

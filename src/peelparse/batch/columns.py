"""The tables that only a data set has: where values are from, and joined values."""

from collections.abc import Mapping
from typing import Final, get_args

from peelparse import report
from peelparse.unite.assessment import Role
from peelparse.write import COLUMNS, Column
from peelparse.write.datasets import TABLES as PAGE_TABLES
from peelparse.write.datasets import Table

_COUNTS: Final = tuple(
    column
    for column in COLUMNS["questions"]
    if column.name
    in {
        "findings",
        "areas_for_improvement",
        "causes_of_concern",
        "recommendations",
        "innovative_practice",
    }
)

SOURCES: Final = (
    Column("source_name", "string", "page, or input that gave none"),
    Column("outcome", "string", "report, failed or skipped"),
    Column("report_id", "string", "the page's row in reports; empty without a report"),
    Column("sha256", "string", "digest of the bytes as read; empty if unreadable"),
    Column("size", "integer", "bytes as read"),
    Column("kind", "string", "what sort of page it is"),
    Column(
        "role",
        "string",
        "used, copy, superseded or other, once pages are joined",
    ),
    Column("copy_of", "string", "source_name of the page that stands for this one"),
    Column("reason", "string", "why it has this role, or was skipped or failed"),
    Column("code", "string", "code of the error, see docs/diagnostics.md"),
    Column("hint", "string", "what to do about the error"),
)

ASSESSMENTS: Final = (
    Column("value_id", "string", "assessment_id, -j or -q and the place; unique"),
    Column("assessment_id", "string", "programme, force and edition"),
    Column("programme", "string", "PEEL or FRS"),
    Column("force_id", "string", "force, id of the reference list"),
    Column("force_name", "string", "force as the best page prints it"),
    Column("edition", "string", "edition, such as 2017 or 2018-19"),
    Column("level", "string", "judgement (of a pillar) or question (or area)"),
    Column("pillar", "string", "official name of the pillar"),
    Column("number", "integer", "number as printed"),
    Column("text", "string", "question or area as printed"),
    Column("topic", "string", "id of the subject across editions"),
    Column("grade", "string", "official label; empty for the reason in grade_status"),
    Column("grade_status", "string", "whether there is a grade, and if not, why not"),
    Column("grade_source", "string", "where the grade or its absence was read"),
    Column("last_updated", "date", "date in the pillar's block"),
    *_COUNTS,
    Column("report_id", "string", "report that the grade, or else the text, is from"),
    Column("grade_from", "string", "source_name of the page that the grade is from"),
    Column("text_from", "string", "source_name of the page that the text is from"),
    Column("other_sources", "string", "source_names of other pages; a line for each"),
)

TABLES: Final[Mapping[str, Table]] = {
    **PAGE_TABLES,
    "assessments": Table(
        ASSESSMENTS,
        "one row for each joined judgement and question, each value once",
        key="value_id",
        links={"report_id": "reports"},
        enums={
            "programme": get_args(report.Programme),
            "level": ("judgement", "question"),
            "grade": get_args(report.Grade),
            "grade_status": get_args(report.GradeStatus),
            "grade_source": get_args(report.GradeSource),
        },
    ),
    "sources": Table(
        SOURCES,
        "one row for each page, and for each input that gave none",
        links={"report_id": "reports"},
        enums={
            "outcome": ("report", "failed", "skipped"),
            "kind": get_args(report.PageKind),
            "role": get_args(Role),
        },
    ),
}
"""The tables of a data set, in order."""

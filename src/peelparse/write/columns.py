"""The columns of the five tables: names, types and meanings, and nothing else.

Names are fixed: a release may add columns, and never renames one.
`docs/report.md` shows the same columns; a test holds the two together.
"""

from typing import Final, Literal, NamedTuple

Cell = str | int | None
"""What a cell holds: text, a whole number, a boolean, or None for nothing."""

Row = tuple[Cell, ...]
"""Cells in the order of a table's columns."""


class Column(NamedTuple):
    """One column of a table."""

    name: str
    """Its name in the header."""
    type: Literal["string", "integer", "date", "boolean"]
    """What its cells hold; a date is text in ISO 8601, such as `2018-03-22`."""
    description: str
    """What it means, in one line."""


_REPORT_ID: Final = Column(
    "report_id", "string", "first 12 hexadecimal digits of the file's SHA-256"
)

_SHARED: Final = (
    _REPORT_ID,
    Column("page_kind", "string", "what sort of page the row is from"),
    Column("force_id", "string", "force, id of the reference list"),
    Column("force_name", "string", "force as the page prints it"),
    Column("programme", "string", "PEEL or FRS"),
    Column("edition", "string", "edition, such as 2017 or 2018-19"),
)
"""The columns that every table but `reports` begins with, so that one CSV is enough."""

_GRADE: Final = (
    Column("grade", "string", "official label; empty for the reason in grade_status"),
    Column("grade_status", "string", "whether there is a grade, and if not, why not"),
    Column("grade_source", "string", "where the grade or its absence was read"),
)

_PLACE: Final = (
    Column("line", "integer", "1-based line in the copy"),
    Column("path", "string", "element path, on request and in HTML only"),
    Column("link", "string", "address that opens the live page there, on request"),
)

_LIST_COUNTS: Final = (
    Column("findings", "integer", "number of findings"),
    Column("areas_for_improvement", "integer", "number of areas for improvement"),
    Column("causes_of_concern", "integer", "number of causes of concern"),
    Column("recommendations", "integer", "number of recommendations"),
    Column("innovative_practice", "integer", "number of examples"),
)

COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "reports": (
        _REPORT_ID,
        Column("source_name", "string", "file name as given"),
        Column("address", "string", "the page's own address"),
        Column("saved", "string", "when the copy was made, as the copy says it"),
        Column("format", "string", "html or text"),
        Column("dialect", "string", "how a text copy was laid out"),
        Column("encoding", "string", "encoding the bytes were decoded with"),
        Column("sha256", "string", "digest of the bytes as read"),
        Column("size", "integer", "bytes as read"),
        Column("kind", "string", "what sort of page it is"),
        Column("programme", "string", "PEEL or FRS"),
        Column("title", "string", "title as printed"),
        Column("force_name", "string", "force as the page prints it"),
        Column("force_id", "string", "force, id of the reference list"),
        Column("force_official_name", "string", "force's official name"),
        Column("ons_code", "string", "ONS area code"),
        Column("country", "string", "England or Wales"),
        Column("force_source", "string", "where the force's name was read"),
        Column("edition", "string", "edition, such as 2017 or 2018-19"),
        Column("language", "string", "en or cy"),
        Column("last_updated", "date", "the page's own date"),
        Column("inspector", "string", "who signed the letter"),
        Column("areas_inspected", "integer", "areas inspected, as the page states"),
        Column("areas_graded", "integer", "areas graded, as the page states"),
        Column("judgements", "integer", "number of judgements"),
        Column("questions", "integer", "number of questions"),
        *_LIST_COUNTS,
        Column("blocks", "integer", "blocks of text on the page"),
        Column("placed", "integer", "blocks in a field of the report"),
        Column("chrome", "integer", "blocks that are furniture or labels"),
        Column("unclaimed", "integer", "blocks that no field took"),
        Column("diagnostics", "integer", "number of diagnostics"),
        Column("worst_severity", "string", "error, warning or info; empty if none"),
    ),
    "judgements": (
        *_SHARED,
        Column("judgement_id", "string", "report_id, -j and the place on the page"),
        Column("pillar", "string", "official name of the pillar"),
        Column("question", "string", "headline question as printed"),
        *_GRADE,
        Column("last_updated", "date", "date in the pillar's block"),
        Column("statement", "string", "the overview's standing sentence"),
        Column("summary", "string", "paragraphs, a blank line between them"),
        *_PLACE,
    ),
    "questions": (
        *_SHARED,
        Column("question_id", "string", "report_id, -q and the place on the page"),
        Column("pillar", "string", "pillar that it stands under"),
        Column("number", "integer", "number as printed"),
        Column("text", "string", "question or area as printed"),
        Column("topic", "string", "id of the subject across editions"),
        *_GRADE,
        Column("narrative", "string", "paragraphs, a blank line between them"),
        Column("subheadings", "string", "sub-headings, a blank line between them"),
        *_LIST_COUNTS,
        *_PLACE,
    ),
    "items": (
        *_SHARED,
        Column("item_id", "string", "report_id and content_id; unique in a data set"),
        Column("content_id", "string", "id from the words; the same in every copy"),
        Column("kind", "string", "which of the five lists it is in"),
        Column("question_id", "string", "the question's row in questions"),
        Column("pillar", "string", "the question's pillar"),
        Column("question_number", "integer", "the question's number as printed"),
        Column("question", "string", "the question as printed"),
        Column("lead_in", "string", "words before the list, ending in a colon"),
        Column("heading", "string", "title that only names a topic"),
        Column("text", "string", "the statement itself"),
        Column("detail", "string", "what belongs to it, a blank line between"),
        Column("polarity", "string", "strength or concern, if the lead-in says so"),
        *_PLACE,
    ),
    "diagnostics": (
        *_SHARED,
        Column("source_name", "string", "file name as given"),
        Column("code", "string", "stable code, see docs/diagnostics.md"),
        Column("severity", "string", "error, warning or info"),
        Column("message", "string", "what was found"),
        Column("line", "integer", "1-based line in the copy"),
        Column("hint", "string", "what to do about it"),
    ),
}
"""The five tables in order; each is a fixed tuple of columns, always all of them."""

"""Joined values to rows, each with the pages that it is from."""

from collections.abc import Iterator, Sequence
from typing import Final

from peelparse.batch.columns import ASSESSMENTS
from peelparse.batch.outcome import REPORT_ID, make_row
from peelparse.report import Diagnostic
from peelparse.unite.assessment import (
    Assessment,
    JoinedJudgement,
    JoinedQuestion,
    PageRef,
)
from peelparse.unite.page import LISTS
from peelparse.write import Cell, Row

NONE: Final = "~"
"""Begins the keys of groups whose pages lack something; sorts after every name."""


def describe_told(assessment: Assessment, told: Diagnostic) -> Row:
    """A row of `diagnostics` on what pages say together."""
    force = assessment.force
    return make_row(
        "diagnostics",
        {
            "force_id": force.id if force else None,
            "force_name": force.name if force else None,
            "programme": assessment.programme,
            "edition": assessment.edition,
            "code": told.code,
            "severity": told.severity,
            "message": told.message,
            "hint": told.hint,
        },
    )


def iter_values(key: str, assessment: Assessment) -> Iterator[Row]:
    """Rows of `assessments`, one for each value."""
    pages = assessment.pages
    if not pages:
        return
    name = f"page/{pages[0].sha256[:REPORT_ID]}" if key.startswith(NONE) else key
    force = assessment.force
    shared: dict[str, Cell] = {
        "assessment_id": name,
        "programme": assessment.programme,
        "force_id": force.id if force else None,
        "force_name": force.name if force else None,
        "edition": assessment.edition,
    }
    for place, judgement in enumerate(assessment.judgements, 1):
        own = {"value_id": f"{name}-j{place}", "level": "judgement"}
        yield _make_row(shared | own | _describe_judgement(judgement), pages)
    for place, question in enumerate(assessment.questions, 1):
        own = {"value_id": f"{name}-q{place}", "level": "question"}
        yield _make_row(shared | own | _describe_question(question), pages)


def _describe_judgement(joined: JoinedJudgement) -> dict[str, Cell]:
    value = joined.value
    return {
        "text": value.question,
        "last_updated": value.last_updated,
        **_describe_value(joined),
        **_tell_sources(joined, "question"),
    }


def _describe_question(joined: JoinedQuestion) -> dict[str, Cell]:
    value = joined.value
    return {
        "number": value.number,
        "text": value.text,
        "topic": value.topic,
        **{name: len(getattr(value, name)) for name in LISTS},
        **_describe_value(joined),
        **_tell_sources(joined, "text"),
    }


def _describe_value(joined: JoinedJudgement | JoinedQuestion) -> dict[str, Cell]:
    value = joined.value
    return {
        "pillar": value.pillar,
        "grade": value.grade,
        "grade_status": value.grade_status,
        "grade_source": value.grade_source,
    }


def _tell_sources(
    joined: JoinedJudgement | JoinedQuestion, text: str
) -> dict[str, Cell]:
    """Which pages the value is from; `text` is the field that holds its words."""
    named = [joined.sources.get(name, []) for name in ("grade", text)]
    grade, words = (found[0] if found else None for found in named)
    every = {ref.name for refs in joined.sources.values() for ref in refs}
    others = sorted(every - {ref.name for ref in (grade, words) if ref})
    best = grade or words
    return {
        "report_id": best.sha256[:REPORT_ID] if best else None,
        "grade_from": grade.name if grade else None,
        "text_from": words.name if words else None,
        "other_sources": "\n".join(others) or None,
    }


def _make_row(cells: dict[str, Cell], pages: Sequence[PageRef]) -> Row:
    """Cells in order; a value that no field is told of is from the first page."""
    cells["report_id"] = cells["report_id"] or pages[0].sha256[:REPORT_ID]
    return tuple(cells.get(column.name) for column in ASSESSMENTS)

"""A report to rows of the five tables of `peelparse.write.columns`.

Keys join the rows: `report_id` is in every table, `question_id` in `questions` and
`items`. Rows come in page order.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Final

import msgspec

from peelparse.report import Force, Item, Judgement, Question, Report, Severity
from peelparse.write.columns import COLUMNS, Cell, Row

_Cells = dict[str, Cell]

_TAKERS: Final = {
    table: itemgetter(*(column.name for column in columns))
    for table, columns in COLUMNS.items()
}
"""What takes the cells of a row in the order of its table."""

_GRAVEST_FIRST: Final[tuple[Severity, ...]] = ("error", "warning", "info")


def tabulate(report: Report, table: str) -> list[Row]:
    """Make the rows of one report for one table.

    Args:
        report: any report.
        table: a key of `COLUMNS`.

    Returns:
        Rows in page order, cells in the order of `COLUMNS[table]`; one row for
        `reports`, and none for a table of which the page has nothing.

    Raises:
        KeyError: there is no such table.
    """
    take = _TAKERS[table]
    shared = _describe_page(report)
    return [take(shared | cells) for cells in _MAKERS[table](report)]


def _describe_page(report: Report) -> _Cells:
    """Cells that every row of a report repeats."""
    return {
        "report_id": _identify_report(report),
        "page_kind": report.kind,
        **_describe_force(report.force),
        "programme": report.programme,
        "edition": report.edition,
    }


def _describe_force(force: Force | None) -> _Cells:
    """Cells of a force, all of them None if the page names none."""
    return {
        "force_name": force.name if force else None,
        "force_id": force.id if force else None,
        "force_official_name": force.official_name if force else None,
        "ons_code": force.ons_code if force else None,
        "country": force.country if force else None,
        "force_source": force.source if force else None,
    }


def _iter_reports(report: Report) -> Iterator[_Cells]:
    """The one row of `reports`."""
    source, coverage, letter = report.source, report.coverage, report.observations
    yield {
        "source_name": source.name,
        "address": source.address,
        "saved": source.saved,
        "format": source.format,
        "dialect": source.dialect,
        "encoding": source.encoding,
        "sha256": source.sha256,
        "size": source.size,
        "kind": report.kind,
        "title": report.title,
        "language": report.language,
        "last_updated": report.last_updated,
        "inspector": letter.inspector if letter else None,
        "areas_inspected": report.stated.areas_inspected,
        "areas_graded": report.stated.areas_graded,
        "judgements": len(report.judgements),
        "questions": len(report.questions),
        **_count_lists(report.questions),
        "blocks": coverage.blocks,
        "placed": coverage.placed,
        "chrome": coverage.chrome,
        "unclaimed": len(coverage.unclaimed),
        "diagnostics": len(report.diagnostics),
        "worst_severity": _find_worst(report),
    }


def _iter_judgements(report: Report) -> Iterator[_Cells]:
    """Rows of `judgements`."""
    for place, judgement in enumerate(report.judgements, 1):
        yield {
            "judgement_id": f"{_identify_report(report)}-j{place}",
            "pillar": judgement.pillar,
            "question": judgement.question,
            **_describe_grade(judgement),
            "last_updated": judgement.last_updated,
            "statement": judgement.statement,
            "summary": _join(judgement.summary),
            **_describe_place(judgement),
        }


def _iter_questions(report: Report) -> Iterator[_Cells]:
    """Rows of `questions`."""
    for place, question in enumerate(report.questions, 1):
        yield {
            "question_id": _identify_question(report, place),
            "pillar": question.pillar,
            "number": question.number,
            "text": question.text,
            "topic": question.topic,
            **_describe_grade(question),
            "narrative": _join(question.narrative),
            "subheadings": _join(question.subheadings),
            **_count_lists([question]),
            **_describe_place(question),
        }


def _iter_items(report: Report) -> Iterator[_Cells]:
    """Rows of `items`: list after list of question after question."""
    seen: Counter[str] = Counter()
    for place, question in enumerate(report.questions, 1):
        for kind, item in _iter_kinds(question):
            seen[item.id] += 1
            # Ids are made from words: two lists of a page may share them.
            again = f".{seen[item.id]}" if seen[item.id] > 1 else ""
            yield {
                "item_id": f"{_identify_report(report)}-{item.id}{again}",
                "kind": kind,
                "question_id": _identify_question(report, place),
                "pillar": question.pillar,
                "question_number": question.number,
                "question": question.text,
                **_describe_item(item),
            }


def _iter_diagnostics(report: Report) -> Iterator[_Cells]:
    """Rows of `diagnostics`."""
    for diagnostic in report.diagnostics:
        yield {
            "source_name": report.source.name,
            "code": diagnostic.code,
            "severity": diagnostic.severity,
            "message": diagnostic.message,
            "line": diagnostic.line,
            "hint": diagnostic.hint,
        }


_MAKERS: Final[dict[str, Callable[[Report], Iterator[_Cells]]]] = {
    "reports": _iter_reports,
    "judgements": _iter_judgements,
    "questions": _iter_questions,
    "items": _iter_items,
    "diagnostics": _iter_diagnostics,
}


def _describe_grade(graded: Judgement | Question) -> _Cells:
    """Cells of a grade."""
    return {
        "grade": graded.grade,
        "grade_status": graded.grade_status,
        "grade_source": graded.grade_source,
    }


def _describe_item(item: Item) -> _Cells:
    """Cells of an item that are its own."""
    return {
        "content_id": item.id,
        "lead_in": item.lead_in,
        "heading": item.heading,
        "text": item.text,
        "detail": _join(item.detail),
        "polarity": item.polarity,
        **_describe_place(item),
    }


def _describe_place(placed: Judgement | Question | Item) -> _Cells:
    """Cells that say where on the page something stands."""
    path, link = placed.path, placed.link
    return {
        "line": placed.line,
        "path": None if path is msgspec.UNSET else path,
        "link": None if link is msgspec.UNSET else link,
    }


def _count_lists(questions: Sequence[Question]) -> _Cells:
    """How many items of each kind some questions have."""
    counts = Counter(
        kind for question in questions for kind, _ in _iter_kinds(question)
    )
    return {
        "findings": counts["finding"],
        "areas_for_improvement": counts["area_for_improvement"],
        "causes_of_concern": counts["cause_of_concern"],
        "recommendations": counts["recommendation"],
        "innovative_practice": counts["innovative_practice"],
    }


def _iter_kinds(question: Question) -> Iterator[tuple[str, Item]]:
    """Every item of a question with its kind, list after list."""
    lists = {
        "finding": question.findings,
        "area_for_improvement": question.areas_for_improvement,
        "cause_of_concern": question.causes_of_concern,
        "recommendation": question.recommendations,
        "innovative_practice": question.innovative_practice,
    }
    for kind, items in lists.items():
        for item in items:
            yield kind, item


def _identify_report(report: Report) -> str:
    """Key of a report: the same file is the same report, whatever its name."""
    return report.source.sha256[:12]


def _identify_question(report: Report, place: int) -> str:
    """Key of a question: its report and its 1-based place on the page."""
    return f"{_identify_report(report)}-q{place}"


def _find_worst(report: Report) -> Severity | None:
    """The gravest severity among the diagnostics, or None if there are none."""
    found = {diagnostic.severity for diagnostic in report.diagnostics}
    return next((severity for severity in _GRAVEST_FIRST if severity in found), None)


def _join(paragraphs: Sequence[str]) -> str | None:
    """Paragraphs in one cell, a blank line between them; None if there are none."""
    return "\n\n".join(paragraphs) or None

"""The reference data as listings: records for tools, rows for people, and sources."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from peelparse.reference import (
    EditionRecord,
    ForceRecord,
    NeverGraded,
    QuestionRecord,
    TopicRecord,
    describe_editions,
    describe_forces,
    describe_topics,
    grade_scale,
    iter_editions,
    iter_forces,
    iter_questions,
    iter_topics,
)
from peelparse.report import Programme
from peelparse.write import Cell, Row

What = Literal["forces", "editions", "topics"]
Cells = dict[str, Cell]

_BOTH: Final[tuple[Programme, ...]] = ("PEEL", "FRS")


class Listing(NamedTuple):
    """One list of the reference data."""

    origin: list[str]
    """How it was compiled, and from what."""
    records: list[dict[str, object]]
    """All that is known, for JSON."""
    cells: list[Cells]
    """The same in rows of one shape, for CSV."""
    shown: list[Row]
    """A header and rows of the table for people."""
    notes: list[str]
    """What is told below that table."""


def list_facts(what: What, programme: Programme | None) -> Listing:
    """Collect one list.

    Args:
        what: which list.
        programme: whose facts; None takes those of both.
    """
    if what == "forces":
        return _list_forces(programme)
    if what == "editions":
        return _list_editions(programme)
    return _list_topics(programme)


def _list_forces(programme: Programme | None) -> Listing:
    records = list(iter_forces(programme))
    cells = [_flatten_force(each) for each in records]
    shown = ("programme", "id", "official_name", "country", "ons_code")
    return Listing(
        origin=[describe_forces(each) for each in _choose(programme)],
        records=[msgspec.to_builtins(each) for each in records],
        cells=cells,
        shown=[shown, *(tuple(row[name] for name in shown) for row in cells)],
        notes=[],
    )


def _flatten_force(record: ForceRecord) -> Cells:
    return {
        "programme": record.programme,
        "id": record.id,
        "name": record.name,
        "official_name": record.official_name,
        "aliases": _join(record.aliases),
        "abbreviations": _join(record.abbreviations),
        "slugs": _join(record.slugs),
        "ons_code": record.ons_code,
        "country": record.country,
        "is_inspected": record.is_inspected,
        "origin": describe_forces(record.programme),
    }


def _list_editions(programme: Programme | None) -> Listing:
    listing = Listing(
        origin=[describe_editions()],
        records=[],
        cells=[],
        shown=[
            ("programme", "edition", "scale", "pillars", "questions", "comparable_with")
        ],
        notes=[],
    )
    for each in iter_editions(programme):
        asked = [q for q in iter_questions(each.programme) if q.edition == each.id]
        facts: dict[str, object] = msgspec.to_builtins(each)
        listing.records.append(
            facts | {"grades": grade_scale(each.scale), "questions": asked}
        )
        cells = _flatten_edition(each, [q for q in asked if not q.headline])
        listing.cells.append(cells)
        listing.shown.append(
            (
                *(cells[name] for name in ("programme", "id", "scale")),
                cells["pillars"] or "areas",
                cells["questions"],
                cells["comparable_with"] or "none",
            )
        )
        listing.notes.extend(_annotate(each))
    return listing


def _flatten_edition(record: EditionRecord, asked: Sequence[QuestionRecord]) -> Cells:
    caveat = record.caveat
    return {
        "programme": record.programme,
        "id": record.id,
        "scale": record.scale,
        "grades": _join(grade_scale(record.scale)),
        "pillars": _join(record.pillars),
        "questions": len(asked),
        "never_graded": _join(map(_describe, record.never_graded)),
        "comparable_with": _join(record.comparable_with),
        "note": record.note,
        "caveat": caveat.says if caveat else None,
        "caveat_source": caveat.source if caveat else None,
        "printed": _join(record.printed),
        "sources": _join(record.sources),
        "origin": describe_editions(),
    }


def _describe(never: NeverGraded) -> str:
    """What an edition never grades, in words."""
    what = ": ".join(part for part in (never.pillar, never.topic) if part)
    return f"{what} (overall)" if never.overall_only else what


def _annotate(record: EditionRecord) -> Iterator[str]:
    """What a reader should know of an edition, and where that is from."""
    yield f"{record.programme} {record.id}: {record.note}"
    if caveat := record.caveat:
        where = f" ({caveat.source})" if caveat.source else ""
        yield f"  HMICFRS: {caveat.says}{where}"
    yield from (f"  source: {address}" for address in record.sources)


def _list_topics(programme: Programme | None) -> Listing:
    records = list(iter_topics(programme))
    programmes = _choose(programme)
    return Listing(
        origin=[describe_topics()],
        records=[msgspec.to_builtins(each) for each in records],
        cells=[row for each in records for row in _flatten_topic(each)],
        shown=[
            ("topic", *programmes),
            *(
                (each.id, *(_list_asking(each, p) for p in programmes))
                for each in records
            ),
        ],
        notes=[],
    )


def _flatten_topic(record: TopicRecord) -> Iterator[Cells]:
    """A row for each question; one without for a topic that no list of ours asks of."""
    for each in record.questions or (None,):
        yield {
            "topic": record.id,
            "programme": each.programme if each else None,
            "edition": each.edition if each else None,
            "pillar": each.pillar if each else None,
            "number": each.number if each else None,
            "headline": each.headline if each else None,
            "text": each.text if each else None,
            "also": _join(each.also) if each else None,
            "graded": each.graded if each else None,
            "verified": each.verified if each else None,
            "note": each.note if each else None,
            "origin": describe_topics(),
        }


def _list_asking(record: TopicRecord, programme: Programme) -> str:
    """Editions of a programme that have a question on a topic."""
    asking = (each.edition for each in record.questions if each.programme == programme)
    return " ".join(dict.fromkeys(asking))


def _choose(programme: Programme | None) -> tuple[Programme, ...]:
    return (programme,) if programme else _BOTH


def _join(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None

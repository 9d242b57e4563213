"""Judgements of several pages to one for each pillar."""

from collections.abc import Sequence
from typing import Final

import msgspec

from peelparse.report import Diagnostic, Judgement, Report
from peelparse.unite.assessment import JoinedJudgement
from peelparse.unite.grades import choose_grade
from peelparse.unite.page import Page
from peelparse.unite.told import (
    OVERVIEW_FIRST,
    PILLAR_FIRST,
    Order,
    Told,
    fill_fields,
    fill_place,
    to_key,
)

_FIELDS: Final[dict[str, Order]] = {
    "question": PILLAR_FIRST,
    "last_updated": PILLAR_FIRST,
    "statement": OVERVIEW_FIRST,
    "summary": PILLAR_FIRST,
}


def join_judgements(
    pages: Sequence[Page], pillars: Sequence[str]
) -> tuple[list[JoinedJudgement], list[Diagnostic]]:
    """Join the judgements of an assessment.

    Args:
        pages: the pages of one assessment.
        pillars: official names in the order of the edition.

    Returns:
        One judgement for each pillar, other pillars after those of the edition; and
        what speaks against their grades.
    """
    groups: dict[tuple[str, ...], list[Told[Judgement]]] = {}
    for page in pages:
        for report, is_copy in page.iter_copies():
            for value in report.judgements:
                if key := _find_key(value, page.best, is_copy=is_copy):
                    told = Told(value, report, is_copy)
                    groups.setdefault(key, []).append(told)
    joined, diagnostics = [], []
    for key in sorted(groups, key=lambda key: (find_rank(key[-1], pillars), key)):
        judgement, found = _join(groups[key])
        joined.append(judgement)
        diagnostics += found
    return joined, diagnostics


def find_rank(pillar: str | None, pillars: Sequence[str]) -> int:
    """Give the place of a pillar in its edition; after all others if it has none."""
    return pillars.index(pillar) if pillar in pillars else len(pillars)


def _find_key(
    value: Judgement, best: Report, *, is_copy: bool
) -> tuple[str, ...] | None:
    """What tells a judgement from others; None if only a bad copy has it.

    A page of one pillar is of that pillar in every copy, whatever pillar a copy that
    was made badly seems to name.
    """
    alone = best.judgements[0] if len(best.judgements) == 1 else None
    if is_copy and alone and best.kind != "overview":
        if value.pillar in {None, alone.pillar}:
            return _find_key(alone, best, is_copy=False)
        return None
    if value.pillar:
        return (value.pillar,)
    if value.question:
        return "question", to_key(value.question)
    return ("page", best.source.sha256)


def _join(told: Sequence[Told[Judgement]]) -> tuple[JoinedJudgement, list[Diagnostic]]:
    first, place, sources = fill_place(told)
    choice = choose_grade(told, first.pillar or "a pillar without a name")
    # what a page says of a grade that is still to come is past once it has come
    is_past = choice.fields["grade"] is not None
    live = [
        each
        for each in told
        if not (is_past and each.value.grade_status == "to_be_graded")
    ]
    values, origins = fill_fields(live, _FIELDS)
    blank = Judgement(pillar=first.pillar)
    value = msgspec.structs.replace(blank, **place, **values, **choice.fields)
    sources |= origins | {"grade": [choice.source]}
    return JoinedJudgement(value=value, sources=sources), choice.diagnostics

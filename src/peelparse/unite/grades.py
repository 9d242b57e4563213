"""The grade that several pages give, or why there is none, and what speaks against it."""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar

from peelparse.diagnostics import diagnose
from peelparse.report import (
    Diagnostic,
    Grade,
    GradeSource,
    GradeStatus,
    Judgement,
    Question,
)
from peelparse.unite.assessment import SourceRef, refer
from peelparse.unite.told import PILLAR_FIRST, Told, find_moment, sort_by_kind

_STRENGTH: Final[dict[GradeSource | None, int]] = {
    "label": 5,
    "alternative_text": 4,
    "statement": 3,
    "edition": 2,
    "prose": 1,
    None: 0,
}
"""How much a place is worth where a grade or its absence was read."""

_SAYS_MOST: Final[tuple[GradeStatus, ...]] = (
    "graded",
    "carried_over",
    "ungraded",
    "not_graded",
    "not_inspected",
    "to_be_graded",
    "not_stated",
)
"""Reasons for there being no grade, the one that says most first."""

G = TypeVar("G", Judgement, Question)


class Choice(NamedTuple):
    """The grade of one pillar or question."""

    fields: dict[str, object]
    """The three fields of the grade, all from one page."""
    source: SourceRef
    """That page."""
    diagnostics: list[Diagnostic]
    """One for each other grade that a page gives."""


def choose_grade(told: Sequence[Told[G]], about: str) -> Choice:
    """Choose among the grades that pages give.

    Args:
        told: a pillar or question as the pages tell it; at least one.
        about: what it is, for a message.
    """
    claims = sort_by_kind(told, PILLAR_FIRST)
    graded = [each for each in claims if each.value.grade]
    if not graded:
        best = min(claims, key=_weigh_status)
        return Choice(_copy_grade(best), refer(best.report), [])
    best = max(graded, key=_weigh)
    rivals: dict[Grade | None, Told[G]] = {}
    for each in sorted(graded, key=_weigh, reverse=True):
        rivals.setdefault(each.value.grade, each)
    del rivals[best.value.grade]
    diagnostics = [_object(best, rival, about) for rival in rivals.values()]
    same = [each for each in graded if _is_as_good(each, best)]
    # that a grade was carried over is true if one page says so
    best = min(same, key=lambda each: each.value.grade_status != "carried_over")
    return Choice(_copy_grade(best), refer(best.report), diagnostics)


def _copy_grade(claim: Told[G]) -> dict[str, object]:
    value = claim.value
    return {
        "grade": value.grade,
        "grade_status": value.grade_status,
        "grade_source": value.grade_source,
    }


def _weigh(claim: Told[G]) -> tuple[int, tuple[str, str]]:
    """How much a grade is worth: where it was read, then how late."""
    return _STRENGTH[claim.value.grade_source], find_moment(claim.report, _date(claim))


def _weigh_status(claim: Told[G]) -> tuple[int, int]:
    value = claim.value
    return _SAYS_MOST.index(value.grade_status), -_STRENGTH[value.grade_source]


def _date(claim: Told[G]) -> str | None:
    """The date of the block that a grade stands in."""
    if isinstance(claim.value, Judgement):
        return claim.value.last_updated
    pillar = claim.value.pillar
    blocks = (each for each in claim.report.judgements if each.pillar == pillar)
    return next((each.last_updated for each in blocks), None)


def _is_as_good(claim: Told[G], best: Told[G]) -> bool:
    one, other = claim.value, best.value
    return (one.grade, one.grade_source) == (other.grade, other.grade_source)


def _object(best: Told[G], rival: Told[G], about: str) -> Diagnostic:
    """Tell of a grade that was not chosen."""
    if best.value.grade_source != rival.value.grade_source:
        why = f"read from {best.value.grade_source or 'an unknown place'}"
    elif _weigh(best) > _weigh(rival):
        why = "the later page"
    else:
        why = "neither being later"
    found = (
        f"{about} is {best.value.grade} in {_name(best)} ({why}) "
        f"and {rival.value.grade} in {_name(rival)}"
    )
    return diagnose("PP501", found)


def _name(claim: Told[G]) -> str:
    """A page's name, with so much of its digest that it can be told from another."""
    source = claim.report.source
    return f"{source.name} [{source.sha256[:8]}]"

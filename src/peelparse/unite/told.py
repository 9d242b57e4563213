"""One thing as several pages tell it, and the fields that the best of them fill."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from peelparse.report import Judgement, Observations, PageKind, Question, Report, Stated
from peelparse.unite.assessment import Sources, refer

T = TypeVar("T", bound=Judgement | Question | Observations | Stated)
B = TypeVar("B", Judgement, Question)

Order = tuple[PageKind, ...]
"""Kinds of pages, the one that says it best first."""

PILLAR_FIRST: Final[Order] = ("pillar", "detailed_findings", "report", "overview")
DETAILED_FIRST: Final[Order] = ("detailed_findings", "pillar", "report", "overview")
OVERVIEW_FIRST: Final[Order] = ("overview", "report", "pillar", "detailed_findings")

_NO_WORD: Final = re.compile(r"[\W_]+")
_YEAR_FIRST: Final = re.compile(r"\d{4}")


class Told(NamedTuple, Generic[T]):
    """A value as one page tells it."""

    value: T
    report: Report
    is_copy: bool = False
    """Whether the page is only a copy of one that is used."""


def sort_by_kind(told: Sequence[Told[T]], order: Order) -> list[Told[T]]:
    """Sort by what sort of page tells it; else the order is kept."""
    return sorted(told, key=lambda each: order.index(each.report.kind))


def fill_fields(
    told: Sequence[Told[T]], orders: Mapping[str, Order]
) -> tuple[dict[str, object], Sources]:
    """Fill each field from the first page, in the field's order, that has it.

    Args:
        told: a value as the pages tell it, better copies before worse.
        orders: the fields, each with the order of pages for it.

    Returns:
        Fields with values, and where they are from; fields that no page has are
        left out.
    """
    values: dict[str, object] = {}
    sources: Sources = {}
    for field, order in orders.items():
        for each in sort_by_kind(told, order):
            value: object = getattr(each.value, field)
            if value not in (None, []):
                values[field] = value
                sources[field] = [refer(each.report)]
                break
    return values, sources


def fill_place(told: Sequence[Told[B]]) -> tuple[B, dict[str, object], Sources]:
    """Find the page whose block is the one that a reader should open.

    Args:
        told: a value as the pages tell it; at least one.

    Returns:
        The value on that page, the fields that say where it stands, and their source.
    """
    value, report, _ = sort_by_kind(told, PILLAR_FIRST)[0]
    fields = {"line": value.line, "path": value.path, "link": value.link}
    sources = {} if value.line is None else {"line": [refer(report)]}
    return value, dict(fields), sources


def to_key(text: str) -> str:
    """Make what differs only in case, marks and white space the same.

    Example:
        >>> to_key("  uses its “own” maps; and") == to_key("Uses its own maps, and.")
        True
    """
    return _NO_WORD.sub(" ", text.casefold()).strip() or text


def find_moment(report: Report, date: str | None = None) -> tuple[str, str]:
    """Give what tells the later of two pages.

    Args:
        report: the page.
        date: the date of the block in question; None takes the page's latest.

    Returns:
        When it was saved or else its date, then its date; ISO 8601 or empty.
    """
    date = date or find_date(report)
    saved = report.source.saved or ""
    return (saved if _YEAR_FIRST.match(saved) else date, date)


def find_date(report: Report) -> str:
    """Give the latest date that a page prints as its own; empty if none."""
    dates = (report.last_updated, *(each.last_updated for each in report.judgements))
    return max((date for date in dates if date), default="")

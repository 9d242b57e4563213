"""Reports of one assessment to its pages, each with its copies, the best copy first."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from peelparse.report import PageKind, Report
from peelparse.unite.page import (
    LISTS,
    Page,
    find_slot,
    list_texts,
    list_told,
    simplify_address,
)
from peelparse.unite.told import Order, find_moment
from peelparse.unite.twins import iter_twins

ASSESSING: Final[Order] = ("overview", "report", "pillar", "detailed_findings")
"""Kinds of pages that assess a force, in the order in which they are listed."""

_WHOLE: Final[tuple[PageKind, ...]] = ("overview", "report")
"""Kinds of which an assessment has one page."""


def match_copies(reports: Sequence[Report], *, is_one: bool) -> list[Page]:
    """Tell which reports are copies of one page.

    Args:
        reports: in any order.
        is_one: whether they are known to be of one assessment, which has one
            overview and one report.

    Returns:
        Pages by kind and pillar, whatever the order of the reports.
    """
    ranked = _rank(reports)
    leaders = _Leaders(len(ranked))
    first: dict[tuple[object, ...], int] = {}
    for place, report in enumerate(ranked):
        for mark in _iter_marks(report, is_one=is_one):
            leaders.unite(first.setdefault(mark, place), place)
    for twin, place in iter_twins(ranked):
        leaders.unite(twin, place)
    groups: dict[int, list[Report]] = defaultdict(list)
    for place, report in enumerate(ranked):
        groups[leaders.find(place)].append(report)
    pages = [Page(best, tuple(copies)) for best, *copies in groups.values()]
    return sorted(_fold_translations(pages), key=_place_page)


class _Leaders:
    """Which reports belong together; of each group the first one leads."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def find(self, place: int) -> int:
        while self._above[place] != place:
            self._above[place] = place = self._above[self._above[place]]
        return place

    def unite(self, one: int, other: int) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self._above[high] = low


def _rank(reports: Sequence[Report]) -> list[Report]:
    """Sort reports: what says most first, and what is equal in a fixed order."""
    fixed = sorted(
        reports,
        key=lambda each: (
            each.source.sha256,
            each.source.name,
            msgspec.json.encode(each),
        ),
    )
    by_date = sorted(fixed, key=find_moment, reverse=True)
    return sorted(by_date, key=_measure)


def _measure(report: Report) -> tuple[int, ...]:
    """How much a copy lacks; the least for the copy that says most."""
    told = list_told(report)
    statuses = Counter(each.grade_status for each in told)
    items = sum(len(getattr(each, name)) for each in report.questions for name in LISTS)
    return (
        -sum(each.grade is not None for each in told),
        statuses["to_be_graded"],
        statuses["not_stated"],
        -items,
        report.source.format != "html",
        -len(list_texts(report)),
    )


def _iter_marks(report: Report, *, is_one: bool) -> Iterator[tuple[object, ...]]:
    """Give what only copies of one page have in common."""
    kind, language, pillars = slot = find_slot(report)
    yield ("bytes", report.source.sha256)
    if address := simplify_address(report.source.address):
        yield ("address", address, language, pillars)
    if is_one and kind in _WHOLE:
        yield ("whole", slot[:2])


def _fold_translations(pages: Sequence[Page]) -> Iterator[Page]:
    """Put a page in Welsh to the same page in English, where that is there."""
    english = {
        find_slot(page.best)[::2] for page in pages if page.best.language == "en"
    }
    welsh: dict[tuple[object, ...], list[Report]] = defaultdict(list)
    for page in pages:
        if page.best.language == "cy":
            welsh[find_slot(page.best)[::2]] += [page.best, *page.copies]
    for page in pages:
        slot = find_slot(page.best)[::2]
        if page.best.language == "en":
            yield page._replace(translations=tuple(welsh.pop(slot, ())))
        elif slot not in english:
            yield page


def _place_page(page: Page) -> tuple[int, tuple[str, ...]]:
    """Where a page stands among those of its assessment."""
    kind, _, pillars = find_slot(page.best)
    order = ASSESSING.index(kind) if kind in ASSESSING else len(ASSESSING)
    return order, pillars

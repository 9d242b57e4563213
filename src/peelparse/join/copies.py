"""Reports of one assessment to its pages, each with its copies, the best copy first."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from peelparse.join.assessment import PageRef, Role, list_page
from peelparse.join.told import Order, find_date, find_moment, to_key
from peelparse.reference.spelling import fold
from peelparse.report import (
    Grade,
    Item,
    Judgement,
    Language,
    PageKind,
    Question,
    Report,
)

ASSESSING: Final[Order] = ("overview", "report", "pillar", "detailed_findings")
"""Kinds of pages that assess a force, in the order in which they are listed."""

_WHOLE: Final[tuple[PageKind, ...]] = ("overview", "report")
"""Kinds of which an assessment has one page."""

_ALIKE: Final = 0.9
"""The share of the smaller page's texts that two dialects of one page have in common."""

_NEVER: Final = "~"
"""Sorts after every date."""

_PROTOCOL: Final = re.compile(r"\A[a-z]+:/*")
_SITES: Final = frozenset({"hmic", "hmicfrs"})

ListName = Literal[
    "findings",
    "areas_for_improvement",
    "causes_of_concern",
    "recommendations",
    "innovative_practice",
]
LISTS: Final[tuple[ListName, ...]] = (
    "findings",
    "areas_for_improvement",
    "causes_of_concern",
    "recommendations",
    "innovative_practice",
)
"""The lists of items that a question has."""

Slot = tuple[PageKind, Language, tuple[str, ...]]
"""Kind, language and pillars: what copies of one page have in common."""


class Page(NamedTuple):
    """One page of an assessment."""

    best: Report
    """The copy that says most."""
    copies: tuple[Report, ...] = ()
    """Other copies, which may lend what the best one lacks; better before worse."""
    translations: tuple[Report, ...] = ()
    """The same page in the other language."""

    def iter_copies(self) -> Iterator[tuple[Report, bool]]:
        """Give every copy in the page's own language, and whether it is not the best."""
        yield self.best, False
        for copy in self.copies:
            yield copy, True

    def list_aside(self) -> Iterator[PageRef]:
        """Say of every copy but the best why it is set aside."""
        for copy in self.copies:
            role, reason = _explain(copy, self.best)
            yield list_page(copy, role, self.best, reason)
        for copy in self.translations:
            yield list_page(copy, "copy", self.best, "the same page in Welsh")


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
    for twin, place in _iter_twins(ranked):
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
    told = _list_told(report)
    statuses = Counter(each.grade_status for each in told)
    items = sum(len(getattr(each, name)) for each in report.questions for name in LISTS)
    return (
        -sum(each.grade is not None for each in told),
        statuses["to_be_graded"],
        statuses["not_stated"],
        -items,
        -len(_list_texts(report)),
        report.source.format != "html",
    )


def _iter_marks(report: Report, *, is_one: bool) -> Iterator[tuple[object, ...]]:
    """Give what only copies of one page have in common."""
    kind, language, pillars = slot = _find_slot(report)
    yield ("bytes", report.source.sha256)
    if address := simplify_address(report.source.address):
        yield ("address", address, language, pillars)
    if is_one and kind in _WHOLE:
        yield ("whole", slot[:2])


def _iter_twins(ranked: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Find pages that say the same in another dialect, each with the better one."""
    holders: dict[tuple[Slot, str], list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for place, report in enumerate(ranked):
        slot, texts = _find_slot(report), _list_texts(report)
        shared = Counter(
            holder for text in texts for holder in holders.get((slot, text), ())
        )
        for holder in sorted(shared):
            least = _ALIKE * min(sizes[holder], len(texts))
            if shared[holder] >= least and _agree(report, ranked[holder]):
                yield holder, place
                break
        else:
            sizes[place] = len(texts)
            for text in texts:
                holders[slot, text].append(place)


def _agree(one: Report, other: Report) -> bool:
    """Whether title and date are the same, as far as the copies have them."""
    titles = {fold(each.title) for each in (one, other) if each.title}
    dates = {date for each in (one, other) if (date := find_date(each))}
    return len(titles) < 2 and len(dates) < 2


def _find_slot(report: Report) -> Slot:
    pillars = {each.pillar for each in _list_told(report) if each.pillar}
    return report.kind, report.language, tuple(sorted(pillars))


def _list_told(report: Report) -> list[Judgement | Question]:
    return [*report.judgements, *report.questions]


def _list_texts(report: Report) -> set[str]:
    """Texts of a page that are its own: no questions, statements or standing texts."""
    letter = report.observations
    texts = [*letter.paragraphs] if letter else []
    for judgement in report.judgements:
        texts += judgement.summary
    for question in report.questions:
        texts += question.narrative
        texts += (item.text for item in iter_items(question))
    return {to_key(text) for text in texts}


def iter_items(question: Question) -> Iterator[Item]:
    """Give the items of all lists of a question."""
    for name in LISTS:
        yield from getattr(question, name)


def simplify_address(address: str | None) -> str | None:
    """Take from an address what differs between copies of one page.

    Args:
        address: an address; None if it is unknown.

    Returns:
        The path and a query that is not empty; None for a site's first page.

    Example:
        >>> simplify_address("http://www.a.uk///hmicfrs/peel-2017/kent/?")
        'peel-2017/kent'
        >>> simplify_address("https://b.uk/peel-2017/kent")
        'peel-2017/kent'
    """
    path, _, query = (address or "").casefold().partition("#")[0].partition("?")
    parts = [part for part in _PROTOCOL.sub("", path).split("/") if part]
    if parts and "." in parts[0]:
        del parts[0]
    if parts and parts[0] in _SITES:
        del parts[0]
    tail = f"?{query}" if query else ""
    return "/".join(parts) + tail or None


def _explain(copy: Report, best: Report) -> tuple[Role, str]:
    """Say what a copy is to the best one."""
    if copy.source.sha256 == best.source.sha256:
        return "copy", "the same bytes"
    if _is_earlier(copy, best):
        return "superseded", "an earlier state of the page"
    address = simplify_address(copy.source.address)
    if address and address == simplify_address(best.source.address):
        return "copy", "the same address"
    return "copy", "the same page"


def _is_earlier(copy: Report, best: Report) -> bool:
    """Whether a copy shows what the page said before: another grade or date."""
    now = {each.pillar: each for each in best.judgements}
    for then in copy.judgements:
        block = now.get(then.pillar)
        if block and block.grade and then.grade_status == "to_be_graded":
            return True
        if block and (then.last_updated or _NEVER) < (block.last_updated or ""):
            return True
    if find_moment(copy) >= find_moment(best):
        return False
    grades = _list_grades(best)
    return any(
        grades.get(key, grade) != grade for key, grade in _list_grades(copy).items()
    )


def _list_grades(report: Report) -> dict[tuple[str | None, str], Grade]:
    """Every grade of a page, by pillar and words of the question."""
    pillars = {(each.pillar, ""): each.grade for each in report.judgements}
    asked = {(each.pillar, to_key(each.text)): each.grade for each in report.questions}
    return {key: grade for key, grade in (pillars | asked).items() if grade}


def _fold_translations(pages: Sequence[Page]) -> Iterator[Page]:
    """Put a page in Welsh to the same page in English, where that is there."""
    english = {
        _find_slot(page.best)[::2] for page in pages if page.best.language == "en"
    }
    welsh: dict[tuple[object, ...], list[Report]] = defaultdict(list)
    for page in pages:
        if page.best.language == "cy":
            welsh[_find_slot(page.best)[::2]] += [page.best, *page.copies]
    for page in pages:
        slot = _find_slot(page.best)[::2]
        if page.best.language == "en":
            yield page._replace(translations=tuple(welsh.pop(slot, ())))
        elif slot not in english:
            yield page


def _place_page(page: Page) -> tuple[int, tuple[str, ...]]:
    """Where a page stands among those of its assessment."""
    kind, _, pillars = _find_slot(page.best)
    order = ASSESSING.index(kind) if kind in ASSESSING else len(ASSESSING)
    return order, pillars

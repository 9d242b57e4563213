"""One page of an assessment with its copies, and what a report shows of itself."""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from peelparse.report import (
    Grade,
    Item,
    Judgement,
    Language,
    PageKind,
    Question,
    Report,
)
from peelparse.unite.assessment import PageRef, Role, list_page
from peelparse.unite.told import find_moment, to_key

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


_NEVER: Final = "~"
"""Sorts after every date."""

_PROTOCOL: Final = re.compile(r"\A[a-z]+:/*")
_SITES: Final = frozenset({"hmic", "hmicfrs"})


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


def find_slot(report: Report) -> Slot:
    """Give what copies of one page have in common."""
    pillars = {each.pillar for each in list_told(report) if each.pillar}
    return report.kind, report.language, tuple(sorted(pillars))


def list_told(report: Report) -> list[Judgement | Question]:
    """Give everything on a page that can have a grade."""
    return [*report.judgements, *report.questions]


def list_texts(report: Report) -> list[str]:
    """Texts of a page that are its own: no questions, statements or standing texts."""
    letter = report.observations
    texts = [*letter.paragraphs] if letter else []
    for judgement in report.judgements:
        texts += judgement.summary
    for question in report.questions:
        texts += question.narrative
        for item in iter_items(question):
            texts += [item.text, *item.detail]
    return texts


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

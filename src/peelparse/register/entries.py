"""Reports to entries of the register: each item once, with where it is from."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple, get_args

from peelparse.report import Item, Report
from peelparse.unite import Assessment, JoinedQuestion, join

Kind = Literal["area_for_improvement", "cause_of_concern", "recommendation"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_FIELDS: Final[dict[Kind, str]] = {
    "area_for_improvement": "areas_for_improvement",
    "cause_of_concern": "causes_of_concern",
    "recommendation": "recommendations",
}

_COMPLETE: Final = frozenset(("pillar", "detailed_findings", "report"))
"""Kinds of pages that hold every item of the pillars that they are about."""

_LONGEST_CELL: Final = 32_767
"""What a cell of Excel holds, for which a register is made."""


class Scope(NamedTuple):
    """What a page was read for: rows beyond it are not missing."""

    programme: str
    """`PEEL`, `FRS`, or empty."""
    force: str
    """Id of the force, or its name."""
    edition: str
    """Edition, or empty."""
    pillar: str
    """Pillar; empty in reports without."""


class Entry(NamedTuple):
    """One item as the columns of the register show it; empty where there is nothing."""

    id: str
    """Force, edition and the item's own id."""
    kind: str
    """One of `KINDS`."""
    force: str
    """Name as printed."""
    force_id: str
    """Id of the reference list."""
    programme: str
    """`PEEL` or `FRS`."""
    edition: str
    """Edition, such as `2018-19`."""
    pillar: str
    """The question's pillar."""
    question_number: str
    """Its number as printed."""
    question: str
    """The question as printed."""
    topic: str
    """Its subject across editions."""
    heading: str
    """A title that only names a topic."""
    lead_in: str
    """The words before the list."""
    text: str
    """The statement itself."""
    detail: str
    """What belongs to it, a blank line between paragraphs."""
    link: str
    """Address that opens the live page at the sentence."""
    source: str
    """Files that hold it, the best first."""

    @property
    def scope(self) -> Scope:
        """Where it stands."""
        force = self.force_id or self.force
        return Scope(self.programme, force, self.edition, self.pillar)


class Collected(NamedTuple):
    """What some pages hold for a register."""

    entries: list[Entry]
    """By programme, force and edition, then in page order."""
    scopes: frozenset[Scope]
    """What the pages would show if it were there."""
    kinds: tuple[Kind, ...]
    """What was looked for."""


def collect(reports: Iterable[Report], kinds: tuple[Kind, ...]) -> Collected:
    """Collect the items of some kinds from reports, copies of a page once.

    Args:
        reports: in any order; `link` is filled if they were parsed with provenance.
        kinds: what is wanted.
    """
    entries: dict[str, Entry] = {}
    scopes: set[Scope] = set()
    given = list(reports)
    pillars = {
        each.source.sha256: {question.pillar or "" for question in each.questions}
        for each in given
    }
    for assessment in join(given):
        for entry in _iter_entries(assessment, kinds):
            entries.setdefault(entry.id, entry)
        scopes |= {
            Scope(*_identify(assessment), pillar)
            for page in assessment.pages
            if page.kind in _COMPLETE
            for pillar in pillars[page.sha256]
        }
    return Collected(list(entries.values()), frozenset(scopes), kinds)


def _identify(assessment: Assessment) -> tuple[str, str, str]:
    """Programme, force and edition, empty where the pages do not say."""
    force = assessment.force
    named = (force.id or force.name) if force else ""
    return assessment.programme or "", named, assessment.edition or ""


def _iter_entries(assessment: Assessment, kinds: tuple[Kind, ...]) -> Iterator[Entry]:
    for question in assessment.questions:
        for kind in kinds:
            field = _FIELDS[kind]
            items: list[Item] = getattr(question.value, field)
            files = [each.name for each in question.sources.get(field, [])]
            for item in items:
                yield _make_entry(assessment, question, kind, item, files)


def _make_entry(
    assessment: Assessment,
    joined: JoinedQuestion,
    kind: Kind,
    item: Item,
    files: list[str],
) -> Entry:
    question, force = joined.value, assessment.force
    programme, named, edition = _identify(assessment)
    slug = re.sub(r"\W+", "-", named.casefold()).strip("-") or "unknown"
    cells = Entry(
        id=f"{slug}-{edition or 'undated'}-{item.id}",
        kind=kind,
        force=force.name if force else "",
        force_id=(force.id or "") if force else "",
        programme=programme,
        edition=edition,
        pillar=question.pillar or "",
        question_number="" if question.number is None else str(question.number),
        question=question.text,
        topic=question.topic or "",
        heading=item.heading or "",
        lead_in=item.lead_in or "",
        text=item.text,
        detail="\n\n".join(item.detail),
        link=item.link if isinstance(item.link, str) else "",
        source="\n".join(files),
    )
    return Entry(*map(_fit, cells))


def _fit(text: str) -> str:
    """A text that a cell of Excel holds, so that it comes back from there the same."""
    units = text.replace("\r", "\n").encode("utf-16-le")
    if len(units) <= 2 * _LONGEST_CELL:
        return units.decode("utf-16-le")
    return units[: 2 * (_LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"

"""The flow of joining: reports by assessment, copies by page, pages to values."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from peelparse.diagnostics import diagnose
from peelparse.reference import edition, shared_topics
from peelparse.reference.spelling import fold
from peelparse.report import (
    Diagnostic,
    Force,
    ForceSource,
    Observations,
    Programme,
    Report,
    Stated,
)
from peelparse.unite.assessment import (
    Assessment,
    PageRef,
    list_page,
    refer,
)
from peelparse.unite.copies import ASSESSING, match_copies
from peelparse.unite.forces import ForceKey, ForceKeys
from peelparse.unite.judgements import join_judgements
from peelparse.unite.page import Page
from peelparse.unite.questions import join_questions
from peelparse.unite.told import OVERVIEW_FIRST, Order, Told, fill_fields

_LAST: Final = "~"
"""Sorts after every name; stands for one that is missing."""

_TRUST: Final[tuple[ForceSource, ...]] = (
    "title",
    "text",
    "option",
    "address",
    "file_name",
)
"""Where a force's name is best read, the best first."""

_LETTER: Final[dict[str, Order]] = dict.fromkeys(
    ("heading", "inspector", "office", "paragraphs"), OVERVIEW_FIRST
)
_STATED: Final[dict[str, Order]] = dict.fromkeys(
    ("areas_inspected", "areas_graded"), OVERVIEW_FIRST
)


class _Key(NamedTuple):
    """What pages of one assessment have in common."""

    programme: Programme | None
    force: ForceKey | None
    edition: str | None

    def list_missing(self) -> list[str]:
        """What is not known, in words."""
        return [name for name in self._fields if getattr(self, name) is None]


def join(reports: Iterable[Report]) -> list[Assessment]:
    """Join pages of one force, programme and edition into one assessment.

    How pages are told apart and which of them says a value best is written in
    `peelparse.unite`.

    Args:
        reports: of any number of forces and editions, in any order.

    Returns:
        Assessments by programme, force and edition. A page that lacks one of the
        three is one of its own; pages that assess nothing are in `set_aside` of the
        assessment they belong to, or of one that has no pages.
    """
    given = list(reports)
    keys = ForceKeys(given)
    assessing: dict[_Key, list[Report]] = defaultdict(list)
    others: dict[_Key, list[Report]] = defaultdict(list)
    for report in given:
        groups = assessing if report.kind in ASSESSING else others
        groups[_find_key(report, keys)].append(report)
    joined: list[tuple[_Key, Assessment]] = []
    for key, group in assessing.items():
        if missing := key.list_missing():
            joined += (
                (key, _assemble(key, [page], [_tell(page, missing)]))
                for page in match_copies(group, is_one=False)
            )
        else:
            pages = match_copies(group, is_one=True)
            joined.append((key, _assemble(key, pages, [], others.pop(key, ()))))
    joined += ((key, _assemble(key, [], [], group)) for key, group in others.items())
    return [assessment for _, assessment in sorted(joined, key=_place)]


def _find_key(report: Report, keys: ForceKeys) -> _Key:
    force, programme = report.force, report.programme
    key: ForceKey | None = None
    if force:
        key = keys.find(force, programme) if programme else ("name", fold(force.name))
    return _Key(programme, key, report.edition)


def _tell(page: Page, missing: Sequence[str]) -> Diagnostic:
    return diagnose(
        "PP502", f"{page.best.source.name} has no {' and no '.join(missing)}"
    )


def _place(pair: tuple[_Key, Assessment]) -> tuple[str, ...]:
    """Where an assessment stands among all."""
    key, assessment = pair
    first = [*assessment.pages, *assessment.set_aside][0]
    return (
        key.programme or _LAST,
        key.force[1] if key.force else _LAST,
        key.edition or _LAST,
        first.sha256,
        first.name,
    )


def _assemble(
    key: _Key,
    pages: Sequence[Page],
    missing: Sequence[Diagnostic],
    others: Sequence[Report] = (),
) -> Assessment:
    """Make one assessment of its pages and of those that only belong to it."""
    record = edition(key.edition, key.programme) if key.edition else None
    pillars = record.pillars if record else ()
    judgements, disputes = join_judgements(pages, pillars)
    shared = shared_topics(key.edition, key.programme)
    questions, objections = join_questions(pages, pillars, shared)
    used = [page.best for page in pages]
    rest = _Rest(pages)
    force = _choose_force(used or others)
    languages = {report.language for report in used or others}
    return Assessment(
        force=force,
        programme=key.programme,
        edition=key.edition,
        language="cy" if languages == {"cy"} else "en",
        last_updated=rest.last_updated,
        judgements=judgements,
        questions=questions,
        observations=rest.observations,
        areas_inspected=rest.stated.areas_inspected,
        areas_graded=rest.stated.areas_graded,
        sources=rest.sources,
        pages=[list_page(report, "used") for report in used],
        set_aside=[*_list_copies(pages), *_list_others(others)],
        diagnostics=[*missing, *disputes, *objections],
    )


class _Rest:
    """What pages say that belongs to no pillar and no question."""

    def __init__(self, pages: Sequence[Page]) -> None:
        copies = [copy for page in pages for copy in page.iter_copies()]
        letters = [
            Told(report.observations, report, is_copy)
            for report, is_copy in copies
            if report.observations
        ]
        said = [Told(report.stated, report, is_copy) for report, is_copy in copies]
        letter, origins = fill_fields(letters, _LETTER)
        counts, self.sources = fill_fields(said, _STATED)
        self.stated = msgspec.structs.replace(Stated(), **counts)
        self.observations = None
        if letters:
            self.observations = msgspec.structs.replace(Observations(), **letter)
            refs = [ref for field in origins.values() for ref in field]
            self.sources["observations"] = [
                ref for place, ref in enumerate(refs) if ref not in refs[:place]
            ]
        dated = [page.best for page in pages if page.best.last_updated]
        latest = max(dated, key=lambda each: each.last_updated or "", default=None)
        self.last_updated = latest.last_updated if latest else None
        if latest:
            self.sources["last_updated"] = [refer(latest)]


def _choose_force(reports: Sequence[Report]) -> Force | None:
    """The force as the page names it that is most to be trusted."""
    forces = [report.force for report in reports if report.force]
    return min(
        forces,
        key=lambda each: (each.id is None, _TRUST.index(each.source), each.name),
        default=None,
    )


def _list_copies(pages: Sequence[Page]) -> Iterator[PageRef]:
    for page in pages:
        yield from page.list_aside()


def _list_others(reports: Sequence[Report]) -> Iterator[PageRef]:
    """Say of pages that assess nothing that they do not, and which are copies."""
    for page in match_copies(reports, is_one=True):
        yield list_page(page.best, "other", reason="assesses nothing")
        yield from page.list_aside()

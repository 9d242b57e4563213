"""What joining gives: pages of one force, programme and edition as one assessment.

A value is a `Judgement` or `Question` as on a page; `sources` says for each of its
fields which page it is from.
"""

from typing import Literal

import msgspec

from peelparse.report import (
    Diagnostic,
    Force,
    Judgement,
    Language,
    Observations,
    PageKind,
    Programme,
    Question,
    Report,
)

Role = Literal["used", "copy", "superseded", "other"]


class SourceRef(msgspec.Struct, frozen=True, kw_only=True):
    """A page that a value is from."""

    name: str
    """File name as given, as in the report's `source.name`."""
    sha256: str
    """Digest of the bytes as read, as in the report's `source.sha256`."""


Sources = dict[str, list[SourceRef]]
"""Field names to the pages that the values are from: one, or for a list that pages
share, the best first and then those that added to it. `grade` stands for all three
grade fields, `line` for all that say where on a page something stands. Fields that
no page fills are left out."""


class PageRef(msgspec.Struct, frozen=True, kw_only=True):
    """A page that was given, and what became of it."""

    name: str
    """File name as given."""
    sha256: str
    """Digest of the bytes as read."""
    address: str | None = None
    """The page's own address; null if unknown."""
    saved: str | None = None
    """When the copy was made; null if unknown."""
    kind: PageKind
    """What sort of page it is."""
    title: str | None = None
    """Title as printed; null where the copy lost it."""
    role: Role
    """`used`: its values are in the assessment; `copy`: another copy of a page that
    is used; `superseded`: an earlier state of one; `other`: it assesses nothing.
    Copies and earlier states lend only what the page that is used lacks."""
    of: SourceRef | None = None
    """The page that it is a copy or an earlier state of; null for other roles."""
    reason: str | None = None
    """Why it has this role, in a few words; null for `used`."""


class JoinedJudgement(msgspec.Struct, frozen=True, kw_only=True):
    """One pillar and its overall judgement."""

    value: Judgement
    """The judgement, each field from the page that says it best."""
    sources: Sources = {}
    """Where each field is from."""


class JoinedQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """One core question or area."""

    value: Question
    """The question, each field from the page that says it best."""
    sources: Sources = {}
    """Where each field is from."""


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """One force in one edition, each value once."""

    schema: Literal["peelparse.assessment/1"] = "peelparse.assessment/1"
    """Name and version of this shape."""
    force: Force | None = None
    """The force or service; null only where its pages name none."""
    programme: Programme | None = None
    """`PEEL` or `FRS`; null only where its pages name neither."""
    edition: str | None = None
    """Edition such as `2018-19`; null only where its page names none."""
    language: Language = "en"
    """Language of the texts; `cy` only if no page in English is used."""
    last_updated: str | None = None
    """The latest page date that belongs to no pillar, ISO 8601."""
    judgements: list[JoinedJudgement] = []
    """One for each pillar, in the edition's order."""
    questions: list[JoinedQuestion] = []
    """One for each question or area, by pillar and number or as the best page has
    them."""
    observations: Observations | None = None
    """The inspector's letter; null if no page has one."""
    areas_inspected: int | None = None
    """Stated number of areas inspected; null if no page states it."""
    areas_graded: int | None = None
    """Stated number of areas graded; null if no page states it."""
    sources: Sources = {}
    """Where the fields of the assessment itself are from."""
    pages: list[PageRef] = []
    """The pages that are used; empty where there are only pages that assess
    nothing."""
    set_aside: list[PageRef] = []
    """All other pages: copies, earlier states, and pages that assess nothing."""
    diagnostics: list[Diagnostic] = []
    """What a reader of the assessment should know; those of pages stay with them."""


def refer(report: Report) -> SourceRef:
    """Name the page of a report."""
    return SourceRef(name=report.source.name, sha256=report.source.sha256)


def list_page(
    report: Report, role: Role, of: Report | None = None, reason: str | None = None
) -> PageRef:
    """Say what became of a page.

    Args:
        report: the page.
        role: what it is to the assessment.
        of: the page that it is a copy or an earlier state of.
        reason: why, in a few words.
    """
    return PageRef(
        name=report.source.name,
        sha256=report.source.sha256,
        address=report.source.address,
        saved=report.source.saved,
        kind=report.kind,
        title=report.title,
        role=role,
        of=refer(of) if of else None,
        reason=reason,
    )

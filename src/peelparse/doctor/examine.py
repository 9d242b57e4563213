"""A report, or an error, to what a person should know of the copy that gave it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, Literal

import msgspec

from peelparse.blocks import Source
from peelparse.doctor.copies import REASONS, find_copy
from peelparse.errors import PeelparseError
from peelparse.report import Diagnostic, Report

Verdict = Literal["whole", "lacking", "nothing"]

LISTS: Final = (
    "findings",
    "areas_for_improvement",
    "causes_of_concern",
    "recommendations",
    "innovative_practice",
)
# codes that the way of saving explains: what the page prints is not in the copy
OF_THE_COPY: Final = frozenset(
    ("PP105", "PP106", "PP302", "PP305", "PP307", "PP310", "PP401")
)
NAMED: Final = 3  # places of one kind that are named; the others are counted


class Lack(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the copy lacks, or that a reader should check."""

    code: str
    """Stable code, documented in docs/diagnostics.md."""
    what: str
    """What was found, in one line."""
    why: str | None = None
    """Why such a copy lacks it; null where the copy does not explain it."""
    hint: str
    """What to do about it."""
    lines: list[int] = []
    """1-based lines, where they can be named."""


class Examination(msgspec.Struct, frozen=True, kw_only=True):
    """What one copy is, and what was read from it."""

    file: str
    """Name of the file, or of the page in it."""
    verdict: Verdict
    """`whole`: nothing is missing; `lacking`: see `lacks`; `nothing`: no report, or
    an assessment of which nothing was extracted."""
    format: str | None = None
    """What held the page; null where it could not be read."""
    encoding: str | None = None
    """Encoding that the bytes were decoded with."""
    dialect: str | None = None
    """How a text copy is laid out; null for HTML."""
    layout: str | None = None
    """What that dialect is, in words."""
    size: int | None = None
    """Bytes as read."""
    address: str | None = None
    """The page's own address; null if the copy does not hold it."""
    saved: str | None = None
    """When the copy was made; null if it does not say."""
    kind: str | None = None
    """Kind of page; null if there is no report."""
    programme: str | None = None
    """`PEEL` or `FRS`."""
    title: str | None = None
    """Title as printed."""
    force: str | None = None
    """Name of the force, and where it was read."""
    edition: str | None = None
    """Edition such as `2018-19`."""
    found: dict[str, int] = {}
    """How much was read, by name; what is not there is left out."""
    lacks: list[Lack] = []
    """What is missing, in the order of codes."""


def examine(source: Source, report: Report | None) -> Examination:
    """Say what a copy is, what was read from it, what it lacks, and why.

    Args:
        source: what the reader found.
        report: what was recognised; None if nothing was.
    """
    copy = find_copy(source.dialect, source.format)
    about = Examination(
        file=source.name,
        verdict="nothing",
        format=source.format,
        encoding=source.encoding,
        dialect=source.dialect,
        layout=copy.what,
        size=source.size,
        address=source.address,
        saved=source.saved,
    )
    if report is None:
        return about
    lacks = list(_gather(report.diagnostics, copy.loses))
    is_nothing = any(lack.code in {"PP401", "PP402"} for lack in lacks)
    return msgspec.structs.replace(
        about,
        verdict="nothing" if is_nothing else "lacking" if lacks else "whole",
        kind=report.kind,
        programme=report.programme,
        title=report.title,
        force=f"{report.force.name} ({report.force.source})" if report.force else None,
        edition=report.edition,
        found=_count(report),
        lacks=lacks,
    )


def examine_error(error: PeelparseError, about: Examination | None) -> Examination:
    """Add to what is known of a copy why it gave no report."""
    about = about or Examination(file=error.name or "-", verdict="nothing")
    found = f"{error.doing}: found {error.found}; expected {error.expected}"
    lack = Lack(
        code=error.code,
        what=found,
        hint=error.hint,
        lines=[error.line] if error.line else [],
    )
    return msgspec.structs.replace(about, lacks=[lack])


def _count(report: Report) -> dict[str, int]:
    """How much of each thing was read."""
    judgements, questions = report.judgements, report.questions
    counts = {
        "judgements": len(judgements),
        "judgements with a grade": sum(1 for each in judgements if each.grade),
        "questions": len(questions),
        "questions with a grade": sum(1 for each in questions if each.grade),
        "questions that this edition does not grade": sum(
            1 for each in questions if each.grade_status == "ungraded"
        ),
        "paragraphs": sum(len(each.summary) for each in judgements)
        + sum(len(each.narrative) for each in questions),
    }
    for name in LISTS:
        size = sum(len(getattr(each, name)) for each in questions)
        counts[name.replace("_", " ")] = size
    return {name: count for name, count in counts.items() if count}


def _gather(diagnostics: Sequence[Diagnostic], loses: str) -> Iterator[Lack]:
    """Warnings and errors, those of one code as one."""
    graver = (each for each in diagnostics if each.severity != "info")
    for code, group in groupby(graver, lambda each: each.code):
        same = list(group)
        more = len(same) - NAMED
        names = "; ".join(each.message for each in same[:NAMED])
        yield Lack(
            code=code,
            what=names + (f"; and {more} more" if more > 0 else ""),
            why=f"such a copy loses {loses}"
            if code in OF_THE_COPY
            else REASONS.get(code),
            hint=str(same[0].hint),
            lines=[each.line for each in same if each.line],
        )

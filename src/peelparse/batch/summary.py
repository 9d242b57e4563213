"""What a run found, in numbers, and what a person should look at first."""

from collections import Counter
from typing import Final

import msgspec

from peelparse.batch.manifest import Manifest
from peelparse.reference import iter_editions, iter_forces

_FEW: Final = 5
"""Names of each sort that are worth printing."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Which forces there are pages of, for one edition of PEEL."""

    edition: str
    """Id of the edition."""
    seen: int
    """Forces with a page."""
    missing: tuple[str, ...]
    """Ids of the others."""


class Summary(msgspec.Struct, kw_only=True):
    """What a run found."""

    inputs: int = 0
    """Files given, without those that were passed over."""
    worked: int = 0
    """Files that were read in this run."""
    vanished: int = 0
    """Files that were known and are given no more."""
    skipped: dict[str, int] = {}
    """Files and folders that were passed over, by reason."""
    written: bool = False
    """Whether the output was written; if not, it is as it was."""
    stopped: bool = False
    """Whether `--fail-fast` ended the run."""
    reports: int = 0
    """Pages with a report."""
    failures: int = 0
    """Pages and files without."""
    shortfalls: int = 0
    """Reports with an error among their diagnostics."""
    warnings: int = 0
    """Reports with a warning, and none graver."""
    pages: dict[tuple[str, str], int] = {}
    """Pages by kind and by programme and edition."""
    forces: list[Coverage] = []
    """Editions of PEEL that there are pages of."""
    codes: dict[str, int] = {}
    """Diagnostics by code."""
    look_at: list[tuple[str, str]] = []
    """Names of pages, with the reason to look at them, the gravest first."""

    def find_exit_code(self, *, strict: bool) -> int:
        """What the command's exit says; see `peelparse --help`."""
        if self.failures and self.reports and not self.stopped:
            return 3
        fell_short = self.failures or self.shortfalls or not self.reports
        return 1 if fell_short or (strict and self.warnings) else 0


def summarise(manifest: Manifest, summary: Summary) -> Summary:
    """Count what the manifest knows of this run's inputs.

    Args:
        manifest: one that knows of all inputs.
        summary: takes the counts.
    """
    ask = manifest.db.execute
    counts = dict(ask("SELECT coalesce(code, '-'), count(*) FROM page GROUP BY 1"))
    summary.reports = counts.pop("-", 0)
    counts.pop("", None)
    summary.failures = sum(counts.values())
    worst = dict(ask("SELECT worst, count(*) FROM page WHERE code IS NULL GROUP BY 1"))
    summary.shortfalls = worst.get("error", 0)
    summary.warnings = worst.get("warning", 0)
    summary.pages = {
        (kind, f"{programme or ''} {edition or ''}".strip()): count
        for kind, programme, edition, count in ask(
            "SELECT kind, programme, edition, count(*) FROM page WHERE code IS NULL"
            " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
    }
    codes: Counter[str] = Counter()
    for told, count in ask("SELECT codes, count(*) FROM page GROUP BY 1"):
        for code in told.split():
            codes[code] += count
    summary.codes = dict(sorted(codes.items()))
    summary.forces = _find_forces(manifest)
    summary.look_at = _choose_pages(manifest)
    return summary


def _find_forces(manifest: Manifest) -> list[Coverage]:
    """The forces of each edition that there are pages of."""
    inspected = [force.id for force in iter_forces("PEEL") if force.is_inspected]
    found = []
    for record in iter_editions("PEEL"):
        seen = {
            force
            for (force,) in manifest.db.execute(
                "SELECT DISTINCT force_id FROM page WHERE programme = 'PEEL'"
                " AND edition = ?",
                (record.id,),
            )
        }
        if seen:
            missing = tuple(force for force in inspected if force not in seen)
            count = len(inspected) - len(missing)
            found.append(Coverage(edition=record.id, seen=count, missing=missing))
    return found


def _choose_pages(manifest: Manifest) -> list[tuple[str, str]]:
    """Pages to look at first: those without a report, then those that fell short."""
    wanted = (
        "code > ''",
        "code IS NULL AND worst = 'error'",
        "worst = 'warning' AND codes LIKE '%PP3%'",
    )
    found = []
    for condition in wanted:
        for name, codes, message in manifest.db.execute(
            f"SELECT name, codes, message FROM page WHERE {condition}"  # noqa: S608
            f" ORDER BY file, place LIMIT {_FEW}"
        ):
            reason = " ".join(dict.fromkeys(codes.split()))
            found.append((name, f"{reason} {message or ''}".strip()))
    return found

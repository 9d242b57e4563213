"""The closing table of a run, as lines of text that fit a log and a terminal."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from peelparse.diagnostics import CATALOGUE
from peelparse.sources import make_printable

if TYPE_CHECKING:
    from peelparse.batch import Summary

_FEW: Final = 8
"""Names of forces that are worth printing."""


def list_lines(summary: "Summary", output: Path, *, quiet: bool) -> Iterator[str]:
    """Tell what a run found.

    Args:
        summary: what it found.
        output: where the data set is.
        quiet: whether to tell only of what went wrong.

    Yields:
        Lines of text; with `quiet`, one if the output was not written, else none.
    """
    if not summary.reports or summary.stopped:
        yield _explain_nothing(summary, output)
    if quiet:
        return
    yield from _list_pages(summary)
    yield from _list_forces(summary)
    yield from _list_codes(summary)
    yield from _list_first(summary)
    yield _conclude(summary, output)


def _explain_nothing(summary: "Summary", output: Path) -> str:
    if summary.stopped:
        reason = "stopped at the first page that failed, because of --fail-fast"
    elif summary.inputs:
        reason = "no page gave a report; peelparse explain shows what one holds"
    else:
        reason = "no file that could hold a page; check the folder"
    return f"peelparse: {reason}; {output} is as it was"


def _list_pages(summary: "Summary") -> Iterator[str]:
    """Pages by edition and kind."""
    kinds = sorted({kind for kind, _ in summary.pages})
    if not kinds:
        return
    table = [["", *kinds]]
    for edition in sorted({edition for _, edition in summary.pages}):
        counts = (summary.pages.get((kind, edition), 0) for kind in kinds)
        table.append([edition or "unknown", *(str(count or "·") for count in counts)])
    widths = [max(map(len, cells)) for cells in zip(*table, strict=True)]
    yield "Pages by edition and kind"
    for first, *rest in table:
        cells = (
            f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True)
        )
        yield f"  {first:<{widths[0]}}  {'  '.join(cells)}"


def _list_forces(summary: "Summary") -> Iterator[str]:
    """Forces seen and missing."""
    if summary.forces:
        yield "Police forces"
    for each in summary.forces:
        total = each.seen + len(each.missing)
        more = len(each.missing) - _FEW
        names = ", ".join(each.missing[:_FEW]) + (
            f" and {more} more" if more > 0 else ""
        )
        missing = f"; missing: {names}" if names and each.seen else ""
        yield f"  {each.edition}: {each.seen} of {total}{missing}"


def _list_codes(summary: "Summary") -> Iterator[str]:
    """Diagnostics by code, the most frequent first."""
    if summary.codes:
        yield "Diagnostics"
    for code, count in sorted(
        summary.codes.items(), key=lambda pair: (-pair[1], pair[0])
    ):
        entry = CATALOGUE.get(code)
        what = entry.message.format(found="…") if entry else "no report"
        yield f"  {code}  {count:>7,}  {what}"


def _list_first(summary: "Summary") -> Iterator[str]:
    """What to look at first."""
    if summary.look_at:
        yield "Look first at"
    for name, reason in summary.look_at:
        yield f"  {name}: {make_printable(reason)}"


def _conclude(summary: "Summary", output: Path) -> str:
    skipped = ", ".join(
        f"{count:,} {reason}" for reason, count in summary.skipped.items()
    )
    done = "written" if summary.written else "as it was"
    return (
        f"{summary.reports:,} reports of {summary.inputs:,} files "
        f"({summary.worked:,} read, {summary.vanished:,} gone"
        f"{f'; skipped: {skipped}' if skipped else ''}), "
        f"{summary.failures:,} failed; {output} is {done}"
    )

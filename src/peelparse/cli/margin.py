"""A page with its margin: a head on the page, then a line a block."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from peelparse.blocks import Page
from peelparse.cli.terminal import find_width, is_coloured
from peelparse.library import Explained
from peelparse.report import Force, Report
from peelparse.sources import make_printable

NARROW: Final = 40
"""Columns of text below which it gets lines of its own, under the margin."""

INDENT: Final = "         "


class Row(NamedTuple):
    """A line of output in three parts, so that colour can tell them apart."""

    margin: str
    text: str = ""
    style: str = ""


def draw(page: Page, report: Report | None, blocks: Sequence[Explained]) -> str:
    """Draw a page for a terminal, or for a pipe in lines of any length.

    Args:
        page: the page as read.
        report: what was recognised, if anything.
        blocks: its blocks with their places.

    Returns:
        Lines, each with its line feed; in colour if standard output wants it.
    """
    width = find_width()
    head = [line for row in _iter_head(page, report) for line in _wrap(row, width)]
    rows = [*head, Row(""), *_iter_blocks(blocks, width), Row("")]
    if is_coloured():
        return _paint(rows)
    return "".join(f"{row.margin}{row.text}".rstrip() + "\n" for row in rows)


def _iter_head(page: Page, report: Report | None) -> Iterator[Row]:
    """What the page is, and what a reader should know of it."""
    source = page.source
    form = ", ".join(filter(None, (source.format, source.dialect, source.encoding)))
    yield _head("file", f"{source.name} ({form}; {source.size:,} bytes)")
    if source.address:
        yield _head("address", source.address)
    if report is None:
        yield _head("kind", "none: nothing marks it as a page of HMICFRS", "bold red")
        return
    yield _head("title", report.title or "none")
    yield _head("kind", f"{report.kind} ({report.programme or 'programme unknown'})")
    yield _head("force", _describe_force(report.force))
    yield _head("edition", report.edition or "unknown")
    cover = report.coverage
    yield _head(
        "coverage",
        f"{cover.blocks} blocks: {cover.placed} placed, {cover.chrome} chrome, "
        f"{len(cover.unclaimed)} unclaimed",
        "bold red" if cover.unclaimed else "",
    )
    for diagnostic in report.diagnostics:
        place = f"line {diagnostic.line}: " if diagnostic.line else ""
        yield _head(
            diagnostic.severity,
            f"{diagnostic.code} {place}{diagnostic.message} ({diagnostic.hint})",
            "" if diagnostic.severity == "info" else "yellow",
        )


def _head(name: str, text: str, style: str = "") -> Row:
    return Row(f"{name:<10}", make_printable(text), style)


def _wrap(row: Row, width: int | None) -> list[Row]:
    """A row of the head as lines that fit; the margin stands before the first."""
    if width is None:
        return [row]
    room = max(NARROW, width) - len(row.margin)
    lines = textwrap.wrap(row.text, room, break_on_hyphens=False) or [""]
    blank = " " * len(row.margin)
    return [
        Row(blank if number else row.margin, line, row.style)
        for number, line in enumerate(lines)
    ]


def _describe_force(force: Force | None) -> str:
    if force is None:
        return "none"
    return f"{force.name} ({force.id or 'not in the reference list'}; {force.source})"


def _iter_blocks(blocks: Sequence[Explained], width: int | None) -> Iterator[Row]:
    """A line a block, or two where the terminal is narrow; columns are aligned."""
    cells = [("line", "label", "rule", "field")]
    cells += [
        (str(block.line), block.label or block.kind, block.rule, block.field)
        for block in blocks
    ]
    line, label, rule, field = (
        max(map(len, column)) for column in zip(*cells, strict=True)
    )
    margins = [
        f"{cell[0]:>{line}}  {cell[1]:<{label}}  {cell[2]:<{rule}}  {cell[3]:<{field}}  "
        for cell in cells
    ]
    room = None if width is None else width - len(margins[0]) - 2
    is_narrow = room is not None and room < NARROW
    if width is not None and is_narrow:
        room = max(NARROW, width) - len(INDENT)
    yield Row(f"  {margins[0]}", "" if is_narrow else "text", "bold")
    for block, margin in zip(blocks, margins[1:], strict=True):
        is_unclaimed = block.field == "unclaimed"
        style = "bold red" if is_unclaimed else "dim" if block.field == "chrome" else ""
        start = f"{'!' if is_unclaimed else ' '} {margin}"
        text = _cut(make_printable(block.text), room)
        if is_narrow:
            yield Row(start, "", style)
            yield Row(INDENT, text, style)
        else:
            yield Row(start, text, style)


def _cut(text: str, room: int | None) -> str:
    """The text, cut to the room there is, and marked if it was."""
    return text if room is None or len(text) <= room else text[: room - 1] + "…"


def _paint(rows: Sequence[Row]) -> str:
    """Rows in colour, each still one line."""
    from rich.console import Console  # noqa: PLC0415  only where colour is wanted
    from rich.text import Text  # noqa: PLC0415  as above

    longest = max(len(row.margin) + len(row.text) for row in rows)
    console = Console(
        width=find_width() or 2 * longest + 1, force_terminal=True, legacy_windows=False
    )
    with console.capture() as capture:
        for row in rows:
            line = Text(row.margin, style=row.style or "cyan")
            line.append(row.text, style=row.style)
            line.rstrip()
            console.print(line, no_wrap=True, overflow="crop", crop=True)
    return capture.get()

"""`peelparse doctor`: what a copy is, what it lacks, why, and what to do."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Final, Unpack

import click

from peelparse.cli.guard import guard
from peelparse.cli.options import (
    EXIT_CODES,
    Overrides,
    add_overrides,
    make_limits,
    make_options,
)
from peelparse.cli.terminal import find_width, write_stdout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peelparse.blocks import Page
    from peelparse.cli.messages import Messages
    from peelparse.doctor import Examination
    from peelparse.errors import PeelparseError
    from peelparse.pipeline import Outcome
    from peelparse.recognise import Options

INDENT: Final = 10
WIDTH: Final = 88
NARROW: Final = 30
VERDICTS: Final = {
    "whole": "nothing is missing, as far as the copy itself can tell",
    "lacking": "a report; check what is named below",
    "nothing": "no assessment of a force was read from it",
}


class Given(Overrides):
    """The argument and options of `doctor`."""

    file: str
    as_json: bool
    skeleton: bool
    output: str | None


@click.command(
    "doctor",
    epilog=EXIT_CODES,
    short_help="Explain a copy: what it is, what it lacks, why, what to do.",
)
@click.argument("file", metavar="FILE", type=click.UNPROCESSED)
@click.option(
    "--json", "as_json", is_flag=True, help="Write JSON Lines, one object a page."
)
@click.option(
    "--skeleton",
    is_flag=True,
    help="Write the page's structure without its prose in place of the explanation, "
    "to attach to a bug report.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write the skeleton there, beside the explanation on standard output.",
)
@add_overrides
def doctor_command(**given: Unpack[Given]) -> None:
    """Explain in one screen what a copy is and what it lacks; - is standard input.

    \b
    Examples:
      peelparse doctor page.txt
      peelparse doctor page.txt -o skeleton.txt
      peelparse doctor crawl.warc.gz --json | jq 'select(.verdict != "whole")'

    The skeleton has the kinds of blocks, the shapes of words and the official labels;
    everything else that the page says is replaced.
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    if given["output"] and Path(given["output"]).is_dir():
        message = f"-o {given['output']} is a folder: name a file."
        raise click.UsageError(message)
    with guard():
        raise click.exceptions.Exit(_run(given))


def _run(given: Given) -> int:
    """Examine every page of the file; returns the exit code."""
    from peelparse.cli.inputs import iter_read  # noqa: PLC0415  heavy
    from peelparse.cli.messages import Messages  # noqa: PLC0415  heavy
    from peelparse.doctor import draw_skeleton  # noqa: PLC0415  heavy
    from peelparse.errors import PeelparseError  # noqa: PLC0415

    options = make_options(given)
    messages = Messages("jsonl" if given["as_json"] else "text", quiet=True)
    skeletons: list[str] = []
    for page in iter_read(given["file"], given["address"], limits=make_limits(given)):
        outcome = _recognise(page, options)
        if isinstance(outcome, PeelparseError):
            messages.count_error(outcome)
        else:
            messages.count_report(outcome[1].report)
        if not isinstance(page, PeelparseError):
            found = None if isinstance(outcome, PeelparseError) else outcome[1]
            skeletons.append(draw_skeleton(page, found))
        if not given["skeleton"]:
            _show(_examine(page, outcome), as_json=given["as_json"])
    messages.finish()
    drawn = "\n".join(skeletons).encode()
    if given["skeleton"]:
        write_stdout(drawn)
    return _save(given["output"], drawn, messages) or messages.exit_code


def _recognise(page: "Page | PeelparseError", options: "Options") -> "Outcome":
    """What a page gives; what could not be read stays an error."""
    from peelparse.cli.inputs import attempt  # noqa: PLC0415  heavy
    from peelparse.errors import PeelparseError  # noqa: PLC0415

    return page if isinstance(page, PeelparseError) else attempt(page, options)


def _examine(page: "Page | PeelparseError", outcome: "Outcome") -> "Examination":
    from peelparse.doctor import examine, examine_error  # noqa: PLC0415  heavy
    from peelparse.errors import PeelparseError  # noqa: PLC0415

    if not isinstance(outcome, PeelparseError):
        return examine(outcome[0].source, outcome[1].report)
    about = None if isinstance(page, PeelparseError) else examine(page.source, None)
    return examine_error(outcome, about)


def _save(path: str | None, drawn: bytes, messages: "Messages") -> int:
    """Put the skeleton where it was asked for; 1 if it could not be."""
    from peelparse.errors import PeelparseError  # noqa: PLC0415
    from peelparse.write import write_file  # noqa: PLC0415  heavy

    if path is None or not drawn:
        return 0
    try:
        write_file(path, drawn)
    except PeelparseError as error:
        messages.count_error(error)
        return 1
    return 0


def _show(about: "Examination", *, as_json: bool) -> None:
    """Write one page's explanation."""
    import msgspec  # noqa: PLC0415  heavy

    if as_json:
        write_stdout(msgspec.json.encode(about) + b"\n")
    else:
        lines = [line for row in _iter_rows(about) for line in _wrap(*row)]
        write_stdout("".join(f"{line}\n" for line in (*lines, "")).encode())


def _iter_rows(about: "Examination") -> "Iterator[tuple[str, str]]":
    """The rows of the screen: a name and what is known under it."""
    from peelparse.sources import make_printable  # noqa: PLC0415  heavy

    yield "file", make_printable(about.file)
    yield "verdict", VERDICTS[about.verdict]
    if about.format:
        form = (about.format, about.dialect, about.encoding, f"{about.size:,} bytes")
        yield "copy", ", ".join(filter(None, form))
        yield "", about.layout or ""
        yield "address", about.address or "not in this copy; --address gives it"
        yield "saved", about.saved or "not in this copy"
    if about.kind:
        yield "kind", f"{about.kind} ({about.programme or 'programme unknown'})"
        yield "title", about.title or "none"
        yield "force", about.force or "none"
        yield "edition", about.edition or "unknown"
        counts = (f"{name}: {count}" for name, count in about.found.items())
        yield "found", ", ".join(counts) or "nothing"
    for lack in about.lacks:
        yield lack.code, make_printable(lack.what)
        if lack.lines:
            yield "  where", f"line {', '.join(map(str, lack.lines))}"
        if lack.why:
            yield "  why", lack.why
        yield "  do", lack.hint


def _wrap(name: str, text: str) -> list[str]:
    """A row in lines that fit the terminal, and 88 columns where there is none."""
    room = max(NARROW, min(find_width() or WIDTH, WIDTH) - INDENT)
    lines = textwrap.wrap(text, room, break_on_hyphens=False) or [""]
    starts = [name, *[""] * len(lines)]
    return [
        f"{start:<{INDENT}}{line}".rstrip()
        for start, line in zip(starts, lines, strict=False)
    ]

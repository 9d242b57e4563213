"""`peelparse parse`: pages to JSON, JSON Lines or CSV."""

import os
import sys
from typing import TYPE_CHECKING, Final, Literal, Unpack

import click

from peelparse.cli.guard import guard
from peelparse.cli.options import (
    EXIT_CODES,
    Overrides,
    add_overrides,
    make_limits,
    make_options,
)
from peelparse.cli.terminal import is_terminal

if TYPE_CHECKING:
    from peelparse.cli.csv_output import CsvWriter
    from peelparse.cli.messages import Messages
    from peelparse.cli.outputs import JsonWriter, Target

Format = Literal["json", "jsonl", "csv"]
Table = Literal["reports", "judgements", "questions", "items", "diagnostics"]

FORMATS: Final[tuple[Format, ...]] = ("json", "jsonl", "csv")
TABLES: Final[tuple[Table, ...]] = (
    "reports",
    "judgements",
    "questions",
    "items",
    "diagnostics",
)
SUFFIXES: Final[dict[str, Format]] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
}


class Given(Overrides):
    """The arguments and options of `parse`."""

    files: tuple[str, ...]
    form: Format | None
    table: Table | None
    excel: bool
    output: str
    pretty: bool | None
    provenance: bool
    strict: bool
    fail_fast: bool
    diagnostics: Literal["text", "jsonl"]
    quiet: bool
    verbose: bool


@click.command(
    "parse", epilog=EXIT_CODES, short_help="Print pages as JSON, JSON Lines or CSV."
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.UNPROCESSED)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="json: an object for one page, an array for several; jsonl: a line a page; "
    "csv: one table. Without it, the ending of -o decides, else one page is an object "
    "and several are lines.",
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    help="The table for csv.  [default: questions]",
)
@click.option(
    "--excel",
    is_flag=True,
    help="Write csv that opens with a double click: byte order mark, no formulas, "
    "cells cut to what Excel holds. This alters data.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    help="Write there, whole or not at all; - is standard output.",
)
@click.option(
    "--pretty/--compact",
    "pretty",
    default=None,
    help="Whether to indent JSON.  [default: on a terminal]",
)
@add_overrides
@click.option(
    "--provenance",
    is_flag=True,
    help="Add to every value its element path (HTML) and, where the page's address is "
    "known, a link that opens the live page at the words.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if there is a warning.")
@click.option(
    "--fail-fast",
    is_flag=True,
    help="Stop at the first page that gives no report or falls short.",
)
@click.option(
    "--diagnostics",
    type=click.Choice(("text", "jsonl")),
    default="text",
    show_default=True,
    help="How to write messages on standard error.",
)
@click.option("-q", "--quiet", is_flag=True, help="Tell of errors only.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Tell of what is only for notice too."
)
def parse_command(**given: Unpack[Given]) -> None:
    """Parse saved pages; - is standard input.

    \b
    Examples:
      peelparse parse page.html
      peelparse parse *.html > reports.jsonl
      peelparse parse *.html -f csv --table items -o items.csv
      peelparse parse page.txt | jq '.questions[] | {number, text, grade}'

    Data goes to standard output, and messages to standard error as
    `file:line: CODE what was found (what to do)`.
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    files = given["files"]
    if not files and (sys.stdin is None or sys.stdin.isatty()):
        raise click.UsageError(
            "Name a file, such as page.html, or - for standard input."
        )
    given["files"] = files or ("-",)
    with guard():
        _check(given)
        raise click.exceptions.Exit(_run(given))


def _check(given: Given) -> None:
    """Refuse options that contradict each other, and settle the format."""
    files, output = given["files"], given["output"]
    if given["form"] is None and given["pretty"]:
        given["form"] = "json"
    if given["form"] is None:
        ending = os.path.splitext(output)[1]  # noqa: PTH122  see _find_output_fault
        given["form"] = SUFFIXES.get(ending.lower())
    contradictions = {
        "--table is for csv: add -f csv.": given["table"] and given["form"] != "csv",
        "--excel is for csv: add -f csv.": given["excel"] and given["form"] != "csv",
        "--pretty is for json: csv and jsonl have one line a record.": given["pretty"]
        and given["form"] != "json",
        "--quiet and --verbose contradict each other.": given["quiet"]
        and given["verbose"],
        "--address is of one page: give one file.": given["address"] and len(files) > 1,
        "- can be given once: standard input ends.": files.count("-") > 1,
    }
    for message, is_contradiction in contradictions.items():
        if is_contradiction:
            raise click.UsageError(message)
    if output != "-" and (fault := _find_output_fault(output, files)):
        message = f"-o {click.format_filename(output)} {fault}."
        raise click.UsageError(message)


def _find_output_fault(place: str, files: tuple[str, ...]) -> str | None:
    """What is wrong with a place, as far as is known before anything is read."""
    from pathlib import Path  # noqa: PLC0415  4 ms that standard output needs not

    output = Path(place)
    if output.is_dir():
        return "is a folder: name a file"
    if not output.parent.is_dir():
        return "is in a folder that does not exist: make it first"
    inputs = (Path(name) for name in files if name != "-")
    if output.exists() and any(
        each.exists() and each.samefile(output) for each in inputs
    ):
        return "is one of the files to be read: name another"
    return None


def _run(given: Given) -> int:
    """Parse everything; returns the exit code."""
    from peelparse.cli.inputs import iter_outcomes  # noqa: PLC0415  heavy
    from peelparse.cli.messages import Messages  # noqa: PLC0415  heavy
    from peelparse.cli.outputs import Target  # noqa: PLC0415  heavy
    from peelparse.errors import PeelparseError  # noqa: PLC0415

    options = make_options(given, provenance=given["provenance"])
    messages = Messages(
        given["diagnostics"],
        quiet=given["quiet"],
        verbose=given["verbose"],
        strict=given["strict"],
    )
    target = Target(given["output"])
    writer = _make_writer(given, target, messages)
    for outcome in iter_outcomes(
        given["files"], options, given["address"], make_limits(given)
    ):
        if isinstance(outcome, PeelparseError):
            messages.count_error(outcome)
        else:
            report = outcome[1].report
            writer.add(report)
            messages.count_report(report)
        if given["fail_fast"] and messages.exit_code:
            break
    writer.finish()
    messages.finish()
    if messages.reports:
        try:
            target.finish()
        except PeelparseError as error:
            messages.count_error(error)
            return 1
    return messages.exit_code


def _make_writer(
    given: Given, target: "Target", messages: "Messages"
) -> "JsonWriter | CsvWriter":
    if given["form"] == "csv":
        from peelparse.cli.csv_output import CsvWriter  # noqa: PLC0415  heavy

        table = given["table"] or "questions"
        return CsvWriter(target, messages, table, excel=given["excel"])
    from peelparse.cli.outputs import JsonWriter  # noqa: PLC0415  heavy

    pretty = given["pretty"]
    if pretty is None:
        pretty = target.path == "-" and is_terminal()
    return JsonWriter(
        target,
        pretty=pretty,
        is_array=given["form"] == "json",
        is_alone=given["form"] != "jsonl" and len(given["files"]) == 1,
    )

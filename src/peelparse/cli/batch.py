"""`peelparse batch`: folders of pages to one data set."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Unpack

import click

from peelparse.cli.guard import INTERRUPTED, guard
from peelparse.cli.options import (
    EXIT_CODES,
    Overrides,
    add_overrides,
    make_limits,
    make_options,
)

if TYPE_CHECKING:
    from peelparse.batch import Inputs, Manifest, Settings, Staff

STDIN = "-"


class Given(Overrides):
    """The arguments and options of `batch`."""

    inputs: tuple[str, ...]
    output: str
    form: Literal["folder", "sqlite", "xlsx", "parquet"] | None
    jobs: int | None
    files_from: str | None
    is_nul: bool
    resume: bool
    fresh: bool
    page_timeout: float | None
    cluster: str | None
    provenance: bool
    strict: bool
    fail_fast: bool
    quiet: bool


@click.command("batch", epilog=EXIT_CODES, short_help="Make a data set of folders.")
@click.argument(
    "inputs", nargs=-1, metavar="[FOLDER|FILE|GLOB]...", type=click.UNPROCESSED
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    required=True,
    help="A folder, or a file that ends in .sqlite, .db, .xlsx or .parquet; written "
    "whole or not at all. OUT.peelparse, beside it, remembers what was parsed.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(("folder", "sqlite", "xlsx", "parquet")),
    help="What OUT is to be.  [default: by its ending, else a folder of CSV]",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that parse; 1 is this one.  [default: the number of cores]",
)
@click.option(
    "--files-from",
    metavar="FILE",
    help="Take more inputs from a list, one a line; - is standard input.",
)
@click.option(
    "-0", "--null", "is_nul", is_flag=True, help="The list has a NUL after each name."
)
@click.option("--resume", is_flag=True, help="Go on with a run that was broken off.")
@click.option(
    "--fresh", is_flag=True, help="Parse everything again; replace OUT whatever it is."
)
@click.option(
    "--page-timeout",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Give up a page that holds a worker longer; 0 is never.  [default: 60]",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Parse on the Dask cluster of this scheduler, such as tcp://host:8786.",
)
@add_overrides
@click.option(
    "--provenance/--no-provenance",
    default=True,
    show_default=True,
    help="Add to every value its element path and a link that opens the live page at "
    "the words.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if there is a warning.")
@click.option(
    "--fail-fast",
    is_flag=True,
    help="Stop at the first page that gives no report or falls short; OUT stays.",
)
@click.option("-q", "--quiet", is_flag=True, help="Tell of errors only.")
def batch_command(**given: Unpack[Given]) -> None:
    """Make a data set of saved pages, or bring one up to date.

    \b
    Examples:
      peelparse batch saved/ -o data/
      peelparse batch saved/ -o peel.sqlite --jobs 8
      peelparse batch 'saved/**/*.html' crawl.warc.gz -o peel.xlsx
      find . -name '*.mhtml' -print0 | peelparse batch --files-from - -0 -o data/

    Folders are read with all that is in them. A second run parses only what has
    changed. The output is the same whatever the number of workers.
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    with guard():
        _check(given)
        raise click.exceptions.Exit(_run(given))


def _check(given: Given) -> None:
    """Refuse options that contradict each other."""
    output = Path(given["output"])
    contradictions = {
        "Name a folder, a file, a pattern, or a list with --files-from.": not (
            given["inputs"] or given["files_from"]
        ),
        "--null is for lists: add --files-from.": given["is_nul"]
        and not given["files_from"],
        "--resume and --fresh contradict each other.": given["resume"]
        and given["fresh"],
        "--address is of one page: use peelparse parse.": given["address"],
        "--page-timeout and --jobs are for this machine: a cluster has its own.": given[
            "cluster"
        ]
        and (given["page_timeout"] is not None or given["jobs"]),
        "-o is a folder that does not exist: make it first.": not output.resolve().parent.is_dir(),
    }
    for message, is_contradiction in contradictions.items():
        if is_contradiction:
            raise click.UsageError(message)


@contextmanager
def _explain() -> Iterator[None]:
    """What cannot be as wrong usage, what went wrong in one line."""
    from peelparse.errors import OptionError, PeelparseError  # noqa: PLC0415

    try:
        yield
    except OptionError as error:
        raise click.UsageError(str(error)) from error
    except PeelparseError as error:
        click.echo(f"{error.name or 'peelparse'}: {error.code} {error}", err=True)
        raise click.exceptions.Exit(1) from error


def _run(given: Given) -> int:
    """Make the data set; returns the exit code."""
    from peelparse.batch import Manifest, Settings, Staff  # noqa: PLC0415  heavy
    from peelparse.write.datasets import choose_form  # noqa: PLC0415

    output = Path(given["output"])
    with _explain():
        settings = Settings(
            output=output,
            form=choose_form(output, given["form"]),
            options=make_options(given, provenance=given["provenance"]),
            limits=make_limits(given),
            fail_fast=given["fail_fast"],
            strict=given["strict"],
            fresh=given["fresh"],
            sends_bytes=given["cluster"] is not None,
        )
        if given["resume"] and not Manifest.find(output).exists():
            message = (
                f"--resume: there is no {Manifest.find(output).name} to go on from."
            )
            raise click.UsageError(message)
        inputs = _find_inputs(given, output)
        staff = Staff(given["jobs"], given["page_timeout"], given["cluster"])
        with (
            closing(staff),
            closing(Manifest(output, fresh=given["fresh"])) as manifest,
        ):
            return _gather(manifest, inputs, staff, settings, quiet=given["quiet"])


def _find_inputs(given: Given, output: Path) -> "Inputs":
    from peelparse.batch import Inputs, Manifest  # noqa: PLC0415  heavy
    from peelparse.batch.inputs import read_list  # noqa: PLC0415

    listed: Sequence[str] = ()
    if place := given["files_from"]:
        try:
            data = (
                sys.stdin.buffer.read() if place == STDIN else Path(place).read_bytes()
            )
        except OSError as error:
            message = f"--files-from {place}: {error.strerror}."
            raise click.UsageError(message) from error
        listed = read_list(data, is_nul=given["is_nul"])
    return Inputs(given["inputs"], listed, Manifest.list_own(output))


def _gather(
    manifest: "Manifest",
    inputs: "Inputs",
    staff: "Staff",
    settings: "Settings",
    *,
    quiet: bool,
) -> int:
    from peelparse.batch import gather  # noqa: PLC0415  heavy
    from peelparse.cli.batch_view import open_view  # noqa: PLC0415

    with open_view(quiet=quiet) as view:
        try:
            summary = gather(manifest, inputs, staff, settings, view)
        except KeyboardInterrupt:
            view.tell_interrupted(settings.output)
            raise click.exceptions.Exit(INTERRUPTED) from None
    view.show_summary(summary, settings.output)
    return summary.find_exit_code(strict=settings.strict)

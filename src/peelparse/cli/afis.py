"""`peelparse afis`: a register of areas for improvement, kept up to date by pages."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Unpack

import click

from peelparse.cli.guard import guard
from peelparse.cli.options import (
    EXIT_CODES,
    Overrides,
    add_overrides,
    make_limits,
    make_options,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peelparse.cli.messages import Messages
    from peelparse.errors import PeelparseError
    from peelparse.recognise import Options
    from peelparse.register import Counts, Register
    from peelparse.report import Report

_STDOUT: Final = "-"

_REPORT: Final = b'{"schema":"peelparse.report/1"'
"""How a line of reports.jsonl begins."""


class Result(NamedTuple):
    """A register brought up to date."""

    register: "Register"
    """With everything that is to be in it."""
    counts: "Counts"
    """What the pages changed."""
    conflicts: int
    """Cells that hold more than one value."""
    merged: int
    """Rows that only other people's copies had."""


class Given(Overrides):
    """The arguments and options of `afis`."""

    files: tuple[str, ...]
    output: str
    others: tuple[str, ...]
    recommendations: bool
    strict: bool
    quiet: bool


@click.command(
    "afis",
    epilog=EXIT_CODES,
    short_help="Keep a register of areas for improvement up to date.",
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.UNPROCESSED)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default=_STDOUT,
    help="The register, .csv or .xlsx; it is made if there is none. - writes a new one "
    "to standard output.",
)
@click.option(
    "--merge",
    "others",
    metavar="FILE",
    multiple=True,
    help="Another person's copy of the register, to be added; may be repeated.",
)
@click.option(
    "--recommendations",
    is_flag=True,
    help="Keep recommendations too, not only areas for improvement and causes of "
    "concern.",
)
@add_overrides
@click.option("--strict", is_flag=True, help="Exit with 1 if there is a warning.")
@click.option("-q", "--quiet", is_flag=True, help="Tell of errors only.")
def afis_command(**given: Unpack[Given]) -> None:
    """Keep a register of areas for improvement and causes of concern; - is standard input.

    \b
    Examples:
      peelparse afis *.html -o register.csv
      peelparse afis new-page.html -o register.xlsx
      peelparse afis dataset/reports.jsonl -o register.csv
      peelparse afis -o register.csv --merge from-bea.csv

    FILE is a saved page, or the reports.jsonl of a data set. Add any columns you like
    beside owner, status, due and evidence: what you type stays, and no row is ever
    deleted. The column change marks what is new, changed, vanished or returned; where
    two copies differ, a cell holds both values with || between them.
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    if not given["files"] and not given["others"]:
        if sys.stdin is None or sys.stdin.isatty():
            raise click.UsageError(
                "Name a page, such as page.html, or a register with --merge."
            )
        given["files"] = ("-",)
    _check(given)
    with guard():
        raise click.exceptions.Exit(_run(given))


def _check(given: Given) -> None:
    """Refuse options that contradict each other."""
    output, files = Path(given["output"]), given["files"]
    suffix = output.suffix.lower()
    contradictions = {
        "-o: a register is a file that ends in .csv or .xlsx.": given["output"]
        != _STDOUT
        and suffix not in {".csv", ".xlsx"},
        "--address is of one page: give one file.": given["address"] and len(files) > 1,
        "- can be given once: standard input ends.": files.count("-") > 1,
    }
    for message, is_contradiction in contradictions.items():
        if is_contradiction:
            raise click.UsageError(message)
    if not output.parent.is_dir():
        message = (
            f"-o {click.format_filename(output)} is in a folder that does not exist."
        )
        raise click.UsageError(message)


def _run(given: Given) -> int:
    """Update the register; returns the exit code."""
    from peelparse.cli.messages import Messages  # noqa: PLC0415  heavy
    from peelparse.errors import PeelparseError  # noqa: PLC0415

    options = make_options(given, provenance=True)
    messages = Messages(quiet=given["quiet"], strict=given["strict"])
    try:
        is_there = given["output"] != _STDOUT and Path(given["output"]).exists()
        old = _load(given["output"] if is_there else _STDOUT)
        others = [_load(name) for name in given["others"]]
        reports = list(_iter_reports(given, options, messages))
        messages.finish()
        if reports or others:
            _keep(given, messages, old, _update(given, old, others, reports))
    except PeelparseError as error:
        messages.count_error(error)
        return 1
    return messages.exit_code


def _load(name: str) -> "Register":
    """The register that is there, or a new one."""
    from peelparse.register import Register, load_register  # noqa: PLC0415  heavy

    return Register() if name == _STDOUT else load_register(name)


def _iter_reports(
    given: Given, options: "Options", messages: "Messages"
) -> "Iterator[Report]":
    """Reports of all files; what gives none is told."""
    from peelparse.cli.inputs import iter_outcomes  # noqa: PLC0415  heavy
    from peelparse.errors import PeelparseError  # noqa: PLC0415

    for name in given["files"]:
        if _holds_reports(name):
            outcomes = _iter_saved(name)
        else:
            outcomes = (
                each if isinstance(each, PeelparseError) else each[1].report
                for each in iter_outcomes(
                    [name], options, given["address"], make_limits(given)
                )
            )
        for outcome in outcomes:
            if isinstance(outcome, PeelparseError):
                messages.count_error(outcome)
            else:
                messages.count_report(outcome)
                yield outcome


def _holds_reports(name: str) -> bool:
    """Whether a file is the reports.jsonl of a data set, not a page."""
    if Path(name).suffix.lower() != ".jsonl":
        return False
    try:
        with Path(name).open("rb") as file:
            return file.read(len(_REPORT)) == _REPORT
    except OSError:
        return False  # reading it as a page tells what is wrong


def _iter_saved(name: str) -> "Iterator[Report | PeelparseError]":
    """Reports of a data set, one a line."""
    from peelparse.errors import ReadError  # noqa: PLC0415
    from peelparse.write import read_json  # noqa: PLC0415  heavy

    with Path(name).open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield read_json(line)
            except ReadError as error:
                error.name, error.line = name, number
                yield error


def _update(
    given: Given,
    old: "Register",
    others: "list[Register]",
    reports: "list[Report]",
) -> "Result":
    """The register with what other people and the pages have to add."""
    from peelparse.register import (  # noqa: PLC0415  heavy
        KINDS,
        collect,
        mark_conflicts,
        merge,
        update,
    )

    register = old.copy()
    for other in others:
        merge(register, other)
    merged = len(register.rows) - len(old.rows)
    kinds = KINDS if given["recommendations"] else KINDS[:2]
    counts = update(register, collect(reports, kinds))
    return Result(register, counts, mark_conflicts(register), merged)


def _keep(given: Given, messages: "Messages", old: "Register", new: "Result") -> None:
    """Write the register if it differs, and say what is new in it."""
    from peelparse.cli.terminal import write_stdout  # noqa: PLC0415
    from peelparse.register import save_register, write_csv  # noqa: PLC0415  heavy

    output, register = given["output"], new.register
    is_new = output == _STDOUT or not Path(output).exists()
    if output == _STDOUT:
        write_stdout(write_csv(register))
    elif is_new or not register.is_same(old):
        save_register(output, register)
    for remark in old.remarks:
        _tell(messages, output, f"the library for workbooks warns: {remark}")
    if new.conflicts:
        what = f"{new.conflicts} cells hold what two people typed, with || between"
        _tell(messages, output, what, "look for them by the column conflicts")
    if not any(register.get(place, "id") for place in range(len(register.rows))):
        _tell(messages, output, "the pages hold no area for improvement", is_error=True)
    if not given["quiet"]:
        counts = ", ".join(
            f"{count} {name}" for name, count in new.counts._asdict().items()
        )
        counts += f", {new.merged} from other copies" if new.merged else ""
        state = "as it was" if not is_new and register.is_same(old) else counts
        click.echo(f"{output}: {len(register.rows)} rows; {state}", err=True)


def _tell(
    messages: "Messages",
    name: str,
    what: str,
    hint: str = "",
    *,
    is_error: bool = False,
) -> None:
    """Tell of something about the register as a whole."""
    from peelparse.cli.messages import Message  # noqa: PLC0415  heavy
    from peelparse.errors import WriteError  # noqa: PLC0415

    messages.count_shortfall(
        Message(
            file=name,
            code=WriteError.code,
            severity="error" if is_error else "warning",
            message=what,
            hint=hint or None,
        )
    )

"""`peelparse explain`: a page as it was read, with what became of every block."""

from typing import TYPE_CHECKING, Unpack

import click

from peelparse.cli.guard import guard
from peelparse.cli.options import (
    EXIT_CODES,
    Overrides,
    add_overrides,
    make_limits,
    make_options,
)
from peelparse.cli.terminal import write_stdout

if TYPE_CHECKING:
    from peelparse.blocks import Page
    from peelparse.recognise import Recognition


class Given(Overrides):
    """The argument and options of `explain`."""

    file: str
    as_json: bool


@click.command(
    "explain",
    epilog=EXIT_CODES,
    short_help="Show a page as it was read, with where every block went.",
)
@click.argument("file", metavar="FILE", type=click.UNPROCESSED)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Write JSON Lines, one object a block, for other tools.",
)
@add_overrides
def explain_command(**given: Unpack[Given]) -> None:
    """Show a page block by block, with where each went and why; - is standard input.

    \b
    Examples:
      peelparse explain page.html
      peelparse explain page.html | grep '^!'
      peelparse explain page.html --json | jq 'select(.field == "unclaimed")'

    The margin has the line, the label, the rule that placed the block, and the field
    of the report that it is in. A ! marks blocks that no field took.
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    with guard():
        raise click.exceptions.Exit(_run(given))


def _run(given: Given) -> int:
    """Explain every page of the file; returns the exit code."""
    from peelparse.cli.inputs import attempt, iter_read  # noqa: PLC0415  heavy
    from peelparse.cli.messages import Messages  # noqa: PLC0415  heavy
    from peelparse.errors import PeelparseError  # noqa: PLC0415

    options = make_options(given)
    messages = Messages(
        "jsonl" if given["as_json"] else "text", quiet=not given["as_json"]
    )
    for page in iter_read(given["file"], given["address"], limits=make_limits(given)):
        if isinstance(page, PeelparseError):
            messages.count_error(page)
            continue
        outcome = attempt(page, options)
        if isinstance(outcome, PeelparseError):
            _show(page, None, as_json=given["as_json"])
            messages.count_error(outcome)
        else:
            _show(*outcome, as_json=given["as_json"])
            messages.count_report(outcome[1].report)
    messages.finish()
    return messages.exit_code


def _show(page: "Page", recognition: "Recognition | None", *, as_json: bool) -> None:
    """Write one page; what was not recognised is shown as it was read."""
    import msgspec  # noqa: PLC0415  heavy

    from peelparse.cli.margin import draw  # noqa: PLC0415  heavy
    from peelparse.library import explain_page  # noqa: PLC0415  heavy

    blocks = explain_page(page, recognition)
    if as_json:
        write_stdout(b"".join(msgspec.json.encode(block) + b"\n" for block in blocks))
    else:
        report = recognition.report if recognition else None
        write_stdout(draw(page, report, blocks).encode())

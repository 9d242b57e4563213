"""`peelparse reference`: the forces, editions and topics that peelparse knows."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypedDict, Unpack

import click

from peelparse.cli.guard import guard
from peelparse.cli.terminal import find_width, is_coloured, is_terminal

if TYPE_CHECKING:
    from peelparse.cli.facts import Listing, What
    from peelparse.report import Programme
    from peelparse.write import Row

Form = Literal["table", "json", "csv"]

_SUFFIXES: Final[dict[str, Form]] = {".json": "json", ".csv": "csv"}
_GAP: Final = "  "


class Given(TypedDict):
    """The argument and options of `reference`."""

    what: "What"
    form: Form | None
    output: str
    programme: "Programme | None"


@click.command(
    "reference", short_help="List the forces, editions and topics that are known."
)
@click.argument("what", type=click.Choice(("forces", "editions", "topics")))
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(("table", "json", "csv")),
    help="table: for people; json and csv: all that is known. Without it, the ending "
    "of -o decides, else it is a table.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    help="Write there, whole or not at all; - is standard output.",
)
@click.option(
    "--programme",
    type=click.Choice(("PEEL", "FRS"), case_sensitive=False),
    help="PEEL for police, FRS for fire and rescue.  [default: both]",
)
def reference_command(**given: Unpack[Given]) -> None:
    """List what peelparse knows of forces, editions or topics, and from where.

    \b
    Examples:
      peelparse reference editions
      peelparse reference forces --programme FRS -o services.csv
      peelparse reference topics -f json | jq '.topics[].id'

    Editions have the scale of their grades, their pillars and questions, and the
    editions that HMICFRS lets them be compared with. Topics are the subjects that
    questions of different editions share.
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    with guard():
        raise click.exceptions.Exit(_run(given))


def _run(given: Given) -> int:
    """Write the list; returns the exit code."""
    from peelparse.cli.facts import list_facts  # noqa: PLC0415  heavy
    from peelparse.cli.messages import Messages  # noqa: PLC0415  heavy
    from peelparse.cli.outputs import Target  # noqa: PLC0415  heavy
    from peelparse.errors import WriteError  # noqa: PLC0415

    listing = list_facts(given["what"], given["programme"])
    target = Target(given["output"])
    target.write(_write(given, listing))
    try:
        target.finish()
    except WriteError as error:
        messages = Messages()
        messages.count_error(error)
        return messages.exit_code
    return 0


def _write(given: Given, listing: "Listing") -> bytes:
    """The list in the format that was asked for."""
    import msgspec  # noqa: PLC0415  heavy

    from peelparse.write import write_csv  # noqa: PLC0415  heavy

    suffix = Path(given["output"]).suffix.lower()
    form = given["form"] or _SUFFIXES.get(suffix, "table")
    if form == "json":
        data = {"origin": listing.origin, given["what"]: listing.records}
        return msgspec.json.format(msgspec.json.encode(data)) + b"\n"
    if form == "csv":
        rows = [tuple(row.values()) for row in listing.cells]
        return write_csv(rows, list(listing.cells[0]))
    is_drawn = given["output"] == "-" and is_terminal()
    table = _draw(listing.shown) if is_drawn else _align(listing.shown)
    tail = [*listing.notes, *listing.origin]
    return "\n".join([table, *tail, ""]).encode()


def _align(rows: "list[Row]") -> str:
    """Columns that stand under each other, for a pipe or a file."""
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    lines = (
        _GAP.join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        for row in texts
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _draw(rows: "list[Row]") -> str:
    """A table as wide as the terminal, in colour if that is wanted."""
    from rich import box  # noqa: PLC0415  only where a terminal is drawn
    from rich.console import Console  # noqa: PLC0415  as above
    from rich.table import Table  # noqa: PLC0415  as above

    header, *body = rows
    table = Table(*map(str, header), box=box.SIMPLE_HEAD, header_style="bold")
    for row in body:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console = Console(
        width=find_width(),
        force_terminal=True,
        legacy_windows=False,
        no_color=not is_coloured(),
        color_system="standard" if is_coloured() else None,
    )
    with console.capture() as capture:
        console.print(table)
    return capture.get()

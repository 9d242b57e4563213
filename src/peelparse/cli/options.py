"""What commands share: the overrides, how they are checked, and the exit codes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, ParamSpec, TypedDict, TypeVar

import click

from peelparse.errors import OptionError

if TYPE_CHECKING:
    from peelparse.pipeline import Limits
    from peelparse.recognise import Options

P = ParamSpec("P")
R = TypeVar("R")

EXIT_CODES: Final = """\b
Exit codes:
  0    clean
  1    fell short: no report at all, an assessment of which nothing was
       extracted, or --strict and a warning
  2    wrong usage
  3    some inputs gave no report; the others were written
  130  interrupted"""


class Overrides(TypedDict):
    """What `add_overrides` gives a command."""

    force: str | None
    edition: str | None
    address: str | None
    infer_grades: bool
    limit: tuple[str, ...]


def add_overrides(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command the options that stand in for what a page says."""
    for add in (
        click.option(
            "--limit",
            metavar="NAME=NUMBER",
            multiple=True,
            help="Raise (or lower) a limit on what a file may cost, such as "
            "unpacked_bytes; docs/copies.md lists all. May be given again.",
        ),
        click.option(
            "--infer-grades",
            is_flag=True,
            help="Read a grade that the copy has lost from its prose; marked as such.",
        ),
        click.option(
            "--address",
            metavar="URL",
            callback=_check_text,
            help="The page's address, in place of what the copy says.",
        ),
        click.option(
            "--edition",
            metavar="YEARS",
            callback=_check_text,
            help="The edition, such as 2017 or 2018-19, in place of what the page says.",
        ),
        click.option(
            "--force",
            metavar="NAME",
            callback=_check_text,
            help="The force or service, in place of what the page says.",
        ),
    ):
        command = add(command)
    return command


def make_options(given: Overrides, *, provenance: bool = False) -> "Options":
    """Make the recogniser's options.

    Raises:
        click.UsageError: an override cannot be.
    """
    from peelparse import library  # noqa: PLC0415  heavy: only when a command runs

    try:
        return library.make_options(
            given["force"],
            given["edition"],
            infer_grades=given["infer_grades"],
            provenance=provenance,
        )
    except OptionError as error:
        raise click.UsageError(str(error)) from error


def make_limits(given: Overrides) -> "Limits":
    """Make the limits on what one file may cost.

    Raises:
        click.UsageError: no limit is called so, or the number is none.
    """
    import msgspec  # noqa: PLC0415  heavy

    from peelparse.pipeline import DEFAULT  # noqa: PLC0415  heavy

    names = DEFAULT.__struct_fields__
    changes: dict[str, int] = {}
    for each in given["limit"]:
        name, _, number = each.partition("=")
        if name not in names:
            message = f"--limit {name}: there is none; there are {', '.join(names)}."
            raise click.UsageError(message)
        if not (number.isascii() and number.isdecimal() and len(number) < 16):
            message = f"--limit {each}: give a whole number after the =."
            raise click.UsageError(message)
        changes[name] = int(number)
    return msgspec.structs.replace(DEFAULT, **changes)


def _check_text(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> str | None:
    """Refuse what no report can hold: bytes that are no text, control characters."""
    if value is not None and not (value.isprintable() and value.strip()):
        raise click.BadParameter(
            "is empty or holds characters that cannot be printed", context, parameter
        )
    return value

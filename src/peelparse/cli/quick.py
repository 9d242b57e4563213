"""What a start can do without: some of what click and msgspec load."""

import sys
from collections.abc import Callable
from functools import cached_property
from importlib import import_module

import click


def load_msgspec() -> None:
    """Load msgspec without typing_extensions, in the command's own process.

    msgspec takes four names from it if it is there, and else from `typing`, which has
    them all since Python 3.11. It is there for bs4, and takes 3 of the 80 ms of
    `peelparse parse page.html` to load. `None` says that a module is missing.
    """
    if "msgspec" in sys.modules or "typing_extensions" in sys.modules:
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        import_module("msgspec")
    finally:
        del sys.modules["typing_extensions"]


class OwnHelp(click.Command):
    """A command with a help option that asks no catalogue of translations for its words.

    click's own asks gettext, and has no catalogue: to find that out loads locale, which
    takes 1 of the 80 ms of `peelparse parse page.html`.
    """

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option."""
        del ctx  # the names are the same everywhere
        return self._own_help

    @cached_property
    def _own_help(self) -> click.Option:
        return make_flag(["-h", "--help", "wants_help"], "Show this message", show_help)


def make_flag(
    names: list[str],
    does: str,
    show: Callable[[click.Context, click.Parameter, object], None],
) -> click.Option:
    """An option that shows something in place of what the command does."""
    return click.Option(
        names,
        is_flag=True,
        expose_value=False,
        is_eager=True,
        help=f"{does} and exit.",
        callback=show,
    )


def show_help(context: click.Context, _: click.Parameter, wanted: object) -> None:
    """Show the help of a command, and end."""
    if wanted and not context.resilient_parsing:
        click.echo(context.get_help(), color=context.color)
        context.exit()

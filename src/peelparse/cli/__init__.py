"""The command line: files in, data on standard output, everything else on stderr.

Each command is one module, imported when it is asked for; what is heavy is imported
when it runs. Nothing here reads or recognises a page.
"""

from importlib import import_module
from typing import Final

import click

from peelparse import __version__
from peelparse.cli.options import EXIT_CODES

__all__ = ["main"]

# each is a module of this name that holds NAME_command
COMMANDS: Final = (
    "parse",
    "batch",
    "explain",
    "doctor",
    "schema",
    "reference",
    "afis",
)


class Commands(click.Group):
    """Loads a command when it is asked for: seven would double the start of one."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"peelparse.cli.{cmd_name}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog=EXIT_CODES,
)
@click.version_option(
    __version__,
    prog_name="peelparse",
    message="%(prog)s %(version)s (peelparse.report/1)",
)
def main() -> None:
    """Turn saved HMICFRS inspection pages into data that you can check.

    \b
    Examples:
      peelparse parse page.html
      peelparse parse *.html -f csv --table questions -o questions.csv
      peelparse explain page.html
      peelparse doctor page.txt

    Pages are files that you have saved, in any way; peelparse never opens a
    connection.
    """  # noqa: D301  \b is click's mark for lines that are not to be joined

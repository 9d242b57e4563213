"""The commands of the command line, all of them loaded."""

import click

from peelparse import cli


def list_commands() -> dict[str, click.Command]:
    """Each command by its name, in the order of the help."""
    context = click.Context(cli.main)
    names = cli.main.list_commands(context)
    found = {name: cli.main.get_command(context, name) for name in names}
    return {name: command for name, command in found.items() if command}

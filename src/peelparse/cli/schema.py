"""`peelparse schema`: the JSON Schema of a report."""

import click

from peelparse.cli.guard import guard
from peelparse.cli.terminal import write_stdout


@click.command("schema", short_help="Print the JSON Schema of a report.")
def schema_command() -> None:
    """Print the JSON Schema (draft 2020-12) that every report meets.

    \b
    Examples:
      peelparse schema > report.schema.json
      peelparse schema | jq '."$defs".Question.properties | keys'
    """  # noqa: D301  \b is click's mark for lines that are not to be joined
    with guard():
        from peelparse.write import write_schema  # noqa: PLC0415  heavy

        write_stdout(write_schema() + b"\n")

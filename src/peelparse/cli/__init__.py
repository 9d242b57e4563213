"""The command line: files in, data on standard output, everything else on stderr.

Each command is one module; what is heavy is imported when a command runs. Nothing
here reads or recognises a page.
"""

import click

from peelparse import __version__
from peelparse.cli.afis import afis_command
from peelparse.cli.batch import batch_command
from peelparse.cli.doctor import doctor_command
from peelparse.cli.explain import explain_command
from peelparse.cli.options import EXIT_CODES
from peelparse.cli.parse import parse_command
from peelparse.cli.reference import reference_command
from peelparse.cli.schema import schema_command

__all__ = ["main"]


@click.group(
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


main.add_command(parse_command)
main.add_command(batch_command)
main.add_command(explain_command)
main.add_command(doctor_command)
main.add_command(schema_command)
main.add_command(reference_command)
main.add_command(afis_command)

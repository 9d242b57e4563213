"""Standard output: bytes to it, and whether it is a terminal, how wide, in colour."""

import errno
import os
import sys

import click


def write_stdout(data: bytes) -> None:
    """Write bytes as they are, whatever encoding the terminal has.

    Raises:
        OSError: nobody reads them, or there is no room for them.
    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    click.echo(data, nl=False)


def is_terminal() -> bool:
    """Whether a person reads standard output as it comes."""
    return sys.stdout is not None and sys.stdout.isatty()


def is_coloured() -> bool:
    """Whether to write in colour: `NO_COLOR` wins, then `FORCE_COLOR`."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal() and os.environ.get("TERM") != "dumb"


def find_width() -> int | None:
    """Columns of the terminal; None if there is none, and lines may be any length."""
    if not is_terminal():
        return None
    import shutil  # noqa: PLC0415  it brings three compressions with it

    return shutil.get_terminal_size().columns

"""What standard output is: a terminal or a pipe, how wide, in colour or not."""

import os
import shutil
import sys


def is_terminal() -> bool:
    """Whether a person reads standard output as it comes."""
    return sys.stdout.isatty()


def is_coloured() -> bool:
    """Whether to write in colour: `NO_COLOR` wins, then `FORCE_COLOR`."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal() and os.environ.get("TERM") != "dumb"


def find_width() -> int | None:
    """Columns of the terminal; None if there is none, and lines may be any length."""
    return shutil.get_terminal_size().columns if is_terminal() else None

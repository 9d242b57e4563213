"""How a command ends when it is stopped from outside."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

INTERRUPTED = 130
CLOSED_PIPE = 141
"""What a shell shows for a program that its closed pipe has ended."""


@contextmanager
def guard() -> Iterator[None]:
    """End quietly on Ctrl-C and a closed pipe, in one line on a full disk."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("peelparse: interrupted", err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _drop_output()
        raise click.exceptions.Exit(CLOSED_PIPE) from None
    except OSError as error:
        _drop_output()
        click.echo(f"peelparse: cannot write the output: {error.strerror}", err=True)
        raise click.exceptions.Exit(1) from None


def _drop_output() -> None:
    """Have what nobody can read any more go nowhere when Python flushes it at exit."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            with open(os.devnull, "wb") as nowhere, suppress(OSError):  # noqa: PTH123
                os.dup2(nowhere.fileno(), stream.fileno())

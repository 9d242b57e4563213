"""The files that a command is given, each with what became of it."""

import errno
import sys
from collections.abc import Iterator, Sequence

from peelparse import sources
from peelparse.blocks import Page
from peelparse.errors import PeelparseError, ReadError
from peelparse.pipeline import DEFAULT, Limits, Outcome, iter_pages, recognise
from peelparse.recognise import Options
from peelparse.sources import make_printable

STDIN = "-"


def iter_outcomes(
    names: Sequence[str],
    options: Options,
    address: str | None = None,
    limits: Limits = DEFAULT,
) -> Iterator[Outcome]:
    """Recognise every page of some files, in the order given.

    Args:
        names: paths as the shell gave them; `-` is standard input.
        options: what the user sets.
        address: the page's address, if the user gives it.
        limits: what one file may cost.

    Yields:
        Pages with their reports; in place of one without, its error, with `name` set.
        A fault of peelparse in one file is an error too, and the others go on.
    """
    for name in names:
        for page in iter_read(name, address, paths=options.provenance, limits=limits):
            yield page if isinstance(page, PeelparseError) else attempt(page, options)


def iter_read(
    name: str,
    address: str | None = None,
    *,
    paths: bool = False,
    limits: Limits = DEFAULT,
) -> Iterator[Page | PeelparseError]:
    """Read every page of one file; arguments as for `iter_outcomes`."""
    printable = make_printable(name)
    try:
        data = read_input(name, limits)
        yield from iter_pages(data, printable, address, paths=paths, limits=limits)
    except ReadError as error:
        error.name = printable
        yield error
    except Exception as error:  # noqa: BLE001  one file must not end the others
        yield _own_up(error, printable)


def attempt(page: Page, options: Options) -> Outcome:
    """Recognise one page; whatever goes wrong is its error."""
    try:
        return recognise(page, options)
    except Exception as error:  # noqa: BLE001  one page must not end the others
        return _own_up(error, page.source.name)


def read_input(name: str, limits: Limits = DEFAULT) -> bytes:
    """Read a file, or standard input for `-`.

    Raises:
        ReadError: it cannot be read, or is too large.
    """
    if name != STDIN:
        return sources.read_file(name, limits)
    try:
        return sources.read_limited(sys.stdin.buffer, limits=limits)
    except OSError as error:
        raise sources.explain_failure(name, error) from error
    except AttributeError as error:
        # there is no standard input where the caller has closed it
        closed = OSError(errno.EBADF, "no standard input")
        raise sources.explain_failure(name, closed) from error


def _own_up(error: Exception, name: str) -> PeelparseError:
    """The error for a fault that is no fault of the page."""
    fault = PeelparseError(
        "parsing the page",
        f"a fault of peelparse itself ({type(error).__name__}: {error})",
        "none",
        "please report it, with the file if you may; -v shows where it is",
    )
    fault.name = name
    fault.__cause__ = error
    return fault

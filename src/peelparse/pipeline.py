"""The flow on one screen: bytes to pages, each page to a report.

    bytes ──▶ read_pages ──▶ Page ──▶ recognise_page ──▶ Report ──▶ write

A fault of one page is a value here, not an exception, so that the pages beside it
still come through.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from peelparse.blocks import Page
from peelparse.errors import EmptyPageError, PeelparseError, ReadError
from peelparse.read import DEFAULT, Limits, read_element, read_page, read_pages
from peelparse.recognise import Options, Recognition, recognise_page

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = [
    "DEFAULT",
    "Limits",
    "Outcome",
    "iter_pages",
    "iter_recognitions",
    "recognise",
    "recognise_element",
]

Outcome = tuple[Page, Recognition] | PeelparseError
"""A page as read with what was recognised, or why there is no report."""


def iter_recognitions(
    data: bytes,
    name: str = "<memory>",
    options: Options | None = None,
    address: str | None = None,
    encoding: str | None = None,
) -> Iterator[Outcome]:
    """Recognise every page that a file holds, one after the other.

    Args:
        data: the file's bytes.
        name: file name, for messages and for what is inferred from it.
        options: what the caller sets.
        address: the page's address, where the caller knows it.
        encoding: the encoding that came with the bytes, as in the header of a
            response; bytes that have one are one page, never a container of pages.

    Yields:
        Each page as read with what was recognised; in place of a page that gives no
        report, its error, with `name` set. At least one; nothing is raised for bad
        input.
    """
    options = options or Options()
    for page in iter_pages(data, name, address, encoding, paths=options.provenance):
        yield page if isinstance(page, ReadError) else recognise(page, options)


def iter_pages(  # noqa: PLR0913  each is one option, given by its name
    data: bytes,
    name: str = "<memory>",
    address: str | None = None,
    encoding: str | None = None,
    *,
    paths: bool = False,
    limits: Limits = DEFAULT,
) -> Iterator[Page | ReadError]:
    """Read every page that a file holds, one after the other.

    Args:
        data: the file's bytes.
        name: file name, for messages and for what is inferred from it.
        address: the page's address, where the caller knows it.
        encoding: as for `iter_recognitions`.
        paths: whether each block is to know its element path (HTML).
        limits: what the file may cost.

    Yields:
        Each page; in place of one that cannot be read, its error, with `name` set.
    """
    error: ReadError | None = None
    if encoding is None:
        error = EmptyPageError(
            "reading the file", "no page in it", "at least one", "save the page again"
        )
        for page in read_pages(data, name, address=address, paths=paths, limits=limits):
            error = None
            yield page
    else:
        try:
            yield read_page(data, name, address=address, encoding=encoding, paths=paths)
        except ReadError as fault:
            error = fault
    if error is not None:
        error.name = name
        yield error


def recognise(page: Page, options: Options) -> Outcome:
    """Recognise one page; its error, with `name` set, if it gives no report."""
    try:
        return page, recognise_page(page, options)
    except PeelparseError as error:
        error.name = page.source.name
        return error


def recognise_element(
    element: "Element",
    name: str = "<memory>",
    options: Options | None = None,
    address: str | None = None,
) -> Outcome:
    """Recognise a page that the caller has parsed with lxml.

    Args:
        element: the root of a page or of a part of one.
        name: name for messages and for what is inferred from it.
        options: what the caller sets.
        address: the page's address, where the caller knows it.
    """
    options = options or Options()
    try:
        page = read_element(element, address=address, paths=options.provenance)
    except ReadError as error:
        error.name = name
        return error
    source = msgspec.structs.replace(page.source, name=name)
    return recognise(msgspec.structs.replace(page, source=source), options)

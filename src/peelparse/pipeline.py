"""The flow on one screen: bytes to pages, each page to a report.

    bytes ──▶ read_pages ──▶ Page ──▶ recognise_page ──▶ Report ──▶ write
"""

from collections.abc import Iterator

from peelparse.blocks import Page
from peelparse.errors import PeelparseError
from peelparse.read import read_pages
from peelparse.recognise import Options, Recognition, recognise_page


def iter_recognitions(
    data: bytes,
    name: str = "<memory>",
    options: Options | None = None,
    address: str | None = None,
) -> Iterator[tuple[Page, Recognition] | PeelparseError]:
    """Recognise every page that a file holds, one after the other.

    Args:
        data: the file's bytes.
        name: file name, for messages and for what is inferred from it.
        options: what the caller sets.
        address: the page's address, where the caller knows it.

    Yields:
        Each page as read with what was recognised; in place of a page that gives no
        report, its error, with `name` set. Nothing is raised for bad input.
    """
    options = options or Options()
    for page in read_pages(data, name, address=address, paths=options.provenance):
        if isinstance(page, PeelparseError):
            yield page
            continue
        try:
            yield page, recognise_page(page, options)
        except PeelparseError as error:
            error.name = page.source.name
            yield error

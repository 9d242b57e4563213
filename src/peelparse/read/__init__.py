"""ONE: bytes to pages, and pages to blocks. The doors are `read_pages`, `read_page`."""

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec

from peelparse.blocks import Block, Page, Problem, Source
from peelparse.errors import EmptyPageError, LimitError, ReadError
from peelparse.read.decode import decode
from peelparse.read.from_text import read_text
from peelparse.read.identify import identify

if TYPE_CHECKING:
    from peelparse.read.collect import Element

__all__ = ["MAX_BYTES", "read_element", "read_page", "read_pages"]

MAX_BYTES: Final = 50_000_000  # the largest SingleFile copy seen is a tenth of this


def read_pages(
    data: bytes,
    name: str = "<memory>",
    *,
    address: str | None = None,
    paths: bool = False,
) -> Iterator[Page | ReadError]:
    """Read every page that a file holds, as soon as each is read.

    Args:
        data: the file's bytes: one page, or a container of pages.
        name: file name, for messages and for what is inferred from it.
        address: the page's address, where the caller knows it.
        paths: whether each block is to know its element path (HTML).

    Yields:
        Pages in file order; in place of a page that cannot be read, its error.
    """
    try:
        yield read_page(data, name, address=address, paths=paths)
    except ReadError as error:
        error.name = name
        yield error


def read_page(
    data: bytes,
    name: str = "<memory>",
    *,
    address: str | None = None,
    encoding: str | None = None,
    paths: bool = False,
) -> Page:
    """Read one page from the bytes that were saved.

    Args:
        data: HTML or text, in any encoding.
        name: file name, for messages and for what is inferred from it.
        address: the page's address, where the caller knows it.
        encoding: encoding that a container's header names, if any.
        paths: whether each block is to know its element path (HTML).

    Returns:
        The page as a list of blocks, never empty.

    Raises:
        ReadError: the bytes cannot become a page.
    """
    if len(data) > MAX_BYTES:
        raise LimitError(
            "reading the page",
            f"{len(data):,} bytes",
            f"at most {MAX_BYTES:,}",
            "save the page without images, or as text",
        )
    form = identify(data)
    decoded = decode(data, encoding)
    source = Source(
        name=name,
        sha256=sha256(data).hexdigest(),
        size=len(data),
        format=form,
        encoding=decoded.encoding,
        address=address,
    )
    if form == "html":
        return _read_html(data, decoded.text, source, list(decoded.problems), paths)
    text = read_text(decoded.text)
    source = msgspec.structs.replace(
        source, address=source.address or text.address, saved=text.saved
    )
    page = _make_page(source, text.blocks, list(decoded.problems), dialect=text.dialect)
    return msgspec.structs.replace(page, heading=text.title)


def read_element(element: "Element", *, address: str | None = None, paths: bool = False) -> Page:
    """Read one page from an lxml element that the caller has parsed.

    Args:
        element: the root of a page or of a part of one.
        address: the page's address, where the caller knows it.
        paths: whether each block is to know its element path.

    Raises:
        EmptyPageError: the element holds no text.
    """
    from lxml import etree  # noqa: PLC0415  the caller has loaded it already

    from peelparse.read.from_html import read_tree  # noqa: PLC0415

    data = etree.tostring(element, encoding="utf-8", method="html", with_tail=False)
    source = Source(
        name="<memory>",
        sha256=sha256(data).hexdigest(),
        size=len(data),
        format="html",
        encoding="utf-8",
        address=address,
    )
    return _make_page(source, read_tree(element, paths=paths), [])


def _read_html(
    data: bytes, text: str, source: Source, problems: list[Problem], paths: bool
) -> Page:
    # imported here so that a text copy is read without lxml
    from peelparse.read.from_html import read_html  # noqa: PLC0415
    from peelparse.read.metadata import read_metadata  # noqa: PLC0415

    encoding = source.encoding
    if problems or encoding not in {"utf-8", "windows-1252"} or text[:1] == "\ufeff":
        data, encoding = text.encode("utf-8", "replace"), "utf-8"
    root, blocks, found = read_html(data, encoding, paths=paths)
    metadata = read_metadata(data, root)
    source = Source(
        name=source.name,
        sha256=source.sha256,
        size=source.size,
        format=source.format,
        encoding=source.encoding,
        address=source.address or metadata.address,
        saved=metadata.saved,
    )
    page = _make_page(source, blocks, [*problems, *found])
    return msgspec.structs.replace(
        page, heading=metadata.title, language=metadata.language
    )


def _make_page(
    source: Source,
    blocks: list[Block],
    problems: list[Problem],
    *,
    dialect: str | None = None,
) -> Page:
    if not blocks:
        raise EmptyPageError(
            "reading the page",
            "no visible text",
            "an inspection page",
            "if the page is drawn by a script, save it after it has loaded",
        )
    source = msgspec.structs.replace(source, dialect=dialect)
    return Page(source=source, blocks=tuple(blocks), problems=tuple(problems))

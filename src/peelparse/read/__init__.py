"""ONE: bytes to pages, and pages to blocks. The doors are `read_pages`, `read_page`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from peelparse.blocks import Block, Page, Problem, Source
from peelparse.digest import sha256
from peelparse.errors import (
    EmptyPageError,
    LimitError,
    ReadError,
    UnsupportedFormatError,
)
from peelparse.read.containers import Member, find_format, iter_members
from peelparse.read.decode import Ready, decode, prepare
from peelparse.read.identify import identify
from peelparse.read.limits import DEFAULT, Budget, Limits, advise_raising
from peelparse.read.metadata import Metadata, find_origin, read_metadata

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["DEFAULT", "MAX_BYTES", "Limits", "read_element", "read_page", "read_pages"]

MAX_BYTES: Final = DEFAULT.page_bytes


def read_pages(
    data: bytes,
    name: str = "<memory>",
    *,
    address: str | None = None,
    paths: bool = False,
    limits: Limits = DEFAULT,
) -> Iterator[Page | ReadError]:
    """Read every page that a file holds, as soon as each is read.

    Args:
        data: the file's bytes: one page, or a container of pages.
        name: file name, for messages and for what is inferred from it.
        address: the page's address, where the caller knows it.
        paths: whether each block is to know its element path (HTML).
        limits: what the file may cost; raise one for a file that you trust.

    Yields:
        Pages in file order, each with a name of its own, such as `crawl.warc.gz#3`;
        in place of a page that cannot be read, its error. Nothing is raised.
    """
    for member in iter_members(data, name, Budget(limits)):
        if isinstance(member, ReadError):
            yield member
            continue
        try:
            yield _read_member(member, address, paths=paths, limits=limits)
        except ReadError as error:
            fault = _blame_break(error, member)
            fault.name = member.name
            yield fault


def _blame_break(error: ReadError, member: Member) -> ReadError:
    """The error of a page of which nothing is left because its container is cut."""
    cut = [problem for problem in member.problems if problem.code == "PP104"]
    if not cut or not isinstance(error, EmptyPageError):
        return error
    return EmptyPageError(
        "reading the page",
        f"no visible text before the break ({cut[0].found})",
        "a whole page",
        "copy the file again, or save the page again",
    )


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
        data: HTML or text in any encoding, or a container that holds one page.
        name: file name, for messages and for what is inferred from it.
        address: the page's address, where the caller knows it.
        encoding: encoding that a header named, if any; bytes of a page only.
        paths: whether each block is to know its element path (HTML).

    Returns:
        The page as a list of blocks, never empty.

    Raises:
        ReadError: the bytes cannot become a page, or are several.
    """
    if find_format(data) is None:
        member = Member(data=data, format="", name=name, encoding=encoding)
        return _read_member(member, address, paths=paths, limits=DEFAULT)
    pages = read_pages(data, name, address=address, paths=paths)
    page = next(pages)
    if isinstance(page, ReadError):
        raise page
    if next(pages, None) is not None:
        raise UnsupportedFormatError(
            "reading the page",
            "a container of several pages",
            "one page",
            "use the function that reads all pages of a file",
        )
    return page


def read_element(
    element: "Element", *, address: str | None = None, paths: bool = False
) -> Page:
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

    found = read_metadata(b"", element)
    origin = find_origin((address, *found.addresses), (found.saved,))
    data = etree.tostring(element, encoding="utf-8", method="html", with_tail=False)
    source = Source(
        name="<memory>",
        sha256=sha256(data),
        size=len(data),
        format="html",
        encoding="utf-8",
        address=origin.address,
        saved=origin.saved,
    )
    return _make_page(source, read_tree(element, paths=paths), [], found)


def _read_member(
    member: Member, address: str | None, *, paths: bool, limits: Limits
) -> Page:
    """Read a page that a container held, or that the file is."""
    data = member.data
    _refuse_large(data, limits)
    form = member.form or identify(data)
    dialect: str | None = None
    if form == "html":
        ready = prepare(data, member.encoding)
        encoding, problems = ready.found, [*member.problems, *ready.problems]
        blocks, found = _read_html(ready, problems, paths=paths)
        if member.lost_lists:
            from peelparse.read.dialects import bare_lists  # noqa: PLC0415

            blocks = bare_lists.mark_bare_items(blocks)
    else:
        # imported here so that HTML is read without the dialects of text
        from peelparse.read.from_text import read_text  # noqa: PLC0415

        decoded = decode(data, member.encoding)
        _refuse_lines(decoded.text, limits)
        encoding, problems = decoded.encoding, [*member.problems, *decoded.problems]
        text = read_text(decoded.text)
        blocks, dialect = text.blocks, text.dialect
        found = Metadata(
            text.title, (text.address,) if text.address else (), text.saved, None
        )
    origin = find_origin(
        (address, *found.addresses, member.address), (found.saved, member.saved)
    )
    source = Source(
        name=member.name or "<memory>",
        sha256=sha256(data),
        size=len(data),
        format=member.format or form,
        encoding=encoding,
        dialect=dialect,
        address=origin.address or address,
        saved=origin.saved,
    )
    found = msgspec.structs.replace(found, title=found.title or member.title)
    return _make_page(source, blocks, problems, found)


def _refuse_large(data: bytes, limits: Limits) -> None:
    if len(data) > limits.page_bytes:
        raise LimitError(
            "reading the page",
            f"{len(data):,} bytes",
            f"at most {limits.page_bytes:,}",
            "save the page without images, or as text, or "
            + advise_raising("page_bytes"),
        )


def _refuse_lines(text: str, limits: Limits) -> None:
    lines = max(text.count("\n"), text.count("\r"))
    if lines > limits.page_lines:
        raise LimitError(
            "reading the page",
            f"{lines:,} lines",
            f"at most {limits.page_lines:,}",
            "this is no saved inspection page; leave it out, or "
            + advise_raising("page_lines"),
        )


def _read_html(
    ready: Ready, problems: list[Problem], *, paths: bool
) -> tuple[list[Block], Metadata]:
    # imported here so that a text copy is read without lxml
    from peelparse.read.from_html import read_html  # noqa: PLC0415

    root, blocks, cut = read_html(ready.data, ready.encoding, paths=paths)
    problems.extend(cut)
    return blocks, read_metadata(ready.data, root)


def _make_page(
    source: Source, blocks: list[Block], problems: list[Problem], found: Metadata
) -> Page:
    if not blocks:
        raise EmptyPageError(
            "reading the page",
            "no visible text",
            "an inspection page",
            "if the page is drawn by a script, save it after it has loaded",
        )
    return Page(
        source=source,
        blocks=tuple(blocks),
        heading=found.title,
        language=found.language,
        problems=_without_repeats(problems),
    )


def _without_repeats(problems: list[Problem]) -> tuple[Problem, ...]:
    """Problems with one that says where a page is cut: its container's, if that did."""
    cut = [problem for problem in problems if problem.code == "PP104"]
    return tuple(problem for problem in problems if problem not in cut[1:])

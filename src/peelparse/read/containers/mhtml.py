"""MHTML, a page and its parts in one message, to the page that it is about."""

import binascii
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from peelparse.blocks import Problem
from peelparse.errors import UnsupportedFormatError
from peelparse.read.containers.headers import (
    ContentType,
    Headers,
    read_headers,
    read_type,
)
from peelparse.read.containers.member import Member, Members
from peelparse.read.limits import Budget

PAGES: Final = ("text/html", "application/xhtml+xml", "text/plain")
NESTING: Final = 5  # messages in messages; mail programs reach 3
NO_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]+")


class Part(NamedTuple):
    """One part of a message."""

    headers: Headers
    kind: ContentType
    body: bytes
    is_whole: bool
    """Whether the boundary after it is there."""


def read_mhtml(data: bytes, budget: Budget) -> Members:
    """Read the page of an MHTML file; frames and pictures are not the page."""
    headers = read_headers(data)
    kind = read_type(headers.get("content-type"))
    parts = list(
        _iter_parts(Part(headers, kind, data[headers.body :], is_whole=True), budget)
    )
    root = _find_root(parts, headers, kind)
    if root is None:
        is_cut = headers.body >= len(data) or not all(part.is_whole for part in parts)
        whole = "its end before the page" if is_cut else "no page among its parts"
        raise UnsupportedFormatError(
            "reading the MHTML",
            whole,
            "a part of type text/html",
            "save the page again" + ("; the file is cut short" if is_cut else ""),
        )
    problems = []
    if not root.is_whole:
        problems.append(Problem("PP104", "the MHTML ends inside the page's part"))
    elif not all(part.is_whole for part in parts):
        problems.append(Problem("PP104", "the MHTML ends after the page's own part"))
    yield Member(
        data=_decode(root),
        format="mhtml",
        form="text" if root.kind.name == "text/plain" else "html",
        encoding=root.kind.parameters.get("charset"),
        address=_find_address(headers, root),
        saved=headers.get("date"),
        problems=tuple(problems),
    )


def _iter_parts(whole: Part, budget: Budget, depth: int = 0) -> Iterator[Part]:
    """The parts of a message that are no messages themselves, in order."""
    boundary = whole.kind.parameters.get("boundary")
    if not whole.kind.name.startswith("multipart/") or not boundary:
        yield whole
        return
    mark = re.escape(boundary.encode("utf-8", "replace"))
    bounds = re.compile(rb"(?:^|\r?\n)--" + mark + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start: int | None = None
    for bound in bounds.finditer(whole.body):
        if start is not None:
            piece = whole.body[start : bound.start()]
            yield from _read_part(piece, budget, depth, is_whole=True)
        if bound[1]:
            return
        start = bound.end()
    if start is not None:
        yield from _read_part(whole.body[start:], budget, depth, is_whole=False)


def _read_part(
    data: bytes, budget: Budget, depth: int, *, is_whole: bool
) -> Iterator[Part]:
    budget.count()
    # a part may have no headers: its first line is then blank
    headers = read_headers(data)
    part = Part(
        headers, read_type(headers.get("content-type")), data[headers.body :], is_whole
    )
    if depth < NESTING:
        yield from _iter_parts(part, budget, depth + 1)


def _find_root(parts: list[Part], headers: Headers, kind: ContentType) -> Part | None:
    """The part that is the page: the named one, the one at the address, the first."""
    pages = [part for part in parts if part.kind.name in PAGES]
    start = kind.parameters.get("start", "").strip("<>")
    address = headers.get("snapshot-content-location")
    for name, value in (("content-id", start), ("content-location", address)):
        for part in pages:
            if value and part.headers.get(name) == value:
                return part
    return min(pages, key=lambda part: PAGES.index(part.kind.name) > 1, default=None)


def _find_address(headers: Headers, root: Part) -> str | None:
    return (
        headers.get("snapshot-content-location")
        or root.headers.get("content-location")
        or headers.get("content-location")
    )


def _decode(part: Part) -> bytes:
    coding = (part.headers.get("content-transfer-encoding") or "").lower()
    if coding == "quoted-printable":
        return binascii.a2b_qp(part.body)
    if coding == "base64":
        # rubbish is dropped, and what a cut leaves of a group of four
        packed = NO_BASE64.sub(b"", part.body)
        packed = packed[: len(packed) - (len(packed) % 4 == 1)]
        return binascii.a2b_base64(packed + b"=" * (-len(packed) % 4))
    return part.body

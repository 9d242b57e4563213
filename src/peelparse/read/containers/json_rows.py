"""JSON and JSON Lines that crawlers, extractors and browsers write, to pages."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from peelparse.errors import LimitError, ReadError, UnsupportedFormatError
from peelparse.read.containers.fields import Fields, find_page
from peelparse.read.containers.member import Member, Members
from peelparse.read.decode import decode
from peelparse.read.limits import Budget, advise_raising

GAP: Final = re.compile(r"[\s,]*")
LINE_START: Final = re.compile(r"\n\s*(?=[\[{])")
MOST_FAULTS: Final = 100  # lines that are no JSON, before the file is given up


class Value(NamedTuple):
    """One value of the file's outermost array or of its lines."""

    number: int
    """1-based."""
    content: object
    is_only: bool
    """Whether the file is this one value and no array."""


def read_json(data: bytes, budget: Budget) -> Members:
    """Read every page in a JSON or JSON Lines file.

    An object is a page if one of its own fields is HTML or a long text; else the
    objects inside it are looked at. Fields beside it, or around it, give its address.
    """
    is_empty = True
    for value in iter_values(decode(data).text):
        budget.count()
        if isinstance(value, ReadError):
            is_empty = is_empty and not isinstance(value, LimitError)
            yield value
            continue
        try:
            pages = list(_iter_pages(value.content, budget))
        except LimitError as error:
            error.name = _name(value, 1, 1)
            is_empty = False
            yield error
            continue
        for count, page in enumerate(pages, 1):
            is_empty = False
            yield msgspec.structs.replace(page, name=_name(value, count, len(pages)))
    if is_empty:
        raise UnsupportedFormatError(
            "reading the JSON",
            "no field in it that is a page",
            "a field such as html, markdown or text that holds one",
            "export the page's HTML or text with the rows",
        )


def iter_values(text: str) -> Iterator[Value | ReadError]:
    """The values of a JSON array, of JSON Lines, or a single value.

    Yields:
        Values in order. An error for a line that is no JSON, or that nests too deeply,
        and reading goes on; or for where an array breaks off, and reading ends.
    """
    from json import JSONDecoder  # noqa: PLC0415  only here

    decoder = JSONDecoder(strict=False)
    position = _skip(text, 0)
    is_array = text.startswith("[", position)
    if is_array:
        position = _skip(text, position + 1)
    number = faults = 0
    while position < len(text) and not (is_array and text[position] == "]"):
        number += 1
        try:
            content, end = decoder.raw_decode(text, position)
        except (RecursionError, ValueError) as error:
            is_deep = isinstance(error, RecursionError)
            yield make_depth_error() if is_deep else _make_fault(text, position)
            # what is deep again on the next line is one value over many lines
            faults += MOST_FAULTS // 2 if is_deep else 1
            found = LINE_START.search(text, position)
            if is_array or not found or faults >= MOST_FAULTS:
                return
            position = found.end()
        else:
            position = _skip(text, end)
            is_only = not is_array and number == 1 and position >= len(text)
            yield Value(number, content, is_only)
    if is_array and position >= len(text):
        yield _make_fault(text, len(text))


def make_depth_error(advice: str = "") -> LimitError:
    """The error for brackets that nest too deeply; advice: how to read it after all."""
    return LimitError(
        "reading the JSON",
        "brackets nested too deeply",
        "the few levels that crawlers write",
        f"this is no saved page; leave it out{advice and ', or '}{advice}",
    )


def _skip(text: str, position: int) -> int:
    found = GAP.match(text, position)
    return found.end() if found else position


def _make_fault(text: str, position: int) -> ReadError:
    rest = text[position : position + 40]
    return ReadError(
        "reading the JSON",
        f"a value that breaks off or is no JSON: {rest!r}"
        if rest
        else "its end missing",
        "JSON to the end",
        "export it again; the rows before this one were read",
        line=text.count("\n", 0, position) + 1,
    )


def _name(value: Value, count: int, total: int) -> str | None:
    if value.is_only:
        return str(count) if total > 1 else None
    return f"{value.number}.{count}" if total > 1 else str(value.number)


def _iter_pages(content: object, budget: Budget) -> Iterator[Member]:
    """The pages in a value, in file order, each object with those around it."""
    stack: list[tuple[object, tuple[Fields, ...], int]] = [(_as_row(content), (), 1)]
    while stack:
        node, around, depth = stack.pop()
        if depth > budget.limits.json_depth:
            raise make_depth_error(advise_raising("json_depth"))
        inner: list[object] = []
        if isinstance(node, dict):
            _refuse_own(node)
            if page := find_page(node, around, "json"):
                yield page
                continue
            inner, around = list(node.values()), (node, *around[:8])
        elif isinstance(node, list):
            inner = [_as_row(item) for item in node]
        stack.extend((child, around, depth + 1) for child in reversed(inner))


def _as_row(value: object) -> object:
    """A text that stands in a list alone may be a page; it is then a row of one."""
    return {"html": value} if isinstance(value, str) else value


def _refuse_own(node: Fields) -> None:
    """Refuse what this tool wrote itself, which looks like a page to it."""
    schema = node.get("schema", node.get("$id"))
    if isinstance(schema, str) and "peelparse." in schema:
        raise UnsupportedFormatError(
            "reading the JSON",
            "a report that peelparse wrote",
            "a saved page",
            "give the page itself; the report needs no second reading",
        )

"""The page in a row of named fields, such as a crawler writes: which field it is."""

import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

import msgspec

from peelparse.blocks import Problem
from peelparse.data import read_data
from peelparse.read.containers.member import Member
from peelparse.read.dates import to_iso
from peelparse.read.decode import decode
from peelparse.read.identify import looks_like_html

Fields = Mapping[str, object]
"""One row: values by name, as JSON or CSV give them."""

PUNCTUATION: Final = re.compile(r"[\W_]+")
SHORTEST_TEXT: Final = 200  # characters; no inspection page is near
SHORTEST_UNNAMED: Final = 1_000  # of text in a field whose name says nothing
SMALL: Final = 30  # fields of an object that describes; more are a collection
NO_PAGE: Final = ("image/", "video/", "audio/", "font/", "css", "javascript")
BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/]{4}){50,}[A-Za-z0-9+/]{0,3}={0,2}\s*")
LATIN: Final = re.compile("[\x80-\x9f]")


class FieldNames(msgspec.Struct, frozen=True):
    """`fields.json`."""

    origin: str
    html: list[str]
    markdown: list[str]
    text: list[str]
    address: list[str]
    saved: list[str]
    title: list[str]
    type: list[str]
    coding: list[str]


@cache
def load_names() -> FieldNames:
    """Load the table of field names."""
    data = read_data("read/containers/fields.json")
    return msgspec.json.decode(data, type=FieldNames)


def simplify(name: str) -> str:
    """A field's name as the table writes it.

    Example:
        >>> simplify("raw_HTML")
        'rawhtml'
    """
    return PUNCTUATION.sub("", name).lower()


def find_page(row: Fields, around: Sequence[Fields], format_name: str) -> Member | None:
    """Find the page that a row holds, and what the row says of it.

    Args:
        row: the row.
        around: the objects that the row stands in, innermost first.
        format_name: name of the container.

    Returns:
        The member, without a name; None if no field of the row is a page.
    """
    if any(mark in (_find_text([row], load_names().type) or "") for mark in NO_PAGE):
        return None
    row = _unpack(row)
    found = _find_content(row)
    if found is None:
        return None
    text, form = found
    text, problems = _mend(text)
    scope = _find_scope(row, around)
    names = load_names()
    address = _find_text(
        scope, names.address, re.compile(r"https?://\S+\Z", re.IGNORECASE)
    )
    return Member(
        data=text.encode("utf-8", "replace"),
        format=format_name,
        form=form,
        encoding="utf-8",
        address=address,
        saved=_find_saved(scope),
        title=_mend(_find_text([row, *_iter_nested(row)], names.title) or "")[0]
        or None,
        problems=problems,
    )


def _unpack(row: Fields) -> Fields:
    """A row whose texts are texts, where a field says that they are base64."""
    values = (row[name] for name in row if simplify(name) in load_names().coding)
    if "base64" not in values:
        return row
    return {
        name: decode(binascii.a2b_base64(value)).text
        if isinstance(value, str) and BASE64.fullmatch(value)
        else value
        for name, value in row.items()
    }


def _find_content(row: Fields) -> tuple[str, str] | None:
    """The text of the best field, and whether it is HTML or text."""
    values = {
        simplify(name): text for name, value in row.items() if (text := _text(value))
    }
    names = load_names()
    pages = {
        name: text
        for name, text in values.items()
        if looks_like_html(text[:65_536].encode("utf-8", "replace"))
    }
    longest = max(values.values(), key=len, default="")
    for name in names.html:
        # a summary may be marked up too, so HTML must not be a small part of the row
        if name in pages and len(pages[name]) * 2 > len(longest):
            return pages[name], "html"
    for name in (*names.markdown, *names.text):
        if len(values.get(name, "")) >= SHORTEST_TEXT:
            return values[name], "text"
    if len(longest) >= SHORTEST_UNNAMED and " " in longest:
        return longest, "html" if longest in pages.values() else "text"
    return None


def _text(value: object) -> str:
    """A field's text; a list of texts is one, a paragraph each."""
    if isinstance(value, str):
        return value
    if (
        isinstance(value, list)
        and value
        and all(isinstance(part, str) for part in value)
    ):
        return "\n\n".join(value)
    return ""


def _find_scope(row: Fields, around: Sequence[Fields]) -> list[Fields]:
    """The objects that may say where a row is from, nearest first.

    Around the row, these are small objects and those in them that are no page: what
    stands beside other pages tells nothing of this one.
    """
    scope = [row, *_iter_nested(row)]
    for outer in around:
        if len(outer) <= SMALL:
            scope.append(outer)
            scope.extend(
                fields
                for fields in outer.values()
                if isinstance(fields, dict) and _find_content(fields) is None
            )
    return scope


def _iter_nested(row: Fields) -> Iterator[Fields]:
    """The objects in an object, nearest first, but not those in lists."""
    level: list[Fields] = [row]
    while level:
        level = [
            value
            for fields in level
            for value in fields.values()
            if isinstance(value, dict)
        ]
        yield from level


def _iter_values(scope: Sequence[Fields], names: Sequence[str]) -> Iterator[object]:
    """Values of the named fields: of the nearest object first, then in table order."""
    for fields in scope:
        values = {simplify(name): value for name, value in fields.items()}
        yield from (values[name] for name in names if name in values)


def _find_text(
    scope: Sequence[Fields], names: Sequence[str], form: re.Pattern[str] | None = None
) -> str | None:
    for value in _iter_values(scope, names):
        if isinstance(value, str) and value.strip():
            text = value.strip()
            if form is None or form.match(text):
                return text
    return None


def _find_saved(scope: Sequence[Fields]) -> str | None:
    for value in _iter_values(scope, load_names().saved):
        if isinstance(value, str | int | float) and (saved := to_iso(value)):
            return saved
    return None


def _mend(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Mend windows-1252 that a crawler read as Latin-1: no text holds controls."""
    if not LATIN.search(text):
        return text, ()
    mended = LATIN.sub(
        lambda mark: mark[0].encode("latin-1").decode("cp1252", "ignore") or mark[0],
        text,
    )
    return mended, (Problem("PP103", "windows-1252 that was read as Latin-1, mended"),)

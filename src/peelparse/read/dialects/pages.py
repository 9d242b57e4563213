"""Printed pages: the heads and feet that a printer adds to every page.

A PDF's text marks each page with a form feed. Rows at the edge of a page that come
again on another page, but for their digits, were added by the printer; so are page
numbers. They become furniture, and the text runs on across the break.
"""

import re
from collections import Counter
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec.structs import replace

from peelparse.read.dialects.lines import Row
from peelparse.read.dialects.words import is_label

EDGE: Final = 3  # rows with words at the top and at the foot that may be added
MOST_PAGES: Final = 0.7  # part of the pages on which an added row comes again
# of a bar that lies over the text on other pages, where it can't be read
HALF_PAGES: Final = 0.5
FEWEST: Final = 3  # pages that show such a bar
DIGITS: Final = re.compile(r"\d+")
PAGE_NUMBER: Final = re.compile(r"(?:[Pp]age )?(\d{1,3})(?: ?(?:/|of) ?\d{1,3})?")
ADDRESS: Final = re.compile(r"(?:https?|file)://\S+")
SPACES: Final = re.compile(r"\s+")
PRINTED: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d\d(?: [AP]M)?")


class Printed(NamedTuple):
    """Rows of a text without what the printer added."""

    rows: list[Row]
    furniture: list[Row]
    title: str | None
    address: str | None


def take_pages(rows: list[Row]) -> Printed:
    """Take the running heads and feet off the pages of a printed text."""
    pages = _split_pages(_mark_pages(rows))
    if len(pages) < 2:
        return Printed(rows, [], None, None)
    edges = [_find_edges(page) for page in pages]
    shapes = Counter(shape for edge in edges for shape in {_shape(row) for row in edge})
    kept: list[Row] = []
    furniture: list[Row] = []
    fewest = max(2, round(MOST_PAGES * len(pages)))
    few = max(FEWEST, round(HALF_PAGES * len(pages)))
    again = {
        shape
        for shape, count in shapes.items()
        if count >= fewest or (count >= few and not is_label(shape))
    }
    for page, edge in zip(pages, edges, strict=True):
        added = {row.number for row in edge if _shape(row) in again or _is_number(row)}
        furniture += [row for row in page if row.number in added]
        kept += _trim([row for row in page if row.number not in added])
    return Printed(kept, furniture, _find_title(furniture), _find_address(furniture))


def _mark_pages(rows: list[Row]) -> list[Row]:
    """Rows of a text that has lost its form feeds, with one after each page number.

    Page numbers rise by one, each right under the same running head. A bare number may
    be a question's.
    """
    if any("\f" in row.text for row in rows):
        return rows
    last, ends = 0, dict[str, list[int]]()
    for index, row in enumerate(rows):
        text = row.text.strip()
        found = None if text.isdecimal() else PAGE_NUMBER.fullmatch(text)
        head = _shape(rows[index - 1]) if found and index else ""
        if found and head and int(found[1]) - last in {1, 2}:
            last = int(found[1])
            ends.setdefault(head, []).append(index)
    found_ends = max(ends.values(), key=len, default=[])
    if len(found_ends) < FEWEST:
        return rows
    starts = {index + 1 for index in found_ends}
    return [
        replace(row, text=f"\f{row.text}") if index in starts else row
        for index, row in enumerate(rows)
    ]


def _split_pages(rows: list[Row]) -> list[list[Row]]:
    pages: list[list[Row]] = [[]]
    for row in rows:
        text = row.text
        if "\f" in text:
            before, _, text = text.rpartition("\f")
            before = before.replace("\f", " ")
            if before.strip():
                pages[-1].append(replace(row, text=before))
            pages.append([])
            row = replace(row, text=text)  # noqa: PLW2901  what is left of it
        pages[-1].append(row)
    return [page for page in pages if any(row.text.strip() for row in page)]


def _find_edges(page: list[Row]) -> list[Row]:
    """The rows at a page's top and foot that the printer may have added."""
    shown = [row for row in page if row.text.strip()]
    return shown[:EDGE] + shown[EDGE:][-EDGE:]


def _shape(row: Row) -> str:
    """A row's words with its numbers made alike and its spaces squeezed."""
    return SPACES.sub(" ", DIGITS.sub("0", row.text)).strip()


def _is_number(row: Row) -> bool:
    return PAGE_NUMBER.fullmatch(row.text.strip()) is not None and "/" in row.text


def _trim(rows: list[Row]) -> list[Row]:
    """A page's rows without the blank ones at its edges."""
    shown = [index for index, row in enumerate(rows) if row.text.strip()]
    return rows[shown[0] : shown[-1] + 1] if shown else []


def _find_address(furniture: list[Row]) -> str | None:
    """The page's address, where a browser printed it at the foot."""
    for row in furniture:
        found = ADDRESS.match(row.text.strip())
        if found:
            return found[0]
    return None


def _find_title(furniture: list[Row]) -> str | None:
    """The document's title, where a browser printed it at the head beside the date."""
    for row, after in pairwise([*furniture, Row("", 0)]):
        found = PRINTED.match(row.text.strip())
        if found:
            return row.text.strip()[found.end() :].strip() or after.text.strip() or None
    return None

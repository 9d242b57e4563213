"""Decoded text to rows as printed, and rows to measured lines.

A row is what stands between two line ends, blank or not; steps that look at the
picture (pages, frames, columns) work on rows. A line is a row that is not blank,
with its measures; steps that look at words work on lines.
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec.structs import replace

from peelparse.blocks import Kind
from peelparse.text import INVISIBLE, squeeze

LINE_ENDS: Final = re.compile("\r\n?|[\v\x1c-\x1e\x85\u2028\u2029]")
QUOTED: Final = re.compile(r"^ *(?:> ?)+", re.MULTILINE)
ODD_ENDS: Final = "\r\v\x1c\x1d\x1e\x85\u2028\u2029"
# what colours and bold take in a terminal, and the links of some
ESCAPE: Final = re.compile(
    "\x1b(?:\\[[0-9;:?]*[ -/]*[@-~]|\\][^\x07\x1b\n]*(?:\x07|\x1b\\\\)|[()][A-Z0-9])"
)
OVERSTRIKE: Final = re.compile("[^\n]\x08")
SPACES: Final = str.maketrans(dict.fromkeys("\xa0\u2007\u202f\u3000", " "))
CELL_SIDE: Final = "\x1f"  # white space that stands where a table's side was drawn
LOOKED_AT: Final = 40_000  # characters that show in which markup a text is written
TAB: Final = 8  # columns


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row of the copy as it is printed; may be blank."""

    text: str
    number: int  # 1-based
    limit: int = 0  # column of the frame's right side, 0 without a frame
    cell: int = 0  # column of a data table; -1: a block of its own
    printed: str = ""  # the row as it stood in the copy, where its marks are taken off


class Line(msgspec.Struct, frozen=True, gc=False):
    """One row that is not blank: its words, its measures, and what markup says."""

    text: str
    number: int  # 1-based
    indent: int = 0
    gap: int = 0  # blank rows before it
    width: int = 0  # columns, indent included
    head: int = 0  # columns of its first word
    limit: int = 0  # column of the frame's right side, 0 without a frame
    kind: Kind | None = None  # None: told later, by its words
    level: int = 0  # of a heading, or column of a table's cell
    ordinal: int | None = None
    content: int = 0  # column where the text of a list item begins
    is_new: bool = False  # begins a block, whatever the words say


def clean_text(text: str) -> str:
    r"""Make all line ends one, and take back what was printed over or coloured.

    Example:
        >>> clean_text("N\x08NA\x08A\r\n\x1b[1mB\x1b[0m")
        'NA\nB'
    """
    if any(mark in text for mark in ODD_ENDS):
        text = LINE_ENDS.sub("\n", text)
    if "\x1b" in text:
        text = ESCAPE.sub("", text)
    return OVERSTRIKE.sub("", text) if "\x08" in text else text


def holds_any(text: str, signs: Iterable[str]) -> bool:
    """Whether a text holds any of some signs.

    A single character is found, or not, 40 x faster than two; most signs hold one that
    the text has not.
    """
    return any(
        all(letter in text for letter in sign) and sign in text for sign in signs
    )


def take_quotes(text: str) -> str:
    r"""Take off the marks of a quotation that holds the page, as a layout's tables do.

    Example:
        >>> take_quotes("Menu\n> One\n>\n> Two")
        'Menu\nOne\n\nTwo'
    """
    if ">" not in text:
        return text
    quoted = len(QUOTED.findall(text))
    if 2 * quoted <= text.count("\n") - text.count("\n\n"):
        return text
    return QUOTED.sub("", text)


def split_rows(text: str) -> list[Row]:
    """Rows of a text whose line ends are one; a form feed opens its row."""
    return [
        Row(raw.rstrip(" "), number)
        if raw.isprintable()
        else Row(show(raw), number, printed=raw if "\t" in raw else "")
        for number, raw in enumerate(text.split("\n"), 1)
    ]


def show(raw: str) -> str:
    """A row as a reader sees it: tabs as columns, nothing invisible, no end space."""
    shown = raw.translate(INVISIBLE).translate(SPACES)
    return shown.expandtabs(TAB).rstrip(" ")


def measure(rows: Iterable[Row]) -> list[Line]:
    """Lines of rows: the blank ones become the gap of the line after them."""
    lines: list[Line] = []
    gap = 0
    for row in rows:
        text = squeeze(row.text) if row.text else ""
        if not text:
            gap += 1
            continue
        indent = len(row.text) - len(row.text.lstrip())
        printed, shown = row.text, text
        if row.printed:
            printed = shown = row.printed.expandtabs(TAB)
        head = len(shown.split(None, 1)[0])
        line = Line(text, row.number, indent, gap, len(printed), head, row.limit)
        if row.cell:
            kind = Kind.CELL if row.cell > 0 else None
            line = replace(line, kind=kind, level=max(row.cell, 0), is_new=True)
        lines.append(line)
        gap = 0
    return lines

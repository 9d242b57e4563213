"""What is drawn side by side, to one stream after the other.

Text browsers, layout extractors and PDF tools draw a page's columns beside each
other. Two columns are told by a gutter: a column of the picture that stays blank
over many rows that have words on both sides of it. Frames are taken off first.
"""

import re
from collections import Counter
from typing import Final, NamedTuple

from msgspec.structs import replace

from peelparse.read.dialects.lines import CELL_SIDE, Row

DRAWING: Final = " +|=_-" + "".join(map(chr, range(0x2500, 0x2580)))
DRAWN: Final = frozenset(DRAWING) - {" "}
GRID: Final = re.compile(r" *(?:\+[-=]+){2,}\+| *(?:[-=]{3,}  ?)+[-=]{3,}")
FRAMED: Final = re.compile(r"\s*([│┃║|])(.*?)([│┃║|])\s*")
BARS: Final = str.maketrans(dict.fromkeys("│┃║|", CELL_SIDE))
# what a picture has and rows of plain text have not: a side or a rule at the start of
# a row, and a gap after a word (a gap in literal form, so that it is found fast)
FRAME_ROW: Final = re.compile(
    rf"\n[^\S\n]*(?:[│┃║|]|[{re.escape(DRAWING[1:])}][{re.escape(DRAWING)}]*\n)"
)
GAP: Final = re.compile(r"  (?<=\S  )")
DEEP: Final = "\n    "  # columns before a gutter: a word of three letters and a gap
START: Final = re.compile(r"(?<= {2})[^ ]")
WORD: Final = re.compile(r"[^\W\d_]{3}")
FEWEST_ROWS: Final = 6  # rows with words on both sides that show a gutter
FEWEST_WIDE: Final = 3  # as many show it if each side has FEWEST_ROWS rows with words
FARTHEST: Final = 15  # rows that a gap in one column can span
MOST_BELOW: Final = 4  # lines under a table; more are a column beside a shorter one
MOST_PLACES: Final = 24  # places tried for a gutter
WIDEST: Final = 2000  # columns looked at
DEEPEST: Final = 6  # columns inside columns


def is_drawn(rows: list[Row]) -> bool:
    """Whether rows may hold frames, columns or tables; most copies hold none.

    Measured: a look at the whole text saves 0.9 of the 1.0 that the steps cost.
    """
    text = "\n".join(["", *[row.text for row in rows], ""])
    return (
        DEEP in text
        or CELL_SIDE in text
        or FRAME_ROW.search(text) is not None
        or GAP.search(text) is not None
        or any(row.printed for row in rows)
    )


def take_frames(rows: list[Row]) -> list[Row]:
    """Take off frames: drawn rules become blank rows, drawn sides become spaces."""
    return [
        _unframe(row) if row.text.lstrip()[:1] in DRAWN else row
        for row in rows
        if row.text.lstrip()[:1] not in DRAWN or not GRID.fullmatch(row.text)
    ]


def _unframe(row: Row) -> Row:
    text = row.text
    if not text.strip(DRAWING) and not set(text) <= {" ", "|"}:
        return replace(row, text="")
    found = FRAMED.fullmatch(text)
    if found is None:
        return row
    inner = found[2]
    if "__" in inner:  # the last row of a box whose floor is drawn under the words
        inner = inner.replace("_", " ")
    inner = inner.translate(BARS)
    text = " " * (found.start(1) + 1) + inner
    return replace(row, text=text.rstrip(), limit=found.start(3) - 1)


def split_columns(rows: list[Row], depth: int = 0) -> list[list[Row]]:
    """Streams of rows in reading order: left column before right column.

    Returns:
        One stream where nothing stands side by side.
    """
    found = _find_gutter(rows) if depth < DEEPEST else None
    if found is None:
        return [rows]
    place, first, last = found
    strays = _find_strays(rows, found)
    left: list[Row] = []
    right: list[Row] = []
    for index, row in enumerate(rows[first:last], first):
        cut = len(row.text) if index in strays else place
        left.append(replace(row, text=row.text[:cut].rstrip()))
        right.append(replace(row, text=(" " * cut + row.text[cut:]).rstrip()))
    streams: list[list[Row]] = []
    for part in (rows[:first], left, right, rows[last:]):
        if any(row.text for row in part):
            streams += split_columns(part, depth + 1)
    return streams


def _find_gutter(rows: list[Row]) -> tuple[int, int, int] | None:
    """Column where the right side begins, and the first and last row; or None."""
    places = Counter(
        found.start()
        for row in rows
        if "  " in row.text
        for found in START.finditer(row.text, 0, WIDEST)
    )
    runs = [
        run
        for place, count in places.most_common(MOST_PLACES)
        if count >= FEWEST_WIDE
        for run in _find_runs(rows, place)
        if run.is_gutter()
    ]
    best = max(runs, key=lambda run: run.both, default=None)
    return (best.place, best.first, best.last) if best else None


def _find_strays(rows: list[Row], found: tuple[int, int, int]) -> frozenset[int]:
    """Rows far below a short right column that reach under it, as rows of tables do."""
    place, first, last = found
    shown = [index for index in range(first, last) if len(rows[index].text) > place]
    groups: list[list[int]] = []
    for index in shown:
        if groups and index - groups[-1][-1] <= FARTHEST:
            groups[-1].append(index)
        else:
            groups.append([index])
    return frozenset(
        index for group in groups[1:] if len(group) < FEWEST_ROWS for index in group
    )


class _Run(NamedTuple):
    """Rows that are blank before a place, and how many have words on which side."""

    place: int
    first: int
    last: int
    both: int
    left: int
    right: int

    def is_gutter(self) -> bool:
        """Whether enough rows stand on both sides."""
        if self.both >= FEWEST_ROWS:
            return True
        return self.both >= FEWEST_WIDE and min(self.left, self.right) >= FEWEST_ROWS


def _find_runs(rows: list[Row], place: int) -> list[_Run]:
    """Runs of rows that are blank before a place."""
    runs: list[_Run] = []
    first = both = left = right = 0
    for index, row in enumerate([*rows, None]):
        text = row.text if row else None
        if text is not None and (len(text) < place or text[place - 1] == " "):
            has_left = WORD.search(text, 0, place) is not None
            has_right = len(text) > place
            left += has_left
            right += has_right
            both += has_left and has_right
            continue
        begin, end = _trim(rows, place, first, index) if both else (first, index)
        runs.append(_Run(place, begin, end, both, left, right))
        first, both, left, right = index + 1, 0, 0, 0
    return runs


def _trim(rows: list[Row], place: int, first: int, last: int) -> tuple[int, int]:
    """The rows of a run without the lines of text at its edges that have a space there.

    Also without a few lines under it that stand after a blank row, if more text does.
    """
    wide = [
        index
        for index in range(first, last)
        if rows[index].text[place - 2 : place] == "  " and len(rows[index].text) > place
    ]
    if not wide:
        return first, last
    crossing = [
        index
        for index in (*range(first, wide[0]), *range(wide[-1] + 1, last))
        if rows[index].text[place - 2 : place].strip() and len(rows[index].text) > place
    ]
    before = [index for index in crossing if index < wide[0]]
    if before:
        first = before[-1] + 1
        while first < wide[0] and rows[first].text:
            first += 1  # the text that crosses goes on
    end = min((index for index in crossing if index > wide[-1]), default=last)
    if end == len(rows):
        return first, end
    blank = [index for index in range(wide[-1], end) if not rows[index].text]
    below = sum(1 for row in rows[blank[0] : end] if row.text) if blank else 0
    return first, blank[0] if 0 < below <= MOST_BELOW else end

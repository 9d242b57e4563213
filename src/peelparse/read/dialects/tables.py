"""Small tables that are drawn with spaces, to one row for each cell.

Cells are told by wide gaps: pieces of a group of rows that no other piece ties
together across a gap stand in columns of their own. One row of prose with a wide gap
in it is no table, unless each piece could stand alone.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, groupby, pairwise
from typing import Final, NamedTuple

from msgspec.structs import replace

from peelparse.read.dialects.columns import GRID, take_frames
from peelparse.read.dialects.lines import CELL_SIDE, Row
from peelparse.read.dialects.marks import Mark, find_mark
from peelparse.read.dialects.sentences import runs_on, space_between
from peelparse.read.dialects.words import is_label, load_grades

PIECE: Final = re.compile(r"\S+(?: \S+)*")
WORD: Final = re.compile(r"(?<= )\S")
GAP: Final = re.compile(rf"\S {{2,}}\S|{CELL_SIDE}")
WIDEST: Final = 132  # columns of a cell; a longer piece is a paragraph
MOST_ROWS: Final = 60  # rows of one table that are looked at
BARRED: Final = re.compile(r"[^|\s][^|]*\|(?:[^|]*\|)+\s*")  # `Area | Grade |`
WIDE: Final = 4  # spaces that no typist sets, and no lost character leaves


class _Piece(NamedTuple):
    start: int
    end: int
    text: str
    number: int  # of its row


def split_tables(rows: Iterable[Row]) -> list[Row]:
    """Rows with each cell of a drawn table on a row of its own."""
    split: list[Row] = []
    group: list[Row] = []
    for row in [*rows, Row("", 0)]:
        if row.text and len(group) < MOST_ROWS:
            group.append(row)
            continue
        split += _split_group(group)
        group = [row] if row.text else []
        if row.number and not row.text:
            split.append(row)
    return split + group


def take_bars(rows: list[Row]) -> list[Row]:
    """Rows of cells that bars end, as some converters write a table, get tabs."""
    barred = {row.number for row in rows if BARRED.fullmatch(row.text)}
    if len(barred) < 2:
        return rows
    return [
        replace(row, printed=row.text.replace("|", "\t"))
        if row.number in barred
        else row
        for row in rows
    ]


def take_drawn(rows: list[Row]) -> list[Row]:
    """Part the tables that are drawn with lines into a row for each cell."""
    if not any(GRID.fullmatch(row.text) for row in rows):
        return rows
    taken: list[Row] = []
    for _, group in groupby(rows, key=lambda row: bool(row.text)):
        drawn = list(group)
        is_table = any(GRID.fullmatch(row.text) for row in drawn)
        taken += split_tables(take_frames(drawn)) if is_table else drawn
    return taken


def _split_group(rows: list[Row]) -> list[Row]:
    """A group of rows without a blank one: a table, or rows that each may be one."""
    if any("\t" in row.printed.strip() for row in rows):
        return _split_tabs(rows)
    gapped = sum(map(_has_gap, rows))
    if not gapped or any(map(_goes_under, rows, rows[1:])):
        return rows
    is_tabular = len(rows) > 2 and 2 * gapped >= len(rows)
    for gutters in (_find_gutters(rows) if is_tabular else frozenset(), frozenset()):
        columns = _find_columns(
            [piece for row in rows for piece in _find_pieces(row, gutters)]
        )
        if (
            len(columns) > 1
            and len(rows) > 1
            and all(_begins(column[0]) for column in columns)
            and all(piece.end - piece.start < WIDEST for piece in chain(*columns))
        ):
            return _make_cells([_join_cells(column) for column in columns])
    split: list[Row] = []
    for row in rows:
        pieces = _find_pieces(row)
        split += (
            _make_cells([[piece] for piece in pieces])
            if _stand_alone(pieces)
            else [row]
        )
    return split


def _has_gap(row: Row) -> bool:
    """Whether a row has a wide gap, other than after the mark of a list."""
    text = row.text
    if "  " not in text and CELL_SIDE not in text:
        return False
    mark = find_mark(text.lstrip(), 1)
    return GAP.search(mark.rest if mark else text) is not None


def _goes_under(row: Row, after: Row) -> bool:
    """Whether a row under a label is the rest of the words beside it.

    The label is a picture's; a cell that is a label goes on in no other row.
    """
    first, *rest = _find_pieces(row)
    pieces = _find_pieces(after)
    return (
        bool(rest)
        and len(pieces) == 1
        and pieces[0].start <= first.end
        and is_label(first.text)
        and runs_on(rest[-1].text, pieces[0].text)
    )


def _split_tabs(rows: list[Row]) -> list[Row]:
    """Cells that tabs part, as browsers copy them; other rows stay as they are."""
    cells = [_find_cells(row) for row in rows]
    filled = [[cell for cell in texts if cell] for texts in cells]
    heads = [_is_graded(texts) for texts in filled]
    is_data = sum(len(texts) > 1 for texts in filled) - (heads.count(True) == 1) > 1
    split: list[Row] = []
    for row, texts, is_head in zip(rows, cells, heads, strict=True):
        if len(texts) < 2:
            split.append(row)
            continue
        is_cell = is_data and not (is_head and heads.count(True) == 1)
        split += [
            Row(text, row.number, cell=column if is_cell else -1)
            for column, text in enumerate(texts, 1)
            if text
        ]
    return split


def _find_cells(row: Row) -> list[str]:
    """The cells of a row; none where a tab stands after the mark of a list."""
    cells = [cell.strip() for cell in row.printed.split("\t")]
    filled = [cell for cell in cells if cell]
    if len(filled) == 2 and find_mark(f"{filled[0]} x", 1) == Mark("x"):
        return []
    return cells


def _is_graded(texts: list[str]) -> bool:
    """Whether a row is a name and its grade, as heads what comes after a table."""
    return len(texts) == 2 and texts[1].casefold() in load_grades()


def _find_gutters(rows: list[Row]) -> frozenset[int]:
    """Columns of the picture that are blank in all rows, and begin a word in some."""
    starts = Counter(
        found.start() for row in rows for found in WORD.finditer(row.text, 1)
    )
    return frozenset(
        start - 1
        for start, count in starts.items()
        if count > 1
        and all(len(row.text) < start or row.text[start - 1] == " " for row in rows)
    )


def _find_pieces(row: Row, gutters: frozenset[int] = frozenset()) -> list[_Piece]:
    """The pieces of a row between wide gaps; a list mark belongs to the next."""
    if gutters:
        places = sorted(place for place in gutters if place < len(row.text))
        for place in places:
            row = replace(
                row, text=f"{row.text[:place]}{CELL_SIDE}{row.text[place + 1 :]}"
            )
    pieces: list[_Piece] = []
    for found in PIECE.finditer(row.text):
        piece = _Piece(found.start(), found.end(), found[0], row.number)
        if (
            len(pieces) == 1
            and len(pieces[0].text) < 4
            and find_mark(f"{pieces[0].text} x", 1)
        ):
            first = pieces.pop()
            text = f"{first.text} " if first.text[0].isalnum() else ""
            piece = piece._replace(start=first.start, text=f"{text}{piece.text}")
        pieces.append(piece)
    return pieces


def _find_columns(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces by column, from left to right: those that overlap share one."""
    columns: list[list[_Piece]] = []
    end = -1
    for piece in sorted(pieces):
        if columns and piece.start <= end:
            columns[-1].append(piece)
        else:
            columns.append([piece])
        end = max(end, piece.end)
    return [sorted(column, key=lambda piece: piece.number) for column in columns]


def _join_cells(column: list[_Piece]) -> list[_Piece]:
    """The cells of a column: a line that begins big after a whole one begins one."""
    cells = [column[0]]
    for piece in column[1:]:
        before = cells[-1]
        if runs_on(before.text, piece.text) or piece.text[0].islower():
            gap = space_between(before.text, piece.text)
            cells[-1] = before._replace(text=f"{before.text}{gap}{piece.text}")
        else:
            cells.append(piece)
    return cells


def _make_cells(columns: list[list[_Piece]]) -> list[Row]:
    """One row for each cell; cells of a table of several rows know their column."""
    is_data = sum(len(cells) > 1 for cells in columns) > 1
    rows = [
        (index if is_data else 0, column, cell)
        for column, cells in enumerate(columns, 1)
        for index, cell in enumerate(cells)
    ]
    return [
        Row(" " * cell.start + cell.text, cell.number, cell=column if is_data else -1)
        for _, column, cell in sorted(rows, key=lambda row: row[:2])
    ]


def _begins(piece: _Piece) -> bool:
    """Whether a piece begins as a cell does, and as the middle of a sentence does not."""
    first = piece.text[0]
    return first.isupper() or first.isdigit() or first in "‘“'\"•*-+(["


def _stand_alone(pieces: list[_Piece]) -> bool:
    """Whether each piece of one row could stand alone, as cells do and prose does not."""
    if len(pieces) < 2 or not all(map(_begins, pieces)):
        return False
    if any(piece.text.isdecimal() or piece.text.endswith("?") for piece in pieces):
        return True
    return all(after.start - before.end >= WIDE for before, after in pairwise(pieces))

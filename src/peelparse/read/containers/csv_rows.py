"""CSV tables that hold a page in a column, as crawlers export them, to pages."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

import msgspec

from peelparse.blocks import Problem
from peelparse.errors import LimitError, UnsupportedFormatError
from peelparse.read.containers.fields import find_page, load_names, simplify
from peelparse.read.containers.member import Members
from peelparse.read.decode import decode
from peelparse.read.limits import Budget, advise_raising

OWN: Final = frozenset(("report_id", "page_kind"))  # columns of what peelparse writes
LINE_END: Final = re.compile(r"\r\n?|\n")
# a cell that opens a quotation stands right after the mark, which in prose it does not
OPEN_ROW: Final = re.compile(
    rb'(?:(?:[^\s",][^",]{0,300}|),){2,}"(?:[^"]|"")+'
    rb'|(?:(?:[^\s";][^";]{0,300}|);){2,}"(?:[^"]|"")+'
    rb'|(?:[^"\t]{0,300}\t){2,}"(?:[^"]|"")+'
)
ADDRESS: Final = re.compile(r"https?://\S+")
HEADER_CELL: Final = re.compile(r'\s*"?[\w $./:@-]{1,40}"?\s*')


def is_header(line: bytes) -> bool:
    """Whether a line is the header of a table that may hold pages: it names one of
    the known fields, and every cell of it is a short name.

    Example:
        >>> is_header(b"url,title,content"), is_header(b"Good, but the force must")
        (True, False)
    """
    text = line.decode("utf-8", "replace").strip()
    cells = text.split(_find_mark(text))
    if len(cells) < 2 or not all(map(HEADER_CELL.fullmatch, cells)):
        return False
    names = load_names()
    known = {*names.html, *names.markdown, *names.text, *names.address[:8]}
    return any(simplify(cell) in known for cell in cells)


def is_row(line: bytes) -> bool:
    r"""Whether a line opens a row of a table without a header: short cells, then one
    that is quoted and runs over the line's end.

    Example:
        >>> is_row(b'a.html\tnull\t"Northshire'), is_row(b'It said, "well'), is_row(b"")
        (True, False, False)
    """
    return OPEN_ROW.fullmatch(line) is not None


def read_csv(data: bytes, budget: Budget) -> Members:
    """Read every row's page; rows without one are passed over."""
    text = decode(data).text
    rows = _iter_rows(text, _find_mark(text[:4096].split("\n", 1)[0]), budget)
    if is_row(data.split(b"\n", 1)[0].rstrip()):
        first = next(rows)
        header, rows = _name_cells(first[0]), chain([first], rows)
    else:
        header, _ = next(rows)
        _refuse_own(header)
    is_empty = True
    for number, (cells, is_whole) in enumerate(rows, 1):
        budget.count()
        page = find_page(dict(zip(header, cells, strict=False)), (), "csv")
        if page is None:
            continue
        is_empty = False
        cut = (
            ()
            if is_whole
            else (Problem("PP104", "the table ends inside a quoted cell"),)
        )
        yield msgspec.structs.replace(
            page, name=str(number), problems=page.problems + cut
        )
    if is_empty:
        raise UnsupportedFormatError(
            "reading the CSV",
            f"the columns {', '.join(header)[:60]}, none of which holds a page",
            "a column such as html, markdown, text or content",
            "export the page's HTML or text with the rows",
        )


def _name_cells(cells: list[str]) -> list[str]:
    """A header for a table that has none: its addresses are told, the rest numbered."""
    return [
        "url" if ADDRESS.fullmatch(cell) else str(number)
        for number, cell in enumerate(cells, 1)
    ]


def _refuse_own(header: list[str]) -> None:
    """Refuse what this tool wrote itself, which looks like pages to it."""
    if OWN.issubset(header):
        raise UnsupportedFormatError(
            "reading the CSV",
            "a table that peelparse wrote",
            "saved pages",
            "give the pages themselves; the table needs no second reading",
        )


def _find_mark(line: str) -> str:
    """What separates the cells: the commonest of comma, semicolon and tab."""
    return max(",;\t", key=line.count)


def _iter_rows(
    text: str, mark: str, budget: Budget
) -> Iterator[tuple[list[str], bool]]:
    """Rows as cells, and whether the row is whole.

    The standard library's reader has one limit for all of a process; a page is longer.
    """
    ends = re.compile(rf"[\r\n{mark}]")
    quoted = re.compile(rf' *"([^"]*+(?:""[^"]*+)*+)("?)[^\r\n{mark}]*')
    cells: list[str] = []
    position = start = 0
    is_whole = True
    while position < len(text):
        if found := quoted.match(text, position):
            cells.append(found[1].replace('""', '"'))
            is_whole = bool(found[2])
            position = found.end()
        else:
            end = ends.search(text, position)
            cells.append(text[position : end.start() if end else len(text)])
            position += len(cells[-1])
        if position - start > budget.limits.page_bytes:
            raise LimitError(
                "reading the CSV",
                f"a row of {position - start:,} characters",
                f"at most {budget.limits.page_bytes:,}",
                "check its quotes, or " + advise_raising("page_bytes"),
            )
        if text.startswith(mark, position):
            position += 1
            continue
        yield cells, is_whole
        line_end = LINE_END.match(text, position)
        cells, position = [], line_end.end() if line_end else position
        start = position
    if cells:
        yield cells, is_whole

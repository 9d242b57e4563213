"""Markdown of every flavour to lines whose marks are read.

Flavours differ in what they let through: HTML tags (GitHub), fenced divisions and
attributes (pandoc), titles under their text (setext), tables of pipes that hold a
whole page. Inline marks are left for `inline`, which works on whole blocks.
"""

import re
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from peelparse.blocks import Kind
from peelparse.grammar import JOINING, LIST_ENDS
from peelparse.read.dialects.lines import LOOKED_AT, Line, Row, holds_any, measure
from peelparse.read.dialects.marks import BULLET, find_mark
from peelparse.read.dialects.sentences import is_unfinished
from peelparse.read.dialects.tables import take_drawn
from peelparse.text import ends_sentence, is_continued

SIGNS: Final = re.compile(
    r"^ {0,3}#{1,6} +\S|\]\([^\s()]*\)|^ *\*\*[^\s*].*\*\* *$|^\S.*\n(?:={3,}|-{3,})$"
    r"|^\|(?: ?:?-{3,}:? ?\|)+|^:::",
    re.MULTILINE,
)
IN_SIGNS: Final = ("#", "](", "**", "|", "\n===", "\n---", ":::")
ATX: Final = re.compile(r"(#{1,6})(?: +(.*?))?(?: +#+)?(?:(?<![\]`]) *\{[^{}]*\})?")
SETEXT: Final = re.compile(r"={2,}|-{3,}")
RULE: Final = re.compile(r"(?:[-*_] *){3,}")
# rules, and the targets of links
DROPPED: Final = re.compile(rf"{RULE.pattern}|=+|\[[^\[\]]+\]: +\S+.*")
FENCE: Final = re.compile(r"(?::{3,}|`{3,}|~{3,}).*")
DEFINITION: Final = re.compile(r"[:~] +(?=\S)")
DIVIDER: Final = re.compile(r"\|?(?: *:?-{2,}:? *\|)+(?: *:?-{2,}:? *)?")
TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)/?>")
TAG_LINE: Final = re.compile(r"^ *</?(?:div|span|section)\b[^<>]*>$", re.MULTILINE)
STRAY: Final = 6  # tags on lines of their own, which only Markdown keeps
TEXT_TAG: Final = re.compile(rb"<(?:p|li|h[1-6]|td|dd)[\s>]", re.IGNORECASE)
PARAGRAPH: Final = re.compile(rb"\n\r?\n\r?(?=[^<\s])")
ALT: Final = re.compile(r"\balt=\"([^\"]*)\"")
INLINE_TAG: Final = re.compile(
    r"a|abbr|bd[io]|b|cite|code|em|font|img|ins|i|kbd|label|mark|q|samp|small|span|strong|"
    r"sub|sup|s|time|u"
)
QUOTE: Final = re.compile(r"(?:> ?)+")
GAP: Final = "\x06"  # stands for a wide gap inside a cell
INSIDE: Final = "\x07"  # stands where a tag goes on in the next row
BREAK: Final = "\x05"  # stands for a break that a tag makes inside a row
PIPE: Final = re.compile(r"(?<!\\)\|")
# possessive and from its first space on: a cell of 9,000 spaces took a second
WIDE_GAP: Final = re.compile(r"(?<! ) {2,}+(?=[-*#\[!‘“\"'(A-Z0-9])")
# where a line end stood in a cell: a wide gap, a bullet after a point, a bold label
CELL_PART: Final = re.compile(
    rf"\n|(?:(?<=[;:.])|{'|'.join(f'(?<={end})' for end in LIST_ENDS)}) ?(?=[*•-] \S)"
    r"|(?<!\S)(?=\*\*[A-Z0-9])|(?<=[^\s*]\*\*)(?!\S)"
)
LONGEST_CELL: Final = 200


def is_markdown(text: str) -> bool:
    """Whether a text has the marks of Markdown, more than by accident."""
    head = text[:LOOKED_AT]
    if not holds_any(head, IN_SIGNS) and not holds_any(text, ("</",)):
        return False
    signs = SIGNS.findall(head)
    return (
        len(signs) > 1
        or any(sign.startswith(("##", "|")) for sign in signs)
        or len(TAG_LINE.findall(head)) >= STRAY
    )


def has_stray_tags(data: bytes) -> bool:
    """Whether bytes with HTML tags are no HTML but text that tags were left in.

    Markdown keeps the tags that it has no mark for; those of paragraphs, items and
    headings, which it has marks for, are then fewer than its marks. Other text may keep
    those of a script, and has many more paragraphs, told by blank lines, than tags.
    """
    head = data[:LOOKED_AT]
    tags = len(TEXT_TAG.findall(head))
    signs = len(SIGNS.findall(head.decode("utf-8", "replace")))
    return (signs > 2 and signs > tags) or len(PARAGRAPH.findall(head)) > 5 * tags + 5


def read_markdown(text: str) -> list[Line]:
    """Lines of a Markdown text, with what their marks say."""
    rows: list[Row] = []
    shown = take_tags(text).split("\n")
    for number, (raw, printed) in enumerate(
        zip(shown, text.split("\n"), strict=True), 1
    ):
        if raw.strip() == INSIDE:
            continue
        row = raw.replace(INSIDE, "").expandtabs(4)
        if "|" in row:
            row = WIDE_GAP.sub(GAP, row)
        # two spaces at the end are a hard line break, as a backslash is
        if printed.endswith("  ") and row.strip() and row.rstrip()[-1] not in "|\\":
            row = f"{row.rstrip()}\\"
        rows += [
            Row(piece.rstrip(), number, printed=printed) for piece in row.split(BREAK)
        ]
    lines: list[Line] = []
    for line in _take_breaks(measure(take_drawn(_take_fences(rows)))):
        if lines and not line.gap and _is_underline(line, lines[-1]):
            level = 1 if line.text[0] == "=" else 2
            lines[-1] = replace(lines[-1], kind=Kind.HEADING, level=level, is_new=True)
        elif not DROPPED.fullmatch(line.text):
            lines += _read_line(line)
        else:
            lines.append(replace(line, text="", is_new=True))
    return _read_tables([line for line in lines if line.text or line.is_new])


def take_tags(text: str) -> str:
    r"""Take off HTML tags and comments, keeping the number of every row.

    Example:
        >>> take_tags('<div class="a">\nGood<br>News</div>').split("\n")
        ['\x05', 'Good\x05News\x05']
    """
    if "<" not in text:
        return text
    if "<!--" in text:
        text = _take_comments(text)
    return TAG.sub(_replace_tag, text)


def _take_comments(text: str) -> str:
    """Take off HTML comments; one that is never closed is text."""
    first, *rest = text.split("<!--")
    kept = [first]
    for part in rest:
        comment, end, after = part.partition("-->")
        if end:
            kept.append("\n" * comment.count("\n") + after)
        else:
            kept.append("<!--" + part)
    return "".join(kept)


def _replace_tag(found: re.Match[str]) -> str:
    count = found[0].count("\n")
    rows = INSIDE + f"\n{INSIDE}" * count if count else ""
    name = found[2].lower()
    if name == "img":
        alt = ALT.search(found[3])
        return f"![{alt[1]}]({rows})" if alt and alt[1] else rows
    if INLINE_TAG.fullmatch(name):
        return rows
    return BREAK + rows


def _take_fences(rows: list[Row]) -> list[Row]:
    """Make blank rows of the fences of divisions and of code."""
    return [
        replace(row, text="") if FENCE.fullmatch(row.text.strip()) else row
        for row in rows
    ]


def _take_breaks(lines: list[Line]) -> list[Line]:
    """Take off the marks of hard line breaks; the line after one begins a block."""
    return [
        replace(
            line,
            text=line.text.removesuffix("\\"),
            is_new=line.is_new
            or (
                not line.gap
                and before.text.endswith("\\")
                and line.text.removesuffix("\\") not in JOINING
                and not is_continued(before.text[:-1], line.text)
            ),
        )
        for before, line in pairwise([Line("", 0), *lines])
    ]


def _is_underline(line: Line, above: Line) -> bool:
    """Whether a line underlines the one above it, which is then a heading."""
    return (
        SETEXT.fullmatch(line.text) is not None
        and bool(above.text)
        and above.kind is None
        and not ends_sentence(above.text.rstrip("?"))
        and "|" not in above.text
    )


def _read_line(line: Line) -> list[Line]:
    """A line, or the cells of a row of a table, with what its marks say."""
    quoted = QUOTE.match(line.text)
    if quoted:
        line = replace(line, text=line.text[quoted.end() :])
    heading = ATX.fullmatch(line.text)
    if heading:
        return [_make_heading(line, heading)]
    if DEFINITION.match(line.text):
        return [_read_definition(line)]
    mark = find_mark(line.text, line.indent or 1)
    if mark is None or not (mark.rest or BULLET.fullmatch(line.text)):
        return [line]
    content = line.width - len(mark.rest)
    line = replace(
        line, text=mark.rest, ordinal=mark.ordinal, content=content, is_new=True
    )
    heading = ATX.fullmatch(mark.rest.removeprefix("**"))
    if heading:
        return [_make_heading(line, heading)]
    return [replace(line, kind=Kind.ITEM)]


def _make_heading(line: Line, heading: re.Match[str]) -> Line:
    return replace(
        line,
        text=heading[2] or "",
        kind=Kind.HEADING,
        level=len(heading[1]),
        is_new=True,
    )


def _read_definition(line: Line) -> Line:
    """What a definition list says of a term: an item if it is a sentence."""
    text = DEFINITION.sub("", line.text)
    if mark := find_mark(text):
        return replace(
            line, text=mark.rest, kind=Kind.ITEM, ordinal=mark.ordinal, is_new=True
        )
    if ends_sentence(text) and not text.endswith(":"):
        content = line.width - len(text)
        return replace(line, text=text, kind=Kind.ITEM, content=content, is_new=True)
    return replace(line, text=text, is_new=True)


def _read_tables(lines: list[Line]) -> list[Line]:
    """Make cells of the rows of tables, or paragraphs where a table lays out a page."""
    read: list[Line] = []
    table: list[Line] = []
    for line in lines:
        is_row = line.kind is None and _is_row(line)
        if not is_row or line.gap:
            read += _read_table(table)
            table = []
        if is_row:
            table.append(line)
            continue
        if line.text or line.kind is Kind.ITEM:
            read.append(line)
    return read + _read_table(table)


def _is_row(line: Line) -> bool:
    if DIVIDER.fullmatch(line.text) and "|" in line.text:
        return True
    return "|" in line.text and len(PIPE.findall(line.text)) > (line.text[0] != "|")


def _read_table(rows: list[Line]) -> list[Line]:
    cells = [
        [
            cell.strip()
            for cell in PIPE.split(row.text.removeprefix("|").removesuffix("|"))
        ]
        for row in rows
        if not DIVIDER.fullmatch(row.text)
    ]
    shown = [row for row in rows if not DIVIDER.fullmatch(row.text)]
    is_data = (
        sum(sum(map(bool, row)) > 1 for row in cells) > 1
        and max(len(cell) for row in cells for cell in row) < LONGEST_CELL
    )
    read: list[Line] = []
    for line, row in zip(shown, cells, strict=True):
        for column, cell in enumerate(row, 1):
            if column > 1 and cell == row[column - 2]:
                continue  # one cell over several columns, said again for each
            if is_data and cell:
                read.append(
                    replace(line, text=cell, kind=Kind.CELL, level=column, is_new=True)
                )
            elif cell:
                read += _split_cell(line, cell)
    return read


def _split_cell(line: Line, cell: str) -> list[Line]:
    """Lines of a cell that holds a part of a page: wide gaps were line ends."""
    lines: list[Line] = []
    for part in map(str.strip, CELL_PART.split(cell.replace(GAP, "\n"))):
        before = lines[-1].text if lines else ""
        if part and len(before) < LONGEST_CELL and is_unfinished(before):
            lines[-1] = replace(lines[-1], text=f"{before} {part}")  # a broken line
        elif part and not RULE.fullmatch(part):
            piece = replace(line, text=part, indent=0, width=0, is_new=True)
            lines += _read_line(piece)
    return lines

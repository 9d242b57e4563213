"""List marks and heading marks at the start of a line, and the depth of a list."""

import re
from typing import Final

import msgspec
from msgspec.structs import replace

from peelparse.blocks import Kind
from peelparse.read.dialects.lines import Line
from peelparse.read.dialects.sentences import DASHES, space_between

# bullets of every kind that copies were seen to use, and two that were decoded wrongly
BULLET: Final = re.compile(
    "(?:[•●○◦▪▫■□‣⁃∙·◆►➢❖✓\uf0b7\uf0a7]|â€¢|â\x80¢|â—[ ‹\x8f])(?:Â? +|Â(?= ?\\w))?"
)
DASH: Final = re.compile(r"([-*+–o])(?: +(?=\S)|$)")
NUMBER: Final = re.compile(r"\(?(\d{1,2})[.)](?: +(?=\S)|$)")
LETTER: Final = re.compile(r"(?:#|\(?[a-h]|[ivx]{1,4})[.)] +(?=\S)")
GLUED: Final = re.compile("(?<=[^\\s])(?= *(?:[•●▪■‣◆►➢❖✓\uf0b7\uf0a7]|â€¢|â\x80¢))")
INNER: Final = re.compile("[•●▪■‣◆►➢❖✓\uf0b7\uf0a7â]")  # what GLUED looks for
STARS: Final = re.compile(r"(\*{2,6}) (\S.*\S|\S) \1")
OPENED: Final = re.compile(r"(?:\S{1,3} )?(\*{2,6}) (?!.*\*$)")
MOST_BROKEN: Final = 5  # lines of a heading
FOLLOWS: Final = frozenset((" ", ".", ")", "€", "\x80", "—", "i", "v", "x", ""))


class Mark(msgspec.Struct, frozen=True, gc=False):
    """The mark of a list line."""

    rest: str  # the line's words after the mark
    ordinal: int | None = None


def find_mark(text: str, indent: int = 0) -> Mark | None:
    """The list mark that a line opens with, if any.

    Example:
        >>> find_mark("2) act"), find_mark("â€¢ act"), find_mark("2016 was")
        (Mark(rest='act', ordinal=2), Mark(rest='act', ordinal=None), None)
    """
    if not text or (text[0].isalpha() and text[1:2] not in FOLLOWS):
        return None
    found = BULLET.match(text)
    if found:
        return Mark(text[found.end() :])
    found = DASH.match(text)
    if found and (found[1] not in "o–" or indent):
        return Mark(text[found.end() :])
    found = NUMBER.match(text)
    if found:
        return Mark(text[found.end() :], int(found[1]))
    found = LETTER.match(text)
    return Mark(text[found.end() :]) if found else None


def split_items(line: Line) -> list[Line]:
    """Lines of a line in which further bullets stand, whose line ends are lost.

    Example:
        >>> [part.text for part in split_items(Line("Aims• plan;• act.", 1))]
        ['Aims', '• plan;', '• act.']
    """
    if line.text[1:].isascii() or not INNER.search(line.text, 1):
        return [line]
    first, *rest = GLUED.split(line.text)
    parts = [replace(line, text=first)]
    for part in rest:
        text = part.strip()
        parts.append(replace(line, text=text, gap=0, width=line.indent + len(text)))
    return parts


def join_stars(lines: list[Line]) -> list[Line]:
    """Join each heading between stars that was broken across lines."""
    joined: list[Line] = []
    last = 0  # index after the lines that are joined
    for index, line in enumerate(lines):
        if index < last:
            continue
        opened = OPENED.match(line.text) if "**" in line.text else None
        last = _find_closing(lines, index, opened[1]) if opened else index + 1
        text = line.text
        for part in lines[index + 1 : last]:
            text += space_between(text, part.text) + part.text
        joined.append(line if text == line.text else replace(line, text=text))
    return joined


def _find_closing(lines: list[Line], first: int, stars: str) -> int:
    """Index after the line that closes a heading; right after its first if none does."""
    for index in range(first + 1, min(first + MOST_BROKEN, len(lines))):
        line = lines[index]
        if line.gap or OPENED.match(line.text) or STARS.fullmatch(line.text):
            break
        if line.text.endswith(stars):
            return index + 1
    return first + 1


def mark_lines(lines: list[Line]) -> list[Line]:
    """Take the marks off lines; a dash inside a sentence that was broken is none."""
    return [
        line
        if line.text.startswith(DASHES) and _is_inner_dash(lines, index)
        else mark_line(line)
        for index, line in enumerate(lines)
    ]


def _is_inner_dash(lines: list[Line], index: int) -> bool:
    """Whether a line goes on with a sentence, after the dash that it opens with."""
    line, before = lines[index], lines[index - 1]
    beside = (before, *lines[index + 1 : index + 2])
    return (
        index > 0
        and not line.gap
        and line.indent == before.indent
        and before.text[-1:].isalnum()
        and line.text[2:3].islower()
        and not any(each.text.startswith(DASHES) for each in beside)
    )


def mark_line(line: Line) -> Line:
    """Take the mark off a line that has one, and say what the mark says."""
    if line.kind is not None:
        return line
    stars = STARS.fullmatch(line.text) if line.text.startswith("**") else None
    if stars:  # `**** 2. Title ****`: the more stars, the higher
        level = 7 - len(stars[1])
        return replace(line, text=stars[2], kind=Kind.HEADING, level=level, is_new=True)
    mark = find_mark(line.text, line.indent)
    if mark is None:
        return line
    inner = STARS.fullmatch(mark.rest) if mark.rest.startswith("**") else None
    if inner:
        return replace(
            line,
            text=inner[2],
            kind=Kind.HEADING,
            level=7 - len(inner[1]),
            ordinal=mark.ordinal,
            is_new=True,
        )
    content = line.width - len(mark.rest)
    return replace(
        line,
        text=mark.rest,
        kind=Kind.ITEM,
        ordinal=mark.ordinal,
        content=max(content, line.indent + 1),
        is_new=True,
    )


class Depth:
    """Depth of list items, told by the columns of their marks."""

    def __init__(self) -> None:
        """Begin outside every list."""
        self.columns: list[int] = []
        self.content = 0  # column of the text of the last item; 0 outside of lists

    def enter(self, line: Line) -> int:
        """The depth of an item, the outermost 1."""
        columns = self.columns
        while columns and line.indent < columns[-1] - 1:
            columns.pop()
        if not columns or line.indent > columns[-1] + 1:
            columns.append(line.indent)
        self.content = line.content
        return len(columns)

    def holds(self, line: Line) -> bool:
        """Whether a paragraph stands inside the last item; ends the list if not."""
        if self.content and line.indent >= self.content:
            return True
        self.content = 0
        while self.columns and self.columns[-1] >= line.indent:
            self.columns.pop()
        return False

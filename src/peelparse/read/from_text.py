"""Text copies to blocks: what extractors, browsers and people wrote as plain text."""

import re
from typing import Final, NamedTuple

from peelparse.blocks import Block, Kind
from peelparse.text import INVISIBLE, ends_sentence, is_continued, squeeze, strip_bullet

LINE_ENDS: Final = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
OVERSTRIKE: Final = re.compile(".\x08")
MARK: Final = re.compile(r"([-*+–o]) +(?=\S)")
NUMBER_MARK: Final = re.compile(r"\(?(\d{1,2})[.)] +(?=\S)")
ATX: Final = re.compile(r"(#{1,6}) +(.*?)[ #]*")
SETEXT: Final = re.compile(r"=+|-{3,}")
MARKDOWN: Final = re.compile(
    r"^(?:#{1,6} +\S|.*\]\(\S+\)|\*\*.+\*\*$|.+\n={3,}$)", re.MULTILINE
)
IMAGE: Final = re.compile(r"!\[([^\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
LINK: Final = re.compile(r"\[([^\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
EMPHASIS: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
SLANT: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])")
ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|&$~-])")
WIDEST_WRAP: Final = 100  # columns; copies are wrapped at 65 to 80, rarely 100
NARROWEST_WRAP: Final = 40


class Line(NamedTuple):
    """One line that is not blank."""

    text: str
    number: int  # 1-based
    indent: int
    gap: int  # blank lines before it
    width: int  # columns, indent included


def read_text(text: str) -> tuple[list[Block], str]:
    """Read the blocks of a text copy.

    Args:
        text: the decoded text, of any line ends.

    Returns:
        The blocks in page order, and the dialect: `markdown`, `wrapped`, `compact`
        (no blank lines), `lossy` (all lines of one word are gone) or `full`.

    Example:
        >>> blocks, dialect = read_text("The force:\\n\\n  • plans; and\\n  • acts.")
        >>> [(b.kind.value, b.text) for b in blocks], dialect
        ([('paragraph', 'The force:'), ('item', 'plans; and'), ('item', 'acts.')], 'full')
    """
    text = LINE_ENDS.sub("\n", text)
    if "\x08" in text:
        text = OVERSTRIKE.sub("", text)
    is_markdown = len(MARKDOWN.findall(text[:20_000])) > 1
    lines = _split_lines(text)
    width = _find_wrap(lines)
    blocks = _read_lines(lines, width, is_markdown=is_markdown)
    return _mark_bare_items(blocks), _find_dialect(blocks, width, is_markdown=is_markdown)


def _split_lines(text: str) -> list[Line]:
    lines: list[Line] = []
    gap = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = squeeze(raw)
        if not line:
            gap += 1
            continue
        shown = raw.translate(INVISIBLE).expandtabs(8).rstrip()
        indent = len(shown) - len(shown.lstrip())
        lines.append(Line(line, number, indent, gap, len(shown)))
        gap = 0
    return lines


def _find_wrap(lines: list[Line]) -> int:
    """The column at which a copy was hard-wrapped; 0 if it was not.

    Told by prose lines that are followed at once by another line: in a wrapped copy
    they are many and end near one column, in any other copy few or long.
    """
    followed = [
        line.width
        for line, after in zip(lines, lines[1:], strict=False)
        if not after.gap and NARROWEST_WRAP < line.width and not ends_sentence(line.text)
    ]
    longest = max((line.width for line in lines), default=0)
    if len(followed) < 4 or longest > WIDEST_WRAP * 2:
        return 0
    column = sorted(followed)[-1 - len(followed) // 50]
    near = sum(1 for width in followed if column - 14 <= width <= column + 2)
    return column if column <= WIDEST_WRAP and near > 0.7 * len(followed) else 0


def _read_lines(lines: list[Line], width: int, *, is_markdown: bool) -> list[Block]:
    blocks: list[Block] = []
    before: Line | None = None
    for line in lines:
        if is_markdown and before and not line.gap and SETEXT.fullmatch(line.text):
            level = 1 if line.text[0] == "=" else 2
            blocks[-1] = _copy(blocks[-1], kind=Kind.HEADING, level=level)
        elif before and _goes_on(before, line, blocks[-1], width):
            text = f"{blocks[-1].text} {_clean(line.text, is_markdown=is_markdown)}"
            blocks[-1] = _copy(blocks[-1], text=text)
        else:
            block = _read_line(line, is_markdown=is_markdown)
            if block:
                blocks.append(block)
        before = line if blocks else None
    return blocks


def _copy(
    block: Block, *, text: str | None = None, kind: Kind | None = None, level: int | None = None
) -> Block:
    return Block(
        kind or block.kind,
        text or block.text,
        block.line,
        block.level if level is None else level,
        block.ordinal,
        block.strong,
        block.link,
        block.continues,
        block.gap,
    )


def _goes_on(before: Line, line: Line, block: Block, width: int) -> bool:
    """Whether a line belongs to the block of the line before it."""
    if line.gap or _find_mark(line.text) or block.kind is Kind.HEADING:
        return False
    if is_continued(before.text, line.text):
        return True
    if not width:
        return False
    # the copier broke the line because the next word did not fit
    return before.width + 1 + len(line.text.split(" ", 1)[0]) > width


def _find_mark(text: str) -> re.Match[str] | None:
    return MARK.match(text) or NUMBER_MARK.match(text)


def _read_line(line: Line, *, is_markdown: bool) -> Block | None:
    text, kind, level, ordinal = line.text, Kind.PARAGRAPH, 0, None
    heading = ATX.fullmatch(text) if is_markdown else None
    bare = strip_bullet(text)
    if heading:
        kind, level, text = Kind.HEADING, len(heading[1]), heading[2]
    elif bare is not None:
        kind, level, text = Kind.ITEM, 1 + line.indent // 4, bare
    elif (mark := MARK.match(text)) and (line.indent or mark[1] != "o"):
        kind, level, text = Kind.ITEM, 1 + line.indent // 4, text[mark.end() :]
    elif mark := NUMBER_MARK.match(text):
        kind, level, text = Kind.ITEM, 1 + line.indent // 4, text[mark.end() :]
        ordinal = int(mark[1])
    strong = is_markdown and EMPHASIS.fullmatch(text) is not None
    link = is_markdown and LINK.fullmatch(text) is not None
    text = _clean(text, is_markdown=is_markdown)
    if not text:
        return None
    return Block(kind, text, line.number, level, ordinal, strong, link, False, line.gap)


def _clean(text: str, *, is_markdown: bool) -> str:
    """Drop Markdown's marks from a line, keeping its words."""
    if not is_markdown:
        return text
    for pattern, kept in ((IMAGE, r"\1"), (LINK, r"\1"), (EMPHASIS, r"\2"), (SLANT, r"\1")):
        text = pattern.sub(kept, text)
    return squeeze(ESCAPE.sub(r"\1", text))


def _mark_bare_items(blocks: list[Block]) -> list[Block]:
    """Make items of the lines of a list whose marks the copy lost.

    After a line that ends in a colon, lines that begin small or end as members of
    a list do are one, up to the one that ends the sentence.
    """
    marked: list[Block] = []
    is_list = False
    for block in blocks:
        text = block.text
        if is_list and block.kind is Kind.PARAGRAPH and (
            text[0].islower() or text.endswith((";", "; and", "; or"))
        ):
            marked.append(_copy(block, kind=Kind.ITEM, level=1))
            is_list = not text.endswith(".")
        else:
            marked.append(block)
            is_list = text.endswith(":") and block.kind is Kind.PARAGRAPH
    return marked


def _find_dialect(blocks: list[Block], width: int, *, is_markdown: bool) -> str:
    if is_markdown:
        return "markdown"
    if width:
        return "wrapped"
    gaps = [block.gap for block in blocks[1:]]
    if sum(1 for gap in gaps if gap) * 5 < len(gaps):
        return "compact"
    double = sum(1 for gap in gaps if gap > 1)
    if double > 1 and all(" " in block.text for block in blocks):
        return "lossy"
    return "full"

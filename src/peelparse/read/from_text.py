"""Text copies to blocks: what extractors, browsers and people wrote as plain text."""

from typing import NamedTuple

from msgspec.structs import replace

from peelparse.blocks import Block, Kind
from peelparse.read.dialects.bare_lists import mark_bare_items
from peelparse.read.dialects.browsers import take_additions
from peelparse.read.dialects.columns import is_drawn, split_columns, take_frames
from peelparse.read.dialects.flavours import find_flavour
from peelparse.read.dialects.front_matter import take_front_matter
from peelparse.read.dialects.glued import part_blocks
from peelparse.read.dialects.inline import finish_block
from peelparse.read.dialects.lines import (
    Row,
    clean_text,
    measure,
    split_rows,
    take_quotes,
)
from peelparse.read.dialects.markdown import is_markdown, read_markdown
from peelparse.read.dialects.marks import join_stars, mark_lines, split_items
from peelparse.read.dialects.pages import take_pages
from peelparse.read.dialects.rst import is_rst, read_rst, take_roles
from peelparse.read.dialects.run_together import is_run_together, part_running
from peelparse.read.dialects.scripts import mark_scripts
from peelparse.read.dialects.tables import split_tables, take_bars, take_drawn
from peelparse.read.dialects.widths import find_cuts, find_wrap
from peelparse.read.dialects.wrapping import join_lines
from peelparse.text import squeeze


class TextPage(NamedTuple):
    """A text copy as read."""

    blocks: list[Block]  # in reading order; may be empty
    dialect: str
    title: str | None = None  # the document's own title, where the copy names it
    address: str | None = None
    saved: str | None = None


class _Read(NamedTuple):
    """Blocks of a copy, and what its layout said."""

    blocks: list[Block]
    dialect: str  # "" where only the gaps can tell
    title: str | None = None
    address: str | None = None


def read_text(text: str) -> TextPage:
    r"""Read the blocks of a text copy.

    Args:
        text: the decoded text, of any line ends.

    Returns:
        The blocks in reading order, what the copy says of itself, and the dialect:
        `markdown`, `rst`, `layout` (columns and pages are drawn), `wrapped`,
        `run_together` (no line ends), `compact` (no blank lines), `lossy` (all lines
        of one word are gone) or `full`.

    Example:
        >>> page = read_text("The force:\n\n  • plans; and\n  • acts.")
        >>> [(b.kind.value, b.text) for b in page.blocks], page.dialect
        ([('paragraph', 'The force:'), ('item', 'plans; and'), ('item', 'acts.')], 'full')
    """
    front = take_front_matter(take_quotes(clean_text(text)))
    if is_rst(front.text):
        read = _read_rst(front.text)
    elif is_markdown(front.text):
        read = _read_markdown(front.text)
    else:
        read = _read_plain(front.text)
    is_flat = is_run_together(front.text)
    blocks = part_running(read.blocks, is_flat=is_flat)
    blocks = mark_bare_items([mark_scripts(block) for block in part_blocks(blocks)])
    return TextPage(
        blocks,
        "run_together" if is_flat else read.dialect or _find_gaps(blocks),
        front.title or read.title,
        front.address or read.address,
        front.saved,
    )


def _read_markdown(text: str) -> _Read:
    flavour = find_flavour(text)
    lines = read_markdown(text)
    blocks = map(flavour.plain, join_lines(lines, find_wrap(lines)))
    return _Read([part for block in blocks for part in finish_block(block)], "markdown")


def _read_rst(text: str) -> _Read:
    rows = split_rows(text.replace("\f", "\n"))
    lines = read_rst(take_drawn(rows))
    blocks = join_lines(lines, find_wrap(lines))
    blocks = [replace(block, text=squeeze(take_roles(block.text))) for block in blocks]
    blocks = [part for block in blocks if block.text for part in finish_block(block)]
    return _Read(blocks, "rst")


def _read_plain(text: str) -> _Read:
    rows = split_rows(text)
    printed = take_pages(take_bars(rows) if "|" in text else rows)
    is_picture = is_drawn(printed.rows)
    streams = [printed.rows]
    if is_picture:
        streams = split_columns(take_frames(printed.rows))
    is_layout = len(streams) > 1
    blocks: list[Block] = []
    is_wrapped = False
    for stream in streams:
        rows = split_tables(take_frames(stream)) if is_picture else stream
        lines = join_stars(take_additions(measure(rows)))
        lines = mark_lines([part for line in lines for part in split_items(line)])
        wrap = find_wrap(lines, is_layout=is_layout, is_printed=bool(printed.furniture))
        if "\f" in text:  # sheets of paper
            wrap = wrap._replace(cuts=find_cuts(lines))
        is_wrapped = is_wrapped or wrap.width > 0
        blocks += join_lines(lines, wrap)
    blocks += [_make_furniture(row) for row in printed.furniture]
    dialect = "layout" if is_layout else "wrapped" if is_wrapped else ""
    return _Read(blocks, dialect, printed.title, printed.address)


def _make_furniture(row: Row) -> Block:
    return Block(Kind.FURNITURE, squeeze(row.text), row.number)


def _find_gaps(blocks: list[Block]) -> str:
    """The dialect of a copy that is not wrapped, told by its blank lines."""
    gaps = [block.gap for block in blocks[1:]]
    if sum(1 for gap in gaps if gap) * 5 < len(gaps):
        return "compact"
    double = sum(1 for gap in gaps if gap > 1)
    if double > 1 and all(" " in block.text for block in blocks):
        return "lossy"
    return "full"

"""Lists whose marks a copy has lost, told by how their members begin, end and stand."""

from typing import Final

from msgspec.structs import replace

from peelparse.blocks import Block, Kind
from peelparse.read.dialects.sentences import MEMBER_ENDS
from peelparse.read.dialects.words import is_label

LONGEST: Final = 400  # characters of a member that is told by where it stands
LONG: Final = 80  # characters of a block that is surely prose


def mark_bare_items(blocks: list[Block]) -> list[Block]:
    """Make items of the lines of a list whose marks the copy lost.

    After a line that ends in a colon, lines that begin small or end as members of
    a list do are one, up to the one that ends the sentence. In a copy that parts its
    paragraphs by blank lines, so are lines that none parts.
    """
    marked: list[Block] = []
    is_parted = _parts_paragraphs(blocks)
    is_list = False
    last = -1  # position of the last member that is told by where it stands
    for index, block in enumerate(blocks):
        if block.kind is not Kind.PARAGRAPH:
            is_list = False
        elif is_parted and is_list and last < index:
            last = _find_last(blocks, index)
        if index <= last or (is_list and _is_member(block)):
            marked.append(replace(block, kind=Kind.ITEM, level=1))
            is_list = index < last or not block.text.endswith(".")
        else:
            marked.append(block)
            is_list = block.kind is Kind.PARAGRAPH and block.text.endswith(":")
    return marked


def _is_member(block: Block) -> bool:
    return block.text[0].islower() or block.text.endswith(MEMBER_ENDS)


def _ends_list(before: Block, block: Block) -> bool:
    return before.text.endswith(MEMBER_ENDS) and block.text.endswith(".")


def _parts_paragraphs(blocks: list[Block]) -> bool:
    """Whether blank lines stand before nearly all long blocks of a copy."""
    gaps = [block.gap > 0 for block in blocks[1:] if len(block.text) > LONG]
    return len(gaps) > 2 and sum(gaps) > 0.6 * len(gaps)


def _find_last(blocks: list[Block], first: int) -> int:
    """The last of a group of lines between blank ones; -1 if it cannot be a list.

    A label ends the group, and so does the member that ends the sentence.
    """
    last = first
    while (
        last + 1 < len(blocks)
        and not blocks[last + 1].gap
        and not is_label(blocks[last + 1].text)
        and not _ends_list(blocks[max(first, last - 1)], blocks[last])
    ):
        last += 1
    group = blocks[first : last + 1]
    is_list = last > first and all(
        block.kind is Kind.PARAGRAPH
        and len(block.text) < LONGEST
        and not block.text.endswith((":", "?"))
        for block in group
    )
    return last if is_list and blocks[first].gap else -1

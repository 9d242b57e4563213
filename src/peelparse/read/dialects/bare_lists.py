"""Lists whose marks a copy has lost, told by how their members begin and end."""

from msgspec.structs import replace

from peelparse.blocks import Block, Kind
from peelparse.read.dialects.sentences import LIST_ENDS


def mark_bare_items(blocks: list[Block]) -> list[Block]:
    """Make items of the lines of a list whose marks the copy lost.

    After a line that ends in a colon, lines that begin small or end as members of
    a list do are one, up to the one that ends the sentence.
    """
    marked: list[Block] = []
    is_list = False
    for block in blocks:
        text = block.text
        if (
            is_list
            and block.kind is Kind.PARAGRAPH
            and (text[0].islower() or text.endswith((";", *LIST_ENDS)))
        ):
            marked.append(replace(block, kind=Kind.ITEM, level=1))
            is_list = not text.endswith(".")
        else:
            marked.append(block)
            is_list = block.kind is Kind.PARAGRAPH and text.endswith(":")
    return marked

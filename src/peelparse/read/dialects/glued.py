"""Blocks that a copy glued together, cut where a label or a question ends.

Some extractors lose the line end between a label and what follows or precedes it.
Which words are labels is data of the recogniser's vocabulary; nothing is cut on
the ground of its wording alone, but only where no space or point parts it.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from peelparse.blocks import Block, Kind

LABELS: Final = Path(__file__).parents[2] / "recognise" / "words" / "labels.json"
LISTS: Final = ("grades", "statuses", "boxes", "sections", "pillars", "grade_labels")
GLUE: Final = re.compile(r"(?<=[a-z?])(?=[A-Z‘“])")
ASKED: Final = re.compile(r"([A-Z][^.?!:;]{15,180}\?) +(?=[A-Z‘“])")
LONGEST_LABEL: Final = 60
SHORTEST_PROSE: Final = 60


@cache
def load_labels() -> frozenset[str]:
    """Labels that stand alone on pages, in lower case."""
    words = json.loads(LABELS.read_text(encoding="utf-8"))
    return frozenset(label for name in LISTS for label in words[name])


def part_blocks(blocks: list[Block]) -> list[Block]:
    """Part the blocks in which a label or a question is glued to another block."""
    parted: list[Block] = []
    for block in blocks:
        if block.kind is Kind.FURNITURE:
            parted.append(block)
            continue
        asked = ASKED.match(block.text) if "?" in block.text else None
        if asked and _is_question(block, asked):
            parted.append(replace(block, text=asked[1]))
            parted.append(_make_after(block, block.text[asked.end() :]))
        else:
            parted += _part_label(block)
    return parted


def _is_question(block: Block, asked: re.Match[str]) -> bool:
    """Whether the question that a block opens with is a heading of its own."""
    is_marked = block.kind is Kind.HEADING or block.ordinal is not None
    return is_marked and len(block.text) - asked.end() > SHORTEST_PROSE


def _part_label(block: Block) -> list[Block]:
    text = block.text
    found = GLUE.search(text, 0, LONGEST_LABEL)
    if found is None:
        return [block]
    first, rest = text[: found.start()], text[found.start() :]
    labels = load_labels()
    if first.casefold() in labels:
        return [replace(block, text=first), _make_after(block, rest)]
    if rest.casefold() in labels and first.islower() and " " not in first:
        return [replace(block, text=first, kind=Kind.FURNITURE), _make_after(block, rest)]
    return [block]


def _make_after(block: Block, text: str) -> Block:
    """The second part of a block, which has none of the first one's marks."""
    return Block(Kind.PARAGRAPH, text, block.line)

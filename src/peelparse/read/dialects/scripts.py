"""What a page holds besides words, where a copy took all text: styles, scripts, menus.

Told by their marks, not by their words: code is dense with brackets and quotes, and the
links of a menu stand without a space between them.
"""

import re
from typing import Final

from msgspec.structs import replace

from peelparse.blocks import Block, Kind

MARKS: Final = str.maketrans("", "", "{}()[]<>;:=\"'|&!_\\")
DENSE: Final = 0.08  # marks a character; prose has a third of that
GLUED: Final = re.compile(r"(?<=[a-z?])(?=[A-Z])")
FEWEST: Final = 5  # links without a gap that make a menu
LONGEST: Final = 75  # characters of the title of a link


def mark_scripts(block: Block) -> Block:
    """A block that is code, or links run together, as furniture.

    Example:
        >>> mark_scripts(Block(Kind.PARAGRAPH, ".a{margin:0;top:1px}", 1)).kind.value
        'furniture'
    """
    if block.kind is Kind.PARAGRAPH and (_is_code(block.text) or _is_menu(block.text)):
        return replace(block, kind=Kind.FURNITURE)
    return block


def _is_code(text: str) -> bool:
    if "=" not in text and "{" not in text and "()" not in text:
        return False  # all code holds one of these, and few sentences do
    return len(text) - len(text.translate(MARKS)) > DENSE * len(text)


def _is_menu(text: str) -> bool:
    if text.endswith("."):  # as nearly all paragraphs do, and no link
        return False
    links = GLUED.split(text)
    return len(links) >= FEWEST and all(
        len(link) < LONGEST and ". " not in link for link in links
    )

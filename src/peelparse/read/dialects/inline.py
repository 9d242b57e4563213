"""Marks inside a block of Markdown: what is emphasis, a link, an image, an escape.

Works on whole blocks, after broken lines are joined, because a link may be broken
across lines. Every pattern excludes its own opening mark from its inside, so that
none looks further than once over the text.
"""

import html
import re
from typing import Final

from msgspec.structs import replace

from peelparse.blocks import Block, Kind
from peelparse.read.dialects.words import load_boxes
from peelparse.text import squeeze

TARGET: Final = r"\((?:[^()\\]|\\.|\([^()]*\))*\)"
ATTRIBUTES: Final = re.compile(r"(?<=[\])`])\{[^{}]*\}")
IMAGE: Final = re.compile(rf"!\[([^\[\]]*)\](?:{TARGET}|\[[^\[\]]*\])?")
LINK: Final = re.compile(
    rf"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\](?:{TARGET}|\[[^\[\]]*\])"
)
SPAN: Final = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\x02")
FOOTNOTE: Final = re.compile(r"\[\^[^\[\]]*\]")
AUTOLINK: Final = re.compile(r"<((?:https?|mailto)[^<>\s]*)>")
BOLD: Final = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)+?)(?<=\S)\1")
SLANT: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+)(?<=[^\s*])\*(?![\w*])")
SLANT_LOW: Final = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]+)(?<=[^\s_])_(?![\w_])")
LAST_NUMBER: Final = re.compile(r"(?: \d{1,2})?[ :]*$")
ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
HARD: Final = re.compile(r"\\$")
HELD: Final = "\x03"  # stands for an escaped character while marks are taken off
PICTURE: Final = "\x04"  # stands around the words of a picture


def finish_block(block: Block) -> list[Block]:
    """Take the inline marks off a block.

    Returns:
        The block, and before or after it each of its pictures that has words;
        nothing where only marks were left.
    """
    text = _take_marks(block.text)
    if PICTURE not in text:
        return _make(block, text) if text else []
    blocks: list[Block] = []
    for index, part in enumerate(text.split(PICTURE)):
        words = squeeze(part)
        if words and index % 2:
            blocks.append(
                Block(Kind.IMAGE, words, block.line, ordinal=None, gap=block.gap)
            )
        elif words:
            blocks += _make(replace(block, text=""), words)
    return blocks


def _make(block: Block, text: str) -> list[Block]:
    """The block with its text, and whether all of it was bold or a link.

    The label of a box in bold that opens it is a block of its own.
    """
    strong = _is_all(BOLD, text)
    opening = None if strong else BOLD.match(text)
    if opening and LAST_NUMBER.sub("", squeeze(opening[2])).casefold() in load_boxes():
        after = text[opening.end() :].lstrip(" :")
        if not after[:1].islower():
            rest = replace(block, kind=Kind.PARAGRAPH, level=0, ordinal=None, gap=0)
            return _make(block, opening[0]) + _make(rest, after)
    bare = BOLD.sub(r"\2", text) if strong else text
    link = _is_all(LINK, bare)
    text = squeeze(_restore(_take_emphasis(_take_links(text))))
    if not text:
        return []
    return [
        replace(
            block, text=text, strong=strong or block.strong, link=link or block.link
        )
    ]


def _is_all(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.sub("", text).strip(" ,|·>»/") == "" != text.strip()


def _take_marks(text: str) -> str:
    """Hold what is escaped, and mark pictures; links and emphasis are left."""
    held = HARD.sub("", text)
    held = ESCAPE.sub(lambda found: f"{HELD}{ord(found[1]):x};", held)
    if "{" in held:
        held = ATTRIBUTES.sub("\x02", held)
    if "](" in held or "![" in held:
        held = IMAGE.sub(lambda found: f"{PICTURE}{found[1]}{PICTURE}", held)
    return squeeze(held.replace("`\x02", "`"))


def _take_links(text: str) -> str:
    if "[" in text:
        for pattern in (SPAN, LINK, SPAN, LINK):  # one may stand in the other
            text = pattern.sub(r"\1", text)
        text = FOOTNOTE.sub("", text)
    if "<" in text:
        text = AUTOLINK.sub(r"\1", text)
    return text.replace("\x02", "")


def _take_emphasis(text: str) -> str:
    if "*" in text or "_" in text:
        text = BOLD.sub(r"\2", text)
        text = SLANT.sub(r"\1", text)
        text = SLANT_LOW.sub(r"\1", text)
    if text.count("**") == 1:  # its other half is in another block
        text = text.replace("**", "")
    return text.replace("`", "") if text.count("`") % 2 == 0 else text


def _restore(text: str) -> str:
    """Put back what was escaped, and read character references."""
    text = html.unescape(text) if "&" in text else text
    if HELD not in text:
        return text
    return re.sub(rf"{HELD}([0-9a-f]+);", lambda found: chr(int(found[1], 16)), text)

"""What some flavours of Markdown write in marks of their own, to what all write.

Identifiers after headings (`{#id .class}`, ` [id]`), links that are named by their own
words, and dashes in plain hyphens. Told by the whole text, taken off whole blocks.
"""

import re
from typing import Final, NamedTuple

from msgspec.structs import replace

from peelparse.blocks import Block, Kind
from peelparse.text import squeeze

ATTRIBUTES: Final = re.compile(r"(?<![\]`]) *\{[^{}]*\}$")  # not those of a span
IDENTIFIER: Final = re.compile(r" +\[([^\W\d_][\w:.-]*)\]$")
IDENTIFIED: Final = re.compile(r"^#{1,6} .* \[[^\W\d_][\w:.-]*\]$", re.MULTILINE)
DEFINED: Final = re.compile(r"^ {0,3}\[([^\[\]^][^\[\]]*)\]: +\S", re.MULTILINE)
SHORTCUT: Final = re.compile(r"(?<![\]\\])\[([^\[\]^][^\[\]]*)\](?![\[({:])")
CURLY: Final = frozenset("–—‘’“”")
DASH: Final = re.compile(r"https?://\S+|(?<=[\w )\"'])-{2,3}(?=[\w (\"'])")
DASHES: Final = {"--": "–", "---": "—"}


class Flavour(NamedTuple):
    """What tells the flavour of a text."""

    links: frozenset[str]  # names of links, in lower case
    has_identifiers: bool  # its headings end in ` [id]`
    is_smart: bool  # two hyphens are a dash

    def plain(self, block: Block) -> Block:
        """The block in marks that all flavours share."""
        text = block.text
        if block.kind is Kind.HEADING:
            text = ATTRIBUTES.sub("", text)
            found = IDENTIFIER.search(text) if self.has_identifiers else None
            if found and found[1].casefold() not in self.links:
                text = text[: found.start()]
        if self.links and "[" in text:
            text = SHORTCUT.sub(self._write_link, text)
        if self.is_smart:
            text = self.show_dashes(text)
        return block if text == block.text else replace(block, text=text)

    def show_dashes(self, text: str) -> str:
        """A text with the dashes that it writes as hyphens."""
        if not self.is_smart or "--" not in text:
            return text
        return DASH.sub(lambda found: DASHES.get(found[0], found[0]), text)

    def _write_link(self, found: re.Match[str]) -> str:
        is_link = squeeze(found[1]).casefold() in self.links
        return f"[{found[1]}](.)" if is_link else found[0]


def find_flavour(text: str) -> Flavour:
    r"""The flavour of a Markdown text.

    Example:
        >>> find_flavour("2023--2025 [a]\n\n[a]: /b")
        Flavour(links=frozenset({'a'}), has_identifiers=False, is_smart=True)
    """
    names = DEFINED.findall(text) if "]: " in text else []
    return Flavour(
        frozenset(squeeze(name).casefold() for name in names),
        len(IDENTIFIED.findall(text)) > 1,
        "--" in text and CURLY.isdisjoint(text),
    )

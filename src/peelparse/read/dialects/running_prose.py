"""Prose without line ends: where a heading ran into it, and where none can tell.

Inside a sentence a word has a capital if it is a name. Where a word that never is one
has a capital, another line began there. Where a word may be one, the copy tells
nothing, and what follows is a passage whose parts nobody can know.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from peelparse.blocks import Kind
from peelparse.grammar import LETTERED, LINKING, OPENING

OPENS: Final = "|".join(OPENING)
BEGUN: Final = re.compile(
    rf"(?<=[a-z0-9%’”)]) (?=[‘“]?(?:{OPENS}) [a-z0-9‘“£]|[‘“]?(?:{OPENS}) [A-Z][a-z]+’s )"
)
MOST_HEADS: Final = 2  # headings in a row; more capitals are set for another reason
LONGEST_WORD: Final = 20
BY_LETTER: Final = re.compile(rf"\b(?:{'|'.join(LETTERED)}) A$")
CAPITAL: Final = re.compile(
    r"(?<!\S)([a-z][\w’-]*|\d[\d,.%]*) ([‘“]?[A-Z][a-z’-]*)(?= [a-z])"
)
NAMED: Final = re.compile(r"(?<!\S)(\S+) ([A-Z][\w’-]+)")


class Names:
    """Words that have capitals where a name can stand, on one page."""

    def __init__(self, text: str) -> None:
        """Args: text: the page's words."""
        self.words = {
            found[2]
            for found in NAMED.finditer(text)
            if found[1].casefold() in LINKING or found[1][:1].isupper()
        } | {"I"}

    def is_doubtful(self, sentence: str) -> bool:
        """Whether a line can have ended inside a sentence, and nothing tells where."""
        return any(
            found[2].strip("‘“") not in self.words
            and found[1].casefold() not in LINKING
            and not BY_LETTER.search(found[0])
            for found in CAPITAL.finditer(sentence)
        )


def part_prose(
    sentences: Iterable[str], names: Names, *, leads: bool = False
) -> Iterator[tuple[Kind, str]]:
    """Blocks of the sentences between two labels: runs of prose, and headings in it.

    Args:
        sentences: the sentences.
        names: the page's names.
        leads: whether a lead-in follows, whose paragraph can begin with any of them.

    Yields:
        Headings and prose as paragraphs; from where nothing tells the parts of what
        follows, a passage.
    """
    prose: list[str] = []
    kind = Kind.PARAGRAPH
    for sentence in sentences:
        *heads, last = split_begun(sentence)
        is_doubtful = names.is_doubtful(sentence)
        if (heads or is_doubtful) and prose:
            yield kind, " ".join(prose)
            prose, kind = [], Kind.PARAGRAPH
        yield from ((Kind.PARAGRAPH, head) for head in heads)
        if names.is_doubtful(last):
            kind = Kind.PASSAGE
        prose.append(last)
    if leads and len(prose) > 1:
        kind = Kind.PASSAGE
    if prose:
        yield kind, " ".join(prose)


def split_begun(sentence: str) -> list[str]:
    """The lines that ran into one sentence, as far as capitals tell.

    Example:
        >>> split_begun("There are too few staff At the time of our visit, two fell ill.")
        ['There are too few staff', 'At the time of our visit, two fell ill.']
    """
    places = [
        found.start()
        for found in BEGUN.finditer(sentence)
        if not BY_LETTER.search(
            sentence, max(0, found.start() - LONGEST_WORD), found.start() + 2
        )
    ]
    cuts = [0, *places, len(sentence)] if len(places) <= MOST_HEADS else [0, None]
    return [sentence[start:end].strip() for start, end in pairwise(cuts)]

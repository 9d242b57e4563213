"""Words that tell how a sentence goes on, in English and Welsh.

They say nothing of what a page is about; that is the recogniser's vocabulary. The words
are in `grammar.json`.
"""

from typing import Final

import msgspec

from peelparse.data import read_data


class _Grammar(msgspec.Struct, frozen=True):
    joining: list[str]
    linking: list[str]
    opening: list[str]
    lettered: list[str]
    abbreviated: list[str]


_WORDS: Final = msgspec.json.decode(read_data("grammar.json"), type=_Grammar)

JOINING: Final = frozenset(_WORDS.joining)
"""What stands before the last member of a list."""
LIST_ENDS: Final = tuple(f"; {word}" for word in _WORDS.joining)
"""How the last member but one of a list ends."""
LINKING: Final = frozenset(_WORDS.linking)
"""Words, in lower case, after which no line, heading or list member ends."""
OPENING: Final = tuple(_WORDS.opening)
"""Words that open sentences and are no names: a capital in a sentence begins a line."""
LETTERED: Final = tuple(_WORDS.lettered)
"""Things that are counted by letters, so that an `A` after them is one."""
ABBREVIATED: Final = tuple(_WORDS.abbreviated)
"""What a full stop follows that ends no sentence."""

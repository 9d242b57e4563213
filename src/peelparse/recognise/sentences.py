"""Blocks that are sentences: prose, unless they open as one with a form of its own."""

import re
from typing import Final

from peelparse.recognise.roles import FURNITURE, PROSE, STANDING, STATEMENT, TAIL
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary, plain
from peelparse.text import SENTENCE

LONGEST_START: Final = 30  # characters that tell the sentences with forms
MARKS: Final = (".", ":", ";")
GLUED: Final = re.compile(r"(?<=[a-z0-9)])(?=[A-Z][a-z])")


class Sentences:
    """Tells prose from the sentences that have roles of their own."""

    def __init__(self, words: Vocabulary) -> None:
        """Args: words: the vocabulary."""
        find = words.patterns
        self.link_starts = words.starts
        self.tail_starts = tuple(words.labels.tail_starts)
        self.prose_starts = words.prose_starts
        self.words = words
        self.prose_forms = (
            (find.standing_findings, STANDING),
            (find.statement, STATEMENT),
            (find.statement_2014, STATEMENT),
        )
        self.by_letter: dict[str, tuple[str, ...]] = {}
        for start in (*self.tail_starts, *self.link_starts, *self.prose_starts):
            same = self.by_letter.get(start[0], ())
            self.by_letter[start[0]] = (*same, start)

    def is_plain(self, text: str) -> bool:
        """Whether a sentence opens as none does that has a role of its own.

        Nine in ten blocks are so, and need no other test.
        """
        if not text.endswith(MARKS) or "?" in text:
            return False
        start = text[:LONGEST_START].casefold()
        starts = self.by_letter.get(start[0])
        return starts is None or not start.startswith(starts)

    def read(self, index: int, text: str) -> list[Token] | None:
        """Tokens of a page's end or of a glued link; none of prose; None of a line."""
        start = text[:LONGEST_START].casefold()
        if start.startswith(self.tail_starts):
            return [Token(TAIL, index, text, rule="tail_start")]
        if not text.endswith(MARKS):
            return None
        # a sentence has none of the forms, but a link label may be glued to it
        is_link = start.startswith(self.link_starts)
        return self.read_glued_link(index, text) if is_link else []

    def read_glued_link(self, index: int, text: str) -> list[Token]:
        """A link label and the sentence that a copy ran it into."""
        cut = GLUED.search(text)
        if not cut:
            return []
        first, rest = text[: cut.start()], text[cut.start() :]
        label = Token(FURNITURE, index, first, rule="glued_link_label")
        return [label, self.read_prose(index, rest)]

    def read_prose(self, index: int, text: str) -> Token:
        """A sentence; standing sentences have roles of their own."""
        if text[:LONGEST_START].casefold().startswith(self.prose_starts):
            line = plain(text)
            for source, role in self.prose_forms:
                if self.words.pattern(source).fullmatch(line):
                    return Token(role, index, text, rule=f"{role}_sentence")
        return Token(PROSE, index, text, rule="prose")


def last_sentence(text: str) -> str:
    """The last sentence of a paragraph.

    Example:
        >>> last_sentence("It protects them. The force:")
        'The force:'
    """
    return re.split(SENTENCE, text)[-1]


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph.

    Example:
        >>> first_sentence("It protects them. The force:")
        'It protects them.'
    """
    return re.split(SENTENCE, text, maxsplit=1)[0]

"""Lines that name a force or an edition, and whether two name the same."""

from typing import Final

import msgspec

from peelparse.recognise.roles import EDITION, ORGANISATION, PROSE, TITLE
from peelparse.recognise.surveying.identity import Title, parse_title
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary, make_key, plain
from peelparse.reference import find_edition, find_force
from peelparse.report import Programme
from peelparse.text import ends_sentence

LONGEST_NAME: Final = 60  # characters of a line that is the name of a force


class Who(msgspec.Struct, frozen=True):
    """Whom a line names, and which edition; None for what it does not say."""

    force: str | None = None
    edition: str | None = None


class Names:
    """Reads names by the vocabulary and by the reference lists."""

    def __init__(self, words: Vocabulary, programme: Programme | None) -> None:
        """Args: words: the vocabulary; programme: whose forces and editions."""
        self.words = words
        self.programme = programme

    def name(self, token: Token) -> Who | None:
        """Whom or what a line names; None if it is no such line."""
        if token.role is TITLE:
            title = parse_title(token.text, self.words) or Title()
            return Who(title.force, title.edition)
        if token.role is EDITION:
            return Who(None, plain(token.value))
        if token.role is ORGANISATION:
            return Who(token.text)
        is_name = token.role is PROSE and len(token.text) < LONGEST_NAME
        if is_name and find_force(token.text.rstrip(" :"), self.programme):
            return Who(token.text.rstrip(" :"))
        return None

    def is_same(self, own: Who, who: Who) -> bool:
        """Whether a line names the page's own force and edition, or does not say."""
        if who.force and own.force and not self.is_one(who.force, own.force):
            return False
        if not who.edition or not own.edition:
            return True
        editions = [
            find_edition(printed, self.programme)
            for printed in (who.edition, own.edition)
        ]
        if None in editions:
            return who.edition[:4] == own.edition[:4]
        return editions[0] == editions[1]

    def is_one(self, name: str, other: str) -> bool:
        """Whether two names are of one force; a longer form of a name is the same."""
        records = [find_force(each, self.programme) for each in (name, other)]
        if None not in records:
            return records[0] == records[1]
        keys = [self.bare_name(each) for each in (name, other)]
        return keys[0] in keys[1] or keys[1] in keys[0]

    def bare_name(self, name: str) -> str:
        """A name without what says that it is of a force."""
        match = self.words.pattern(self.words.patterns.organisation).match(plain(name))
        return (
            make_key(match["force"] or match["welsh"].split(" ", 1)[1])
            if (match)
            else make_key(name)
        )

    def is_named_in(self, token: Token, who: Who) -> bool:
        """Whether a token is a sentence that names a force."""
        name = self.bare_name(who.force or "")
        is_sentence = token.role is PROSE and ends_sentence(token.text)
        return bool(name) and is_sentence and name in plain(token.text).casefold()

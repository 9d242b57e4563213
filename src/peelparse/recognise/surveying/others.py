"""Parts of a page that are about another force, or another edition of the same.

Pages are joined in one file, and teasers and comparisons stand on pages. What is in
such a part must be taken by no field, for it would be said of the wrong force.
"""

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Final

import msgspec

from peelparse.blocks import Block, Kind, Page
from peelparse.recognise.context import PASSED_OVER, is_listed
from peelparse.recognise.roles import (
    AREA,
    BOX,
    DATE,
    EDITION,
    GRADE,
    NUMBER,
    ORGANISATION,
    PILLAR,
    PROSE,
    QUESTION,
    QUESTIONS_FOR,
    STATEMENT,
    TITLE,
    VIEW_QUESTIONS,
)
from peelparse.recognise.surveying.identity import Title, parse_title
from peelparse.recognise.surveying.names import Names, Who
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary, plain
from peelparse.report import Programme
from peelparse.text import ends_sentence

NEAR: Final = 6  # tokens after a title in which its page shows
# what shows, after a title or a name, that a part about it begins
OPENS: Final = frozenset((DATE, STATEMENT, QUESTIONS_FOR, PILLAR, GRADE, AREA, BOX))
HEADED: Final = frozenset((DATE, PILLAR, GRADE, AREA))
GRADED: Final = frozenset((PILLAR, AREA))
# what a table of names and grades holds
TABLE: Final = frozenset((GRADE, PILLAR, AREA, DATE, EDITION, ORGANISATION))
# what a page says, and the card of one does not
SAYS: Final = frozenset((AREA, BOX, QUESTIONS_FOR))
NAMES: Final = frozenset((TITLE, EDITION, ORGANISATION, PROSE))
LISTS: Final = frozenset((QUESTIONS_FOR, VIEW_QUESTIONS))


class Other(msgspec.Struct):
    """A part that is open."""

    who: Who
    end: int
    """Index of its last block, where its element tells; else 0."""
    is_page: bool
    """Whether more than names and grades stand in it."""
    tokens: list[Token] = []


def find_first(
    tokens: Sequence[Token], page: Page, title: Title, words: Vocabulary
) -> Title:
    """The title of the first page of those that are joined, or else the given one.

    The likeliest title may be that of a later page, of which a copy says more.
    """
    heading = plain(page.heading or "")
    if not title.position or heading.startswith(plain(title.text or "")):
        return title
    earlier = (
        position
        for position, token in enumerate(tokens[: title.position])
        if token.role is TITLE
        and not page.blocks[token.index].link
        and _is_graded(tokens[position + 1 : title.position])
    )
    first = next(earlier, None)
    found = None if first is None else parse_title(tokens[first].text, words)
    return msgspec.structs.replace(found, position=first) if found else title


def _is_graded(tokens: Sequence[Token]) -> bool:
    """Whether a grade stands over a sentence, as it does on the page of a title."""
    return any(
        token.role is GRADE and after.role is PROSE and ends_sentence(after.text)
        for token, after in pairwise(tokens)
    )


def is_card(part: Sequence[Token], blocks: Sequence[Block]) -> bool:
    """Whether a part is only a link to another page, with the grades that it gives."""
    is_link = blocks[part[0].index].link
    return part[0].role is TITLE and not any(
        token.role in SAYS
        or (not is_link and (token.role is DATE or ends_sentence(token.text)))
        for token in part
        if token.role is not QUESTION
    )


class Parter:
    """Tells the parts of a page that are not about its own force and edition."""

    def __init__(
        self,
        tokens: list[Token],
        page: Page,
        programme: Programme | None,
        words: Vocabulary,
    ) -> None:
        """Args: tokens: of the whole page; programme: of its own force."""
        self.tokens = tokens
        self.blocks: Sequence[Block] = page.blocks
        self.known = Names(words, programme)
        self.own = Who()

    def take(self, title: Title, start: int) -> list[list[Token]]:
        """Take such parts out of the tokens, in place; returns them in page order.

        Args:
            title: the page's own.
            start: where the page begins.
        """
        found = self.part(title, start)
        if found:
            taken = {id(token) for part in found for token in part}
            self.tokens[:] = [each for each in self.tokens if id(each) not in taken]
        return found

    def part(self, title: Title, start: int) -> list[list[Token]]:
        """The tokens of each such part, in page order."""
        self.own = self.find_own(title, start)
        found: list[Other] = []
        if not self.own.force:
            return []
        other: Other | None = None
        for position in range(start + 1, len(self.tokens)):
            if other and self.ends(other, position):
                other = None
            may_open = self.tokens[position].role in NAMES
            if other is None and may_open and (other := self.open(position)):
                found.append(other)
            if other:
                other.tokens.append(self.tokens[position])
        return [
            each.tokens
            for each in found
            if not self.is_own_text(each.tokens[1:], each.who)
        ]

    def find_own(self, title: Title, start: int) -> Who:
        """Whom the page is about: by its title, or by the first name on it."""
        if title.force:
            return Who(title.force, title.edition)
        near = self.tokens[start : start + NEAR]
        names = [token.text for token in near if token.role is ORGANISATION]
        return Who(names[0]) if names else Who()

    def open(self, position: int) -> Other | None:
        """The part that opens where a line names another force or edition."""
        token = self.tokens[position]
        is_named = token.role in {TITLE, EDITION, ORGANISATION}
        if not is_named and not (token.role is PROSE and self.is_headed(position)):
            return None
        who = self.known.name(token)
        if who and not self.known.is_same(self.own, who) and self.opens(position, who):
            return Other(who, self.find_end(position), token.role is TITLE)
        return None

    def is_headed(self, position: int) -> bool:
        """Whether a pillar, an area, a date or a grade follows at once."""
        after = self.tokens[position + 1 : position + 2]
        return bool(after) and after[0].role in HEADED

    def opens(self, position: int, who: Who) -> bool:
        """Whether what follows a line is about what it names."""
        token = self.tokens[position]
        block = self.blocks[token.index]
        near = self.find_near(position)
        roles = [other.role for other in near]
        is_entry = token.role is not PROSE and is_listed(self.tokens, position)
        if not roles or is_entry:
            return False
        if token.role is EDITION:
            return roles[0] is GRADE or (roles[0] in GRADED and roles[1:2] == [GRADE])
        if token.role is not TITLE or block.link:
            return roles[0] in HEADED and roles[:2] != [PILLAR, PILLAR]
        if block.kind is Kind.ITEM or roles[0] is BOX or self.is_own_text(near, who):
            return False  # a reference in the page's own text
        return not OPENS.isdisjoint(roles)

    def is_own_text(self, near: Sequence[Token], who: Who) -> bool:
        """Whether sentences name the page's own force, and not the other."""
        is_other = any(self.known.is_named_in(token, who) for token in near)
        return not is_other and any(
            self.known.is_named_in(token, self.own) for token in near
        )

    def find_near(self, position: int) -> list[Token]:
        """What follows, up to the next title or to a question that is not the first."""
        near: list[Token] = []
        for token in self.tokens[position + 1 : position + 1 + NEAR]:
            if token.role is TITLE or (
                token.role is NUMBER and (token.number or 0) > 1
            ):
                break
            if token.role not in PASSED_OVER:
                near.append(token)
        return near

    def find_end(self, position: int) -> int:
        """Index of the last block of the element that begins here and has a grade."""
        token = self.tokens[position]
        end = token.index + self.blocks[token.index].extent
        inside = takewhile(lambda other: other.index <= end, self.tokens[position:])
        is_graded = any(other.role is GRADE for other in inside)
        return end if is_graded and token.role is not TITLE else 0

    def ends(self, other: Other, position: int) -> bool:
        """Whether a part ends before a token."""
        token = self.tokens[position]
        if other.end:
            return token.index > other.end
        who = self.known.name(token) if token.role in NAMES else None
        if who and who.force:
            is_back = other.is_page or token.role is TITLE
            return (
                is_back
                and self.known.is_same(self.own, who)
                and self.opens(position, who)
            )
        if other.is_page or token.role in TABLE or token.role in PASSED_OVER:
            return False
        other.is_page = self.is_page(other, token)
        return not other.is_page

    def is_page(self, other: Other, token: Token) -> bool:
        """Whether what stands after names and grades belongs to them."""
        last = other.tokens[-1]
        if token.role is PROSE:
            is_named = self.known.is_named_in(token, other.who)
            before = other.tokens[-2:-1]
            is_headed = bool(before) and before[0].role in GRADED
            return is_named or (last.role is GRADE and is_headed)
        if token.role is QUESTION:
            return last.role is PILLAR
        pillars = {each.value for each in other.tokens if each.role is PILLAR}
        return token.role in LISTS and token.value in pillars

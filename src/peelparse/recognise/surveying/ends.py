"""Where a page's own text begins and ends among the furniture of its site."""

from collections.abc import Container, Sequence
from itertools import pairwise
from typing import Final

from peelparse.blocks import Block, Kind
from peelparse.recognise.context import following, has_content, is_content, is_listed
from peelparse.recognise.roles import (
    AREA,
    BOX,
    DATE,
    EDITION,
    FURNITURE,
    GRADE,
    ORGANISATION,
    PILLAR,
    PROSE,
    QUESTION,
    QUESTIONS_FOR,
    STATEMENT,
    TAIL,
    TITLE,
    VIEW_QUESTIONS,
)
from peelparse.recognise.surveying.identity import EVIDENCE, Title
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary, plain
from peelparse.text import ends_sentence

LISTED: Final = frozenset((EDITION, PILLAR))  # what menus have in a row
OPENING: Final = (EVIDENCE.keys() | {EDITION}) - {GRADE}
ENTRY: Final = 40  # characters that an entry of a menu hardly has
MENU: Final = 8  # short lines after a title that make a menu
OPENERS: Final = frozenset((QUESTION, AREA, STATEMENT, PILLAR))
CARD: Final = frozenset((DATE, GRADE, QUESTION, QUESTIONS_FOR))
BLOCKS: Final = frozenset((DATE, QUESTIONS_FOR, VIEW_QUESTIONS))  # after statements
LINK_LIKE: Final = frozenset((PROSE, FURNITURE, TITLE, QUESTION, ORGANISATION))
TRAILERS: Final = frozenset((PROSE, FURNITURE, TAIL, TITLE, QUESTION))
LONG: Final = 80  # characters that a link label hardly has
ENDS: Final = frozenset((FURNITURE, TAIL))  # after which a short line is a link
NEAR_LINK: Final = 8  # items of a list of links, one of which has a known label
TRAILING: Final = 4  # short lines at the end of a page that make a run of links


def find_start(tokens: list[Token], title: Title) -> int:
    """Position where the page's own text begins.

    That is its title, unless a menu follows: some copies begin with the document's
    own title, which stands before everything that the page shows.
    """
    if title.position is None:
        return _find_opening(tokens, 0) or 0
    opening = _find_opening(tokens, title.position + 1)
    if opening is None:
        return title.position
    between = tokens[title.position + 1 : opening]
    entries = sum(1 for token in between if _is_entry(token))
    return (
        opening
        if entries >= MENU and 3 * entries > 2 * len(between)
        else title.position
    )


def _is_entry_of_list(tokens: list[Token], position: int) -> bool:
    """Whether an edition or a pillar is one of several in a row, as in a menu."""
    return tokens[position].role in LISTED and is_listed(tokens, position)


def _is_entry(token: Token) -> bool:
    """Whether a line can be an entry of a menu: short, and no sentence."""
    if token.role in {PROSE, QUESTION}:
        return len(token.text) < ENTRY and not token.text.endswith((".", ":", ";"))
    return token.role in {FURNITURE, BOX, *LISTED}


def _find_opening(tokens: list[Token], start: int) -> int | None:
    """The first line that opens a page, by what stands after it."""
    for position in range(start, len(tokens)):
        token = tokens[position]
        if token.role not in OPENING or _is_entry_of_list(tokens, position):
            continue
        near = tokens[position + 1 : position + 5]
        score = sum(
            EVIDENCE.get(other.role, 0)
            for place, other in enumerate(near, position + 1)
            if not _is_entry_of_list(tokens, place)
        )
        if token.role is EDITION:
            score += 3 * any(other.role is ORGANISATION for other in near)
            if score > 2:
                return position
        elif score > 2:
            return position
    return None


def find_tail(
    tokens: list[Token],
    blocks: Sequence[Block],
    start: int,
    contents: Container[int],
    words: Vocabulary,
) -> int:
    """Position where the furniture after the assessment begins."""
    last = _find_last(tokens, blocks, start, contents)
    for position in range(last + 1, len(tokens)):
        is_end = (
            not _has_box(tokens, blocks, position)
            if tokens[position].role is TAIL
            else _starts_links(tokens, blocks, position)
        )
        if is_end:
            return _find_trailing(tokens[:position], blocks, last, words)
    return _find_trailing(tokens, blocks, last, words)


def _find_last(
    tokens: list[Token], blocks: Sequence[Block], start: int, contents: Container[int]
) -> int:
    """Position of the last line that opens something; no furniture is before it."""
    last, is_open = start, False
    for position in range(start, len(tokens)):
        role = tokens[position].role
        is_open |= role in BLOCKS
        if role not in OPENERS or position in contents:
            continue
        if role is STATEMENT and is_open:
            continue  # statements open a page; a later one is of another page
        block = blocks[tokens[position].index]
        if block.link and block.kind is Kind.ITEM:
            continue  # an entry of a list of links, whatever follows the list
        if _opens(tokens, position):
            last = position
    return last


def _opens(tokens: list[Token], position: int) -> bool:
    """Whether what a line that may open something opens is there."""
    role = tokens[position].role
    if role is PILLAR:
        return _is_card(tokens, position)
    return role is not QUESTION or has_content(tokens, position)


def _is_card(tokens: list[Token], position: int) -> bool:
    """Whether a pillar's name opens its block: two of its lines, and a sentence."""
    near = following(tokens, position, 5)
    own = [token for token in near[:3] if token.role in CARD]
    return len(own) > 1 and any(is_content(token) for token in near)


def _has_box(tokens: list[Token], blocks: Sequence[Block], position: int) -> bool:
    """Whether a box with content follows: a label such as `Feedback` ends nothing."""
    return any(
        token.role is BOX and not blocks[after.index].link
        for token, after in pairwise(tokens[position:])
    )


def _starts_links(tokens: list[Token], blocks: Sequence[Block], position: int) -> bool:
    """Whether a list of links only, with or without a heading, begins here."""
    run = tokens[position : position + 3]
    if len(run) < 3 or not all(blocks[token.index].link for token in run[1:]):
        return False
    first, before = run[0], tokens[position - 1]
    is_linked = blocks[first.index].link or not ends_sentence(first.text)
    is_listed = before.text.endswith(":") or before.role is BOX
    may_link = (
        token.role in LINK_LIKE or blocks[token.index].kind is Kind.ITEM
        for token in run
    )
    return is_linked and not is_listed and all(may_link)


def _is_in_box(token: Token, blocks: Sequence[Block]) -> bool:
    """Whether a line under the label of a box can be in it: no label, and no link."""
    return token.role is PROSE and not blocks[token.index].link


def _find_trailing(
    tokens: list[Token], blocks: Sequence[Block], last: int, words: Vocabulary
) -> int:
    """Position of a run of short lines without sentences that ends the page."""
    position = len(tokens)
    improvement = words.pattern(words.patterns.improvement)
    while position > last + 1:
        token = tokens[position - 1]
        if (
            token.role not in TRAILERS
            or len(token.text) >= LONG
            or (ends_sentence(token.text) and token.role is PROSE)
            or improvement.fullmatch(plain(token.text))
            or (
                blocks[token.index].kind is Kind.ITEM
                and not _is_among_links(tokens, blocks, position)
            )
        ):
            break
        position -= 1
    if tokens[position - 1].role is BOX:  # a label stands over one line at least
        while position < len(tokens) and _is_in_box(tokens[position], blocks):
            position += 1
    if len(tokens) - position >= TRAILING:
        return position
    ends = (each for each in range(position, len(tokens)) if tokens[each].role in ENDS)
    return next(ends, len(tokens))


def _is_among_links(tokens: list[Token], blocks: Sequence[Block], end: int) -> bool:
    """Whether the items before a position hold a label of the site, as lists of links."""
    for token in reversed(tokens[max(0, end - NEAR_LINK) : end]):
        if blocks[token.index].kind is not Kind.ITEM:
            return False
        if token.role is FURNITURE:
            return True
    return False

"""Where a page's own text begins and ends among the furniture of its site."""

from collections.abc import Sequence
from typing import Final

from peelparse.blocks import Block, Kind
from peelparse.recognise.context import LONG, has_content, is_listed
from peelparse.recognise.identity import EVIDENCE, Title
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Role
from peelparse.text import ends_sentence

LISTED: Final = frozenset((Role.EDITION, Role.PILLAR))  # what menus have in a row
OPENING: Final = (EVIDENCE.keys() | {Role.EDITION}) - {Role.GRADE}
MENU: Final = 8  # short lines after a title that make a menu
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
    if token.role in {Role.PROSE, Role.QUESTION}:
        return len(token.text) < LONG and not token.text.endswith((".", ":", ";"))
    return token.role in {Role.FURNITURE, Role.BOX, *LISTED}


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
        if token.role is Role.EDITION:
            score += 3 * any(other.role is Role.ORGANISATION for other in near)
            if score > 2:
                return position
        elif score > 2:
            return position
    return None


def find_tail(
    tokens: list[Token], blocks: Sequence[Block], start: int, contents: frozenset[int]
) -> int:
    """Position where the furniture after the assessment begins."""
    last = start
    for position in range(start, len(tokens)):
        role = tokens[position].role
        if position in contents or role not in {
            Role.QUESTION,
            Role.AREA,
            Role.STATEMENT,
        }:
            continue
        if role is not Role.QUESTION or has_content(tokens, position):
            last = position
    for position in range(last + 1, len(tokens)):
        if tokens[position].role is Role.TAIL or _starts_links(
            tokens, blocks, position
        ):
            return position
    return _find_trailing(tokens, blocks, last)


def _starts_links(tokens: list[Token], blocks: Sequence[Block], position: int) -> bool:
    """Whether a list of links only, with or without a heading, begins here."""
    run = tokens[position : position + 3]
    before = tokens[position - 1]
    if len(run) < 3 or before.text.endswith(":") or before.role is Role.BOX:
        return False
    if any(
        token.role
        not in {
            Role.PROSE,
            Role.FURNITURE,
            Role.TITLE,
            Role.QUESTION,
            Role.ORGANISATION,
        }
        for token in run
    ):
        return False
    linked = [blocks[token.index].link for token in run]
    return linked[1] and linked[2] and (linked[0] or not ends_sentence(run[0].text))


def _find_trailing(tokens: list[Token], blocks: Sequence[Block], last: int) -> int:
    """Position of a run of short lines without sentences that ends the page."""
    position = len(tokens)
    while position > last + 1:
        token = tokens[position - 1]
        if (
            token.role
            not in {Role.PROSE, Role.FURNITURE, Role.TAIL, Role.TITLE, Role.QUESTION}
            or len(token.text) >= 2 * LONG
            or (ends_sentence(token.text) and token.role is Role.PROSE)
            or blocks[token.index].kind is Kind.ITEM
        ):
            break
        position -= 1
    return position if len(tokens) - position >= TRAILING else len(tokens)

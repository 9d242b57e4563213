"""What kind a page is: first whether it assesses one force at all."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from peelparse.blocks import Block, Kind, Page
from peelparse.recognise.roles import FURNITURE, GRADE, PILLAR, QUESTIONS_FOR
from peelparse.recognise.surveying.identity import Title
from peelparse.recognise.surveying.many import find_kind_of_many
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import (
    PRINTED_JUNK,
    KindRule,
    Vocabulary,
    make_key,
    plain,
)
from peelparse.report import PageKind

NEAR: Final = 6  # tokens after the title that belong to the page's head
HEAD: Final = 40  # tokens among which a page's heading stands


def find_other_kind(
    page: Page, tokens: Sequence[Token], start: int, title: Title, words: Vocabulary
) -> PageKind | None:
    """The kind of a page that is no assessment; None if nothing marks it so."""
    longest = words.longest_kind_label
    keys = frozenset(
        make_key(token.text)
        for token in tokens
        if len(token.text) < SHORT and len(token.text.strip(PRINTED_JUNK)) <= longest
    )
    near = frozenset(make_key(token.text) for token in tokens[start : start + NEAR])
    openings = [
        opening
        for token in tokens[: start + 2 * NEAR]
        if (opening := make_key(token.text[:SHORT])).startswith(words.kind_starts)
    ]
    # only pillar pages have this label, which some copies have and no title
    is_pillar = any(token.role is QUESTIONS_FOR for token in tokens)
    has_title = title.text or is_pillar
    lines = () if has_title else tuple(find_headings(page, tokens))
    address = (page.source.address or "").casefold()
    for rule in words.kinds:
        if (
            not keys.isdisjoint(rule.labels)
            or not near.isdisjoint(rule.near_title)
            or any(opening.startswith(tuple(rule.starts)) for opening in openings)
            or any(match_title(rule, line, words) is not None for line in lines)
            or any(part in address for part in rule.addresses)
        ):
            return rule.kind
    return find_kind_of_many(tokens, title, words)


def find_headings(page: Page, tokens: Sequence[Token]) -> list[str]:
    """Lines that can be the heading of a page, the likeliest first."""
    found = [
        token.text
        for token in tokens[:HEAD]
        if _is_heading(token, page.blocks[token.index])
    ]
    return [*found, page.heading] if page.heading else found


def _is_heading(token: Token, block: Block) -> bool:
    if token.role in {FURNITURE, GRADE, PILLAR}:
        return False
    if block.kind is Kind.HEADING:
        return block.level == 1
    if len(token.text) > SHORT:
        return False
    return block.kind is Kind.PARAGRAPH and token.index < 4 and not block.link


def match_title(rule: KindRule, line: str, words: Vocabulary) -> str | None:
    """The force that a title of a kind names (empty if none); None if no form fits."""
    for form in rule.titles:
        match = words.pattern(form).fullmatch(plain(line))
        if match:
            return match.groupdict().get("force") or ""
    return None


def find_other_title(
    kind: PageKind,
    page: Page,
    tokens: Sequence[Token],
    words: Vocabulary,
    found: Title,
) -> Title:
    """The title of a page that is no assessment, and the force that it names.

    Args:
        kind: what the page is.
        page: the page as read.
        tokens: its tokens.
        words: the vocabulary.
        found: what has the form of an assessment's title; a link to one names the
            force and the edition, but the page has a title of its own.
    """
    place = found.position
    is_link = place is not None and page.blocks[tokens[place].index].link
    if found.text and not is_link:
        return found
    own = _find_own_title(kind, page, tokens, words)
    if not found.text or not own.text:
        return own if own.text else found
    return replace(found, text=own.text, position=own.position)


def _find_own_title(
    kind: PageKind, page: Page, tokens: Sequence[Token], words: Vocabulary
) -> Title:
    """The title by the forms of a kind, or else the page's heading."""
    rules = [rule for rule in words.kinds if rule.kind == kind]
    headings = find_headings(page, tokens)
    for line in headings:
        for rule in rules:
            force = match_title(rule, line, words)
            if force is not None:
                return Title(
                    text=line,
                    position=_find_position(line, tokens),
                    force=force or None,
                )
    labels = {label for rule in words.kinds for label in rule.labels}
    lines = [
        line
        for line in headings
        if not line.endswith((".", ":")) and make_key(line) not in labels
    ]
    if not lines:
        return Title()
    return Title(text=lines[0], position=_find_position(lines[0], tokens))


def _find_position(line: str, tokens: Sequence[Token]) -> int | None:
    for position, token in enumerate(tokens[:HEAD]):
        if token.text == line:
            return position
    return None

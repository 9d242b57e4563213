"""A first look over the whole page: what it is, where it begins and where it ends.

Settles what no single line can tell: the title among lines that look like one, the
kind of page, entries of a contents list, the furniture after the assessment.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import msgspec

from peelparse.blocks import Block, Kind, Page
from peelparse.recognise.identity import (
    EVIDENCE,
    Title,
    find_edition_id,
    find_printed_edition,
    find_programme,
    find_title,
)
from peelparse.recognise.tokens import Token
from peelparse.recognise.vocabulary import Role, Vocabulary, make_key, plain
from peelparse.reference import edition as find_edition_record
from peelparse.report import PageKind, Programme
from peelparse.text import ends_sentence

PASSED_OVER: Final = frozenset(
    (Role.FURNITURE, Role.GRADE_LABEL, Role.FIELD_LABEL, Role.DETAIL_LINK)
)
CONTENT: Final = frozenset((Role.PROSE, Role.STANDING, Role.BOX, Role.STATEMENT))
SHORT: Final = 120  # characters of a heading; longer lines are prose


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """What the first look found."""

    kind: PageKind | None
    """Kind of page; None if nothing marks it as HMICFRS's."""
    shape: str
    """`pillars`, `areas`, or `none` for pages that assess nothing."""
    start: int
    """Position of the first token that is not furniture before the page."""
    tail: int
    """Position of the first token of the furniture after the page."""
    title: Title
    edition: str | None
    edition_source: str
    """`page`, `unknown` (printed, not in the list), `address`, `option` or empty."""
    programme: Programme | None
    contents: frozenset[int]
    """Positions of tokens that only list what stands elsewhere."""


def survey(
    page: Page, tokens: list[Token], words: Vocabulary, edition: str | None = None
) -> Survey:
    """Look over a page's tokens.

    Args:
        page: the page as read.
        tokens: its tokens; roles of areas and table cells are settled in place.
        words: the vocabulary.
        edition: the edition, where the caller gives it.
    """
    _settle_cells(tokens, page.blocks)
    title = find_title(tokens, page, words)
    start = _find_start(tokens, title)
    other = _find_other_kind(page, tokens, start, words)
    texts = [token.text for token in tokens[start:]]
    programme = find_programme(title, page, texts, words)
    printed = find_printed_edition(title, tokens, start, words)
    found, source = find_edition_id(printed, programme, page.source.address)
    if edition:
        found, source = edition, "option"
    shape = "none" if other else _find_shape(tokens[start:], found, programme)
    if shape == "areas":
        _settle_areas(tokens, start)
    contents = _find_contents(tokens)
    tail = _find_tail(tokens, page.blocks, start, contents)
    kind = other or _find_assessment_kind(tokens[start:tail], shape, found, programme)
    if kind is None and _is_marked(tokens, title, words):
        kind = "not_an_assessment"
    return Survey(
        kind=kind,
        shape="none" if kind in {None, "not_an_assessment"} else shape,
        start=start,
        tail=tail,
        title=title,
        edition=found,
        edition_source=source,
        programme=programme,
        contents=contents,
    )


def following(tokens: Sequence[Token], position: int, count: int) -> list[Token]:
    """The next tokens that are not passed over, at most `count`."""
    found: list[Token] = []
    for token in tokens[position + 1 : position + 4 + 2 * count]:
        if token.role not in PASSED_OVER:
            found.append(token)
            if len(found) == count:
                break
    return found


def _settle_cells(tokens: list[Token], blocks: Sequence[Block]) -> None:
    """Make cells of the tokens of data tables, but not of a question in a table."""
    run: list[Token] = []
    for token in tokens:
        if blocks[token.index].kind is Kind.CELL:
            run.append(token)
            continue
        _settle_run(run)
        run = []
    _settle_run(run)


def _settle_run(run: list[Token]) -> None:
    if all(token.role is not Role.QUESTION for token in run):
        for token in run:
            token.role = Role.CELL
            token.rule = "table_cell"


def _find_start(tokens: list[Token], title: Title) -> int:
    """Position where the page's own text begins."""
    if title.position is not None:
        return title.position
    for position, token in enumerate(tokens):
        near = tokens[position + 1 : position + 5]
        score = sum(EVIDENCE.get(other.role, 0) for other in near)
        if token.role is Role.EDITION:
            score += 3 * any(other.role is Role.ORGANISATION for other in near)
            if score > 2:
                return position
        elif token.role in EVIDENCE and token.role is not Role.GRADE and score > 2:
            return position
    return 0


def _find_other_kind(
    page: Page, tokens: list[Token], start: int, words: Vocabulary
) -> PageKind | None:
    """The kind of a page that is no assessment; None if nothing marks it so."""
    keys = [make_key(token.text) for token in tokens if len(token.text) < SHORT]
    labels = frozenset(keys)
    near = [make_key(token.text) for token in tokens[start : start + 5]]
    openings = tuple(make_key(token.text)[:60] for token in tokens[: start + 12])
    lines = [plain(page.heading or "")]
    lines += [plain(token.text) for token in tokens[:40] if _is_heading(token, page.blocks)]
    address = (page.source.address or "").casefold()
    for rule in words.kinds:
        if (
            not labels.isdisjoint(rule.labels)
            or not frozenset(near).isdisjoint(rule.near_title)
            or any(opening.startswith(tuple(rule.starts)) for opening in openings)
            or any(
                words.pattern(form).fullmatch(line) for form in rule.titles for line in lines
            )
            or any(part in address for part in rule.addresses)
        ):
            return msgspec.convert(rule.kind, PageKind)
    return None


def _is_heading(token: Token, blocks: Sequence[Block]) -> bool:
    """Whether a token can be the heading of the page."""
    block = blocks[token.index]
    if token.role is not Role.PROSE or len(token.text) > SHORT or block.link:
        return False
    return block.kind is Kind.HEADING or token.index < 4


def _find_shape(
    tokens: Sequence[Token], edition: str | None, programme: Programme | None
) -> str:
    """Whether judgements are by pillar or by area."""
    record = find_edition_record(edition, programme) if edition else None
    if record:
        return "pillars" if record.pillars else "areas"
    roles = {token.role for token in tokens}
    if Role.QUESTIONS_FOR in roles or Role.STATEMENT in roles:
        return "pillars"
    if Role.SECTION in roles or Role.AREA in roles:
        return "areas"
    return "pillars"


def _settle_areas(tokens: list[Token], start: int) -> None:
    """Make areas of short lines that a grade and then prose follow."""
    for position in range(start, len(tokens)):
        token = tokens[position]
        if token.role is not Role.PROSE or len(token.text) > SHORT or ends_sentence(token.text):
            continue
        after = following(tokens, position, 2)
        if len(after) == 2 and after[0].role is Role.GRADE and after[1].role in CONTENT:
            token.role = Role.AREA
            token.rule = "area_by_grade"


def _find_contents(tokens: list[Token]) -> frozenset[int]:
    """Questions and areas that are printed again where their content follows."""
    places: dict[str, list[int]] = defaultdict(list)
    for position, token in enumerate(tokens):
        if token.role in {Role.QUESTION, Role.AREA}:
            places[make_key(token.text)].append(position)
    contents: set[int] = set()
    for positions in places.values():
        ranks = [_rank(tokens, position) for position in positions]
        best = positions[ranks.index(max(ranks))]
        contents.update(position for position in positions if position != best)
        if tokens[best].role is Role.AREA and max(ranks) < 2:
            contents.add(best)
    return frozenset(contents)


def _rank(tokens: list[Token], position: int) -> int:
    """How much content follows a question or area."""
    after = following(tokens, position, 2)
    rank = 0
    if after and after[0].role is Role.GRADE:
        rank += 1
        after = after[1:]
    return rank + 2 * (bool(after) and after[0].role in CONTENT)


def _find_tail(
    tokens: list[Token], blocks: Sequence[Block], start: int, contents: frozenset[int]
) -> int:
    """Position where the furniture after the assessment begins."""
    last = start
    for position in range(start, len(tokens)):
        role = tokens[position].role
        if position not in contents and role in {Role.QUESTION, Role.AREA, Role.DATE, Role.STATEMENT}:
            last = position if role is not Role.DATE or last == start else last
    for position in range(last + 1, len(tokens)):
        if tokens[position].role is Role.TAIL:
            return position
        if _starts_links(tokens, blocks, position):
            return position
    return _find_trailing(tokens, blocks, last)


def _starts_links(tokens: list[Token], blocks: Sequence[Block], position: int) -> bool:
    """Whether a list of links only, with or without a heading, begins here."""
    run = tokens[position : position + 3]
    if len(run) < 3 or tokens[position - 1].text.endswith(":"):
        return False
    linked = [blocks[token.index].link for token in run]
    is_headed = blocks[run[0].index].kind is Kind.HEADING or not ends_sentence(run[0].text)
    return linked[1] and linked[2] and (linked[0] or is_headed) and run[0].role in {Role.PROSE, Role.FURNITURE} and all(token.role in {Role.PROSE, Role.FURNITURE, Role.TITLE} for token in run)


def _find_trailing(tokens: list[Token], blocks: Sequence[Block], last: int) -> int:
    """Position of a run of short lines without sentences that ends the page."""
    position = len(tokens)
    while position > last + 1:
        token = tokens[position - 1]
        if token.role in {Role.PROSE, Role.FURNITURE, Role.TAIL} and (
            len(token.text) < 80 and not ends_sentence(token.text) and blocks[token.index].kind is not Kind.ITEM
        ):
            position -= 1
        else:
            break
    return position if len(tokens) - position > 3 else len(tokens)


def _find_assessment_kind(
    tokens: Sequence[Token], shape: str, edition: str | None, programme: Programme | None
) -> PageKind | None:
    """The kind of an assessment page; None if it holds no assessment."""
    roles = [token.role for token in tokens]
    if shape == "areas":
        is_report = Role.AREA in roles or Role.SECTION in roles
        return "report" if is_report else None
    pillars = {t.value for t in tokens if t.role in {Role.QUESTIONS_FOR, Role.VIEW_QUESTIONS}}
    if Role.STATEMENT in roles or Role.VIEW_QUESTIONS in roles or len(pillars) > 1:
        return "overview"
    if Role.QUESTION not in roles and Role.QUESTIONS_FOR not in roles and Role.DATE not in roles:
        return None
    if programme == "PEEL" and edition == "2018-19" and any(t.rule == "standing_sentence" for t in tokens):
        return "detailed_findings"
    return "pillar"


def _is_marked(tokens: Sequence[Token], title: Title, words: Vocabulary) -> bool:
    """Whether anything marks the page as HMICFRS's."""
    if title.text:
        return True
    return any(mark in token.text for token in tokens for mark in words.patterns.marks)

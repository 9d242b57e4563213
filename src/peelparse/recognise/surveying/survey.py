"""A first look over the whole page: what it is, where it begins and where it ends.

Settles what no single line can tell: the title among lines that look like one,
whether the page assesses anything, entries of a contents list, and the furniture
after the assessment.
"""

from collections.abc import Sequence

import msgspec

from peelparse.blocks import Block, Page
from peelparse.recognise.roles import AREA, QUESTIONS_FOR, SECTION, STATEMENT
from peelparse.recognise.surveying.areas import settle_areas
from peelparse.recognise.surveying.contents import find_contents
from peelparse.recognise.surveying.ends import find_start, find_tail
from peelparse.recognise.surveying.identity import (
    Title,
    find_edition_id,
    find_printed_edition,
    find_programme,
    find_title,
)
from peelparse.recognise.surveying.judged import Judged
from peelparse.recognise.surveying.kinds import find_other_kind, find_other_title
from peelparse.recognise.surveying.lost import Lost, find_lost, name_lost
from peelparse.recognise.surveying.marks import is_marked
from peelparse.recognise.surveying.others import Parter, find_first
from peelparse.recognise.surveying.settle import (
    settle_buttons,
    settle_first,
    settle_legends,
    settle_links,
    settle_sub_questions,
)
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary
from peelparse.reference import edition as find_edition_record
from peelparse.report import PageKind, Programme


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """What the first look found."""

    other_kind: PageKind | None
    """Kind of a page that assesses nothing; None for assessments."""
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
    printed_edition: str | None
    """The edition as the page prints it."""
    programme: Programme | None
    contents: dict[int, bool]
    """Positions of tokens that name what stands elsewhere, and whether words that
    belong to it follow."""
    judged: dict[str, str]
    """Grade of each area by its key, where a list of judgments tells it."""
    lost: Lost
    """What the copy has lost."""
    grade_values: frozenset[str]
    """The official grades, to tell them from statuses."""
    others: list[list[Token]]
    """Parts about another force or edition; their tokens are in no list above."""
    is_marked: bool
    """Whether anything marks the page as HMICFRS's."""


def survey(
    page: Page, tokens: list[Token], words: Vocabulary, edition: str | None = None
) -> Survey:
    """Look over a page's tokens.

    Args:
        page: the page as read.
        tokens: its tokens; roles are settled, and other forces' taken out, in place.
        words: the vocabulary.
        edition: the edition, where the caller gives it.
    """
    settle_first(tokens, page.blocks, words)
    title = find_first(tokens, page, find_title(tokens, page, words), words)
    start = find_start(tokens, title)
    other = find_other_kind(page, tokens, start, title, words)
    if other:
        title = find_other_title(other, page, tokens, words, title)
        start = title.position or 0
    programme = find_programme(title, page, tokens[start:], words, is_other=bool(other))
    others = [] if other else Parter(tokens, page, programme, words).take(title, start)
    printed = find_printed_edition(title, tokens, start, words)
    told = find_edition_id(printed, programme, page.source.address)
    found, source = (edition, "option") if edition else told
    shape = "none" if other else _find_shape(tokens[start:], found, programme)
    lost, judged = (
        ([], Judged()) if other else _settle(tokens, page.blocks, start, shape, words)
    )
    contents = find_contents(tokens, words)
    return Survey(
        other_kind=other,
        shape=shape,
        start=start,
        tail=find_tail(tokens, page.blocks, start, contents, words),
        title=title,
        edition=found,
        edition_source=source,
        printed_edition=printed,
        programme=programme,
        contents=contents,
        judged=judged.grades,
        lost=name_lost(tokens, start, lost, words),
        grade_values=frozenset(words.labels.grades.values()),
        others=others,
        is_marked=is_marked(tokens, title, words),
    )


def _settle(
    tokens: list[Token],
    blocks: Sequence[Block],
    start: int,
    shape: str,
    words: Vocabulary,
) -> tuple[list[Token], Judged]:
    """Settle roles that no line tells by itself.

    Returns:
        The grades that have no name, and what the list of judgments says.
    """
    settle_links(tokens, start)
    settle_buttons(tokens, start)
    scale = tuple(dict.fromkeys(words.labels.grades.values()))
    if shape == "areas":
        settle_legends(tokens, start, scale, are_areas=True)
    lost, judged = find_lost(tokens, start), Judged()
    if shape == "areas":
        judged = settle_areas(tokens, start, words, lost)
    if shape == "pillars":
        settle_legends(tokens, start, scale, are_areas=False)
        settle_sub_questions(tokens, start, blocks)
    return lost, judged


def _find_shape(
    tokens: Sequence[Token], edition: str | None, programme: Programme | None
) -> str:
    """Whether judgements are by pillar or by area."""
    record = find_edition_record(edition, programme) if edition else None
    if record:
        return "pillars" if record.pillars else "areas"
    roles = {token.role for token in tokens}
    if QUESTIONS_FOR in roles or STATEMENT in roles:
        return "pillars"
    if SECTION in roles or AREA in roles:
        return "areas"
    return "pillars"

"""A first look over the whole page: what it is, where it begins and where it ends.

Settles what no single line can tell: the title among lines that look like one,
whether the page assesses anything, entries of a contents list, and the furniture
after the assessment.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import msgspec

from peelparse.blocks import Block, Kind, Page
from peelparse.recognise.areas import settle_areas
from peelparse.recognise.contents import find_contents
from peelparse.recognise.ends import find_start, find_tail
from peelparse.recognise.identity import (
    Title,
    find_edition_id,
    find_printed_edition,
    find_programme,
    find_title,
)
from peelparse.recognise.judged import Judged
from peelparse.recognise.kinds import find_other_kind, find_other_title
from peelparse.recognise.lost import find_lost, find_places
from peelparse.recognise.roles import (
    AREA,
    BOX,
    CELL,
    DATE,
    FURNITURE,
    GRADE,
    GRADE_LABEL,
    INSPECTOR,
    NUMBER,
    PILLAR,
    PROSE,
    QUESTION,
    QUESTIONS_FOR,
    SECTION,
    STANDING,
    STATEMENT,
    TAIL,
)
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import RELATED, Vocabulary, make_key
from peelparse.reference import edition as find_edition_record
from peelparse.report import PageKind, Programme
from peelparse.text import ends_sentence

# what a table of grades or figures holds; any other label makes a table layout
TABULAR: Final = frozenset((PROSE, GRADE, AREA, PILLAR))
LEGEND: Final = 3  # different grades, one after the other, that make a legend
OFTEN: Final = 3  # times that a line stands before a grade and is a link's label
# what shows that the assessment goes on after a legend
GOES_ON: Final = frozenset((DATE, GRADE, BOX, QUESTIONS_FOR, NUMBER, STANDING))
# labels that other sites may print one of, but hardly many
MARKING: Final = frozenset(
    (
        *(DATE, GRADE, QUESTION, BOX, STANDING, PILLAR),
        *(AREA, SECTION, INSPECTOR),
    )
)
MARKS: Final = 4
A_CELL: Final = Kind.CELL


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
    contents: frozenset[int]
    """Positions of tokens that only list what stands elsewhere."""
    judged: dict[str, str]
    """Grade of each area by its key, where a list of judgments tells it."""
    lost: frozenset[int]
    """Positions of grades over content whose question or area the copy has lost."""
    grade_values: frozenset[str]
    """The official grades, to tell them from statuses."""
    is_marked: bool
    """Whether anything marks the page as HMICFRS's."""


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
    _settle_related(tokens, page.blocks)
    title = find_title(tokens, page, words)
    start = find_start(tokens, title)
    other = find_other_kind(page, tokens, start, title, words)
    if other:
        title = title if title.text else find_other_title(other, page, tokens, words)
        start = title.position or 0
    programme = find_programme(title, page, tokens[start:], words, is_other=bool(other))
    printed = find_printed_edition(title, tokens, start, words)
    found, source = find_edition_id(printed, programme, page.source.address)
    if edition:
        found, source = edition, "option"
    shape = "none" if other else _find_shape(tokens[start:], found, programme)
    lost, judged = ([], Judged()) if other else _settle(tokens, start, shape, words)
    contents = find_contents(tokens, words)
    return Survey(
        other_kind=other,
        shape=shape,
        start=start,
        tail=find_tail(tokens, page.blocks, start, contents),
        title=title,
        edition=found,
        edition_source=source,
        printed_edition=printed,
        programme=programme,
        contents=contents,
        judged=judged.grades,
        lost=find_places(tokens, lost),
        grade_values=frozenset(words.labels.grades.values()),
        is_marked=_is_marked(tokens, title, words),
    )


def _settle(
    tokens: list[Token], start: int, shape: str, words: Vocabulary
) -> tuple[list[Token], Judged]:
    """Settle roles that no line tells by itself.

    Returns:
        The grades that have no name, and what the list of judgments says.
    """
    _settle_links(tokens, start)
    lost, judged = find_lost(tokens, start), Judged()
    if shape == "areas":
        judged = settle_areas(tokens, start, words, lost)
    if shape == "pillars":
        _settle_legends(tokens, start)
    return lost, judged


def _settle_cells(tokens: list[Token], blocks: Sequence[Block]) -> None:
    """Make cells of the tokens of data tables, but not of a question in a table."""
    if not any(block.kind is A_CELL for block in blocks):
        return
    run: list[Token] = []
    for token in tokens:
        if blocks[token.index].kind is A_CELL:
            run.append(token)
            continue
        _settle_run(run)
        run = []
    _settle_run(run)


def _settle_related(tokens: list[Token], blocks: Sequence[Block]) -> None:
    """Make furniture of the links, and the grades in them, under such a heading."""
    is_related = False
    for token in tokens:
        block = blocks[token.index]
        if token.role is TAIL:
            is_related = token.value == RELATED
        elif is_related and (block.link or block.kind in {Kind.ITEM, A_CELL}):
            token.role, token.rule = FURNITURE, "related"
        else:
            is_related = False


def _settle_run(run: list[Token]) -> None:
    if all(token.role in TABULAR for token in run):
        for token in run:
            token.role = CELL
            token.rule = "table_cell"


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


def _settle_links(tokens: list[Token], start: int) -> None:
    """Make furniture of a line that stands again and again before a grade.

    Such a line is the label of a link or button: no area is printed so often.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for position in range(start, len(tokens) - 1):
        token = tokens[position]
        if (
            token.role is PROSE
            and len(token.text) < SHORT
            and not ends_sentence(token.text)
            and tokens[position + 1].role in {GRADE, GRADE_LABEL}
        ):
            places[make_key(token.text)].append(position)
    for positions in places.values():
        if len(positions) >= OFTEN:
            for position in positions:
                tokens[position].role = FURNITURE
                tokens[position].rule = "repeated_before_grades"


def _settle_legends(tokens: list[Token], start: int) -> None:
    """Make furniture of a list of all grades, with or without what each means."""
    run: list[int] = []
    for position in range(start, len(tokens) + 1):
        token = tokens[position] if position < len(tokens) else None
        if token and token.role is GRADE:
            run.append(position)
        elif run and (
            token is None
            or token.role is not PROSE
            or len(token.text) > SHORT
            or position - run[-1] > 1
        ):
            values = {tokens[each].value for each in run}
            if len(run) == len(values) >= LEGEND:
                _settle_legend(tokens, run)
            run = []


def _settle_legend(tokens: list[Token], run: list[int]) -> None:
    """Make furniture of a legend and, at the end of a page, of what heads it."""
    head = tokens[run[0] - 1]
    is_last = not any(token.role in GOES_ON for token in tokens[run[-1] + 1 :])
    if is_last and head.role in {PROSE, QUESTION, CELL}:
        head.role, head.rule = TAIL, "legend_heading"
    for position in range(run[0], run[-1] + 1):
        tokens[position].role, tokens[position].rule = FURNITURE, "legend"


def _is_marked(tokens: Sequence[Token], title: Title, words: Vocabulary) -> bool:
    """Whether anything marks the page as HMICFRS's."""
    if title.text or len(MARKING & {token.role for token in tokens}) >= MARKS:
        return True
    return any(mark in token.text for token in tokens for mark in words.patterns.marks)

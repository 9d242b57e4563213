"""Roles that no line tells by itself: cells of tables, legends, labels of links."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from peelparse.blocks import Block, Kind
from peelparse.recognise.context import is_anchored
from peelparse.recognise.roles import (
    AREA,
    BOX,
    CELL,
    DATE,
    FURNITURE,
    GRADE,
    GRADE_LABEL,
    NUMBER,
    PILLAR,
    PROSE,
    QUESTION,
    QUESTIONS_FOR,
    STANDING,
    TAIL,
)
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import RELATED, Vocabulary, make_key
from peelparse.text import ends_sentence

# what a table of grades or figures holds; any other label makes a table layout
TABULAR: Final = frozenset((PROSE, GRADE, AREA, PILLAR))
NAMED: Final = frozenset((AREA, QUESTION, PILLAR))  # what a grade stands under
LONGEST_MEANING: Final = 600  # characters of what a legend says of a grade
LEGEND: Final = 3  # different grades, one after the other, that make a legend
OFTEN: Final = 3  # times that a line stands before a grade and is a link's label
# what shows that the assessment goes on after a legend
GOES_ON: Final = frozenset((DATE, GRADE, BOX, QUESTIONS_FOR, NUMBER, STANDING))
A_CELL: Final = Kind.CELL


def settle_first(
    tokens: list[Token], blocks: Sequence[Block], words: Vocabulary
) -> None:
    """Settle what no title needs: cells, links to related pages, drawings."""
    settle_cells(tokens, blocks)
    settle_related(tokens, blocks)
    settle_drawings(tokens, words)


def settle_sub_questions(
    tokens: list[Token], start: int, blocks: Sequence[Block]
) -> None:
    """Take headings that ask, under the page's questions, for sub-headings.

    What has a number or a grade is a question; of the others, what heads a part of one.
    """
    asked = [
        (blocks[tokens[position].index].level, position)
        for position in range(start, len(tokens))
        if tokens[position].role is QUESTION
        and blocks[tokens[position].index].kind is Kind.HEADING
    ]
    anchored = {place: is_anchored(tokens, place) for _, place in asked}
    deepest = max((level for level, place in asked if anchored[place]), default=0)
    for level, position in asked if deepest else ():
        if level > deepest:
            tokens[position].role = PROSE
            tokens[position].rule = "sub_question"


def settle_cells(tokens: list[Token], blocks: Sequence[Block]) -> None:
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


def _settle_run(run: list[Token]) -> None:
    if all(token.role in TABULAR for token in run):
        for token in run:
            token.role = CELL
            token.rule = "table_cell"


def settle_links(tokens: list[Token], start: int) -> None:
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


def settle_buttons(tokens: list[Token], start: int) -> None:
    """Make furniture of a label such as `Share` between a name and its grade."""
    for position in range(start + 1, len(tokens) - 2):
        if tokens[position].role is not TAIL:
            continue
        before, token, grade, after = tokens[position - 1 : position + 3]
        is_name = before.role in NAMED or (
            before.role is PROSE and not ends_sentence(before.text)
        )
        if (
            is_name
            and grade.role in {GRADE, GRADE_LABEL}
            and after.role in {PROSE, BOX, CELL, GRADE}
            and (after.role is not GRADE or grade.role is GRADE_LABEL)
        ):
            token.role, token.rule = FURNITURE, "button"


def settle_legends(
    tokens: list[Token], start: int, scale: Sequence[str], *, are_areas: bool
) -> None:
    """Make furniture of a list of all grades, with or without what each means.

    Args:
        tokens: of the whole page; roles are settled in place.
        start: where the page begins.
        scale: the grades from best to worst.
        are_areas: whether grades may be of areas without names, so that only a list
            from the one end of the scale to the other is a legend.
    """
    for run in () if are_areas else _find_scales(tokens, start, SHORT):
        _settle_legend(tokens, run)
    for run in _find_scales(tokens, start, LONGEST_MEANING):
        values = [tokens[each].value for each in run]
        ordered = [grade for grade in scale if grade in values]
        if values == ordered and (values[0], values[-1]) == (scale[0], scale[-1]):
            _settle_legend(tokens, run)


def _find_scales(tokens: list[Token], start: int, longest: int) -> list[list[int]]:
    """Positions of different grades that stand together, or over a line each."""
    found: list[list[int]] = []
    run: list[int] = []
    for position in range(start, len(tokens) + 1):
        token = tokens[position] if position < len(tokens) else None
        if token and token.role is GRADE:
            run.append(position)
        elif run and (
            token is None
            or token.role is not PROSE
            or len(token.text) > longest
            or position - run[-1] > 1
        ):
            values = {tokens[each].value for each in run}
            if len(run) == len(values) >= LEGEND:
                found.append(run)
            run = []
    return found


def _settle_legend(tokens: list[Token], run: list[int]) -> None:
    """Make furniture of a legend and, at the end of a page, of what heads it."""
    head = tokens[run[0] - 1]
    is_last = not any(token.role in GOES_ON for token in tokens[run[-1] + 1 :])
    if is_last and head.role in {PROSE, QUESTION, CELL}:
        head.role, head.rule = TAIL, "legend_heading"
    for position in range(run[0], run[-1] + 1):
        tokens[position].role, tokens[position].rule = FURNITURE, "legend"


def settle_drawings(tokens: list[Token], words: Vocabulary) -> None:
    """Make furniture of what a copy has for the drawing beside the label of a box.

    That is a mark, a lower-case word that names the drawing, or a word of warning.
    """
    for place in range(len(tokens) - 1, 0, -1):
        after, token = tokens[place], tokens[place - 1]
        if token.role is PROSE and (
            after.role is BOX or after.rule == "drawing_of_box"
        ):
            key = make_key(token.text)
            is_word = token.text.isalpha() and token.text.islower()
            if is_word or not key or key in words.patterns.box_prefixes:
                token.role, token.rule = FURNITURE, "drawing_of_box"


def settle_related(tokens: list[Token], blocks: Sequence[Block]) -> None:
    """Make furniture of the links, and the grades in them, under such a heading."""
    is_related = False
    for token in tokens:
        block = blocks[token.index]
        if token.role is TAIL:
            is_related = token.value == RELATED
        elif is_related and (block.link or block.kind in {Kind.ITEM, Kind.CELL}):
            token.role, token.rule = FURNITURE, "related"
        else:
            is_related = False

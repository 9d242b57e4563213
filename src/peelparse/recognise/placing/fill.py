"""Tokens to drafts: one rule for each role, in one pass over the page.

One mechanism serves every kind of page: a rule changes what is open (pillar,
question, box, section), and prose goes to what is open.
"""

from collections.abc import Callable, Sequence
from typing import Final

from peelparse.blocks import Block
from peelparse.recognise.context import PASSED_OVER
from peelparse.recognise.placing.outline import Outline
from peelparse.recognise.placing.pillar_rules import (
    on_date,
    on_further_insights,
    on_identity,
    on_inspector,
    on_pillar,
    on_questions_for,
    on_statement,
    on_title,
    on_view_questions,
)
from peelparse.recognise.placing.question_rules import (
    on_area,
    on_box,
    on_detail_link,
    on_grade,
    on_number,
    on_question,
)
from peelparse.recognise.roles import (
    AREA,
    BOX,
    CELL,
    DATE,
    DETAIL_LINK,
    DOCUMENT,
    EDITION,
    FIELD_LABEL,
    FURNITURE,
    FURTHER_INSIGHTS,
    GRADE,
    GRADE_LABEL,
    INSPECTOR,
    NUMBER,
    ORGANISATION,
    PILLAR,
    QUESTION,
    QUESTIONS_FOR,
    SECTION,
    STANDING,
    STATEMENT,
    TAIL,
    TITLE,
    VIEW_QUESTIONS,
    Role,
)
from peelparse.recognise.surveying.cut_off import find_cut_off
from peelparse.recognise.surveying.others import is_card
from peelparse.recognise.surveying.survey import Survey
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary

# between a number or grade and its question only these may stand
WAITING: Final = frozenset((NUMBER, GRADE, *PASSED_OVER))


def fill_outline(
    tokens: Sequence[Token], blocks: Sequence[Block], look: Survey, words: Vocabulary
) -> Outline:
    """Give every block its one place.

    Args:
        tokens: the page's tokens.
        blocks: the page's blocks.
        look: the first look.
        words: the vocabulary.
    """
    out = _fill(Outline(tokens, blocks, look, words))
    if _lacks_heads(out):
        out = Outline(tokens, blocks, look, words)
        out.is_headless = True
        _fill(out)
    settle_doubts(out)
    out.drafts.cut_off = find_cut_off(tokens, blocks, look, words)
    return out


def _lacks_heads(out: Outline) -> bool:
    """Whether what only questions hold is on a page that opens none.

    An overview has no questions, and a box on it is about the whole force.
    """
    drafts = out.drafts
    is_overview = drafts.statements or drafts.letter or len(drafts.pillars) > 1
    return out.has_parts and not (
        drafts.questions or is_overview or drafts.inspector or out.section == "between"
    )


def _fill(out: Outline) -> Outline:
    """Go through the tokens of an outline once."""
    tokens, look = out.tokens, out.look
    for position, token in enumerate(tokens):
        if position < look.start and position != look.title.position:
            out.chrome(token, "before_the_title")
        elif position >= look.tail:
            out.chrome(token, "after_the_assessment")
        else:
            is_lost = position in look.lost.questions and token.role is not NUMBER
            if is_lost and out.question:
                out.open_lost_question(token)
            if rule := RULES.get(token.role):
                rule(out, position, token)
            else:
                out.read_prose(position, token)
            if token.role not in WAITING:
                out.drop_pending()
    out.drop_pending()
    return out


def settle_doubts(out: Outline) -> None:
    """Take no grades that may be of another question, and nothing of another force."""
    for question in out.drafts.questions if out.has_feet else ():
        if question.grade and question.grade.precedes:
            out.withdraw_grade(question, question.grade)
    for part in out.look.others:
        place = out.chrome if is_card(part, out.blocks) else out.unclaimed
        for token in part:
            place(token, "other_force")


def on_section(out: Outline, position: int, token: Token) -> None:
    """The heading of a section that decides where its words go."""
    is_overall = token.value in {"stated", "judgments"} and out.look.shape == "pillars"
    if out.look.shape == "none" or (is_overall and out.question):
        out.read_prose(position, token)
        return
    if is_overall:
        out.chrome(token)  # `Summary` over a pillar's summary
        return
    if token.value == "findings":
        out.lists.close()
    else:
        out.close_question()
        out.section = token.value
    if token.value == "letter":
        out.drafts.letter_heading = token.text
        out.place(token, "observations.heading")
    else:
        out.chrome(token)


def on_cell(out: Outline, position: int, token: Token) -> None:
    """A cell of a data table: the judgments table, or a table of figures."""
    if out.question is None:
        out.chrome(token, "judgments_table" if out.section == "judgments" else "table")
    else:
        out.read_prose(position, token)


def on_standing(out: Outline, position: int, token: Token) -> None:
    """A standing sentence, which ends a box."""
    out.lists.close()
    out.enter_part(token)
    out.read_prose(position, token)


def on_furniture(out: Outline, _position: int, token: Token) -> None:
    """A label without words of its own; where headings are lost, it can end a part."""
    out.chrome(token)
    is_read = out.question or (out.pillar and out.pillar.summary)
    if out.is_headless and is_read and token.value in out.words.labels.part_ends:
        out.close_question()
        out.section = "list"


RULES: Final[dict[Role, Callable[[Outline, int, Token], None]]] = {
    TITLE: on_title,
    EDITION: on_identity,
    ORGANISATION: on_identity,
    PILLAR: on_pillar,
    NUMBER: on_number,
    QUESTION: on_question,
    AREA: on_area,
    GRADE: on_grade,
    DATE: on_date,
    QUESTIONS_FOR: on_questions_for,
    VIEW_QUESTIONS: on_view_questions,
    FURTHER_INSIGHTS: on_further_insights,
    DETAIL_LINK: on_detail_link,
    BOX: on_box,
    SECTION: on_section,
    STATEMENT: on_statement,
    INSPECTOR: on_inspector,
    STANDING: on_standing,
    CELL: on_cell,
    GRADE_LABEL: on_furniture,
    FIELD_LABEL: on_furniture,
    DOCUMENT: on_furniture,
    FURNITURE: on_furniture,
    TAIL: on_furniture,
}

"""Rules for what opens and fills a question: its number, words, grade and boxes."""

from typing import Final

from peelparse.blocks import Kind
from peelparse.recognise.context import (
    following,
    has_content,
    is_anchored,
    is_content,
    preceding,
)
from peelparse.recognise.drafts import GradeDraft
from peelparse.recognise.outline import Outline
from peelparse.recognise.pillar_rules import (
    is_headline,
    take_headline,
    takes_pillar_grade,
)
from peelparse.recognise.roles import (
    AREA,
    BOX,
    CELL,
    DATE,
    GRADE,
    NUMBER,
    PROSE,
    QUESTION,
)
from peelparse.recognise.token import Token

NAMES: Final = frozenset((AREA, CELL, QUESTION))  # what can name an area


def on_number(out: Outline, position: int, token: Token) -> None:
    """A question's number, if a question follows."""
    after = following(out.tokens, position, 1)
    if after and after[0].role in {QUESTION, AREA}:
        out.pending_number = token.number
        if token.rule != "number_in_line":
            out.pending.append((token, "number"))
    else:
        out.read_prose(position, token)


def on_question(out: Outline, position: int, token: Token) -> None:
    """A headline question, a core question, or a line that repeats one."""
    if out.look.shape == "none":
        out.read_prose(position, token)
    elif out.section == "other_inspections":
        out.chrome(token, "other_inspections")
    elif position in out.look.contents:
        after = following(out.tokens, position, 1)
        if after and after[0].text == token.text:
            out.drafts.repeated.append(token)
        for line, _ in out.pending:
            out.chrome(line, "contents_entry")
        out.pending.clear()
        out.pending_number = None
        end_question(out, position)
        out.chrome(token, "contents_entry")
    elif is_headline(out, position, token):
        take_headline(out, token)
    elif is_core_question(out, position, token):
        out.open_question(token)
    else:
        out.read_prose(position, token)


def is_core_question(out: Outline, position: int, token: Token) -> bool:
    """Whether a line with a question mark is a core question here."""
    if out.section in {"letter", "stated"} and out.look.shape == "pillars":
        return False
    if out.blocks[token.index].kind is Kind.ITEM:
        # the mark of an item only counts the questions of a list
        after = following(out.tokens, position, 1)
        is_followed = bool(after) and is_content(after[0])
        is_graded = bool(after) and after[0].role is GRADE
        return is_graded or (is_followed and is_anchored(out.tokens, position))
    if out.pending_number is not None or out.pending_grade is not None:
        return True
    before = out.tokens[position - 1]
    if before.role is PROSE and before.text.endswith(":"):
        return is_anchored(out.tokens, position)  # what someone was asked
    return has_content(out.tokens, position)


def on_area(out: Outline, position: int, token: Token) -> None:
    """An area of a report without pillars."""
    if out.look.shape != "areas":
        out.read_prose(position, token)
    elif position in out.look.contents:
        end_question(out, position)
        out.chrome(token, "judgments_table")
    else:
        out.open_question(token)


def end_question(out: Outline, position: int) -> None:
    """Close the open question where a name that is printed again has a box of its own.

    What is in that box belongs to the name, and would count twice or be misplaced.
    """
    after = following(out.tokens, position, 1)
    if out.question and after and after[0].role is BOX:
        out.close_question()


def on_grade(out: Outline, position: int, token: Token) -> None:
    """A grade line: it belongs to what it stands in, or to nothing."""
    source = "alternative_text" if token.rule == "alternative_text" else "label"
    grade = GradeDraft(token.value, source)
    if out.look.shape == "none" or (
        out.section == "judgments" and position not in out.look.lost
    ):
        out.chrome(token, "legend")
        before = out.tokens[position - 1].role if position else PROSE
        if heads_lost_part(out, position) and before not in NAMES:
            out.section = "lost_area"  # its name is not in this copy
    elif is_contested(out, position, token):
        out.drafts.stray_grades.append(token)
        out.unclaimed(token, "contested_grade")
    elif out.expects_grade and out.question and out.question.is_empty:
        out.question.grade = grade
        out.grades_follow = True
        out.expects_grade = False
        out.place(token, f"{out.question_field}.grade")
    elif (
        not out.grades_follow
        and (out.question is None or out.question.grade)
        and precedes_question(out, position)
    ):
        out.pending_grade = grade
        out.pending.append((token, "grade"))
    elif takes_pillar_grade(out):
        out.pillar_or_new(token).grade = grade
        out.place(token, f"{out.pillar_field}.grade")
    else:
        leave_grade(out, position, token, grade)


def leave_grade(out: Outline, position: int, token: Token, grade: GradeDraft) -> None:
    """A grade that no question on the page takes."""
    if position in out.look.lost and (out.question is None or out.question.grade):
        out.open_lost_question(token, grade)
    elif out.blocks[token.index].kind is Kind.ITEM:
        out.read_prose(position, token)
    else:
        out.drafts.stray_grades.append(token)
        out.unclaimed(token, "stray_grade")
        # a grade at the foot shows that those between two questions may stand so too
        out.has_feet |= out.question is not None and out.question.grade_before is not None
        if out.look.shape == "areas" and heads_lost_part(out, position):
            # what follows is of another question, whose words this copy has lost
            out.close_question()
            out.section = "lost_area"


def heads_lost_part(out: Outline, position: int) -> bool:
    """Whether a grade stands over prose of its own."""
    after = following(out.tokens, position, 1)
    return bool(after) and is_content(after[0])


def is_contested(out: Outline, position: int, token: Token) -> bool:
    """Whether another grade stands right beside: last round's, or a whole scale.

    Nothing tells which of them counts, so none does.
    """
    beside = preceding(out.tokens, position, 1) + following(out.tokens, position, 1)
    return any(other.role is GRADE and other.value != token.value for other in beside)


def precedes_question(out: Outline, position: int) -> bool:
    """Whether a grade line stands right before a question that has none after it."""
    if position and out.tokens[position - 1].role is DATE and takes_pillar_grade(out):
        return False  # a date and the grade after it are the pillar's
    near = following(out.tokens, position, 3)
    is_numbered = bool(near) and near[0].role is NUMBER
    near = near[1:] if is_numbered else near
    if not near or near[0].role not in {QUESTION, AREA}:
        return False
    pillar = out.pillar
    if pillar and not (is_numbered or pillar.question or pillar.has_list):
        return False  # a headline question, whose grade is the pillar's
    if pillar and pillar.summary and not (pillar.grade or pillar.has_list):
        return False  # at the foot of the pillar, or before its first question
    return len(near) < 2 or near[1].role is not GRADE


def on_detail_link(out: Outline, _position: int, token: Token) -> None:
    """A link that prints the number of the question it stands in."""
    if out.question and out.question.number is None:
        out.question.number = token.number
    out.chrome(token)


def on_box(out: Outline, position: int, token: Token) -> None:
    """The label of a box."""
    if out.look.shape == "none":
        out.read_prose(position, token)
    elif out.section == "letter":
        out.unclaimed(token, "box_in_letter")  # what is under it stays in the letter
    elif out.question is None:
        out.unclaimed(token, "box_outside_questions")
    else:
        out.expects_grade = False
        out.lists.open_box(token.value, token)
        out.chrome(token)

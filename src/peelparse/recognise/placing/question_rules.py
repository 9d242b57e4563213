"""Rules for what opens and fills a question: its number, words, grade and boxes."""

from typing import Final

import msgspec

from peelparse.blocks import Kind
from peelparse.recognise.context import (
    following,
    has_content,
    is_anchored,
    is_content,
    preceding,
)
from peelparse.recognise.placing.drafts import GradeDraft, QuestionDraft
from peelparse.recognise.placing.outline import Outline
from peelparse.recognise.placing.pillar_rules import (
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
from peelparse.recognise.surveying.judged import IN_COLUMNS
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import make_key
from peelparse.reference import find_topic

NAMES: Final = frozenset((AREA, CELL, QUESTION))  # what can name an area


def on_number(out: Outline, position: int, token: Token) -> None:
    """A question's number, if a question follows."""
    after = following(out.tokens, position, 1)
    if after and after[0].role in {QUESTION, AREA}:
        out.pending_number = token.number
        if token.rule != "number_in_line":
            out.pending.append((token, "number"))
    elif position in out.look.lost.questions:
        out.open_lost_question(token)
        out.drafts.questions[-1].number = token.number
        out.place(token, f"{out.question_field}.number")
        out.expects_grade = True
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
        resume_question(out, position, token)
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
        head = after[0].role if after else PROSE
        is_headed = head is GRADE or (head is BOX and is_known(out, token))
        return is_headed or (is_followed and is_anchored(out.tokens, position))
    if out.pending_number is not None or out.pending_grade is not None:
        return True
    before = out.tokens[position - 1]
    if before.role is PROSE and before.text.endswith(":"):
        return is_anchored(out.tokens, position)  # what someone was asked
    return has_content(out.tokens, position)


def is_known(out: Outline, token: Token) -> bool:
    """Whether a question is one that inspections ask, and no finding of a list."""
    return find_topic(token.text, out.look.programme) is not None


def on_area(out: Outline, position: int, token: Token) -> None:
    """An area of a report without pillars."""
    if out.look.shape != "areas":
        out.read_prose(position, token)
    elif position in out.look.contents:
        resume_question(out, position, token)
        out.chrome(token, "judgments_table")
    else:
        out.open_question(token)


def resume_question(out: Outline, position: int, token: Token) -> None:
    """Go on with a question whose name is printed again over words of its own.

    So it is where cards or a summary stand before the whole text. A box right after
    the name may list again what was said: the open question ends, and no other takes
    what would count twice or be misplaced.
    """
    after = following(out.tokens, position, 1)
    if out.look.contents[position]:
        out.resume_question(make_key(token.text))
    elif out.question and after and after[0].role is BOX:
        out.close_question()


def on_grade(out: Outline, position: int, token: Token) -> None:
    """A grade line: it belongs to what it stands in, or to nothing."""
    source = "alternative_text" if token.rule == "alternative_text" else "label"
    grade = GradeDraft(token.value, source, token)
    if out.look.shape == "none" or (
        out.section == "judgments" and position not in out.look.lost.grades
    ):
        out.chrome(token, "legend")
        before = out.tokens[position - 1].role if position else PROSE
        if heads_lost_part(out, position) and before not in NAMES:
            out.section = "lost_area"  # its name is not in this copy
    elif is_contested(out, position, token):
        out.drafts.stray_grades.append(token)
        out.unclaimed(token, "contested_grade")
    elif out.expects_grade and out.question:
        take_grade(out, out.question, token, grade)
    elif (
        not out.grades_follow
        and (out.question is None or out.question.grade)
        and precedes_question(out, position)
    ):
        out.pending_grade = msgspec.structs.replace(grade, precedes=True)
        out.pending.append((token, "grade"))
    elif takes_pillar_grade(out):
        out.pillar_or_new(token).grade = grade
        out.place(token, f"{out.pillar_field}.grade")
    else:
        leave_grade(out, position, token, grade)


def take_grade(
    out: Outline, question: QuestionDraft, token: Token, grade: GradeDraft
) -> None:
    """The grade right after a question, or after its name that is printed again."""
    out.expects_grade = False
    if question.grade is None:
        question.grade = grade
        out.grades_follow = True
        out.place(token, f"{out.question_field}.grade")
    elif question.grade.value == grade.value:
        out.chrome(token, "grade_again")
    else:
        out.withdraw_grade(question, question.grade)
        out.drafts.stray_grades.append(token)
        out.unclaimed(token, "contested_grade")


def leave_grade(out: Outline, position: int, token: Token, grade: GradeDraft) -> None:
    """A grade that no question on the page takes."""
    if position in out.look.lost.grades and (
        out.question is None or out.question.grade
    ):
        out.open_lost_question(token, grade)
    elif out.blocks[token.index].kind is Kind.ITEM:
        out.read_prose(position, token)
    else:
        out.drafts.stray_grades.append(token)
        out.unclaimed(token, "stray_grade")
        # a grade at the foot shows that those between two questions may stand so too
        before = out.question.grade if out.question else None
        out.has_feet |= before is not None and before.precedes
        if out.question and before and is_second(out, token, before):
            out.withdraw_grade(out.question, before)
        elif out.look.shape == "areas" and heads_lost_part(out, position):
            # what follows is of another question, whose words this copy has lost
            out.close_question()
            out.section = "lost_area"


def is_second(out: Outline, token: Token, first: GradeDraft) -> bool:
    """Whether a grade that is shown contradicts one that is hidden.

    So it is where a page holds a tab for each round, of which one is open.
    """
    was_hidden = out.blocks[first.token.index].hidden
    is_shown = not out.blocks[token.index].hidden
    return was_hidden and is_shown and first.value != token.value


def heads_lost_part(out: Outline, position: int) -> bool:
    """Whether a grade stands over prose of its own."""
    after = following(out.tokens, position, 1)
    return bool(after) and is_content(after[0])


def is_contested(out: Outline, position: int, token: Token) -> bool:
    """Whether another grade stands right beside: last round's, or a whole scale.

    Only a line such as a year may part them. Nothing tells which of them counts, so
    none does.
    """
    if token.rule == IN_COLUMNS:
        return True
    pattern = out.words.pattern(out.words.patterns.no_area)
    before = preceding(out.tokens, position, 2)[::-1]
    for beside in (before, following(out.tokens, position, 2)):
        is_parted = (
            len(beside) > 1
            and beside[0].role is PROSE
            and len(beside[0].text) < SHORT
            and pattern.search(beside[0].text) is not None
        )
        other = beside[is_parted] if beside else token
        if other.role is GRADE and other.value != token.value:
            return True
    return False


def precedes_question(out: Outline, position: int) -> bool:
    """Whether a grade line stands right before a question that has none after it."""
    near = following(out.tokens, position, 3)
    is_numbered = bool(near) and near[0].role is NUMBER
    near = near[1:] if is_numbered else near
    if not near or near[0].role not in {QUESTION, AREA}:
        return False
    if is_of_more(out, position, is_numbered=is_numbered):
        return False
    return len(near) < 2 or near[1].role is not GRADE


def is_of_more(out: Outline, position: int, *, is_numbered: bool) -> bool:
    """Whether a grade before a question can be the pillar's, or the whole page's."""
    before, pillar = out.tokens[max(0, position - 1)], out.pillar
    overall = out.words.pattern(out.words.patterns.overall)
    if len(before.text) < SHORT and overall.search(before.text):
        return True
    if before.role is DATE and takes_pillar_grade(out):
        return True  # a date and the grade after it are the pillar's
    if pillar is None or pillar.has_list:
        return False
    # over a headline question, or at the foot of the pillar's summary
    is_headed = is_numbered or pillar.question is not None
    return not is_headed or (bool(pillar.summary) and pillar.grade is None)


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
    elif not out.enter_part(token):
        out.unclaimed(token, "box_outside_questions")
    else:
        out.expects_grade = False
        out.lists.open_box(token.value, token)
        out.chrome(token)

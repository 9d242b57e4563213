"""Rules for what opens and fills a pillar: its heading, question, date, statement."""

import re

from peelparse.blocks import Kind
from peelparse.recognise.context import following, has_content
from peelparse.recognise.placing.drafts import GradeDraft, Statement
from peelparse.recognise.placing.outline import Outline
from peelparse.recognise.roles import (
    DATE,
    EDITION,
    GRADE,
    PROSE,
    QUESTION,
    QUESTIONS_FOR,
)
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import plain
from peelparse.reference import find_topic, never_graded
from peelparse.text import ends_sentence


def on_title(out: Outline, position: int, token: Token) -> None:
    """The title; a second line in its form is the title of a document."""
    if position == out.look.title.position:
        out.place(token, "title")
    elif out.look.shape == "none":
        out.read_prose(position, token)
    else:
        out.chrome(token, "title_again")


def on_identity(out: Outline, position: int, token: Token) -> None:
    """A line that names the force or the edition."""
    near_start = position < out.look.start + 10 or is_block_open(out)
    near_start = near_start and out.question is None
    if out.look.shape == "none" or not (near_start or token.role is EDITION):
        out.read_prose(position, token)
        return
    out.chrome(token)
    if token.role is EDITION and not near_start and out.look.shape == "areas":
        out.close_question()
        out.section = "stated"


def is_block_open(out: Outline) -> bool:
    """Whether a pillar's name was read, and no words of its block."""
    pillar = out.pillar
    return pillar is not None and not (pillar.summary or pillar.has_list)


def on_pillar(out: Outline, position: int, token: Token) -> None:
    """A pillar's heading, if what follows is a pillar's block."""
    if out.look.shape == "none":
        out.chrome(token, "legend")
    elif out.look.shape == "pillars" and position in out.look.contents:
        out.chrome(token, "pillar_again")
    elif out.look.shape != "pillars" or not opens_pillar(out, position):
        out.read_prose(position, token)
    elif (
        out.pillar and out.pillar.name in {None, token.value} and not out.pillar.summary
    ):
        out.pillar.name = token.value
        out.place(token, f"{out.pillar_field}.pillar")
    else:
        out.open_pillar(token, token.value)
        out.place(token, f"{out.pillar_field}.pillar")


def opens_pillar(out: Outline, position: int) -> bool:
    """Whether the lines after a pillar's name are those of its block."""
    if out.pillar is None and out.question is None:
        return True
    near = following(out.tokens, position, 3)
    if near and near[0].role in {DATE, GRADE, QUESTIONS_FOR}:
        return True
    return (
        len(near) > 1
        and near[0].role in {QUESTION, PROSE}
        and (near[1].role in {DATE, GRADE})
    )


def on_date(out: Outline, position: int, token: Token) -> None:
    """A date line: the pillar's in its block, otherwise the page's."""
    is_page = token.rule == "page_date_form" or out.look.shape != "pillars"
    if is_page and out.drafts.page_date is None:
        out.drafts.page_date = token.value
        out.place(token, "last_updated")
    elif is_page:
        out.read_prose(position, token)
    elif out.pillar is None or (
        out.pillar.last_updated is None and not out.pillar.summary
    ):
        out.pillar_or_new(token).last_updated = token.value
        out.place(token, f"{out.pillar_field}.last_updated")
    elif (out.pillar.summary or out.pillar.has_list) and _dates_pillar(out, position):
        out.open_pillar(token, None).last_updated = token.value
        out.place(token, f"{out.pillar_field}.last_updated")
    else:
        out.unclaimed(token, "second_date")


def _dates_pillar(out: Outline, position: int) -> bool:
    """Whether a pillar's grade, question or prose follows a date, not a page's end."""
    near = following(out.tokens[: out.look.tail], position, 1)
    if not near:
        return False
    return near[0].role is not PROSE or ends_sentence(near[0].text)


def on_questions_for(out: Outline, _position: int, token: Token) -> None:
    """The heading of a pillar's list of questions, which names the pillar."""
    pillar = out.pillar_or_new(token)
    pillar.name = pillar.name or token.value
    pillar.has_list = True
    out.close_question()
    out.section = "list"
    out.chrome(token)


def on_view_questions(out: Outline, _position: int, token: Token) -> None:
    """The link that ends a pillar's block on an overview."""
    if out.pillar:
        out.pillar.name = out.pillar.name or token.value
        out.pillar.has_list = True
    out.close_question()
    out.section = "between"
    out.chrome(token)


def on_further_insights(out: Outline, _position: int, token: Token) -> None:
    """The heading of more prose about the pillar."""
    out.close_question()
    if out.pillar:
        out.section = "summary"
    out.chrome(token)


def on_statement(out: Outline, position: int, token: Token) -> None:
    """An overview's sentence on the pillar that its words name."""
    pillar = out.find_pillar(token.text)
    if out.look.shape != "pillars" or out.question or out.pillar or not pillar:
        out.read_prose(position, token)
    elif pillar in out.drafts.statements:
        out.drafts.doubled.append(token)
        out.unclaimed(token, "second_statement")
    else:
        is_open = not never_graded(
            out.look.edition, out.look.programme, pillar, None, overall=True
        )
        value = read_statement(out, token.text) if is_open else ""
        grade = GradeDraft(value, "statement", token)
        out.drafts.statements[pillar] = Statement(token, grade)
        out.place(token, f"judgements[{pillar}].statement")


def read_statement(out: Outline, text: str) -> str:
    """The grade or status that ends a statement; empty if none does, or several."""
    line = plain(text)
    match = out.words.pattern(out.words.patterns.statement).fullmatch(line)
    if not match:
        return ""
    said = {
        value
        for key, (role, value) in out.words.by_key.items()
        if role is GRADE and key in line and re.search(rf"\b{re.escape(key)}\b", line)
    }
    return out.words.by_key[match["grade"]][1] if len(said) == 1 else ""


def on_inspector(out: Outline, position: int, token: Token) -> None:
    """The line that names the inspector."""
    if out.look.shape == "none" or out.question:
        out.read_prose(position, token)
        return
    name, _, office = token.text.partition(", ")
    if token.rule == "office_line":
        name, office = "", token.text
    out.drafts.inspector = name or out.drafts.inspector
    out.drafts.office = office or out.drafts.office
    out.place(token, "observations.inspector" if name else "observations.office")


def is_headline(out: Outline, position: int, token: Token) -> bool:
    """Whether a question is the headline question of a pillar."""
    if out.look.shape != "pillars" or out.pending_number is not None:
        return False
    after = following(out.tokens, position, 1)
    starts_block = bool(after) and after[0].role in {DATE, GRADE}
    pillar = out.pillar
    if pillar is None:
        # a headline without its heading opens the page or a pillar's block
        is_item = out.blocks[token.index].kind is Kind.ITEM
        is_told = bool(out.look.title.pillar) and has_content(out.tokens, position)
        return starts_block or not (is_item or (out.drafts.stated and not is_told))
    if pillar.has_list or pillar.summary:
        topic = find_topic(token.text, out.look.programme) or ""
        is_other = pillar.name is None or out.find_pillar(token.text) != pillar.name
        return starts_block and is_other and topic.endswith("-overall")
    # leadership has no headline question in most editions
    return pillar.question is None and (pillar.name != "Leadership" or starts_block)


def take_headline(out: Outline, token: Token) -> None:
    """Give a headline question to its pillar, opening one if need be."""
    pillar = out.pillar
    if pillar is None or pillar.question or pillar.summary or pillar.has_list:
        pillar = out.open_pillar(token, None)
    pillar.question = token.text
    out.place(token, f"{out.pillar_field}.question")


def takes_pillar_grade(out: Outline) -> bool:
    """Whether a grade line here is the open pillar's."""
    if out.look.shape != "pillars" or out.question or out.section == "letter":
        return False
    pillar = out.pillar
    return pillar is None or (
        pillar.grade is None and not pillar.summary and not pillar.has_list
    )

"""Tokens to drafts: one pass that gives every block its one place.

One mechanism serves every kind of page. A handler for each role changes what is
open (pillar, question, box, section); prose goes to what is open. Where a grade,
a number or a box belongs follows from where it stands, never from counting.
"""

from collections.abc import Callable, Sequence
from typing import Final

from peelparse.blocks import Block, Kind
from peelparse.recognise.drafts import (
    Drafts,
    GradeDraft,
    PillarDraft,
    Place,
    QuestionDraft,
    Statement,
)
from peelparse.recognise.lists import ListReader
from peelparse.recognise.kinds import SHORT
from peelparse.recognise.survey import (
    Survey,
    following,
    has_content,
    is_anchored,
    is_content,
)
from peelparse.recognise.tokens import Token
from peelparse.recognise.vocabulary import Role, Vocabulary, plain
from peelparse.reference import find_topic
from peelparse.text import ends_sentence

STATED: Final = frozenset(("stated", "judgments", "annex", "other_inspections"))


class Outline:
    """Goes through a page's tokens once and fills the drafts."""

    def __init__(
        self,
        tokens: Sequence[Token],
        blocks: Sequence[Block],
        look: Survey,
        words: Vocabulary,
    ) -> None:
        """Args: tokens, blocks: the page; look: the first look; words: vocabulary."""
        self.tokens = tokens
        self.blocks = blocks
        self.look = look
        self.words = words
        self.drafts = Drafts()
        self.lists = ListReader(self)
        self.section = "stated" if look.shape != "none" else "unclaimed"
        self.pillar: PillarDraft | None = None
        self.question: QuestionDraft | None = None
        self.pending_number: int | None = None
        self.pending_grade: GradeDraft | None = None
        self.expects_grade = False
        self.grades_follow = False

    def run(self) -> Drafts:
        """Place every block; each handler places the blocks of its token."""
        for position, token in enumerate(self.tokens):
            if position < self.look.start:
                self.chrome(token, "before_the_title")
            elif position >= self.look.tail:
                self.chrome(token, "after_the_assessment")
            else:
                HANDLERS.get(token.role, Outline.on_prose)(self, position, token)
        return self.drafts

    # places

    def place(self, token: Token, field: str, rule: str | None = None) -> None:
        """Record where a token's block went; content wins over chrome."""
        old = self.drafts.places.get(token.index)
        if old is None or old.field == "chrome" or field not in {"chrome", "unclaimed"}:
            self.drafts.places[token.index] = Place(field, token.role, rule or token.rule)

    def chrome(self, token: Token, rule: str | None = None) -> None:
        """Record that a token's block is furniture or a label."""
        self.place(token, "chrome", rule)

    def unclaimed(self, token: Token, rule: str) -> None:
        """Record that no field takes a token's block."""
        self.place(token, "unclaimed", rule)

    @property
    def pillar_field(self) -> str:
        """Path of the open pillar."""
        return f"judgements[{len(self.drafts.pillars) - 1}]"

    @property
    def question_field(self) -> str:
        """Path of the open question."""
        return f"questions[{len(self.drafts.questions) - 1}]"

    # what opens and closes

    def open_pillar(self, token: Token, name: str | None) -> PillarDraft:
        """Open a pillar's block."""
        self.close_question()
        self.pillar = PillarDraft(token, name)
        self.drafts.pillars.append(self.pillar)
        self.section = "summary"
        self.expects_grade = True
        return self.pillar

    def close_question(self) -> None:
        """Close the question, and the box in it, that is open."""
        self.lists.close()
        self.question = None
        self.expects_grade = False

    def open_question(self, token: Token) -> None:
        """Open a core question or area."""
        self.close_question()
        self.question = QuestionDraft(token, self.pillar, self.pending_number)
        self.question.grade, self.pending_grade = self.pending_grade, None
        self.pending_number = None
        self.drafts.questions.append(self.question)
        if self.pillar:
            self.pillar.has_list = True
        self.section = "narrative"
        self.expects_grade = self.question.grade is None
        self.place(token, f"{self.question_field}.text")

    # handlers, by role

    def on_title(self, position: int, token: Token) -> None:
        """The title; a second line in its form is the title of a document."""
        if position == self.look.title.position:
            self.place(token, "title")
        elif self.look.shape == "none":
            self.on_prose(position, token)
        else:
            self.chrome(token, "title_again")

    def on_identity(self, position: int, token: Token) -> None:
        """A line that names the force or the edition."""
        near_start = position < self.look.start + 10 and self.question is None
        if self.look.shape == "none" or not (near_start or token.role is Role.EDITION):
            self.on_prose(position, token)
            return
        self.chrome(token)
        if token.role is Role.EDITION and not near_start and self.look.shape == "areas":
            self.close_question()
            self.section = "stated"

    def on_pillar(self, position: int, token: Token) -> None:
        """A pillar's heading, if what follows is a pillar's block."""
        if self.look.shape == "none":
            self.chrome(token, "legend")
        elif self.look.shape != "pillars" or not self.opens_pillar(position):
            self.on_prose(position, token)
        elif self.pillar and self.pillar.name == token.value and not self.pillar.summary:
            self.chrome(token, "pillar_again")
        elif self.pillar and self.pillar.name is None and not self.pillar.summary:
            self.pillar.name = token.value
            self.place(token, f"{self.pillar_field}.pillar")
        else:
            if any(pillar.name == token.value for pillar in self.drafts.pillars):
                self.drafts.doubled.append(token)
            self.open_pillar(token, token.value)
            self.place(token, f"{self.pillar_field}.pillar")

    def opens_pillar(self, position: int) -> bool:
        """Whether the lines after a pillar's name are those of its block."""
        if self.pillar is None and self.question is None:
            return True
        near = following(self.tokens, position, 3)
        if near and near[0].role in {Role.DATE, Role.GRADE, Role.QUESTIONS_FOR}:
            return True
        return len(near) > 1 and near[0].role in {Role.QUESTION, Role.PROSE} and (
            near[1].role in {Role.DATE, Role.GRADE}
        )

    def on_number(self, position: int, token: Token) -> None:
        """A question's number, if a question follows."""
        after = following(self.tokens, position, 1)
        if after and after[0].role in {Role.QUESTION, Role.AREA}:
            self.pending_number = token.number
            if token.rule != "number_in_line":
                field = f"questions[{len(self.drafts.questions)}].number"
                self.place(token, field)
        else:
            self.on_prose(position, token)

    def on_question(self, position: int, token: Token) -> None:
        """A headline question, a core question, or a line that repeats one."""
        if self.look.shape == "none":
            self.on_prose(position, token)
        elif self.section == "other_inspections":
            self.chrome(token, "other_inspections")
        elif position in self.look.contents:
            after = following(self.tokens, position, 1)
            if after and after[0].text == token.text:
                self.drafts.repeated.append(token)
            self.pending_number = None
            self.chrome(token, "contents_entry")
        elif self.is_headline(position, token):
            self.take_headline(token)
        elif self.is_core_question(position, token):
            self.open_question(token)
        else:
            self.on_prose(position, token)

    def is_headline(self, position: int, token: Token) -> bool:
        """Whether a question is the headline question of a pillar."""
        if self.look.shape != "pillars" or self.pending_number is not None:
            return False
        after = following(self.tokens, position, 1)
        starts_block = bool(after) and after[0].role in {Role.DATE, Role.GRADE}
        pillar = self.pillar
        if pillar is None or pillar.has_list or pillar.summary:
            topic = find_topic(token.text, self.look.programme) or ""
            return pillar is None or (starts_block and topic.endswith("-overall"))
        if pillar.question is not None:
            return False
        if pillar.name == "Leadership":
            return starts_block
        return True

    def take_headline(self, token: Token) -> None:
        """Give a headline question to its pillar, opening one if need be."""
        pillar = self.pillar
        if pillar is None or pillar.question or pillar.summary or pillar.has_list:
            pillar = self.open_pillar(token, None)
        pillar.question = token.text
        self.place(token, f"{self.pillar_field}.question")

    def is_core_question(self, position: int, token: Token) -> bool:
        """Whether a line with a question mark is a core question here."""
        if self.section in {"letter", "stated"} and self.look.shape == "pillars":
            return False
        if self.pending_number is not None or self.pending_grade is not None:
            return True
        if self.blocks[token.index].kind is Kind.ITEM or self.lists.awaits_items:
            return is_anchored(self.tokens, position)
        return has_content(self.tokens, position)

    def on_area(self, position: int, token: Token) -> None:
        """An area of a report without pillars."""
        if self.look.shape != "areas":
            self.on_prose(position, token)
        elif position in self.look.contents:
            self.chrome(token, "judgments_table")
        else:
            self.open_question(token)

    def on_grade(self, position: int, token: Token) -> None:
        """A grade line: it belongs to what it stands in, or to nothing."""
        source = "alternative_text" if token.rule == "alternative_text" else "label"
        grade = GradeDraft(token.value, source)
        after = following(self.tokens, position, 1)
        precedes = bool(after) and after[0].role in {Role.NUMBER, Role.QUESTION}
        if self.look.shape == "none" or self.section == "judgments":
            self.chrome(token, "legend")
            if after and is_content(after[0]):
                self.section = "lost_area"  # its name is not in this copy
        elif self.expects_grade and self.question and self.question.is_empty:
            self.question.grade = grade
            self.grades_follow = True
            self.expects_grade = False
            self.place(token, f"{self.question_field}.grade")
        elif precedes and not self.grades_follow and (self.question is None or self.question.grade):
            self.pending_grade = grade
            self.place(token, f"questions[{len(self.drafts.questions)}].grade")
        elif self.takes_pillar_grade():
            self.pillar_or_new(token).grade = grade
            self.place(token, f"{self.pillar_field}.grade")
        elif self.blocks[token.index].kind is Kind.ITEM:
            self.on_prose(position, token)
        else:
            self.drafts.stray_grades.append(token)
            self.unclaimed(token, "stray_grade")

    def takes_pillar_grade(self) -> bool:
        """Whether a grade line here is the open pillar's."""
        if self.look.shape != "pillars" or self.question or self.section == "letter":
            return False
        pillar = self.pillar
        return pillar is None or (
            pillar.grade is None and not pillar.summary and not pillar.has_list
        )

    def pillar_or_new(self, token: Token) -> PillarDraft:
        """The open pillar, or a new one whose heading the copy lost."""
        return self.pillar or self.open_pillar(token, None)

    def on_date(self, position: int, token: Token) -> None:
        """A date line: the pillar's in its block, otherwise the page's."""
        is_page = token.rule == "page_date_form" or self.look.shape != "pillars"
        if is_page and self.drafts.page_date is None:
            self.drafts.page_date = token.value
            self.place(token, "last_updated")
        elif is_page:
            self.on_prose(position, token)
        elif self.pillar is None or self.pillar.last_updated is None and not self.pillar.summary:
            self.pillar_or_new(token).last_updated = token.value
            self.place(token, f"{self.pillar_field}.last_updated")
        elif self.pillar.summary or self.pillar.has_list:
            self.open_pillar(token, None).last_updated = token.value
            self.place(token, f"{self.pillar_field}.last_updated")
        else:
            self.unclaimed(token, "second_date")

    def on_questions_for(self, _position: int, token: Token) -> None:
        """The heading of a pillar's list of questions, which names the pillar."""
        pillar = self.pillar_or_new(token)
        pillar.name = pillar.name or token.value
        pillar.has_list = True
        self.close_question()
        self.section = "list"
        self.chrome(token)

    def on_view_questions(self, _position: int, token: Token) -> None:
        """The link that ends a pillar's block on an overview."""
        if self.pillar:
            self.pillar.name = self.pillar.name or token.value
            self.pillar.has_list = True
        self.close_question()
        self.section = "between"
        self.chrome(token)

    def on_further_insights(self, _position: int, token: Token) -> None:
        """The heading of more prose about the pillar."""
        self.close_question()
        if self.pillar:
            self.section = "summary"
        self.chrome(token)

    def on_detail_link(self, _position: int, token: Token) -> None:
        """A link that prints the number of the question it stands in."""
        if self.question and self.question.number is None:
            self.question.number = token.number
        self.chrome(token)

    def on_box(self, position: int, token: Token) -> None:
        """The label of a box."""
        if self.look.shape == "none" or self.section == "letter":
            self.on_prose(position, token)
        elif self.question is None:
            self.unclaimed(token, "box_outside_questions")
        else:
            self.expects_grade = False
            self.lists.open_box(token.value, token)
            self.chrome(token)

    def on_section(self, position: int, token: Token) -> None:
        """The heading of a section that decides where its words go."""
        if self.look.shape == "none" or (
            self.look.shape == "pillars" and token.value in {"stated", "judgments", "annex"}
        ):
            self.on_prose(position, token)
            return
        if token.value == "findings":
            self.lists.close()
        else:
            self.close_question()
            self.section = token.value
        if token.value == "letter":
            self.drafts.letter_heading = token.text
            self.place(token, "observations.heading")
        else:
            self.chrome(token)

    def on_statement(self, position: int, token: Token) -> None:
        """An overview's sentence on the pillar that its words name."""
        pillar = self.find_pillar(token.text)
        if self.look.shape != "pillars" or self.question or self.pillar or not pillar:
            self.on_prose(position, token)
        elif pillar in self.drafts.statements:
            self.drafts.doubled.append(token)
            self.unclaimed(token, "second_statement")
        else:
            grade = GradeDraft(self.read_statement(token.text), "statement")
            self.drafts.statements[pillar] = Statement(token, grade)
            self.place(token, f"judgements[{pillar}].statement")

    def find_pillar(self, text: str) -> str | None:
        """The pillar that a statement's or headline question's words name."""
        line = plain(text)
        for entry in self.words.patterns.pillar_words:
            if self.words.pattern(entry.pattern, ignore_case=True).search(line):
                return entry.pillar
        return None

    def read_statement(self, text: str) -> str:
        """The grade or status that ends a statement; empty if none does."""
        match = self.words.pattern(self.words.patterns.statement).fullmatch(plain(text))
        if not match:
            return ""
        return self.words.by_key[match["grade"]][1]

    def on_inspector(self, position: int, token: Token) -> None:
        """The line that names the inspector."""
        if self.look.shape == "none" or self.question:
            self.on_prose(position, token)
            return
        name, _, office = token.text.partition(", ")
        if token.rule == "office_line":
            name, office = "", token.text
        self.drafts.inspector = name or self.drafts.inspector
        self.drafts.office = office or self.drafts.office
        self.place(token, "observations.inspector" if name else "observations.office")

    def on_furniture(self, _position: int, token: Token) -> None:
        """A label without words of its own."""
        self.chrome(token)

    def on_standing(self, position: int, token: Token) -> None:
        """A standing sentence, which ends a box."""
        self.lists.close()
        self.on_prose(position, token)

    def on_cell(self, position: int, token: Token) -> None:
        """A cell of a data table: the judgments table, or a table of figures."""
        if self.question is None:
            self.chrome(token, "judgments_table" if self.section == "judgments" else "table")
        else:
            self.on_prose(position, token)

    def on_prose(self, position: int, token: Token) -> None:
        """Words that go to what is open."""
        if self.question:
            self.expects_grade = False
            self.lists.read(position, token)
        elif self.section == "summary":
            self.read_summary(position, token)
        elif self.section == "letter":
            self.drafts.letter.append(token.text)
            self.place(token, "observations.paragraphs")
        elif self.section == "judgments" and self.lists.is_title_like(token):
            self.chrome(token, "judgments_table")
        elif self.section in STATED or self.is_standing(token):
            self.drafts.stated.append(token.text)
            self.place(token, "stated.paragraphs")
        else:
            self.unclaimed(token, "no_section")

    def is_standing(self, token: Token) -> bool:
        """Whether a paragraph is known to be about the assessment, not the force."""
        line = plain(token.text)
        forms = self.words.patterns.standing_stated
        return any(self.words.pattern(form).fullmatch(line) for form in forms)

    def read_summary(self, position: int, token: Token) -> None:
        """Words in a pillar's block: a headline that is no question, or summary."""
        pillar = self.pillar
        if pillar is None:
            self.unclaimed(token, "no_pillar")
            return
        after = following(self.tokens, position, 1)
        if (
            pillar.question is None
            and not pillar.summary
            and not ends_sentence(token.text)
            and len(token.text) < SHORT
            and after
            and after[0].role in {Role.DATE, Role.GRADE}
        ):
            pillar.question = token.text
            self.place(token, f"{self.pillar_field}.question")
            return
        pillar.summary.append(token)
        self.place(token, f"{self.pillar_field}.summary")


HANDLERS: Final[dict[Role, Callable[[Outline, int, Token], None]]] = {
    Role.TITLE: Outline.on_title,
    Role.EDITION: Outline.on_identity,
    Role.ORGANISATION: Outline.on_identity,
    Role.PILLAR: Outline.on_pillar,
    Role.NUMBER: Outline.on_number,
    Role.QUESTION: Outline.on_question,
    Role.AREA: Outline.on_area,
    Role.GRADE: Outline.on_grade,
    Role.DATE: Outline.on_date,
    Role.QUESTIONS_FOR: Outline.on_questions_for,
    Role.VIEW_QUESTIONS: Outline.on_view_questions,
    Role.FURTHER_INSIGHTS: Outline.on_further_insights,
    Role.DETAIL_LINK: Outline.on_detail_link,
    Role.LISTED_QUESTION: Outline.on_prose,
    Role.BOX: Outline.on_box,
    Role.SECTION: Outline.on_section,
    Role.STATEMENT: Outline.on_statement,
    Role.INSPECTOR: Outline.on_inspector,
    Role.STANDING: Outline.on_standing,
    Role.CELL: Outline.on_cell,
    Role.GRADE_LABEL: Outline.on_furniture,
    Role.FIELD_LABEL: Outline.on_furniture,
    Role.DOCUMENT: Outline.on_furniture,
    Role.FURNITURE: Outline.on_furniture,
    Role.TAIL: Outline.on_furniture,
}

"""Tokens to drafts: one pass that gives every block its one place.

One mechanism serves every kind of page. A handler for each role changes what is
open (pillar, question, box, section); prose goes to what is open. Where a grade,
a number or a box belongs follows from where it stands, never from counting.
"""

from collections.abc import Sequence
from typing import Final

from peelparse.blocks import Block, Kind
from peelparse.recognise.context import following, is_content, is_stated
from peelparse.recognise.placing.drafts import (
    Drafts,
    GradeDraft,
    PillarDraft,
    Place,
    QuestionDraft,
)
from peelparse.recognise.placing.lists import ListReader
from peelparse.recognise.roles import DATE, GRADE, QUESTION
from peelparse.recognise.surveying.survey import Survey
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import Vocabulary, make_key, plain
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
        self.pending: list[tuple[Token, str]] = []  # lines that await their question
        self.expects_grade = False
        self.grades_follow = False
        self.has_feet = False  # whether a grade stands at the foot of its question
        self.question_field = ""  # path of the open question
        self.has_parts = False  # whether parts of questions stand outside them
        self.is_headless = False  # whether the copy has lost every question's words

    # places

    def drop_pending(self) -> None:
        """Leave unclaimed a number or grade whose question did not come."""
        for line, _ in self.pending:
            self.unclaimed(line, "no_question")
        self.pending.clear()
        self.pending_number = self.pending_grade = None

    def place(self, token: Token, field: str, rule: str | None = None) -> None:
        """Record where a token's block went; content wins over chrome."""
        places, index = self.drafts.places, token.index
        old = places.get(index)
        if old is None or old.field == "chrome" or field not in {"chrome", "unclaimed"}:
            places[index] = Place(field, token.role, rule or token.rule)

    def chrome(self, token: Token, rule: str | None = None) -> None:
        """Record that a token's block is furniture or a label."""
        self.place(token, "chrome", rule)

    def unclaimed(self, token: Token, rule: str) -> None:
        """Record that no field takes a token's block."""
        self.place(token, "unclaimed", rule)

    @property
    def own_tokens(self) -> list[Token]:
        """The page's tokens without the furniture before and after."""
        return list(self.tokens[self.look.start : self.look.tail])

    @property
    def pillar_field(self) -> str:
        """Path of the open pillar."""
        return f"judgements[{len(self.drafts.pillars) - 1}]"

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
        self.question_field = f"questions[{len(self.drafts.questions)}]"
        self.question = QuestionDraft(token, self.pillar, self.pending_number)
        self.question.grade, self.pending_grade = self.pending_grade, None
        self.pending_number = None
        for line, name in self.pending:
            self.place(line, f"{self.question_field}.{name}")
        self.pending.clear()
        self.drafts.questions.append(self.question)
        if self.pillar:
            self.pillar.has_list = True
        self.section = "narrative"
        self.expects_grade = self.question.grade is None
        self.place(token, f"{self.question_field}.text")

    def resume_question(self, key: str) -> None:
        """Open again the question of a name, if there is one."""
        for index, question in enumerate(self.drafts.questions):
            if make_key(question.token.text) == key:
                self.close_question()
                self.question_field = f"questions[{index}]"
                self.question = question
                self.section = "narrative"
                self.expects_grade = True

    def withdraw_grade(self, question: QuestionDraft, grade: GradeDraft) -> None:
        """Take the grade of a question back, as it is in doubt."""
        question.grade = None
        self.drafts.stray_grades.append(grade.token)
        place = Place("unclaimed", GRADE, "contested_grade")
        self.drafts.places[grade.token.index] = place

    def open_lost_question(self, token: Token, grade: GradeDraft | None = None) -> None:
        """Open a question at its grade or first part; the copy has lost its words."""
        self.close_question()
        self.question_field = f"questions[{len(self.drafts.questions)}]"
        head = Token(QUESTION, token.index, "", rule="lost_question")
        self.question = QuestionDraft(head, self.pillar, None, grade)
        self.drafts.questions.append(self.question)
        if self.pillar:
            self.pillar.has_list = True
        self.section = "narrative"
        if grade:
            self.place(token, f"{self.question_field}.grade")

    def enter_part(self, token: Token) -> bool:
        """Whether a question is open for a part that only questions have.

        Where the copy has lost every question's words, one without words takes all.
        """
        if self.question is None:
            self.has_parts = True
            if self.is_headless:
                self.open_lost_question(token)
        return self.question is not None

    def read_prose(self, position: int, token: Token) -> None:
        """Words that go to what is open."""
        self.open_lost_part(token)
        if self.blocks[token.index].kind is Kind.PASSAGE:
            self.leave_passage(token)
        elif self.question:
            self.expects_grade = False
            self.lists.read(self.question, position, token)
        elif self.section == "summary" and self.pillar:
            self.read_summary(self.pillar, position, token)
        elif self.section == "letter":
            self.drafts.letter.append(token.text)
            self.place(token, "observations.paragraphs")
        elif label := self.find_label(token):
            self.chrome(token, label)
        elif self.section in STATED or is_stated(token, self.words):
            self.drafts.stated.append(token.text)
            self.place(token, "stated.paragraphs")
        else:
            self.unclaimed(token, "no_section")

    def find_label(self, token: Token) -> str:
        """Why a line outside questions and pillars is a label; empty if it is none."""
        block = self.blocks[token.index]
        if ends_sentence(token.text):
            return ""
        if self.section == "judgments":
            return "judgments_table"
        if block.link:
            return "link_label"
        if self.section == "annex":
            return "annex_heading"
        is_short = len(token.text) < SHORT and block.kind is not Kind.ITEM
        return "stated_heading" if self.section == "stated" and is_short else ""

    def leave_passage(self, token: Token) -> None:
        """Leave unclaimed the words of several blocks that no boundary parts."""
        if self.question:
            self.question.passages.append(token)
            self.expects_grade = False
        self.lists.pause()
        self.unclaimed(token, "boundaries_lost")

    def open_lost_part(self, token: Token) -> None:
        """Open what words are of, where the copy has lost the lines that open it."""
        if self.section == "list" and is_content(token):
            self.enter_part(token)
        elif self.is_headless and self.is_before_pillar(token):
            self.open_pillar(token, self.look.title.pillar)

    def is_before_pillar(self, token: Token) -> bool:
        """Whether words are of the pillar that the title names and nothing opened."""
        is_first = self.pillar is None and self.question is None
        names = self.look.title.pillar and self.look.shape == "pillars"
        is_open = bool(names) and is_first and self.section == "stated"
        return is_open and not is_stated(token, self.words)

    def read_summary(self, pillar: PillarDraft, position: int, token: Token) -> None:
        """Words in a pillar's block: a headline that is no question, or summary."""
        after = following(self.tokens, position, 1)
        if (
            pillar.question is None
            and not pillar.summary
            and not ends_sentence(token.text)
            and len(token.text) < SHORT
            and after
            and after[0].role in {DATE, GRADE}
        ):
            pillar.question = token.text
            self.place(token, f"{self.pillar_field}.question")
            return
        pillar.summary.append(token)
        self.place(token, f"{self.pillar_field}.summary")

    def pillar_or_new(self, token: Token) -> PillarDraft:
        """The open pillar, or a new one whose heading the copy lost."""
        return self.pillar or self.open_pillar(token, None)

    def find_pillar(self, text: str) -> str | None:
        """The pillar that a statement's or headline question's words name."""
        line = plain(text)
        for entry in self.words.patterns.pillar_words:
            if self.words.pattern(entry.pattern, ignore_case=True).search(line):
                return entry.pillar
        return None

"""Grades and statuses: what a grade line, a sentence or the edition says."""

import re
from functools import cache
from typing import Final

import msgspec

from peelparse.recognise.placing.drafts import Drafts, GradeDraft, QuestionDraft
from peelparse.recognise.surveying.survey import Survey
from peelparse.recognise.vocabulary import Vocabulary, make_key, plain
from peelparse.reference import find_topic, never_graded
from peelparse.report import Grade, GradeSource, GradeStatus
from peelparse.text import SENTENCE

LONGEST_STATUS: Final = 400  # characters of a sentence that gives a status


class Grading(msgspec.Struct, frozen=True):
    """The three fields of a grade, as the report has them."""

    grade: Grade | None = None
    grade_status: GradeStatus = "not_stated"
    grade_source: GradeSource | None = None


@cache
def _make_grading(value: str, origin: str, *, is_grade: bool) -> Grading:
    """One of the few gradings that there are; made once, as a conversion takes 2 µs."""
    source = msgspec.convert(origin, GradeSource)
    if is_grade:
        return Grading(msgspec.convert(value, Grade), "graded", source)
    return Grading(None, msgspec.convert(value, GradeStatus), source)


class Grader:
    """Settles grades after the whole page has been read."""

    def __init__(self, drafts: Drafts, look: Survey, words: Vocabulary) -> None:
        """Args: drafts: the page; look: the first look; words: the vocabulary."""
        self.drafts = drafts
        self.look = look
        self.words = words
        self.infers = False

    def from_draft(self, draft: GradeDraft) -> Grading:
        """A grade or status as a line or a statement printed it."""
        return self.read(draft.value, draft.source)

    def read(self, value: str, source: str) -> Grading:
        """A grade or status by its official label, and where it was read."""
        return _make_grading(value, source, is_grade=value in self.look.grade_values)

    def grade_pillar(
        self, name: str | None, label: GradeDraft | None, texts: list[str]
    ) -> Grading:
        """A pillar's grade: label, then statement, then what the edition never grades."""
        statement = self.drafts.statements.get(name or "")
        if label:
            return self.from_draft(label)
        if statement and statement.grade.value:
            return self.from_draft(statement.grade)
        if never_graded(
            self.look.edition, self.look.programme, name, None, overall=True
        ):
            return Grading(None, "ungraded", "edition")
        if status := self.find_status(texts):
            return Grading(None, status, "statement")
        return self.infer(texts)

    def infer(self, texts: list[str]) -> Grading:
        """A grade from the first sentence, if the caller asked for it."""
        if self.infers and texts:
            sentence = re.split(SENTENCE, texts[0])[0]
            pattern = self.words.pattern(self.words.patterns.prose_grade)
            if match := pattern.search(plain(sentence)):
                value = self.words.labels.grades[match["grade"] or match["grade2"]]
                return Grading(msgspec.convert(value, Grade), "graded", "prose")
        return Grading()

    def grade_question(self, question: QuestionDraft, topic: str | None) -> Grading:
        """A question's grade: label, sentence, then what the edition never grades."""
        texts = question.opening
        status = self.find_status(texts)
        label = self.from_draft(question.grade) if question.grade else Grading()
        if label.grade and status == "carried_over":
            return msgspec.structs.replace(label, grade_status="carried_over")
        # `Ungraded` and "has not been inspected": the sentence says why
        if question.grade and (label.grade or status != "not_inspected"):
            return label
        if status:
            return Grading(None, status, "statement")
        if judged := self.look.judged.get(make_key(question.token.text)):
            return self.read(judged, "label")
        return self.grade_by_edition(question, topic) or self.infer(texts)

    def grade_by_edition(
        self, question: QuestionDraft, topic: str | None
    ) -> Grading | None:
        """The status of a question that this edition, or this page, never grades."""
        pillar = question.pillar.name if question.pillar else None
        if never_graded(self.look.edition, self.look.programme, pillar, topic):
            return Grading(None, "ungraded", "edition")
        if self.look.shape == "areas" and self.is_stated_ungraded(topic):
            return Grading(None, "ungraded", "statement")
        return None

    def find_status(self, texts: list[str]) -> GradeStatus | None:
        """The status that a standing sentence gives; the first rule of the data wins."""
        lines = [plain(text).casefold() for text in texts if len(text) < LONGEST_STATUS]
        for form in self.words.patterns.statuses:
            near = list(filter(form.may_fit, lines))
            if near and any(map(self.words.pattern(form.pattern).search, near)):
                return form.status
        return None

    def is_stated_ungraded(self, topic: str | None) -> bool:
        """Whether a standing paragraph says that this area has no grade."""
        pattern = self.words.pattern(
            self.words.patterns.area_ungraded, ignore_case=True
        )
        return topic is not None and any(
            pattern.search(plain(text))
            and find_topic(text, self.look.programme) == topic
            for text in self.drafts.stated
        )

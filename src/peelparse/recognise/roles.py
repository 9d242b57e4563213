"""What a block is to the recogniser, one word for each."""

from enum import StrEnum


class Role(StrEnum):
    """What a block, or a part of one, is to the recogniser."""

    PROSE = "prose"
    TITLE = "title"
    EDITION = "edition"
    ORGANISATION = "organisation"
    PILLAR = "pillar"
    NUMBER = "number"
    QUESTION = "question"
    AREA = "area"
    GRADE = "grade"
    DATE = "date"
    QUESTIONS_FOR = "questions_for"
    VIEW_QUESTIONS = "view_questions"
    FURTHER_INSIGHTS = "further_insights"
    DETAIL_LINK = "detail_link"
    LISTED_QUESTION = "listed_question"
    BOX = "box"
    SECTION = "section"
    STATEMENT = "statement"
    STANDING = "standing"
    STATED = "stated"
    INSPECTOR = "inspector"
    GRADE_LABEL = "grade_label"
    FIELD_LABEL = "field_label"
    DOCUMENT = "document"
    CELL = "cell"
    FURNITURE = "furniture"
    TAIL = "tail"


# each by its own name, for rules that ask at every line: to look a member up in an
# Enum takes Python 3.11 ten times as long
(
    PROSE,
    TITLE,
    EDITION,
    ORGANISATION,
    PILLAR,
    NUMBER,
    QUESTION,
    AREA,
    GRADE,
    DATE,
    QUESTIONS_FOR,
    VIEW_QUESTIONS,
    FURTHER_INSIGHTS,
    DETAIL_LINK,
    LISTED_QUESTION,
    BOX,
    SECTION,
    STATEMENT,
    STANDING,
    STATED,
    INSPECTOR,
    GRADE_LABEL,
    FIELD_LABEL,
    DOCUMENT,
    CELL,
    FURNITURE,
    TAIL,
) = Role

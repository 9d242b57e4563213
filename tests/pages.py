"""Pages of forces that do not exist, drawn by Hypothesis, with their truth.

A `Sketch` says what a page holds; `outline` turns it into parts in page order;
`markups` draws the parts as HTML in several ways and as text. The truth is known
from the sketch, before anything is drawn.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec
from hypothesis import strategies as st

from truth import Json, Object

DATE: Final = ("22/03/2018", "2018-03-22")
STANDS: Final = (
    "This question was not inspected in 2017. The grade and findings from last "
    "year’s inspection still stand."
)
STATUSES: Final = {
    "Ungraded": "ungraded",
    "Not being graded": "not_graded",
    "To be graded": "to_be_graded",
}
GRADES: Final = ("Outstanding", "Good", "Requires improvement", "Inadequate")


class Pillar(NamedTuple):
    """A pillar and the questions that HMICFRS asks about it."""

    name: str
    programme: str
    headline: str
    questions: tuple[str, ...]


PILLARS: Final = (
    Pillar(
        "Effectiveness",
        "PEEL",
        "How effective is the force at keeping people safe and reducing crime?",
        (
            (
                "How effective is the force at preventing crime, tackling anti-social "
                "behaviour and keeping people safe?"
            ),
            (
                "How effective is the force at investigating crime and reducing "
                "re-offending?"
            ),
            (
                "How effective is the force at protecting those who are vulnerable from "
                "harm, and supporting victims?"
            ),
            "How effective is the force at tackling serious and organised crime?",
            "How effective are the force’s specialist capabilities?",
        ),
    ),
    Pillar(
        "Efficiency",
        "PEEL",
        "How efficient is the force at keeping people safe and reducing crime?",
        (
            "How well does the force understand demand?",
            "How well does the force use its resources?",
            "How well is the force planning for the future?",
        ),
    ),
    Pillar(
        "Legitimacy",
        "PEEL",
        "How legitimate is the force at keeping people safe and reducing crime?",
        (
            (
                "To what extent does the force treat all of the people it serves with "
                "fairness and respect?"
            ),
            (
                "How well does the force ensure that its workforce behaves ethically and "
                "lawfully?"
            ),
            "Does the force keep its horses well?",
        ),
    ),
    Pillar(
        "People",
        "FRS",
        "How well does the service look after its people?",
        (
            "How well does the FRS promote its values and culture?",
            "How well trained and skilled are FRS staff?",
            "How well does the FRS ensure fairness and diversity?",
            "How well does the FRS develop leadership and capability?",
        ),
    ),
)
EDITIONS: Final = {"2015": "2015", "2016": "2016", "2017": "2017", "2018": "2018-19"}


class Group(msgspec.Struct, frozen=True):
    """Findings with the words before them."""

    lead_in: str | None
    is_last_sentence: bool
    """Whether the lead-in ends the paragraph before it."""
    findings: tuple[str, ...]
    after: str
    """The paragraph that follows."""


class Improvement(msgspec.Struct, frozen=True):
    """An area for improvement; one with details ends in a colon."""

    text: str
    details: tuple[str, ...] = ()


class Concern(msgspec.Struct, frozen=True):
    """A cause of concern and the recommendations that always follow it."""

    text: str
    details: tuple[str, ...]
    lead_in: str
    recommendations: tuple[str, ...]


class Asked(msgspec.Struct, frozen=True):
    """A core question with all that stands under it."""

    number: int
    text: str
    grade: str | None
    """The grade line; None if this page has lost it."""
    stands: bool
    """Whether the page says that the grade is carried over."""
    opening: str
    groups: tuple[Group, ...]
    improvements: tuple[Improvement, ...]
    concern: Concern | None
    boxes_first: bool


class Sketch(msgspec.Struct, frozen=True):
    """A pillar page."""

    force: str
    year: str
    pillar: Pillar
    grade: str
    summary: tuple[str, ...]
    questions: tuple[Asked, ...]

    @property
    def title(self) -> str:
        is_police = self.pillar.programme == "PEEL"
        return (
            f"{self.force} PEEL {self.year}" if is_police else f"{self.force} 2018/19"
        )

    def tell(self, source: str = "label") -> Object:
        """What a report of this page holds, in the terms of `truth.json`.

        Args:
            source: where the grades are, if not in lines of their own.
        """
        is_police = self.pillar.programme == "PEEL"
        return {
            "kind": "pillar",
            "programme": self.pillar.programme,
            "title": self.title,
            "force": self.force,
            "edition": EDITIONS[self.year] if is_police else "2018-19",
            "language": "en",
            "judgements": [
                {
                    "pillar": self.pillar.name,
                    "question": self.pillar.headline,
                    **tell_grade(self.grade, source, stands=False),
                    "last_updated": DATE[1],
                    "summary": list(self.summary),
                }
            ],
            "questions": [
                tell_question(self.pillar.name, q, source) for q in self.questions
            ],
        }


def tell_grade(label: str | None, source: str, *, stands: bool) -> Object:
    """Grade, status and source that a grade line gives."""
    if label is None:
        status = "carried_over" if stands else "not_stated"
        told = "statement" if stands else None
        return {"grade": None, "grade_status": status, "grade_source": told}
    status = "carried_over" if stands else STATUSES.get(label, "graded")
    grade = None if label in STATUSES else label
    return {"grade": grade, "grade_status": status, "grade_source": source}


def tell_question(pillar: str, asked: Asked, source: str) -> Object:
    """A question as the truth has it."""
    findings: list[Json] = []
    narrative: list[Json] = [STANDS] if asked.stands else []
    narrative.append(asked.opening)
    for group in asked.groups:
        if group.lead_in and group.is_last_sentence:
            narrative[-1] = f"{narrative[-1]} {group.lead_in}"
        findings += [{"lead_in": group.lead_in, "text": t} for t in group.findings]
        narrative.append(group.after)
    told: Object = {
        "pillar": pillar,
        "number": asked.number,
        "text": asked.text,
        **tell_grade(asked.grade, source, stands=asked.stands),
        "narrative": narrative,
        "findings": findings,
        "areas_for_improvement": [
            {"text": improvement.text, "detail": list(improvement.details)}
            for improvement in asked.improvements
        ],
    }
    if concern := asked.concern:
        told["causes_of_concern"] = [
            {"text": concern.text, "detail": list(concern.details)}
        ]
        told["recommendations"] = [
            {"lead_in": concern.lead_in, "text": text}
            for text in concern.recommendations
        ]
    return told


# what pages are made of: words of every kind that mislead a reader who looks for words

SUBJECTS: Final = (
    "The force",
    "Its dog section",
    "A panel of 12 residents",
    "“One in three” sergeants",
    "The control room at St Ann’s",
    "Café owners",
)
VERBS: Final = (
    "is good at recording",
    "requires improvement at weighing",
    "has an outstanding record of",
    "was inadequate in 2016 at",
    "could say more about",
    "understands",
)
OBJECTS: Final = (
    "burglary in 3 towns",
    "what victims say – and why",
    "£1.7m of ‘old’ radios & masts",
    "the cause of concern of 2015",
    "areas for improvement that remain",
    "question 2 of last year’s survey",
    "effectiveness, efficiency and legitimacy",
    "people < 18 who run away",
)
TASKS: Final = (
    "meets residents in each ward",
    "good",
    "keeps 14 dogs, two of them retired",
    "asks whether it is effective",
    "gives an outstanding warrant to each team",
    "writes to victims (see recommendations)",
    "reviews how areas for improvement are met",
)
LEAD_INS: Final = (
    "The force:",
    "However, the force needs to:",
    "Most positively, the force:",
    "There are several problems in this area:",
)
PLACES: Final = ("Ash", "Oak", "Fen", "Marl", "Stone", "Crow", "Thorn")
ENDINGS: Final = ("shire", "mere", "vale", "-Ouse", "ham and Holme", "bridge")


def join_series(tasks: Sequence[str]) -> tuple[str, ...]:
    """The bullets of a series inside a sentence: `;`, `; and` and `.` at their ends."""
    ends = [";"] * (len(tasks) - 2) + ["; and"] * (len(tasks) > 1) + ["."]
    return tuple(map(str.__add__, tasks, ends))


def improve(sentence: str) -> Improvement:
    """A sentence as an area for improvement."""
    return Improvement(sentence.replace(SUBJECTS[0], "The force should", 1))


SENTENCES: Final = st.builds(
    "{} {} {}.".format,
    st.sampled_from(SUBJECTS),
    st.sampled_from(VERBS),
    st.sampled_from(OBJECTS),
)
PARAGRAPHS: Final = st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join)
SERIES: Final = st.lists(
    st.sampled_from(TASKS), min_size=1, max_size=4, unique=True
).map(join_series)
GROUPS: Final = st.builds(
    Group, st.sampled_from(LEAD_INS), st.booleans(), SERIES, PARAGRAPHS
) | st.builds(
    Group,
    st.none(),
    st.just(value=False),
    st.lists(SENTENCES, min_size=1, max_size=3).map(tuple),
    PARAGRAPHS,
)
IMPROVEMENTS: Final = SENTENCES.map(improve) | st.builds(
    Improvement, st.just("The force should make sure that it:"), SERIES
)
CONCERNS: Final = st.builds(
    Concern,
    SENTENCES,
    st.lists(PARAGRAPHS, max_size=2).map(tuple),
    st.just("By 31 December 2019, the force should:"),
    SERIES,
)
ASKED: Final = st.builds(
    Asked,
    number=st.just(0),
    text=st.just(""),
    grade=st.sampled_from((*GRADES, *STATUSES)),
    stands=st.just(value=False),
    opening=PARAGRAPHS,
    groups=st.lists(GROUPS, max_size=2).map(tuple),
    improvements=st.lists(IMPROVEMENTS, max_size=3).map(tuple),
    concern=st.none() | CONCERNS,
    boxes_first=st.booleans(),
) | st.builds(
    Asked,
    number=st.just(0),
    text=st.just(""),
    grade=st.sampled_from(GRADES),
    stands=st.just(value=True),
    opening=PARAGRAPHS,
    groups=st.just(()),
    improvements=st.just(()),
    concern=st.none(),
    boxes_first=st.just(value=False),
)


def number_questions(
    pillar: Pillar, questions: Sequence[Asked], first: int
) -> tuple[Asked, ...]:
    """Questions of a pillar in rising order; a gap before the last, if there is room."""
    count = len(pillar.questions)
    first = min(first, count - len(questions) + 1)
    numbers = [*range(first, first + len(questions) - 1), count]
    return tuple(
        msgspec.structs.replace(asked, number=number, text=pillar.questions[number - 1])
        for number, asked in zip(numbers, questions, strict=True)
    )


def make_sketch(
    head: tuple[str, str, str, str],
    pillar: Pillar,
    summary: Sequence[str],
    questions: Sequence[Asked],
    first: int,
) -> Sketch:
    """A sketch from its parts; the head is two halves of a name, year and grade."""
    start, end, year, grade = head
    return Sketch(
        force=start + end,
        year=year,
        pillar=pillar,
        grade=grade,
        summary=tuple(summary),
        questions=number_questions(pillar, questions, first),
    )


SKETCHES: Final = st.builds(
    make_sketch,
    st.tuples(
        st.sampled_from(PLACES),
        st.sampled_from(ENDINGS),
        st.sampled_from(list(EDITIONS)),
        st.sampled_from((*GRADES, *STATUSES)),
    ),
    st.sampled_from(PILLARS),
    st.lists(PARAGRAPHS, min_size=1, max_size=3),
    st.lists(ASKED, min_size=1, max_size=3),
    st.integers(1, 3),
)
"""Pillar pages with one question or more, in rising order, mostly with gaps."""

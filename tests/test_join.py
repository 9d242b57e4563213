"""Many reports to assessments: what is joined, and which page says a value best."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import permutations
from typing import Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelparse.pipeline import iter_recognitions
from peelparse.report import (
    Coverage,
    Force,
    Grade,
    GradeSource,
    GradeStatus,
    Item,
    Judgement,
    Observations,
    PageKind,
    Question,
    Report,
    Source,
    Stated,
)
from peelparse.unite import (
    Assessment,
    JoinedJudgement,
    JoinedQuestion,
    SourceRef,
    join,
)
from peelparse.unite.copies import match_copies
from peelparse.unite.page import simplify_address
from peelparse.unite.told import find_moment

SITE: Final = "https://www.justiceinspectorates.gov.uk/hmicfrs/peel-assessments"
NORTHSHIRE: Final = Force(name="Northshire", source="title")


def digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def source(
    name: str,
    *,
    form: str = "html",
    address: str | None = None,
    saved: str | None = None,
    sha: str | None = None,
) -> Source:
    return Source(
        name=name,
        sha256=sha or digest(name),
        size=1,
        format=form,
        encoding="utf-8",
        address=address,
        saved=saved,
    )


BLANK: Final = Report(
    kind="pillar",
    programme="PEEL",
    force=NORTHSHIRE,
    edition="2017",
    stated=Stated(),
    source=source("blank"),
    coverage=Coverage(blocks=0, placed=0, chrome=0),
)


def page(name: str, **fields: object) -> Report:
    """A report of Northshire 2017, whose bytes are its name's."""
    given_fields = {"source": source(name)} | fields
    return msgspec.structs.replace(BLANK, **given_fields)


def judged(
    grade: Grade | None = "Good",
    *,
    pillar: str | None = "Effectiveness",
    status: GradeStatus = "graded",
    by: GradeSource | None = "label",
    **fields: object,
) -> Judgement:
    blank = Judgement(
        pillar=pillar, grade=grade, grade_status=status, grade_source=by, line=3
    )
    return msgspec.structs.replace(blank, **fields)


def asked(text: str, **fields: object) -> Question:
    blank = Question(
        text=text,
        pillar="Effectiveness",
        grade="Good",
        grade_status="graded",
        grade_source="label",
        line=9,
    )
    return msgspec.structs.replace(blank, **fields)


def item(text: str, **fields: object) -> Item:
    return msgspec.structs.replace(Item(id=digest(text)[:12], text=text), **fields)


def join_one(*reports: Report) -> Assessment:
    """The one assessment, which must be the same for every order of its pages."""
    (assessment,) = join(reports)
    orders = permutations(reports) if len(reports) < 5 else [reports[::-1]]
    for order in orders:
        assert join(order) == [assessment]
    return assessment


def first_judgement(*reports: Report) -> JoinedJudgement:
    return join_one(*reports).judgements[0]


def first_question(*reports: Report) -> JoinedQuestion:
    return join_one(*reports).questions[0]


def ref(report: Report) -> list[SourceRef]:
    return [SourceRef(name=report.source.name, sha256=report.source.sha256)]


def texts(items: Sequence[Item]) -> list[str]:
    return [each.text for each in items]


# --- which page says it best -----------------------------------------------------

OVERVIEW: Final = page(
    "overview.html",
    kind="overview",
    title="Northshire 2017",
    judgements=[
        judged(
            question="How effective is it?",
            statement="The extent to which it is effective is good.",
            summary=["In short."],
            last_updated="2018-03-20",
        ),
        judged("Good", pillar="Legitimacy", statement="It is legitimate."),
    ],
    observations=Observations(
        heading="HMI’s observations", inspector="Ada Fenwick", paragraphs=["Well done."]
    ),
)
PILLAR: Final = page(
    "pillar.html",
    judgements=[
        judged(
            question="How effective is the force?",
            summary=["At length.", "And on."],
            last_updated="2018-03-22",
        )
    ],
    questions=[
        asked(
            "How well does it prevent crime?",
            number=1,
            topic="preventing-crime",
            narrative=["It does."],
            findings=[item("It walks.")],
            areas_for_improvement=[item("It should run.")],
        )
    ],
)
DETAILED: Final = page(
    "detailed.html",
    kind="detailed_findings",
    judgements=[
        judged(
            question="How effective is the force?",
            summary=["At length.", "And on."],
            last_updated="2018-03-23",
        )
    ],
    questions=[
        asked(
            "How well does it prevent crimes?",
            number=2,
            topic="preventing-crime",
            narrative=["It does so by day.", "And by night."],
            subheadings=["Patrols"],
            areas_for_improvement=[item("it should run;"), item("It should sleep.")],
            innovative_practice=[item("Lamps")],
        )
    ],
)


def test_of_nothing_there_is_no_assessment() -> None:
    assert join([]) == []
    assert join(iter([BLANK]))[0].pages[0].name == "blank"


def test_the_pillar_page_beats_the_overview_but_for_the_statement() -> None:
    joined = first_judgement(OVERVIEW, PILLAR, DETAILED)
    value = joined.value
    assert value.question == "How effective is the force?"
    assert value.summary == ["At length.", "And on."]
    assert value.last_updated == "2018-03-22"
    assert value.statement == "The extent to which it is effective is good."
    assert joined.sources == {
        "question": ref(PILLAR),
        "last_updated": ref(PILLAR),
        "statement": ref(OVERVIEW),
        "summary": ref(PILLAR),
        "grade": ref(PILLAR),
        "line": ref(PILLAR),
    }


def test_what_the_best_page_lacks_comes_from_the_next() -> None:
    bare = msgspec.structs.replace(PILLAR, judgements=[judged(None, line=None)])
    joined = first_judgement(OVERVIEW, bare)
    assert joined.value.summary == ["In short."]
    assert joined.value.grade == "Good"
    assert joined.sources["grade"] == ref(OVERVIEW)
    assert "line" not in joined.sources
    assert join_one(OVERVIEW, bare).judgements[1].value.statement == "It is legitimate."


def test_the_detailed_page_beats_the_pillar_page_for_what_questions_hold() -> None:
    joined = first_question(OVERVIEW, PILLAR, DETAILED)
    value = joined.value
    assert (value.number, value.text) == (1, "How well does it prevent crime?")
    assert value.narrative == ["It does so by day.", "And by night."]
    assert value.subheadings == ["Patrols"]
    assert texts(value.areas_for_improvement) == ["it should run;", "It should sleep."]
    assert texts(value.findings) == ["It walks."]
    assert texts(value.innovative_practice) == ["Lamps"]
    assert joined.sources["narrative"] == ref(DETAILED)
    assert joined.sources["areas_for_improvement"] == ref(DETAILED)
    assert joined.sources["findings"] == ref(PILLAR)
    assert joined.sources["text"] == joined.sources["line"] == ref(PILLAR)
    assert "recommendations" not in joined.sources


def test_items_of_a_further_page_come_after_those_of_the_best() -> None:
    more = msgspec.structs.replace(
        PILLAR.questions[0],
        areas_for_improvement=[item("Swim."), item("It should run")],
    )
    pillar = msgspec.structs.replace(PILLAR, questions=[more])
    joined = first_question(pillar, DETAILED)
    assert texts(joined.value.areas_for_improvement) == [
        "it should run;",
        "It should sleep.",
        "Swim.",
    ]
    assert joined.sources["areas_for_improvement"] == [*ref(DETAILED), *ref(pillar)]


def test_questions_whose_words_are_lost_are_told_by_what_they_hold() -> None:
    one = asked("", narrative=["It plans."])
    other = asked("", findings=[item("acts")], grade="Inadequate")
    empty = asked("", grade=None)
    joined = join_one(page("a", questions=[one, other]), page("b", questions=[empty]))
    grades = [each.value.grade for each in joined.questions]
    assert sorted(map(str, grades)) == ["Good", "Inadequate", "None"]


def test_an_item_that_one_page_repeats_is_repeated() -> None:
    twice = [item("Run."), item("Run.", id="again-2")]
    joined = first_question(page("a", questions=[asked("How?", findings=twice)]))
    assert joined.value.findings == twice


def test_what_lost_its_label_is_not_counted_in_two_lists() -> None:
    lossy = asked("How?", findings=[item("Run."), item("Walk.")], narrative=["So."])
    full = asked("How?", recommendations=[item("Run.")], findings=[item("So.")])
    joined = first_question(
        page("lossy", kind="pillar", questions=[lossy]),
        page("full", kind="detailed_findings", questions=[full]),
    )
    assert texts(joined.value.recommendations) == ["Run."]
    assert texts(joined.value.findings) == ["So.", "Walk."]
    assert joined.value.narrative == []


def test_the_letter_and_what_is_stated_are_filled_field_by_field() -> None:
    more = page(
        "copy.txt",
        kind="overview",
        last_updated="2018-04-01",
        observations=Observations(office="HM Inspector", paragraphs=["Other words."]),
        stated=Stated(areas_inspected=9, areas_graded=8, paragraphs=["We inspect."]),
    )
    assessment = join_one(OVERVIEW, more, PILLAR)
    assert assessment.observations == Observations(
        heading="HMI’s observations",
        inspector="Ada Fenwick",
        office="HM Inspector",
        paragraphs=["Well done."],
    )
    assert (assessment.areas_inspected, assessment.areas_graded) == (9, 8)
    assert assessment.sources == {
        "areas_inspected": ref(more),
        "areas_graded": ref(more),
        "observations": [*ref(OVERVIEW), *ref(more)],
    }


def test_the_latest_page_date_is_the_assessments() -> None:
    dated = page("dated", kind="report", last_updated="2018-04-01")
    older = page("older", kind="pillar", last_updated="2017-04-01")
    assessment = join_one(dated, older)
    assert assessment.last_updated == "2018-04-01"
    assert assessment.sources == {"last_updated": ref(dated)}
    assert join_one(PILLAR).last_updated is None


# --- grades ----------------------------------------------------------------------


def grade_of(*judgements: Judgement) -> tuple[Grade | None, str, str | None]:
    kinds: list[PageKind] = ["pillar", "overview", "detailed_findings"]
    reports = [
        page(f"{kind}.html", kind=kind, judgements=[each])
        for kind, each in zip(kinds, judgements, strict=False)
    ]
    value = first_judgement(*reports).value
    return value.grade, value.grade_status, value.grade_source


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("label", "alternative_text"),
        ("alternative_text", "statement"),
        ("label", "statement"),
        ("statement", "prose"),
        ("label", "prose"),
    ],
)
def test_where_a_grade_was_read_decides(
    better: GradeSource, worse: GradeSource
) -> None:
    one = judged("Good", by=better, last_updated="2018-01-01")
    other = judged("Inadequate", by=worse, last_updated="2019-01-01")
    assert grade_of(one, other) == ("Good", "graded", better)
    assert grade_of(other, one) == ("Good", "graded", better)


@pytest.mark.parametrize("status", ["to_be_graded", "not_stated", "not_graded"])
def test_nothing_overwrites_a_grade(status: GradeStatus) -> None:
    later = judged(None, status=status, last_updated="2019-01-01")
    assert grade_of(judged("Good"), later)[0] == "Good"
    assert grade_of(later, judged("Good", by="prose"))[0] == "Good"


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("not_graded", "to_be_graded"),
        ("to_be_graded", "not_stated"),
        ("ungraded", "to_be_graded"),
        ("carried_over", "not_inspected"),
    ],
)
def test_without_a_grade_the_status_that_says_most_is_kept(
    more: GradeStatus, less: GradeStatus
) -> None:
    assert grade_of(judged(None, status=less), judged(None, status=more))[1] == more
    assert grade_of(judged(None, status=more), judged(None, status=less))[1] == more


def test_of_equal_statuses_a_label_beats_the_edition() -> None:
    known = judged(None, status="ungraded", by="edition")
    printed = judged(None, status="ungraded", by="label")
    assert grade_of(known, printed) == (None, "ungraded", "label")


def test_a_grade_is_carried_over_if_one_page_says_so() -> None:
    carried = judged("Good", status="carried_over")
    assert grade_of(judged("Good"), carried) == ("Good", "carried_over", "label")
    stated = judged("Good", status="carried_over", by="statement")
    assert grade_of(judged("Good"), stated) == ("Good", "graded", "label")


def disputed(one: Report, other: Report) -> tuple[Grade | None, str]:
    assessment = join_one(one, other)
    (diagnostic,) = assessment.diagnostics
    assert (diagnostic.code, diagnostic.severity) == ("PP501", "warning")
    for each in (one, other):
        assert each.source.name in diagnostic.message
        assert each.source.sha256[:8] in diagnostic.message
    grades = [each.value.grade for each in assessment.judgements]
    grades += [each.value.grade for each in assessment.questions]
    return grades[0], diagnostic.message


def test_the_page_that_was_saved_later_wins_and_both_are_named() -> None:
    early = page(
        "early.html",
        source=source("early.html", saved="2018-01-01T10:00:00Z"),
        judgements=[judged("Good", last_updated="2018-03-22")],
    )
    late = page(
        "late.html",
        kind="overview",
        source=source("late.html", saved="2018-06-01"),
        judgements=[judged("Inadequate")],
    )
    grade, message = disputed(early, late)
    assert grade == "Inadequate"
    assert "Effectiveness is Inadequate in late.html" in message
    assert "(the later page) and Good in early.html" in message


def test_without_a_day_of_saving_the_later_date_wins() -> None:
    early = page(
        "early", kind="overview", judgements=[judged(last_updated="2018-01-01")]
    )
    late = page("late", judgements=[judged("Inadequate", last_updated="2018-01-02")])
    assert disputed(early, late)[0] == "Inadequate"
    dated = page(
        "dated", kind="overview", last_updated="2019-01-01", judgements=[judged()]
    )
    assert disputed(dated, late)[0] == "Good"


def test_if_neither_is_later_the_better_page_wins() -> None:
    overview = page("o.html", kind="overview", judgements=[judged("Inadequate")])
    grade, message = disputed(page("p.html", judgements=[judged()]), overview)
    assert grade == "Good"
    assert "(neither being later)" in message


def test_where_it_was_read_is_told_too() -> None:
    overview = page(
        "o", kind="overview", judgements=[judged("Inadequate", by="statement")]
    )
    assert (
        "(read from label)" in disputed(page("p", judgements=[judged()]), overview)[1]
    )
    unknown = page("o", kind="overview", judgements=[judged("Inadequate", by="prose")])
    nowhere = page("p", judgements=[judged(by=None)])
    assert "(read from prose)" in disputed(nowhere, unknown)[1]


def test_each_other_grade_of_a_question_is_told_once() -> None:
    pages = [
        page(
            f"{place}.html",
            kind=kind,
            judgements=[judged(last_updated=f"2018-01-0{place}")],
            questions=[asked("How?", grade=grade, narrative=[f"{place}"])],
        )
        for place, (grade, kind) in enumerate(
            [
                ("Good", "pillar"),
                ("Inadequate", "detailed_findings"),
                ("Good", "report"),
                ("Outstanding", "overview"),
            ],
            1,
        )
    ]
    assessment = join_one(*pages)
    assert assessment.questions[0].value.grade == "Outstanding"
    messages = [each.message for each in assessment.diagnostics]
    assert len(messages) == 2
    assert all("Effectiveness: How? is Outstanding in 4.html" in m for m in messages)
    assert "and Good in 3.html" in messages[0] + messages[1]


def test_a_question_under_no_block_takes_the_date_of_its_page() -> None:
    area = asked("Responding", pillar=None)
    old = page("old", kind="report", last_updated="2022-01-01", questions=[area])
    new = page(
        "new",
        kind="report",
        last_updated="2022-02-01",
        questions=[msgspec.structs.replace(area, grade="Adequate")],
    )
    grade, message = disputed(old, new)
    assert grade == "Adequate"
    assert "different grades: Responding is Adequate in new" in message


def test_what_is_said_of_a_grade_to_come_is_past_once_it_is_there() -> None:
    interim = judged(
        None, status="to_be_graded", summary=["We update."], statement="not yet graded."
    )
    bare = page("final", kind="overview", judgements=[judged()])
    joined = first_judgement(page("i", kind="overview", judgements=[interim]), bare)
    assert (joined.value.summary, joined.value.statement) == ([], None)
    alone = first_judgement(page("i", kind="overview", judgements=[interim]))
    assert alone.value.summary == ["We update."]


@pytest.mark.parametrize("saved", ["yesterday", "Monday", None])
def test_a_day_of_saving_that_is_no_date_is_left_out(saved: str | None) -> None:
    report = page("a", source=source("a", saved=saved), last_updated="2018-01-01")
    assert find_moment(report) == ("2018-01-01", "2018-01-01")
    assert find_moment(page("b")) == ("", "")


# --- judgements and questions ----------------------------------------------------


def test_pillars_come_in_the_order_of_the_edition() -> None:
    pillars = ["Legitimacy", "Zeal", "Efficiency", "Effectiveness"]
    report = page("a", kind="overview", judgements=[judged(pillar=p) for p in pillars])
    names = [each.value.pillar for each in join_one(report).judgements]
    assert names == ["Effectiveness", "Efficiency", "Legitimacy", "Zeal"]


def test_pillars_without_a_name_are_joined_by_their_question_only() -> None:
    nameless = judged(pillar=None)
    named = judged(pillar=None, question="How legitimate?")
    one = page("a", judgements=[nameless, named], last_updated="2018-01-01")
    other = page(
        "b", kind="overview", judgements=[judged("Inadequate", pillar=None), named]
    )
    assessment = join_one(one, other)
    found = [(j.value.question, j.value.grade) for j in assessment.judgements]
    assert sorted(found, key=str) == [
        ("How legitimate?", "Good"),
        (None, "Good"),
        (None, "Inadequate"),
    ]
    assert not assessment.diagnostics


def question_texts(*reports: Report) -> list[str]:
    return [each.value.text for each in join_one(*reports).questions]


def test_numbers_do_not_tell_questions_apart_and_topics_do() -> None:
    one = page("a", questions=[asked("How well?", number=1, topic="x")])
    other = page(
        "b",
        kind="detailed_findings",
        questions=[asked("How good?", number=2, topic="x")],
    )
    third = page(
        "c", kind="detailed_findings", questions=[asked("How?", number=1, topic="y")]
    )
    assert question_texts(one, other, third) == ["How well?", "How?"]


def test_the_same_words_are_one_question_where_the_topic_is_unknown() -> None:
    one = page("a", questions=[asked("How well does it “act”?")])
    other = page(
        "b", kind="report", questions=[asked('how well does it "act"', topic="x")]
    )
    third = page("c", kind="overview", questions=[asked("How is it?", topic="x")])
    assert question_texts(one, other) == ["How well does it “act”?"]
    assert question_texts(one, other, third) == ["How well does it “act”?"]
    elsewhere = asked("How well does it “act”?", pillar="Legitimacy")
    assert len(question_texts(one, page("d", questions=[elsewhere]))) == 2


def test_a_wording_with_two_topics_takes_one_of_them_whatever_the_order() -> None:
    one = page("a", questions=[asked("How?", topic="x")])
    other = page("b", kind="report", questions=[asked("How?", topic="y")])
    assert question_texts(one, other) == ["How?"]


def test_a_topic_that_a_page_has_twice_tells_nothing() -> None:
    both = page("a", questions=[asked("How?", topic="x"), asked("Why?", topic="x")])
    one = page("b", kind="detailed_findings", questions=[asked("Why?", topic="x")])
    assert question_texts(both, one) == ["How?", "Why?"]


def test_a_topic_that_the_edition_has_twice_tells_nothing() -> None:
    topic = "financial-sustainability"
    steps = asked("Is it taking steps?", pillar="Efficiency", topic=topic)
    way = asked("Has it got a way?", pillar="Efficiency", topic=topic)
    one = page("a", edition="2014", questions=[steps])
    other = page("b", edition="2014", kind="detailed_findings", questions=[way])
    assert len(question_texts(one, other)) == 2


def test_questions_come_by_number_and_a_gap_is_filled() -> None:
    third, first = asked("C", number=3), asked("A", number=1)
    pillar = page("a", questions=[third, asked("D", number=4)])
    detailed = page(
        "b", kind="detailed_findings", questions=[first, asked("B", number=2)]
    )
    assert question_texts(pillar, detailed) == ["A", "B", "C", "D"]


def test_without_numbers_a_question_stands_after_the_one_before_it() -> None:
    longest = page("a", questions=[asked(text) for text in "ACEFG"])
    middle = page("b", questions=[asked(text) for text in "ABCD"])
    start = page("c", kind="report", questions=[asked("0"), asked("A")])
    apart = page("d", kind="overview", questions=[asked("Z")])
    texts_joined = question_texts(longest, middle, start, apart)
    assert texts_joined == [*"0ABCDEFGZ"]


def test_questions_stand_by_pillar() -> None:
    late = page(
        "a", questions=[asked("L", pillar="Legitimacy"), asked("?", pillar=None)]
    )
    early = page("b", questions=[asked("E")])
    assert question_texts(late, early) == ["E", "L", "?"]


def test_a_carried_over_question_that_one_copy_shows_is_kept() -> None:
    address = f"{SITE}/peel-2017/northshire/effectiveness/"
    carried = asked("B", number=2, grade=None, grade_status="carried_over")
    junk = asked("How useful are our cookies?", number=22)
    full = page("a.txt", source=source("a.txt", address=address))
    full = msgspec.structs.replace(
        full, questions=[asked("A", number=1), carried, junk]
    )
    html = page("b.html", source=source("b.html", address=address))
    html = msgspec.structs.replace(
        html, questions=[asked("A", number=1), asked("C", number=3)]
    )
    assessment = join_one(full, html)
    assert [each.value.text for each in assessment.questions] == ["A", "B", "C"]
    assert [each.name for each in assessment.pages] == ["b.html"]
    assert assessment.questions[1].sources["text"] == ref(full)


# --- copies of one page ----------------------------------------------------------

WORDS: Final = [f"Sentence number {n} of this page." for n in range(20)]


def said(name: str, sentences: Sequence[str], **fields: object) -> Report:
    question = asked("How?", narrative=list(sentences), topic="x", line=None)
    return page(name, **({"judgements": [judged()], "questions": [question]} | fields))


def roles(*reports: Report) -> dict[str, tuple[str, str | None]]:
    assessment = join_one(*reports)
    listed = [*assessment.pages, *assessment.set_aside]
    assert len(listed) == len(reports)
    return {each.name: (each.role, each.reason) for each in listed}


def test_the_same_bytes_are_one_page() -> None:
    sha = digest("same")
    one = page("a.html", source=source("a.html", sha=sha), judgements=[judged()])
    other = page("b.html", source=source("b.html", sha=sha), judgements=[judged()])
    assert roles(one, other) == {
        "a.html": ("used", None),
        "b.html": ("copy", "the same bytes"),
    }
    (copy,) = join_one(one, other).set_aside
    assert copy.of == SourceRef(name="a.html", sha256=sha)
    assert len(join_one(one, one).set_aside) == 1


ADDRESSES: Final = [
    f"{SITE}/peel-2017/northshire/effectiveness/",
    f"{SITE}/peel-2017/northshire/effectiveness",
    f"{SITE}/peel-2017/northshire/effectiveness/?",
    f"{SITE}/peel-2017/northshire/effectiveness?#top",
    "http://www.justiceinspectorates.gov.uk/hmic/peel-assessments/peel-2017/northshire/effectiveness/",
    "https://hmicfrs.justiceinspectorates.gov.uk///peel-assessments/peel-2017/northshire/effectiveness/",
    "https://hmicfrs.justiceinspectorates.gov.uk///hmicfrs/peel-assessments/peel-2017/Northshire/effectiveness/",
    "/hmicfrs/peel-assessments/peel-2017/northshire/effectiveness/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_same_address_is_one_page(address: str) -> None:
    one = said("a.html", WORDS, source=source("a.html", address=ADDRESSES[0]))
    other = said(
        "b.txt", ["Cut."], source=source("b.txt", form="text", address=address)
    )
    assert roles(one, other) == {
        "a.html": ("used", None),
        "b.txt": ("copy", "the same address"),
    }


@pytest.mark.parametrize(
    ("address", "simple"),
    [
        (None, None),
        ("", None),
        ("https://www.a.uk/", None),
        ("https://www.a.uk/hmicfrs/", None),
        ("https://a.uk/x/?view=wheel", "x?view=wheel"),
        ("https://a.uk?view=wheel", "?view=wheel"),
    ],
)
def test_simple_addresses(address: str | None, simple: str | None) -> None:
    assert simplify_address(address) == simple


def test_another_pillar_at_the_same_address_is_no_copy() -> None:
    given_source = source("b", address=ADDRESSES[0])
    other = page("b", source=given_source, judgements=[judged(pillar="Efficiency")])
    one = said("a", WORDS, source=source("a", address=ADDRESSES[0]))
    assert [role for role, _ in roles(one, other).values()] == ["used", "used"]


def test_two_dialects_of_a_page_are_known_by_their_texts() -> None:
    one = said("a.html", WORDS, title="Northshire PEEL 2017")
    lossy = [*(text.upper() for text in WORDS[:9]), "Another."]
    other = said("b.txt", lossy, source=source("b.txt", form="text"))
    assert roles(one, other)["b.txt"] == ("copy", "the same page")
    fewer = said(
        "b.txt", [*WORDS[:8], "Another sentence, and of ten words, that has run."]
    )
    assert roles(one, fewer)["b.txt"] == ("used", None)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Northshire PEEL 2018"},
        {"kind": "detailed_findings"},
        {"judgements": [judged(last_updated="2018-01-02")]},
        {
            "judgements": [judged(pillar="Efficiency")],
            "questions": [asked("How?", pillar="Efficiency", narrative=WORDS)],
        },
    ],
)
def test_the_same_texts_under_another_label_are_another_page(
    fields: dict[str, object],
) -> None:
    base = judged(last_updated="2018-01-01")
    one = said("a", WORDS, title="Northshire PEEL 2017", judgements=[base])
    other = said("b", WORDS, **fields)
    assert [role for role, _ in roles(one, other).values()] == ["used", "used"]


def test_a_copy_that_misreads_its_pillar_is_told_by_its_many_words() -> None:
    many = [f"Sentence {n}{n}{n} is one of {n} that this page has." for n in range(40)]
    one = said("a.html", many)
    moved = asked("How?", pillar="Efficiency", narrative=many, number=7)
    wrong = [judged(None, pillar="Efficiency", status="not_stated")]
    other = said("b.txt", many, judgements=wrong, questions=[moved])
    assert roles(one, other)["b.txt"] == ("copy", "the same page")
    assessment = join_one(one, other)
    assert [each.value.pillar for each in assessment.judgements] == ["Effectiveness"]
    (question,) = assessment.questions
    assert (question.value.pillar, question.value.number) == ("Effectiveness", 7)


def best_of(*reports: Report) -> str:
    (best,) = join_one(*reports).pages
    return best.name


def test_the_richest_copy_wins_then_html_then_the_later() -> None:
    full = said("a.txt", WORDS, source=source("a.txt", form="text"))
    question = full.questions[0]
    gap = msgspec.structs.replace(question, grade=None, grade_status="not_stated")
    no_grade = said("b.html", WORDS, questions=[gap])
    assert best_of(full, no_grade) == "a.txt"
    listed = msgspec.structs.replace(question, findings=[item("Walk.")])
    assert best_of(full, said("b.txt", WORDS, questions=[listed])) == "b.txt"
    assert best_of(full, said("b.html", WORDS)) == "b.html"
    old = said("a.html", WORDS, source=source("a.html", saved="2018-01-01"))
    new = said("b.html", WORDS, source=source("b.html", saved="2019-01-01"))
    assert best_of(old, new) == "b.html"


def test_a_copy_lends_what_the_winner_lacks() -> None:
    full = said("a.html", WORDS, judgements=[judged(question=None)])
    question = asked("How?", narrative=["In words of its own."], topic="x", number=4)
    cut = said("b.txt", [], judgements=[judged(question="How effective?")])
    cut = msgspec.structs.replace(
        cut, questions=[msgspec.structs.replace(question, findings=[item("Walk.")])]
    )
    richer = msgspec.structs.replace(full.questions[0], findings=[item("Run.")])
    full = msgspec.structs.replace(full, questions=[richer])
    assessment = join_one(full, cut)
    assert [each.name for each in assessment.pages] == ["a.html", "b.txt"]
    linked = [
        msgspec.structs.replace(
            each, source=source(each.source.name, address=ADDRESSES[0])
        )
        for each in (full, cut)
    ]
    assessment = join_one(*linked)
    assert [each.name for each in assessment.set_aside] == ["b.txt"]
    assert assessment.judgements[0].value.question == "How effective?"
    value = assessment.questions[0].value
    assert (value.number, texts(value.findings)) == (4, ["Run."])


def test_the_final_overview_wins_over_the_interim_one() -> None:
    interim = page(
        "interim.html",
        kind="overview",
        title="Northshire 2017",
        source=source("interim.html", saved="2020-01-01"),
        judgements=[
            judged(None, status="to_be_graded", statement="not yet graded."),
            judged(pillar="Efficiency", statement="efficient is: good."),
        ],
    )
    final = page(
        "final.txt",
        kind="overview",
        source=source("final.txt", form="text", saved="2018-05-01"),
        judgements=[
            judged("Good", statement="effective is good.", by="statement"),
            judged(pillar="Efficiency", statement="efficient is good."),
        ],
    )
    assert roles(interim, final) == {
        "final.txt": ("used", None),
        "interim.html": ("superseded", "an earlier state of the page"),
    }
    assert first_judgement(interim, final).value.grade == "Good"


def test_earlier_states_are_told_from_copies() -> None:
    now = said(
        "now",
        WORDS,
        judgements=[judged(last_updated="2018-03-22"), judged(pillar="Legitimacy")],
        source=source("now", address=ADDRESSES[0], saved="2020-01-01"),
        last_updated="2018-04-01",
    )

    def role(**fields: object) -> str:
        old = source("then", address=ADDRESSES[0], saved="2019-01-01")
        then = msgspec.structs.replace(now, source=old)
        cut = msgspec.structs.replace(then.questions[0], narrative=WORDS[:9])
        then = msgspec.structs.replace(then, **({"questions": [cut]} | fields))
        return roles(now, then)["then"][0]

    assert role() == "copy"
    legitimate = judged(pillar="Legitimacy")
    assert (
        role(judgements=[judged(last_updated="2018-03-01"), legitimate]) == "superseded"
    )
    assert role(judgements=[judged("Inadequate"), legitimate]) == "superseded"
    assert role(judgements=[judged(None), legitimate]) == "copy"
    other = [asked("How?", grade="Inadequate", topic="x")]
    assert role(questions=other) == "superseded"
    later = source("then", address=ADDRESSES[0], saved="2021-01-01")
    assert role(questions=other, source=later) == "copy"


def test_a_page_in_welsh_is_a_copy_and_lends_nothing() -> None:
    english = said("en", ["It is good."], kind="report")
    welsh = said(
        "cy",
        ["Mae'n dda.", "Da."],
        kind="report",
        language="cy",
        observations=Observations(paragraphs=["Diolch."]),
    )
    copy = msgspec.structs.replace(welsh, source=source("cy2", form="text"))
    assert roles(english, welsh, copy) == {
        "en": ("used", None),
        "cy": ("copy", "the same page in Welsh"),
        "cy2": ("copy", "the same page in Welsh"),
    }
    assessment = join_one(english, welsh)
    assert assessment.language == "en"
    assert assessment.observations is None
    alone = join_one(welsh, copy)
    assert alone.language == "cy"
    assert [each.reason for each in alone.set_aside] == ["the same page"]
    mixed = join_one(welsh, said("pillar", WORDS))
    assert (mixed.language, len(mixed.pages)) == ("en", 2)


# --- forces ----------------------------------------------------------------------


def named(name: str, **fields: object) -> Report:
    return page(name, force=Force(name=name, source="title"), **fields)


def count(*reports: Report) -> int:
    assessments = join(reports)
    assert join(reports[::-1]) == assessments
    return len(assessments)


@pytest.mark.parametrize(
    ("one", "other", "programme"),
    [
        ("Northshire", "Northshire Police", "PEEL"),
        ("Northshire", "The Northshire Constabulary", "PEEL"),
        ("Marl–Ouse", "MARL-OUSE police", "PEEL"),
        ("Fenwater & Holme", "Fenwater and Holme Police Service", "PEEL"),
        ("Westvale", "Westvale Fire & Rescue Service", "FRS"),
        ("Westvale", "Westvale Fire Brigade", "FRS"),
        ("Avon and Somerset", "Avon & Somerset Constabulary", "PEEL"),
        ("Hampshire Constabulary", "Hampshire and Isle of Wight", "PEEL"),
    ],
)
def test_names_of_one_force(one: str, other: str, programme: str) -> None:
    pages = named(one, programme=programme), named(other, programme=programme)
    assert count(*pages) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northshire Police", "Northshire Constabulary"),
        ("Northshire", "North Northshire Police"),
        ("Northshire", "Northshire Fire and Rescue Service"),
        ("Police", "Constabulary"),
        ("Essex", "Sussex"),
    ],
)
def test_names_that_are_not_said_to_be_one(one: str, other: str) -> None:
    assert count(named(one), named(other)) == 2


def test_a_name_that_could_be_either_is_neither() -> None:
    names = ["Northshire", "Northshire Police", "Northshire Constabulary"]
    assert count(*map(named, names)) == 3


def test_a_name_keeps_its_assessments_together_over_editions() -> None:
    assessments = join(
        [named("Northshire"), named("Northshire Police", edition="2018-19")]
    )
    assert [each.edition for each in assessments] == ["2017", "2018-19"]


def test_police_and_fire_never_join() -> None:
    one = named("Essex", edition="2018-19")
    other = named("Essex ", edition="2018-19", programme="FRS")
    assert count(one, other) == 2
    given_id = Force(name="Essex", id="essex", source="title")
    pages = [page("a", force=given_id), page("b", force=given_id, programme="FRS")]
    assert count(*pages) == 2


def test_the_force_is_named_as_its_best_page_names_it() -> None:
    by_text = Force(name="Kent Police", id="kent", source="text")
    by_title = Force(name="Kent", id="kent", source="title")
    unknown = Force(name="KENT", source="title")
    pages = [
        page("a", force=by_text),
        page("b", force=by_title, kind="overview"),
        page("c", force=unknown, kind="report"),
    ]
    assert join_one(*pages).force == by_title


# --- what is not joined ----------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"edition": None}, "no edition"),
        ({"force": None}, "no force"),
        ({"programme": None, "edition": None}, "no programme and no edition"),
    ],
)
def test_a_page_that_lacks_its_identity_stays_alone(
    fields: dict[str, object], missing: str
) -> None:
    lone = page("lone.html", judgements=[judged()], **fields)
    sibling = page("sibling.html", kind="overview", judgements=[judged()], **fields)
    pages = [PILLAR, lone, sibling]
    assessments = join(pages)
    assert assessments == join(pages[::-1])
    assert len(assessments) == 3
    for assessment in assessments:
        (used,) = assessment.pages
        if used.name != "pillar.html":
            assert len(assessment.judgements) == 1
            (diagnostic,) = assessment.diagnostics
            assert diagnostic.code == "PP502"
            assert f"{used.name} has {missing}" in diagnostic.message


def test_copies_are_recognised_of_lone_pages_too() -> None:
    lone = said("a.html", WORDS, edition=None)
    copy = said("b.txt", WORDS, edition=None, source=source("b.txt", form="text"))
    assert roles(lone, copy)["b.txt"] == ("copy", "the same page")


def test_pages_that_assess_nothing_are_listed_with_their_assessment() -> None:
    other = page("other.html", kind="other")
    twin = page("twin.html", kind="other", source=source("twin.html", sha=digest("x")))
    again = page(
        "again.html", kind="other", source=source("again.html", sha=digest("x"))
    )
    assert roles(PILLAR, other, twin, again) == {
        "pillar.html": ("used", None),
        "other.html": ("other", "assesses nothing"),
        "again.html": ("other", "assesses nothing"),
        "twin.html": ("copy", "the same bytes"),
    }


def test_pages_of_no_assessment_are_listed_apart() -> None:
    letter = page("letter.html", kind="letter", edition=None, language="cy")
    wheel = page("wheel.html", kind="grades_table", force=None)
    custody = page(
        "custody.html", kind="not_an_assessment", programme=None, edition=None
    )
    assessments = join([wheel, custody, letter, PILLAR])
    assert [
        (each.programme, each.force and each.force.name, each.edition)
        for each in assessments
    ] == [
        ("PEEL", "Northshire", "2017"),
        ("PEEL", "Northshire", None),
        ("PEEL", None, "2017"),
        (None, "Northshire", None),
    ]
    for assessment in assessments[1:]:
        assert not assessment.pages
        assert not assessment.judgements
        assert not assessment.diagnostics
        assert [each.role for each in assessment.set_aside] == ["other"]
    assert assessments[1].language == "cy"


def test_assessments_come_by_programme_force_and_edition() -> None:
    pages = [
        named("Kent", edition="2016"),
        named("Avon", programme="FRS", edition="2021-22"),
        named("Dyfed-Powys"),
        named("Kent Police"),
        named("Northshire", edition="2027-29"),
    ]
    assert [(each.programme, each.edition) for each in join(pages)] == [
        ("FRS", "2021-22"),
        ("PEEL", "2017"),
        ("PEEL", "2016"),
        ("PEEL", "2017"),
        ("PEEL", "2027-29"),
    ]


# --- order and cost --------------------------------------------------------------


@st.composite
def reports(draw: st.DrawFn) -> Report:
    name = draw(st.sampled_from("abcdef"))
    grade: Grade | None = draw(st.sampled_from(["Good", "Inadequate", None]))
    status: GradeStatus = (
        "graded" if grade else draw(st.sampled_from(["to_be_graded", "not_stated"]))
    )
    pillar = draw(st.sampled_from(["Effectiveness", "Legitimacy", None]))
    words = draw(st.lists(st.sampled_from(WORDS[:4]), max_size=4))
    return page(
        name,
        kind=draw(
            st.sampled_from(["pillar", "overview", "detailed_findings", "letter"])
        ),
        source=source(
            name,
            form=draw(st.sampled_from(["html", "text"])),
            address=draw(st.sampled_from([None, ADDRESSES[0], f"{SITE}/x"])),
            saved=draw(st.sampled_from([None, "2018-01-01", "2019-01-01"])),
        ),
        edition=draw(st.sampled_from(["2017", None])),
        force=draw(
            st.sampled_from(
                [NORTHSHIRE, Force(name="Northshire Police", source="text")]
            )
        ),
        language=draw(st.sampled_from(["en", "cy"])),
        judgements=[judged(grade, status=status, pillar=pillar, summary=words)],
        questions=[
            asked(
                draw(st.sampled_from(["How?", "Why?", "When?"])),
                topic=draw(st.sampled_from([None, "x", "y"])),
                number=draw(st.sampled_from([None, 1, 2])),
                grade=grade,
                grade_status=status,
                narrative=words,
                findings=[item(word) for word in words],
            )
            for _ in range(draw(st.integers(0, 3)))
        ],
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(reports(), max_size=7), st.randoms(use_true_random=False))
def test_the_order_of_reports_makes_no_difference(
    given_reports: list[Report], chance: random.Random
) -> None:
    assessments = join(given_reports)
    shuffled = list(given_reports)
    chance.shuffle(shuffled)
    assert join(shuffled) == assessments
    listed = [ref for each in assessments for ref in (*each.pages, *each.set_aside)]
    assert sorted(each.name for each in listed) == sorted(
        each.source.name for each in given_reports
    )


def test_copies_of_nothing_are_no_pages() -> None:
    assert match_copies([], is_one=True) == []


def test_time_grows_with_the_number_of_pages() -> None:
    def measure(size: int) -> float:
        pages = [
            said(
                f"{n}.html",
                [f"Own sentence {n} {m}." for m in range(10)],
                force=Force(name=f"Force {n // 8}", source="title"),
                source=source(f"{n}.html", address=f"{SITE}/page-{n // 2}/"),
            )
            for n in range(size)
        ]
        start = time.process_time()
        join(pages)
        return time.process_time() - start

    measure(100)
    assert measure(2000) < 10 * max(measure(500), 0.05)


def test_an_assessment_goes_to_json_and_back() -> None:
    assessment = join_one(OVERVIEW, PILLAR, DETAILED)
    data = msgspec.json.encode(assessment)
    assert msgspec.json.decode(data, type=Assessment) == assessment


# --- pages as they are read ------------------------------------------------------

QUESTIONS: Final = {
    "Effectiveness": "How effective is the force at investigating crime and reducing re-offending?",
    "Efficiency": "How well does the force plan for the future?",
    "Legitimacy": "To what extent does the force treat its workforce with fairness and respect?",
}
HEADLINES: Final = {
    "Effectiveness": "How effectively does the force reduce crime and keep people safe?",
    "Efficiency": "How efficiently does the force operate and how sustainable are its services to the public?",
    "Legitimacy": "How legitimately does the force treat the public and its workforce?",
}
STATEMENTS: Final = {
    "Effectiveness": "the extent to which the force is effective at reducing crime and keeping people safe is good.",
    "Efficiency": "the extent to which the force operates efficiently and sustainably requires improvement.",
    "Legitimacy": "the extent to which the force treats the public and its workforce legitimately is good.",
}
GRADES: Final = {
    "Effectiveness": "Good",
    "Efficiency": "Requires improvement",
    "Legitimacy": "Good",
}


def draw_overview(*, is_interim: bool = False) -> list[str]:
    lines = ["Eastmere 2018/19", "Read more about Eastmere"]
    for pillar, statement in STATEMENTS.items():
        is_open = is_interim and pillar == "Effectiveness"
        ending = statement.replace("is good.", "is not yet graded.")
        lines.append(ending if is_open else statement)
    lines.append("Ada Fenwick, Her Majesty’s Inspector of Constabulary")
    if not is_interim:
        lines += ["HMI's observations", "I am pleased with what Eastmere Police does."]
    for pillar, headline in HEADLINES.items():
        is_open = is_interim and pillar == "Effectiveness"
        state = (
            "To be graded" if is_open else f"Last updated 02/05/2019\n{GRADES[pillar]}"
        )
        lines += [pillar, headline, state, f"A short word on {pillar.lower()}."]
    return lines


def draw_page(pillar: str, *, is_detailed: bool = False) -> list[str]:
    lines = [
        "Eastmere PEEL 2018",
        pillar,
        HEADLINES[pillar],
        f"Last updated 02/05/2019\n{GRADES[pillar]}",
        f"The force has a plan for its {pillar.lower()}, and it follows it.",
        f"It has looked at its {pillar.lower()} twice since last year.",
        f"Questions for {pillar}",
        "2",
        QUESTIONS[pillar],
        GRADES[pillar],
        "Areas for improvement",
        "  • The force should write its plans down.",
    ]
    if is_detailed:
        lines += [
            "We set out our detailed findings below. These are the basis for our judgment of the force’s performance in this area.",
            "Plans and their makers",
            "Plans are made by those who carry them out.",
        ]
    else:
        lines.append("The force is used to making plans, and it makes them well.")
    return lines


def parse(name: str, lines: Sequence[str], path: str, *, gap: str = "\n\n") -> Report:
    text = gap.join(["Skip to content", *lines])
    (outcome,) = iter_recognitions(
        text.encode(), name, None, f"{SITE}/peel-2018/{path}"
    )
    assert isinstance(outcome, tuple), outcome
    return outcome[1].report


def lose_words(lines: Sequence[str]) -> list[str]:
    """Dialect L: no block of one word."""
    return [line for line in lines if " " in line.strip()]


@pytest.fixture(scope="module")
def eastmere() -> list[Report]:
    def pages() -> Iterator[Report]:
        yield parse("overview.txt", draw_overview(), "eastmere/")
        yield parse("interim.txt", draw_overview(is_interim=True), "eastmere/?")
        for pillar in HEADLINES:
            path = f"eastmere/{pillar.lower()}/"
            yield parse(f"{pillar}.txt", draw_page(pillar), path)
            detailed = draw_page(pillar, is_detailed=True)
            yield parse(f"{pillar}-detailed.txt", detailed, f"{path}detailed-findings/")
        lossy = lose_words(draw_page("Efficiency"))
        yield parse("lossy.txt", lossy, "eastmere/efficiency", gap="\n\n\n")

    return list(pages())


def test_the_pages_of_a_force_are_one_assessment(eastmere: list[Report]) -> None:
    assessment = join_one(*eastmere)
    assert assessment.force is not None
    assert (assessment.force.name, assessment.edition) == ("Eastmere", "2018-19")
    assert {
        each.value.pillar: each.value.grade for each in assessment.judgements
    } == GRADES
    assert [each.value.text for each in assessment.questions] == [*QUESTIONS.values()]
    assert len(assessment.pages) == 7
    assert {each.name: each.role for each in assessment.set_aside} == {
        "interim.txt": "superseded",
        "lossy.txt": "copy",
    }
    assert not assessment.diagnostics


@pytest.mark.parametrize("place", range(3))
def test_each_value_is_from_the_page_that_says_it_best(
    eastmere: list[Report], place: int
) -> None:
    assessment = join_one(*eastmere)
    judgement, question = assessment.judgements[place], assessment.questions[place]
    pillar = judgement.value.pillar
    assert pillar is not None
    names = {
        field: [each.name for each in refs] for field, refs in judgement.sources.items()
    }
    assert judgement.value.statement == STATEMENTS[pillar]
    assert names["statement"] == ["overview.txt"]
    assert names["summary"] == names["last_updated"] == [f"{pillar}.txt"]
    assert len(judgement.value.summary) == 2
    assert question.value.subheadings == ["Plans and their makers"]
    assert question.sources["narrative"][0].name == f"{pillar}-detailed.txt"
    assert len(question.value.areas_for_improvement) == 1
    assert question.value.number == 2


PARTS: Final[list[Callable[[list[Report]], list[Report]]]] = [
    lambda reports: [each for each in reports if each.kind == "overview"],
    lambda reports: [each for each in reports if each.kind == "pillar"],
    lambda reports: [each for each in reports if each.kind == "detailed_findings"],
    lambda reports: reports[::2],
]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_pages_gives_the_same_grades(
    eastmere: list[Report], part: Callable[[list[Report]], list[Report]]
) -> None:
    assessment = join_one(*part(eastmere))
    grades = {
        each.value.pillar or "": each.value.grade for each in assessment.judgements
    }
    assert grades == {pillar: GRADES[pillar] for pillar in grades}
    assert grades

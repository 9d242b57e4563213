"""Where a reader could doubt which grade counts, or whose words these are."""

from typing import Final

import pytest

from peelparse import parse
from peelparse.report import Report

HEAD = """Westvale PEEL 2017

Effectiveness

How effective is the force at keeping people safe and reducing crime?

Last updated 22/03/2018
Requires improvement
"""
SUMMARY = "\nWestvale Police keeps its streets.\n"
QUESTION = (
    "How effective is the force at investigating crime and reducing re-offending?"
)
AREAS = """PEEL 2021/22 – An inspection of Westvale Police

Our judgments

Preventing crime

Requires improvement

Westvale Police requires improvement.

{}

Areas for improvement

The force should map its hotspots.

Investigating crime

Good

Westvale Police is good at it.
"""


def read(page: str) -> Report:
    return parse(page.encode(), name="page.txt")


def list_codes(report: Report) -> set[str]:
    return {diagnostic.code for diagnostic in report.diagnostics}


@pytest.mark.parametrize(
    "says",
    [
        "is good. Last year it was inadequate.",
        "is good, up from requires improvement.",
    ],
)
def test_a_statement_of_two_grades_gives_none(says: str) -> None:
    report = read(
        "Westvale 2017\n\nThe extent to which the force is effective at keeping people "
        f"safe and reducing crime {says}\n\nThe extent to which the force is efficient "
        "at keeping people safe and reducing crime is outstanding.\n"
    )
    grades = {judgement.pillar: judgement.grade for judgement in report.judgements}
    assert grades == {"Effectiveness": None, "Efficiency": "Outstanding"}
    assert report.judgements[0].statement is not None
    assert "PP302" in list_codes(report)


def test_a_statement_grades_no_pillar_that_is_never_graded() -> None:
    report = read(
        "Westvale 2014\n\nThe available evidence indicates that:\n\nin terms of its "
        "effectiveness, in general, the force is good at reducing crime;\n\n"
        "the efficiency with which the force carries out its responsibilities is good; "
        "and\n"
    )
    grades = {judgement.pillar: judgement.grade for judgement in report.judgements}
    assert grades["Effectiveness"] is None


def test_a_grade_after_the_date_is_the_pillars() -> None:
    report = read(f"{HEAD}\n1\n\n{QUESTION}\n\nThis question was not inspected.\n")
    assert [judgement.grade for judgement in report.judgements] == [
        "Requires improvement"
    ]
    assert [question.grade for question in report.questions] == [None]


@pytest.mark.parametrize("grades", ["Good\n\nInadequate", "Good\n\nInadequate\n\nGood"])
def test_of_grades_side_by_side_none_counts(grades: str) -> None:
    report = read(f"{HEAD}{SUMMARY}\n1\n\n{QUESTION}\n\n{grades}\n{SUMMARY}")
    (question,) = report.questions
    assert (question.grade, question.grade_status) == (None, "not_stated")
    assert {"PP302", "PP307"} <= list_codes(report)


def test_the_same_grade_twice_is_no_contest() -> None:
    report = read(f"{HEAD}{SUMMARY}\n1\n\n{QUESTION}\n\nGood\n\nGood\n{SUMMARY}")
    assert [question.grade for question in report.questions] == ["Good"]


@pytest.mark.parametrize(
    "line",
    [
        "What we mean by Good\n\nA good force maps its hotspots.",
        "England average\n\nAdequate\n\nThe average is of all 43 forces.",
        "2019\n\nOutstanding\n\nThe grades are not comparable.",
    ],
)
def test_a_line_that_names_no_area_takes_no_grade(line: str) -> None:
    report = read(AREAS.format(line))
    grades = [(question.text, question.grade) for question in report.questions]
    assert grades == [
        ("Preventing crime", "Requires improvement"),
        ("Investigating crime", "Good"),
    ]


@pytest.mark.parametrize("label", ["Feedback", "© HMICFRS 2022"])
def test_a_box_after_a_label_of_page_ends_is_read(label: str) -> None:
    page = AREAS.format("Plans are kept.") + (
        f"\n{label}\n\nVictims are not asked.\n\nAreas for improvement\n\n"
        "The force should survey victims.\n"
    )
    last = read(page).questions[-1]
    texts = [item.text for item in last.areas_for_improvement]
    assert texts == ["The force should survey victims."]


def test_instructions_that_begin_as_links_do() -> None:
    box = (
        "Areas for improvement\n\n  • contact every victim within a day; and\n"
        "  • return to scenes when it learns more.\n"
    )
    report = read(f"{HEAD}{SUMMARY}\n1\n\n{QUESTION}\n\nGood\n{SUMMARY}\n{box}")
    (question,) = report.questions
    assert len(question.areas_for_improvement) == 2


def test_an_area_for_improvement_is_no_part_of_the_one_before() -> None:
    box = (
        "Areas for improvement\n\n  • The force should ask each victim:\n"
        "  • how was the service?\n  • The force should train its detectives.\n"
    )
    report = read(f"{HEAD}{SUMMARY}\n1\n\n{QUESTION}\n\nGood\n{SUMMARY}\n{box}")
    items = report.questions[0].areas_for_improvement
    assert [(item.text, item.detail) for item in items] == [
        ("The force should ask each victim:", ["how was the service?"]),
        ("The force should train its detectives.", []),
    ]


def test_a_summary_of_boxes_by_area_is_given_to_no_other_area() -> None:
    page = AREAS.format("Plans are kept.") + (
        "\nAll areas for improvement in one place\n\nPreventing crime\n\n"
        "Areas for improvement\n\nThe force should map its hotspots.\n"
    )
    report = read(page)
    last = report.questions[-1]
    assert last.text == "Investigating crime"
    assert last.areas_for_improvement == []
    assert "PP306" in list_codes(report)


def test_a_box_in_a_letter_is_said() -> None:
    page = AREAS.format("Plans are kept.").replace(
        "Preventing crime\n",
        "HM Inspector’s summary\n\nI have concerns.\n\nAreas for improvement\n\n"
        "The force should vet its staff.\n\nPreventing crime\n",
        1,
    )
    report = read(page)
    assert "PP306" in list_codes(report)
    assert [len(question.areas_for_improvement) for question in report.questions] == [
        1,
        0,
    ]


def test_a_verb_is_no_carried_over_grade() -> None:
    says = "Call handlers carry out a risk assessment and grade each incident."
    report = read(f"{HEAD}{SUMMARY}\n1\n\n{QUESTION}\n\nGood\n\n{says}\n")
    assert report.questions[0].grade_status == "graded"


def test_a_statement_that_grades_nothing() -> None:
    report = read(
        "Westvale 2014\n\nThe available evidence indicates that:\n\nthe efficiency with "
        "which the force carries out its responsibilities is told below; and\n"
    )
    (judgement,) = report.judgements
    assert (judgement.pillar, judgement.grade) == ("Efficiency", None)


def test_a_pillar_named_in_a_line_of_its_own_opens_no_block() -> None:
    page = f"{HEAD}{SUMMARY}\n1\n\n{QUESTION}\n\nGood\n{SUMMARY}\nEfficiency\n{SUMMARY}"
    report = read(page)
    assert [judgement.pillar for judgement in report.judgements] == ["Effectiveness"]


def test_titles_in_a_box_without_bullets() -> None:
    page = AREAS.format("Plans are kept.").replace(
        "The force should map its hotspots.\n",
        "Hotspots need a map\n\nIn 2022 nobody knew where they were.\n\n"
        "Plans need an end\n\nHalf of them were years old.\n",
    )
    first = read(page).questions[0]
    assert [item.text for item in first.areas_for_improvement] == [
        "Hotspots need a map",
        "Plans need an end",
    ]


@pytest.mark.parametrize(
    "tabs",
    [
        "<a href=e>Effectiveness</a><a href=f>Efficiency</a><b>Legitimacy</b>",
        "<a href=e>Effectiveness</a> <a href=f>Efficiency</a> <b>Legitimacy</b>",
    ],
)
def test_tabs_open_no_pillar(tabs: str) -> None:
    page = (
        f"<h1>Westvale PEEL 2017</h1><div>{tabs}</div><h2>Legitimacy</h2><h3>How "
        "legitimate is the force at keeping people safe and reducing crime?</h3>"
        "<p>Last updated 12/12/2017</p><p>Good</p><p>Westvale Police is fair.</p>"
    )
    report = parse(page.encode(), name="page.html")
    assert report.kind == "pillar"
    assert [judgement.pillar for judgement in report.judgements] == ["Legitimacy"]
    assert report.judgements[0].summary == ["Westvale Police is fair."]


def list_grades(report: Report) -> list[tuple[str, str | None]]:
    return [(question.text, question.grade) for question in report.questions]


@pytest.mark.parametrize("head", ["Overall\n\nGood", "Good"])
def test_grades_at_the_foot_of_areas_are_taken_for_none(head: str) -> None:
    report = read(
        f"PEEL 2021/22 – An inspection of Westvale Police\n\n{head}\n\n"
        "Preventing crime\n\nHotspots are known.\n\nRequires improvement\n\n"
        "Investigating crime\n\nPlans are missing.\n\nInadequate\n"
    )
    assert list_grades(report) == [
        ("Preventing crime", None),
        ("Investigating crime", None),
    ]
    assert {"PP302", "PP307"} <= list_codes(report)


def test_a_grade_between_a_summary_and_the_first_question_is_nobodys() -> None:
    head = HEAD.replace("Requires improvement\n", "")
    report = read(
        f"{head}{SUMMARY}\nInadequate\n\n1\n\n{QUESTION}\n{SUMMARY}\nOutstanding\n"
    )
    assert [judgement.grade for judgement in report.judgements] == [None]
    assert list_grades(report) == [(QUESTION, None)]
    assert {"PP302", "PP307"} <= list_codes(report)


def test_grades_before_their_areas_are_read() -> None:
    report = read(
        "PEEL 2021/22 – An inspection of Westvale Police\n\nGood\n\nPreventing crime\n\n"
        "Hotspots are known.\n\nInadequate\n\nInvestigating crime\n\nPlans are missing.\n"
    )
    assert list_grades(report) == [
        ("Preventing crime", "Good"),
        ("Investigating crime", "Inadequate"),
    ]


def test_only_grades_before_questions_are_in_doubt() -> None:
    report = read(
        "PEEL 2021/22 – An inspection of Westvale Police\n\nGood\n\nPreventing crime\n\n"
        "Hotspots are known.\n\nInadequate\n\nInvestigating crime\n\nPlans are missing."
        "\n\nGood\n\nResponding to the public\n\nAdequate\n\nCalls are answered.\n"
    )
    assert list_grades(report) == [
        ("Preventing crime", None),
        ("Investigating crime", None),
        ("Responding to the public", "Adequate"),
    ]


CARDS: Final = """PEEL 2021/22 – An inspection of Westvale Police

Preventing crime

Good

Hotspots are known.

Investigating crime

Adequate

Plans are missing.

Preventing crime
{}
Westvale Police prevents crime.

Areas for improvement

The force should map its hotspots.

Investigating crime

Westvale Police investigates.

Areas for improvement

The force should write plans.
"""


@pytest.mark.parametrize(
    ("again", "grade"),
    [("", "Good"), ("\nGood\n", "Good"), ("\nInadequate\n", None)],
)
def test_cards_before_the_whole_text(again: str, grade: str | None) -> None:
    report = read(CARDS.format(again))
    assert list_grades(report) == [
        ("Preventing crime", grade),
        ("Investigating crime", "Adequate"),
    ]
    assert [
        [item.text for item in question.areas_for_improvement]
        for question in report.questions
    ] == [["The force should map its hotspots."], ["The force should write plans."]]
    assert ("PP307" in list_codes(report)) == (grade is None)


def test_detailed_findings_below_a_pillar_page() -> None:
    other = "How effective is the force at protecting those who are vulnerable?"
    report = read(
        f"{HEAD}{SUMMARY}\n1\n\n{QUESTION}\n\nGood\n{SUMMARY}\n2\n\n{other}\n\n"
        f"Inadequate\n{SUMMARY}\nDetailed findings\n\n1\n\n{QUESTION}\n\nTeams are "
        "small.\n\nAreas for improvement\n\n  • The force should protect its teams.\n\n"
        f"2\n\n{other}\n\nPlans are missing.\n\nAreas for improvement\n\n  • The force "
        "should write plans.\n"
    )
    assert list_grades(report) == [(QUESTION, "Good"), (other, "Inadequate")]
    assert [
        [item.text for item in question.areas_for_improvement]
        for question in report.questions
    ] == [["The force should protect its teams."], ["The force should write plans."]]


def test_a_subheading_in_the_words_of_an_area_opens_none() -> None:
    report = read(AREAS.format("Investigating crime\n\nDetectives know the hotspots."))
    first, second = report.questions
    assert [item.text for item in first.areas_for_improvement] == [
        "The force should map its hotspots."
    ]
    assert second.grade == "Good"


def list_improvements(report: Report) -> list[list[str]]:
    return [
        [item.text for item in question.areas_for_improvement]
        for question in report.questions
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("The force should write plans", "The force should train its detectives"),
        ("Written plans", "Training of detectives", "Records", "Care for victims"),
    ],
)
@pytest.mark.parametrize("rest", ["", "\nContact us\n\nCookies\n"])
def test_improvements_without_full_stops(lines: tuple[str, ...], rest: str) -> None:
    box = "\n\n".join(lines * 3 if len(lines) < 3 else lines)
    report = read(
        AREAS.format("Plans are kept.") + f"\nAreas for improvement\n\n{box}\n{rest}"
    )
    assert list_improvements(report)[-1] == box.split("\n\n")


def test_the_last_improvement_of_an_area_needs_no_full_stop() -> None:
    page = AREAS.format("Plans are kept.").replace(
        "The force should map its hotspots.",
        "The force should map its hotspots\n\nThe force should visit them",
    )
    assert list_improvements(read(page))[0] == [
        "The force should map its hotspots",
        "The force should visit them",
    ]


@pytest.mark.parametrize("name", ["Responding to the public", "Tackling burglary"])
def test_what_stands_between_a_name_and_its_grade_or_its_words(name: str) -> None:
    def write(button: str, table: str) -> bytes:
        return (
            "<h1>PEEL 2021/22 – An inspection of Westvale Police</h1><h2>Preventing crime"
            "</h2><p>Good</p><p>Hotspots are known.</p>"
            f"<h2>{name} {button}</h2><p>Inadequate</p>{table}<p>Westvale Police is slow."
            "</p><h3>Areas for improvement</h3><p>The force should be quick.</p>"
            "<h2>Investigating crime</h2><p>Good</p><p>Plans are kept.</p>"
        ).encode()

    plain, *others = (
        parse(write(button, table), name="page.html")
        for button in ("", "<button>Share</button>")
        for table in ("", "<table><tr><th>Calls</th><th>2020</th></tr></table>")
    )
    assert list_grades(plain)[1] == (name, "Inadequate")
    for other in others:
        assert list_grades(other) == list_grades(plain)
        assert list_improvements(other) == list_improvements(plain)


MEANINGS: Final = """What the grades mean

Outstanding

The force has far exceeded what we set out as characteristics of good performance, in \
each part of the area that we looked at.

Good

The force has nearly all of them.

Inadequate

Causes of concern have been found.
"""


def test_a_legend_with_meanings_grades_no_area() -> None:
    report = read(AREAS.format(MEANINGS))
    assert list_grades(report) == [
        ("Preventing crime", "Requires improvement"),
        ("Investigating crime", "Good"),
    ]
    assert list_codes(report) == {"PP201"}


def test_a_legend_with_long_meanings_grades_no_question() -> None:
    page = f"{HEAD}{SUMMARY}\n1\n\n{QUESTION}\n\nGood\n{SUMMARY}\n{MEANINGS}"
    assert list_grades(read(page)) == [(QUESTION, "Good")]


@pytest.mark.parametrize("head", ["Our grades at a glance", "At a glance", "Graded."])
@pytest.mark.parametrize("last", ["", "\n\nNo area is inadequate."])
def test_a_list_of_grades_over_names_gives_none(head: str, last: str) -> None:
    report = read(
        f"PEEL 2021/22 – An inspection of Westvale Police\n\n{head}\n\nOutstanding\n\n"
        "Preventing crime\n\nGood\n\nInvestigating crime\n\nRequires improvement\n\n"
        f"Protecting vulnerable people\n\nInadequate{last}\n"
    )
    assert {question.grade for question in report.questions} <= {None}
    assert {"PP307", "PP401"} & list_codes(report)


def test_a_list_that_a_known_area_begins_gives_grades() -> None:
    report = read(
        "PEEL 2021/22 – An inspection of Westvale Police\n\nPreventing crime\n\nGood\n\n"
        "Investigating crime\n\nAdequate\n\nProtecting vulnerable people\n\nInadequate\n"
    )
    assert [grade for _, grade in list_grades(report)] == [
        "Good",
        "Adequate",
        "Inadequate",
    ]


@pytest.mark.parametrize("says", ["hidden", "style='color:red; display: none'"])
def test_of_two_tabs_of_one_area_no_grade_counts(says: str) -> None:
    page = (
        "<h1>PEEL 2021/22 – An inspection of Westvale Police</h1><h2>Preventing crime</h2>"
        f"<div role=tabpanel {says}><p>Good</p><p>In 2018 the force was good.</p></div>"
        "<div role=tabpanel><p>Inadequate</p><p>Hotspots are not known.</p><h3>"
        "Areas for improvement</h3><p>The force should map its hotspots.</p></div>"
        "<h2>Investigating crime</h2><p>Good</p><p>Plans are kept.</p>"
    )
    report = parse(page.encode(), name="page.html")
    assert list_grades(report) == [
        ("Preventing crime", None),
        ("Investigating crime", "Good"),
    ]
    assert list_improvements(report)[0] == ["The force should map its hotspots."]
    assert {"PP302", "PP307"} <= list_codes(report)


def test_what_is_cut_off_but_looks_like_the_assessments_is_said() -> None:
    page = f"{HEAD}{SUMMARY}\n1\n\n{QUESTION}\n\nGood\n{SUMMARY}"
    before = "Areas for improvement\n\nThe force should map its hotspots.\n\n"
    report = read(before + page)
    said = [each for each in report.diagnostics if each.code == "PP312"]
    assert [diagnostic.line for diagnostic in said] == [1, 3]
    assert "PP312" not in list_codes(read(page))


def test_the_scale_of_grades_before_a_title_is_the_sites() -> None:
    scale = (
        "Good\n\nIt does well.\n\nAdequate\n\nIt does.\n\nInadequate\n\nIt fails.\n\n"
    )
    report = read(f"{scale}{HEAD}{SUMMARY}")
    assert "PP312" not in list_codes(report)


def test_a_page_that_assesses_nothing_loses_nothing() -> None:
    report = read("PEEL questions\n\nAreas for improvement\n\nThe force should ask.\n")
    assert report.kind == "not_an_assessment"
    assert "PP312" not in list_codes(report)


def test_of_grades_with_years_between_none_counts() -> None:
    grades = "Inadequate\n\n2016\n\nGood\n\n2017\n"
    report = read(HEAD.replace("Requires improvement\n", f"\n{grades}") + SUMMARY)
    assert [judgement.grade for judgement in report.judgements] == [None]
    assert {"PP302", "PP307"} <= list_codes(report)


def test_one_labelled_grade_over_content_is_a_part_without_a_name() -> None:
    """Its area for improvement is not that of the area before it."""
    report = read(
        AREAS.format("It has plans.")
        + "\nGrade\n\nInadequate\n\nWestvale Police fails victims.\n\n"
        "Areas for improvement\n\nThe force should tell victims.\n"
    )
    names = [(question.text, question.grade) for question in report.questions]
    assert names[1:] == [("Investigating crime", "Good"), ("", "Inadequate")]
    assert [item.text for item in report.questions[2].areas_for_improvement] == [
        "The force should tell victims."
    ]
    assert not report.questions[1].areas_for_improvement


def test_the_last_entry_of_a_contents_list_is_not_the_question() -> None:
    """Words follow both; what stands right after another name is in a list."""
    last = "How ready is the force to meet national threats?"
    report = read(
        f"{HEAD}\nContents\n\n1. {QUESTION}\n2. {last}\n{SUMMARY}\n"
        f"1. {QUESTION}\n\nGood\n\nIt has plans.\n\n"
        f"2. {last}\n\nWe did not grade it. Its officers train each year.\n"
    )
    assert report.judgements[0].summary == [SUMMARY.strip()]
    assert [question.text for question in report.questions] == [QUESTION, last]
    assert report.questions[1].narrative


def read_html(body: str) -> Report:
    return parse(f"<h1>Westvale PEEL 2016</h1>{body}".encode(), name="page.html")


ASKED: Final = (
    "<h2>Effectiveness</h2><p>Last updated 02/03/2017</p><p>Good</p><p>It is good.</p>"
    f"<h2>Questions for Effectiveness</h2><p>1</p><h3>{QUESTION}</h3><p>Good</p>"
)


def test_a_heading_that_asks_under_a_question_is_a_sub_heading() -> None:
    """Its area for improvement is the question's, which has the number and the grade."""
    part = "How well does the force bring offenders to justice?"
    report = read_html(
        f"{ASKED}<p>It has plans.</p><h4>{part}</h4><p>It has more plans.</p>"
        "<h4>Areas for improvement</h4><ul><li>The force should act.</li></ul>"
    )
    assert [question.text for question in report.questions] == [QUESTION]
    assert report.questions[0].subheadings == [part]
    assert list_improvements(report) == [["The force should act."]]


def test_what_is_hidden_beside_the_same_words_counts_once() -> None:
    items = "<ul><li>The force should act.</li><li>The force should plan.</li></ul>"
    box = f"{ASKED}<h4>Areas for improvement</h4>"
    twice = f"{box}<div style='display:none'>{items}</div><div>{items}</div>"
    both = f"{box}<div hidden>{items}</div><div hidden>{items}</div>"
    assert [len(found) for found in list_improvements(read_html(twice))] == [2]
    assert [len(found) for found in list_improvements(read_html(both))] == [4]


def test_a_picture_and_its_caption_say_one_grade() -> None:
    report = parse(
        b"<h1>PEEL 2021/22 &#8211; An inspection of Westvale Police</h1>"
        b"<h2>Our judgments</h2><table><tr><th>Area</th><th>Grade</th></tr><tr>"
        b"<td>Preventing crime</td><td>Good</td></tr><tr><td>Investigating crime</td>"
        b"<td>Adequate</td></tr></table><h2>Preventing crime</h2><figure>"
        b"<img alt=Good src=g.svg><figcaption>Good</figcaption></figure>"
        b"<p>It is good at it.</p><h2>Investigating crime</h2><p>Adequate</p>"
        b"<p>It is adequate at it.</p>",
        name="page.html",
    )
    assert list_grades(report) == [
        ("Preventing crime", "Good"),
        ("Investigating crime", "Adequate"),
    ]
    assert [question.grade_source for question in report.questions] == ["label"] * 2


def test_what_is_struck_out_is_not_read() -> None:
    report = read_html(
        f"{ASKED.removesuffix('<p>Good</p>')}<p><s>Good</s> Inadequate</p>"
        "<p>It has <del>some</del> <ins>many</ins> plans.</p>"
    )
    assert report.questions[0].grade == "Inadequate"
    assert report.questions[0].narrative == ["It has many plans."]


def test_numbers_over_grades_are_questions_whose_words_are_lost() -> None:
    """None of their grades and improvements goes to the question before."""
    parts = (
        "{}\n\nGood\n\nIt has plans.\n\nAreas for improvement\n\nThe force should act.\n\n",
        "{}\n\nInadequate\n\nIt lacks staff.\n\nAreas for improvement\n\nIt should hire.\n\n",
    )
    lost = "".join(part.format(n) for n, part in enumerate(parts, 1))
    report = read(f"{HEAD}\n{SUMMARY}\nQuestions for Effectiveness\n\n{lost}")
    assert [(q.number, q.text, q.grade) for q in report.questions] == [
        (1, "", "Good"),
        (2, "", "Inadequate"),
    ]
    assert list_improvements(report) == [["The force should act."], ["It should hire."]]
    assert "PP310" in list_codes(report)


def test_one_number_in_the_words_of_a_question_is_no_question() -> None:
    report = read(
        f"{HEAD}\n1\n\n{QUESTION}\n\nGood\n\nIt has plans.\n\n2\n\nIt acts.\n"
    )
    assert [question.text for question in report.questions] == [QUESTION]

"""Parts of a page that are about another force, or another edition of the same."""

from typing import Final

import pytest

from peelparse import parse
from peelparse.report import Report

PILLAR: Final = """Kent PEEL 2017

Effectiveness

How effective is the force at keeping people safe and reducing crime?

Last updated 22/03/2018
Good

Kent Police keeps people safe.

Questions for Effectiveness

1

How effective is the force at preventing crime, tackling anti-social behaviour and \
keeping people safe?

Good

The force maps its hotspots.

{}

2

How effective is the force at investigating crime and reducing re-offending?

Requires improvement

Plans are missing.

Areas for improvement

  • The force should write plans.
"""
AREAS: Final = """PEEL 2021/22 – An inspection of Kent Police

Preventing crime

Good

Kent Police knows its hotspots.

{}

Areas for improvement

The force should map its hotspots.

Investigating crime

Adequate

Kent Police writes plans.

Areas for improvement

The force should keep to them.
"""
OTHER: Final = """

{}

Efficiency

How efficient is the force at keeping people safe and reducing crime?

Last updated 09/11/2017
Inadequate

It has no plans.

Questions for Efficiency

1

How well does the force use its resources?

Inadequate

Money is short.

Areas for improvement

  • It should save.
"""
COMPARED: Final = "Surrey\n\nGood\n\nEssex\n\nAdequate\n\nKent\n\nInadequate\n"


def read(page: str, name: str = "page.txt") -> Report:
    return parse(page.encode(), name=name)


def list_codes(report: Report) -> set[str]:
    return {diagnostic.code for diagnostic in report.diagnostics}


def check_pillar(report: Report) -> None:
    """Kent's page says what it says, and nothing more."""
    assert report.force is not None
    assert report.force.name == "Kent"
    grades = [(judgement.pillar, judgement.grade) for judgement in report.judgements]
    assert grades == [("Effectiveness", "Good")]
    assert [question.grade for question in report.questions] == [
        "Good",
        "Requires improvement",
    ]
    texts = [
        item.text
        for question in report.questions
        for item in question.areas_for_improvement
    ]
    assert texts == ["The force should write plans."]


def check_areas(report: Report) -> None:
    """The same of the report."""
    assert [
        (
            question.text,
            question.grade,
            [item.text for item in question.areas_for_improvement],
        )
        for question in report.questions
    ] == [
        ("Preventing crime", "Good", ["The force should map its hotspots."]),
        ("Investigating crime", "Adequate", ["The force should keep to them."]),
    ]


@pytest.mark.parametrize(
    "line",
    ["Surrey PEEL 2017", "Kent PEEL 2016", "Southmoor PEEL 2017", "Surrey Police"],
)
def test_a_second_page_ends_the_first(line: str) -> None:
    report = read(PILLAR.format("") + OTHER.format(line))
    check_pillar(report)
    assert "PP311" in list_codes(report)
    unclaimed = [block.text for block in report.coverage.unclaimed]
    assert unclaimed[0] == line
    assert unclaimed[-1] == "It should save."


def test_a_page_of_an_older_design_ends_the_first() -> None:
    other = OTHER.format("Surrey PEEL 2017\n\nRead more about Surrey")
    check_pillar(read(PILLAR.format("") + other))


def test_a_page_may_go_on_after_another() -> None:
    first, second = PILLAR.format("").split("2\n\nHow", 1)
    report = read(
        f"{first}{OTHER.format('Surrey PEEL 2017')}\nKent PEEL 2017\n\n2\n\nHow{second}"
    )
    assert "PP311" in list_codes(report)
    assert [judgement.pillar for judgement in report.judgements] == ["Effectiveness"]


def test_another_pillar_of_the_same_force_is_read() -> None:
    report = read(PILLAR.format("") + OTHER.format("Kent PEEL 2017"))
    assert [judgement.grade for judgement in report.judgements] == [
        "Good",
        "Inadequate",
    ]
    assert "PP311" not in list_codes(report)


@pytest.mark.parametrize(
    "says", ["Surrey Police does not answer calls.", "It is slow."]
)
def test_a_teaser_of_another_report(says: str) -> None:
    report = read(
        AREAS.format("Plans are kept.")
        + "\nRead another report\n\nPEEL 2021/22 – An inspection of Surrey Police\n\n"
        f"Responding to the public\n\nInadequate\n\n{says}\n"
    )
    check_areas(report)
    assert "PP311" in list_codes(report)


def test_the_first_of_two_short_pages_counts() -> None:
    report = read(
        "PEEL 2021/22 – An inspection of Kent Police\n\nPreventing crime\n\nGood\n\n"
        "Kent Police is good at it.\n\nPEEL 2021/22 – An inspection of Surrey Police\n\n"
        "Managing offenders\n\nInadequate\n\nSurrey Police is inadequate at managing "
        "offenders.\n"
    )
    assert report.force is not None
    assert report.force.id == "kent"
    assert [question.text for question in report.questions] == ["Preventing crime"]


def test_an_aside_on_another_force() -> None:
    page = (
        "<main><h1>Kent PEEL 2017</h1><h2>Effectiveness</h2><p>How effective is the "
        "force at keeping people safe and reducing crime?</p><p>Last updated "
        "22/03/2018</p><p>Good</p><p>Kent Police keeps people safe.</p><aside><h3>Surrey"
        "</h3><h4>Efficiency</h4><p>Inadequate</p><h4>Legitimacy</h4><p>Outstanding</p>"
        "</aside><p>Its plans are new.</p></main>"
    )
    report = read(page, "page.html")
    (judgement,) = report.judgements
    assert (judgement.pillar, judgement.grade) == ("Effectiveness", "Good")
    assert judgement.summary == ["Kent Police keeps people safe.", "Its plans are new."]
    assert "PP311" in list_codes(report)


def test_a_comparison_gives_no_grade() -> None:
    check_pillar(read(PILLAR.format(COMPARED + "\nCrime is falling.")))
    check_areas(read(AREAS.format(COMPARED + "\nCrime is falling.")))
    check_pillar(read(PILLAR.format("Surrey\n\nGood\n")))


@pytest.mark.parametrize(
    "says", ["Surrey Police is good.", "Its streets are safe.", "Is it good?"]
)
def test_what_stands_under_another_forces_grade(says: str) -> None:
    report = read(PILLAR.format("") + f"\nSurrey\n\nEfficiency\n\nGood\n\n{says}\n")
    check_pillar(report)
    assert "PP311" in list_codes(report)


def test_another_forces_pillars_with_questions() -> None:
    page = OTHER.format("Surrey")
    check_pillar(read(PILLAR.format("") + page))
    graded = page.replace("How efficient is the force at keeping people safe and ", "")
    graded = graded.replace("reducing crime?", "").replace("It has no plans.", "")
    check_pillar(read(PILLAR.format("") + graded))


@pytest.mark.parametrize(
    "lines",
    [
        (
            "PEEL 2016\n\nEffectiveness\n\nOutstanding\n\nEfficiency\n\nGood\n\nPEEL 2015"
            "\n\nLegitimacy\n\nGood"
        ),
        "PEEL 2016\n\nInadequate",
    ],
)
def test_grades_of_earlier_editions(lines: str) -> None:
    report = read(f"{PILLAR.format('')}\nPrevious assessments\n\n{lines}\n")
    check_pillar(report)
    assert "PP311" in list_codes(report)


@pytest.mark.parametrize(
    "line",
    [
        "PEEL 2021/22 – An inspection of Surrey Police\n\nPlans there are better.",
        "PEEL 2021/22 – An inspection of Surrey Police",
        "Surrey PEEL 2021/22\n\nKent Police took over its plans.\n\nLeadership",
        "Surrey Police\n\nPlans there are better.",
        "  • Surrey PEEL 2021/22",
        "Kent Police",
        "Surrey Police",
    ],
)
def test_a_reference_to_another_force_ends_nothing(line: str) -> None:
    report = read(AREAS.format(line))
    check_areas(report)
    assert "PP311" not in list_codes(report)


def test_a_link_before_the_next_question_ends_nothing() -> None:
    report = read(PILLAR.format("Surrey PEEL 2017"))
    check_pillar(report)
    assert "PP311" not in list_codes(report)


def test_cards_of_other_pages_are_of_the_site() -> None:
    report = read(f"{PILLAR.format('')}\nSurrey PEEL 2017\n\nInadequate\n\nContact\n")
    check_pillar(report)
    assert "PP311" not in list_codes(report)


def test_a_card_that_is_a_link_is_of_the_site() -> None:
    page = (
        "<h1>Kent PEEL 2017</h1><h2>Effectiveness</h2><p>How effective is the force at "
        "keeping people safe and reducing crime?</p><p>Last updated 22/03/2018</p><p>Good"
        "</p><p>Kent Police keeps people safe.</p><h2>Latest</h2><h3><a href=s>Surrey PEEL "
        "2017</a></h3><p>Published 3 March 2018</p><p>Surrey Police is slow.</p>"
    )
    report = read(page, "page.html")
    assert [judgement.grade for judgement in report.judgements] == ["Good"]
    assert report.coverage.unclaimed == []


def test_a_longer_name_is_the_same_force() -> None:
    report = read(
        AREAS.format("PEEL 2021/22 – An inspection of Northshire Constabulary").replace(
            "Kent Police", "Northshire Police"
        )
    )
    check_areas(report)


def test_a_page_that_names_no_force() -> None:
    page = PILLAR.format("Surrey\n\nGood\n").replace("Kent PEEL 2017\n", "")
    report = read(page.replace("Kent Police", "The force"))
    assert [question.grade for question in report.questions] == [
        "Good",
        "Requires improvement",
    ]


def test_an_edition_that_no_list_has() -> None:
    report = read(
        PILLAR.format("").replace("2017", "2031") + OTHER.format("Kent PEEL 2032")
    )
    check_pillar(report)
    assert "PP311" in list_codes(report)


def test_names_of_other_pages_between_the_lines_of_this_one() -> None:
    opening = "The extent to which the force is {} at keeping people safe is good."
    report = read(
        f"Kent 2017\n\n{opening.format('effective')}\n\nSurrey 2017\n\n"
        f"{opening.format('legitimate')}\n\nA list of pages\n\nHMI's observations\n\n"
        "I looked at all of this with care.\n\nIt has had a hard year.\n\n"
        "It has done well.\n\nI thank all of its people.\n\n"
        "I am pleased with Kent Police.\n\nEffectiveness\n\nLast updated 22/03/2018\n\n"
        "Good\n\nKent Police keeps people safe.\n"
    )
    assert [each.grade for each in report.judgements] == ["Good", "Good"]
    assert "PP311" not in list_codes(report)

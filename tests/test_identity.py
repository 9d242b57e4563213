"""Who a page assesses: every name of every force, and neighbours that are mentioned."""

from typing import Final

import pytest

from cases import recognise
from peelparse.reference import ForceRecord, iter_forces
from peelparse.report import Report

FORCES: Final = [force for force in iter_forces() if force.is_inspected]
HEADLINES: Final = {
    "PEEL": "How effective is the force at keeping people safe and reducing crime?",
    "FRS": (
        "How effective is the fire and rescue service at keeping people safe and secure?"
    ),
}
KINDS_OF_NAME: Final = ("Police", "Constabulary", "Service", "Brigade")
MENTIONS: Final = [
    sentence.format(name)
    for name in (
        "Surrey Police",
        "Greater Manchester Police",
        "Devon and Cornwall Police",
        "London Fire Brigade",
        "Essex County Fire and Rescue Service",
    )
    for sentence in (
        "{} lends it a dog once a week.",
        "It shares a control room with {}.",
        "In 2016 we inspected {} too.",
        "The helicopter belongs to {}.",
        "We compared it with {} and with others of its size.",
        "Officers of {} helped at the fair.",
        "A review by {} found little.",
        "It has learned from {}, which is near.",
        "{} and the council pay for the boat.",
        "Two of its sergeants came from {}.",
    )
]


def parse(text: str) -> Report:
    outcome = recognise(text.encode(), "page.txt")
    assert outcome.recognition is not None, outcome.error
    return outcome.recognition.report


def draw_pillar(force: ForceRecord, name: str, sentence: str = "It has boats.") -> str:
    edition = {"PEEL": "PEEL 2017", "FRS": "2018/19"}[force.programme]
    lines = (
        f"{name} {edition}",
        "Effectiveness",
        HEADLINES[force.programme],
        "Last updated 22/03/2018\nGood",
        sentence,
    )
    return "\n\n".join(lines)


def draw_report(name: str, *sentences: str) -> str:
    """A report whose title the copy has lost."""
    lines = (
        "Overall summary",
        "Our judgments",
        (
            f"Our inspection by HMICFRS assessed how good {name} is in some areas. "
            "We make graded judgments as follows:"
        ),
        *sentences,
        "Managing performance and developing leaders",
        "Good",
        f"{name} is good at this.",
    )
    return "\n\n".join(lines)


def iter_spellings(name: str) -> set[str]:
    return {
        name,
        name.upper(),
        name.replace(" and ", " & "),
        name.replace("-", "\N{EN DASH}"),
        name.replace("-", "\N{NON-BREAKING HYPHEN}"),
    }


@pytest.mark.parametrize("force", FORCES, ids=lambda f: f"{f.programme}-{f.id}")
def test_a_title_may_print_any_name_of_a_force(force: ForceRecord) -> None:
    names = (force.name, force.official_name, *force.aliases, *force.abbreviations)
    wrong = [
        spelling
        for name in names
        for spelling in sorted(iter_spellings(name))
        if (found := parse(draw_pillar(force, spelling))).force is None
        or (found.programme, found.force.id) != (force.programme, force.id)
    ]
    assert wrong == []


@pytest.mark.parametrize("force", FORCES, ids=lambda f: f"{f.programme}-{f.id}")
def test_a_report_without_title_names_its_force(force: ForceRecord) -> None:
    names = [
        name
        for name in (force.official_name, *force.aliases)
        if name.endswith(KINDS_OF_NAME)
    ]
    assert force.official_name in names
    neighbours = MENTIONS[:: len(MENTIONS) // 4]
    wrong = [
        name
        for name in names
        if (found := parse(draw_report(name, *neighbours))).force is None
        or (found.programme, found.force.id) != (force.programme, force.id)
    ]
    assert wrong == []


def test_there_are_fifty_sentences_that_only_mention_a_force() -> None:
    assert len(set(MENTIONS)) == 50


@pytest.mark.parametrize("sentence", MENTIONS)
def test_a_mention_never_changes_the_answer(sentence: str) -> None:
    kent, avon = (
        f for f in FORCES if (f.programme, f.id) in {("PEEL", "kent"), ("FRS", "avon")}
    )
    for force in (kent, avon):
        alone = parse(draw_pillar(force, force.name))
        mentioned = parse(draw_pillar(force, force.name, sentence))
        assert mentioned.force == alone.force
        assert mentioned.programme == force.programme
        report = parse(draw_report(force.official_name, sentence))
        assert report.force is not None
        assert (report.programme, report.force.id) == (force.programme, force.id)

"""Every grade that a page states, for every force, edition and pillar, and no other."""

from functools import cache
from typing import Final

import pytest

from cases import recognise
from peelparse.recognise import Recognition
from published import DIALECTS, Dialect, Fact, Told, iter_told

TOLD: Final = list(iter_told())


@cache
def recover(told: Told, dialect: Dialect) -> Recognition:
    outcome = recognise(dialect.draw(told), "copy.txt")
    assert outcome.recognition is not None, (told.name, outcome.error)
    return outcome.recognition


def list_grades(recognition: Recognition, told: Told) -> list[Fact]:
    """The grades of the report, of what they are in the edition's own terms."""
    report = recognition.report
    judged = [(judgement.pillar, judgement.grade) for judgement in report.judgements]
    if not told.edition.pillars:
        judged += [(question.text, question.grade) for question in report.questions]
    return [Fact(subject or "", grade) for subject, grade in judged if grade]


def test_pages_state_facts_of_every_force_edition_and_pillar() -> None:
    facts = {
        (told.edition.programme, told.edition.id, told.force.id, fact.subject)
        for told in TOLD
        for fact in told.facts
    }
    assert len(facts) > 2000
    grades = {(told.edition.scale, fact.grade) for told in TOLD for fact in told.facts}
    assert len(grades) == 4 + 5
    stated = {
        name: sum(len(dialect.list_facts(told)) for told in TOLD)
        for name, dialect in DIALECTS.items()
    }
    assert stated["full"] > stated["compact"] > stated["lossy"] > 800


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_every_stated_grade_is_recovered_and_none_is_invented(dialect: Dialect) -> None:
    faults = [
        (told.name, sorted(wanted), sorted(found))
        for told in TOLD
        if (wanted := dialect.list_facts(told))
        != (found := list_grades(recover(told, dialect), told))
    ]
    assert faults == []


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_every_page_names_its_force_and_edition(dialect: Dialect) -> None:
    faults = []
    for told in TOLD:
        report = recover(told, dialect).report
        found = (report.programme, report.edition, report.force and report.force.id)
        if found != (told.edition.programme, told.edition.id, told.force.id):
            faults.append((told.name, found))
    assert faults == []


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_what_a_copy_lost_is_not_stated(dialect: Dialect) -> None:
    lost = [
        judgement.grade_status
        for told in TOLD
        if told.edition.pillars and not dialect.list_facts(told)
        for judgement in recover(told, dialect).report.judgements
    ]
    assert set(lost) <= {"not_stated"}
    assert bool(lost) == (dialect is not DIALECTS["full"])


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_every_pillar_page_has_its_headline_and_one_question(dialect: Dialect) -> None:
    faults = []
    for told in TOLD:
        if not told.edition.pillars or told.is_stated:
            continue
        report = recover(told, dialect).report
        asked = [judgement.question for judgement in report.judgements]
        texts = [question.text for question in report.questions]
        wanted = [piece.text for piece in told.pieces if piece.kind == "asked"]
        if asked + texts != wanted:
            faults.append((told.name, asked, texts))
    assert faults == []

"""Pages about many forces: no grade of one is taken for another's."""

import pytest

from peelparse import parse
from peelparse.report import Report

MARK = "This page is by HMICFRS."
TITLE = "PEEL 2023–25 – An inspection of Kent Police"


def read(*lines: str) -> Report:
    return parse("\n\n".join(lines).encode(), name="page.txt")


def name(report: Report) -> str | None:
    return report.force.name if report.force else None


def make_table(*forces: str) -> list[str]:
    rows = ("Responding to the public", "Good", "It answers its calls.")
    more = ("Investigating crime", "Adequate", "It has too few detectives.")
    return [line for force in forces for line in (force, *rows, *more)]


class TestTables:
    """Grades of several forces are of no single one."""

    def test_grades_of_three_forces_are_a_table(self) -> None:
        report = read(MARK, *make_table("Kent Police", "Surrey Police", "Essex"))
        assert report.kind == "grades_table"
        assert report.force is None
        assert (report.judgements, report.questions) == ([], [])

    def test_grades_of_one_force_are_not(self) -> None:
        report = read(MARK, *make_table("Kent Police"))
        assert report.kind == "report"
        assert [question.grade for question in report.questions] == ["Good", "Adequate"]

    def test_a_title_says_whose_they_are(self) -> None:
        report = read(
            TITLE, *make_table("Kent Police", "Surrey Police", "Essex Police")
        )
        assert report.kind == "report"
        assert name(report) == "Kent Police"
        assert len(report.questions) == 2  # its own, once


class TestQuestions:
    """What is asked of forces and services is no core question of one."""

    @pytest.mark.parametrize("asked", ["do forces", "are police forces", "do services"])
    def test_of_many(self, asked: str) -> None:
        question = f"How well {asked} understand those who work at night?"
        report = read("A report", question, "Good", "Most of them do not know.")
        assert (report.kind, report.questions) == ("not_an_assessment", [])

    def test_of_one(self) -> None:
        question = "How well does the force understand those who work at night?"
        other = "How well do forces understand each other?"
        parts = (question, "Good", "It does.", other, "Good", "They do.")
        report = read(MARK, "Questions for Effectiveness", *parts)
        assert report.kind == "pillar"
        assert len(report.questions) == 2


class TestNames:
    """Lines of several forces, further down, name none."""

    def test_lines_of_several_forces(self) -> None:
        head = [MARK, *("It looked at one thing.",) * 12]
        judged = ["Responding to the public", "Good", "It answers calls."]
        report = read(*head, *judged, "Kent Police", "Surrey Police")
        assert report.force is None
        report = read(*head, *judged, "Kent Police")
        assert name(report) == "Kent Police"

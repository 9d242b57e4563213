"""What single rules of the recogniser make of short invented pages."""

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from cases import ROOT
from peelparse.data import read_data
from peelparse.errors import (
    EmptyPageError,
    LimitError,
    NotAReportError,
    PeelparseError,
)
from peelparse.library import parse_all
from peelparse.pipeline import iter_recognitions
from peelparse.read import read_page
from peelparse.read.from_html import read_html
from peelparse.recognise import Options, Recognition, recognise_page
from peelparse.recognise.labelling.dates import parse_date
from peelparse.recognise.placing.outline import Outline
from peelparse.recognise.roles import Role
from peelparse.recognise.surveying.survey import survey
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary, standard_vocabulary
from peelparse.reference import editions
from peelparse.report import Report

HEAD = """Northshire PEEL 2017

Effectiveness

How effective is the force at keeping people safe and reducing crime?

Last updated 22/03/2018
Good

Northshire Police is good at keeping people safe and reducing crime.

Questions for Effectiveness

"""
SENTENCE = "Northshire Police knows its streets well and looks after them."


def recognise(
    page: str,
    name: str = "page.txt",
    address: str | None = None,
    **options: str | bool,
) -> Recognition:
    given = msgspec.convert(options, Options)
    found = next(iter_recognitions(page.encode(), name, given, address))
    assert not isinstance(found, PeelparseError), found
    return found[1]


def parse(page: str, name: str = "page.txt", address: str | None = None) -> Report:
    return recognise(page, name, address).report


def codes(report: Report) -> list[str]:
    return [diagnostic.code for diagnostic in report.diagnostics]


def grades(report: Report) -> list[tuple[str, str | None, str]]:
    return [(q.text, q.grade, q.grade_status) for q in report.questions]


class TestTitle:
    def test_a_list_of_other_pages_never_wins(self) -> None:
        others = "Ashmere PEEL 2017\n\nBrackshire PEEL 2017\n\nHolt PEEL 2017\n\n"
        for page in (others + HEAD + f"2\n\nHow?\n\nGood\n\n{SENTENCE}", HEAD + others):
            report = parse(page)
            assert report.force is not None
            assert report.force.name == "Northshire"

    def test_a_lone_title_of_another_page_is_no_title(self) -> None:
        body = HEAD.partition("\n")[2].replace("Northshire Police", "The force")
        page = body + "1\n\nHow good?\n\nGood\n\n" + f"{SENTENCE}\n\n" * 6
        report = parse(f"{page}Ashmere PEEL 2017\n\nHelp\n\nNews\n\nJobs")
        assert report.title is None
        assert [judgement.pillar for judgement in report.judgements] == [
            "Effectiveness"
        ]

    def test_the_document_gives_what_the_page_does_not_print(self) -> None:
        page = f"""<html><head><title>Northshire PEEL 2017 – Effectiveness – HMICFRS
            </title></head><body><span>PEEL 2017: Effectiveness</span>
            <h1>Northshire Constabulary</h1><p>Last updated 22/03/2018</p><p>Good</p>
            <p>{SENTENCE}</p></body></html>"""
        report = parse(page, "page.html")
        assert report.title == "Northshire PEEL 2017"
        assert report.edition == "2017"
        assert [judgement.grade for judgement in report.judgements] == ["Good"]


class TestForce:
    def test_a_neighbour_that_is_mentioned_is_not_the_force(self) -> None:
        page = HEAD.partition("\n")[2].replace("Northshire Police", "The force")
        report = parse(
            page + "We compared it with Surrey Police. Surrey Police is near."
        )
        assert report.force is None
        assert "PP203" in codes(report)

    def test_sentences_that_judge_a_force_name_it(self) -> None:
        report = parse(HEAD.partition("\n")[2])
        assert report.force is not None
        assert (report.force.name, report.force.source) == ("Northshire Police", "text")

    @pytest.mark.parametrize(
        ("name", "address", "source"),
        [
            (
                "page.txt",
                "https://example.org/peel-2017/kent/effectiveness/",
                "address",
            ),
            ("kent.txt", None, "file_name"),
        ],
    )
    def test_an_address_or_a_file_name_is_said_to_be_one(
        self, name: str, address: str | None, source: str
    ) -> None:
        page = HEAD.partition("\n")[2].replace("Northshire Police", "PEEL: the force")
        report = parse(page, name, address)
        assert report.force is not None
        assert (report.force.id, report.force.source) == ("kent", source)
        assert "PP202" in codes(report)

    def test_an_option_is_recorded(self) -> None:
        report = recognise(HEAD, force="Kent Police", edition="2016").report
        assert report.force is not None
        assert (report.force.id, report.force.source) == ("kent", "option")
        assert report.edition == "2016"
        assert codes(report).count("PP205") == 2


class TestEdition:
    def test_an_address_is_said_to_be_one(self) -> None:
        body = HEAD.partition("\n")[2]
        report = parse(
            body, address="https://example.org/peel-assessments/peel-2016/x/"
        )
        assert report.edition == "2016"
        assert "PP206" in codes(report)

    def test_no_edition_is_said(self) -> None:
        report = parse(HEAD.partition("\n")[2])
        assert report.edition is None
        assert "PP204" in codes(report)

    def test_an_unknown_cycle_is_read_by_its_shape(self) -> None:
        report = parse(
            "PEEL 2029–31: An inspection of Northshire Police\n\nOverall summary\n\n"
            f"Our judgments\n\nInvestigating crime\n\nAdequate\n\n{SENTENCE}"
        )
        assert report.kind == "report"
        assert report.edition == "2029-31"
        assert "PP207" in codes(report)
        assert grades(report) == [("Investigating crime", "Adequate", "graded")]

    def test_a_new_edition_and_label_are_data(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        words = tmp_path / "words"
        shutil.copytree(ROOT / "src/peelparse/recognise/words", words)
        labels = json.loads((words / "labels.json").read_bytes())
        labels["boxes"]["room to grow"] = "areas_for_improvement"
        (words / "labels.json").write_text(json.dumps(labels))
        listed = json.loads(read_data(editions._FILE))
        new = dict(listed["editions"][3], id="2031", printed=["2031"], address=[])
        listed["editions"].append(new)
        (tmp_path / "editions.json").write_text(json.dumps(listed))
        monkeypatch.setattr(editions, "_FILE", tmp_path / "editions.json")
        editions._file.cache_clear()
        page = HEAD.replace("2017", "2031") + (
            f"1\n\nHow good?\n\nGood\n\n{SENTENCE}\n\nRoom to grow\n\n"
            "  • The force should answer letters.\n"
        )
        try:
            found = recognise_page(read_page(page.encode()), words=Vocabulary(words))
        finally:
            editions._file.cache_clear()
        assert found.report.edition == "2031"
        assert "PP207" not in codes(found.report)
        item = found.report.questions[0].areas_for_improvement[0]
        assert item.text == "The force should answer letters."


class TestGrades:
    def test_a_badge_before_each_question(self) -> None:
        cards = "".join(
            f"<div><b>{grade}</b><h3>{number}. How good is it?{number}</h3>"
            f"<p>{SENTENCE}</p></div>".replace(f"?{number}", f" in {number}?")
            for number, grade in ((1, "Inadequate"), (2, "Good"), (3, "Outstanding"))
        )
        page = f"<html><body><h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2>{cards}"
        report = parse(f"{page}</body></html>", "page.html")
        assert [q.grade for q in report.questions] == [
            "Inadequate",
            "Good",
            "Outstanding",
        ]

    def test_a_legend_grades_nothing(self) -> None:
        legend = "\n\nWhat do our grades mean?\n\nOutstanding\n\nGood\n\nInadequate\n"
        report = parse(f"{HEAD}1\n\nHow good?\n\nGood\n\n{SENTENCE}{legend}")
        assert grades(report) == [("How good?", "Good", "graded")]

    def test_a_stray_grade_is_named_and_unclaimed(self) -> None:
        page = f"{HEAD}1\n\nHow good?\n\nGood\n\n{SENTENCE}\n\nInadequate\n\n{SENTENCE}"
        report = parse(page)
        assert [q.grade for q in report.questions] == ["Good"]
        assert "PP307" in codes(report)
        assert [block.text for block in report.coverage.unclaimed] == ["Inadequate"]

    @pytest.mark.parametrize(
        ("line", "grade"),
        [
            ("Judgement: Good", "Good"),
            ("Rated Requires improvement", "Requires improvement"),
            ("[Inadequate]", "Inadequate"),
            ("★ Outstanding", "Outstanding"),
            ("GradeGood", "Good"),
        ],
    )
    def test_forms_of_a_grade_line(self, line: str, grade: str) -> None:
        report = parse(f"{HEAD}1\n\nHow good?\n\n{line}\n\n{SENTENCE}")
        assert [question.grade for question in report.questions] == [grade]

    @pytest.mark.parametrize(
        "question",
        ["1. How good?", "1 | How good?", "Q1. How good?", "Question 1 of 5: How good?",
         "(1) How good?", "1/5 How good?", "1How good?Show", "Question 1\n\nHow good?"],
    )  # fmt: skip
    def test_forms_of_a_number(self, question: str) -> None:
        report = parse(f"{HEAD}{question}\n\nGood\n\n{SENTENCE}")
        assert [(q.number, q.text) for q in report.questions] == [(1, "How good?")]

    def test_prose_is_read_only_when_asked(self) -> None:
        page = f"{HEAD}1\n\nHow good?\n\nNorthshire Police is inadequate at this. It knows."
        lost = parse(page).questions[0]
        assert (lost.grade, lost.grade_status) == (None, "not_stated")
        report = recognise(page, infer_grades=True).report
        found = report.questions[0]
        assert (found.grade, found.grade_source) == ("Inadequate", "prose")
        assert "PP308" in codes(report)

    def test_last_years_grade_is_never_inferred(self) -> None:
        page = f"{HEAD}1\n\nHow good?\n\nNorthshire Police was good at this in 2016."
        report = recognise(page, infer_grades=True).report
        assert report.questions[0].grade is None

    @pytest.mark.parametrize(
        ("sentence", "label", "status", "source"),
        [
            ("The grade from last year still stands.", "Good", "carried_over", "label"),
            (
                "We have carried last year’s grade forward.",
                "",
                "carried_over",
                "statement",
            ),
            ("This question was not inspected.", "", "not_inspected", "statement"),
            ("We are not grading this question.", "", "not_graded", "statement"),
            ("We do not grade this question.", "", "ungraded", "statement"),
            ("We do not grade this question.", "Ungraded", "ungraded", "label"),
        ],
    )
    def test_standing_sentences(
        self, sentence: str, label: str, status: str, source: str
    ) -> None:
        report = parse(f"{HEAD}1\n\nHow good is it?\n\n{label}\n\n{sentence}")
        question = report.questions[0]
        assert (question.grade_status, question.grade_source) == (status, source)
        assert question.narrative == [sentence]


class TestOverview:
    PAGE = (
        "Northshire 2016\n\nRead more about NorthshireThis is HMIC’s third PEEL assessment."
        "\n\nThe extent to which the force is effective at keeping people safe is good.\n\n"
        "The extent to which the force is efficient at keeping people safe requires "
        "improvement.\n\nThe extent to which the force is effective at keeping people safe "
        "is good.\n\nAda Fenwick\n\nHer Majesty’s Inspector of Constabulary\n\n"
        "Effectiveness Inadequate\n\nHow effective is the force at keeping people safe and "
        "reducing crime?\n\nLast updated 02/03/2017\n\nNorthshire Police is slow.\n\n"
        "View the five questions for effectiveness\n"
    )

    def test_label_and_statement_are_held_against_each_other(self) -> None:
        report = parse(self.PAGE)
        read = [(j.pillar, j.grade, j.grade_source) for j in report.judgements]
        assert read == [
            ("Efficiency", "Requires improvement", "statement"),
            ("Effectiveness", "Inadequate", "label"),
        ]
        assert {"PP303", "PP304"} <= set(codes(report))

    def test_a_second_statement_is_unclaimed(self) -> None:
        assert len(parse(self.PAGE).coverage.unclaimed) == 1

    def test_a_glued_link_label_is_cut(self) -> None:
        stated = parse(self.PAGE).stated.paragraphs
        assert stated == ["This is HMIC’s third PEEL assessment."]

    def test_an_inspector_in_two_lines(self) -> None:
        observations = parse(self.PAGE).observations
        assert observations is not None
        assert observations.inspector == "Ada Fenwick"
        assert observations.office == "Her Majesty’s Inspector of Constabulary"

    def test_places_name_the_paths_of_the_report(self) -> None:
        found = recognise(self.PAGE)
        fields = {place.field for place in found.places}
        assert {"judgements[0].statement", "judgements[1].grade"} <= fields

    def test_tabs_that_name_pillars_are_no_pillars(self) -> None:
        tabs = "Effectiveness\n\nEfficiency\n\nEffectiveness Inadequate"
        report = parse(self.PAGE.replace("Effectiveness Inadequate", tabs))
        pillars = [judgement.pillar for judgement in report.judgements]
        assert pillars.count("Effectiveness") == 1


class TestAreas:
    HEAD = (
        "PEEL 2021/22 – An inspection of Northshire Police\n\nPublished on: 27 October 2022"
        "\n\nOverall summary\n\nOur judgments\n\nWe looked at three areas of policing and "
        "made graded judgments in two of these three as follows:\n\n"
    )

    def test_area_and_grade_in_one_line(self) -> None:
        report = parse(f"{self.HEAD}Answering the telephone Inadequate\n\n{SENTENCE}")
        assert grades(report) == [("Answering the telephone", "Inadequate", "graded")]
        assert "PP305" in codes(report)
        assert (report.stated.areas_inspected, report.stated.areas_graded) == (3, 2)

    def test_a_grid_read_by_columns_binds_nothing(self) -> None:
        grid = "Good\n\nRunning the fleet\n\nAdequate\n\nMinding the shop\n\nInadequate\n\n"
        page = f"{self.HEAD}{grid}Running the fleet\n\nAdequate\n\n{SENTENCE}"
        assert grades(parse(page)) == [("Running the fleet", "Adequate", "graded")]

    def test_a_list_of_areas_without_their_words(self) -> None:
        rows = "Expand all\n\nRunning\n\nGood\n\nWalking\n\nAdequate\n\nSitting\n\nInadequate"
        read = [(text, grade) for text, grade, _ in grades(parse(self.HEAD + rows))]
        assert read == [
            ("Running", "Good"),
            ("Walking", "Adequate"),
            ("Sitting", "Inadequate"),
        ]

    def test_the_judgments_table_names_areas(self) -> None:
        grid = "Good\n\nRunning the fleet\n\nMinding the shop\n\nSome words in a sentence.\n\n"
        page = f"{self.HEAD}{grid}Minding the shop\n\n{SENTENCE}"
        report = parse(
            page.replace("Some words", "We say no more about it, but some words")
        )
        assert grades(report) == [("Minding the shop", None, "not_stated")]

    def test_a_signature_ends_the_letter_before_areas_without_names(self) -> None:
        letter = (
            "HM Inspector’s summary\n\nI am pleased with it.\n\nAda Fenwick\n\n"
            "HM Inspector of Constabulary\n\n"
        )
        areas = (
            "Northshire Police is good at using its powers.\n\nIt does.\n\n"
            "Northshire Police is adequate at answering calls.\n\nIt does.\n"
        )
        report = parse(self.HEAD + letter + areas)
        assert report.observations is not None
        assert report.observations.paragraphs == ["I am pleased with it."]
        assert [len(question.narrative) for question in report.questions] == [2, 2]

    def test_words_of_an_area_without_its_name_are_unclaimed(self) -> None:
        report = parse(f"{self.HEAD}Good\n\n{SENTENCE}")
        assert report.questions == []
        assert [block.text for block in report.coverage.unclaimed] == [SENTENCE]

    def test_a_stated_area_without_a_grade(self) -> None:
        said = (
            "The service to victims of crime has no graded judgment in this round.\n\n"
        )
        area = (
            f"Providing a service to the victims of crime\n\nFirst steps\n\n{SENTENCE}"
        )
        question = parse(self.HEAD + said + area).questions[0]
        assert (question.grade_status, question.grade_source) == (
            "ungraded",
            "statement",
        )


class TestBoxes:
    def test_a_line_with_bullets_is_one_of_several_lines(self) -> None:
        box = (
            f"1\n\nDoes the force keep horses?\n\nGood\n\n{SENTENCE}\n\nAreas for "
            "improvement\n\nThe force should{}:\n\n  • one; and\n  • two.\n\n"
            "The force should act.\n"
        )
        (question,) = parse(HEAD + box.format(" make sure that it has")).questions
        assert [(i.text, i.detail) for i in question.areas_for_improvement] == [
            ("The force should make sure that it has:", ["one; and", "two."]),
            ("The force should act.", []),
        ]
        (question,) = parse(HEAD + box.format(" soon")).questions
        lead_ins = [item.lead_in for item in question.areas_for_improvement]
        assert lead_ins == ["The force should soon:", "The force should soon:", None]

    def test_a_listed_question_over_a_box_opens_it(self) -> None:
        listed = "- {}\n\nAreas for improvement\n\nThe force should act.\n\n"
        first = (
            f"How effective is the force at preventing crime?\n\nGood\n\n{SENTENCE}\n\n"
        )
        asked = "To what extent does the force treat its workforce with fairness and respect?"
        lists = "It has:\n\n- a plan; and\n\n"
        report = parse(HEAD + first + lists + listed.format(asked))
        assert [len(q.areas_for_improvement) for q in report.questions] == [0, 1]
        # what the force asks itself is no question of the inspection
        report = parse(HEAD + first + lists + listed.format("What next, if not now?"))
        assert [len(q.areas_for_improvement) for q in report.questions] == [1]

    def test_a_topic_and_its_statement(self) -> None:
        box = "Cause of concern\n\nProtection cause of concern\n\nThere are too few.\n\nBad."
        item = (
            parse(f"{HEAD}1\n\nHow?\n\nGood\n\n{box}").questions[0].causes_of_concern[0]
        )
        assert (item.heading, item.text) == (
            "Protection cause of concern",
            "There are too few.",
        )
        assert item.detail == ["Bad."]

    @pytest.mark.parametrize("label", ["Areas for improvement (2)", "▶ Areas for improvement",
                                       "Areas for improvement (AFIs)", "Area for improvement 1"])  # fmt: skip
    def test_forms_of_a_label(self, label: str) -> None:
        page = f"{HEAD}1\n\nHow?\n\nGood\n\n{label}\n\n  • The force should act.\n"
        assert len(parse(page).questions[0].areas_for_improvement) == 1

    def test_a_box_outside_questions_is_unclaimed(self) -> None:
        question = f"1\n\nHow good is it?\n\nGood\n\n{SENTENCE}"
        report = parse(f"{HEAD}Areas for improvement\n\n{SENTENCE}\n\n{question}")
        assert "PP306" in codes(report)

    def test_a_box_ends_with_its_element(self) -> None:
        page = f"""<html><body><h1>Northshire PEEL 2018</h1><h2>Efficiency</h2>
            <p>Good</p><h2>Questions for Efficiency</h2><h3>1. How good is it?</h3>
            <p>Good</p><div><h4>Area for improvement</h4><p>The force should act.</p></div>
            <p>{SENTENCE}</p></body></html>"""
        question = parse(page, "page.html").questions[0]
        assert [item.text for item in question.areas_for_improvement] == [
            "The force should act."
        ]
        assert question.narrative == [SENTENCE]

    @pytest.mark.parametrize(
        ("turn", "narrative", "findings"),
        [
            ("Northshire Police is good at listening.", 1, 0),
            ("The force is good at listening. It should also speak.", 1, 0),
            ("It also has:\n\n  • a plan;\n  • a map.", 0, 2),
            ("Staff listen. The force:\n\n  • plans; and\n  • acts.", 1, 2),
        ],
    )
    def test_what_was_found_ends_a_box_without_marks(
        self, turn: str, narrative: int, findings: int
    ) -> None:
        box = "Areas for improvement\nThe force should act.\nThe force should plan."
        page = f"{HEAD}1\n\nHow?\n\nGood\n\n{box}\n\n{turn}\n"
        question = parse(page).questions[0]
        assert [item.text for item in question.areas_for_improvement] == [
            "The force should act.",
            "The force should plan.",
        ]
        assert not any(item.detail for item in question.areas_for_improvement)
        assert len(question.narrative) == narrative
        assert len(question.findings) == findings

    @pytest.mark.parametrize(
        ("label", "rest"),
        [
            ("Areas for improvement", "It was slow to act in 2016."),
            ("Areas for improvement", "In 2018 it should be good at listening."),
            ("Cause of concern", "The force is inadequate at listening."),
        ],
    )
    def test_what_explains_an_item_stays_with_it(self, label: str, rest: str) -> None:
        page = f"{HEAD}1\n\nHow?\n\nGood\n\n{label}\nThe force should act.\n\n{rest}\n"
        question = parse(page).questions[0]
        items = question.areas_for_improvement + question.causes_of_concern
        assert [item.detail for item in items] == [[rest]]

    def test_an_improvement_after_the_rest_of_anothers_sentence(self) -> None:
        box = (
            "Areas for improvement\nThe force should act by:\nlistening; and\nplanning.\n"
            "The force should plan.\nThe force should learn.\n\nIt has a map."
        )
        question = parse(f"{HEAD}1\n\nHow?\n\nGood\n\n{box}").questions[0]
        texts = [item.text for item in question.areas_for_improvement]
        assert texts[1:] == ["The force should plan.", "The force should learn."]
        assert question.areas_for_improvement[0].detail == [
            "listening; and",
            "planning.",
        ]
        assert question.narrative == ["It has a map."]

    def test_lead_ins_tell_strengths_from_concerns(self) -> None:
        lists = (
            "The force is good at:\n\n  • listening.\n\nIt needs to:\n\n  • speak.\n\n"
            "The force:\n\n  • is there.\n"
        )
        findings = parse(f"{HEAD}1\n\nHow?\n\nGood\n\n{lists}").questions[0].findings
        assert [item.polarity for item in findings] == ["strength", "concern", None]


class TestEnds:
    @pytest.mark.parametrize(
        "end",
        [
            "The force has a plan to",
            "How is it?\n\nGood\n\nThe force:\n\n  • plans; and",
        ],
    )
    def test_a_page_cut_short_is_named(self, end: str) -> None:
        assert "PP104" in codes(
            parse(f"{HEAD}1\n\nHow?\n\nGood\n\n{SENTENCE}\n\n{end}")
        )

    def test_a_question_printed_twice(self) -> None:
        report = parse(f"{HEAD}1\n\nHow good?\n\nHow good?\n\nGood\n\n{SENTENCE}")
        assert len(report.questions) == 1
        assert "PP309" in codes(report)

    def test_a_list_of_links_is_furniture(self) -> None:
        links = "".join(f'<li><a href="/{n}">Page about {n}</a></li>' for n in "abc")
        page = f"""<html><body><h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2>
            <p>Good</p><h2>Questions for Effectiveness</h2><h3>1. How good is it?</h3>
            <p>Good</p><p>{SENTENCE}</p><h2>Elsewhere</h2><ul>{links}</ul></body></html>"""
        report = parse(page, "page.html")
        assert report.questions[0].narrative == [SENTENCE]
        assert report.coverage.unclaimed == []

    def test_an_empty_assessment_is_an_error(self) -> None:
        assert "PP401" in codes(parse("Northshire PEEL 2017\n\nEffectiveness\n"))

    def test_a_page_of_another_site_is_refused(self) -> None:
        found = next(iter_recognitions(b"Fish and chips\n\nWe fry them.", "menu.txt"))
        assert isinstance(found, NotAReportError)


def test_links_open_the_sentence() -> None:
    page = f"""<html><head><link rel="canonical" href="https://example.org/a/"></head>
        <body><h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2><p>Good</p>
        <h3>1. How good is it?</h3><p>Good</p><ul><li>{SENTENCE}</li></ul></body></html>"""
    report = recognise(page, "page.html", provenance=True).report
    item = report.questions[0].findings[0]
    assert item.path == "/html/body/ul/li"
    assert isinstance(item.link, str)
    assert item.link.startswith("https://example.org/a/#:~:text=Northshire%20Police")


def test_welsh_labels_give_english_grades() -> None:
    report = parse(
        "PEEL 2023–2025: Arolygiad o Heddlu Gwent\n\nCrynodeb cyffredinol\n\nEin barn\n\n"
        "Mae’r heddlu wedi gwella ac yn gweithio gyda phobl.\n\nNewidiadau pwyisg i PEEL\n\n"
        "Ymchwilio i droseddau\n\nAngen gwella\n\nMae angen i Heddlu Gwent wella ei waith "
        "yn y maes hwn ac mae wedi dechrau.\n\nMeysydd i’w gwella\n\nDylai’r heddlu wrando."
    )
    assert report.language == "cy"
    assert report.force is not None
    assert report.force.id == "gwent"
    assert grades(report) == [
        ("Ymchwilio i droseddau", "Requires improvement", "graded")
    ]
    assert len(report.questions[0].areas_for_improvement) == 1


class TestPillars:
    LOST = (
        "Northshire 2017\n\nThe extent to which the force is effective at keeping people safe "
        "is good.\n\nHow effective is the force at keeping people safe and reducing crime?"
        "\n\nLast updated 22/03/2018\n\nIt is safe here.\n\nView the five questions for "
        "effectiveness\n\nLast updated 09/11/2017\n\nIt is cheap here.\n\nView the three "
        "questions for efficiency\n\nStray words after it.\n"
    )

    def test_blocks_without_their_headings(self) -> None:
        report = parse(self.LOST)
        read = [(j.pillar, j.last_updated, j.summary) for j in report.judgements]
        assert read == [
            ("Effectiveness", "2018-03-22", ["It is safe here."]),
            ("Efficiency", "2017-11-09", ["It is cheap here."]),
        ]
        assert [block.text for block in report.coverage.unclaimed] == [
            "Stray words after it."
        ]

    def test_a_second_block_of_a_pillar_is_named(self) -> None:
        block = "Effectiveness\n\nLast updated 22/03/2018\n\nGood\n\n{}\n\n"
        end = "View the five questions for effectiveness\n\n"
        one, two = (
            block.format(text) + end for text in ("First words.", "Second words.")
        )
        report = parse(f"Northshire 2017\n\n{one}{two}")
        # the first is a contents entry or a block of its own, never lost in silence
        assert len(report.judgements) + len(report.coverage.unclaimed) >= 2

    def test_a_second_date_is_unclaimed(self) -> None:
        page = HEAD.replace("Good\n", "Last updated 23/03/2018\nGood\n")
        report = parse(page)
        assert report.judgements[0].last_updated == "2018-03-22"
        assert [b.text for b in report.coverage.unclaimed] == [
            "Last updated 23/03/2018"
        ]

    def test_a_date_among_the_last_links_opens_no_pillar(self) -> None:
        end = "View the five questions for effectiveness\n\n"
        page = f"{HEAD}{end}Last updated 14/06/2018\n\n"
        links = "* Contact us\n\n* Freedom of information\n\n© Crown copyright 2018.\n"
        report = parse(page + links)
        assert len(report.judgements) == 1
        assert [b.text for b in report.coverage.unclaimed] == [
            "Last updated 14/06/2018"
        ]
        assert "PP104" not in codes(report)

    def test_a_heading_after_its_question(self) -> None:
        question = (
            "How effective is the force at keeping people safe and reducing crime?"
        )
        page = (
            f"Northshire PEEL 2017\n\n{question}\n\nEffectiveness\n\nGood\n\n{SENTENCE}"
        )
        judgement = parse(page).judgements[0]
        assert (judgement.pillar, judgement.question) == ("Effectiveness", question)

    def test_a_status_in_the_summary(self) -> None:
        page = HEAD.replace("\nGood\n", "\n") + "1\n\nHow good?\n\nGood\n"
        said = "We are not grading this pillar. Northshire"
        judgement = parse(page.replace("Northshire Police", said)).judgements[0]
        assert judgement.grade_status == "not_graded"

    def test_a_pillar_read_from_prose_says_so(self) -> None:
        report = recognise(HEAD.replace("\nGood\n", "\n"), infer_grades=True).report
        assert report.judgements[0].grade_source == "prose"
        assert "PP308" in codes(report)

    def test_labels_of_a_design_are_furniture(self) -> None:
        page = HEAD.replace("Last updated", "Summary\n\nLast updated")
        report = parse(page)
        assert "Summary" not in str(report.judgements)

    def test_pairs_of_label_and_value(self) -> None:
        page = (
            "PEEL 2017\n\nForce\n\nNorthshire Police\n\nPillar\n\nEffectiveness\n\n"
            "Inspector:\n\nAda Fenwick\n\nHer Majesty’s Inspector of Constabulary\n\n"
            f"Last updated\n\n22 Mar 2018\n\nJudgement\n\nGood\n\n{SENTENCE}\n\nForce"
        )
        report = parse(page)
        assert report.force is not None
        assert report.force.name == "Northshire Police"
        assert report.judgements[0].last_updated == "2018-03-22"

    def test_a_label_without_its_value_is_a_heading_or_says_nothing(self) -> None:
        marked = (
            "# PEEL 2017\n\n## Effectiveness\n\n### 1. How?\n\nGood\n\n#### Service\n\n"
            f"{SENTENCE}\n\nLast updated\n\nJudgement\n\n{SENTENCE}"
        )
        question = parse(marked).questions[0]
        assert question.subheadings == ["Service"]
        assert question.narrative == [SENTENCE, SENTENCE]


class TestLines:
    def test_a_grade_and_a_date_in_one_line(self) -> None:
        page = HEAD.replace("22/03/2018\nGood", "22/03/2018 Inadequate")
        assert parse(page).judgements[0].grade == "Inadequate"

    def test_a_date_that_is_no_day(self) -> None:
        page = HEAD.replace("22/03/2018", "31/02/2018")
        assert parse(page).judgements[0].last_updated is None

    def test_words_after_a_date_make_it_prose(self) -> None:
        page = HEAD.replace("22/03/2018", "22/03/2018 by the web team")
        assert parse(page).judgements[0].last_updated is None

    def test_a_question_and_its_grade_in_one_line(self) -> None:
        report = parse(f"{HEAD}1. How good? Outstanding\n\n{SENTENCE}")
        assert grades(report) == [("How good?", "Outstanding", "graded")]

    def test_a_drawing_and_a_label_run_together(self) -> None:
        page = f"{HEAD}1\n\nHow?\n\nGood\n\nflagAreas for improvement\n\n  • Act.\n"
        assert len(parse(page).questions[0].areas_for_improvement) == 1

    def test_a_sentence_that_opens_as_a_link_does_is_kept(self) -> None:
        page = f"{HEAD}1\n\nHow?\n\nGood\n\nContact with the public is good."
        assert parse(page).questions[0].narrative == [
            "Contact with the public is good."
        ]

    def test_a_question_about_other_inspections_is_nobodys(self) -> None:
        page = (
            "Northshire PEEL 2016\n\nOther inspections\n\nWhat else did we look at?\n\n"
            f"{SENTENCE}\n\n{HEAD.partition(chr(10))[2]}"
        )
        report = parse(page)
        assert report.stated.paragraphs[0] == SENTENCE
        assert report.questions == []

    def test_a_question_in_a_list_is_a_bullet(self) -> None:
        page = f"{HEAD}1\n\nHow?\n\nGood\n\nWe asked:\n\n  • How are you?\n  • Why?\n"
        assert len(parse(page).questions[0].findings) == 2

    def test_a_contents_list_before_the_questions(self) -> None:
        contents = "1\n\nHow good?\n\n2\n\nHow kind?\n\n"
        body = f"1\n\nHow good?\n\nGood\n\n{SENTENCE}\n\n2\n\nHow kind?\n\nInadequate\n"
        report = parse(HEAD + contents + body)
        assert [q.grade for q in report.questions] == ["Good", "Inadequate"]
        assert report.coverage.unclaimed == []

    def test_nothing_follows_a_question(self) -> None:
        assert "PP104" in codes(
            parse(f"{HEAD}1\n\nHow good?\n\nGood\n\nIt.\n\n2\n\nHow?")
        )

    def test_a_table_of_figures_is_narrative(self) -> None:
        rows = (
            "<tr><th>Year</th><th>Calls</th></tr><tr><td>2016</td><td>4,812</td></tr>"
        )
        page = f"""<html><body><h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2>
            <p>Good</p><h3>1. How good is it?</h3><p>Good</p><p>{SENTENCE}</p>
            <table>{rows}</table><p>{SENTENCE}</p></body></html>"""
        assert "4,812" in parse(page, "page.html").questions[0].narrative

    def test_a_heading_ends_an_untitled_box(self) -> None:
        page = f"""<html><body><h1>Northshire PEEL 2018</h1><h2>Efficiency</h2><p>Good</p>
            <h3>1. How good is it?</h3><p>Good</p><h4>Cause of concern</h4><p>It is slow.</p>
            <p>Very slow.</p><h4>Other matters</h4><p>{SENTENCE}</p></body></html>"""
        question = parse(page, "page.html").questions[0]
        assert question.causes_of_concern[0].detail == ["Very slow."]
        assert question.subheadings == ["Other matters"]

    def test_a_long_sentence_is_linked_by_its_ends(self) -> None:
        words = " ".join(f"word{n}" for n in range(30))
        page = f"""<html><body><h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2><p>Good</p>
            <h3>1. How good is it?</h3><p>Good</p><ul><li>The {words}.</li></ul></body></html>"""
        found = recognise(page, "page.html", "https://example.org/", provenance=True)
        link = found.report.questions[0].findings[0].link
        assert isinstance(link, str)
        assert link.count(",") == 1


class TestReading:
    """Rules of the HTML reader that only such pages show."""

    HTML = (
        "<html><body><h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2><p>Good</p>"
        "<h3>1. How good is it?</h3><p>Good</p>{}</body></html>"
    )

    def question(self, body: str) -> Report:
        return parse(self.HTML.format(body), "page.html")

    def test_lists_as_word_writes_them(self) -> None:
        body = "<p>The force:</p>" + "".join(
            f"<p>{mark}\xa0\xa0 {text}</p>"
            for mark, text in (
                ("·", "plans:"),
                ("o", "well;"),
                ("o", "early;"),
                ("·", "acts."),
            )
        )
        findings = self.question(body).questions[0].findings
        assert [(f.text, f.detail) for f in findings] == [
            ("plans:", ["well;", "early;"]),
            ("acts.", []),
        ]

    def test_dashes_after_line_breaks(self) -> None:
        body = "<p>The force:<br>- plans; and<br>- acts.</p>"
        assert len(self.question(body).questions[0].findings) == 2

    def test_a_second_paragraph_of_an_item(self) -> None:
        body = "<ul><li><p>It plans.</p><p>It does so early.</p></li></ul>"
        finding = self.question(body).questions[0].findings[0]
        assert finding.detail == ["It does so early."]

    def test_a_footer_inside_the_page_is_content(self) -> None:
        body = (
            f"<section><p>{SENTENCE}</p><footer><p>It ends so.</p></footer></section>"
        )
        assert self.question(body).questions[0].narrative == [SENTENCE, "It ends so."]

    def test_a_paragraph_in_a_description(self) -> None:
        body = "<dl><dt>Cause of concern</dt><dd><p>It is slow.</p></dd></dl>"
        assert (
            self.question(body).questions[0].causes_of_concern[0].text == "It is slow."
        )

    def test_an_item_that_holds_a_heading_is_a_part_of_the_page(self) -> None:
        said = "This question was not inspected. Our judgment of 2016 has been carried over."
        body = f"<ol><li><h3>How fast is it?</h3><p>Good</p><p>{said}</p></li></ol>"
        question = self.question(body).questions[1]
        assert (question.grade_status, question.narrative) == ("carried_over", [said])
        assert question.findings == []

    AREAS = (
        "<dl><dt>Areas for improvement</dt><dd>The force should say:<ul><li>why; and"
        "</li><li>how.</li></ul></dd><dd>The force should act.</dd></dl>"
    )
    RECOMMENDED = (
        "<dl><dt>Recommendations</dt><dd>The force should:</dd>"
        "<dd><ol><li>plan; and</li><li>act.</li></ol></dd></dl>"
    )

    @pytest.mark.parametrize(
        "body",
        [
            AREAS.replace("</dd>", ""),
            AREAS.replace("<ul>", "\n <ul>").replace("</dd>", "\n </dd>\n"),
            AREAS.replace("</dd>", "").replace("dd>", "DD>").replace("<li>", "\n<li>"),
        ],
    )
    def test_end_tags_and_white_space_of_a_description(self, body: str) -> None:
        found = self.question(body).questions[0].areas_for_improvement
        assert [(item.text, item.lead_in, item.detail) for item in found] == [
            ("The force should say:", None, ["why; and", "how."]),
            ("The force should act.", None, []),
        ]

    @pytest.mark.parametrize("space", ["", "\n  "])
    def test_a_list_has_a_description_of_its_own(self, space: str) -> None:
        body = self.RECOMMENDED.replace("<dd><ol>", f"<dd>{space}<ol>")
        found = self.question(body).questions[0].recommendations
        assert [item.text for item in found] == ["plan; and", "act."]
        assert {item.lead_in for item in found} == {"The force should:"}


class TestCorners:
    def test_a_document_title_alone_tells_the_kind(self) -> None:
        page = f"""<html><head><title>Peel 2017 force press releases</title></head>
            <body><h2>HMICFRS</h2><p>{SENTENCE}</p></body></html>"""
        report = parse(page, "page.html")
        assert report.kind == "not_an_assessment"
        assert report.title == "Peel 2017 force press releases"

    def test_a_name_in_the_judgments_table_needs_content(self) -> None:
        grid = "Good\n\nRunning the fleet\n\n"
        links = "Answering calls\n\nAdequate\n\n{}\n\nRunning the fleet\n\nHelp"
        report = parse(TestAreas.HEAD + grid + links.format(SENTENCE))
        assert [q.text for q in report.questions] == ["Answering calls"]

    def test_a_table_of_layout_keeps_its_labels(self) -> None:
        page = """<html><body><h1>Northshire PEEL 2017</h1><table><tr><th>Effectiveness</th>
            <td>Good</td></tr><tr><th>1</th><td>How good is it?</td><td>Inadequate</td></tr>
            </table></body></html>"""
        assert [q.grade for q in parse(page, "page.html").questions] == ["Inadequate"]

    def test_a_legend_at_the_top_heads_nothing(self) -> None:
        page = HEAD.replace(
            "Last updated", "Outstanding\n\nGood\n\nInadequate\n\nLast updated"
        )
        assert parse(page).judgements[0].grade == "Good"

    def test_a_link_after_no_pillar(self) -> None:
        page = (
            "Northshire 2017\n\nThe extent to which the force is effective at keeping people "
            "safe is good.\n\nView the five questions for effectiveness\n\n"
            "Further insights on effectiveness\n\nIt is safe here.\n"
        )
        assert [j.grade for j in parse(page).judgements] == ["Good"]

    def test_a_statement_without_a_grade(self) -> None:
        page = (
            "Northshire 2014\n\nin terms of its effectiveness, the force is good at this and "
            "that, and it has more to do;\n\nAda Fenwick, Her Majesty’s Inspector of "
            "Constabulary\n"
        )
        judgement = parse(page).judgements[0]
        assert (judgement.pillar, judgement.grade_status) == (
            "Effectiveness",
            "ungraded",
        )

    @pytest.mark.parametrize("text", ["soon", "32/01/2018", "2018-13-01"])
    def test_no_such_day(self, text: str) -> None:
        assert parse_date(text, {}) is None

    def test_a_pillar_and_its_grade_in_one_line(self) -> None:
        page = HEAD.replace("Effectiveness\n\nHow", "Effectiveness Inadequate\n\nHow")
        assert parse(page.replace("\nGood\n", "\n")).judgements[0].grade == "Inadequate"

    def test_the_same_pillar_twice(self) -> None:
        first = HEAD.replace("Questions for Effectiveness\n", "")
        report = parse(first + HEAD.partition("\n\n")[2])
        assert "PP303" in codes(report) or len(report.judgements) == 1


class TestBytes:
    @pytest.mark.parametrize(
        ("charset", "code"), [("utf-8", "PP101"), ("euc-jp", "PP101"), ("koi8-r", "")]
    )
    def test_declarations_that_the_bytes_contradict(
        self, charset: str, code: str
    ) -> None:
        page = f'<meta charset="{charset}"><h1>Northshire PEEL 2017</h1><p>‘Good’ – £5'
        found = read_page(page.encode("cp1252"))
        assert ([problem.code for problem in found.problems] + [""])[0] == code

    def test_line_ends_of_a_pretty_printer_part_no_points(self) -> None:
        page = b"<p>\n a (\n <a>\n  plan\n </a>\n ), with\n <b>\n  it\n </b>\n ;\n</p>"
        _, blocks, _ = read_html(page, "utf-8")
        assert [block.text for block in blocks] == ["a (plan ), with it;"]

    def test_a_tree_too_deep_is_an_error(self) -> None:
        with pytest.raises(LimitError) as error:
            read_html(b"<div>" * 4_000 + b"Good", "utf-8")
        assert "nested" in str(error.value)

    def test_a_document_without_an_element_is_an_error(self) -> None:
        with pytest.raises(EmptyPageError):
            read_html(b"<!-- nothing -->", "utf-8")

    def test_a_tag_with_thousands_of_attributes_is_an_error(self) -> None:
        tag = b"<p " + b"a=1 " * 50_000 + b">"
        with pytest.raises(LimitError) as error:
            read_html(b"<h1>Northshire PEEL 2017</h1>" + tag, "utf-8")
        assert "50,00" in str(error.value)


class TestLinesOfTwo:
    PAGE = (
        "<h1>Northshire PEEL 2017</h1>{}"
        "<p>How effective is the force at keeping people safe and reducing crime?</p>"
        "{}<p>Northshire Police is good at keeping people safe.</p>"
    )

    @pytest.mark.parametrize("line", ["Effectiveness Good", "EffectivenessGood"])
    def test_a_pillar_and_its_grade_in_one_line(self, line: str) -> None:
        (judgement,) = parse(self.PAGE.format(f"<h2>{line}</h2>", ""), "a").judgements
        assert (judgement.pillar, judgement.grade) == ("Effectiveness", "Good")

    @pytest.mark.parametrize("line", ["Judgement Good", "Judgement: Good", "iconGood"])
    def test_a_grade_label_and_its_grade_in_one_line(self, line: str) -> None:
        page = self.PAGE.format("<h2>Effectiveness</h2>", f"<p>{line}</p>")
        assert parse(page, "a").judgements[0].grade == "Good"

    def test_content_wins_over_chrome_where_a_block_has_both(self) -> None:
        words = standard_vocabulary()
        page = read_page(SENTENCE.encode())
        token = Token(Role.PROSE, 0, SENTENCE)
        look = survey(page, [token], words)
        out = Outline([token], page.blocks, look, words)
        out.place(token, "judgements[0].summary")
        out.chrome(token)
        assert out.drafts.places[0].field == "judgements[0].summary"

    def test_a_pillar_named_twice_is_one_pillar(self) -> None:
        twice = "<h2>Effectiveness</h2><p>Effectiveness</p>"
        (judgement,) = parse(self.PAGE.format(twice, "<p>Good</p>"), "a").judgements
        assert (judgement.pillar, judgement.grade) == ("Effectiveness", "Good")

    def test_a_document_title_is_furniture(self) -> None:
        line = "PEEL: Police effectiveness, efficiency and legitimacy, all forces"
        page = self.PAGE.format(f"<h2>Effectiveness</h2><p>{line}</p>", "<p>Good</p>")
        report = parse(page, "a")
        assert line not in str(report.judgements)
        assert report.judgements[0].grade == "Good"

    def test_all_pages_of_a_source_are_given(self) -> None:
        page = self.PAGE.format("<h2>Effectiveness</h2>", "<p>Good</p>").encode()
        assert [report.edition for report in parse_all(page)] == ["2017"]

    def test_a_pattern_is_compiled_once_for_each_way_to_read_case(self) -> None:
        words = Vocabulary()
        assert words.pattern("as is").fullmatch("As is") is None
        assert words.pattern("as is", ignore_case=True).fullmatch("As is")

"""What copies that lost headings, line ends or characters still say, and no more."""

import pytest

from cases import recognise
from peelparse.read.decode import decode
from peelparse.read.garbled import find_garbled, mend_garbled
from peelparse.report import Report

MENU = """Home

Police forces

Eastmere

Westvale

Marl-Ouse

PEEL assessments

PEEL 2016

PEEL 2017

PEEL 2018/19

Effectiveness

Efficiency

Publications

News"""
STATED = "Our inspection looked at seven areas of policing at Northshire Police."
LEAD = "The force knows its streets well, and it looks after those who live there."

FOUND = (
    "We set out our detailed findings below. These are the basis for our judgment of "
    "the force’s performance in this area."
)


def parse(page: str) -> Report:
    outcome = recognise(page.encode(), "page.txt")
    assert outcome.recognition is not None, outcome.error
    return outcome.recognition.report


def grades(report: Report) -> list[tuple[str, str | None]]:
    return [(question.text, question.grade) for question in report.questions]


def codes(report: Report) -> list[str]:
    return [diagnostic.code for diagnostic in report.diagnostics]


class TestStart:
    """Where a page begins that has a menu before it."""

    def test_a_menu_between_the_documents_title_and_the_page(self) -> None:
        report = parse(
            f"Northshire PEEL 2017 – Effectiveness – HMICFRS\n\n{MENU}\n\n"
            f"PEEL 2017: Effectiveness\n\nNorthshire Constabulary\n\n"
            f"Last updated 22/03/2018\n\nGood\n\n{LEAD}\n"
        )
        assert report.title == "Northshire PEEL 2017"
        (judgement,) = report.judgements
        assert (judgement.grade, judgement.summary) == ("Good", [LEAD])
        assert report.stated.paragraphs == []

    def test_what_follows_a_title_is_no_menu_if_it_is_short(self) -> None:
        report = parse(f"Northshire PEEL 2017\n\nEffectiveness\n\nGood\n\n{LEAD}\n")
        assert report.judgements[0].summary == [LEAD]

    def test_editions_of_a_menu_are_not_the_pages(self) -> None:
        report = parse(
            f"{MENU}\n\nPEEL 2018/19\n\nNorthshire Police\n\n"
            f"Last updated 22/03/2019\n\nGood\n\n{LEAD}\n"
        )
        assert report.edition == "2018-19"

    def test_an_edition_among_other_links_opens_nothing(self) -> None:
        report = parse(
            "PEEL 2016\n\nHome\n\nNews\n\nJobs\n\nHelp\n\nPEEL 2017\n\n"
            f"Northshire Police\n\nLast updated 22/03/2018\n\nGood\n\n{LEAD}\n"
        )
        assert report.edition == "2017"
        assert report.judgements[0].summary == [LEAD]

    @pytest.mark.parametrize("dash", ["-", "–", "--", "*", "\ufffd", "â\x80\x93"])
    def test_a_title_whose_dash_is_lost(self, dash: str) -> None:
        report = parse(
            f"PEEL 2021/22 {dash} An inspection of Northshire Police\n\n"
            f"Investigating crime\n\nGood\n\n{LEAD}\n"
        )
        assert report.edition == "2021-22"
        assert report.force is not None
        assert report.force.name == "Northshire Police"

    def test_only_a_pillar_page_has_the_label_of_its_questions(self) -> None:
        report = parse(
            "What is PEEL?\n\nPEEL 2017: Effectiveness\n\nNorthshire Constabulary\n\n"
            f"Last updated 22/03/2018\n\nGood\n\n{LEAD}\n\n"
            f"Questions for Effectiveness\n\n1\n\nHow good is it?\n\nGood\n\n{LEAD}\n"
        )
        assert report.kind == "pillar"


HEAD = f"PEEL 2021/22 – An inspection of Northshire Police\n\nOur judgments\n\n{STATED}"


class TestAreas:
    """Areas whose heading has no grade of its own, or no heading at all."""

    LISTED = (
        f"{HEAD}\n\nOutstanding\n\nWatching the hills\n\nGood\n\nKeeping the peace\n\n"
        "Adequate\n\nFinding lost sheep\n\nMending the roads\n\nInadequate\n\n"
        "Answering those who call\n\n"
    )

    def test_the_list_of_judgments_grades_areas(self) -> None:
        report = parse(
            f"{self.LISTED}Keeping the peace\n\n{LEAD}\n\nMending the roads\n\n{LEAD}\n"
        )
        wanted = [("Keeping the peace", "Good"), ("Mending the roads", "Adequate")]
        assert grades(report) == wanted
        assert {question.grade_source for question in report.questions} == {"label"}

    def test_panels_that_were_closed(self) -> None:
        names = ["Keeping the peace", "Finding lost sheep", "Watching the hills"]
        report = parse(self.LISTED + "\n\n".join(names))
        wanted = ["Good", "Adequate", "Outstanding"]
        assert grades(report) == list(zip(names, wanted, strict=True))

    def test_the_list_alone(self) -> None:
        report = parse(self.LISTED)
        assert grades(report) == [
            ("Watching the hills", "Outstanding"),
            ("Keeping the peace", "Good"),
            ("Finding lost sheep", "Adequate"),
            ("Mending the roads", "Adequate"),
            ("Answering those who call", "Inadequate"),
        ]

    CLOSED = (
        "Helping victims\n\nUngraded\n\nMending the roads\n\nAdequate\n\n"
        "Keeping the peace\n\nGood\n\nFinding lost sheep\n\nAdequate\n\n"
        "Watching the hills\n\nOutstanding\n\nAnswering those who call\n\nInadequate\n"
    )

    BY_ROWS = (
        f"{HEAD}\n\nOutstanding\n\nGood\n\nAdequate\n\nInadequate\n\n"
        "Watching the hills\n\nKeeping the peace\n\nFinding lost sheep\n\n"
        "Mending the roads\n\nAnswering those who call\n\n"
    )

    @pytest.mark.parametrize("table", [LISTED, BY_ROWS], ids=["by columns", "by rows"])
    def test_closed_panels_with_their_grades(self, table: str) -> None:
        report = parse(table + self.CLOSED)
        lines = self.CLOSED.strip().split("\n\n")
        wanted = dict(zip(lines[::2], lines[1::2], strict=True)) | {
            "Helping victims": None
        }
        assert grades(report) == list(wanted.items())
        assert report.questions[0].grade_status == "ungraded"

    def test_closed_panels_that_the_table_contradicts(self) -> None:
        closed = self.CLOSED.replace("Good", "Inadequate")
        report = parse(self.LISTED + closed)
        assert ("Keeping the peace", "Inadequate") not in grades(report)

    @pytest.mark.parametrize(
        "table",
        [
            # row by row: nothing tells which area has which grade
            "Outstanding\n\nGood\n\nInadequate\n\nKeeping the peace\n\nMending roads",
            # one area twice
            "Outstanding\n\nA peace\n\nGood\n\nA peace\n\nAdequate\n\nB",
        ],
    )
    def test_a_table_that_tells_nothing_grades_nothing(self, table: str) -> None:
        report = parse(f"{HEAD}\n\n{table}\n\nKeeping the peace\n\n{LEAD}\n")
        assert [grade for _, grade in grades(report)] in ([], [None])

    def test_the_sentence_after_it_names_an_area(self) -> None:
        report = parse(
            f"{HEAD}\n\nFinding lost sheep\n\n"
            f"Northshire Police is good at finding sheep that are lost.\n\n{LEAD}\n\n"
            f"A short line\n\nNorthshire Police is good at other things.\n\n"
            f"Too short.\n\nNorthshire Police is good at being short.\n"
        )
        assert grades(report) == [("Finding lost sheep", None)]
        assert report.questions[0].grade_status == "not_stated"

    def test_a_name_that_its_sentence_was_run_into(self) -> None:
        report = parse(
            f"{self.LISTED}Keeping the peace Northshire Police is good at keeping the "
            f"peace.\n\n{LEAD}\n"
        )
        assert report.questions[0].text == "Keeping the peace"
        assert report.questions[0].narrative == [
            "Northshire Police is good at keeping the peace.",
            LEAD,
        ]

    def test_the_label_of_a_link_before_each_grade_is_no_area(self) -> None:
        areas = ["Investigating crime", "Responding to the public", "Preventing crime"]
        report = parse(
            f"{HEAD}\n\n"
            + "".join(f"{area}\n\nPrintpart\n\nGood\n\n{LEAD}\n\n" for area in areas)
        )
        assert grades(report) == [(area, "Good") for area in areas]

    def test_standing_text_after_the_table_heads_no_area(self) -> None:
        report = parse(
            f"{HEAD}\n\nPreventing crime\n\nInvestigating crime\n\n"
            "We also inspected how effective a service Northshire Police gives to "
            f"victims of crime. We do not grade it.\n\nResponding to the public\n\n"
            f"Good\n\n{LEAD}\n"
        )
        assert grades(report) == [("Responding to the public", "Good")]


class TestLostHeadings:
    """Grades over prose, of which the copy has lost the question."""

    def test_each_is_a_question_without_words(self) -> None:
        report = parse(
            "Northshire PEEL 2017\n\nEffectiveness\n\nLast updated 22/03/2018\n\nGood\n\n"
            f"{LEAD}\n\nQuestions for Effectiveness\n\nGood\n\n{LEAD}\n\n"
            f"Areas for improvement\n\nThe force should act.\n\nInadequate\n\n{LEAD}\n"
        )
        assert grades(report) == [("", "Good"), ("", "Inadequate")]
        assert report.questions[0].areas_for_improvement[0].text == (
            "The force should act."
        )
        assert codes(report).count("PP310") == 2
        assert {question.pillar for question in report.questions} == {"Effectiveness"}

    def test_one_alone_is_a_stray_word(self) -> None:
        report = parse(
            "Northshire PEEL 2017\n\nEffectiveness\n\nLast updated 22/03/2018\n\nGood\n\n"
            f"{LEAD}\n\nQuestions for Effectiveness\n\nGood\n\n{LEAD}\n"
        )
        assert grades(report) == [("", None)]
        assert "PP307" in codes(report)

    def test_the_last_name_of_the_table_is_not_the_lost_one(self) -> None:
        report = parse(
            f"{HEAD}\n\nInvestigating crime\n\nPreventing crime\n\n"
            f"Responding to the public\n\nUngraded\n\n{LEAD}\n\n"
            f"Good\n\n{LEAD}\n\nAdequate\n\n{LEAD}\n"
        )
        assert grades(report) == [("", None), ("", "Good"), ("", "Adequate")]

    def test_parts_of_questions_without_any_question(self) -> None:
        report = parse(
            f"Northshire PEEL 2017 – Effectiveness – HMICFRS\n\n{LEAD}\n\n"
            f"Areas for improvement\n\n• The force should act.\n\n{FOUND}\n\n{LEAD}\n"
        )
        (judgement,), (question,) = report.judgements, report.questions
        assert (judgement.pillar, judgement.summary) == ("Effectiveness", [LEAD])
        assert (question.text, question.grade_status) == ("", "not_stated")
        assert [item.text for item in question.areas_for_improvement] == [
            "The force should act."
        ]
        assert question.narrative == [FOUND, LEAD]
        assert codes(report).count("PP310") == 1

    def test_a_box_on_an_overview_is_no_question(self) -> None:
        report = parse(
            f"Northshire PEEL 2017\n\nEffectiveness\n\nGood\n\n{LEAD}\n\nEfficiency\n\n"
            f"Good\n\n{LEAD}\n\nAreas for improvement\n\nThe force should act.\n"
        )
        assert (report.kind, report.questions) == ("overview", [])

    def test_each_standing_sentence_is_of_a_question(self) -> None:
        first, second = (
            f"Northshire Police is {grade} at finding sheep.\n\n{FOUND}\n\n{LEAD}\n\n"
            for grade in ("good", "inadequate")
        )
        cause = "Cause of concern\n\nSheep are lost.\n\nRecommendations\n\n"
        report = parse(
            f"Northshire PEEL 2018/19 – Effectiveness – HMICFRS\n\n{first}{cause}"
            f"By May, the force should:\n\n• buy a dog.\n\n{second}"
        )
        assert grades(report) == [("", None), ("", None)]
        assert report.questions[0].narrative[-1] == LEAD
        assert report.questions[1].causes_of_concern[0].text == "Sheep are lost."
        assert report.questions[1].recommendations[0].text == "buy a dog."

    @pytest.mark.parametrize(
        ("between", "boxes"),
        [
            ("", [0, 0]),
            (f"Areas for improvement\n\n• The force should act.\n\n{LEAD}\n\n", [1, 0]),
            ("Recommendations\n\n• It should act.\n\n", [0, 1]),
            (
                "Areas for improvement\n\n• It must act.\n\nRecommendations\n\n• buy it.\n\n",
                [1, 1],
            ),
            (f"{LEAD}\n\n" * 6 + "Recommendations\n\n• It should act.\n\n", [0, 1]),
        ],
    )
    def test_what_stands_before_a_standing_sentence(
        self, between: str, boxes: list[int]
    ) -> None:
        report = parse(
            f"Northshire PEEL 2018/19\n\nEffectiveness\n\nGood\n\n1\n\nHow good?\n\n"
            f"Good\n\n{FOUND}\n\n{LEAD}\n\n{between}{FOUND}\n\n{LEAD}\n"
        )
        assert grades(report) == [("How good?", "Good"), ("", None)]
        assert [
            len(each.areas_for_improvement) + len(each.recommendations)
            for each in report.questions
        ] == boxes

    def test_a_grade_that_ends_an_area_takes_its_words_away(self) -> None:
        # whatever follows is of an area that this copy does not name
        other = "The force is slow, and it does not know why that is so."
        report = parse(
            f"{HEAD}\n\nInvestigating crime\n\nGood\n\n{LEAD}\n\nAdequate\n\n{other}\n"
        )
        assert grades(report) == [("Investigating crime", "Good")]
        assert report.questions[0].narrative == [LEAD]
        assert "PP307" in codes(report)


class TestGarbled:
    """UTF-8 that was read as windows-1252 and saved again."""

    def test_it_is_put_right_and_told(self) -> None:
        text = "the force’s £2.4m – “good” • née"
        garbled = text.encode().decode("cp1252", "replace")
        # the closing quotation mark lost a byte on its way
        assert "\ufffd" in garbled
        decoded = decode(garbled.replace("â€\ufffd", "”").encode())
        assert decoded.text == text
        assert [problem.code for problem in decoded.problems] == ["PP102"]

    @pytest.mark.parametrize(
        "text",
        ["Côte d’Azur", "Â", "à€€", "Ã£o", "tân ‘â’", "ï¿½", "â€\ufffd", "Ã\x81"],
    )
    def test_what_is_not_exact_stays(self, text: str) -> None:
        if text in {"Ã£o", "Ã\x81"}:
            assert mend_garbled(text) != text
        else:
            assert mend_garbled(text) == text
            assert find_garbled(text) is None


class TestOpenings:
    """Areas that are told by the sentence which opens each."""

    FIRST = "Northshire Police is adequate at finding lost sheep."
    SECOND = "Northshire Police requires improvement at mending roads."

    def test_each_opens_an_area_without_words(self) -> None:
        report = parse(f"{HEAD}\n\n{self.FIRST}\n\n{LEAD}\n\n{self.SECOND} {LEAD}\n")
        assert grades(report) == [("", None), ("", None)]
        assert [question.narrative for question in report.questions] == [
            [self.FIRST, LEAD],
            [self.SECOND, LEAD],
        ]

    def test_one_more_in_an_area_is_a_sentence_of_it(self) -> None:
        report = parse(
            f"{HEAD}\n\nFinding lost sheep\n\nGood\n\n{self.FIRST}\n\n{LEAD}\n\n"
            f"{self.SECOND}\n"
        )
        assert grades(report) == [("Finding lost sheep", "Good")]

    def test_none_opens_one_in_the_overall_summary(self) -> None:
        report = parse(
            "PEEL 2021/22 – An inspection of Northshire Police\n\nOverall summary\n\n"
            f"{self.FIRST}\n\n{self.SECOND}\n\nInvestigating crime\n\n{LEAD}\n"
        )
        assert grades(report) == [("Investigating crime", None)]

    def test_a_name_that_runs_into_the_sentence_that_repeats_it(self) -> None:
        report = parse(f"{HEAD}\n\nFinding lost sheep {self.FIRST}\n\n{LEAD}\n")
        assert grades(report) == [("Finding lost sheep", None)]
        assert report.questions[0].narrative == [self.FIRST, LEAD]

    def test_a_line_that_a_grade_in_it_does_not_repeat(self) -> None:
        report = parse(f"{HEAD}\n\nIn the hills {self.FIRST}\n\n{LEAD}\n")
        assert report.questions == []


class TestMarks:
    """What tells a page whose title is lost."""

    @pytest.mark.parametrize(
        "page",
        [
            f"Northshire Police is good at finding sheep.\n\n{FOUND}\n\n{LEAD}",
            f"Our judgments\n\n{STATED}\n\nInvestigating crime\n\nAreas for improvement",
            f"Questions for Effectiveness\n\n1\n\nHow good?\n\nGood\n\nThe police came. {LEAD}",
        ],
    )
    def test_labels_and_sentences_that_only_such_pages_have(self, page: str) -> None:
        assert parse(page).title is None

    @pytest.mark.parametrize(
        "page",
        [
            "Recommendations\n\nNorthshire Police is good at finding sheep.",
            f"Overall summary\n\nAreas for improvement\n\nGood\n\n{LEAD} The police came.",
            "How good was our year?\n\nLast updated 22/03/2018\n\nGood\n\nRecommendations",
        ],
    )
    def test_a_few_labels_are_not_enough(self, page: str) -> None:
        assert recognise(page.encode(), "page.txt").recognition is None


class TestLabelsLost:
    """Copies that lost labels."""

    def test_a_sentence_that_grades_the_force_ends_a_box(self) -> None:
        judged = "Northshire Police is good at finding lost sheep."
        report = parse(
            f"Northshire PEEL 2017\n\nEffectiveness\n\nGood\n\n1\n\nHow good?\n\nGood\n\n"
            f"Areas for improvement\n\nThe force should act.\n\n{judged}\n\n{LEAD}\n"
        )
        assert report.questions[0].narrative == [judged, LEAD]

    def test_questions_that_prose_runs_into(self) -> None:
        report = parse(
            "Northshire PEEL 2017 – Effectiveness – HMICFRS\n\nThis site uses cookies.\n\n"
            f"How good is it?\n\n{LEAD}\n\n• Question 1: How well does it find sheep? {LEAD}\n"
            f"• Question 3: How well does it count them? {LEAD}\n"
        )
        assert report.judgements[0].question == "How good is it?"
        assert [(each.number, each.text) for each in report.questions] == [
            (1, "How well does it find sheep?"),
            (3, "How well does it count them?"),
        ]

    def test_a_link_to_the_top_ends_a_part(self) -> None:
        report = parse(
            f"Northshire PEEL 2017\n\nEffectiveness\n\n{LEAD}\n\nBack to top\n\n{LEAD}\n\n"
            f"Areas for improvement\n\n• Act.\n\nBack to top\n\nThe end\n\n{LEAD}\n"
        )
        assert report.judgements[0].summary == [LEAD]
        assert [each.narrative for each in report.questions] == [[LEAD], [LEAD]]


class TestWordsWithoutBoundaries:
    """What no boundary parts is in no field, and what is sure beside it is kept."""

    AREAS = (
        "PEEL 2021/22 – An inspection of Northshire Police Published on 27 October 2022 "
        "Our judgments Our inspection looked at four areas, as follows: "
        "Outstanding Helping those who call Good Keeping the streets safe "
        "Adequate Looking into crime Inadequate Looking after staff "
        "Helping those who call Northshire Police is outstanding at helping those who "
        "call. Keeping the streets safe Northshire Police is good at keeping the streets "
        "safe. Looking into crime Northshire Police is adequate at looking into crime. "
        + 20 * f"{LEAD} "
        + "Looking after staff Northshire Police is inadequate at looking after staff."
    )
    PILLAR = (
        "Northshire PEEL 2017 – Effectiveness – HMICFRS Home Northshire PEEL 2017 "
        "Effectiveness How effective is the force at keeping people safe? Last updated "
        f"22/03/2018 Good {15 * f'{LEAD} '}Questions for Effectiveness "
        "1. How effective is the force at preventing crime? We do not grade this "
        "question. It has vans. The force: drives them; and cleans them."
    )

    def test_names_are_told_by_the_list_of_judgments(self) -> None:
        assert [question.text for question in parse(self.AREAS).questions] == [
            "Helping those who call",
            "Keeping the streets safe",
            "Looking into crime",
            "Looking after staff",
        ]

    def test_words_before_a_lead_in_are_left(self) -> None:
        report = parse(self.PILLAR)
        question = report.questions[0]
        assert question.narrative == []
        assert [item.text for item in question.findings] == [
            "drives them; and",
            "cleans them.",
        ]
        assert [left.text for left in report.coverage.unclaimed] == [
            "We do not grade this question. It has vans."
        ]
        assert "PP306" in codes(report)

    def test_what_is_left_still_gives_a_status(self) -> None:
        assert parse(self.PILLAR).questions[0].grade_status == "ungraded"


def test_lines_of_a_summary_that_are_no_sentence_are_headings() -> None:
    report = parse(
        "PEEL 2021/22 – An inspection of Northshire Police\n\nOverall summary\n\n"
        f"How effective\n\n{LEAD}\n\nInvestigating crime\n\nGood\n\n{LEAD}\n"
    )
    assert report.stated.paragraphs == [LEAD]


@pytest.mark.parametrize("drawing", ["flag", "!", "Warning"])
def test_the_drawing_beside_a_label_of_a_box_is_no_paragraph(drawing: str) -> None:
    report = parse(
        "PEEL 2021/22 – An inspection of Northshire Police\n\nInvestigating crime\n\n"
        f"Good\n\n{LEAD}\n\n{drawing}\n\nArea for improvement\n\n"
        "The force should act sooner.\n"
    )
    assert report.questions[0].narrative == [LEAD]

"""What of a page is not its assessment: tables, related links, other pages' titles."""

import pytest

from peelparse import parse
from peelparse.report import Report

SENTENCE = "Westvale Police knows its streets well and looks after them."
AREAS = (
    "Recording data about crime",
    "Responding to the public",
    "Investigating crime",
)
REPORT = f"""<h1>PEEL 2023–2025: An inspection of Westvale Police</h1>
<h2>Our judgments</h2>
<p>Our inspection assessed how good Westvale Police is in three areas of policing.</p>
{{table}}<p>The rest of this report says what the force does well.</p>
<h2>Recording data about crime</h2><p>Good</p><p>{SENTENCE}</p>
<h2>Responding to the public</h2><p>Inadequate</p><p>{SENTENCE}</p>
<h2>Investigating crime</h2><p>Adequate</p><p>{SENTENCE}</p>{{end}}"""
PILLAR = f"""<h1>Westvale PEEL 2017</h1><h2>Effectiveness</h2>
<p>How effective is the force at keeping people safe and reducing crime?</p>
<p>Last updated 22/03/2018</p><p>Good</p><p>{SENTENCE}</p>{{middle}}
<h2>Questions for Effectiveness</h2><p>2</p>
<h3>How effective is the force at investigating crime?</h3><p>Good</p>
<p>{SENTENCE}</p><ul><li>It has dogs.</li></ul>{{end}}"""
GRADED = [
    ("Recording data about crime", "Good"),
    ("Responding to the public", "Inadequate"),
    ("Investigating crime", "Adequate"),
]


def read(page: str, name: str = "page.html") -> Report:
    if name.endswith("html"):
        page = f"<!doctype html><html><body><main>{page}</main></body></html>"
    return parse(page.encode(), name=name)


def list_graded(report: Report) -> list[tuple[str, str | None]]:
    return [(question.text, question.grade) for question in report.questions]


class TestJudgments:
    @pytest.mark.parametrize(
        "row", ["<p>{}</p><p>{}</p>", "<div>{}</div><div><b>{}</b></div>"]
    )
    def test_the_last_row_of_the_table_takes_nothing(self, row: str) -> None:
        table = "".join(row.format(*graded) for graded in GRADED)
        report = read(REPORT.format(table=table, end=""))
        assert list_graded(report) == GRADED
        assert [question.narrative for question in report.questions] == [[SENTENCE]] * 3
        assert len(report.stated.paragraphs) == 2
        assert report.stated.areas_inspected == 3

    def test_an_area_that_was_not_inspected(self) -> None:
        page = REPORT.format(table="", end="").replace(
            f"<p>Good</p><p>{SENTENCE}</p>",
            "<p>This area was not inspected in this round of PEEL. We will report on it.</p>",
            1,
        )
        first = read(page).questions[0]
        assert (first.text, first.grade) == (AREAS[0], None)
        assert first.grade_status == "not_inspected"

    @pytest.mark.parametrize(
        "says",
        [
            "We make no graded judgment in this area.",
            "We don’t make a graded judgment in this area.",
        ],
    )
    def test_an_area_without_a_graded_judgment(self, says: str) -> None:
        page = REPORT.format(table="", end="").replace(
            f"<p>Good</p><p>{SENTENCE}</p>", f"<p>{says} {SENTENCE}</p>", 1
        )
        first = read(page).questions[0]
        assert (first.grade, first.grade_status) == (None, "ungraded")


class TestRelated:
    LINKS = (
        "<h3>Related content</h3><ul><li>PEEL 2023–2025: An inspection of Eastmere "
        "Police <b>Outstanding</b></li><li><a href=x>Eastmere Police: Responding to "
        "the public</a> <b>Inadequate</b></li></ul><h3>Areas for improvement</h3>"
        "<p><a href=y>What is an area for improvement?</a></p>"
    )

    def test_links_at_the_end_are_no_areas(self) -> None:
        report = read(REPORT.format(table="", end=self.LINKS))
        assert list_graded(report) == GRADED
        assert not any(question.areas_for_improvement for question in report.questions)

    def test_links_in_the_middle_are_no_findings(self) -> None:
        middle = self.LINKS.partition("</ul>")[0] + "</ul>"
        page = REPORT.format(table="", end="").replace(
            "<h2>Investigating", f"{middle}<h2>Investigating"
        )
        report = read(page)
        assert list_graded(report) == GRADED
        assert not any(question.findings for question in report.questions)

    def test_links_before_a_notice_are_no_findings(self) -> None:
        end = (
            "<h2>More assessments</h2><ul><li><a href=x>Eastmere PEEL 2017</a></li>"
            "<li><a href=y>Marl-Ouse PEEL 2017</a></li>"
            "<li><a href=z>How do we inspect police forces?</a></li></ul>"
            "<p>We use cookies.</p>"
        )
        (question,) = read(PILLAR.format(middle="", end=end)).questions
        assert [finding.text for finding in question.findings] == ["It has dogs."]
        assert (question.narrative, question.subheadings) == ([SENTENCE], [])

    def test_a_statement_on_another_force_is_nobodys(self) -> None:
        other = (
            "<h3>Related content</h3><p>The extent to which Eastmere Police is "
            "efficient at keeping people safe and reducing crime is outstanding.</p>"
        )
        report = read(PILLAR.format(middle="", end=other))
        assert [judgement.pillar for judgement in report.judgements] == [
            "Effectiveness"
        ]
        assert report.judgements[0].statement is None
        assert report.stated.paragraphs == []

    def test_a_date_after_the_page_opens_no_judgement(self) -> None:
        report = read(PILLAR.format(middle="", end="<p>Last updated 14/06/2018</p>"))
        assert [judgement.last_updated for judgement in report.judgements] == [
            "2018-03-22"
        ]

    def test_links_among_what_is_stated_are_furniture(self) -> None:
        page = PILLAR.format(middle="", end="").replace(
            "<h2>Effectiveness</h2>",
            "<p><a href=o>Overview</a></p><h2>Effectiveness</h2>",
        )
        assert read(page).stated.paragraphs == []

    @pytest.mark.parametrize(
        "line",
        [
            "PEEL: Police effectiveness 2017 – Westvale Police (PDF document)",
            "Westvale Police: tables of figures (Excel file, 1.2 MB)",
        ],
    )
    def test_a_download_after_the_findings(self, line: str) -> None:
        text = PILLAR.format(middle="", end=f"<p>{line}</p><p>{SENTENCE}</p>")
        assert read(text).questions[0].narrative == [SENTENCE, SENTENCE]

    def test_links_between_a_page_and_its_copyright(self) -> None:
        end = "<p>Back to top</p><p>Privacy notice</p><p>© Crown copyright 2018</p>"
        report = read(PILLAR.format(middle="", end=end))
        assert report.questions[0].narrative == [SENTENCE]
        assert report.questions[0].subheadings == []


class TestTitles:
    def test_the_title_of_another_page_at_the_end(self) -> None:
        prose = f"<p>{SENTENCE}</p>" * 6
        page = (
            "<h1>Westvale Police: National child protection inspection</h1>"
            "<h2>Our judgments</h2><h2>Responding to children at risk of harm</h2>"
            f"<p>Good</p>{prose}<h2>Related content</h2>"
            "<p>PEEL 2023–2025: An inspection of Westvale Police</p><p>Good</p>"
        )
        report = read(page)
        assert report.kind == "not_an_assessment"
        assert (report.questions, report.judgements) == ([], [])
        assert report.title == "Westvale Police: National child protection inspection"

    def test_a_letter_is_on_the_programme_of_its_force(self) -> None:
        page = (
            "Westvale Police: Causes of concern revisit letter\n\nLetter information\n\n"
            "Sent on 4 September 2024\n\nWestvale Fire and Rescue Service lent a room.\n"
        )
        report = read(page, "page.txt")
        assert (report.kind, report.programme) == ("letter", "PEEL")

    def test_a_banner_is_no_title(self) -> None:
        page = (
            "HMICFRS is consulting on its proposed inspection programme for 2020/21\n\n"
            "PEEL 2018/19 grades table\n\nGroup by region\n\nOff On\n"
        )
        report = read(page, "page.txt")
        assert (report.title, report.edition) == (
            "PEEL 2018/19 grades table",
            "2018-19",
        )

    def test_an_unknown_headline_that_is_no_question(self) -> None:
        page = PILLAR.format(middle="", end="").replace(
            "How effective is the force at keeping people safe and reducing crime?",
            "How well the force looks after its horses",
        )
        (judgement,) = read(page).judgements
        assert judgement.question == "How well the force looks after its horses"

    def test_questions_that_a_list_counts_are_no_core_questions(self) -> None:
        page = (
            "<h2>PEEL news</h2><p>HMIC has a new programme.</p><ol>"
            "<li>To what extent is the force efficient?</li>"
            "<li>To what extent has the force got an affordable way of policing?</li>"
            "</ol><p>Efficiency will have an overall grade.</p>"
        )
        report = read(page)
        assert (report.kind, report.questions) == ("not_an_assessment", [])

    def test_a_welsh_report_names_its_force(self) -> None:
        page = (
            "Crynodeb cyffredinol\n\nEin barn\n\nYr oedd ein harolygiad yn asesu pa mor "
            "dda y mae Heddlu Gwent mewn 10 o feysydd plismona.\n\n"
            "Sylwadau Arolygydd EM\n\nRwy’n falch o’r llu.\n\nMair Pugh\n\n"
            "Arolygydd Cwnstabliaeth EM\n\nCofnodi data am droseddau\n\nDa\n\n"
            "Mae Heddlu Gwent yn dda am gofnodi troseddau.\n"
        )
        report = read(page, "page.txt")
        assert report.language == "cy"
        assert report.force is not None
        assert report.force.id == "gwent"
        assert report.stated.areas_inspected == 10
        assert report.observations is not None
        assert report.observations.inspector == "Mair Pugh"
        assert report.observations.office == "Arolygydd Cwnstabliaeth EM"
        assert [question.grade for question in report.questions] == ["Good"]

    def test_titles_on_a_page_that_assesses_nobody_are_unclaimed(self) -> None:
        page = (
            "PEEL 2017 force press releases\n\nWestvale PEEL 2017\n\n"
            "Notes to editors\n\nEastmere PEEL 2017\n"
        )
        report = read(page, "page.txt")
        assert report.kind == "not_an_assessment"
        assert "Eastmere PEEL 2017" in {each.text for each in report.coverage.unclaimed}

    def test_a_question_after_a_lead_in_is_no_core_question(self) -> None:
        asked = "<p>We asked officers:</p><p>How well do dogs find people?</p>"
        page = PILLAR.format(middle="", end=f"{asked}<p>{SENTENCE}</p>")
        assert [question.number for question in read(page).questions] == [2]

"""The doctor: what it says of a copy, and that its skeleton holds no prose."""

import json
import re
from pathlib import Path
from typing import Final

import msgspec
import pytest
from click.testing import CliRunner, Result

from cases import ROOT, Case, list_report_cases, recognise, run
from peelparse import cli
from peelparse.doctor import COPIES, draw_skeleton, examine
from peelparse.doctor.copies import HTML, REASONS
from peelparse.doctor.skeleton import mask
from peelparse.recognise.vocabulary import make_key, standard_vocabulary
from peelparse.report import Report

CASES: Final = [pytest.param(case, id=case.name) for case in list_report_cases()]
GRADED: Final = """\
Northshire PEEL 2017

Effectiveness

Good

Northshire Police is good at keeping people safe.

Questions for Effectiveness

1

How effective is the force at preventing crime?

Good

Northshire Police is good at preventing crime.

The force:

• knows its streets; and
• works with its neighbours.
"""
DROPPED: Final = GRADED.replace("crime?\n\nGood\n", "crime?\n")
LONG: Final = re.compile(r"[^\W\d_]{2,}")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(DROPPED, "utf-8")
    return path


def run_doctor(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.main, ["doctor", *map(str, arguments)])


def find_report(text: str) -> Report:
    outcome = recognise(text.encode(), "page")
    assert outcome.recognition is not None
    return outcome.recognition.report


def flatten(text: str) -> str:
    return " ".join(text.split())


# what it says


def test_a_screen_says_what_is_missing_and_why(copy: Path) -> None:
    result = run_doctor(copy, "--force", "Avon and Somerset")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 88
    assert len(result.stdout.splitlines()) <= 24
    shown = flatten(result.stdout)
    for part in (
        "copy text, full, utf-8",
        "address not in this copy",
        "kind pillar (PEEL)",
        "force Avon and Somerset (option)",
        "edition 2017",
        "judgements: 1, judgements with a grade: 1, questions: 1, paragraphs: 2",
        "PP302 no grade line for “How effective is the force at preventing crime?”",
        "in this copy (full)",
        "where line 13",
        "why such a copy loses levels of headings",
        "do save the page itself (HTML)",
    ):
        assert part in shown, part


def test_a_whole_copy_is_called_whole(copy: Path) -> None:
    copy.write_text(GRADED, "utf-8")
    result = run_doctor(copy, "--force", "Avon and Somerset", "--json")
    about = json.loads(result.stdout)
    assert (about["verdict"], about["lacks"], result.exit_code) == ("whole", [], 0)
    assert about["found"]["questions with a grade"] == 1


def test_many_lacks_of_one_kind_are_one() -> None:
    page = GRADED + "".join(
        f"\n{number}\n\nHow well does the force do its {number}th work?\n\n"
        "Northshire Police does it as it always did.\n"
        for number in range(2, 8)
    )
    report = find_report(page)
    about = examine(report.source, report)
    (lack,) = [each for each in about.lacks if each.code == "PP302"]
    assert len(lack.lines) == 6
    assert lack.what.count("no grade line") == 3
    assert lack.what.endswith("; and 3 more")


@pytest.mark.parametrize(
    ("text", "code", "verdict"),
    [
        ("Fish and chips: fry the fish.\n", "PP906", "nothing"),
        ("Northshire PEEL 2017\n\nEffectiveness\n", "PP401", "nothing"),
        ("", "PP903", "nothing"),
    ],
)
def test_a_copy_that_holds_no_assessment(
    copy: Path, text: str, code: str, verdict: str
) -> None:
    copy.write_text(text, "utf-8")
    result = run_doctor(copy, "--json")
    about = json.loads(result.stdout)
    assert result.exit_code == 1
    assert about["verdict"] == verdict
    assert code in [lack["code"] for lack in about["lacks"]]
    assert about["format"] == ("text" if text else None)
    assert "no assessment" in run_doctor(copy).stdout


def test_an_error_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = json.dumps({"url": "https://inspectorate.example/a", "text": GRADED})
    path.write_text(f"{row}\n{row[:90]}", "utf-8")
    result = run_doctor(path)
    assert result.exit_code == 3
    assert "where line 2" in flatten(result.stdout)
    assert "address https://inspectorate.example/a" in flatten(result.stdout)


def test_it_fits_a_terminal(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peelparse.cli.doctor.find_width", lambda: 60)
    assert max(map(len, run_doctor(copy).stdout.splitlines())) <= 60


@pytest.mark.parametrize("case", CASES)
def test_every_dialect_is_explained(case: Case) -> None:
    outcome = run(case)
    assert outcome.page is not None
    assert outcome.recognition is not None
    about = examine(outcome.page.source, outcome.recognition.report)
    assert about.layout == COPIES[about.dialect or "html"].what
    codes = {
        each.code
        for each in outcome.recognition.report.diagnostics
        if each.severity != "info"
    }
    assert {lack.code for lack in about.lacks} == codes


def test_the_document_has_the_table() -> None:
    text = (ROOT / "docs" / "copies.md").read_text("utf-8")
    for dialect, copy in COPIES.items():
        assert f"| `{dialect}` | {copy.what} | {copy.loses} |" in text
    table = text.split("|---|---|---|\n")[1].split("\n\n")[0]
    assert table.count("\n") + 1 == len(COPIES)
    said = (ROOT / "src" / "peelparse" / "report.py").read_text("utf-8")
    assert all(f"`{dialect}`" in said for dialect in COPIES.keys() - {HTML})


CLOSED: Final = """\
<html><body><h1>Cumbria PEEL 2017</h1><h2>Effectiveness</h2>
<p>Last updated 22/03/2018</p><p>Good</p><p>Cumbria Constabulary is good.</p>
<h2>Questions for Effectiveness</h2>
<details><summary><h3>1 How good is it at preventing crime?</h3><p>Good</p></summary>
</details>
<details><summary><h3>2 How good is it at solving crime?</h3><p>Good</p></summary>
<p>It is good at it.</p></details>
</body></html>
"""


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (CLOSED, "“How good is it at preventing crime?”"),
        (
            CLOSED.partition("<details>")[0] + "</body></html>",
            "any question of Effectiveness",
        ),
    ],
)
def test_panels_that_were_closed_are_named(
    tmp_path: Path, page: str, found: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(page, "utf-8")
    about = json.loads(run_doctor(path, "--json").stdout)
    (lack,) = about["lacks"]
    assert about["verdict"] == "lacking"
    assert (lack["code"], lack["why"]) == ("PP313", REASONS["PP313"])
    assert lack["what"] == f"this copy holds no text of {found}"
    assert "open all panels" in lack["hint"]
    parse = CliRunner().invoke(cli.main, ["parse", "--strict", str(path)])
    assert parse.exit_code == 1


def test_reasons_are_of_the_code_and_of_the_format() -> None:
    tree = find_report(DROPPED)
    for held_by, why in (("tei", "furniture"), ("axtree", "closed")):
        source = msgspec.structs.replace(tree.source, format=held_by, dialect=None)
        about = examine(source, tree)
        assert about.layout == COPIES[held_by].what
        (lack,) = [lack for lack in about.lacks if lack.code == "PP302"]
        assert why in str(lack.why)
    headless = DROPPED.partition("\n\n")[2].partition("\n•")[0]
    cut = find_report(f"{headless}\n• knows its streets;\n")
    whys = {lack.code: lack.why for lack in examine(cut.source, cut).lacks}
    for code in ("PP104", "PP204"):
        assert whys[code] == REASONS[code]


# a grade that the copy dropped


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        (DROPPED, "full"),
        (re.sub(r"\n\n+", "\n", DROPPED), "compact"),
        (re.sub(r"\n\n\w+(?=\n\n)", "\n\n", GRADED), "lossy"),
        (f"# A\n\n## B\n\n{DROPPED}", "markdown"),
        (f"<html><body><p>{DROPPED.replace(chr(10) * 2, '<p>')}", "html"),
    ],
)
def test_a_dropped_grade_is_said_with_the_copy_and_a_remedy(
    text: str, dialect: str
) -> None:
    report = find_report(text)
    (question,) = report.questions
    assert (question.grade, question.grade_status) == (None, "not_stated")
    (told,) = [
        each
        for each in report.diagnostics
        if each.code == "PP302" and each.line == question.line
    ]
    assert f"in this copy ({dialect})" in told.message
    assert "save the page itself (HTML)" in (told.hint or "")


# the skeleton


@pytest.mark.parametrize("case", CASES)
def test_no_prose_is_left_in_a_skeleton(case: Case) -> None:
    outcome = run(case)
    assert outcome.page is not None
    drawn = draw_skeleton(outcome.page, outcome.recognition)
    head, rows = drawn.split("\n\n", 1)
    lines = rows.splitlines()
    assert len(lines) == len(outcome.page.blocks)
    for line, block in zip(lines, outcome.page.blocks, strict=True):
        place, marks, rule, shape = line.split("\t")
        assert place == str(block.line)
        assert marks.startswith(block.kind.value)
        assert re.fullmatch(r"[a-z_]+/[a-z_]+", rule)
        if shape == block.text and make_key(shape) in standard_vocabulary().by_key:
            continue
        assert set("".join(LONG.findall(shape)).casefold()) <= set("xwords"), shape
        words = set(LONG.findall(shape)) - {"words"}
        assert all(set(word) <= set("xX") for word in words), shape
        assert set(re.findall(r"\d", re.sub(r"\[\d+ words\]", "", shape))) <= {"9"}
    force = outcome.recognition.report.force if outcome.recognition else None
    assert force is None or force.name not in drawn
    assert outcome.page.source.name not in head


def test_official_labels_are_kept() -> None:
    assert mask("Areas for improvement") == "Areas for improvement"
    assert mask("Last updated") == "Last updated"
    assert mask("Good work, Ann") == "Xxxx xxxx, Xxx"
    assert mask("½ caf\xe9\x00") == "9 xxxx?"


def test_a_long_block_is_not_drawn_whole() -> None:
    assert mask("word " * 40 + "end").split()[16:18] == ["[19", "words]"]


def test_a_skeleton_in_place_of_the_screen(copy: Path, tmp_path: Path) -> None:
    shown = run_doctor(copy, "--skeleton").stdout
    assert "15\tparagraph gap=1\tprose/prose\tXxxxxxxxxx Xxxxxx xx xxxx" in shown
    out = tmp_path / "skeleton.txt"
    result = run_doctor(copy, "-o", out)
    assert out.read_text("utf-8") == shown
    assert "verdict" in result.stdout


def test_a_page_that_is_not_recognised_has_a_skeleton(copy: Path) -> None:
    copy.write_text("Fish and chips: fry the fish.\n", "utf-8")
    result = run_doctor(copy, "--skeleton")
    assert result.exit_code == 1
    assert result.stdout.endswith("1\tparagraph\t-\tXxxx xxx xxxxx: xxx xxx xxxx.\n")


def test_a_skeleton_that_cannot_be_put_there(copy: Path, tmp_path: Path) -> None:
    result = run_doctor(copy, "-o", tmp_path / "none" / "skeleton.txt")
    assert result.exit_code == 1
    assert "PP908" in result.stderr
    result = run_doctor(copy, "-o", tmp_path)
    assert result.exit_code == 2
    assert "is a folder" in result.stderr


def test_links_and_numbers_are_marked() -> None:
    html = (
        "<h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2><p>Good</p>"
        "<ol><li><a href=/q><b>How good is the force?</b></a><p>More of it.</li></ol>"
    )
    outcome = recognise(html.encode(), "page")
    assert outcome.page is not None
    drawn = draw_skeleton(outcome.page, outcome.recognition)
    assert "item1 #1 strong link" in drawn
    assert " continues" in drawn
    assert " extent=" in drawn

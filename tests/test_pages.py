"""Every folder in fixtures/pages: what its page gives is what was expected."""

import json
from pathlib import Path
from typing import Final

import msgspec
import pytest

from cases import (
    FIXTURES,
    PAGES,
    Case,
    find_faults,
    list_cases,
    list_report_cases,
    run,
)
from peelparse.report import Report
from truth import Object, compare, read_truth

CASES: Final = list_cases()
TRUE_CASES: Final = [
    pytest.param(
        case,
        marks=[pytest.mark.xfail(reason=case.about.xfail)] if case.about.xfail else [],
        id=case.name,
    )
    for case in list_report_cases()
    if (case.folder / "truth.json").exists()
]


def name(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", CASES, ids=name)
def test_folder_is_a_case(case: Case) -> None:
    assert find_faults(case.folder) == []
    assert case.about.what


def test_no_file_is_orphaned() -> None:
    files = {path for path in FIXTURES.rglob("*") if path.is_file()}
    of_cases = {path for case in CASES for path in case.folder.iterdir()}
    of_snippets = set(FIXTURES.glob("snippets/*.cases"))
    assert files - of_cases - of_snippets == {FIXTURES / ".gitattributes"}


@pytest.mark.parametrize("case", CASES, ids=name)
def test_page_gives_what_is_expected(
    case: Case, golden: list[str] | None, subtests: pytest.Subtests
) -> None:
    path, written = case.expectation, run(case).write()
    if golden is not None:
        rewrite(path, written, golden)
        return
    expected: Object = json.loads(path.read_bytes())
    found: Object = json.loads(written)
    for field in expected:
        with subtests.test(field):
            assert found.get(field) == expected[field]
    with subtests.test("no other fields"):
        assert list(found) == list(expected)


def rewrite(path: Path, written: bytes, golden: list[str]) -> None:
    """Write an expectation that differs, and fail so that it is looked at."""
    if not path.exists() or path.read_bytes() != written:
        path.write_bytes(written)
        golden.append(path.parent.name)
        pytest.fail(f"rewritten: {path.relative_to(FIXTURES)}")


@pytest.mark.parametrize("case", TRUE_CASES)
def test_report_holds_what_a_person_read(case: Case) -> None:
    truth = read_truth(case.folder / "truth.json")
    recognition = run(case).recognition
    assert recognition is not None
    differences = compare(truth, recognition.report)
    assert differences == ([], [])


def test_xfail_needs_a_truth() -> None:
    reasons = [
        c for c in CASES if c.about.xfail and not (c.folder / "truth.json").exists()
    ]
    assert reasons == []


class TestTruth:
    """The comparison itself can fail, in both directions."""

    CASE: Final = Case("northshire-2017-legitimacy")

    def compare_changed(self, change: Object) -> tuple[int, int]:
        recognition = run(self.CASE).recognition
        assert recognition is not None
        report = msgspec.convert(
            msgspec.to_builtins(recognition.report) | change, Report
        )
        truth = read_truth(self.CASE.folder / "truth.json")
        missed, extra = compare(truth, report)
        return len(missed), len(extra)

    def test_same(self) -> None:
        assert self.compare_changed({}) == (0, 0)

    def test_other_value(self) -> None:
        assert self.compare_changed({"edition": "2016"}) == (1, 1)

    def test_gone(self) -> None:
        missed, extra = self.compare_changed({"questions": []})
        assert missed > 20
        assert extra == 0

    def test_added(self) -> None:
        text = "A sentence that nobody wrote."
        stated: Object = {"paragraphs": [text]}
        assert self.compare_changed({"stated": stated}) == (0, 1)

    def test_other_force(self) -> None:
        force: Object = {"name": "Westvale", "source": "title"}
        assert self.compare_changed({"force": force}) == (1, 1)


@pytest.mark.parametrize(
    ("names", "faults"),
    [
        ("page.txt report.json case.toml", 0),
        ("page.html truth.json report.json case.toml", 0),
        ("page.txt error.json case.toml", 0),
        ("page.txt page.html report.json case.toml", 1),
        ("report.json case.toml", 1),
        ("page.txt case.toml", 1),
        ("page.txt report.json error.json case.toml", 1),
        ("page.txt report.json", 1),
        ("page.txt report.json case.toml notes.txt", 1),
        ("page.txt error.json truth.json case.toml", 1),
    ],
)
def test_faults_are_found(tmp_path: Path, names: str, faults: int) -> None:
    for each in names.split():
        (tmp_path / each).touch()
    assert len(find_faults(tmp_path)) == faults


def test_pages_are_there() -> None:
    assert PAGES.is_dir()
    assert len(CASES) > 40

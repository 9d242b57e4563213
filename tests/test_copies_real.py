"""Agreement: copies that real tools make of a page give the report of the page.

Nothing of a copy's report may be other than the page's. What the copy's report lacks
must be missing from the copy itself.
"""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import lxml.html
import msgspec
import pytest

from cases import Case, recognise, run
from copies import make_mhtml, make_part
from peelparse.read import read_page
from peelparse.report import Report
from peelparse.write import write_json
from truth import Fact, Json, fold, iter_facts

PAGES: Final = (
    "city-of-stonebridge-2023-report-html",
    "eastmere-2021-report-html",
    "fenwater-and-holme-2015-leadership-html",
    "marl-ouse-2018-detailed-effectiveness-html",
)
UTF8: Final = ("-I", "utf-8", "-O", "utf-8")
PANDOC: Final = ("pandoc", "--from", "html", "--to")
TOOLS: Final[dict[str, tuple[str, ...]]] = {
    "lynx": ("lynx", "-dump", "-assume_charset=utf-8", "-display_charset=utf-8"),
    "w3m": ("w3m", "-dump", "-T", "text/html", *UTF8),
    "pandoc-markdown": (*PANDOC, "markdown-smart"),
    "pandoc-gfm": (*PANDOC, "gfm"),
    "pandoc-plain": (*PANDOC, "plain"),
    "pandoc-rst": (*PANDOC, "rst"),
    "html2text": (str(Path(sys.executable).with_name("html2text")),),
    "markdownify": (str(Path(sys.executable).with_name("markdownify")),),
    "inscriptis": (str(Path(sys.executable).with_name("inscript")),),
}
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")


def copy_page(command: Sequence[str], page: Path) -> bytes:
    """What a tool makes of a page."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{Path(command[0]).name} is not installed")
    done = subprocess.run(
        [*command, str(page)], capture_output=True, check=True, timeout=60
    )
    return done.stdout


def browse(page: Path, folder: Path, *options: str) -> bytes:
    """What a browser without a window does with a page."""
    names = [name for name in BROWSERS if shutil.which(name)]
    if not names:
        pytest.skip("chromium is not installed")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
    command = (names[0], *flags, f"--user-data-dir={folder / 'profile'}", *options)
    done = subprocess.run(
        [*command, page.as_uri()], capture_output=True, check=True, timeout=60
    )
    return done.stdout


def list_facts(report: Report) -> list[Fact]:
    found: Json = msgspec.json.decode(write_json(report))
    return list(iter_facts(found))


def find_report(data: bytes) -> Report:
    outcome = recognise(data, "copy")
    assert outcome.recognition is not None, outcome.error
    return outcome.recognition.report


def compare(case: Case, data: bytes) -> tuple[list[Fact], list[Fact]]:
    """Facts that only the copy's report has, and those it lacks though it holds them."""
    outcome = run(case)
    assert outcome.recognition is not None
    wanted = Counter(list_facts(outcome.recognition.report))
    found = Counter(list_facts(find_report(data)))
    text = fold(data.decode("utf-8"))
    lacking = [fact for fact in (wanted - found).elements() if fact[1] in text]
    return list((found - wanted).elements()), lacking


def identify(report: Report) -> list[Json]:
    """Whose report it is, and every grade."""
    return [
        report.title,
        report.edition,
        report.force.name if report.force else None,
        [[each.pillar, each.grade] for each in report.judgements],
        [[each.text, each.grade] for each in report.questions],
    ]


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("name", PAGES)
def test_copies_of_tools_agree(name: str, tool: str) -> None:
    case = Case(name)
    data = copy_page(TOOLS[tool], case.page)
    assert compare(case, data) == ([], [])


@pytest.mark.parametrize("name", PAGES[:2])
def test_the_page_as_a_browser_shows_it(name: str, tmp_path: Path) -> None:
    case = Case(name)
    data = browse(case.page, tmp_path, "--dump-dom")
    assert compare(case, data) == ([], [])


@pytest.mark.parametrize("options", [(), ("-layout",)], ids=["raw", "layout"])
def test_a_printed_page_as_text(tmp_path: Path, options: tuple[str, ...]) -> None:
    case = Case("eastmere-2021-report-html")
    pdf = tmp_path / "page.pdf"
    browse(case.page, tmp_path, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    extra, lacking = compare(
        case, copy_page(("pdftotext", *options, str(pdf)), Path("-"))
    )
    grades = [fact for fact in (*extra, *lacking) if "grade" in fact[0]]
    assert grades == []
    assert len(extra) + len(lacking) <= (0 if options else 6)


def test_a_printed_page_itself(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    case = Case("eastmere-2021-report-html")
    outcome = run(case)
    assert outcome.recognition is not None
    pdf = tmp_path / "page.pdf"
    browse(case.page, tmp_path, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    report = find_report(pdf.read_bytes())
    assert identify(report) == identify(outcome.recognition.report)
    page = read_page(case.page.read_bytes())
    words = {word for block in page.blocks for word in block.text.split()}
    strange = {
        word
        for text in (each.narrative for each in report.questions)
        for part in text
        for word in part.split()
    } - words
    assert strange == set()


# a panel that a saver leaves out because it is hidden

CLOSED: Final = (
    "city-of-stonebridge-2023-report-html",
    "eastmere-2015-effectiveness-accordion",
    "marl-ouse-2018-detailed-effectiveness-html",
)


def drop_hidden(page: Path) -> bytes:
    """A page as SingleFile and MHTML keep it: without what is hidden."""
    tree = lxml.html.document_fromstring(page.read_bytes())
    hidden = tree.xpath("//body//*[@hidden]")
    assert isinstance(hidden, list)
    for element in hidden:
        assert isinstance(element, lxml.html.HtmlElement)
        element.drop_tree()
    return lxml.html.tostring(tree, encoding="utf-8")


@pytest.mark.parametrize("form", ["html", "mhtml"])
@pytest.mark.parametrize("name", CLOSED)
def test_a_panel_that_a_saver_left_out_is_named(name: str, form: str) -> None:
    case = Case(name)
    outcome = run(case)
    assert outcome.recognition is not None
    whole = outcome.recognition.report
    page = drop_hidden(case.page)
    if form == "mhtml":
        page = make_mhtml(make_part(page, Content_Type="text/html"))
    report = find_report(page)
    assert [each.text for each in report.questions] == [
        each.text for each in whole.questions
    ]
    emptied = [
        new.text
        for new, old in zip(report.questions, whole.questions, strict=True)
        if (old.narrative or old.findings) and not (new.narrative or new.findings)
    ]
    assert emptied
    codes = Counter(each.code for each in report.diagnostics)
    assert codes["PP313"] == len(emptied)


def test_a_panel_that_was_closed_in_print_is_named(tmp_path: Path) -> None:
    case = Case("eastmere-2015-effectiveness-accordion")
    pdf = tmp_path / "page.pdf"
    browse(case.page, tmp_path, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    report = find_report(copy_page(("pdftotext", str(pdf)), Path("-")))
    codes = Counter(each.code for each in report.diagnostics)
    assert codes["PP313"] == len(report.questions) > 0

"""What the documents claim is so: commands, outputs, codes, links, cases."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Final

import click
import pytest

from cases import ROOT, Case, list_cases, recognise
from commands import list_commands
from peelparse import cli
from peelparse.blocks import Page
from peelparse.cli.options import EXIT_CODES
from peelparse.diagnostics import CATALOGUE
from peelparse.errors import PeelparseError
from peelparse.read import containers, read_pages
from peelparse.read.from_html import MAX_TAGS
from peelparse.read.limits import DEFAULT, LONG_RECORD, RATIO_FLOOR, Limits
from truth import compare, read_truth

README: Final = (ROOT / "README.md").read_text("utf-8")
DIAGNOSTICS: Final = (ROOT / "docs" / "diagnostics.md").read_text("utf-8")
PAGES: Final = (ROOT / "docs" / "pages.md").read_text("utf-8")
EXAMPLE: Final = ROOT / "examples" / "northshire-2017-effectiveness.html"
DOCUMENTS: Final = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
CONSOLE: Final = re.findall(r"```console\n\$ (.+)\n((?s:.*?))```", README)


def name(path: Path) -> str:
    return path.name


# the README


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
@pytest.mark.parametrize(("command", "output"), CONSOLE)
def test_examples_print_what_the_readme_shows(command: str, output: str) -> None:
    if "jq" in command and not shutil.which("jq"):
        pytest.skip("jq is not installed")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        capture_output=True,
        check=False,
    )
    assert done.stdout.decode() == output


def test_there_are_examples() -> None:
    assert len(CONSOLE) >= 3


def test_the_python_example_runs(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copy(EXAMPLE, tmp_path / "page.html")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n((?s:.*?))```", README)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102  our own words
    assert capsys.readouterr().out.startswith("Northshire [(1, 'Good'), (2, ")


@pytest.mark.parametrize("marker", ["parse", "test"])
def test_ci_runs_the_commands_of_the_readme(marker: str) -> None:
    pattern = rf"<!-- command: {marker} -->\n```sh\n(.+)\n```"
    (command,) = re.findall(pattern, README)
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert f"command {marker}" in script
    assert command not in script, "it is taken from the README, not repeated"
    for path in re.findall(r"examples/\S+", command):
        assert (ROOT / path).is_file()


def test_commands_and_options_exist() -> None:
    for command in re.findall(r"\bpeelparse ([a-z]+)\b(?=[` ].*[`\n])", README):
        if command in list_commands():
            continue
        assert command in {"reads", "is"}, command
    options = {
        option
        for command in list_commands().values()
        for parameter in command.params
        for option in [*parameter.opts, *parameter.secondary_opts]
    }
    for line in re.findall(r"peelparse (?:parse|explain) [^|\n`]*", README):
        assert set(re.findall(r"(?<= )--?[a-z][a-z-]*", line)) <= options, line


def test_exit_codes_are_those_of_the_help() -> None:
    in_help = set(re.findall(r"^  (\d+) ", EXIT_CODES, re.MULTILINE))
    assert set(re.findall(r"^\| (\d+) \|", README, re.MULTILINE)) == in_help


def test_the_licence_of_the_pages_is_told() -> None:
    assert "Open Government Licence v3.0" in README
    assert "Contains public sector information licensed under" in README
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence


@pytest.mark.parametrize(
    ("path", "longest"),
    [("README.md", 165), ("CONTRIBUTING.md", 100), ("justfile", 40)],
)
def test_documents_are_short(path: str, longest: int) -> None:
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= longest


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_a_format_is_one_file_and_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    file, line = re.findall(
        r"^   ```python\n(.*?)^   ```", text, re.MULTILINE | re.DOTALL
    )
    module = ModuleType("tildes")
    exec(dedent(file), vars(module))  # noqa: S102  the example of the document
    row: containers.Format = eval(  # noqa: S307  as above
        line.strip(), vars(containers)
    )
    monkeypatch.setitem(sys.modules, f"{containers.__name__}.tildes", module)
    monkeypatch.setattr(containers, "FORMATS", (*containers.FORMATS, row))
    pages = read_pages(b"~~~~\nNorthshire PEEL 2017\n~~~~\nGood\n", "two")
    sources = [page.source for page in pages if isinstance(page, Page)]
    assert [(each.name, each.format) for each in sources] == [
        ("two#1", "tildes"),
        ("two#2", "tildes"),
    ]


def test_every_limit_is_in_the_table() -> None:
    text = (ROOT / "docs" / "copies.md").read_text("utf-8")
    stated = dict(re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", text, re.MULTILINE))
    names = Limits.__struct_fields__
    assert stated == {each: f"{getattr(DEFAULT, each):,}" for each in names}
    for fixed in (MAX_TAGS, LONG_RECORD, RATIO_FLOOR):
        assert f"{fixed:,}" in text


# the example


def test_the_example_is_another_copy_of_a_case() -> None:
    outcome = recognise(EXAMPLE.read_bytes(), EXAMPLE.name)
    truth = read_truth(
        Case("northshire-2017-effectiveness-cp1252").folder / "truth.json"
    )
    assert outcome.recognition is not None
    report = outcome.recognition.report
    assert compare(truth, report) == ([], [])
    assert report.coverage.unclaimed == []


# docs/diagnostics.md


def list_errors(
    error: type[PeelparseError] = PeelparseError,
) -> list[type[PeelparseError]]:
    """The error tree, each class once."""
    return [error, *(e for child in error.__subclasses__() for e in list_errors(child))]


ERRORS: Final = {error.code: error for error in list_errors()}
SECTIONS: Final = dict(
    re.findall(r"^## (PP\d+)\n\n((?s:.*?))(?=^## |\Z)", DIAGNOSTICS, re.MULTILINE)
)


def test_every_code_is_explained_and_no_other() -> None:
    assert list(SECTIONS) == [*CATALOGUE, *sorted(ERRORS)]
    assert len(ERRORS) == len(list_errors())


@pytest.mark.parametrize("code", SECTIONS)
def test_explanations_say_what_the_code_says(code: str) -> None:
    if code in CATALOGUE:
        entry = CATALOGUE[code]
        head = f"**{entry.severity}**: {entry.message.replace('{found}', '…')}"
    else:
        error = ERRORS[code]
        head = f"**{error.__name__}**: {(error.__doc__ or '').splitlines()[0]}"
    first, meaning, remedy, example = SECTIONS[code].strip().split("\n\n")
    assert first == head
    assert len(meaning) > 30
    assert remedy.startswith("*What to do.* ")
    assert example.startswith("*Example.* ")


# docs/pages.md


def test_every_case_is_in_the_table_of_pages() -> None:
    named = re.findall(r"[a-z]+(?:-[a-z0-9]+)+", PAGES)
    cases = {case.name for case in list_cases()}
    assert cases <= set(named)
    years = r"-20\d\d-|^national-|^fire-20"
    assert {each for each in named if re.search(years, each)} <= cases


# help


def iter_commands() -> list[click.Command]:
    return [cli.main, *list_commands().values()]


@pytest.mark.parametrize("command", iter_commands(), ids=lambda c: str(c.name))
def test_every_option_has_help(command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name

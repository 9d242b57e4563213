"""The cases in `fixtures/pages`: a folder each, with a page and what it gives."""

import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from peelparse.blocks import Page
from peelparse.errors import PeelparseError
from peelparse.pipeline import iter_recognitions
from peelparse.recognise import Recognition
from peelparse.write import write_json

ROOT: Final = Path(__file__).parents[1]
FIXTURES: Final = ROOT / "tests" / "fixtures"
PAGES: Final = FIXTURES / "pages"
EXPECTATIONS: Final = {"report.json", "error.json"}


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`case.toml`."""

    what: str
    """What the case shows."""
    address: str | None = None
    """The address that the caller knows; null if only the copy may say it."""
    saved: str | None = None
    """When the page would have been saved."""
    xfail: str | None = None
    """Why the report does not reach the truth yet; strict."""


class Case(msgspec.Struct, frozen=True):
    """One folder."""

    name: str

    @property
    def folder(self) -> Path:
        return PAGES / self.name

    @property
    def about(self) -> About:
        table = tomllib.loads((self.folder / "case.toml").read_text("utf-8"))
        return msgspec.convert(table, About)

    @property
    def page(self) -> Path:
        (page,) = self.folder.glob("page.*")
        return page

    @property
    def expectation(self) -> Path:
        """`report.json` or `error.json`; which of them is written by hand."""
        return find_expectation(self.folder)

    def read(self) -> bytes:
        return self.page.read_bytes()


class Outcome(msgspec.Struct, frozen=True):
    """What one page gave: a recognition, or an error."""

    page: Page | None
    recognition: Recognition | None
    error: PeelparseError | None

    @property
    def is_report(self) -> bool:
        return self.recognition is not None

    def write(self) -> bytes:
        """The expectation that this outcome meets, as the file holds it."""
        if self.recognition is not None:
            return write_json(self.recognition.report, pretty=True) + b"\n"
        assert self.error is not None
        names = ("code", "doing", "found", "expected", "hint", "line", "name")
        facts = {name: getattr(self.error, name) for name in names}
        return msgspec.json.format(msgspec.json.encode(facts), indent=2) + b"\n"


def recognise(data: bytes, name: str, address: str | None = None) -> Outcome:
    """What the one page of some bytes gives; never raises a PeelparseError."""
    (outcome,) = iter_recognitions(data, name, address=address)
    if isinstance(outcome, PeelparseError):
        return Outcome(None, None, outcome)
    return Outcome(*outcome, None)


@cache
def run(case: Case) -> Outcome:
    """What a case's page gives; run once for all tests."""
    return recognise(case.read(), case.page.name, case.about.address)


def list_cases() -> list[Case]:
    """Every folder, also those that are not as they should be."""
    return [Case(folder.name) for folder in sorted(PAGES.iterdir())]


def list_report_cases() -> list[Case]:
    """Every folder whose page gives a report."""
    cases = list_cases()
    return [case for case in cases if case.expectation.name == "report.json"]


def find_expectation(folder: Path) -> Path:
    """The one expectation of a folder; `report.json` where there is none yet."""
    named = [folder / name for name in EXPECTATIONS if (folder / name).exists()]
    return named[0] if named else folder / "report.json"


def find_faults(folder: Path) -> list[str]:
    """What is wrong with a case's folder; empty if nothing is."""
    names = {path.name for path in folder.iterdir()}
    pages = {name for name in names if name.startswith("page.")}
    expectations = names & EXPECTATIONS
    orphans = names - pages - EXPECTATIONS - {"case.toml", "truth.json"}
    faults = [f"{len(pages)} pages, not one"] * (len(pages) != 1)
    faults += [f"{len(expectations)} expectations"] * (len(expectations) != 1)
    faults += ["no case.toml"] * ("case.toml" not in names)
    faults += [f"{name} belongs to nothing" for name in sorted(orphans)]
    if "truth.json" in names and "error.json" in expectations:
        faults.append("a truth, but no report")
    return faults


def show_changes(folder: Path) -> str:
    """What git knows to have changed in a folder, and its new files."""
    git = shutil.which("git")
    if git is None:
        return "git is not here to show the differences"
    commands = (["diff", "--", "."], ["status", "--short", "--", "."])
    outputs = [
        subprocess.run([git, *words], cwd=folder, capture_output=True, check=False)
        for words in commands
    ]
    return "\n".join(output.stdout.decode("utf-8", "replace") for output in outputs)

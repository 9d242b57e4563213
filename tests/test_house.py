"""The house rules that a machine can hold: sizes, directions, words apart from code."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest

import peelparse
from cases import ROOT, recognise
from peelparse.recognise import vocabulary
from steps import count_calls, count_fullmatch, count_search

SOURCE: Final = ROOT / "src" / "peelparse"
WORDS: Final = SOURCE / "recognise" / "words"
MODULES: Final = sorted(SOURCE.rglob("*.py"))
SHAPES: Final = {"blocks", "report", "errors", "diagnostics", "text"} | {
    "data",
    "digest",
    "grammar",
}
# room or module: what of peelparse it may import, beside itself
MAY_IMPORT: Final = {
    "grammar": {"data"},
    "text": {"grammar"},
    "data": set[str](),
    "digest": set[str](),
    "lazy": set[str](),
    "errors": set[str](),
    "report": set[str](),
    "blocks": {"report"},
    "diagnostics": {"report"},
    "read": SHAPES - {"report", "diagnostics"},
    "reference": SHAPES,
    "recognise": SHAPES | {"reference"},
    "unite": SHAPES | {"reference"},
    "doctor": SHAPES | {"recognise"},
    "write": {"report", "errors", "reference", "lazy"},
    "register": {"report", "errors", "unite", "write"},
    "sources": {"errors", "read"},
    "pipeline": SHAPES | {"read", "recognise"},
    "batch": SHAPES
    | {"pipeline", "recognise", "reference", "sources", "unite", "write"}
    | {"__version__"},  # pages are parsed anew by another release
    "library": SHAPES | {"pipeline", "recognise", "reference", "sources", "write"},
}
# steps of recognising: each may import those before it
STEPS: Final = ("labelling", "surveying", "placing", "reporting")
LONGEST_FUNCTION: Final = 45
LONGEST_FILE: Final = 300
NO_NAMES: Final = {"utils", "helpers", "common", "misc", "base"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def iter_imports(path: Path) -> Iterator[str]:
    """Rooms of peelparse that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports say the whole name"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for each in names:
            package, *rest = each.split(".")
            if package == "peelparse" and rest:
                yield rest[0]


class TestDirections:
    """Rooms import the shapes and nothing of each other."""

    @pytest.mark.parametrize("path", MODULES, ids=name)
    def test_imports_go_one_way(self, path: Path) -> None:
        room = room_of(path)
        allowed = MAY_IMPORT.get(room)
        if allowed is not None:  # the others are the front doors, which know all
            assert set(iter_imports(path)) <= allowed | {room}

    @pytest.mark.parametrize("path", MODULES, ids=name)
    def test_nothing_imports_the_command_line(self, path: Path) -> None:
        if room_of(path) not in {"cli", "__main__"}:
            assert "cli" not in set(iter_imports(path))

    @pytest.mark.parametrize("step", STEPS)
    def test_no_step_of_recognising_knows_a_later_one(self, step: str) -> None:
        later = STEPS[STEPS.index(step) + 1 :]
        paths = list((SOURCE / "recognise" / step).glob("*.py"))
        text = "".join(path.read_text("utf-8") for path in paths)
        assert len(paths) > 1
        assert not [each for each in later if f"peelparse.recognise.{each}" in text]

    def test_every_room_has_a_direction(self) -> None:
        doors = {"cli", "__init__", "__main__"}
        assert {room_of(path) for path in MODULES} <= MAY_IMPORT.keys() | doors


class TestSizes:
    """What fits on a screen can be read."""

    @pytest.mark.parametrize("path", MODULES, ids=name)
    def test_no_file_is_long(self, path: Path) -> None:
        assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE

    @pytest.mark.parametrize("path", MODULES, ids=name)
    def test_no_function_is_long(self, path: Path) -> None:
        tree = ast.parse(path.read_text("utf-8"))
        long = [
            (node.name, size)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            and (size := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
        ]
        assert long == []

    def test_every_file_says_what_is_in_it(self) -> None:
        vague = {path for path in MODULES if path.stem.strip("_") in NO_NAMES}
        silent = {
            path
            for path in MODULES
            if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
        }
        assert vague | silent == set()


# words are data


def iter_strings(value: object) -> Iterator[str]:
    """Every string in decoded JSON, keys too."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from iter_strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from iter_strings(part)
    elif isinstance(value, str):
        yield value


def read_words(path: Path) -> dict[str, object]:
    words: dict[str, object] = json.loads(path.read_bytes())
    return words


def iter_literals(path: Path) -> Iterator[str]:
    """String literals of a file's code, docstrings left out."""
    tree = ast.parse(path.read_text("utf-8"))
    notes = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in notes:
                yield text


WORD_FILES: Final = sorted(WORDS.iterdir())
PATTERNS: Final = sorted(
    {
        text
        for file in ("patterns.json", "kinds.json")
        for text in iter_strings(read_words(WORDS / file))
        if len(text) > 3 and re.search(r"[\\?*+|(\[{]", text)
    }
    - {read_words(WORDS / "patterns.json")["origin"]}
    - {read_words(WORDS / "kinds.json")["origin"]}
)

# forms that are looked for inside a block of any length; the others fill a line, or are
# looked for in a title, which is short
SEARCHED: Final = sorted(
    text
    for key, value in read_words(WORDS / "patterns.json").items()
    if key
    in {
        "area_ungraded",
        "concern_lead",
        "duty",
        "edition_sentence",
        "pillar_words",
        "prose_grade",
        "running_titles",
        "stated_counts",
        "statuses",
        "strength_lead",
    }
    for text in iter_strings(value)
    if text in PATTERNS
)


# what backtracking feeds on: one character, one word, nearly a match, again and again
PUMPS: Final = (
    "a",
    " ",
    "A ",
    "Aa ",
    "The force is ",
    "1",
    "2017 ",
    "one, ",
    "How ",
    "PEEL 2017 ",
    "of and ",
    "A.-'",
    "Questions ",
    "judgement is not grade ",
    "The extent to which the force is good ",
    "was inspected in tranche ",
    "Police Fire and Rescue Service ",
    "- : | ",
)


class TestWords:
    """The vocabulary holds words and no code; the code holds no words of pages."""

    @pytest.mark.parametrize("path", WORD_FILES, ids=name)
    def test_words_have_an_origin(self, path: Path) -> None:
        origin = read_words(path)["origin"]
        assert isinstance(origin, str)
        assert len(origin) > 40

    @pytest.mark.parametrize("path", WORD_FILES, ids=name)
    def test_no_words_are_orphaned(self, path: Path) -> None:
        literals = {
            literal
            for module in MODULES
            if room_of(module) == "recognise"
            for literal in iter_literals(module)
        }
        assert path.name in literals

    @pytest.mark.parametrize(
        "path", [p for p in MODULES if room_of(p) == "recognise"], ids=name
    )
    def test_code_holds_no_wording(self, path: Path) -> None:
        labels = {
            text
            for file in ("labels.json", "areas.json", "kinds.json")
            for text in iter_strings(read_words(WORDS / file))
            if len(text) > 12 and " " in text
        }
        literals = " | ".join(iter_literals(path)).casefold()
        assert [label for label in labels if label.casefold() in literals] == []

    def test_there_are_patterns(self) -> None:
        assert len(PATTERNS) > 40

    @pytest.mark.parametrize("source", PATTERNS)
    def test_no_pattern_runs_away(self, source: str) -> None:
        pattern = vocabulary.standard_vocabulary().pattern(source)
        for pump in PUMPS:
            assert find_growth(count_fullmatch, pattern, pump) < 2, pump

    @pytest.mark.parametrize("source", SEARCHED)
    def test_no_search_runs_away(self, source: str) -> None:
        pattern = vocabulary.standard_vocabulary().pattern(source)
        for pump in PUMPS:
            assert find_growth(count_search, pattern, pump) < 2, pump

    @pytest.mark.parametrize("pump", PUMPS)
    def test_long_blocks_take_steps_in_proportion(self, pump: str) -> None:
        pages = (make_blocks(pump * (size // len(pump))) for size in (4_000, 16_000))
        recognise(b"Northshire PEEL 2017\n\nGood", "page")  # what is loaded once
        short, long = (count_calls(partial(recognise, page, "page")) for page in pages)
        assert long < 4 * 1.2 * short


def find_growth(
    count: Callable[[re.Pattern[str], str], int], pattern: re.Pattern[str], pump: str
) -> float:
    """How many times the steps in proportion four times a text takes; 4 is quadratic."""
    short, long = (
        count(pattern, pump * (size // len(pump)) + "!") for size in (250, 1_000)
    )
    return long / (4 * short + 100)


def make_blocks(text: str) -> bytes:
    """A page that has this text in every kind of place."""
    page = (
        f"Northshire PEEL 2017\n\nEffectiveness\n\n{text}.\n\n"
        f"Questions for Effectiveness\n\n1\n\nDoes the force keep horses?\n\nGood\n\n"
        f"{text}.\n\n{text}:\n\n  • {text};\n  • {text}.\n\nAreas for improvement\n\n"
        f"  • {text}:\n  • {text}.\n\n{text}:\n\n  • {text}.\n\nCause of concern\n\n"
        f"{text}\n\nHMI's observations\n\n{text} is good.\n"
    )
    return page.encode()


# what is published


def test_public_names() -> None:
    assert len(peelparse.__all__) <= 15
    assert peelparse.__all__ == sorted(peelparse.__all__)
    for each in peelparse.__all__:
        assert getattr(peelparse, each).__doc__, each


@pytest.mark.parametrize(
    "code",
    [
        "import peelparse",
        "import peelparse.cli",
        "from peelparse.cli import main; main(['--help'], standalone_mode=False)",
        "from peelparse.cli import main; main(['parse', '-h'], standalone_mode=False)",
    ],
)
def test_importing_is_free(code: str) -> None:
    heavy = "[m for m in ('lxml', 'bs4', 'rich', 'asyncio') if m in sys.modules]"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint({heavy})"],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout.splitlines()[-1] == "[]"


TOP: Final = ("src", "tests", "docs", "examples", "benchmarks", ".ci")


def iter_files() -> Iterator[Path]:
    """Files of the repository, without what tools leave behind."""
    yield from (path for path in ROOT.iterdir() if path.is_file())
    for folder in TOP:
        for path in (ROOT / folder).rglob("*"):
            parts = path.relative_to(ROOT).parts
            hidden = {part for part in parts if part.startswith((".", "__pyc"))}
            if path.is_file() and hidden <= {".ci", ".gitattributes"}:
                yield path


def test_files_name_no_machine() -> None:
    # in pieces, so that this file does not name one either
    hosts = ["pypi" + ".org", "python" + "hosted", "npm" + "js.", "artifact" + "ory"]
    own = "|".join(["ho" + "me", "Us" + "ers"])
    shared = "|".join(["ro" + "ot", "wo" + "rk", "t" + "mp"])
    named = re.compile(
        rf"(?<![\w.])/(?:{own})/\w+/|(?<![\w.])/(?:{shared})/\w|"
        + "|".join(map(re.escape, hosts))
    )
    found = [
        (name(path), match.group())
        for path in iter_files()
        if path.name != ".coverage"
        and (match := named.search(path.read_bytes().decode("utf-8", "replace")))
    ]
    assert found == []


def test_names_of_files_fit_every_system() -> None:
    for path in iter_files():
        assert re.fullmatch(r"[\w.-]+", path.name), path
        assert len(name(path)) < 120

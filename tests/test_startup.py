"""What a start costs: told by what is loaded and compiled, never by a clock."""

import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Final

import pytest

import peelparse
from peelparse import digest, lazy, write
from peelparse.read import read_page
from peelparse.recognise import recognise_page
from peelparse.recognise.vocabulary import Vocabulary

TEXT: Final = """\
Northshire PEEL 2017

Effectiveness

How effective is the force at keeping people safe and reducing crime?

Good

Northshire Police is good – and £5 better – at reducing crime. The force:

• has plans;
• should act.
"""
HTML: Final = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Northshire PEEL 2017</title></head>
<body><h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2>
<p>How effective is the force at keeping people safe and reducing crime?</p>
<p>Good</p><p>Northshire Police is good – and £5 better – at reducing crime.</p>
<h2>Questions for Effectiveness</h2><h3>1. How well does it prevent crime?</h3>
<p>Good</p><p>It has plans. The force:</p><ul><li>plans;</li><li>acts.</li></ul>
</body></html>
"""

HEAVY: Final = (
    "lxml",
    "bs4",
    "rich",
    "msgspec",
    "click",
    "asyncio",
    "importlib.metadata",
)


def list_loaded(code: str, *names: str) -> list[str]:
    """Those of some modules that a program has loaded at its end."""
    script = (
        f"import sys\n{code}\nprint(*(name for name in {names} if name in sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )
    return result.stdout.splitlines()[-1].split()


def test_an_import_loads_nothing() -> None:
    assert list_loaded("import peelparse", *HEAVY, "peelparse.library") == []


def test_help_loads_nothing_heavy() -> None:
    code = """
from peelparse.cli import main
for arguments in (["--help"], ["parse", "--help"], ["explain", "--help"]):
    try: main(arguments)
    except SystemExit: pass
"""
    heavy = set(HEAVY) - {"click"}
    assert list_loaded(code, *heavy, "peelparse.read", "peelparse.recognise") == []


def run_parse(path: Path) -> str:
    return f"""
from peelparse.cli import main
try: main(["parse", {str(path)!r}])
except SystemExit: pass
"""


def test_a_text_page_loads_no_tree(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, "utf-8")
    heavy = ("lxml", "bs4", "rich", "soupsieve", "multiprocessing", "asyncio")
    assert list_loaded(run_parse(path), *heavy) == []


def test_a_page_of_utf8_loads_what_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(HTML, "utf-8")
    heavy = ("bs4", "soupsieve", "rich", "lxml.html", "multiprocessing", "asyncio")
    assert list_loaded(run_parse(path), "lxml.etree", *heavy) == ["lxml.etree"]


def test_explain_in_a_pipe_loads_no_rich(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, "utf-8")
    code = run_parse(path).replace('"parse"', '"explain"')
    assert list_loaded(f"import os; os.environ['NO_COLOR'] = '1'\n{code}", "rich") == []


# what a parse to JSON can do without, though Python has it at hand
NEEDLESS: Final = (
    "_hashlib",
    "bz2",
    "csv",
    "email",
    "encodings.cp1252",
    "hashlib",
    "ipaddress",
    "lzma",
    "pathlib",
    "shutil",
    "tempfile",
    "traceback",
    "urllib.parse",
    "zipfile",
    "peelparse.batch",
    "peelparse.cli.csv_output",
    "peelparse.doctor",
    "peelparse.read.containers.csv_rows",
    "peelparse.read.dialects",
    "peelparse.read.from_text",
    "peelparse.register",
    "peelparse.unite",
    "peelparse.write.columns",
    "peelparse.write.files",
    "peelparse.write.tables",
    "peelparse.write.to_csv",
)


def test_a_parse_to_json_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(HTML, "utf-8")
    base = list_loaded("import click, lxml.etree", *NEEDLESS)
    assert list_loaded(run_parse(path), *NEEDLESS) == base


def test_few_patterns_are_compiled_for_a_page() -> None:
    words = Vocabulary()
    recognise_page(read_page(HTML.encode()), words=words)
    assert len(words._compiled) < 10


# the short ways themselves

EMPTY: Final = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    "missing",
    [(), ("hashlib",), ("hashlib", "_sha2"), ("hashlib", "_sha2", "_sha256")],
)
def test_digests_are_the_same_however_they_are_made(
    missing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "hashlib" in missing:
        monkeypatch.delitem(sys.modules, "hashlib", raising=False)
    for name in missing[1:]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(digest, "PAGES", count())
    assert digest.sha256(b"") == EMPTY
    assert digest.sha256(b"") == EMPTY  # of the second page


def test_the_second_page_loads_the_faster_digest() -> None:
    code = "from peelparse.digest import sha256; sha256(b'')"
    assert list_loaded(code, "hashlib") == []
    assert list_loaded(f"{code}; sha256(b'')", "hashlib") == ["hashlib"]


def test_a_lazy_package_shows_what_it_has() -> None:
    fetch, show = lazy.fetch_from("peelparse.write", {"to_json": ("write_json",)})
    assert fetch("write_json") is write.write_json
    assert {"write_json", "__all__"} <= set(show())
    assert set(write.__all__) <= set(dir(write))
    with pytest.raises(AttributeError, match="has no attribute 'write_xml'"):
        fetch("write_xml")
    assert set(peelparse.__all__) <= set(dir(peelparse))

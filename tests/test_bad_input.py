"""Bad input: one clear line, the right exit code, and the other files still written."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from peelparse import read_json

SCRIPT: Final = Path(sys.executable).with_name("peelparse")
GOOD: Final = "Northshire PEEL 2017\n\nEffectiveness\n\nGood\n\nIt is good.\n"
HTML: Final = (
    b"<!doctype html><html><body><h1>Northshire PEEL 2017</h1>"
    b"<h2>Effectiveness</h2><p>Good</p><p>It is good.</p>%s</body></html>"
)


class Bad(NamedTuple):
    """Bytes that give no report, and what the line about them says."""

    name: str
    data: bytes
    code: str
    found: str


REFUSED: Final = (
    Bad("empty", b"", "PP903", "found nothing"),
    Bad("blank", b" \r\n\t\xef\xbb\xbf \0", "PP903", "found nothing"),
    Bad(
        "no words", b"<!doctype html><html><body></body></html>", "PP903", "no visible"
    ),
    Bad("png", b"\x89PNG\r\n\x1a\n" + bytes(100), "PP904", "a PNG image"),
    Bad("jpeg", b"\xff\xd8\xff\xe0" + bytes(100), "PP904", "a JPEG image"),
    Bad("office", b"\xd0\xcf\x11\xe0" + bytes(100), "PP904", "office document"),
    Bad("binary", bytes(range(256)) * 100, "PP904", "binary data"),
    Bad("nothing but NULs", bytes(10_000), "PP903", "found nothing"),
    Bad(
        "another site",
        b"<!doctype html><html><title>Fish</title><body><h1>Fish and chips</h1>",
        "PP906",
        "'Fish and chips' at the top",
    ),
    Bad(
        "deep",
        b"<html><body>" + b"<div>" * 100_000 + b"Northshire PEEL 2017",
        "PP905",
        "nested too deeply",
    ),
    Bad(
        "deep and closed",
        HTML % (b"<i>" * 100_000 + b"Good" + b"</i>" * 100_000),
        "PP905",
        "nested too deeply",
    ),
    Bad("one tag", b"<html><body>" + b"<p>" * 600_000, "PP905", "600,002 tags"),
    Bad(
        "one tag of attributes",
        HTML % (b"<p " + b"a=1 " * 100_000 + b">"),
        "PP905",
        "100,001 attributes",
    ),
)


def parse(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run the command as a user does; nothing may take long."""
    return subprocess.run(
        [SCRIPT, "parse", *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )


def check_refusal(path: Path, code: str, found: str) -> None:
    """One line that names the file; exit 1 alone, 3 beside a page that is written."""
    alone = parse(path)
    assert (alone.returncode, alone.stdout) == (1, "")
    (line,) = alone.stderr.splitlines()
    assert line.startswith((f"{path}: {code} ", f"{path}:1: {code} "))
    assert found in line
    assert "; expected " in line
    # what to do
    assert line.endswith(")")
    good = path.with_name("good page.txt")
    good.write_text(GOOD, "utf-8")
    beside = parse(path, good, path)
    assert beside.returncode == 3
    assert read_json(beside.stdout).judgements[0].grade == "Good"
    assert beside.stderr.splitlines().count(line) == 2
    assert "Traceback" not in beside.stderr


@pytest.mark.parametrize("bad", REFUSED, ids=[bad.name for bad in REFUSED])
def test_what_gives_no_report(tmp_path: Path, bad: Bad) -> None:
    path = tmp_path / "bad page"
    path.write_bytes(bad.data)
    check_refusal(path, bad.code, bad.found)


def test_a_pdf_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(100))
    result = parse(path)
    assert result.returncode == 1
    (line,) = (each for each in result.stderr.splitlines() if str(path) in each)
    assert line.startswith(f"{path}: PP9")
    assert "PDF" in line


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    check_refusal(folder, "PP902", "a folder")
    assert "folder/*.html" in parse(folder).stderr


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    check_refusal(tmp_path / "none.html", "PP902", "no such file")


@pytest.mark.skipif(os.name == "nt", reason="a file that is open cannot vanish there")
def test_a_file_that_vanishes(tmp_path: Path) -> None:
    # the first input is a pipe: what feeds it removes the second meanwhile
    good, gone = tmp_path / "good.txt", tmp_path / "gone.txt"
    good.write_text(GOOD, "utf-8")
    gone.write_text(GOOD, "utf-8")
    script = 'rm "$3" && cat "$2"'
    result = subprocess.run(
        ["bash", "-c", f'"$1" parse <({script}) "$3" "$2"', "-", SCRIPT, good, gone],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert result.returncode == 3
    assert len(result.stdout.splitlines()) == 2
    assert f"{gone}: PP902" in result.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no permissions of this kind")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = tmp_path / "page.html"
    path.write_text(GOOD)
    path.chmod(0)
    check_refusal(path, "PP902", "no permission")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.write(b"<p>")
        file.truncate(60_000_000)
    check_refusal(path, "PP905", "60,000,000 bytes")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_a_file_without_end() -> None:
    result = parse("/dev/zero")
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("/dev/zero: PP905 reading the file: found more than")


# what is odd, and gives a report all the same


class Odd(NamedTuple):
    """Bytes that give a report, and the codes it must have."""

    name: str
    data: bytes
    codes: frozenset[str]


BOMB: Final = b"".join(
    b'<!ENTITY a%d "&a%d;&a%d;&a%d;">' % (each, each - 1, each - 1, each - 1)
    for each in range(1, 40)
)
ODD: Final = (
    Odd(
        "NUL bytes", GOOD.replace("is good", "is\0 good").encode(), frozenset({"PP103"})
    ),
    Odd(
        "NULs in HTML",
        HTML.replace(b"is good", b"is\0 good") % b"",
        frozenset({"PP103"}),
    ),
    Odd(
        "a lone surrogate",
        f"{GOOD}It is \ud83d so.\n".encode("utf-8", "surrogatepass"),
        frozenset({"PP103"}),
    ),
    Odd("half a surrogate pair in HTML", HTML % b"<p>&#xD83D;</p>", frozenset()),
    Odd("truncated UTF-8", f"It is so … {GOOD} …".encode()[:-1], frozenset({"PP104"})),
    Odd("an XML declaration", b'<?xml version="1.0"?>\n' + HTML % b"", frozenset()),
    Odd(
        "an XML declaration of another encoding",
        b'<?xml version="1.0" encoding="utf-16"?>\n' + HTML % b"<p>\xe2\x80\x93</p>",
        frozenset(),
    ),
    Odd(
        "an entity bomb",
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "ha">' + BOMB + b"]>"
        b"<html><body>" + HTML[28:] % b"<p>&a39;</p>",
        frozenset(),
    ),
    Odd(
        "an external entity",
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">'
        b"]><html><body>" + HTML[28:] % b"<p>&x;</p>",
        frozenset(),
    ),
)


@pytest.mark.parametrize("odd", ODD, ids=[odd.name for odd in ODD])
def test_what_gives_a_report_all_the_same(tmp_path: Path, odd: Odd) -> None:
    path = tmp_path / "odd page"
    path.write_bytes(odd.data)
    result = parse(path)
    assert result.returncode == 0
    report = read_json(result.stdout)
    assert report.judgements[0].grade == "Good"
    assert "It is good." in report.judgements[0].summary
    assert {each.code for each in report.diagnostics} >= odd.codes
    assert len(result.stdout) < 10_000
    assert "root:" not in result.stdout
    for line in result.stderr.splitlines():
        assert line.startswith(str(path))


def write_good(path: Path) -> None:
    path.write_text(GOOD, "utf-8")


def write_recipe(path: Path) -> None:
    path.write_text("Fish and chips", "utf-8")


@pytest.mark.parametrize(
    ("writers", "code"),
    [((write_good, write_recipe), 3), ((write_recipe, write_recipe), 1)],
)
def test_a_file_of_results_is_whole_or_not_there(
    tmp_path: Path, writers: tuple[Callable[[Path], None], ...], code: int
) -> None:
    names = [tmp_path / f"{number}.txt" for number in range(len(writers))]
    for write, name in zip(writers, names, strict=True):
        write(name)
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    assert parse(*names, "-o", out).returncode == code
    if code == 3:
        assert read_json(out.read_bytes()).kind == "pillar"
    else:
        assert out.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == sorted([*names, out])

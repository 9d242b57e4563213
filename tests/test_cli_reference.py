"""`peelparse reference`: what is listed, in which form, and from where."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final, get_args

import pytest
from click.testing import CliRunner, Result

from peelparse.cli import main, reference
from peelparse.cli.facts import What, list_facts
from peelparse.reference import (
    find_force,
    grade_scale,
    iter_editions,
    iter_forces,
    iter_questions,
    iter_topics,
)

WHATS: Final[tuple[What, ...]] = get_args(What)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["reference", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def read(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert not result.stderr
    return result.stdout


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# --- tables for people -----------------------------------------------------------


@pytest.mark.parametrize("what", WHATS)
def test_in_a_pipe_a_table_is_aligned_text(what: What) -> None:
    lines = read(what).splitlines()
    listing = list_facts(what, None)
    count = len(listing.shown)
    assert lines[count] == ""
    assert lines[count + 1 :] == [*listing.notes, *listing.origin]
    assert lines == [line.rstrip() for line in lines]
    header = lines[0]
    second = header.index(str(listing.shown[0][1]))
    for line, row in zip(lines[1:count], listing.shown[1:], strict=True):
        assert line.startswith(str(row[0]))
        assert line[second:].startswith(str(row[1] or ""))
        assert "None" not in line
    assert "\x1b" not in "".join(lines)


def test_editions_have_notes_caveats_and_sources() -> None:
    text = read("editions", "--programme", "peel")
    assert "PEEL 2021-22: Areas instead of pillars." in text
    assert "  HMICFRS: Its grades cannot be compared directly" in text
    assert "(https://hmicfrs.justiceinspectorates.gov.uk/peel-reports/" in text
    for record in iter_editions("PEEL"):
        for address in record.sources:
            assert f"  source: {address}" in text
    assert "FRS" not in text.split("\n\n")[0]
    fire = read("editions", "--programme", "FRS")
    assert "under 'Changes to this round of inspection'.\n" in fire


@pytest.mark.parametrize("is_coloured", [True, False])
def test_a_terminal_gets_a_table_of_its_width(
    monkeypatch: pytest.MonkeyPatch, *, is_coloured: bool
) -> None:
    monkeypatch.setattr(reference, "is_terminal", lambda: True)
    monkeypatch.setattr(reference, "is_coloured", lambda: is_coloured)
    monkeypatch.setattr(reference, "find_width", lambda: 60)
    text = read("forces", "--programme", "FRS")
    table = text.split("\n\n")[0]
    assert ("\x1b[1m" in table) == is_coloured
    assert "─" in table
    plain = table.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert all(len(line) <= 60 for line in plain.splitlines())
    assert "Compiled for peelparse" in text


def test_a_file_gets_text_even_from_a_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reference, "is_terminal", lambda: True)
    target = tmp_path / "forces.txt"
    assert read("forces", "-o", str(target)) == ""
    assert target.read_text("utf-8").startswith("programme  id  ")


# --- JSON ------------------------------------------------------------------------


@pytest.mark.parametrize("what", WHATS)
def test_json_is_one_object_with_the_origin(what: What) -> None:
    data = json.loads(read(what, "-f", "json"))
    assert list(data) == ["origin", what]
    assert all(origin.startswith("Compiled for") for origin in data["origin"])
    assert len(data["origin"]) == (2 if what == "forces" else 1)


def test_forces_in_json() -> None:
    forces = json.loads(read("forces", "-f", "json"))["forces"]
    assert [each["id"] for each in forces] == [each.id for each in iter_forces()]
    (kent,) = (
        each for each in forces if (each["id"], each["programme"]) == ("kent", "PEEL")
    )
    assert kent["official_name"] == "Kent Police"
    assert kent["slugs"] == ["kent"]
    assert kent["is_inspected"] is True


def test_editions_in_json() -> None:
    editions = json.loads(read("editions", "-f", "json"))["editions"]
    assert len(editions) == 12
    for each in editions:
        assert each["grades"] == list(grade_scale(each["scale"]))
        assert {q["edition"] for q in each["questions"]} <= {each["id"]}
        assert {q["programme"] for q in each["questions"]} <= {each["programme"]}
        assert each["sources"]
    first = editions[0]
    assert (first["id"], first["caveat"]) == ("2014", None)
    (later,) = (e for e in editions if (e["programme"], e["id"]) == ("PEEL", "2021-22"))
    assert set(later["caveat"]) == {"says", "source"}
    assert later["comparable_with"] == []


def test_topics_in_json() -> None:
    topics = json.loads(read("topics", "-f", "json"))["topics"]
    (topic,) = (each for each in topics if each["id"] == "specialist-capabilities")
    assert [q["edition"] for q in topic["questions"]] == ["2016", "2017", "2018-19"]
    assert {q["graded"] for q in topic["questions"]} == {False}


# --- CSV -------------------------------------------------------------------------


@pytest.mark.parametrize("what", WHATS)
def test_csv_has_what_json_has(what: What) -> None:
    rows = read_csv(read(what, "-f", "csv"))
    listing = list_facts(what, None)
    assert [list(row) for row in rows] == [list(cells) for cells in listing.cells]
    assert {row["origin"] for row in rows} == set(listing.origin)


def test_editions_in_csv() -> None:
    rows = {
        (row["programme"], row["id"]): row
        for row in read_csv(read("editions", "-f", "csv"))
    }
    row = rows["PEEL", "2018-19"]
    assert row["questions"] == "10"
    assert row["grades"] == "Inadequate; Requires improvement; Good; Outstanding"
    assert row["comparable_with"] == "2015; 2016; 2017"
    assert row["never_graded"] == "specialist-capabilities"
    assert row["caveat_source"].startswith("https://")
    assert rows["PEEL", "2014"]["never_graded"].startswith("Effectiveness (overall); ")
    assert rows["PEEL", "2014"]["caveat"] == rows["PEEL", "2014"]["caveat_source"] == ""
    assert rows["FRS", "2023-25"]["caveat_source"] == ""


def test_topics_in_csv_have_a_row_for_each_question() -> None:
    rows = read_csv(read("topics", "-f", "csv"))
    assert sum(bool(row["text"]) for row in rows) == len(list(iter_questions()))
    assert {row["topic"] for row in rows} == {each.id for each in iter_topics()}
    (unasked,) = (r for r in rows if r["topic"] == "counter-corruption-and-vetting")
    assert unasked["edition"] == unasked["headline"] == ""


def test_forces_in_csv_are_those_that_names_are_looked_up_in() -> None:
    for row in read_csv(read("forces", "-f", "csv", "--programme", "PEEL")):
        for name in (row["official_name"], *filter(None, row["aliases"].split("; "))):
            record = find_force(name, "PEEL")
            assert record is not None
            assert record.id == row["id"]


# --- where to --------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".json", ".JSON", ".csv", ".txt"])
def test_the_ending_of_the_file_decides(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"topics{suffix}"
    assert read("topics", "-o", str(target)) == ""
    text = target.read_text("utf-8")
    assert text[0] == {".json": "{", ".csv": "t", ".txt": "t"}[suffix.lower()]
    assert text.startswith("topic,programme,") == (suffix == ".csv")


def test_a_format_that_is_named_wins_over_the_ending(tmp_path: Path) -> None:
    target = tmp_path / "topics.csv"
    read("topics", "-f", "json", "-o", str(target))
    assert json.loads(target.read_bytes())["topics"]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    result = run("topics", "-o", str(tmp_path / "no" / "topics.csv"))
    assert result.exit_code == 1
    assert not result.stdout
    assert "PP908 writing a file" in result.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("cats",), ("forces", "--programme", "TV"), ("forces", "-f", "x")]
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_output_is_utf_8_in_every_locale() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "peelparse", "reference", "topics", "-f", "csv"],
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert "force’s" in done.stdout.decode("utf-8")

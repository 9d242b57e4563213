"""The command line: what goes where, in which form, and with which exit code."""

import atexit
import csv
import errno
import gc
import io
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final, NoReturn, get_args

import click
import msgspec
import pytest
from click.testing import CliRunner, Result

from commands import list_commands
from copies import make_zip
from peelparse import cli, pipeline, read_json, sources, write
from peelparse import parse as parse_page
from peelparse.cli import csv_output, guard, inputs, parse, terminal
from peelparse.cli.messages import Message, Messages, write_line
from peelparse.diagnostics import diagnose
from peelparse.errors import UnreadableError, WriteError
from peelparse.recognise import Options
from peelparse.report import Diagnostic
from peelparse.write import COLUMNS, CutCell, write_schema

PAGE: Final = """\
Northshire PEEL 2017

Effectiveness

How effective is the force at keeping people safe and reducing crime?

Last updated 22/03/2018

Good

Northshire Police is good at keeping people safe – and at reducing crime.

Questions for Effectiveness

2

How effective is the force at investigating crime and reducing re-offending?

Requires improvement

Northshire Police requires improvement in investigating crime.

The force:

* works “well” with partners; and
* listens to the public.

Areas for improvement

* The force should evaluate its work.
"""
OVERVIEW: Final = """\
<!doctype html><html lang="en"><title>Northshire PEEL 2017</title><body>
<h1>Northshire PEEL 2017</h1>
<h2>Effectiveness</h2><p>Last updated 22/03/2018</p><p>Good</p>
<p>The extent to which the force is effective at keeping people safe and reducing \
crime is good.</p>
<p><a href="/e">View the five questions for effectiveness</a></p>
<h2>Efficiency</h2><p>Last updated 09/11/2017</p><p>Good</p>
<p>The extent to which the force is efficient at keeping people safe and reducing \
crime is good.</p>
<p><a href="/f">View the three questions for efficiency</a></p>
</body></html>
"""
RECIPES: Final = "Fish and chips: fry the fish, then the chips.\n"
SCRIPT: Final = Path(sys.executable).with_name("peelparse")
KNOWN: Final = ("--force", "Avon and Somerset")
"""A force of the reference list, so that nothing is left to warn of."""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.fixture
def overview(tmp_path: Path) -> Path:
    path = tmp_path / "overview.html"
    path.write_text(OVERVIEW, "utf-8")
    return path


@pytest.fixture
def recipes(tmp_path: Path) -> Path:
    path = tmp_path / "recipes.txt"
    path.write_text(RECIPES, "utf-8")
    return path


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """One file that holds two pages."""
    path = tmp_path / "crawl.jsonl"
    rows = [{"url": f"https://inspectorate.example/{n}", "text": PAGE} for n in "ab"]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output is a terminal of 80 columns, in colour if asked for."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    for room in (terminal, parse):
        monkeypatch.setattr(room, "is_terminal", lambda: True)


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """Run in this process."""
    return CliRunner().invoke(cli.main, [str(each) for each in arguments], stdin)


def run_script(
    *arguments: str | Path, **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    """Run as a user does."""
    return subprocess.run(
        [SCRIPT, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def list_codes(result: Result) -> list[str]:
    """The code of each line on standard error."""
    return [line.split(": ")[1].split()[0] for line in result.stderr.splitlines()]


def fail(*_: object) -> NoReturn:
    raise ZeroDivisionError("on\nzero")


# one page, several pages


def test_one_page_is_an_object_on_one_line(page: Path) -> None:
    result = run("parse", page)
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    report = read_json(result.stdout)
    assert report.source.name == str(page)
    assert report.judgements[0].grade == "Good"


@pytest.mark.usefixtures("on_terminal")
def test_it_is_pretty_on_a_terminal(page: Path) -> None:
    assert run("parse", page).stdout.startswith('{\n  "schema"')
    assert run("parse", page, "--compact").stdout.startswith('{"schema"')


@pytest.mark.usefixtures("on_terminal")
def test_it_is_compact_in_a_file(page: Path, tmp_path: Path) -> None:
    run("parse", page, "-o", tmp_path / "out.json")
    assert (tmp_path / "out.json").read_bytes().startswith(b'{"schema"')


def test_several_pages_are_lines_in_the_order_given(page: Path, overview: Path) -> None:
    result = run("parse", overview, page)
    kinds = [read_json(line).kind for line in result.stdout.splitlines()]
    assert kinds == ["overview", "pillar"]


def test_several_inputs_are_lines_even_if_one_is_left(
    page: Path, recipes: Path
) -> None:
    result = run("parse", page, recipes, "--pretty", "-f", "json")
    assert [each["kind"] for each in json.loads(result.stdout)] == ["pillar"]
    result = run("parse", page, recipes)
    assert read_json(result.stdout).kind == "pillar"
    assert result.exit_code == 3


def test_a_file_of_several_pages_gives_lines(crawl: Path) -> None:
    result = run("parse", crawl)
    names = [read_json(line).source.name for line in result.stdout.splitlines()]
    assert names == [f"{crawl}#1", f"{crawl}#2"]


@pytest.mark.parametrize(
    ("option", "start"),
    [("--pretty", '[\n  {\n    "schema"'), ("--format=json", '[\n{"schema"')],
)
def test_an_array_of_several(
    page: Path, overview: Path, option: str, start: str
) -> None:
    result = run("parse", option, page, overview)
    assert [each["kind"] for each in json.loads(result.stdout)] == [
        "pillar",
        "overview",
    ]
    assert result.stdout.startswith(start)


def test_an_array_of_a_file_of_several_pages(crawl: Path) -> None:
    assert len(json.loads(run("parse", "-f", "json", crawl).stdout)) == 2


def test_an_array_of_none_is_valid(recipes: Path) -> None:
    result = run("parse", "-f", "json", recipes, recipes)
    assert (result.stdout, result.exit_code) == ("[]\n", 1)
    assert run("parse", "-f", "json", recipes).stdout == ""


def test_lines_on_request(page: Path) -> None:
    assert run("parse", page, "-f", "jsonl").stdout.startswith('{"schema"')


# standard input


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input(arguments: tuple[str, ...]) -> None:
    result = run("parse", *arguments, stdin=PAGE)
    assert read_json(result.stdout).source.name == "-"


def test_no_file_on_a_terminal_is_help_and_no_hang(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    result = run("parse")
    assert result.exit_code == 2
    assert "Usage: main parse" in result.stderr
    assert "such as page.html" in result.stderr


def test_no_command_is_help() -> None:
    result = run()
    assert result.exit_code == 2
    assert "peelparse parse page.html" in result.output


# tables


@pytest.mark.parametrize("table", COLUMNS)
def test_every_table(page: Path, overview: Path, table: str) -> None:
    result = run("parse", page, overview, "-f", "csv", "--table", table)
    rows = list(csv.reader(io.StringIO(result.stdout, newline="")))
    assert rows[0] == [column.name for column in COLUMNS[table]]
    assert len(rows) > 1
    assert rows.count(rows[0]) == 1


def test_the_tables_are_those_of_the_writer() -> None:
    assert parse.TABLES == get_args(parse.Table) == tuple(COLUMNS)


def test_csv_is_of_questions_unless_asked(page: Path) -> None:
    assert ",question_id," in run("parse", page, "-f", "csv").stdout


def test_an_empty_table_is_told_and_never_clean(overview: Path) -> None:
    result = run("parse", overview, "-f", "csv", *KNOWN)
    assert result.exit_code == 1
    assert result.stdout.count("\n") == 1
    assert "<stdout>: PP908 the table questions is empty" in result.stderr
    assert "reports (1), judgements (2), diagnostics (1)" in result.stderr


def test_no_diagnostics_is_clean(overview: Path, page: Path) -> None:
    # the file name of the second is what makes the table empty: nothing to tell
    result = run("parse", "-f", "csv", "--table", "items", page, overview)
    assert result.exit_code == 0


def test_an_empty_table_of_diagnostics_is_clean(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_output, "tabulate", lambda *_: [])
    assert run("parse", page, "-f", "csv", "--table", "diagnostics").exit_code == 0


def test_excel(page: Path, overview: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = run("parse", page, overview, "--excel", "--table", "judgements", "-o", out)
    assert result.exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfreport_id,")
    assert out.read_bytes().count(b"\xef\xbb\xbf") == 1


def test_excel_tells_of_cells_it_cuts(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        csv_output, "iter_cut_cells", lambda *_: [CutCell(1, "text", 40_000)]
    )
    arguments = ("parse", page, page, "-f", "csv", "--excel", *KNOWN)
    result = run(*arguments)
    assert result.exit_code == 0
    assert [line[:28] for line in result.stderr.splitlines()] == [
        "<stdout>: PP908 row 1, text:",
        "<stdout>: PP908 row 2, text:",
    ]
    assert run(*arguments, "--strict").exit_code == 1


# files to write


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.json", b"[\n{"),
        ("a.jsonl", b'{"schema"'),
        ("a.ndjson", b'{"schema"'),
        ("a.CSV", b"report_id,"),
        ("a", b'{"schema"'),
    ],
)
def test_the_ending_decides(
    page: Path, tmp_path: Path, name: str, start: bytes
) -> None:
    result = run("parse", page, page, "-o", tmp_path / name)
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_nothing_is_written_if_every_input_fails(recipes: Path, tmp_path: Path) -> None:
    result = run("parse", recipes, recipes, "-o", tmp_path / "out.json")
    assert result.exit_code == 1
    assert not (tmp_path / "out.json").exists()


def test_a_file_that_cannot_be_written_is_one_line(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str, _: bytes) -> NoReturn:
        error = WriteError("writing a file", "no space left", "room", "make room")
        error.name = path
        raise error

    monkeypatch.setattr(write, "write_file", refuse)
    result = run("parse", page, "-o", tmp_path / "out.json", *KNOWN)
    assert result.exit_code == 1
    assert list_codes(result) == ["PP908"]


def test_a_dash_is_standard_output(page: Path) -> None:
    assert read_json(run("parse", page, "-o", "-").stdout).kind == "pillar"


# wrong usage


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--excel",), "add -f csv"),
        (("--table", "items"), "add -f csv"),
        (("-f", "csv", "--pretty"), "--pretty is for json"),
        (("-f", "jsonl", "--pretty"), "--pretty is for json"),
        (("-q", "-v"), "contradict"),
        (("-", "-"), "can be given once"),
        (("--address", "https://inspectorate.example/", "b.txt"), "of one page"),
        (("-o", "nowhere/out.json"), "make it first"),
        (("-o", "."), "is a folder"),
        (("-o", "page.txt"), "one of the files"),
        (("--edition", "2099"), "2014, 2015, 2016, 2017, 2018-19, 2021-22"),
        (("--edition", "\udce9"), "cannot be printed"),
        (("--force", " "), "is empty"),
        (("--limit", "pages=3"), "there are page_bytes, page_lines, unpacked_bytes"),
        (("--limit", "members"), "give a whole number"),
        (("--limit", "members=-1"), "give a whole number"),
        (("--colour",), "No such option"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(
    page: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(page.parent)
    result = run("parse", page.name, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())


def test_a_file_that_exists_may_be_written_over(page: Path, overview: Path) -> None:
    assert run("parse", page, "/nonexistent", "-o", overview).exit_code == 3
    assert read_json(overview.read_bytes()).kind == "pillar"


# limits


@pytest.mark.parametrize("command", ["parse", "explain", "doctor", "afis"])
def test_a_limit_is_raised_and_lowered(
    crawl: Path, tmp_path: Path, command: str
) -> None:
    options = ("-o", tmp_path / "afis.csv") if command == "afis" else ()
    result = run(command, crawl, "--limit", "members=1", *options)
    assert result.exit_code == 1
    assert "--limit members=NUMBER" in " ".join(result.output.split())
    both = ("--limit", "members=1", "--limit", "members=100000")
    assert "PP905" not in run(command, crawl, *both, *options).output


def test_a_file_that_is_too_large_names_the_limit(page: Path) -> None:
    result = run("parse", page, "--limit", "page_bytes=9")
    assert result.exit_code == 1
    assert "--limit page_bytes=NUMBER" in result.stderr


def test_a_few_like_errors_of_one_file_are_all_told(tmp_path: Path) -> None:
    path = tmp_path / "strange.zip"
    path.write_bytes(make_zip({f"{number}.txt": b"x" for number in range(3)}))
    assert len(run("parse", path).stderr.splitlines()) == 3


def test_like_errors_of_one_file_are_summed_up(tmp_path: Path) -> None:
    path = tmp_path / "strange.zip"
    path.write_bytes(make_zip({f"{number}.txt": b"x" for number in range(1_234)}))
    lines = run("parse", path).stderr.splitlines()
    assert len(lines) == 11
    assert lines[-1] == f"{path}: PP906 1,224 more pages as those above (-v names each)"
    assert len(run("parse", "-v", path).stderr.splitlines()) == 1_234
    assert (
        len(run("parse", path, "--diagnostics", "jsonl").stderr.splitlines()) == 1_234
    )


# overrides


def test_overrides_are_recorded(page: Path) -> None:
    address = "https://inspectorate.example/peel-2016/"
    given = (*KNOWN, "--edition", "2018/19", "--address", address, "--provenance")
    result = run("parse", page, *given, "--infer-grades", "-v")
    report = read_json(result.stdout)
    assert report.force
    assert (report.force.source, report.force.ons_code) == ("option", "E23000036")
    assert (report.edition, report.source.address) == ("2018-19", address)
    assert "PP205" in list_codes(result)
    assert "#:~:text=" in result.stdout


# messages


def test_info_is_told_only_to_who_asks(page: Path) -> None:
    assert list_codes(run("parse", page)) == ["PP201"]
    assert "PP301" in list_codes(run("parse", page, "-v"))
    assert list_codes(run("parse", page, "-q")) == []


def test_messages_as_lines_of_json(page: Path, recipes: Path) -> None:
    result = run("parse", page, recipes, "--diagnostics", "jsonl", "--verbose")
    found = [json.loads(line) for line in result.stderr.splitlines()]
    assert [set(each) for each in found] == [
        {"file", "line", "code", "severity", "message", "hint"}
    ] * len(found)
    assert found[-1]["code"] == "PP906"
    assert found[-1]["severity"] == "error"
    assert {each["code"] for each in found} >= {"PP201", "PP301"}


def test_the_form_of_messages_does_not_change_the_exit_code(recipes: Path) -> None:
    for form in ("text", "jsonl"):
        assert run("parse", recipes, "--diagnostics", form).exit_code == 1


def test_a_message_is_one_line_whatever_is_in_it() -> None:
    message = Message(
        file="a\nb\udce9.html", code="PP999", severity="info", message="\x1b[31m"
    )
    assert write_line(message) == r"a\nb\udce9.html: PP999 \x1b[31m"


# exit codes


def test_a_warning_fails_only_if_strict(page: Path) -> None:
    assert run("parse", page).exit_code == 0
    assert run("parse", page, "--strict").exit_code == 1
    assert run("parse", page, "--strict", *KNOWN).exit_code == 0


def test_a_page_that_assesses_nothing_is_clean() -> None:
    text = "<html><h1>How we inspect</h1><p>PEEL is run by HMICFRS.</p>"
    result = run("parse", stdin=f"{text}<p>PEEL assessment framework 2017</p>")
    assert "PP402" in list_codes(result)
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("names", "code"), [("pp", 0), ("pr", 3), ("rp", 3), ("r", 1), ("rr", 1)]
)
def test_some_inputs_fail(page: Path, recipes: Path, names: str, code: int) -> None:
    files = [{"p": page, "r": recipes}[name] for name in names]
    result = run("parse", *files)
    assert result.exit_code == code
    assert len(result.stdout.splitlines()) == names.count("p")


def test_fail_fast(page: Path, recipes: Path) -> None:
    result = run("parse", page, recipes, page, "--fail-fast")
    assert result.exit_code == 3
    assert result.stdout.count("\n") == 1
    assert run("parse", page, page, "--fail-fast").stdout.count("\n") == 2
    result = run("parse", page, page, "--fail-fast", "--strict")
    assert (result.stdout.count("\n"), result.exit_code) == (1, 1)


@pytest.mark.parametrize(
    ("diagnostic", "code"),
    [
        (diagnose("PP301", "x"), 0),
        (diagnose("PP402", "x"), 0),
        (diagnose("PP401"), 1),
        (msgspec.structs.replace(diagnose("PP301", "x"), severity="error"), 1),
    ],
)
def test_what_falls_short(diagnostic: Diagnostic, code: int) -> None:
    report = msgspec.structs.replace(parse_page(PAGE), diagnostics=[diagnostic])
    messages = Messages()
    messages.count_report(report)
    assert messages.exit_code == code


def test_a_fault_of_ours_is_one_line_and_the_others_go_on(
    page: Path, overview: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = pipeline.recognise
    monkeypatch.setattr(
        inputs,
        "recognise",
        lambda read, given: (
            fail() if read.source.name == str(page) else original(read, given)
        ),
    )
    result = run("parse", page, overview, *KNOWN)
    assert result.exit_code == 3
    assert read_json(result.stdout).kind == "overview"
    assert list_codes(result) == ["PP900"]
    assert r"(ZeroDivisionError: on\nzero)" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in run("parse", page, "-v").stderr


def test_a_fault_in_reading_is_one_line(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "iter_pages", fail)
    assert list_codes(run("parse", page)) == ["PP900"]


# how it ends from outside


def test_an_interrupt_is_130_and_no_traceback(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(inputs, "recognise", interrupt)
    result = run("parse", page, "-o", page.with_name("out.json"))
    assert (result.exit_code, result.stderr) == (130, "peelparse: interrupted\n")
    assert not page.with_name("out.json").exists()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent in another way there")
def test_ctrl_c_for_real() -> None:
    # a job in the background ignores Ctrl-C, and hands that down to what it starts
    heed = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    start = f"{heed}os.execv(sys.argv[1], sys.argv[1:])"
    with subprocess.Popen(
        [sys.executable, "-c", start, SCRIPT, "parse", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPROFILEIMPORTTIME": "1"},
    ) as process:
        assert process.stderr
        # the last import before it reads shows that it is ready
        while b"peelparse.cli.outputs" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        rest = process.stderr.read()
    assert process.returncode == 130
    assert b"Traceback" not in rest


def test_a_closed_pipe_is_quiet(page: Path) -> None:
    script = f"'{SCRIPT}' parse {'page.txt ' * 200} | head -c1; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(
        ["bash", "-c", script], cwd=page.parent, capture_output=True, check=True
    )
    assert result.stdout in {b"{141\n", b"{0\n"}
    assert b"Traceback" not in result.stderr
    assert b"BrokenPipe" not in result.stderr


def test_a_closed_pipe_ends_as_for_other_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w", encoding="ascii") as stream:  # noqa: PTH123  no path
        monkeypatch.setattr(sys, "stdout", stream)
        with pytest.raises(click.exceptions.Exit) as ended, guard.guard():
            terminal.write_stdout(b"x")
        # what is left goes nowhere, without a word, as it will when Python ends
        stream.flush()
    assert ended.value.exit_code == 141


def test_a_full_disk_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(click.exceptions.Exit) as ended, guard.guard():
        raise OSError(errno.ENOSPC, "No space left on device")
    assert ended.value.exit_code == 1
    assert capsys.readouterr().err == (
        "peelparse: cannot write the output: No space left on device\n"
    )


def test_a_closed_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert not terminal.is_terminal()
    with pytest.raises(click.exceptions.Exit), guard.guard():
        terminal.write_stdout(b"x")
    assert "standard output is closed" in capsys.readouterr().err


def read_stdin_error() -> str:
    (outcome,) = inputs.iter_outcomes(["-"], Options())
    assert isinstance(outcome, UnreadableError)
    return outcome.found


def test_a_closed_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert read_stdin_error() == "no standard input"
    assert run("parse", stdin=b"").exit_code == 1


def test_an_input_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (tmp_path / "out").open("w") as unreadable:
        monkeypatch.setattr(sys, "stdin", unreadable)
        monkeypatch.setattr(sources, "read_limited", fail_to_read)
        assert read_stdin_error() == "Input/output error"


def fail_to_read(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.EIO, "Input/output error")


# explain


def test_explain_shows_every_block_with_its_margin(page: Path) -> None:
    result = run("explain", page)
    assert result.exit_code == 0
    assert result.stderr == ""
    head, blocks = result.stdout.strip().split("\n\n")
    assert "kind      pillar (PEEL)" in head
    assert "force     Northshire (not in the reference list; title)" in head
    assert "warning   PP201 the force" in head
    assert "info      PP301 line" in head
    rows = [line.split(maxsplit=4) for line in blocks.splitlines()]
    assert rows[0] == ["line", "label", "rule", "field", "text"]
    assert ["9", "grade", "grade_label", "judgements[0].grade", "Good"] in rows
    assert len(rows) == 1 + read_json(run("parse", page).stdout).coverage.blocks
    assert (
        len(
            {
                line.index(row[4])
                for line, row in zip(blocks.splitlines(), rows, strict=True)
            }
        )
        == 1
    )


def test_explain_marks_what_no_field_took(tmp_path: Path) -> None:
    path = tmp_path / "odd.html"
    path.write_text(OVERVIEW.replace("</body>", "<p>A dragon lives here.</p>"), "utf-8")
    result = run("explain", path)
    marked = [line for line in result.stdout.splitlines() if line.startswith("!")]
    (unclaimed,) = read_json(run("parse", path).stdout).coverage.unclaimed
    assert marked[0].split()[1] == str(unclaimed.line)
    assert marked[0].split(maxsplit=5)[4:] == ["unclaimed", "A dragon lives here."]


def test_explain_as_json(page: Path) -> None:
    result = run("explain", page, "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [set(row) for row in rows] == [
        {"line", "kind", "label", "rule", "field", "text"}
    ] * len(rows)
    assert json.loads(result.stderr.splitlines()[0])["code"] == "PP201"


def test_explain_shows_a_page_that_is_not_recognised(recipes: Path) -> None:
    result = run("explain", recipes)
    assert result.exit_code == 1
    assert "kind      none" in result.stdout
    assert "unclaimed  Fish and chips: fry" in result.stdout
    assert list_codes(result) == ["PP906"]
    rows = run("explain", recipes, "--json").stdout
    assert json.loads(rows.splitlines()[0])["field"] == "unclaimed"


def test_explain_a_file_that_cannot_be_read() -> None:
    result = run("explain", "/nonexistent")
    assert (result.exit_code, result.stdout) == (1, "")
    assert list_codes(result) == ["PP902"]


def test_explain_takes_overrides(page: Path) -> None:
    arguments = ("--force", "Westvale", "--address", "https://inspectorate.example/")
    stdout = run("explain", page, *arguments).stdout
    assert "force     Westvale (not in the reference list; option)" in stdout
    assert "address   https://inspectorate.example/" in stdout


def test_explain_of_a_page_about_no_force(tmp_path: Path) -> None:
    path = tmp_path / "method.html"
    path.write_text(
        "<html><h1>How we inspect</h1><p>PEEL is run by HMICFRS.</p>"
        "<p>PEEL assessment framework 2017</p>"
    )
    assert "force     none" in run("explain", path).stdout


@pytest.mark.parametrize("columns", ["60", "80", "150"])
@pytest.mark.usefixtures("on_terminal")
def test_explain_fits_the_terminal(
    page: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("NO_COLOR", "1")
    head, blocks = run("explain", page).stdout.strip("\n").split("\n\n")
    assert max(map(len, head.splitlines())) <= int(columns)
    texts = blocks.splitlines()[2 :: 2 if columns != "150" else 1]
    assert max(map(len, texts)) <= int(columns)
    assert any(line.endswith("…") for line in texts)


@pytest.mark.usefixtures("on_terminal")
def test_explain_is_in_colour_on_a_terminal(page: Path) -> None:
    assert "\x1b[" in run("explain", page).stdout


def test_no_color_wins_over_force_color(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("explain", page).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("explain", page).stdout


@pytest.mark.usefixtures("on_terminal")
def test_a_dumb_terminal_gets_no_colour(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b[" not in run("explain", page).stdout


def test_colour_changes_no_word(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain = run("explain", page).stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run("explain", page).stdout
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_a_page_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE.replace("Northshire Police", "\x1b gotcha\x07"), "utf-8")
    result = run("explain", path)
    assert "\x1b" not in result.stdout
    assert "gotcha" in result.stdout


# schema, help, version


def test_schema_is_that_of_the_library() -> None:
    result = run("schema")
    assert result.exit_code == 0
    assert result.stdout.encode() == write_schema() + b"\n"


def test_version() -> None:
    result = run("--version")
    assert result.stdout.startswith("peelparse ")
    assert result.stdout.endswith("(peelparse.report/1)\n")


@pytest.mark.parametrize("name", [None, "parse", "explain"])
def test_help_has_examples_and_exit_codes(name: str | None) -> None:
    result = run(*([name] if name else []), "--help")
    assert result.exit_code == 0
    text = result.stdout
    assert "Examples:\n    peelparse" in text
    for code in (0, 1, 2, 3, 130):
        assert re.search(rf"^    {code}\b", text, re.MULTILINE)


def test_every_option_has_help() -> None:
    for command in list_commands().values():
        assert command.help
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, parameter.name


# as a user runs it


def test_the_module_is_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["peelparse", "--version"])
    at_exit: list[object] = []
    monkeypatch.setattr(atexit, "register", at_exit.append)
    before = gc.get_threshold()
    try:
        with pytest.raises(SystemExit) as ended:
            runpy.run_module("peelparse", run_name="__main__")
        assert gc.get_threshold()[0] > before[0]
    finally:
        gc.set_threshold(*before)
    assert ended.value.code == 0
    assert at_exit == [gc.freeze]
    runpy.run_module("peelparse.__main__", run_name="not main")


def test_the_module_runs(page: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "peelparse", "parse", page],
        capture_output=True,
        check=True,
    )
    assert read_json(result.stdout).kind == "pillar"


def test_data_is_utf8_in_every_locale(page: Path) -> None:
    expected = run_script("parse", str(page)).stdout
    assert "“well”".encode() in expected
    for environment in (
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii:strict"},
    ):
        result = run_script("parse", str(page), **environment)
        assert result.stdout == expected
        assert result.returncode == 0
        assert b"Northshire" in result.stderr
        shown = run_script("explain", str(page), **environment)
        assert "“well”".encode() in shown.stdout


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_text(PAGE, "utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    result = subprocess.run(
        [os.fsencode(SCRIPT), b"parse", path], capture_output=True, check=False
    )
    assert read_json(result.stdout).source.name.endswith("/caf\\udce9.txt")
    assert b"/caf\\udce9.txt: PP201" in result.stderr


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
def test_jq_reads_it(page: Path) -> None:
    script = f"'{SCRIPT}' parse '{page}' | jq -r '.questions[].grade'"
    result = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    assert result.stdout == b"Requires improvement\n"


# docs/cli.md


DOCS: Final = (Path(__file__).parents[1] / "docs" / "cli.md").read_text("utf-8")


def test_the_docs_name_every_command_and_option() -> None:
    for name, command in list_commands().items():
        assert f"## `peelparse {name}" in DOCS
        for parameter in command.params:
            for option in (*parameter.opts, *parameter.secondary_opts):
                if option.startswith("--"):
                    assert f"`{option}" in DOCS, option


def list_recipes() -> list[str]:
    return re.findall(r"^peelparse .* \| jq .*$", DOCS, re.MULTILINE)


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
@pytest.mark.parametrize("recipe", list_recipes())
def test_the_recipes_run(
    page: Path, overview: Path, tmp_path: Path, recipe: str
) -> None:
    page.rename(tmp_path / "page.html")
    overview.rename(tmp_path / "overview.html")
    path = f"{SCRIPT.parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", recipe],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={**os.environ, "PATH": path},
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()


def test_only_the_command_that_is_asked_for_is_loaded() -> None:
    code = (
        "import sys; from peelparse.cli import main; "
        "main(['schema', '--help'], standalone_mode=False); "
        "print(*(name for name in sys.modules if name.startswith('peelparse.cli.')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = set(run.stdout.decode().splitlines()[-1].split())
    names = {f"peelparse.cli.{name}" for name in list_commands()}
    assert loaded & names == {"peelparse.cli.schema"}


def test_no_such_command() -> None:
    result = CliRunner().invoke(cli.main, ["prase"])
    assert result.exit_code == 2
    assert "No such command" in result.output

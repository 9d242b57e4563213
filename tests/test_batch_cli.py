"""`peelparse batch`: options, exit codes, what it shows, and what stands in its way."""

import errno
import gc
import io
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from peelparse import cli
from peelparse.batch import (
    Manifest,
    Outcome,
    Staff,
    Summary,
    staff,
    watch,
    workers,
)
from peelparse.batch.crew import Alone, Team
from peelparse.batch.outcome import Fault, PageOutcome
from peelparse.batch.summary import Coverage
from peelparse.cli import batch_summary, batch_view
from peelparse.write.datasets import Sink
from test_batch import fill, make_page, read, rows, run

RUN: Final = import_module("peelparse.batch.run")


def call(*arguments: object, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(cli.main, ["batch", *map(str, arguments)], input=stdin)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return fill(tmp_path / "pages")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    folder = tmp_path / "good"
    folder.mkdir()
    (folder / "a.html").write_text(make_page("Kent"))
    return folder


class TestExitCodes:
    """0 clean, 1 fell short, 2 wrong usage, 3 some failed, 130 interrupted."""

    def test_clean(self, tmp_path: Path, good: Path) -> None:
        done = call(good, "-o", tmp_path / "out")
        assert (done.exit_code, done.stdout) == (0, "")
        assert "1 reports of 1 files" in done.stderr
        assert call(good, "-o", tmp_path / "out", "-q").stderr == ""

    def test_some_failed(self, tmp_path: Path, pages: Path) -> None:
        done = call(pages, "-o", tmp_path / "out", "-q")
        assert done.exit_code == 3
        assert "empty.html: PP903" in done.stderr
        assert (tmp_path / "out").is_dir()

    def test_strict(self, tmp_path: Path, good: Path) -> None:
        (good / "a.html").write_text(make_page("Northshire"))
        assert call(good, "-o", tmp_path / "out").exit_code == 0
        assert call(good, "-o", tmp_path / "out", "--strict").exit_code == 1

    def test_limit(self, tmp_path: Path, good: Path) -> None:
        output = tmp_path / "out"
        assert call(good, "-o", output).exit_code == 0
        # what was kept does not count: the limit decides what comes out of a page
        result = call(good, "-o", output, "--limit", "page_bytes=9")
        assert result.exit_code == 1
        assert "page_bytes" in result.output

    def test_nothing(self, tmp_path: Path, good: Path) -> None:
        (good / "a.html").unlink()
        done = call(good, "-o", tmp_path / "out")
        assert done.exit_code == 1
        assert "no file that could hold a page" in done.stderr
        (good / "b.html").write_text("")
        done = call(good, "-o", tmp_path / "out")
        assert done.exit_code == 1
        assert "no page gave a report" in done.stderr
        assert not (tmp_path / "out").exists()
        assert {path.name for path in tmp_path.iterdir()} == {"good", "out.peelparse"}

    def test_nothing_leaves_nothing(self, tmp_path: Path, good: Path) -> None:
        (good / "a.html").unlink()
        call(good, "-o", tmp_path / "out")
        assert {path.name for path in tmp_path.iterdir()} == {"good"}

    def test_fail_fast(self, tmp_path: Path, pages: Path) -> None:
        run(tmp_path / "out", pages)
        before = read(tmp_path / "out")
        (pages / "page 01.html").write_text("")
        (pages / "page 02.html").write_text(make_page("Cheshire"))
        done = call(pages, "-o", tmp_path / "out", "--fail-fast", "-q")
        assert done.exit_code == 1
        assert "because of --fail-fast" in done.stderr
        assert read(tmp_path / "out") == before
        (pages / "empty.html").unlink()
        (pages / "recipes.txt").unlink()
        (pages / "page 01.html").unlink()
        done = call(pages, "-o", tmp_path / "out", "--fail-fast", "--strict", "-q")
        assert done.exit_code == 1  # a force that no list has

    def test_interrupted(
        self, tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run(tmp_path / "out", pages)
        before = read(tmp_path / "out")
        (pages / "page 01.html").write_text(make_page("Cheshire"))

        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(Sink, "close", stop)
            done = call(pages, "-o", tmp_path / "out")
        assert done.exit_code == 130
        assert "--resume goes on" in done.stderr
        assert read(tmp_path / "out") == before
        assert call(pages, "-o", tmp_path / "out", "--resume").exit_code == 3
        assert read(tmp_path / "out") != before

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("-o", "out"), "Name a folder"),
            (("gone", "-o", "out"), "nothing at gone"),
            ((".", "-o", "out", "-0"), "add --files-from"),
            ((".", "-o", "out", "--resume", "--fresh"), "contradict"),
            ((".", "-o", "out", "--resume"), "no out.peelparse to go on from"),
            ((".", "-o", "out", "--address", "https://a.uk"), "one page"),
            ((".", "-o", "out.csv"), "a name that ends in .csv"),
            ((".", "-o", "gone/out"), "does not exist"),
            ((".", "-o", "out", "--edition", "1999"), "1999"),
            ((".", "-o", "out", "--jobs", "0"), "x>=1"),
            ((".", "-o", "out", "--cluster", "tcp://a:1", "-j", "2"), "has its own"),
            (("--files-from", "gone", "-o", "out"), "No such file"),
        ],
    )
    def test_usage(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        arguments: tuple[str, ...],
        told: str,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        done = call(*arguments)
        assert done.exit_code == 2
        assert told in " ".join(done.stderr.split())
        assert not [*tmp_path.iterdir()]

    def test_list(
        self, tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(good)
        (tmp_path / "list").write_text("a.html\n")
        done = call("--files-from", tmp_path / "list", "-o", tmp_path / "out")
        assert done.exit_code == 0
        done = call(
            "--files-from", "-", "-0", "-o", tmp_path / "two", stdin=b"a.html\0"
        )
        assert done.exit_code == 0
        assert read(tmp_path / "out") == read(tmp_path / "two")

    def test_list_of_what_is_gone(self, tmp_path: Path, good: Path) -> None:
        paths = f"{good}/a.html\n{good}/gone.html\n".encode()
        done = call("--files-from", "-", "-o", tmp_path / "out", stdin=paths)
        assert done.exit_code == 3
        assert "gone.html: PP902" in done.stderr

    def test_loop_is_named(self, tmp_path: Path, good: Path) -> None:
        (good / "loop").symlink_to(good)
        done = call(good, "-o", tmp_path / "out")
        assert done.exit_code == 0
        (row,) = (
            row
            for row in rows(tmp_path / "out", "sources")
            if row["outcome"] == "skipped"
        )
        assert row["source_name"] == "loop"
        assert "leads back" in row["reason"]
        assert "1 a symbolic link" in done.stderr


@contextmanager
def mount(folder: Path, size: str) -> Iterator[Path]:
    """A disk that is as small as is asked for."""
    disk = folder / "disk"
    disk.mkdir()
    if shutil.which("mount") is None or os.getuid():
        pytest.skip("only root may mount a small disk")
    options = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if subprocess.run(options, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def remount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)


class TestObstacles:
    """What stands in the way is told, and nothing is lost."""

    def test_two_runs_at_once(self, tmp_path: Path, good: Path) -> None:
        with closing(Manifest(tmp_path / "out")):
            done = call(good, "-o", tmp_path / "out")
        assert done.exit_code == 1
        assert "another run is writing there" in done.stderr

    def test_newer_version(self, tmp_path: Path, good: Path) -> None:
        run(tmp_path / "out", good)
        before = read(tmp_path / "out")
        with closing(sqlite3.connect(tmp_path / "out.peelparse")) as db:
            db.execute("PRAGMA user_version = 99")
        done = call(good, "-o", tmp_path / "out")
        assert done.exit_code == 1
        assert "made by a newer peelparse" in done.stderr
        assert read(tmp_path / "out") == before
        assert call(good, "-o", tmp_path / "out", "--fresh").exit_code == 0

    def test_older_version_is_begun_anew(self, tmp_path: Path, good: Path) -> None:
        run(tmp_path / "out", good)
        with closing(sqlite3.connect(tmp_path / "out.peelparse")) as db:
            db.execute("PRAGMA user_version = 0")
        assert run(tmp_path / "out", good).written

    def test_no_manifest(self, tmp_path: Path, good: Path) -> None:
        (tmp_path / "out.peelparse").write_bytes(b"a shopping list\n" * 100)
        done = call(good, "-o", tmp_path / "out")
        assert done.exit_code == 1
        assert "no manifest, or a broken one" in done.stderr

    def test_database_of_others(self, tmp_path: Path, good: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "out.peelparse")) as db:
            db.execute("CREATE TABLE birds (name)")
        for options in ((), ("--fresh",)):
            done = call(good, "-o", tmp_path / "out", *options)
            assert done.exit_code == 1
            assert "a database of another program" in done.stderr

    def test_file_of_others(self, tmp_path: Path, good: Path) -> None:
        (tmp_path / "out.db").write_text("mine")
        done = call(good, "-o", tmp_path / "out.db")
        assert done.exit_code == 1
        assert "no manifest beside it" in done.stderr
        assert (tmp_path / "out.db").read_text() == "mine"
        assert call(good, "-o", tmp_path / "out.db", "--fresh").exit_code == 0

    def test_folder_of_others(self, tmp_path: Path, good: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("mine")
        done = call(good, "-o", tmp_path / "out", "--fresh")
        assert done.exit_code == 1
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]

    def test_output_of_a_newer_schema(self, tmp_path: Path, good: Path) -> None:
        run(tmp_path / "out", good)
        package = tmp_path / "out" / "datapackage.json"
        package.write_text(package.read_text().replace("report/1", "report/2"))
        before = read(tmp_path / "out")
        done = call(good, "-o", tmp_path / "out", "--fresh")
        assert done.exit_code == 1
        assert "a data set of peelparse.report/2" in done.stderr
        assert read(tmp_path / "out") == before

    def test_place_that_is_not_writable(
        self, tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> object:
            raise sqlite3.OperationalError("unable to open database file")

        monkeypatch.setattr(sqlite3, "connect", refuse)
        done = call(good, "-o", tmp_path / "out")
        assert done.exit_code == 1
        assert "Check the folder, its permissions" in done.stderr

    def test_write_error(
        self, tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run(tmp_path / "out", pages)
        before = read(tmp_path / "out")
        (pages / "page 01.html").write_text(make_page("Cheshire"))

        def fill_up(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        writer = import_module("peelparse.write.datasets.folder").FolderWriter
        with monkeypatch.context() as patch:
            patch.setattr(writer, "finish", fill_up)
            done = call(pages, "-o", tmp_path / "out", "-q")
        assert done.exit_code == 1
        assert "No space left on device" in done.stderr
        assert read(tmp_path / "out") == before
        assert call(pages, "-o", tmp_path / "out", "-q").exit_code == 3
        run(tmp_path / "new", pages)
        assert read(tmp_path / "out") == read(tmp_path / "new")

    @pytest.mark.parametrize("size", ["500k", "900k"])
    def test_full_disk(self, tmp_path: Path, size: str) -> None:
        folder, dice = fill(tmp_path / "pages", 20), random.Random(1)
        for place in range(40):
            noise = dice.randbytes(12_000).hex(" ", 30)  # cannot be made much smaller
            page = f"{make_page(f'Upper {place} Northshire')}<p>{noise}</p>"
            (folder / f"long {place}.html").write_text(page)
        with mount(tmp_path, size) as disk:
            out = disk / "out.db"
            run(out, folder / "page 00.html")
            before = out.read_bytes()
            done = call(folder, "-o", out, "-q")
            assert done.exit_code == 1
            assert "full" in done.stderr or "No space left" in done.stderr
            assert out.read_bytes() == before
            left = {path.name for path in disk.iterdir()}
            assert left <= {"out.db", "out.db.peelparse", "out.db.peelparse-wal"}
            remount(disk, "size=50m")
            assert call(folder, "-o", out, "-q", "--resume").exit_code == 3
            run(tmp_path / "new.db", folder)
            assert out.read_bytes() == (tmp_path / "new.db").read_bytes()

    def test_disk_that_may_only_be_read(self, tmp_path: Path, good: Path) -> None:
        with mount(tmp_path, "5m") as disk:
            run(disk / "out", good)
            before = read(disk / "out")
            (good / "a.html").write_text(make_page("Cheshire"))
            remount(disk, "ro")
            done = call(good, "-o", disk / "out")
            assert done.exit_code == 1
            assert "check the folder, its permissions" in done.stderr.casefold()
            assert read(disk / "out") == before

    def test_corrupt_pages(self, tmp_path: Path) -> None:
        folder = fill(tmp_path / "pages", 30)
        for place in range(5):
            noise = bytes((place * 7 + each * each) % 256 for each in range(3000))
            (folder / f"noise {place}.html").write_bytes(noise)
        summary = run(tmp_path / "out", folder)
        assert summary.reports >= 31
        assert len(rows(tmp_path / "out", "sources")) == 38


class TestView:
    """What is shown while a run goes on, and at its end."""

    def test_lines(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock = iter(range(0, 1000, 3))
        monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
        with batch_view.open_view(quiet=False) as view:
            view.start("pages", 4)
            for _ in range(4):
                view.step()
        told = capsys.readouterr().err.splitlines()
        assert told
        assert told[0].startswith("pages: 1 of 4, ")

    def test_many_failures(self, capsys: pytest.CaptureFixture[str]) -> None:
        fault = Fault(code="PP903", message="nothing", hint="look")
        page = PageOutcome(name="a.html", fault=fault)
        with batch_view.open_view(quiet=True) as view:
            view.start("pages", 0)
            for _ in range(30):
                view.step(Outcome(key=b"", pages=(page,)))
        told = capsys.readouterr().err.splitlines()
        assert len(told) == 21
        assert told[0] == "a.html: PP903 nothing (look)"
        assert "table diagnostics" in told[-1]

    def test_bar(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        screen = Terminal()
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.delenv("NO_COLOR", raising=False)
        with batch_view.open_view(quiet=False) as view:
            view.gauge.move(1, "too early")
            view.start("looking for files", 0)
            view.start("pages", 3)
            view.step()
            view.step()
            view.gauge.say("a.html: PP903 [nothing]")
        assert "PP903 [nothing]" in screen.getvalue()
        assert "pages" in screen.getvalue()

    def test_summary(self, tmp_path: Path) -> None:
        summary = Summary(
            inputs=3,
            worked=3,
            skipped={"image": 2},
            written=True,
            reports=2,
            failures=1,
            pages={("pillar", "PEEL 2017"): 1, ("overview", ""): 1},
            forces=[
                Coverage(edition="2017", seen=33, missing=tuple("abcdefghij")),
                Coverage(edition="2016", seen=43, missing=()),
            ],
            codes={"PP903": 1, "PP302": 4},
            look_at=[("a.html", "PP903 nothing")],
        )
        told = [*batch_summary.list_lines(summary, tmp_path / "out", quiet=False)]
        assert told == [
            "Pages by edition and kind",
            "             overview  pillar",
            "  unknown           1       ·",
            "  PEEL 2017         ·       1",
            "Police forces",
            "  2017: 33 of 43; missing: a, b, c, d, e, f, g, h and 2 more",
            "  2016: 43 of 43",
            "Diagnostics",
            "  PP302        4  no grade line for …",
            "  PP903        1  no report",
            "Look first at",
            "  a.html: PP903 nothing",
            (
                "2 reports of 3 files (3 read, 0 gone; skipped: 2 image), 1 failed; "
                f"{tmp_path / 'out'} is written"
            ),
        ]
        assert not [*batch_summary.list_lines(summary, tmp_path, quiet=True)]


class TestWorkers:
    """What happens in a worker, shown here where it can be seen."""

    def test_tasks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        slots = [-2, -2]
        lock = multiprocessing.get_context().Lock()
        old = signal.getsignal(signal.SIGINT)
        try:
            monkeypatch.setattr(gc, "freeze", lambda: None)
            workers.start_worker(lock, slots, 60)
            assert slots == [-1, -2]
            assert workers.run_tasks(lambda task: task * 2, [(5, 1), (6, 2)]) == [2, 4]
            assert slots == [-1, -2]
        finally:
            signal.signal(signal.SIGINT, old)
            watch.disarm()

    def test_end_with_parent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Parent:
            def join(self) -> None:
                ended.append("joined")

        ended: list[object] = []
        monkeypatch.setattr(os, "_exit", ended.append)
        monkeypatch.setattr(multiprocessing, "parent_process", Parent)
        workers._end_with_parent()
        assert ended == ["joined", 1]

    def test_method(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", "darwin")
        assert workers.find_method() == "spawn"

    def test_spawned_workers_do_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = fill(tmp_path / "pages", 20)
        run(tmp_path / "one", folder)
        monkeypatch.setattr(workers, "find_method", lambda: "spawn")
        run(tmp_path / "two", folder, hire=Staff(2))
        assert read(tmp_path / "one") == read(tmp_path / "two")

    def test_hiring(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert isinstance(Staff(8)(15), Alone)
        assert isinstance(Staff(1)(1000), Alone)
        assert isinstance(Staff(8)(16), Team)
        assert isinstance(Staff(1, 5)(1), Team)
        assert staff.count_cores() >= 1
        monkeypatch.delattr(os, "sched_getaffinity", raising=False)
        assert staff.count_cores() >= 1
        with closing(Staff(2)) as idle:
            idle(100)  # hired, and let go before there was anything to do

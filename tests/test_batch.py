"""Folders to data sets: the same bytes whatever happens on the way."""

import csv
import multiprocessing
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Final

import msgspec
import pytest

from cases import ROOT
from peelparse.batch import (
    TABLES,
    Inputs,
    Manifest,
    Outcome,
    Settings,
    Staff,
    Summary,
    crew,
    gather,
    identity,
    joined,
    pool,
)
from peelparse.batch.emit import Emitter
from peelparse.blocks import Page
from peelparse.errors import WriteError
from peelparse.pipeline import recognise
from peelparse.recognise import Options
from peelparse.write.datasets import choose_form

WORK: Final = import_module("peelparse.batch.work")
FORCES: Final = ("Avon and Somerset", "Kent", "Northshire", "Northshire Police")
HAS_FORK: Final = "fork" in multiprocessing.get_all_start_methods()


def make_page(force: str, grade: str = "Good", edition: str = "2017") -> str:
    return (
        f"<!doctype html><html lang=en><title>{force} PEEL {edition}</title>"
        f"<h1>{force} PEEL {edition}</h1><h2>Effectiveness</h2><p>How effective is the "
        f"force at keeping people safe and reducing crime?</p><p>Last updated "
        f"22/03/2018</p><p>{grade}</p><h2>Questions for Effectiveness</h2><h3>1. How "
        f"effective is the force at preventing crime?</h3><p>{grade}</p><p>The force in "
        f"{force} prevents most crime and does so in {edition} as it did before.</p>"
    )


def fill(folder: Path, count: int = 6) -> Path:
    """Put some pages in a folder, two of which fail."""
    folder.mkdir()
    for place in range(count):
        force = FORCES[place % len(FORCES)]
        page = make_page(force, edition=str(2015 + place // len(FORCES) % 3))
        (folder / f"page {place:02}.html").write_text(page)
    (folder / "copy.html").write_text((folder / "page 00.html").read_text())
    (folder / "empty.html").write_text("")
    (folder / "recipes.txt").write_text("Fry the fish, then the chips.\n")
    return folder


class Ear:
    """Hears how a run goes on, and may end it."""

    def __init__(self, end: Callable[[str, int], None] | None = None) -> None:
        self.stage = ""
        self.steps = 0
        self.end = end

    def start(self, stage: str, total: int) -> None:
        self.stage, self.steps = stage, 0

    def step(self, outcome: Outcome | None = None) -> None:
        self.steps += 1
        if self.end:
            self.end(self.stage, self.steps)


def run(  # noqa: PLR0913  each is one option
    output: Path,
    *given: Path | str,
    hire: Staff | None = None,
    fresh: bool = False,
    fail_fast: bool = False,
    strict: bool = False,
    sends_bytes: bool = False,
    options: Options | None = None,
    ear: Ear | None = None,
) -> Summary:
    settings = Settings(
        output=output,
        form=choose_form(output),
        options=options or Options(provenance=True),
        fail_fast=fail_fast,
        strict=strict,
        fresh=fresh,
        sends_bytes=sends_bytes,
    )
    own = Inputs([str(each) for each in given], (), Manifest.list_own(output))
    hire = hire or Staff(jobs=1)
    with closing(hire), closing(Manifest(output, fresh=fresh)) as manifest:
        return gather(manifest, own, hire, settings, ear or Ear())


def read(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(output.iterdir())}


def rows(output: Path, table: str) -> list[dict[str, str]]:
    with (output / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return fill(tmp_path / "pages")


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files count as old, though tests have just made them."""
    monkeypatch.setattr(WORK, "_UNSETTLED", -(10**12))


class TestOutput:
    """What is written, and that it depends on nothing but the pages."""

    def test_tables(self, tmp_path: Path, pages: Path) -> None:
        summary = run(tmp_path / "out", pages)
        out = tmp_path / "out"
        assert (summary.reports, summary.failures) == (7, 2)
        assert summary.written
        assert len(rows(out, "reports")) == 6  # the copy's rows would be the same
        assert len(read(out)["reports.jsonl"].splitlines()) == 6
        sources = {row["source_name"]: row for row in rows(out, "sources")}
        assert list(sources)[:3] == ["copy.html", "empty.html", "page 00.html"]
        assert sources["page 00.html"]["role"] == "copy"
        assert sources["page 00.html"]["copy_of"] == "copy.html"
        assert sources["page 00.html"]["reason"] == "the same bytes"
        assert sources["copy.html"]["role"] == "used"
        assert sources["empty.html"]["outcome"] == "failed"
        assert sources["empty.html"]["code"] == "PP903"
        assert sources["recipes.txt"]["hint"]
        failed = [row for row in rows(out, "diagnostics") if not row["report_id"]]
        assert {row["source_name"] for row in failed} == {"empty.html", "recipes.txt"}

    def test_assessments(self, tmp_path: Path, pages: Path) -> None:
        other = make_page("Kent", "Requires improvement").replace("h1>", "h1 >")
        (pages / "other kent.html").write_text(other)
        run(tmp_path / "out", pages)
        found = rows(tmp_path / "out", "assessments")
        kent = [row for row in found if row["assessment_id"] == "PEEL/kent/2015"]
        assert [row["level"] for row in kent] == ["judgement", "question"]
        assert {row["grade_from"] for row in kent} == {"page 01.html"}
        assert {row["text_from"] for row in kent} == {"page 01.html"}
        assert {row["report_id"] for row in found} <= {
            row["report_id"] for row in rows(tmp_path / "out", "reports")
        }
        # the longer name is the one that the shorter means
        assert "PEEL/northshire/2015" in {row["assessment_id"] for row in found}
        assert len({row["value_id"] for row in found}) == len(found)

    def test_many_assessments_and_things_that_are_no_pages(
        self, tmp_path: Path
    ) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "logo.png").write_bytes(b"x")
        for place in range(40):
            name = "ABCDEFGH"[place % 8] + "aeiou"[place // 8] + "shire"
            page = make_page(name)
            (folder / f"{place}.html").write_text(page)
        summary = run(tmp_path / "out", folder)
        assert summary.skipped == {"image": 1}
        found = rows(tmp_path / "out", "assessments")
        assert len({row["assessment_id"] for row in found}) == 40
        assert "PEEL/aashire/2017" in {row["assessment_id"] for row in found}

    def test_a_group_costs_no_look_at_every_page(self, tmp_path: Path) -> None:
        with closing(Manifest(tmp_path / "out")) as manifest:
            plan = manifest.db.execute(
                f"EXPLAIN QUERY PLAN SELECT page.id {joined._SHOWN} WHERE programme = ?"
                " AND edition = ? AND force_id IS ? AND force_name = ?",
                ("PEEL", "2017", None, "Kent"),
            ).fetchall()
        assert [each for *_, each in plan if not each.startswith("SEARCH")] == []

    def test_pages_that_lack_something_are_not_joined(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        page = make_page("Kent").replace("Kent PEEL 2017", "Effectiveness")
        (folder / "a.html").write_text(page)
        (folder / "b.html").write_text(page.replace("most crime", "much crime at sea"))
        run(tmp_path / "out", folder)
        found = rows(tmp_path / "out", "assessments")
        assert {row["assessment_id"][:5] for row in found} == {"page/"}
        told = [row["code"] for row in rows(tmp_path / "out", "diagnostics")]
        assert "PP502" in told

    def test_pages_in_welsh_and_pages_that_assess_nothing(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "news.html").write_text(
            "<title>News - HMICFRS</title><h1>HMICFRS news</h1>"
            "<p>His Majesty's Inspectorate of Constabulary and Fire & Rescue Services "
            "publishes its annual assessment of policing today.</p>"
        )
        (folder / "kent.html").write_text(make_page("Kent"))
        run(tmp_path / "out", folder)
        roles = {
            row["source_name"]: row["role"] for row in rows(tmp_path / "out", "sources")
        }
        assert roles["kent.html"] == "used"

    def test_nothing_is_written_before_something_changed(self, tmp_path: Path) -> None:
        with closing(Manifest(tmp_path / "out")) as manifest:
            emitter = Emitter(manifest, lambda: pytest.fail("opened"))
            emitter.advance()
            emitter.write_joined([])
            emitter.write_sources()
        assert not [*tmp_path.iterdir()]

    @pytest.mark.parametrize("jobs", [1, 2, 3])
    def test_number_of_workers(self, tmp_path: Path, jobs: int) -> None:
        pages = fill(tmp_path / "pages", 40)
        run(tmp_path / "one", pages)
        run(tmp_path / "many", pages, hire=Staff(jobs))
        assert read(tmp_path / "one") == read(tmp_path / "many")

    def test_place_and_order(self, tmp_path: Path, pages: Path) -> None:
        other = tmp_path / "elsewhere" / "deep"
        other.mkdir(parents=True)
        for path in sorted(pages.iterdir(), reverse=True):
            (other / path.name).write_bytes(path.read_bytes())
        run(tmp_path / "one", pages)
        run(tmp_path / "two", *sorted(other.iterdir(), reverse=True), other)
        assert read(tmp_path / "one") == read(tmp_path / "two")

    def test_one_run_or_many(self, tmp_path: Path, pages: Path, settled: None) -> None:
        kept = {path: path.read_bytes() for path in pages.iterdir()}
        for path in [*kept][::2]:
            path.unlink()
        (pages / "page 99.html").write_text(make_page("Essex"))
        run(tmp_path / "many", pages)
        (pages / "page 99.html").unlink()
        for path, data in kept.items():
            path.write_bytes(data)
        summary = run(tmp_path / "many", pages)
        assert summary.vanished == 1
        run(tmp_path / "one", pages)
        assert read(tmp_path / "one") == read(tmp_path / "many")

    @pytest.mark.parametrize("name", ["out.sqlite", "out.xlsx", "out.parquet"])
    def test_other_forms(self, tmp_path: Path, pages: Path, name: str) -> None:
        try:
            run(tmp_path / name, pages)
        except WriteError as error:
            pytest.skip(f"{error.doing.removeprefix('loading ')} is not installed")
        output = tmp_path / name
        assert output.exists()
        if name == "out.sqlite":
            with closing(sqlite3.connect(output)) as db:
                (count,) = db.execute("SELECT count(*) FROM sources").fetchone()
                assert count == 9
                assert not db.execute("PRAGMA foreign_key_check").fetchall()

    def test_archives(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        with zipfile.ZipFile(folder / "crawl.zip", "w") as file:
            file.writestr("a.html", make_page("Kent"))
            file.writestr("b.html", make_page("Essex"))
            file.writestr("c.html", "")
            with pytest.warns(UserWarning, match="Duplicate"):
                file.writestr("a.html", make_page("Surrey"))
            with pytest.warns(UserWarning, match="Duplicate"):
                file.writestr("c.html", " ")
        summary = run(tmp_path / "out", folder)
        names = [row["source_name"] for row in rows(tmp_path / "out", "sources")]
        assert names == [
            "crawl.zip#a.html",
            "crawl.zip#b.html",
            "crawl.zip#c.html",
            "crawl.zip#a.html (2)",
            "crawl.zip#c.html (2)",
        ]
        assert summary.reports == 3


class TestSecondRun:
    """Only what changed is parsed, and nothing is written if nothing did."""

    def test_nothing_changed(self, tmp_path: Path, pages: Path, settled: None) -> None:
        first = run(tmp_path / "out", pages)
        before = (tmp_path / "out").stat()
        again = run(tmp_path / "out", pages)
        assert (first.worked, again.worked) == (9, 0)
        assert not again.written
        assert (again.reports, again.failures) == (7, 2)
        assert (tmp_path / "out").stat() == before

    def test_young_files_are_read_again(self, tmp_path: Path, pages: Path) -> None:
        run(tmp_path / "out", pages)
        again = run(tmp_path / "out", pages)
        assert again.worked == 9  # their time stamp may hide a change
        assert not again.written

    def test_one_changed(self, tmp_path: Path, pages: Path, settled: None) -> None:
        run(tmp_path / "out", pages)
        (pages / "page 01.html").write_text(make_page("Kent", "Inadequate"))
        again = run(tmp_path / "out", pages)
        assert (again.worked, again.written) == (1, True)
        run(tmp_path / "new", pages)
        assert read(tmp_path / "out") == read(tmp_path / "new")

    def test_same_size_and_time(
        self, tmp_path: Path, pages: Path, settled: None
    ) -> None:
        path = pages / "page 01.html"
        times = path.stat().st_atime_ns, path.stat().st_mtime_ns
        run(tmp_path / "out", pages)
        path.write_text(path.read_text().replace("Good", "Fair"))
        os.utime(path, ns=times)
        assert run(tmp_path / "out", pages).worked == 1

    def test_clock_set_back(
        self, tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = time.time_ns
        monkeypatch.setattr(time, "time_ns", lambda: real() - 10**15)
        run(tmp_path / "out", pages)
        (pages / "page 01.html").write_text(make_page("Kent", "Inadequate"))
        assert run(tmp_path / "out", pages).written
        grades = {row["grade"] for row in rows(tmp_path / "out", "judgements")}
        assert "Inadequate" in grades

    def test_other_options(self, tmp_path: Path, pages: Path, settled: None) -> None:
        run(tmp_path / "out", pages)
        again = run(
            tmp_path / "out", pages, options=Options(edition="2016", provenance=True)
        )
        assert again.worked == 9
        assert {row["edition"] for row in rows(tmp_path / "out", "reports")} == {"2016"}

    def test_code_that_is_another_but_says_the_same(
        self,
        tmp_path: Path,
        pages: Path,
        settled: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        run(tmp_path / "out", pages)
        monkeypatch.setattr(identity, "digest_code", lambda: "other")
        assert run(tmp_path / "out", pages).worked == 9
        assert run(tmp_path / "out", pages).worked == 0

    def test_output_that_was_changed_is_written_again(
        self, tmp_path: Path, pages: Path, settled: None
    ) -> None:
        run(tmp_path / "out", pages)
        before = read(tmp_path / "out")
        (tmp_path / "out" / "items.csv").unlink()
        again = run(tmp_path / "out", pages)
        assert (again.worked, again.written) == (0, True)
        assert read(tmp_path / "out") == before

    def test_output_that_is_gone_is_written_again(
        self, tmp_path: Path, pages: Path, settled: None
    ) -> None:
        run(tmp_path / "out", pages)
        before = read(tmp_path / "out")
        (tmp_path / "out").rename(tmp_path / "kept")
        again = run(tmp_path / "out", pages)
        assert (again.worked, again.written) == (0, True)
        assert read(tmp_path / "out") == before

    def test_groups_that_did_not_change_are_not_joined_again(
        self,
        tmp_path: Path,
        pages: Path,
        settled: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        run(tmp_path / "out", pages)
        seen: list[str] = []
        real = joined.join_group

        def note(group: joined.Group) -> joined.Joined:
            seen.append(group.key)
            return real(group)

        monkeypatch.setattr(
            "peelparse.batch.run.JOIN", crew.Job(note, joined.lose_group)
        )
        (pages / "page 01.html").write_text(make_page("Kent", "Inadequate", "2015"))
        run(tmp_path / "out", pages)
        assert seen == ["PEEL/kent/2015"]

    def test_nothing_left_keeps_the_old_output(
        self, tmp_path: Path, pages: Path
    ) -> None:
        run(tmp_path / "out", pages)
        before = read(tmp_path / "out")
        for path in pages.iterdir():
            path.unlink()
        summary = run(tmp_path / "out", pages)
        assert summary.find_exit_code(strict=False) == 1
        assert read(tmp_path / "out") == before


KILLER: Final = """
import os, signal, sys
from peelparse.batch import gather, emit, manifest
from peelparse.write.datasets import Sink
from peelparse.cli import main
place, turn = sys.argv[1], int(sys.argv[2])
owner, name = {
    "store": (manifest.Manifest, "store"),
    "add": (Sink, "add"),
    "close": (Sink, "close"),
    "put": (manifest.Manifest, "put"),
    "forget": (manifest.Manifest, "forget_vanished"),
}[place]
real, calls = getattr(owner, name), []
def kill(*args, **kwargs):
    calls.append(1)
    if turn > 0 and len(calls) == turn:
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*args, **kwargs)
    if turn <= 0 and len(calls) == 1 - turn:
        os.kill(os.getpid(), signal.SIGKILL)
    return result
setattr(owner, name, kill)
main(sys.argv[3:])
"""


class TestKilled:
    """After `kill -9` there is the old output or the new one, and the run goes on."""

    @pytest.mark.parametrize(
        ("place", "turn"),
        [
            ("forget", 0),
            ("store", 1),
            ("store", 40),
            ("add", 1),
            ("add", 9),
            ("close", 1),
            ("close", 0),
            ("put", 0),
        ],
    )
    def test_kill(self, tmp_path: Path, place: str, turn: int) -> None:
        pages, out = fill(tmp_path / "pages", 40), tmp_path / "out"
        run(out, pages)
        old = read(out)
        (pages / "page 00.html").write_text(make_page("Cheshire"))
        (pages / "page 02.html").unlink()
        run(tmp_path / "new", pages)
        new = read(tmp_path / "new")
        done = subprocess.run(
            [
                *(sys.executable, "-c", KILLER, place, str(turn), "batch", str(pages)),
                *("-o", str(out), "-j", "1", "-q"),
            ],
            check=False,
            capture_output=True,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert read(out) in (old, new)
        summary = run(out, pages)
        assert read(out) == new
        assert summary.reports
        assert {path.name for path in tmp_path.iterdir()} == {
            "pages",
            "out",
            "out.peelparse",
            "new",
            "new.peelparse",
        }

    @pytest.mark.skipif(not HAS_FORK, reason="needs fork")
    def test_workers_end_with_their_parent(self, tmp_path: Path) -> None:
        pages = fill(tmp_path / "pages", 40)
        code = (
            "import os, signal, sys, time\n"
            "from peelparse.batch.manifest import Manifest\n"
            "from peelparse.batch import workers\n"
            "from peelparse.cli import main\n"
            "def kill(*args):\n"
            "    import multiprocessing\n"
            "    print(*(c.pid for c in multiprocessing.active_children()), flush=True)\n"
            "    os.kill(os.getpid(), signal.SIGKILL)\n"
            "Manifest.store = kill\n"
            "main(sys.argv[1:])\n"
        )
        done = subprocess.run(
            [
                *(sys.executable, "-c", code, "batch", str(pages)),
                *("-o", str(tmp_path / "out"), "-j", "2"),
            ],
            check=False,
            capture_output=True,
            text=True,
        )
        left = [int(each) for each in done.stdout.split()]
        assert len(left) == 2
        for _ in range(100):
            if not any(map(is_running, left)):
                break
            time.sleep(0.05)
        assert not any(map(is_running, left))


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return state.rsplit(")", 1)[1].split()[0] != "Z"


def hurt(how: Callable[[], None], *names: str) -> Callable[[Page, Options], object]:
    """A recogniser that some pages harm."""

    def recognise_or_not(page: Page, options: Options) -> object:
        if any(name in page.source.name for name in names):
            how()
        return recognise(page, options)

    return recognise_or_not


@pytest.mark.skipif(not HAS_FORK, reason="a worker must see what the test has changed")
class TestLostWorkers:
    """A page that takes its worker with it is lost alone."""

    def check(self, tmp_path: Path, pages: Path, staff: Staff, reason: str) -> None:
        summary = run(tmp_path / "out", pages, hire=staff)
        assert summary.failures == 4
        sources = {row["source_name"]: row for row in rows(tmp_path / "out", "sources")}
        for name in ("page 07.html", "page 21.html"):
            assert reason in sources[name]["reason"]
        reports = [name for name, row in sources.items() if row["outcome"] == "report"]
        assert len(reports) == 39

    def test_timeout(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pages = fill(tmp_path / "pages", 40)
        monkeypatch.setattr(
            WORK, "recognise", hurt(lambda: time.sleep(60), "page 07", "page 21")
        )
        self.check(tmp_path, pages, Staff(2, 0.5), "more than 0.5 seconds")

    def test_killed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pages = fill(tmp_path / "pages", 40)
        monkeypatch.setattr(
            WORK,
            "recognise",
            hurt(lambda: os.kill(os.getpid(), signal.SIGKILL), "page 07", "page 21"),
        )
        self.check(tmp_path, pages, Staff(2), "ends its process")

    def test_timeout_of_a_single_page(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pages = fill(tmp_path / "pages", 2)
        monkeypatch.setattr(WORK, "recognise", hurt(lambda: time.sleep(60), "page 01"))
        summary = run(tmp_path / "out", pages, hire=Staff(1, 0.3))
        assert (summary.reports, summary.failures) == (2, 3)

    def test_worker_lost_between_tasks(self, tmp_path: Path) -> None:
        tasks = [Counted(place) for place in range(12)]
        hands = pool.Pool(2)
        team = crew.Team(hands)
        marker = tmp_path / "killed"
        job = crew.Job(Fragile(marker, 2), lose_count)
        with closing(team):
            assert [*team.run(job, tasks, 12)] == [*range(12)]
        assert marker.stat().st_size == 2

    def test_chunk_that_is_always_lost(self, tmp_path: Path) -> None:
        tasks = [Counted(place) for place in range(3)]
        job = crew.Job(Fragile(tmp_path / "killed", 10**9), lose_count)
        with closing(crew.Team(pool.Pool(1))) as team:
            assert [*team.run(job, tasks, 3)] == [0, 1, -2]

    def test_join_that_kills(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pages = fill(tmp_path / "pages", 40)

        def die(_: object) -> list[object]:
            os.kill(os.getpid(), signal.SIGKILL)
            return []

        monkeypatch.setattr(joined, "join", die)
        summary = run(tmp_path / "out", pages, hire=Staff(2))
        assert summary.written
        assert not rows(tmp_path / "out", "assessments")
        assert "PP502" in {row["code"] for row in rows(tmp_path / "out", "diagnostics")}


class Counted(msgspec.Struct, frozen=True):
    number: int

    @property
    def size(self) -> int:
        return 1


class Deadly:
    """A result that ends the worker while it is sent."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __reduce__(self) -> tuple[type[int], tuple[int]]:
        os.kill(os.getpid(), signal.SIGKILL)
        return int, (self.number,)


class Fragile:
    """Gives a task's number; the last of a few chunks end their worker."""

    def __init__(self, marker: Path, times: int) -> None:
        self.marker = marker
        self.times = times

    def __call__(self, task: Counted) -> object:
        if task.number in {2, 9}:
            with self.marker.open("ab") as file:
                if file.tell() < self.times:
                    file.write(b".")
                    file.close()
                    return Deadly(task.number)
        return task.number


def lose_count(task: Counted, reason: str) -> object:
    assert reason
    return -task.number


class TestDocuments:
    """What docs/batch.md and docs/datasets.md claim is so."""

    @pytest.mark.parametrize("table", ["assessments", "sources"])
    def test_columns(self, table: str) -> None:
        text = (ROOT / "docs" / "datasets.md").read_text("utf-8")
        (part,) = re.findall(
            rf"^## {table.title()}\n(.*?)^## ", text, re.MULTILINE | re.DOTALL
        )
        told = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", part, re.MULTILINE)
        assert told == [tuple(column) for column in TABLES[table].columns]

    def test_spark_recipe(self, tmp_path: Path, pages: Path) -> None:
        arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        text = (ROOT / "docs" / "batch.md").read_text("utf-8")
        (code,) = re.findall(
            r"<!-- recipe: spark -->\n```python\n(.*?)```", text, re.DOTALL
        )
        names: dict[str, Callable[[Iterable[object]], Iterable[object]]] = {}
        exec(compile(code, "batch.md", "exec"), names)  # noqa: S102  our own words
        found = [
            {"path": path.name, "content": path.read_bytes()}
            for path in sorted(pages.iterdir())
        ]
        batch = arrow.RecordBatch.from_pylist(found)
        made = arrow.Table.from_batches(names["parse_pages"]([batch])).to_pylist()
        run(tmp_path / "out", pages, options=Options())
        reports = read(tmp_path / "out")["reports.jsonl"].decode().splitlines()
        told = [row["report"] for row in made if row["report"]]
        assert set(reports) < set(told)  # the data set has the copy once
        assert [row["error"] is None for row in made].count(True) == len(told) == 7

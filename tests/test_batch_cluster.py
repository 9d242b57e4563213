"""The same work on a cluster: the same bytes, even if a worker is killed."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest

from cases import ROOT
from peelparse.batch import Staff, cluster, crew, identity, pool
from peelparse.batch.pool import R, T
from peelparse.errors import OptionError, PeelparseError
from test_batch import Counted, Ear, fill, lose_count, read, rows, run

HAS_DASK: Final = find_spec("distributed") is not None


class KilledWorkerError(Exception):
    """Stands for `distributed.KilledWorker`."""


class Client:
    """Stands for `distributed.Client`, with threads for workers."""

    codes: tuple[str, ...] = (identity.digest_code(),) * 2

    def __init__(self, address: str, *, timeout: int, set_as_default: bool) -> None:
        if "gone" in address:
            raise OSError("cannot connect")
        assert timeout
        assert not set_as_default
        self.closed = False

    def run(self, function: Callable[[], str]) -> dict[str, str]:
        assert function()
        return {f"tcp://{place}": code for place, code in enumerate(self.codes)}

    def get_executor(self, *, retries: int, pure: bool) -> Executor:
        assert retries
        assert not pure
        return ThreadPoolExecutor(2)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> type[Client]:
    """A made-up library in place of dask.distributed."""

    class Own(Client):
        pass

    library = SimpleNamespace(Client=Own, KilledWorker=KilledWorkerError)
    monkeypatch.setattr(cluster, "import_module", lambda _: library)
    return Own


def refuse_some(task: Counted) -> object:
    if task.number == 5:
        raise KilledWorkerError
    return task.number


class TestMadeUp:
    """What is asked of a cluster, without one."""

    def test_run(self, tmp_path: Path, made_up: type[Client]) -> None:
        assert made_up
        pages = fill(tmp_path / "pages", 40)
        run(tmp_path / "one", pages)
        staff = Staff(cluster="tcp://here")
        run(tmp_path / "two", pages, hire=staff, sends_bytes=True)
        assert read(tmp_path / "one") == read(tmp_path / "two")

    def test_file_that_is_gone_meanwhile(self, tmp_path: Path) -> None:
        pages = fill(tmp_path / "pages")

        class Late(Ear):
            def start(self, stage: str, total: int) -> None:
                if stage == "pages":
                    (pages / "page 01.html").unlink()

        run(tmp_path / "out", pages, sends_bytes=True, ear=Late())
        sources = {row["source_name"]: row for row in rows(tmp_path / "out", "sources")}
        assert sources["page 01.html"]["code"] == "PP902"

    def test_task_that_no_worker_survives(self, made_up: type[Client]) -> None:
        assert made_up
        with closing(crew.Team(cluster.Cluster("tcp://here"))) as team:
            job = crew.Job(refuse_some, lose_count)
            tasks = [Counted(place) for place in range(40)]
            assert [*team.run(job, tasks, 40)] == [*range(5), -5, *range(6, 40)]
            assert [*team.run(job, [], 0)] == []

    def test_no_scheduler(self, made_up: type[Client]) -> None:
        assert made_up
        with pytest.raises(OptionError, match="no scheduler at tcp://gone"):
            cluster.Cluster("tcp://gone")

    def test_no_workers(self, made_up: type[Client]) -> None:
        made_up.codes = ()
        with pytest.raises(OptionError, match="without workers"):
            cluster.Cluster("tcp://here")

    def test_another_release(self, made_up: type[Client]) -> None:
        made_up.codes = (identity.digest_code(), "other")
        with pytest.raises(OptionError, match="another peelparse on tcp://1"):
            cluster.Cluster("tcp://here")

    def test_not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(name: str) -> object:
            raise ImportError(name)

        monkeypatch.setattr(cluster, "import_module", refuse)
        with pytest.raises(OptionError, match=r"peelparse\[cluster\]"):
            Staff(cluster="tcp://here")

    def test_loss_while_sending(self) -> None:
        """A pool may be found broken when the next chunk is sent."""

        class Hands(pool.Pool):
            refusals = 2

            def submit(
                self, run: Callable[[T], R], tasks: Sequence[tuple[int, T]]
            ) -> Future[list[R]]:
                if self.refusals:
                    self.refusals -= 1
                    raise BrokenProcessPool
                future: Future[list[R]] = Future()
                future.set_result([run(task) for _, task in tasks])
                return future

        team = crew.Team(Hands(1))
        job = crew.Job(refuse_some, lose_count)
        assert [*team.run(job, [Counted(1), Counted(2)], 2)] == [1, 2]

    def test_cluster_that_is_gone(self, made_up: type[Client]) -> None:
        assert made_up
        hands = cluster.Cluster("tcp://here")
        team = crew.Team(hands)

        def submit(*_: object) -> Future[object]:
            future: Future[object] = Future()
            future.cancel()
            return future

        with closing(team), pytest.MonkeyPatch.context() as patch:
            patch.setattr(hands, "submit", submit)
            with pytest.raises(PeelparseError, match="all of them are gone"):
                [*team.run(crew.Job(refuse_some, lose_count), [Counted(1)], 1)]


def end_worker(task: Counted) -> object:
    if task.number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return task.number


@contextmanager
def start(module: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process of Dask, with the address that it tells."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    settings = {
        "PYTHONPATH": paths,
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | settings,
    )
    try:
        yield process, find_address(process, module)
    finally:
        process.kill()
        process.communicate()


def find_address(process: subprocess.Popen[str], module: str) -> str:
    assert process.stderr
    told = []
    wanted = "Scheduler at" if module == "dask_scheduler" else "Starting established"
    for line in process.stderr:
        told.append(line)
        if wanted in line:
            address = re.search(r"tcp://\S+", line)
            return address[0] if address else ""
    raise AssertionError("".join(told))


@pytest.mark.skipif(not HAS_DASK, reason="distributed is not installed")
@pytest.mark.filterwarnings("ignore")
class TestDask:
    """A real scheduler and two workers on this machine."""

    @pytest.fixture
    def scheduler(self) -> Iterator[str]:
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        with start("dask_scheduler", *options) as (_, address):
            yield address

    def test_worker_killed_in_the_middle(self, tmp_path: Path, scheduler: str) -> None:
        pytest.importorskip("fsspec", reason="fsspec is not installed")
        pages = fill(tmp_path / "pages", 120)
        run(tmp_path / "one", pages)
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        folder = ("--local-directory", str(tmp_path / "dask"))
        with ExitStack() as stack:
            workers = [
                stack.enter_context(start("dask_worker", scheduler, *options, *folder))[
                    0
                ]
                for _ in range(2)
            ]

            def kill(stage: str, steps: int) -> None:
                if stage == "pages" and steps == 20:
                    workers[0].kill()

            staff = Staff(cluster=scheduler)
            ear = Ear(kill)
            run(tmp_path / "two", pages, hire=staff, sends_bytes=True, ear=ear)
            assert workers[0].wait() == -signal.SIGKILL
            assert workers[1].poll() is None
            address = f"file://{pages}"  # which the worker that is left reads itself
            staff = Staff(cluster=scheduler)
            run(tmp_path / "far", address, hire=staff, sends_bytes=True)
        assert read(tmp_path / "one") == read(tmp_path / "two")
        run(tmp_path / "near", address)
        assert read(tmp_path / "near") == read(tmp_path / "far")

    def test_page_that_kills_every_worker(self, tmp_path: Path, scheduler: str) -> None:
        options = ("--nthreads", "1", "--nworkers", "1", "--no-dashboard")
        folder = ("--local-directory", str(tmp_path / "dask"))
        with (
            start("dask_worker", scheduler, *options, *folder),
            closing(crew.Team(cluster.Cluster(scheduler))) as team,
        ):
            job = crew.Job(end_worker, lose_count)
            tasks = [Counted(place) for place in range(8)]
            assert [*team.run(job, tasks, 8)] == [*range(5), -5, 6, 7]

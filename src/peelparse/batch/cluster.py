"""A Dask cluster that somebody else runs (the extra `cluster`).

Dask does the work of a lost worker again on another; what no worker survives comes
back as `KilledWorker`, is then tried page by page, and at last given up.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from importlib import import_module
from typing import Final, Protocol, TypeVar

from peelparse.batch.crew import Chunk, Job, Task
from peelparse.batch.identity import digest_code
from peelparse.errors import OptionError, PeelparseError

T = TypeVar("T", bound=Task)
R = TypeVar("R")

_RETRIES: Final = 3
_PATIENCE: Final = 10
"""Seconds to wait for the scheduler."""


class _Client(Protocol):
    """What is needed of a client of dask.distributed."""

    def get_executor(self, *, retries: int, pure: bool) -> Executor:
        """Submit by the interface of the standard library."""

    def run(self, function: Callable[[], str]) -> Mapping[str, str]:
        """Run a function on every worker."""

    def close(self) -> None:
        """Leave the cluster."""


class Cluster:
    """Does the tasks on the workers of a scheduler."""

    def __init__(self, address: str) -> None:
        """Args: address: the scheduler's, such as `tcp://scheduler:8786`.

        Raises:
            OptionError: dask.distributed is not installed, no scheduler answers, it
                has no workers, or they have another peelparse.
        """
        try:
            distributed = import_module("distributed")
        except ImportError as error:
            raise _refuse(
                "no dask.distributed in this Python",
                "the extra cluster",
                "install it with: pip install 'peelparse[cluster]'",
            ) from error
        self.lost: type[Exception] = distributed.KilledWorker
        try:
            self._client: _Client = distributed.Client(
                address, timeout=_PATIENCE, set_as_default=False
            )
        except (OSError, ValueError) as error:
            found = f"no scheduler at {address}"
            raise _refuse(
                found,
                "the address of a running one",
                "start one with: dask scheduler",
            ) from error
        try:
            self.jobs = self._check()
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(retries=_RETRIES, pure=False)

    def _check(self) -> int:
        """Count the workers, all of which must parse as this process does."""
        found = self._client.run(digest_code)
        if not found:
            raise _refuse(
                "a scheduler without workers",
                "at least one",
                "start one with: dask worker ADDRESS",
            )
        others = [name for name, code in found.items() if code != digest_code()]
        if others:
            where = f"another peelparse on {', '.join(sorted(others)[:3])}"
            raise _refuse(
                where,
                "the same everywhere",
                "install the same release on every worker",
            )
        return len(found)

    def close(self) -> None:
        """Leave the cluster; what it is still doing is called off."""
        self._executor.shutdown(wait=False)
        self._client.close()

    def submit(
        self, run: Callable[[T], R], tasks: Sequence[tuple[int, T]]
    ) -> Future[list[R]]:
        """Send tasks."""
        alone = [task for _, task in tasks]
        future: Future[list[R]] = self._executor.submit(run_all, run, alone)
        return future

    def settle(
        self, job: Job[T, R], pending: Sequence[Chunk[T, R]]
    ) -> Iterator[Chunk[T, R]]:
        """Try the tasks of the first chunk one by one; that settles all of it."""
        chunk = pending[0]
        for number, task in chunk.list_open():
            try:
                (result,) = self.submit(job.run, [(number, task)]).result()
            except self.lost:
                result = job.lose(task, "a page that ends every worker that takes it")
            chunk.settled[number] = result
        yield chunk


def run_all(run: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
    """Do some tasks on a worker."""
    return [run(task) for task in tasks]


def _refuse(found: str, expected: str, hint: str) -> PeelparseError:
    return OptionError("joining the cluster", found, expected, hint)

"""Who does the work: this process, or a pool that survives the loss of a worker.

A crew takes tasks one by one as it has room for them, and gives results in the order
of the tasks. What holds a worker for too long, or ends it, costs that worker: every
page that was on the way is then done again by new workers, and the suspects each in
a process of its own, so that only the guilty one is lost.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

from peelparse.batch.workers import Workers

LONGEST: Final = 32
"""Tasks that are sent together; fewer cost the parent more, more wait longer."""
_HEAVIEST: Final = 16_000_000
"""Bytes of input that are sent together; an archive goes alone."""
_ROUNDS: Final = 8
"""Chunks that each worker should at least get, so that all end at about one time."""
_LOSSES: Final = 2
"""Times that a chunk may lose its worker before all of it is suspected."""


class Task(Protocol):
    """What can be sent to a worker."""

    @property
    def size(self) -> int:
        """Bytes that it is about."""


T = TypeVar("T", bound=Task)
R = TypeVar("R")


class Job(NamedTuple, Generic[T, R]):
    """A function for tasks, and what to do with a task that no worker survives."""

    run: Callable[[T], R]
    """Pure, and known by name to every worker."""
    lose: Callable[[T, str], R]
    """Makes the result of a task that was lost, from the reason."""


class Crew(Protocol):
    """Does tasks."""

    def run(self, job: Job[T, R], tasks: Iterable[T], expected: int) -> Iterator[R]:
        """Give the result of every task, in their order.

        Args:
            job: what to do.
            tasks: taken when there is room for them, never all at once.
            expected: about how many there are.
        """

    def close(self) -> None:
        """Let the workers go, at once."""


class Alone:
    """Does the tasks in this process."""

    def run(self, job: Job[T, R], tasks: Iterable[T], expected: int) -> Iterator[R]:  # noqa: ARG002
        """Give the result of every task."""
        yield from map(job.run, tasks)

    def close(self) -> None:
        """There is nobody to let go."""


class Chunk(Generic[T, R]):
    """Tasks that are sent together, and what is known of them."""

    def __init__(self, first: int, tasks: Sequence[T]) -> None:
        """Args: first: number of the first task in the run; tasks: at least one."""
        self.first = first
        self.tasks = tasks
        self.settled: dict[int, R] = {}
        self.losses = 0
        self.future: Future[list[R]] | None = None

    def list_open(self) -> list[tuple[int, T]]:
        """Tasks, with their numbers, that have no result yet."""
        numbered = enumerate(self.tasks, self.first)
        return [
            (number, task) for number, task in numbered if number not in self.settled
        ]

    def collect(self, results: Sequence[R]) -> list[R]:
        """Put results of the open tasks to those that are settled; in order."""
        numbers = [number for number, _ in self.list_open()]
        self.settled |= dict(zip(numbers, results, strict=True))
        return [self.settled[number] for number in sorted(self.settled)]


def iter_chunks(tasks: Iterable[T], longest: int) -> Iterator[tuple[int, list[T]]]:
    """Cut tasks into chunks.

    Args:
        tasks: any number.
        longest: the most in one chunk.

    Yields:
        Number of the first task, and the tasks.
    """
    chunk: list[T] = []
    first = weight = 0
    for task in tasks:
        if chunk and (len(chunk) >= longest or weight + task.size > _HEAVIEST):
            yield first, chunk
            first, chunk, weight = first + len(chunk), [], 0
        chunk.append(task)
        weight += task.size
    if chunk:
        yield first, chunk


class Pool:
    """Does the tasks in processes of this machine."""

    def __init__(self, jobs: int, page_timeout: float = 0) -> None:
        """Args: jobs: how many processes; page_timeout: seconds that a page may hold
        one of them, 0 for any time.
        """
        self.jobs = jobs
        self.page_timeout = page_timeout
        self._workers: Workers | None = None

    def run(self, job: Job[T, R], tasks: Iterable[T], expected: int) -> Iterator[R]:
        """Give the result of every task, in their order."""
        longest = max(1, min(LONGEST, expected // (self.jobs * _ROUNDS)))
        chunks = iter_chunks(tasks, longest)
        pending: deque[Chunk[T, R]] = deque()
        while True:
            self._fill(job, chunks, pending)
            if not pending:
                return
            chunk = pending[0]
            try:
                results = chunk.future.result() if chunk.future else []
            except BrokenProcessPool:
                self._recover(job, pending)
                continue
            pending.popleft()
            yield from chunk.collect(results)

    def close(self) -> None:
        """Let the workers go, at once."""
        if self._workers:
            self._workers.kill()
            self._workers = None

    def _fill(
        self,
        job: Job[T, R],
        chunks: Iterator[tuple[int, list[T]]],
        pending: deque[Chunk[T, R]],
    ) -> None:
        """Send as much as keeps all workers busy, and no more."""
        while len(pending) < 2 * self.jobs + 1:
            found = next(chunks, None)
            if found is None:
                return
            pending.append(Chunk(*found))
            self._send(job, pending[-1])

    def _send(self, job: Job[T, R], chunk: Chunk[T, R]) -> None:
        chunk.future = None
        if opened := chunk.list_open():
            if self._workers is None:
                self._workers = Workers(self.jobs, self.page_timeout)
            try:
                chunk.future = self._workers.submit(job.run, opened)
            except BrokenProcessPool as error:
                chunk.future = Future()
                chunk.future.set_exception(error)

    def _recover(self, job: Job[T, R], pending: Iterable[Chunk[T, R]]) -> None:
        """Do again what the lost workers had: suspects alone, then all others."""
        marks = self._workers.list_marks() if self._workers else set()
        self.close()
        for chunk in pending:
            future = chunk.future
            if future is None or (future.done() and not future.exception()):
                continue
            suspects = [each for each in chunk.list_open() if each[0] in marks]
            chunk.losses += 1
            if not suspects and chunk.losses > _LOSSES:
                suspects = chunk.list_open()
            for number, task in suspects:
                chunk.settled[number] = self._try_alone(job, number, task)
            self._send(job, chunk)

    def _try_alone(self, job: Job[T, R], number: int, task: T) -> R:
        """Do one task in a process of its own, which it may take with it."""
        workers = Workers(1, self.page_timeout)
        start = time.monotonic()
        try:
            return workers.submit(job.run, [(number, task)]).result()[0]
        except BrokenProcessPool:
            if self.page_timeout and time.monotonic() - start >= self.page_timeout:
                reason = f"a page that takes more than {self.page_timeout:g} seconds"
            else:
                reason = "a page that ends its process, perhaps for want of memory"
            return job.lose(task, reason)
        finally:
            workers.kill()

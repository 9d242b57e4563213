"""A pool of processes of this machine.

What holds a worker for too long, or ends it, costs that worker: every page that was
on the way is then done again by new workers, and the suspects each in a process of
its own, so that only the guilty one is lost.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Final, TypeVar

from peelparse.batch.crew import Chunk, Job, Task
from peelparse.batch.workers import Workers

T = TypeVar("T", bound=Task)
R = TypeVar("R")

_LOSSES: Final = 2
"""Times that a chunk may lose its worker before all of it is suspected."""


class Pool:
    """Does the tasks in processes of this machine."""

    lost = BrokenProcessPool

    def __init__(self, jobs: int, page_timeout: float = 0) -> None:
        """Args: jobs: how many processes; page_timeout: seconds that a page may hold
        one of them, 0 for any time.
        """
        self.jobs = jobs
        self.page_timeout = page_timeout
        self._workers: Workers | None = None

    def close(self) -> None:
        """Let the workers go, at once."""
        if self._workers:
            self._workers.kill()
            self._workers = None

    def submit(
        self, run: Callable[[T], R], tasks: Sequence[tuple[int, T]]
    ) -> Future[list[R]]:
        """Send tasks; the first time, start the processes."""
        if self._workers is None:
            self._workers = Workers(self.jobs, self.page_timeout)
        return self._workers.submit(run, tasks)

    def settle(
        self, job: Job[T, R], pending: Sequence[Chunk[T, R]]
    ) -> Iterator[Chunk[T, R]]:
        """Do suspects alone, and give what the lost workers had to do beside them."""
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
            yield chunk

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

"""Who does the work: this process, or a team that survives the loss of a worker.

A crew takes tasks one by one as it has room for them, and gives results in the order
of the tasks.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from itertools import islice
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

from peelparse.errors import PeelparseError

LONGEST: Final = 32
"""Tasks that are sent together; fewer cost the parent more, more wait longer."""
_HEAVIEST: Final = 16_000_000
"""Bytes of input that are sent together; an archive goes alone."""
_ROUNDS: Final = 8
"""Chunks that each worker should at least get, so that all end at about one time."""


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


class Hands(Protocol):
    """Workers of one sort, who may be lost with what they are doing."""

    @property
    def jobs(self) -> int:
        """How many there are."""

    @property
    def lost(self) -> type[Exception]:
        """What a future raises when its worker is lost."""

    def submit(
        self, run: Callable[[T], R], tasks: Sequence[tuple[int, T]]
    ) -> Future[list[R]]:
        """Send tasks, each with its number in the run."""

    def settle(
        self, job: Job[T, R], pending: Sequence[Chunk[T, R]]
    ) -> Iterator[Chunk[T, R]]:
        """Find out who is to blame; gives the chunks that must be sent again.

        Args:
            job: what is done.
            pending: the chunks on the way; the first was lost.
        """

    def close(self) -> None:
        """Let the workers go, at once."""


class Team:
    """Sends chunks to workers, as many as keep them busy and no more."""

    def __init__(self, hands: Hands) -> None:
        """Args: hands: the workers."""
        self.hands = hands

    def run(self, job: Job[T, R], tasks: Iterable[T], expected: int) -> Iterator[R]:
        """Give the result of every task, in their order."""
        jobs = self.hands.jobs
        longest = max(1, min(LONGEST, expected // (jobs * _ROUNDS)))
        chunks: Iterator[Chunk[T, R]] = (
            Chunk(*found) for found in iter_chunks(tasks, longest)
        )
        pending: deque[Chunk[T, R]] = deque()
        while True:
            for chunk in islice(chunks, max(0, 2 * jobs + 1 - len(pending))):
                pending.append(chunk)
                self._send(job, chunk)
            if not pending:
                return
            chunk = pending[0]
            try:
                results = chunk.future.result() if chunk.future else []
            except self.hands.lost:
                for lost in self.hands.settle(job, pending):
                    self._send(job, lost)
                continue
            except CancelledError as error:
                raise PeelparseError(
                    "waiting for the workers",
                    "that all of them are gone",
                    "a cluster that is there to the end",
                    "start it again; the same command then goes on from here",
                ) from error
            pending.popleft()
            yield from chunk.collect(results)

    def _send(self, job: Job[T, R], chunk: Chunk[T, R]) -> None:
        """Send what is open of a chunk."""
        chunk.future = None
        if opened := chunk.list_open():
            try:
                chunk.future = self.hands.submit(job.run, opened)
            except self.hands.lost as error:
                chunk.future = Future()
                chunk.future.set_exception(error)

    def close(self) -> None:
        """Let the workers go, at once."""
        self.hands.close()

"""Processes of this machine that do tasks, and notes of what each is doing.

With `fork` (where it is usual) workers start in a hundredth of a second and share
what the parent has loaded; elsewhere they are spawned.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, MutableSequence, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing.synchronize import Lock
from typing import Final, NamedTuple, TypeVar

from peelparse.batch import watch

T = TypeVar("T")
R = TypeVar("R")

_IDLE: Final = -1
_FREE: Final = -2


class _Notes(NamedTuple):
    """What a worker knows of itself."""

    slots: MutableSequence[int]
    """In shared memory: for each worker the number of the task that it is doing."""
    place: int
    """Which of them is its own."""
    page_timeout: float
    """Seconds that a page may take; 0 for any time."""


_notes: list[_Notes] = []


class Workers:
    """Some processes, until one of them is lost or all are let go."""

    def __init__(self, jobs: int, page_timeout: float = 0) -> None:
        """Args: jobs: how many; page_timeout: seconds for a page, 0 for any time."""
        context = multiprocessing.get_context(find_method())
        # what a killed worker has noted is still there
        self._slots: MutableSequence[int] = context.Array(
            "q", [_FREE] * jobs, lock=False
        )
        self._executor = ProcessPoolExecutor(
            jobs,
            mp_context=context,
            initializer=start_worker,
            initargs=(context.Lock(), self._slots, page_timeout),
        )

    def submit(
        self, run: Callable[[T], R], tasks: Sequence[tuple[int, T]]
    ) -> Future[list[R]]:
        """Send tasks, each with its number in the run.

        Raises:
            BrokenProcessPool: a worker is lost.
        """
        return self._executor.submit(run_tasks, run, tasks)

    def list_marks(self) -> set[int]:
        """Numbers of the tasks that workers were doing when last heard of."""
        return {mark for mark in self._slots if mark >= 0}

    def kill(self) -> None:
        """Let all go at once, whatever they are doing."""
        # None once the executor has found that a worker is lost
        processes = self._executor._processes or {}  # noqa: SLF001  public from 3.14
        for process in list(processes.values()):
            process.kill()
        # one that is killed amid a result leaves half of it in the pipe, and the
        # executor waits for the rest as long as anybody, itself too, could write it
        with suppress(AttributeError):  # None once the executor has ended
            self._executor._result_queue._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001
        self._executor.shutdown(wait=True, cancel_futures=True)


def find_method() -> str:
    """How processes are started."""
    return "fork" if sys.platform == "linux" else "spawn"


def start_worker(lock: Lock, slots: MutableSequence[int], page_timeout: float) -> None:
    """Prepare a new process: what it is to note where, and when it is to end."""
    with lock:
        place = list(slots).index(_FREE)
        slots[place] = _IDLE
    _notes[:] = [_Notes(slots, place, page_timeout)]
    # Ctrl-C goes to every process of a terminal: the parent decides
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()


def run_tasks(run: Callable[[T], R], tasks: Sequence[tuple[int, T]]) -> list[R]:
    """Do some tasks in a worker, noting each before it is begun."""
    slots, place, page_timeout = _notes[0]
    results = []
    for number, task in tasks:
        slots[place] = number
        watch.arm(page_timeout)
        results.append(run(task))
        watch.disarm()
    slots[place] = _IDLE
    return results


def _end_with_parent() -> None:
    """Wait for the end of the parent; a parent that is killed takes nobody with it."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)

"""Processes of this machine that do tasks, and notes of what each is doing.

With `fork` (where there is one) workers start in a hundredth of a second and share
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
from typing import Final, TypeVar

from peelparse.batch import watch

T = TypeVar("T")
R = TypeVar("R")

_IDLE: Final = -1

Slots = MutableSequence[int]
"""For each worker its process id and the number of the task that it is doing."""

_own: dict[str, float] = {}
_slots: list[Slots] = []


class Workers:
    """Some processes, until one of them is lost or all are let go."""

    def __init__(self, jobs: int, page_timeout: float = 0) -> None:
        """Args: jobs: how many; page_timeout: seconds for a page, 0 for any time."""
        context = multiprocessing.get_context(find_method())
        # shared memory: what a killed worker has noted is still there
        self._slots: Slots = context.Array("q", [_IDLE] * 2 * jobs, lock=False)
        counter = context.Value("i", 0)
        self._executor = ProcessPoolExecutor(
            jobs,
            mp_context=context,
            initializer=start_worker,
            initargs=(counter, self._slots, page_timeout),
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
        return {mark for mark in self._slots[1::2] if mark != _IDLE}

    def kill(self) -> None:
        """Let all go at once, whatever they are doing."""
        for process in self._slots[::2]:
            if process != _IDLE:
                with suppress(OSError):
                    os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        self._executor.shutdown(wait=True, cancel_futures=True)


def find_method() -> str:
    """How processes are started."""
    is_usual = sys.platform.startswith("linux")
    return "fork" if is_usual else "spawn"


def start_worker(counter: "Counter", slots: Slots, page_timeout: float) -> None:
    """Prepare a new process: what it is to note where, and when it is to end."""
    with counter.get_lock():
        place = counter.value
        counter.value += 1
    slots[2 * place] = os.getpid()
    _slots[:] = [slots]
    _own.update(place=place, page_timeout=page_timeout)
    # Ctrl-C goes to every process of a terminal: the parent decides
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()


def run_tasks(run: Callable[[T], R], tasks: Sequence[tuple[int, T]]) -> list[R]:
    """Do some tasks in a worker, noting each before it is begun."""
    slots, mark = _slots[0], int(_own["place"]) * 2 + 1
    results = []
    for number, task in tasks:
        slots[mark] = number
        watch.arm(_own["page_timeout"])
        results.append(run(task))
        watch.disarm()
    slots[mark] = _IDLE
    return results

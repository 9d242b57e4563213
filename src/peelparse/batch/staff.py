"""Which crew a run gets: decided when it is known how much there is to do."""

import os
from typing import Final

from peelparse.batch.crew import Alone, Crew, Team
from peelparse.batch.pool import Pool

FEW: Final = 16
"""Tasks below which the start of a pool costs more than it gains."""

PAGE_TIMEOUT: Final = 60.0
"""Seconds that a page may hold a worker, unless the user says otherwise."""


class Staff:
    """Hires one crew for a run, and lets it go at the end."""

    def __init__(
        self,
        jobs: int | None = None,
        page_timeout: float | None = None,
        cluster: str | None = None,
    ) -> None:
        """Args: jobs: how many processes, None for as many as there are cores;
        page_timeout: seconds for a page, which always takes a pool, or None for the
        usual limit; cluster: address of a scheduler, which is asked at once.

        Raises:
            OptionError: the cluster cannot be joined.
        """
        self.jobs = jobs or count_cores()
        self.page_timeout = page_timeout
        self._crew: Crew | None = None
        if cluster:
            from peelparse.batch.cluster import Cluster  # noqa: PLC0415  an extra

            self._crew = Team(Cluster(cluster))

    def __call__(self, expected: int) -> Crew:
        """Hire a crew for about so many tasks, or give the one that is hired."""
        if self._crew is None:
            is_small = self.jobs == 1 or expected < FEW
            if is_small and self.page_timeout is None:
                return Alone()
            limit = PAGE_TIMEOUT if self.page_timeout is None else self.page_timeout
            self._crew = Team(Pool(self.jobs, limit))
        return self._crew

    def close(self) -> None:
        """Let everybody go."""
        if self._crew:
            self._crew.close()


def count_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

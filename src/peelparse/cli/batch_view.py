"""What `batch` shows while it runs and when it is done, all on standard error."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import click

from peelparse.cli.messages import Message, write_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from peelparse.batch import Outcome, Summary

_PAUSE: Final = 5.0
"""Seconds between two lines where nobody sees a bar."""
_BLINK: Final = 0.1
"""Seconds between two states of the bar."""
_MOST: Final = 20
"""Failures that are told of one by one; all of them are in the output."""


class Gauge(Protocol):
    """Shows how far a stage of the run is."""

    def start(self, stage: str, total: int) -> None:
        """A stage begins."""

    def move(self, done: int, told: str) -> None:
        """So many steps are done."""

    def say(self, line: str) -> None:
        """Show a line that stays."""


class View:
    """Is told of a run, and tells of it."""

    def __init__(self, gauge: Gauge, *, quiet: bool) -> None:
        """Args: gauge: shows how far the run is; quiet: errors only."""
        self.gauge = gauge
        self.quiet = quiet
        self.failures = 0
        self._done = 0
        self._start = 0.0

    def start(self, stage: str, total: int) -> None:
        """A stage of the run begins, with so many steps."""
        self._done = 0
        self._start = time.monotonic()
        self.gauge.start(stage, total)

    def step(self, outcome: "Outcome | None" = None) -> None:
        """One step is done; a file's has an outcome."""
        self._done += 1
        if outcome:
            self._tell_failures(outcome)
        rate = self._done / max(time.monotonic() - self._start, 0.001)
        failed = f", {self.failures:,} failed" if self.failures else ""
        self.gauge.move(self._done, f"{rate:,.0f} a second{failed}")

    def _tell_failures(self, outcome: "Outcome") -> None:
        for page in outcome.pages:
            if page.fault and page.fault.code:
                self.failures += 1
                if self.failures <= _MOST:
                    told = Message(
                        file=page.name,
                        line=page.fault.line,
                        code=page.fault.code,
                        severity="error",
                        message=page.fault.message,
                        hint=page.fault.hint,
                    )
                    self.gauge.say(write_line(told))
                elif self.failures == _MOST + 1:
                    self.gauge.say("… and more: the table diagnostics has all of them")

    def tell_interrupted(self, output: Path) -> None:
        """Say what is left of a run that was stopped."""
        self.gauge.say(
            f"peelparse: interrupted; {output} is as it was, and the same command "
            "with --resume goes on from here"
        )

    def show_summary(self, summary: "Summary", output: Path) -> None:
        """Show what the run found."""
        from peelparse.cli.batch_summary import list_lines  # noqa: PLC0415

        for line in list_lines(summary, output, quiet=self.quiet):
            click.echo(line, err=True)


class Lines:
    """A line now and then, for logs."""

    def __init__(self, *, quiet: bool) -> None:
        """Args: quiet: whether to keep still about progress."""
        self.quiet = quiet
        self._stage = ""
        self._total = 0
        self._last = time.monotonic()

    def start(self, stage: str, total: int) -> None:
        """A stage begins."""
        self._stage, self._total = stage, total

    def move(self, done: int, told: str) -> None:
        """Write a line if it is time for one."""
        if not self.quiet and time.monotonic() - self._last >= _PAUSE:
            self._last = time.monotonic()
            self.say(f"{self._stage}: {done:,} of {self._total:,}, {told}")

    def say(self, line: str) -> None:
        """Write a line."""
        click.echo(line, err=True)


class Bar:
    """A bar on a terminal. It is drawn by this thread: a pool may still have to fork."""

    def __init__(self, progress: "Progress") -> None:
        """Args: progress: one that does not refresh itself."""
        self.progress = progress
        self._task: TaskID | None = None
        self._last = 0.0

    def start(self, stage: str, total: int) -> None:
        """A stage begins: a bar of its own."""
        if self._task is not None:
            self.progress.remove_task(self._task)
        self._task = self.progress.add_task(stage, total=total or None, told="")
        self.progress.refresh()

    def move(self, done: int, told: str) -> None:
        """Draw the bar, but not too often."""
        if self._task is None:
            return
        self.progress.update(self._task, completed=done, told=told)
        if time.monotonic() - self._last >= _BLINK:
            self._last = time.monotonic()
            self.progress.refresh()

    def say(self, line: str) -> None:
        """Write a line above the bar."""
        self.progress.console.print(line, markup=False, highlight=False, soft_wrap=True)


def _is_terminal() -> bool:
    """Whether a bar can be drawn where messages go."""
    can_draw = sys.stderr is not None and sys.stderr.isatty()
    return can_draw and os.environ.get("TERM") != "dumb"


@contextmanager
def open_view(*, quiet: bool) -> Iterator[View]:
    """Open what fits where standard error goes: a bar on a terminal, else lines.

    Args:
        quiet: errors only.
    """
    if quiet or not _is_terminal():
        yield View(Lines(quiet=quiet), quiet=quiet)
        return
    from rich.console import Console  # noqa: PLC0415  only for a terminal
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
    ) as bar:
        yield View(Bar(bar), quiet=quiet)

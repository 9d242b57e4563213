"""What a run is given beside its inputs: what to do, who does it, who is told."""

from pathlib import Path
from typing import Protocol

import msgspec

from peelparse.batch.crew import Crew
from peelparse.batch.outcome import Outcome
from peelparse.pipeline import DEFAULT, Limits
from peelparse.recognise import Options
from peelparse.write.datasets import Form


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is to do."""

    output: Path
    """Where the data set is to be."""
    form: Form
    """What it is to be."""
    options: Options = Options()
    """How pages are to be recognised."""
    limits: Limits = DEFAULT
    """What one input may cost."""
    fail_fast: bool = False
    """Whether to stop at the first page without a report, and write nothing."""
    strict: bool = False
    """Whether a warning is a failure to `fail_fast`."""
    fresh: bool = False
    """Whether to replace a file that no manifest says anything of."""
    sends_bytes: bool = False
    """Whether workers may not see the files of this machine."""


class Hire(Protocol):
    """Gives a crew for about so many tasks."""

    def __call__(self, expected: int) -> Crew:
        """Hire a crew, or give the one that is hired."""


class Listener(Protocol):
    """Is told how a run goes on."""

    def start(self, stage: str, total: int) -> None:
        """A stage of the run begins, with so many steps."""

    def step(self, outcome: Outcome | None = None) -> None:
        """One step is done; a file's has an outcome."""

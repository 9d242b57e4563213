"""Folders of pages to data sets: workers, memory, second runs, as ratios in one run.

    python benchmarks/folder.py                  all figures, small (some minutes)
    python benchmarks/folder.py --pages 5000     more pages for the workers
    python benchmarks/folder.py --large 100000   memory over 100,000 pages (an hour)
    python benchmarks/folder.py --make FOLDER --pages 1000   only make the folder

Every candidate runs in a process of its own, in turn, so that what is measured is the
whole command. The best of the rounds counts: busy neighbours only ever add.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from made_folder import EDITIONS, make_force, make_mixed
from made_pages import make_page

MEASURE = """
import resource, sys
from peelparse.cli import main
try:
    main()
finally:
    own, workers = (resource.getrusage(who) for who in
                    (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print("USED", own.ru_utime + own.ru_stime, workers.ru_utime + workers.ru_stime,
          own.ru_maxrss, workers.ru_maxrss, file=sys.stderr)
"""


class Used(NamedTuple):
    """What a run took."""

    wall: float
    cpu: float
    """Seconds of parent and workers together."""
    own: float
    """Seconds of the parent."""
    parent: int
    """KiB at most."""
    worker: int
    """KiB at most in the largest worker."""


def make_folder(folder: Path, count: int, size: int, *, is_mixed: bool = True) -> None:
    """Make a folder of invented pages; the same bytes every time."""
    for number in range(count):
        if is_mixed:
            name, data = make_mixed(number, size)
        else:
            group = number // 12
            force, edition = make_force(group // 4), EDITIONS[group % len(EDITIONS)]
            name = f"{number % 100:02}/{number}.html"
            data = make_page(size, number, force, edition)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def measure(folder: Path, output: Path, *options: str) -> Used:
    """Run the command once."""
    start = time.perf_counter()
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            MEASURE,
            "batch",
            str(folder),
            "-o",
            str(output),
            "-q",
            *options,
        ],
        check=False,
        stderr=subprocess.PIPE,
        text=True,
    )
    wall = time.perf_counter() - start
    found = re.search(r"USED (\S+) (\S+) (\d+) (\d+)", done.stderr)
    if done.returncode not in {0, 3} or not found:
        sys.exit(done.stderr)
    own, workers = float(found[1]), float(found[2])
    return Used(wall, own + workers, own, int(found[3]), int(found[4]))


@contextmanager
def fresh(output: Path) -> Iterator[Path]:
    """A place for an output, removed afterwards."""
    yield output
    shutil.rmtree(output, ignore_errors=True)
    Path(f"{output}.peelparse").unlink(missing_ok=True)


def compare_workers(folder: Path, scratch: Path, rounds: int) -> None:
    """Speed-up and cost of two workers against this process alone."""
    taken: dict[str, list[Used]] = {"1": [], "2": []}
    for _ in range(rounds):
        for jobs, runs in taken.items():
            with fresh(scratch / "out") as output:
                runs.append(measure(folder, output, "--jobs", jobs))
    wall = {jobs: min(run.wall for run in runs) for jobs, runs in taken.items()}
    cpu = {jobs: min(run.cpu for run in runs) for jobs, runs in taken.items()}
    print(f"speed-up with 2 workers, best of {rounds}  {wall['1'] / wall['2']:6.2f}")
    print(f"CPU of parent and workers / serial      {cpu['2'] / cpu['1']:6.2f}")
    share = min(run.own / run.cpu for run in taken["2"])
    print(f"CPU of the parent / of all              {share:6.2f}")


def compare_runs(folder: Path, scratch: Path) -> None:
    """A first run against a second over unchanged pages."""
    with fresh(scratch / "out") as output:
        first = measure(folder, output)
        again = min(measure(folder, output).wall for _ in range(3))
        one = next(path for path in sorted(folder.rglob("*.html")))
        one.write_bytes(one.read_bytes() + b" ")
        changed = measure(folder, output).wall
    print(f"first run / second, unchanged           {first.wall / again:6.1f}")
    print(f"first run / second, one page changed    {first.wall / changed:6.1f}")


def compare_memory(scratch: Path, sizes: tuple[int, ...], weight: int) -> None:
    """Peak memory by number of pages."""
    peaks = []
    for count in sizes:
        folder = scratch / f"memory-{count}"
        make_folder(folder, count, weight)
        with fresh(scratch / "out") as output:
            peaks.append(measure(folder, output, "--jobs", "2"))
        shutil.rmtree(folder)
        print(
            f"{count:>7,} pages: parent {peaks[-1].parent / 1024:5.0f} MiB, "
            f"worker {peaks[-1].worker / 1024:5.0f} MiB"
        )
    print(
        f"parent, most pages / fewest             {peaks[-1].parent / peaks[0].parent:6.2f}"
    )
    print(
        f"worker, most pages / fewest             {peaks[-1].worker / peaks[0].worker:6.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--unchanged", type=int, default=2_000)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--memory-size", type=int, default=10_000)
    parser.add_argument("--only", choices=("workers", "runs", "memory"))
    parser.add_argument("--make", type=Path)
    given = parser.parse_args()
    if given.make:
        make_folder(given.make, given.pages, given.size)
        return
    os.environ["PYTHONHASHSEED"] = "0"
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        if given.only in {None, "workers"}:
            make_folder(scratch / "workers", given.pages, given.size, is_mixed=False)
            compare_workers(scratch / "workers", scratch, given.rounds)
        if given.only in {None, "runs"}:
            make_folder(scratch / "runs", given.unchanged, given.size)
            time.sleep(
                3
            )  # a file must be a little old before its time stamp is trusted
            compare_runs(scratch / "runs", scratch)
        if given.only in {None, "memory"}:
            compare_memory(scratch, (1_000, given.large), given.memory_size)


if __name__ == "__main__":
    main()

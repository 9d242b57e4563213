"""Start-up of the command, as a ratio to what it cannot do without.

    python benchmarks/startup.py

Processor time of whole processes, the least of many; bytecode is written first, as pip
does when it installs. Peak memory is that of the largest process (Linux).
"""

import compileall
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from made_pages import make_page

import peelparse

ROUNDS = 40


def measure(command: list[str]) -> float:
    """Seconds of processor time of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Print the table."""
    compileall.compile_dir(Path(peelparse.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_bytes(make_page(100_000, share=0.2))
        python, module = sys.executable, [sys.executable, "-m", "peelparse"]
        commands = {
            "import click": [python, "-c", "import click"],
            "import click, lxml.etree": [python, "-c", "import click, lxml.etree"],
            "and msgspec": [python, "-c", "import click, lxml.etree, msgspec"],
            "peelparse --help": [*module, "--help"],
            "peelparse parse": [*module, "parse", str(page)],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                taken[name].append(measure(command))
    best = {name: min(runs) for name, runs in taken.items()}
    for name, seconds in best.items():
        print(f"{name:26} {seconds * 1e3:6.0f} ms")
    for name, base in (
        ("peelparse --help", "import click"),
        ("peelparse parse", "import click, lxml.etree"),
    ):
        print(f"{name} / {base}: {best[name] / best[base]:.2f}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()

"""One page in process: bytes to JSON bytes, as a ratio to the bare lxml parse.

    python benchmarks/one_page.py

Every candidate runs once a round on the same bytes, in one process, and the ratio
of each round counts; the ratio of minima and the median of paired ratios are printed. Milliseconds
depend on the machine, ratios hardly do.
"""

import gc
import re
import statistics
import time
from collections.abc import Callable

from lxml import html
from made_pages import make_page, make_text

from peelparse.pipeline import iter_recognitions
from peelparse.read import read_pages
from peelparse.write import write_json

ROUNDS = 60
# bytes, and the share of them that is the page's own text: 80 to 330 blocks, as real
# assessments have; larger copies are larger by menus, scripts and styles
PAGES = ((30_000, 0.38), (100_000, 0.2), (300_000, 0.12))
LINE = re.compile(r"\w+")


def to_json(data: bytes) -> bytes:
    """The whole way."""
    found = next(iter_recognitions(data, "page"))
    assert isinstance(found, tuple), found  # noqa: S101
    return write_json(found[1].report)


def scan_lines(data: bytes) -> int:
    """What a text page costs at least: its lines and one regular expression."""
    text = data.decode()
    return len(text.splitlines()) + len(LINE.findall(text))


def seconds(run: Callable[[bytes], object], data: bytes) -> float:
    """Processor seconds of one run, which busy neighbours disturb least."""
    start = time.process_time()
    run(data)
    return time.process_time() - start


def compare(
    name: str,
    data: bytes,
    base: Callable[[bytes], object],
    runs: dict[str, Callable[[bytes], object]],
    rounds: int = ROUNDS,
) -> None:
    """Print how many times the base each run takes."""
    bare: list[float] = []
    taken: dict[str, list[float]] = {label: [] for label in runs}
    for _ in range(rounds):
        bare.append(seconds(base, data))
        for label, run in runs.items():
            taken[label].append(seconds(run, data))
    for label, values in taken.items():
        least = min(values) / min(bare)
        middle = statistics.median(v / b for v, b in zip(values, bare, strict=True))
        print(f"{name:12} {label:20} {least:6.2f} {middle:6.2f}")


def main() -> None:
    """Print the table."""
    gc.freeze()
    print(f"{'page':12} {'candidate':20} {'min':>6} {'median':>6}")
    parts = {"read": lambda d: next(read_pages(d, "page")), "to JSON": to_json}
    pages = {f"HTML {size // 1000} KB": (size, share) for size, share in PAGES}
    for name, (size, share) in {**pages, "dense 100 KB": (100_000, 0.45)}.items():
        data = make_page(size, share=share)
        compare(name, data, html.document_fromstring, parts)
    for size in (10_000, 60_000):
        compare(f"text {size // 1000} KB", make_text(size), scan_lines, parts)


if __name__ == "__main__":
    main()

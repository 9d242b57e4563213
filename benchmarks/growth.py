"""How cost grows: pages of one shape in growing sizes, in nanoseconds a byte.

    python benchmarks/growth.py [LARGEST]

LARGEST is the size of the largest page in bytes, 10,000,000 unless given. The last
column is the cost of a byte on the largest page over that on the second size; the
smallest page pays what every page pays once.
"""

import sys
import time
from collections.abc import Callable

from made_pages import make_page, make_text

from peelparse.errors import PeelparseError
from peelparse.pipeline import iter_recognitions
from peelparse.write import write_json

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
TOP = (
    b"<!doctype html><html><body><h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2>"
    b"<p>Good</p><h2>Questions for Effectiveness</h2><h3>1. How effective is it?</h3>"
    b"<p>Good</p><p>The force:</p>"
)
TEXT = b"Northshire PEEL 2017\n\nEffectiveness\n\nGood\n\nThe force:\n\n"


def ask(size: int) -> bytes:
    """About one question in 160 bytes."""
    rows = (
        f"<h3>{n}. How effective is the force at work of kind {n}?</h3><p>Good</p>"
        "<p>The force is good at this and works well with others to do it every day.</p>"
        for n in range(size // 160)
    )
    return TOP + "".join(rows).encode()


def entitle(size: int) -> bytes:
    """Lines that all have the form of a title."""
    return TOP + b"".join(
        b"<p>Northshire%d PEEL 2017</p>" % n for n in range(size // 34)
    )


def nest(size: int) -> bytes:
    """As many levels as fit; beyond 2,000 they are refused."""
    return TOP + b"<div>" * (size // 11) + b"words" + b"</div>" * (size // 11)


SHAPES: dict[str, Callable[[int], bytes]] = {
    "a page": make_page,
    "a text copy": make_text,
    "questions": ask,
    "titles": entitle,
    "nesting": nest,
    "one block": lambda n: TOP + b"<p>" + b"It has plans. " * (n // 14) + b"</p>",
    "bullets": lambda n: TOP + b"<ul>" + b"<li>plans and acts" * (n // 18) + b"</ul>",
    "text bullets": lambda n: TEXT + b"- plans and acts\n" * (n // 17),
    "lines of a letter": lambda n: TEXT + b"a\n" * (n // 2),
    "line breaks": lambda n: TOP + b"<p>" + b"words of it<br>" * (n // 15),
    "images": lambda n: TOP + b"<p>" + b'<img alt="words"><br>' * (n // 21),
    "table cells": lambda n: TOP + b"<table><th>a" + b"<tr><td>Good" * (n // 12),
    "attributes": lambda n: TOP + b"<p " + b"a=1 " * (n // 4) + b">words</p>",
}


def measure(data: bytes) -> tuple[float, str]:
    """Seconds, and what came of it."""
    start = time.process_time()
    found = next(iter_recognitions(data, "page"))
    if isinstance(found, PeelparseError):
        result = f"refused: {found.found}"
    else:
        result = f"{len(write_json(found[1].report)):,} bytes of JSON"
    return time.process_time() - start, result


def main() -> None:
    """Print the table."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    sizes = [size for size in SIZES if size <= largest]
    measure(make_page(SIZES[0]))
    heads = " ".join(f"{f'{size // 1000:,} KB':>10}" for size in sizes)
    print(f"{'shape':18} {heads} {'growth':>7}  the largest")
    for name, make in SHAPES.items():
        costs: list[float] = []
        result = ""
        for size in sizes:
            data = make(size)
            seconds, result = measure(data)
            costs.append(seconds * 1e9 / len(data))
        cells = " ".join(f"{cost:10.0f}" for cost in costs)
        growth = costs[-1] / costs[1]
        print(f"{name:18} {cells} {growth:7.2f}  {result}", flush=True)


if __name__ == "__main__":
    main()

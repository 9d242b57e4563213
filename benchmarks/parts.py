"""What each part of the way from bytes to JSON costs, as a share of the bare parse.

    python benchmarks/parts.py

Each function named below is wrapped in a clock of processor time; the least time of many rounds counts.
Parts that stand deeper are inside the one above them.
"""

import gc
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from folder import make_folder
from lxml import etree, html
from made_pages import make_page, make_text
from one_page import PAGES, scan_lines, to_json

from peelparse.cli import main as command

ROUNDS = 60
BATCH = 100  # pages of a folder
# module, function, depth
HTML = (
    ("peelparse.read.containers", "find_format", 0),
    ("peelparse.read", "identify", 0),
    ("peelparse.read", "prepare", 0),
    ("peelparse.read", "sha256", 0),
    ("peelparse.read", "_read_html", 0),
    ("peelparse.read.from_html", "_refuse_attributes", 1),
    ("peelparse.read.from_html", "read_tree", 1),
    ("peelparse.read.from_html", "_find_cut", 1),
    ("peelparse.read", "read_metadata", 1),
)
TEXT = (
    ("peelparse.read", "decode", 0),
    ("peelparse.read.from_text", "read_text", 0),
    ("peelparse.read.from_text", "split_rows", 1),
    ("peelparse.read.from_text", "take_frames", 1),
    ("peelparse.read.from_text", "split_columns", 1),
    ("peelparse.read.from_text", "split_tables", 1),
    ("peelparse.read.from_text", "measure", 1),
    ("peelparse.read.from_text", "mark_lines", 1),
    ("peelparse.read.from_text", "join_lines", 1),
    ("peelparse.read.from_text", "part_blocks", 1),
)
BOTH = (
    ("peelparse.pipeline", "recognise_page", 0),
    ("peelparse.recognise.page", "tokenise", 1),
    ("peelparse.recognise.page", "survey", 1),
    ("peelparse.recognise.page", "fill_outline", 1),
    ("peelparse.recognise.page", "_make_report", 1),
    ("peelparse.recognise.page", "find_language", 2),
    ("peelparse.recognise.page", "find_diagnostics", 1),
    ("one_page", "write_json", 0),
)
# module and class, function, depth
FOLDER = (
    ("peelparse.batch.run:_Run", "list_inputs", 0),
    ("peelparse.batch.run:_Run", "work", 0),
    ("peelparse.batch.work", "read_still", 1),
    ("peelparse.read", "_read_member", 1),
    ("peelparse.batch.work", "recognise", 1),
    ("peelparse.batch.work", "_pack_page", 1),
    ("peelparse.batch.work", "tabulate", 2),
    ("peelparse.batch.work", "pack_rows", 2),
    ("peelparse.batch.work", "pack_report", 2),
    ("peelparse.batch.run:_Run", "_take", 1),
    ("peelparse.batch.emit:Emitter", "advance", 1),
    ("peelparse.batch.run:_Run", "finish", 0),
    ("peelparse.batch.run:_Run", "_join", 1),
)


def time_calls(module: str, name: str) -> list[float]:
    """Wrap a function in a clock; the list gets the seconds of each call."""
    module, _, inner = module.partition(":")
    home = import_module(module)
    home = getattr(home, inner) if inner else home
    function = getattr(home, name)
    calls: list[float] = []

    def timed(*arguments: object, **options: object) -> object:
        start = time.process_time()
        try:
            return function(*arguments, **options)
        finally:
            calls.append(time.process_time() - start)

    setattr(home, name, timed)
    return calls


def measure(run: Callable[[bytes], object], data: bytes) -> float:
    """Processor seconds of one run, which busy neighbours disturb least."""
    start = time.process_time()
    run(data)
    return time.process_time() - start


def show(
    name: str,
    data: bytes,
    base: Callable[[bytes], object],
    clocks: dict[str, list[float]],
) -> None:
    """Print the parts of one page."""
    bare, whole = [], []
    least = dict.fromkeys(clocks, 1e9)
    for _ in range(ROUNDS):
        bare.append(measure(base, data))
        for calls in clocks.values():
            calls.clear()
        whole.append(measure(to_json, data))
        for label, calls in clocks.items():
            least[label] = min(least[label], sum(calls) if calls else 1e9)
    print(f"\n{name}: {min(whole) / min(bare):.2f} of the base")
    for label, seconds in least.items():
        if seconds < 1e9:
            print(f"  {label:26} {seconds / min(bare):6.3f}")


def show_folder() -> None:
    """Print the parts of a first run over a folder, in one process."""
    clocks = {
        "  " * depth + name: time_calls(module, name) for module, name, depth in FOLDER
    }
    least: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        pages = Path(name) / "pages"
        make_folder(pages, BATCH, 100_000, is_mixed=False)
        files = [path.read_bytes() for path in sorted(pages.rglob("*.html"))]
        bare = min(
            sum(measure(html.document_fromstring, data) for data in files)
            for _ in range(5)
        )
        for number in range(4):
            for calls in clocks.values():
                calls.clear()
            output = Path(name) / f"out{number}"
            options = ["batch", str(pages), "-o", str(output), "-q", "--jobs", "1"]
            start = time.process_time()
            command(options, standalone_mode=False)
            taken = {"all": time.process_time() - start}
            taken |= {label: sum(calls) for label, calls in clocks.items()}
            least = {each: min(least.get(each, 1e9), taken[each]) for each in taken}
    print(
        f"\nfolder, {BATCH} pages of 100 KB: {least.pop('all') / bare:.2f} of the base"
    )
    for label, seconds in least.items():
        print(f"  {label:26} {seconds / bare:6.3f}")


def main() -> None:
    """Print the tables."""
    to_json(make_page(10_000))
    to_json(make_text(10_000))
    clocks = {
        "  " * depth + name: time_calls(module, name)
        for module, name, depth in (*HTML, *TEXT, *BOTH)
    }
    gc.freeze()
    for size, share in PAGES:
        data = make_page(size, share=share)
        show(f"HTML {size // 1000} KB", data, html.document_fromstring, clocks)
    parser = etree.HTMLParser(encoding="utf-8", collect_ids=False)
    data = make_page(100_000, share=0.2)
    own = min(measure(lambda d: etree.fromstring(d, parser), data) for _ in range(99))
    bare = min(measure(html.document_fromstring, data) for _ in range(99))
    print(f"\nlxml's parse as it is called here, of 100 KB: {own / bare:.2f}")
    show("text 60 KB", make_text(60_000), scan_lines, clocks)
    show_folder()


if __name__ == "__main__":
    main()

"""Against what a user would pick otherwise: the same invented pages, one after the other.

    python benchmarks/peers.py

The afternoon script takes the facts of this one markup with BeautifulSoup and regular
expressions; extractors, where they are installed, give text without any facts. Every
candidate runs once a round; the ratio of minima and the median of paired ratios to
peelparse (bytes to JSON) are printed.
"""

import gc
import importlib.util
import io
import json
import re
from collections.abc import Callable

from bs4 import BeautifulSoup
from made_pages import make_page
from one_page import PAGES, compare, to_json

ROUNDS = 12
TITLE = re.compile(r"(?P<force>.+) PEEL (?P<edition>20\d\d)")
QUESTION = re.compile(r"(?P<number>\d+)\. (?P<text>.+\?)")
GRADES = {"Outstanding", "Good", "Requires improvement", "Inadequate"}


def read_question(section: object) -> dict[str, object]:
    """The facts of one question of the script's page."""
    heading = QUESTION.match(section.h3.get_text(" ", strip=True))
    grades = [p.get_text(" ", strip=True) for p in section.find_all("p")]
    boxes = section.find_all("div", class_="box")
    inside = [item for box in boxes for item in box.find_all("li")]
    items = [item for item in section.find_all("li") if item not in inside]
    return {
        "number": int(heading["number"]),
        "text": heading["text"],
        "grade": next((text for text in grades if text in GRADES), None),
        "narrative": [text for text in grades if text not in GRADES],
        "findings": [item.get_text(" ", strip=True) for item in items],
        "areas_for_improvement": [item.get_text(" ", strip=True) for item in inside],
    }


def run_script(data: bytes, parser: str) -> bytes:
    """What an analyst writes in an afternoon, for one markup of one edition."""
    soup = BeautifulSoup(data, parser)
    for element in soup.find_all(["nav", "script", "style", "svg", "footer"]):
        element.decompose()
    title = TITLE.match(soup.h1.get_text(" ", strip=True))
    pillar = soup.h2
    before = [p.get_text(" ", strip=True) for p in pillar.find_next_siblings("p")]
    report = {
        "force": title["force"],
        "edition": title["edition"],
        "pillar": pillar.get_text(" ", strip=True),
        "grade": next((text for text in before if text in GRADES), None),
        "summary": [text for text in before if len(text) > 60],
        "questions": [read_question(each) for each in soup.find_all("section")],
    }
    return json.dumps(report).encode()


def find_extractors() -> dict[str, Callable[[bytes], object]]:
    """Extractors that are installed here."""
    found: dict[str, Callable[[bytes], object]] = {}
    if importlib.util.find_spec("trafilatura"):
        from trafilatura import extract  # noqa: PLC0415

        found["trafilatura"] = extract
    if importlib.util.find_spec("markitdown"):
        from markitdown import MarkItDown  # noqa: PLC0415

        convert = MarkItDown().convert_stream
        found["markitdown"] = lambda d: convert(io.BytesIO(d), file_extension=".html")
    if importlib.util.find_spec("unstructured"):
        from unstructured.partition.html import partition_html  # noqa: PLC0415

        found["unstructured"] = lambda d: partition_html(text=d.decode())
    if importlib.util.find_spec("docling"):
        from docling.datamodel.base_models import DocumentStream  # noqa: PLC0415
        from docling.document_converter import DocumentConverter  # noqa: PLC0415

        take = DocumentConverter().convert
        found["docling"] = lambda d: take(
            DocumentStream(name="page.html", stream=io.BytesIO(d))
        )
    return found


def main() -> None:
    """Print the table."""
    runs: dict[str, Callable[[bytes], object]] = {
        "script, html.parser": lambda d: run_script(d, "html.parser"),
        "script, lxml": lambda d: run_script(d, "lxml"),
        **find_extractors(),
    }
    gc.freeze()
    print("times as long as peelparse takes from bytes to JSON")
    print(f"{'page':12} {'candidate':20} {'min':>6} {'median':>6}")
    for size, share in PAGES:
        name = f"HTML {size // 1000} KB"
        compare(name, make_page(size, share=share), to_json, runs, ROUNDS)


if __name__ == "__main__":
    main()

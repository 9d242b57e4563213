"""Holds a report against a truth that a person marked by hand.

A truth has the fields of a report, less those that follow from others; `force` is
one name. Every leaf is a fact, told by the words of the question or item that it
belongs to, never by its position, so that one missing question is one mistake.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from peelparse.report import Report
from peelparse.write import write_json

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Object: TypeAlias = dict[str, Json]
Fact: TypeAlias = tuple[str, str]

# what a person does not mark, and what is compared on its own below
PASSED_OVER: Final = frozenset(
    [
        "schema",
        "id",
        "topic",
        "polarity",
        "line",
        "path",
        "link",
        "source",
        "coverage",
        "diagnostics",
        "force",
        "force_aliases",
        "title_alternatives",
        "chrome",
        "unclaimed",
    ]
)
PLAIN: Final = str.maketrans("‘’‚“”„‐‑‒–—−", "'''\"\"\"------")
JOINT: Final = re.compile(r"[;,]( and| or| ac)?$|[.:]$")


class Differences(NamedTuple):
    """What the truth has and the report has not, and the other way about."""

    missed: list[Fact]
    extra: list[Fact]


def read_truth(path: Path) -> Object:
    """Read a `truth.json`."""
    truth: Object = json.loads(path.read_bytes())
    return truth


def compare(truth: Object, report: Report) -> Differences:
    """Find every fact in which a report and a truth differ."""
    found: Object = json.loads(write_json(report))
    if fold(found["title"]) in {fold(t) for t in _list(truth, "title_alternatives")}:
        found["title"] = truth["title"]
    wanted = Counter([*iter_facts(truth), ("force", _name_truth(truth, report))])
    gained = Counter([*iter_facts(found), ("force", _name_force(report))])
    return Differences(
        sorted((wanted - gained).elements()), sorted((gained - wanted).elements())
    )


def iter_facts(value: Json, place: str = "") -> Iterator[Fact]:
    """Every leaf with the place where it stands; empty ones are no facts."""
    if isinstance(value, dict):
        known_by = fold(value.get("text") or value.get("pillar") or "")
        for key, part in value.items():
            if key not in PASSED_OVER:
                yield from iter_facts(part, f"{place}<{known_by[:40]}>.{key}")
    elif isinstance(value, list):
        for part in value:
            yield from iter_facts(part, place)
    elif value is not None:
        yield place, fold(value)


def fold(value: Json) -> str:
    """Words as they are compared: plain quotes and dashes, no joints of lists."""
    text = " ".join(str(value).translate(PLAIN).replace("\xad", "").split())
    return JOINT.sub("", text).casefold()


def _list(truth: Object, key: str) -> list[Json]:
    names = truth.get(key) or []
    assert isinstance(names, list)
    return names


def _name_force(report: Report) -> str:
    return fold(report.force.name) if report.force else "none"


def _name_truth(truth: Object, report: Report) -> str:
    """The force's name; of several that the page prints, the one that was found."""
    names = [fold(n) for n in [truth["force"], *_list(truth, "force_aliases")] if n]
    found = _name_force(report)
    return found if found in names or not names else names[0]

"""Forces of reports to keys that are equal for one force, without guessing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from peelparse.reference import find_force
from peelparse.reference.spelling import fold
from peelparse.report import Force, Programme, Report

_ARTICLE: Final = "the "
_SUFFIXES: Final[dict[Programme, tuple[str, ...]]] = {
    "PEEL": (" police service", " police force", " police", " constabulary"),
    "FRS": (
        " fire and rescue service",
        " fire and rescue",
        " fire service",
        " fire brigade",
        " frs",
    ),
}
"""What names of organisations end in, the longest first."""

ForceKey = tuple[str, str]
"""`id` and an id of the reference list, or `name` and a folded name."""


class ForceKeys:
    """Tells which names of a set of reports mean one force.

    A name with and the same name without the organisation's suffix are one, if there
    is only one such name: `Northshire` means neither of `Northshire Police` and
    `Northshire Constabulary` where both are there.

    Example:
        >>> from peelparse.report import Force
        >>> keys = ForceKeys()
        >>> for name in ("Northshire", "Northshire Police"):
        ...     keys.add(Force(name=name, source="title"), "PEEL")
        >>> keys.find(Force(name="The Northshire Police", source="text"), "PEEL")
        ('name', 'northshire')
    """

    def __init__(self, reports: Iterable[Report] = ()) -> None:
        """Args: reports: those whose names are known from the start."""
        self._full_names: dict[tuple[Programme, str], set[str]] = defaultdict(set)
        for report in reports:
            if report.force and report.programme:
                self.add(report.force, report.programme)

    def add(self, force: Force, programme: Programme) -> None:
        """Take note of a name."""
        name = _fold_name(force)
        stem = _strip_suffix(name, programme)
        if stem != name:
            self._full_names[programme, stem].add(name)

    def find(self, force: Force, programme: Programme) -> ForceKey:
        """Give the key of a force whose name was added."""
        record = find_force(force.name, programme)
        if found := force.id or (record and record.id):
            return ("id", found)
        name = _fold_name(force)
        stem = _strip_suffix(name, programme)
        is_clear = len(self._full_names.get((programme, stem), ())) == 1
        return ("name", stem if is_clear else name)


def _fold_name(force: Force) -> str:
    return fold(force.name).removeprefix(_ARTICLE)


def _strip_suffix(name: str, programme: Programme) -> str:
    """The name without the organisation; as it is if nothing would be left."""
    for suffix in _SUFFIXES[programme]:
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return name

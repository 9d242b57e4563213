"""Pages that say the same in another dialect, told by the words they share."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from peelparse.reference.spelling import fold
from peelparse.report import Language, PageKind, Report
from peelparse.unite.page import find_slot, list_texts
from peelparse.unite.told import find_date, to_key

_ALIKE: Final = 0.9
"""The share of the smaller page's words that two dialects of one page have in common."""

_RUN: Final = 3
"""Words in a row; one alone would be on many pages."""

_MUCH: Final = 200
"""Runs of words that pages of two pillars never have in common."""


def iter_twins(ranked: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Find pages that say the same, each with the better one.

    Args:
        ranked: reports of one assessment, the better before the worse.

    Yields:
        Places of two reports that are copies of one page.
    """
    slots: dict[tuple[PageKind, Language], list[int]] = defaultdict(list)
    for place, report in enumerate(ranked):
        slots[report.kind, report.language].append(place)
    for places in slots.values():
        if len(places) > 1:
            yield from _match_words(ranked, places)


def _match_words(
    ranked: Sequence[Report], places: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Find twins among some reports by the runs of words that they have in common."""
    holders: dict[str, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for place in places:
        runs = _list_runs(ranked[place])
        shared = Counter(holder for run in runs for holder in holders.get(run, ()))
        for holder in sorted(shared):
            least = _ALIKE * min(sizes[holder], len(runs))
            pair = ranked[place], ranked[holder]
            if shared[holder] >= least and _agree(*pair, shared[holder]):
                yield holder, place
                break
        else:
            sizes[place] = len(runs)
            for run in runs:
                holders[run].append(place)


def _list_runs(report: Report) -> set[str]:
    """Every three words in a row: what copies share however they cut paragraphs."""
    words = " ".join(map(to_key, list_texts(report))).split()
    return {
        " ".join(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)
    }


def _agree(one: Report, other: Report, shared: int) -> bool:
    """Whether title, date and pillars are the same, as far as the copies have them.

    A bad copy may seem to be of another pillar; much in common is no accident.
    """
    titles = {fold(each.title) for each in (one, other) if each.title}
    dates = {date for each in (one, other) if (date := find_date(each))}
    pillars, others = (set(find_slot(each)[2]) for each in (one, other))
    return (
        len(titles) < 2
        and len(dates) < 2
        and (pillars <= others or others <= pillars or shared >= _MUCH)
    )

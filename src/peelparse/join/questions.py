"""Questions of several pages to one for each question or area."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec

from peelparse.join.assessment import JoinedQuestion, Sources, refer
from peelparse.join.copies import LISTS, Page, iter_items
from peelparse.join.grades import choose_grade
from peelparse.join.judgements import find_rank
from peelparse.join.told import (
    DETAILED_FIRST,
    PILLAR_FIRST,
    Order,
    Told,
    fill_fields,
    fill_place,
    sort_by_kind,
    to_key,
)
from peelparse.report import Diagnostic, Item, Question

_FIELDS: Final[dict[str, Order]] = {
    "number": PILLAR_FIRST,
    "text": PILLAR_FIRST,
    "topic": PILLAR_FIRST,
}
_PROSE: Final[tuple[Literal["narrative", "subheadings"], ...]] = (
    "narrative",
    "subheadings",
)

Shared = Iterable[tuple[str | None, str]]
_Key = tuple[str | None, str, str]
"""Pillar, `topic` or `text`, and the topic or the words."""


def join_questions(
    pages: Sequence[Page], pillars: Sequence[str], shared: Shared
) -> tuple[list[JoinedQuestion], list[Diagnostic]]:
    """Join the questions of an assessment.

    Args:
        pages: the pages of one assessment.
        pillars: official names in the order of the edition.
        shared: pairs of a pillar and a topic on which it has several questions.

    Returns:
        One question for each that a page shows, by pillar and then by number, or as
        the page with most of them has them; and what speaks against their grades.
    """
    told = [
        Told(value, report, is_copy)
        for page in pages
        for report, is_copy in page.iter_copies()
        for value in report.questions
    ]
    keys = _Keys(told, shared)
    groups: dict[_Key, list[Told[Question]]] = defaultdict(list)
    for each in told:
        groups[keys.find(each.value)].append(each)
    joined, diagnostics = {}, []
    for key in _sort_keys(pages, keys):
        joined[key], found = _join(groups[key])
        diagnostics += found
    return _sort(list(joined.values()), pillars), diagnostics


class _Keys:
    """Tells which questions are the same: by topic, or where that fails by words."""

    def __init__(self, told: Sequence[Told[Question]], shared: Shared) -> None:
        self._topics: dict[tuple[str | None, str], str] = {}
        self._shared = set(shared)
        wordings: dict[tuple[int, str | None, str], set[str]] = defaultdict(set)
        for each in told:
            value, words = each.value, to_key(each.value.text)
            if value.topic is None:
                continue
            known = self._topics.setdefault((value.pillar, words), value.topic)
            self._topics[value.pillar, words] = min(known, value.topic)
            wordings[id(each.report), value.pillar, value.topic].add(words)
        for (_, pillar, topic), words_of_page in wordings.items():
            if len(words_of_page) > 1:
                self._shared.add((pillar, topic))

    def find(self, question: Question) -> _Key:
        """Give what the same question has in common on all pages."""
        words = to_key(question.text)
        topic = self._topics.get((question.pillar, words))
        if topic is None or (question.pillar, topic) in self._shared:
            return question.pillar, "text", words
        return question.pillar, "topic", topic


def _sort_keys(pages: Sequence[Page], keys: _Keys) -> list[_Key]:
    """Merge the orders of all pages: a question stands after the one before it."""
    reports = [report for page in pages for report, _ in page.iter_copies()]
    order: list[_Key] = []
    for report in sorted(reports, key=lambda report: -len(report.questions)):
        here = [keys.find(each) for each in report.questions]
        known = set(order)
        place = 0 if known & set(here) else len(order)
        for key in here:
            if key in known:
                place = order.index(key) + 1
            else:
                order.insert(place, key)
                known.add(key)
                place += 1
    return order


def _sort(
    questions: Sequence[JoinedQuestion], pillars: Sequence[str]
) -> list[JoinedQuestion]:
    """Sort by pillar, and within it by number where every question has one."""
    groups: dict[tuple[int, str], list[JoinedQuestion]] = defaultdict(list)
    for each in questions:
        pillar = each.value.pillar
        groups[find_rank(pillar, pillars), pillar or ""].append(each)
    result = []
    for _, group in sorted(groups.items(), key=lambda pair: pair[0]):
        if all(each.value.number is not None for each in group):
            group.sort(key=lambda each: each.value.number or 0)
        result += group
    return result


def _join(told: Sequence[Told[Question]]) -> tuple[JoinedQuestion, list[Diagnostic]]:
    first, place, sources = fill_place(told)
    about = f"{first.pillar}: {first.text}" if first.pillar else first.text
    choice = choose_grade(told, about)
    values, origins = fill_fields(told, _FIELDS)
    contents, places = _unite(sort_by_kind(told, DETAILED_FIRST))
    blank = Question(text=first.text, pillar=first.pillar)
    fields = place | values | choice.fields | contents
    sources |= origins | places | {"grade": [choice.source]}
    return (
        JoinedQuestion(value=msgspec.structs.replace(blank, **fields), sources=sources),
        choice.diagnostics,
    )


def _unite(told: Sequence[Told[Question]]) -> tuple[dict[str, object], Sources]:
    """Take prose from the best page that has it, and each item of every page once.

    What a better page has in any place is not taken again, as a copy that has lost a
    label has the items of one list in another.
    """
    prose: dict[str, list[str]] = {name: [] for name in _PROSE}
    lists: dict[str, list[Item]] = {name: [] for name in LISTS}
    sources: Sources = {}
    seen: set[str] = set()
    for each in told:
        for name in _PROSE:
            parts = [
                part for part in getattr(each.value, name) if to_key(part) not in seen
            ]
            if parts and not prose[name]:
                prose[name] = parts
                sources[name] = [refer(each.report)]
        for box in LISTS:
            if each.is_copy and lists[box]:
                continue
            items = [
                item for item in getattr(each.value, box) if not _keys(item) & seen
            ]
            if items:
                lists[box] += items
                sources.setdefault(box, []).append(refer(each.report))
        seen |= {to_key(part) for part in each.value.narrative}
        seen.update(*(_keys(item) for item in iter_items(each.value)))
    return {**prose, **lists}, sources


def _keys(item: Item) -> set[str]:
    """What tells an item: its id and its words."""
    return {item.id, to_key(item.text)}

"""Questions of several pages to one for each question or area."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, Literal, NamedTuple

import msgspec

from peelparse.report import Diagnostic, GradeStatus, Item, Question
from peelparse.unite.assessment import JoinedQuestion, Sources, refer
from peelparse.unite.grades import choose_grade
from peelparse.unite.judgements import find_rank
from peelparse.unite.page import LISTS, Page, iter_items
from peelparse.unite.told import (
    DETAILED_FIRST,
    PILLAR_FIRST,
    Order,
    Told,
    fill_fields,
    fill_place,
    sort_by_kind,
    to_key,
)

_FIELDS: Final[dict[str, Order]] = {
    "number": PILLAR_FIRST,
    "text": PILLAR_FIRST,
    "topic": PILLAR_FIRST,
}
_PROSE: Final[tuple[Literal["narrative", "subheadings"], ...]] = (
    "narrative",
    "subheadings",
)

_NOT_INSPECTED: Final[tuple[GradeStatus, ...]] = ("carried_over", "not_inspected")
"""What a page says only of a question that it has."""

Shared = Iterable[tuple[str | None, str]]
_Key = tuple[str | None, str, str]
"""Pillar, `topic` or `text`, and the topic or the words."""


class Asked(NamedTuple):
    """A question on a page, and the one that it is known to be."""

    told: Told[Question]
    """As the page tells it."""
    like: Question
    """As the best copy of the page has it; else as told."""


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
    asked = [each for page in pages for each in _iter_asked(page)]
    keys = _Keys(asked, shared)
    groups: dict[_Key, list[Told[Question]]] = defaultdict(list)
    orders: dict[int, list[_Key]] = defaultdict(list)
    for told, like in asked:
        key = keys.find(like)
        groups[key].append(told)
        orders[id(told.report)].append(key)
    joined, diagnostics = [], []
    for key in _merge_orders(orders.values()):
        question, found = _join(groups[key])
        joined.append(question)
        diagnostics += found
    return _sort(joined, pillars), diagnostics


def _iter_asked(page: Page) -> Iterator[Asked]:
    """Give the questions of a page, and of its copies those that can be trusted.

    A copy that was made badly has lines for questions that are none, and has lost
    pillars: what the best copy has not must be known to be a question.
    """
    known = {_to_words(each): each for each in page.best.questions}
    pillars = {each.pillar for each in page.best.questions}
    for report, is_copy in page.iter_copies():
        for value in report.questions:
            like = known.get(_to_words(value), value) if is_copy else value
            is_official = value.topic or value.grade_status in _NOT_INSPECTED
            is_here = value.pillar in pillars or not pillars
            if not is_copy or like is not value or (is_official and is_here):
                yield Asked(Told(value, report, is_copy), like)


def _to_words(question: Question) -> str:
    """What tells a question: its words, or what it begins with if they are lost."""
    said = chain(
        [question.text], question.narrative, map(_to_text, iter_items(question))
    )
    return to_key(next(filter(None, said), ""))


def _to_text(item: Item) -> str:
    return item.text


class _Keys:
    """Tells which questions are the same: by topic, or where that fails by words."""

    def __init__(self, asked: Iterable[Asked], shared: Shared) -> None:
        self._topics: dict[tuple[str | None, str], str] = {}
        self._shared = set(shared)
        wordings: dict[tuple[int, str | None, str], set[str]] = defaultdict(set)
        for told, like in asked:
            if like.topic:
                place = like.pillar, _to_words(like)
                known = self._topics.setdefault(place, like.topic)
                self._topics[place] = min(known, like.topic)
                wordings[id(told.report), like.pillar, like.topic].add(place[1])
        self._shared |= {
            (pillar, topic)
            for (_, pillar, topic), words in wordings.items()
            if len(words) > 1
        }

    def find(self, question: Question) -> _Key:
        """Give what the same question has in common on all pages."""
        words = _to_words(question)
        topic = self._topics.get((question.pillar, words))
        if topic is None or (question.pillar, topic) in self._shared:
            return question.pillar, "text", words
        return question.pillar, "topic", topic


def _merge_orders(orders: Iterable[list[_Key]]) -> list[_Key]:
    """Merge the orders of all pages: a question stands after the one before it."""
    merged: list[_Key] = []
    for order in sorted(orders, key=len, reverse=True):
        known = set(merged)
        place = 0 if known & set(order) else len(merged)
        for key in order:
            if key in known:
                place = merged.index(key) + 1
            else:
                merged.insert(place, key)
                known.add(key)
                place += 1
    return merged


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

"""Question and area wording to the topic that is stable across editions.

`topics.json` holds the official questions, which are looked up first, and the rules
for all other wordings. A rule is compiled when a wording first comes to it.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import msgspec

from peelparse.reference.spelling import LONGEST_LABEL, fold
from peelparse.report import Programme

_FILE: Final = Path(__file__).parent / "topics.json"
_END_MARKS: Final = " ?.:;"
_PROGRAMMES: Final[tuple[Programme, ...]] = ("PEEL", "FRS")


class _Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule; `order` is its place, and the first rule that fits decides."""

    order: int
    id: str
    programme: Programme | None
    match_any: str
    match_none: str | None


class _Question(msgspec.Struct, frozen=True, kw_only=True):
    """One official question or area of one edition, with its other labels."""

    programme: Programme
    pillar: str | None
    text: str
    also: tuple[str, ...]
    topic: str


class _File(msgspec.Struct, frozen=True):
    rules: tuple[_Rule, ...]
    questions: tuple[_Question, ...]


@cache
def _file() -> _File:
    return msgspec.json.decode(_FILE.read_bytes(), type=_File)


@cache
def _rules(programme: Programme) -> tuple[_Rule, ...]:
    rules = (each for each in _file().rules if each.programme in {None, programme})
    return tuple(sorted(rules, key=lambda each: each.order))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _fold_label(text: str) -> str:
    return fold(text[:LONGEST_LABEL]).rstrip(_END_MARKS)


@cache
def _official_topics(programme: Programme) -> dict[str, str]:
    return {
        _fold_label(text): each.topic
        for each in _file().questions
        if each.programme == programme
        for text in (each.text, *each.also)
    }


@cache
def _official_pillars(programme: Programme) -> dict[str, set[str | None]]:
    pillars: dict[str, set[str | None]] = {}
    for each in _file().questions:
        if each.programme == programme:
            pillars.setdefault(_fold_label(each.text), set()).add(each.pillar)
    return pillars


def _topic_by_rule(label: str, programme: Programme) -> str | None:
    for rule in _rules(programme):
        if _compiled(rule.match_any).search(label) and not (
            rule.match_none and _compiled(rule.match_none).search(label)
        ):
            return rule.id
    return None


@lru_cache(maxsize=2048)
def _topic(label: str, programme: Programme) -> str | None:
    return _official_topics(programme).get(label) or _topic_by_rule(label, programme)


def find_topic(text: str, programme: Programme | None) -> str | None:
    """Find the topic of a question or area, whatever its wording.

    Args:
        text: The question or area name as printed; of a longer text only the
            first 300 characters count.
        programme: Whose questions; `None` tries both and wants one answer.

    Returns:
        Id of the topic; `None` if no rule fits, or with no programme two disagree.

    Example:
        >>> find_topic("How effective are the force’s specialist capabilities?", "PEEL")
        'specialist-capabilities'
        >>> find_topic("How well does the force prevent crime?", "PEEL")
        'preventing-crime'
    """
    label = _fold_label(text)
    if programme:
        return _topic(label, programme)
    topics = {topic for each in _PROGRAMMES if (topic := _topic(label, each))}
    return topics.pop() if len(topics) == 1 else None


def find_pillar(text: str, programme: Programme | None) -> str | None:
    """Find the pillar that an official headline or core question belongs to.

    Args:
        text: The question as printed; only official wordings are known.
        programme: Whose questions; `None` looks in both and wants one answer.

    Returns:
        Official name of the pillar; `None` for any other wording, and for areas of
        editions without pillars.

    Example:
        >>> find_pillar("How well does the force plan for the future?", "PEEL")
        'Efficiency'
    """
    label = _fold_label(text)
    pillars: set[str | None] = set()
    for each in (programme,) if programme else _PROGRAMMES:
        pillars |= _official_pillars(each).get(label, set())
    return pillars.pop() if len(pillars) == 1 else None

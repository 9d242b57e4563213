"""Question and area wording to the topic that is stable across editions.

`topics.json` holds the official questions, which are looked up first, and the rules
for all other wordings. A rule is words or patterns with bars between; a pattern is
compiled when a wording that has the words it begins with first comes to it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

import msgspec

from peelparse.data import read_data
from peelparse.reference.spelling import LONGEST_LABEL, fold
from peelparse.report import Programme

_FILE: Final = "reference/topics.json"
_END_MARKS: Final = " ?.:;"
_PLAIN: Final = " abcdefghijklmnopqrstuvwxyz"  # what means itself in a pattern
_PROGRAMMES: Final[tuple[Programme, ...]] = ("PEEL", "FRS")


class _Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule; `order` is its place, and the first rule that fits decides."""

    order: int
    id: str
    programme: Programme | None
    match_any: str
    match_none: str | None


class QuestionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One official question or area of one edition."""

    programme: Programme
    """`PEEL` for police, `FRS` for fire and rescue."""
    edition: str
    """Id of the edition that asks it."""
    pillar: str | None
    """Official name of its pillar; null for an area."""
    number: int | None
    """Its number; null for a headline question and where none was seen."""
    headline: bool
    """Whether it is the question of the pillar as a whole."""
    text: str
    """Official wording."""
    also: tuple[str, ...]
    """Shorter labels that mean the same."""
    topic: str
    """Id of the subject, stable across editions."""
    graded: bool | None
    """Whether it is graded; null where that differs by force."""
    verified: bool
    """Whether the wording was seen on an official page."""
    note: str | None
    """What a reader should know; null for most."""


class TopicRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One subject that questions and areas of several editions share."""

    id: str
    """Stable id, such as `preventing-crime`."""
    questions: tuple[QuestionRecord, ...]
    """The questions and areas on it: police before fire, the oldest first; empty
    for a subject that only other wordings name."""


class _File(msgspec.Struct, frozen=True):
    origin: str
    rules: tuple[_Rule, ...]
    questions: tuple[QuestionRecord, ...]


@cache
def _file() -> _File:
    return msgspec.json.decode(read_data(_FILE), type=_File)


@cache
def _rules(programme: Programme) -> tuple[_Rule, ...]:
    rules = (each for each in _file().rules if each.programme in {None, programme})
    return tuple(sorted(rules, key=lambda each: each.order))


@cache
def _choices(rule: str) -> tuple[tuple[str, str], ...]:
    """The choices of a rule, each with the plain words that it begins with.

    Example:
        >>> _choices("taser|plan(ning|s)? ahead")
        (('taser', 'taser'), ('plan', 'plan(ning|s)? ahead'))
    """
    choices: list[str] = []
    depth = 0  # of brackets, in which bars are the pattern's own
    for part in rule.split("|"):
        if depth:
            choices[-1] += f"|{part}"
        else:
            choices.append(part)
        depth += part.count("(") - part.count(")")
    return tuple((_opening(choice), choice) for choice in choices)


def _opening(choice: str) -> str:
    """The letters and spaces that every match of a pattern begins with."""
    bare = choice.removeprefix("^").removeprefix(r"\b").lower()
    rest = bare.lstrip(_PLAIN)
    # a letter that may be left out is no part of them
    end = len(bare) - len(rest) - (rest[:1] in {"?", "{"})
    return bare[:end]


def _fits(rule: str, label: str) -> bool:
    """Whether a label, in lower case, has what a rule looks for."""
    return any(
        words in label
        and (words == choice or re.search(f"(?i){choice}", label) is not None)
        for words, choice in _choices(rule)
    )


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
        if _fits(rule.match_any, label) and not (
            rule.match_none and _fits(rule.match_none, label)
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


def iter_questions(programme: Programme | None = None) -> Iterator[QuestionRecord]:
    """List the official questions and areas, by programme, edition and pillar.

    Args:
        programme: Whose questions; `None` takes both.

    Example:
        >>> next(iter_questions("FRS")).topic
        'effectiveness-overall'
    """
    for each in _file().questions:
        if programme in {None, each.programme}:
            yield each


def iter_topics(programme: Programme | None = None) -> Iterator[TopicRecord]:
    """List the topics in the order of their ids, with the questions on each.

    Args:
        programme: Whose topics; `None` takes both.

    Example:
        >>> [each.edition for each in next(iter_topics("FRS")).questions]
        ['2018-19', '2021-22', '2023-25']
    """
    asked: dict[str, list[QuestionRecord]] = {
        rule.id: [] for rule in _file().rules if programme in {None, rule.programme}
    }
    for each in iter_questions(programme):
        asked.setdefault(each.topic, []).append(each)
    for topic, questions in sorted(asked.items()):
        yield TopicRecord(id=topic, questions=tuple(questions))


def describe_topics() -> str:
    """Tell how the list of questions and topics was compiled.

    Example:
        >>> describe_topics()[:22]
        'Compiled for peelparse'
    """
    return _file().origin


@cache
def shared_topics(
    edition: str | None, programme: Programme | None
) -> frozenset[tuple[str | None, str]]:
    """Give the topics that do not tell the questions of an edition apart.

    Args:
        edition: Id of the edition.
        programme: Whose edition.

    Returns:
        Pairs of a pillar and a topic on which it has several questions.

    Example:
        >>> shared_topics("2014", "PEEL")
        frozenset({('Efficiency', 'financial-sustainability')})
    """
    counts = Counter(
        (each.pillar, each.topic)
        for each in _file().questions
        if (each.edition, each.programme) == (edition, programme) and not each.headline
    )
    return frozenset(pair for pair, count in counts.items() if count > 1)


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

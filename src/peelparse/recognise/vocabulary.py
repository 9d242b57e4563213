"""The words of the pages, loaded once: labels by look-up, forms by pattern.

The words themselves are data in `words/`, each file with its origin. Code asks for
a label or a form by name and holds no wording of a page.
"""

import os
import re
from functools import cache, cached_property
from typing import Final

import msgspec

from peelparse.data import read_data
from peelparse.recognise.forms import Form, PillarWords, StatusForm, TitleForm
from peelparse.recognise.roles import Role
from peelparse.report import PageKind

WORDS: Final = "recognise/words"
PLAIN: Final = str.maketrans("‘’ʼ′“”″‐‑‒–—―−\xa0", "''''\"\"\"------- ")


class Labels(msgspec.Struct, frozen=True):
    """`words/labels.json`."""

    origin: str
    grades: dict[str, str]
    statuses: dict[str, str]
    grade_labels: list[str]
    headlines: list[str]
    """Headlines of pillars that are no questions."""
    pillars: dict[str, str]
    boxes: dict[str, str]
    sections: dict[str, str]
    field_labels: dict[str, str]
    furniture: list[str]
    part_ends: list[str]
    """Furniture that ends each part of a long page."""
    furniture_starts: list[str]
    documents: list[str]
    related: list[str]
    """Headings of links to other pages, at the end or in the middle of a page."""
    tails: list[str]
    tail_starts: list[str]
    legend: list[str]


class Patterns(msgspec.Struct, frozen=True):
    """`words/patterns.json`: regular expressions with `{fragments}`."""

    origin: str
    fragments: dict[str, str]
    titles: list[TitleForm]
    running_titles: list[str]
    editions: list[TitleForm]
    welsh_words: list[str]
    english_words: list[str]
    edition_title: str
    edition_sentence: str
    organisation: str
    subject_before: str
    subject_after: str
    fire_suffixes: list[str]
    date: str
    bare_date: str
    page_date_labels: list[str]
    months: dict[str, int]
    question: str
    form_words: dict[str, list[str]]
    """For each form of a line, words one of which each line of it has, as keys."""
    question_number: str
    reading_time: str
    link_row: str
    asked_of_many: str
    asked_of_one: str
    question_states: list[str]
    questions_for: str
    view_questions: str
    further_insights: str
    detail_link: str
    question_of_pillar: str
    statement: str
    statement_2014: str
    pillar_words: list[PillarWords]
    inspector: str
    office: str
    person: str
    prose_starts: list[str]
    standing_findings: str
    standing_stated: list[Form]
    statuses: list[StatusForm]
    area_ungraded: str
    stated_counts: dict[str, str]
    counts: dict[str, int]
    improvement: str
    recommending: str
    duty: str
    """What an instruction holds and the label of a link hardly does."""
    no_area: str
    """What shows that a line before a grade is no name of an area."""
    overall: str
    """What shows that a line heads the grade of the whole page."""
    box_prefixes: list[str]
    concern_lead: str
    strength_lead: str
    prose_grade: str
    programme_names: dict[str, list[str]]
    programmes: dict[str, list[str]]
    marks: list[str]


class KindRule(msgspec.Struct, frozen=True):
    """What tells one kind of page that is no assessment."""

    kind: PageKind
    labels: list[str] = []
    near_title: list[str] = []
    starts: tuple[str, ...] = ()
    titles: list[str] = []
    addresses: list[str] = []


class KindWords(msgspec.Struct, frozen=True):
    """`words/kinds.json`."""

    origin: str
    kinds: list[KindRule]


class AreaWords(msgspec.Struct, frozen=True):
    """`words/areas.json`."""

    origin: str
    areas: list[str]


RELATED: Final = "related"  # value of the headings of links to other pages
JUNK: Final = " :.!*#|+>»[]()★☆✓✔●■▪▶►▸▼▾△▲–-"  # around labels, in some designs

PRINTED_JUNK: Final = JUNK + "".join(
    map(chr, (code for code, mark in PLAIN.items() if chr(mark) in JUNK))
)


def plain(text: str) -> str:
    """Text with plain quotes and hyphens, for patterns.

    Example:
        >>> plain("PEEL 2023–2025")
        'PEEL 2023-2025'
    """
    return text if text.isascii() else text.translate(PLAIN)


def make_key(text: str) -> str:
    """The form in which labels are compared.

    Example:
        >>> make_key("HMI’s observations:")
        "hmi's observations"
    """
    return (text if text.isascii() else plain(text)).casefold().strip(JUNK)


class Vocabulary:
    """Look-ups and patterns, each compiled when it is first asked for."""

    def __init__(self, folder: str | os.PathLike[str] = WORDS) -> None:
        """Args: folder: where the four data files are; tests give another."""
        self.folder = folder
        self._compiled: dict[tuple[str, bool], re.Pattern[str]] = {}

    def _read(self, name: str) -> bytes:
        return read_data(os.path.join(self.folder, name))  # noqa: PTH118  as read_data

    @cached_property
    def labels(self) -> Labels:
        """Whole-block labels."""
        return msgspec.json.decode(self._read("labels.json"), type=Labels)

    @cached_property
    def patterns(self) -> Patterns:
        """Forms of titles, dates, statements and sentences."""
        return msgspec.json.decode(self._read("patterns.json"), type=Patterns)

    @cached_property
    def kinds(self) -> list[KindRule]:
        """Rules that tell pages that are no assessment, first match wins."""
        return msgspec.json.decode(self._read("kinds.json"), type=KindWords).kinds

    @cached_property
    def by_key(self) -> dict[str, tuple[Role, str]]:
        """Role and value of every whole-block label, by its key."""
        words = self.labels
        areas = msgspec.json.decode(self._read("areas.json"), type=AreaWords).areas
        table: dict[str, tuple[Role, str]] = {}
        # where two lists hold one label, the later one wins
        for role, names in (
            (Role.AREA, areas),
            (Role.FURNITURE, words.furniture),
            (Role.TAIL, words.tails),
            (Role.DOCUMENT, words.documents),
            (Role.GRADE_LABEL, words.grade_labels),
            (Role.QUESTION, words.headlines),
        ):
            table |= {name: (role, name) for name in names}
        table |= dict.fromkeys(words.related, (Role.TAIL, RELATED))
        for role, values in (
            (Role.FIELD_LABEL, words.field_labels),
            (Role.SECTION, words.sections),
            (Role.BOX, words.boxes),
            (Role.PILLAR, words.pillars),
            (Role.GRADE, words.statuses),
            (Role.GRADE, words.grades),
        ):
            table |= {name: (role, value) for name, value in values.items()}
        return table

    @cached_property
    def longest_kind_label(self) -> int:
        """Characters of the longest label that tells a kind of page."""
        rules = self.kinds
        return max(len(label) for r in rules for label in (*r.labels, *r.near_title))

    @cached_property
    def kind_starts(self) -> tuple[str, ...]:
        """Openings of lines that tell a kind of page, as keys."""
        return tuple(start for rule in self.kinds for start in rule.starts)

    @cached_property
    def starts(self) -> tuple[str, ...]:
        """Openings of link labels and other furniture, as keys."""
        return tuple(self.labels.furniture_starts)

    @cached_property
    def prose_starts(self) -> tuple[str, ...]:
        """Openings, in lower case, of the sentences that have forms of their own."""
        return tuple(self.patterns.prose_starts)

    def pattern(self, source: str, *, ignore_case: bool = False) -> re.Pattern[str]:
        """Compile a pattern of the data once, its `{fragments}` filled in."""
        compiled = self._compiled.get((source, ignore_case))
        if compiled is None:
            filled = source
            for name, fragment in self._fragments.items():
                filled = filled.replace("{" + name + "}", fragment)
            flags = re.IGNORECASE if ignore_case else re.NOFLAG
            compiled = re.compile(filled, flags)
            self._compiled[source, ignore_case] = compiled
        return compiled

    @cached_property
    def _fragments(self) -> dict[str, str]:
        counts = "|".join([*self.patterns.counts, r"\d{1,2}"])
        wrapped = {k: f"(?:{v})" for k, v in self.patterns.fragments.items()}
        return wrapped | {"count": f"(?:{counts})"}


@cache
def standard_vocabulary() -> Vocabulary:
    """The vocabulary that comes with peelparse."""
    return Vocabulary()

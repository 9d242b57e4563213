"""The page wording that a reader may know: lists of the recogniser's vocabulary.

Code holds no wording of a page. Where a copy lost every line end, what is left to
tell its parts by is their words; these are read from the data files of the
vocabulary, each phrase of which stands there once.
"""

import re
from functools import cache
from typing import Final

import msgspec

from peelparse.data import read_data

DRAWN: Final = " :!*#|+>»"  # around labels, in some designs
LONGEST: Final = 60  # characters of a label


class _Labels(msgspec.Struct):
    grades: dict[str, str]
    statuses: dict[str, str]
    boxes: dict[str, str]
    sections: dict[str, str]
    pillars: dict[str, str]
    grade_labels: list[str]
    field_labels: dict[str, str]
    furniture: list[str]
    tails: list[str]
    related: list[str]


class _Patterns(msgspec.Struct):
    question: str
    questions_for: str
    running_titles: list[str]
    running_standing: str
    box_prefixes: list[str]
    bare_date: str
    fragments: dict[str, str]


class _Areas(msgspec.Struct):
    areas: list[str]


@cache
def _read_labels() -> _Labels:
    return msgspec.json.decode(read_data("recognise/words/labels.json"), type=_Labels)


@cache
def load_labels() -> frozenset[str]:
    """Labels that stand alone on pages, in lower case."""
    words = _read_labels()
    return (
        frozenset(
            (
                *words.grades,
                *words.statuses,
                *words.boxes,
                *words.sections,
                *words.pillars,
            )
        )
        | load_fields()
    )


def is_label(line: str) -> bool:
    """Whether a line is a label, with what some designs draw before it.

    Example:
        >>> is_label("!Warning Cause of concern"), is_label("The force should act.")
        (True, False)
    """
    key = line.casefold().strip(DRAWN)
    prefixes = tuple(_read_patterns().box_prefixes)
    if not key.startswith(prefixes):
        return key in load_labels() or key in load_tails()
    prefix = next(each for each in prefixes if key.startswith(each))
    return key.removeprefix(prefix).lstrip(DRAWN) in load_boxes()


@cache
def load_fields() -> frozenset[str]:
    """Labels that name the value after them, in lower case."""
    words = _read_labels()
    return frozenset((*words.grade_labels, *words.field_labels))


@cache
def longest_field() -> int:
    """Characters of the longest label that names the value after it."""
    return max(map(len, load_fields()))


@cache
def _load_openings() -> dict[str, tuple[str, ...]]:
    """Labels by their first word."""
    openings: dict[str, tuple[str, ...]] = {}
    for label in load_labels():
        word = label.partition(" ")[0]
        openings[word] = (*openings.get(word, ()), label)
    return openings


def opens_label(text: str) -> bool:
    """Whether a text opens with the words of a label, or is one.

    Example:
        >>> opens_label("Last updated 22/03/2018"), opens_label("The force acts.")
        (True, False)
    """
    key = text[:LONGEST].casefold()
    labels = _load_openings().get(key.partition(" ")[0])
    return labels is not None and key.startswith(labels)


@cache
def _load_endings() -> dict[str, tuple[str, ...]]:
    """Labels of boxes and sections by their last letter."""
    words = _read_labels()
    endings: dict[str, tuple[str, ...]] = {}
    for label in (*words.boxes, *words.sections):
        endings[label[-1]] = (*endings.get(label[-1], ()), label)
    return endings


def ends_as_label(text: str) -> bool:
    """Whether a text ends in the words of a box's or section's label, or is one.

    Example:
        >>> ends_as_label("It acts. Areas for improvement"), ends_as_label("It acts.")
        (True, False)
    """
    labels = _load_endings().get(text[-1].casefold())
    return labels is not None and text[-LONGEST:].casefold().endswith(labels)


@cache
def load_values() -> frozenset[str]:
    """Labels that follow a question, in lower case: grades, and names of values."""
    words = _read_labels()
    return frozenset((*words.grades, *words.statuses)) | load_fields()


@cache
def load_head() -> re.Pattern[str]:
    """A label, a date or a number, at the start of what is left of a line."""
    labels = "|".join(map(re.escape, sorted(load_labels(), key=len, reverse=True)))
    date = _fill(_read_patterns().bare_date)
    return re.compile(
        rf"\s*((?i:{labels})(?![a-z])(?::? ?{date})?|{date}"
        rf"|\d{{1,2}}[.):]?(?=\s|[A-Z]|$))[:\s]*"
    )


@cache
def load_inner() -> re.Pattern[str]:
    """A label of a box or section that a sentence and the next were run into."""
    words = _read_labels()
    names = "|".join(map(re.escape, (*words.boxes, *words.sections)))
    label = rf"(?=[A-Z])((?i:{names}))"
    return re.compile(rf"(?<=[.?!:;]) ?{label}$|(?<=[.?!:;]){label}(?=[A-Z‘“])")


@cache
def load_boxes() -> dict[str, str]:
    """Labels of boxes, in lower case, and the list that each opens."""
    return _read_labels().boxes


@cache
def load_furniture() -> frozenset[str]:
    """Labels of links and buttons, in lower case."""
    return frozenset(word for word in _read_labels().furniture if " " in word)


@cache
def load_tails() -> frozenset[str]:
    """Labels of what comes after an assessment, of several words, in lower case."""
    words = _read_labels()
    return frozenset(tail for tail in (*words.tails, *words.related) if " " in tail)


@cache
def load_heads() -> frozenset[str]:
    """Labels that end the box before them, in lower case."""
    return frozenset(_read_labels().sections) | load_tails()


@cache
def load_grades() -> frozenset[str]:
    """Grades and statuses, in lower case."""
    words = _read_labels()
    return frozenset((*words.grades, *words.statuses))


@cache
def load_areas() -> frozenset[str]:
    """Names of the areas that reports without pillars print, in lower case."""
    data = read_data("recognise/words/areas.json")
    return frozenset(msgspec.json.decode(data, type=_Areas).areas)


@cache
def load_titles() -> tuple[re.Pattern[str], ...]:
    """Forms of titles whose ends are told inside a longer text."""
    sources = _read_patterns().running_titles
    return tuple(re.compile(_fill(source)) for source in sources)


@cache
def load_standing() -> re.Pattern[str]:
    """The sentences that open the findings of a question, and end a box before them."""
    return re.compile(rf"({_read_patterns().running_standing})")


@cache
def load_leading() -> re.Pattern[str]:
    """The form of the label that leads to a pillar's questions."""
    return re.compile(_fill(_read_patterns().questions_for))


@cache
def load_question() -> re.Pattern[str]:
    """The form of a question, with the number that may stand before it."""
    question = _read_patterns().question.partition("(?P<rest>")[0]
    return re.compile(question.replace("[^?]*", "[^?.;]{0,240}"))


@cache
def _read_patterns() -> _Patterns:
    return msgspec.json.decode(
        read_data("recognise/words/patterns.json"), type=_Patterns
    )


def _fill(source: str) -> str:
    """A pattern with its fragments."""
    for name, fragment in _read_patterns().fragments.items():
        source = source.replace(f"{{{name}}}", f"(?:{fragment})")
    return source

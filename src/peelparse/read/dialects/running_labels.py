"""Labels in text that has no line ends, told by their words alone.

Most are of the vocabulary. Names of areas are the page's own: its list of judgments
prints each beside a grade, and the same words open the part that they head.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from peelparse.read.dialects.words import (
    load_areas,
    load_boxes,
    load_fields,
    load_furniture,
    load_grades,
    load_heads,
    load_labels,
    load_leading,
    load_question,
)

WORD: Final = re.compile(r"(?<![^\s])[A-Z0-9‘“]")
GRADED: Final = re.compile(r" (?=[A-Z])")
VALUE: Final = re.compile(
    r" ?:? ?(\d{1,2}/\d{1,2}/\d{4}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d)\b"
)
ICON: Final = re.compile(r"[A-Za-z][a-z]{2,11}:? (?=[A-Z])")
CAPITAL: Final = re.compile(r"(?<!\S)(?=[‘“]?[A-Z])")
LONGEST_HEAD: Final = 160  # characters of a name, link labels and a grade
LONGEST_LABEL: Final = 7  # words
LONGEST_FIELDS: Final = 240  # characters of a page's title, date and what is between
LONGEST_NAME: Final = 110  # characters of the name of an area
END: Final = re.compile(r"[ :]|$")
STOP: Final = re.compile(r"(?<=[.!?:]) +")
LISTED: Final = 3  # different grades that make a list of judgments


class Part(NamedTuple):
    """A part of the text, and what it is."""

    text: str
    role: str  # label, head, box, question, words, prose, or furniture


class _Label(NamedTuple):
    end: int
    role: str


class Labels:
    """Finds labels in the sentences of one page."""

    def __init__(self, text: str) -> None:
        """Args: text: the page's words, to find the names that it prints twice."""
        self.names = _find_names(text)

    def read_sentence(self, sentence: str) -> Iterator[Part]:
        """Parts of what ends as one sentence: labels and a question, or and prose."""
        if sentence.endswith("?"):
            found = load_question().search(sentence)
            if found and found.end() == len(sentence):
                yield from self.read_words(sentence[: found.start()])
                yield Part(found[0], "question")
                return
        if sentence[-1] not in ".!:;":
            yield from self.read_words(sentence)
            return
        icon = ICON.match(sentence)
        if icon and self.find_label(sentence, icon.end()):
            yield Part(icon[0].strip(), "furniture")
            sentence = sentence[icon.end() :]
        if head := self.find_head(sentence):
            yield from self.read_head(sentence[:head])
            sentence = sentence[head:].lstrip()
        while label := self.find_label(sentence, 0):
            rest = sentence[label.end :].lstrip()
            if not rest or not (
                rest[0].isupper() or rest[0].isdigit() or rest[0] in "‘“("
            ):
                break
            yield Part(sentence[: label.end], label.role)
            sentence = rest
        yield Part(sentence, "prose")

    def read_head(self, text: str) -> Iterator[Part]:
        """Parts of what stands before prose; a lead-in to a list of grades is prose."""
        first = _load_grade().search(text)
        if first and text[: first.start()].endswith(": "):
            yield Part(text[: first.start()].strip(), "prose")
            text = text[first.start() :]
        yield from self.read_words(text)

    def read_words(self, text: str) -> Iterator[Part]:
        """Parts of words that are no sentence: labels, and what is between them."""
        text = text.strip()
        start = place = 0
        while found := WORD.search(text, place):
            label = self.find_label(text, found.start())
            if label is None:
                place = found.end()
                continue
            if before := text[start : found.start()].strip():
                yield Part(before, "words")
            yield Part(text[found.start() : label.end], label.role)
            start = place = label.end
        if rest := text[start:].strip():
            yield Part(rest, "words")

    def find_head(self, sentence: str) -> int:
        """Where the prose begins after fields, a list of judgments, or a graded name.

        0 if no such head is there. A grade in capitals inside a sentence, with a
        capital after it, is a label; so is a field with its value.
        """
        return max(
            self._find_fields(sentence),
            self._find_listed(sentence),
            _find_graded(sentence),
        )

    def _find_fields(self, sentence: str) -> int:
        """Where the last field with its value ends."""
        ends = (
            value.end()
            for found in CAPITAL.finditer(sentence, 0, LONGEST_FIELDS)
            for end in _ends(sentence, found.start())
            if sentence[found.start() : end].casefold() in load_fields()
            and (value := VALUE.match(sentence, end))
        )
        return max(ends, default=0)

    def _find_listed(self, sentence: str) -> int:
        """Where the last name of a list of judgments ends."""
        if not _is_list(sentence):
            return 0
        ends = (
            label.end
            for found in CAPITAL.finditer(sentence)
            if (label := self.find_label(sentence, found.start()))
        )
        return max(ends, default=0)

    def find_label(self, text: str, start: int) -> _Label | None:
        """The longest label that begins at a place, with the value that it names."""
        if not text[start : start + 1].isupper():
            return None
        for end in reversed(_ends(text, start)):
            key = text[start:end].casefold()
            if key in load_fields() and (value := VALUE.match(text, end)):
                return _Label(value.end(), "label")
            if role := self._find_role(key):
                return _Label(end, role)
        leading = load_leading().match(text, start)
        return _Label(leading.end(), "label") if leading else None

    def _find_role(self, key: str) -> str:
        """What a label is, by its words in lower case; empty if they are none."""
        if key in load_boxes():
            return "box"
        if key in load_heads() or key in load_areas() or key in self.names:
            return "head"
        return "label" if key in load_labels() or key in load_furniture() else ""


def _ends(text: str, start: int) -> list[int]:
    """Where a label that begins at a place can end."""
    near = text[start : start + LONGEST_NAME]
    return [start + found.start() for found in END.finditer(near)][:LONGEST_LABEL]


def _find_graded(sentence: str) -> int:
    """Where the prose begins after a name and its grade; 0 if no such head is there."""
    for found in GRADED.finditer(sentence, 0, LONGEST_HEAD):
        words = sentence[: found.start()].split()
        for count in (1, 2, 3):
            label = " ".join(words[-count:])
            if label[:1].isupper() and label.casefold() in load_grades():
                return found.end() if count < len(words) else 0
    return 0


@cache
def _load_grade() -> re.Pattern[str]:
    """A grade that stands as a label: with a capital, and a capital after it."""
    labels = "|".join(grade.capitalize() for grade in load_grades())
    return re.compile(rf"(?<!\S)(?:{labels})(?= [A-Z‘“]|$)")


def _is_list(sentence: str) -> bool:
    return len(set(_load_grade().findall(sentence))) >= LISTED


def _find_names(text: str) -> frozenset[str]:
    """Names, in lower case, that a list of judgments and a heading both print.

    In both places what comes after the name begins with a capital, so its end is sure.
    """
    sentences = STOP.split(text)
    lists = [sentence for sentence in sentences if _is_list(sentence)]
    by_words = {
        tuple(sentence.split(" ", 2)[:2]): sentence
        for sentence in sentences
        if sentence not in lists
    }
    return frozenset(
        _find_same(listed[place.start() :], by_words[words]).casefold()
        for listed in lists
        for place in CAPITAL.finditer(listed)
        if (
            words := tuple(
                listed[place.start() : place.start() + LONGEST_NAME].split(" ", 2)[:2]
            )
        )
        in by_words
    ) - {""}


def _find_same(listed: str, sentence: str) -> str:
    """The words with which two texts begin, if capitals follow them in both."""
    count = 0
    first, second = listed[:LONGEST_NAME].split(" "), sentence[:LONGEST_NAME].split(" ")
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    ends = [
        words[count][:1].isupper() for words in (first, second) if count < len(words)
    ]
    return " ".join(first[:count]) if count > 1 and len(ends) == 2 and all(ends) else ""

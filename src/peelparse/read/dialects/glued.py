"""Blocks that a copy glued together, cut where a label or a question ends.

Some extractors lose the line end between a label and what follows or precedes it.
Which words are labels is data of the recogniser's vocabulary. Wording alone cuts
nothing: the label must open the block, and what follows must begin as a block does.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final, NamedTuple

from msgspec.structs import replace

from peelparse.blocks import Block, Kind
from peelparse.read.dialects.words import (
    LONGEST,
    ends_as_label,
    load_boxes,
    load_fields,
    load_grades,
    load_head,
    load_inner,
    load_labels,
    load_question,
    load_values,
    longest_field,
    opens_label,
)

LONGEST_FIELDS: Final = 240
GLUE: Final = re.compile(r"(?<=[a-z?])(?=[A-Z‘“])")
# what GLUE finds, and labels glued to a sentence; to look for the capital first and
# behind it then is 4 x faster
SIGN: Final = re.compile(r"[A-Z‘“](?<=[a-z.?!:;].)")
WORD: Final = re.compile(r"(?<=[a-z?]) (?=[A-Z‘“\d])")
BIG: Final = re.compile(r" (?=[A-Z\d])")
ICON: Final = re.compile(r"[a-z]{2,} (?=[A-Z])")
ASKED: Final = re.compile(r"([A-Z][^.?!:;]{15,180}\?)(?: +(?=[A-Z‘“])|$)")
COUNTED: Final = re.compile(r"\d{1,2} ?[:.)–-] *(?=[A-Z‘“])")  # of the second box
NUMBERED: Final = re.compile(r"(.*\D) (\d{1,2})")
MANY_GRADES: Final = 3  # different grades in a block that is a list of them
LONGEST_HEAD: Final = 400
SHORTEST_DATE: Final = 7  # characters; a shorter label with digits is a number
SHORTEST_PROSE: Final = 40


def part_blocks(blocks: list[Block]) -> list[Block]:
    """Part the blocks in which a label or a question is glued to another block."""
    parted: list[Block] = []
    for block in _part_asked(blocks):
        text = block.text
        if block.kind is Kind.FURNITURE or not ("?" in text or _may_part(text)):
            parted.append(block)
        else:
            for piece in _part_inner(block):
                is_answer = bool(parted) and parted[-1].text.endswith("?")
                parted += _part(piece, is_answer=is_answer)
    return list(_move_numbers(parted))


def _may_part(text: str) -> bool:
    """Whether any rule but those of questions could part a text: one look for eight.

    Measured: nine in ten blocks need no more, which saves a third of the time that a
    text copy takes.
    """
    if SIGN.search(text):
        return True
    return (
        " " in text
        and (text[0].islower() or opens_label(text) or ends_as_label(text))
        and text.casefold() not in load_labels()
    )


def _part_asked(blocks: list[Block]) -> list[Block]:
    """Part the questions from the prose that they open, if several open some.

    One paragraph that opens with a question may ask it; several are headings.
    """
    parted: list[Block] = []
    for block in blocks:
        asked = _find_asked(block) if "?" in block.text else None
        if asked:
            before, text, rest = asked
            kind = replace(block, kind=Kind.PARAGRAPH, level=0)
            parted += [replace(kind, text=each) for each in (*before, text)]
            parted.append(_make_after(block, rest))
        else:
            parted.append(block)
    return parted if len(parted) > len(blocks) + 1 else blocks


def _find_asked(block: Block) -> tuple[list[str], str, str] | None:
    """The labels before a question, the question, and the prose that it opens."""
    if block.kind not in {Kind.PARAGRAPH, Kind.ITEM}:
        return None
    found = load_question().match(block.text)
    place = found.start("text") if found else 0
    asked = ASKED.match(block.text, place)
    rest = block.text[asked.end() :] if asked else ""
    is_prose = len(rest) > SHORTEST_PROSE and not _opens_with(rest, load_labels())
    if not asked or not is_prose or not load_question().fullmatch(asked[1]):
        return None
    before = block.text[:place].strip(" :.)")
    return ([before] if before else []), asked[1], rest


def _part_inner(block: Block) -> list[Block]:
    """The parts of a block in which a sentence runs into the label after it."""
    text = block.text
    may_run_in = ends_as_label(text) or SIGN.search(text)
    found = load_inner().search(text) if may_run_in else None
    if not found or not found.start():
        return [block]
    label = _make_after(block, found[1] or found[2])
    rest = block.text[found.end() :].strip()
    return [
        replace(block, text=block.text[: found.start()].strip()),
        label,
        *(_part_inner(_make_after(block, rest)) if rest else ()),
    ]


def _part(block: Block, *, is_answer: bool = False) -> list[Block]:
    """The parts of one block; the block itself if nothing in it is glued.

    Args:
        block: the block.
        is_answer: whether it stands right after a question.
    """
    text = block.text
    if "?" in text and (parts := _part_question(block)):
        return parts
    if not _may_part(text):
        return [block]
    if labels := _find_values(text) or _find_fields(text) or _find_labels(text):
        return [_make_after(block, part) for part in labels]
    icon = ICON.match(text)
    if icon and _opens_with(text[icon.end() :], load_labels()):
        first = replace(block, text=icon[0].strip(), kind=Kind.FURNITURE)
        return [first, *_part(_make_after(block, text[icon.end() :]))]
    return _part_label(block, load_values() if is_answer else frozenset())


def _part_question(block: Block) -> list[Block]:
    """The parts of a block that holds a question and more; none if it does not."""
    text = block.text
    if head := _find_head(text):
        before, question, after = head
        return [
            *(_make_after(block, label) for label in before.labels),
            replace(block, text=question),
            *(_make_after(block, label) for label in after.labels),
            *(_part(_make_after(block, after.rest)) if after.rest else ()),
        ]
    asked = ASKED.match(text)
    if not asked or asked.end() == len(text):
        return []
    if not _is_question(block, asked):
        return [block]
    rest = _make_after(block, text[asked.end() :])
    kind = Kind.HEADING if block.kind is Kind.HEADING else Kind.PARAGRAPH
    level = block.level if kind is Kind.HEADING else 0
    first = replace(block, kind=kind, level=level, text=asked[1])
    return [first, *_part(rest, is_answer=True)]


class _Labels(NamedTuple):
    """The labels that a text begins with, and what follows them."""

    labels: list[str]
    rest: str


def _find_head(text: str) -> tuple[_Labels, str, _Labels] | None:
    """A question with the labels, dates and numbers before and after it.

    Prose may follow after a grade; anything else is a sentence that asks.
    """
    found = load_question().search(text, 0, LONGEST_HEAD)
    if not found:
        return None
    before = _read_labels(text[: found.start()])
    after = _read_labels(text[found.end() :])
    is_graded = any(label.casefold() in load_grades() for label in after.labels)
    if before.rest or (after.rest and not is_graded):
        return None
    is_more = before.labels or len(after.labels) > 1 or after.rest
    return (before, found[0], after) if is_more else None


def _read_labels(text: str) -> _Labels:
    labels: list[str] = []
    place = 0
    while found := load_head().match(text, place):
        if found[1][0].islower():
            break
        labels.append(found[1])
        place = found.end()
    return _Labels(labels, text[place:].strip())


def _find_labels(text: str) -> list[str]:
    """The labels of a line that holds nothing else and ends with a date."""
    if not text[-2:].isdecimal() or len(text) > LONGEST_FIELDS:
        return []
    found = _read_labels(text)
    is_dated = not found.rest and len(found.labels[-1]) > SHORTEST_DATE
    return found.labels if is_dated and len(found.labels) > 1 else []


def _find_values(text: str) -> list[str]:
    """The parts of a list of grades and names without anything between them."""
    parts = GLUE.split(text)
    known = {part for part in parts if part.casefold() in load_grades()}
    return parts if len(known) >= MANY_GRADES else []


def _find_fields(text: str) -> list[str]:
    """The labels and values of a row of fields whose line ends are lost."""
    if len(text) > LONGEST_FIELDS or text.isupper():
        return []  # of a heading in capitals, any word may be a label
    labels = load_fields()
    heads = BIG.finditer(text, 0, longest_field() + 2)
    ends = (*(found.start() for found in islice(heads, 3)), len(text))
    if not any(text[:end].casefold() in labels for end in ends):
        return []  # none opens the row, as in nearly all
    starts = [0, *(found.end() for found in BIG.finditer(text, 0, LONGEST_FIELDS))]
    cuts: list[int] = []
    for index, start in enumerate(starts):
        if cuts and start < cuts[-1]:
            continue  # inside a label: `HM Inspector` is one
        for end in (len(text) + 1, *reversed(starts[index + 1 : index + 4])):
            if text[start : end - 1].casefold() in labels:
                cuts += (start, min(end, len(text)))
                break
    if len(cuts) < 4:
        return []
    places = sorted({*cuts, len(text)})
    return [text[start:end].strip() for start, end in pairwise(places)]


def _opens_with(text: str, labels: frozenset[str]) -> bool:
    return text.casefold() in labels or any(
        text[: found.start()].casefold() in labels
        for found in WORD.finditer(text, 0, LONGEST)
    )


def _is_question(block: Block, asked: re.Match[str]) -> bool:
    """Whether the question that a block opens with is a heading of its own."""
    rest = block.text[asked.end() :]
    if _opens_with(rest, load_values()):
        return len(rest) > LONGEST or "20" in rest  # else it is read as one line
    is_marked = block.kind is not Kind.PARAGRAPH or block.ordinal is not None
    return is_marked and len(rest) > SHORTEST_PROSE


def _part_label(block: Block, answers: frozenset[str]) -> list[Block]:
    """A block without the label at its start, where one is glued to it."""
    text = block.text
    labels = load_labels()
    found = GLUE.search(text, 0, LONGEST)
    if found:
        first, rest = text[: found.start()], text[found.start() :]
        if first.casefold() in labels:
            return [replace(block, text=first), *_part(_make_after(block, rest))]
        if rest.casefold() in labels and first.islower() and " " not in first:
            icon = replace(block, text=first, kind=Kind.FURNITURE)
            return [icon, _make_after(block, rest)]
    for space in WORD.finditer(text, 0, LONGEST):
        first, rest = text[: space.start()], text[space.end() :]
        key = first.casefold()
        is_prose = len(rest) > SHORTEST_PROSE or (" " in rest and rest[-1] == ":")
        is_head = is_prose and (key in load_boxes() or key in answers)
        rest = COUNTED.sub("", rest) if is_head else rest
        if is_head or (key in labels and rest.casefold() in load_values()):
            return [replace(block, text=first), _make_after(block, rest)]
    return [block]


def _make_after(block: Block, text: str) -> Block:
    """The second part of a block, which has none of the first one's marks."""
    return Block(Kind.PARAGRAPH, text, block.line)


def _move_numbers(blocks: list[Block]) -> Iterator[Block]:
    """Part a number from the end of a block before a question of the same row."""
    for block, after in pairwise([*blocks, Block(Kind.PARAGRAPH, " ", 0)]):
        is_before = block.line == after.line and after.text.endswith("?")
        found = NUMBERED.fullmatch(block.text) if is_before else None
        if found:
            yield replace(block, text=found[1])
            yield _make_after(block, found[2])
        else:
            yield block

"""Text whose line ends are all lost, to the parts that its words still tell.

Parts are told, in this order, by questions, by labels (data of the vocabulary), by
lists that a colon opens and semicolons part, and by nothing else: paragraphs that ran
together stay one block, because every cut at a sentence would be a guess.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec.structs import replace

from peelparse.blocks import Block, Kind
from peelparse.read.dialects.sentences import LIST_ENDS
from peelparse.read.dialects.words import (
    load_areas,
    load_boxes,
    load_fields,
    load_furniture,
    load_grades,
    load_labels,
    load_leading,
    load_question,
    load_titles,
)

LONGEST_LINE: Final = 400  # mean characters of a line of a text that has line ends
# where no space stands though a sentence, a label or a member of a list ends
GLUE: Final = re.compile(
    r"(?<=[a-z0-9.?!:;)’”])(?=[‘“]?[A-Z][a-z])|(?<=[a-z.?!:;)’”])(?=[A-Z]{2})"
    r"|(?<=[:;])(?=[a-z])|(?<=; and)(?=[a-z])|(?<=; or)(?=[a-z])|(?<=[A-Z]{2})(?=[A-Z][a-z])"
)
MANY_PIECES: Final = 20  # that tell glue from a few odd names
DASHES: Final = str.maketrans("–—‐‑‒―", "------")
SHORTEST_ITEM: Final = 160  # characters of an item that more can have run into
SHORTEST: Final = 1200  # characters of a block that can be a page, or a part of one
SENTENCE: Final = re.compile(
    r"(?<=[.!?])[’”\"')]* +(?=[‘“\"'(]?[A-Z0-9£])|(?<=:) +(?=[a-z])"
    r"|(?<=[.!?]) +(?=[a-z]{3,12} [A-Z])"
)
ORDINAL: Final = re.compile(r"(?<!\S)\d{1,2}\.$")
ICON: Final = re.compile(r"[a-z]{3,12} (?=[A-Z])")
ABBREVIATED: Final = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|No|St|vs|cf|eg|ie))\.$")
MEMBER: Final = re.compile(r"(?<=;) +(?:(?=and )|(?=or )|(?=[a-z]))")
JOINING: Final = re.compile(r"(?:and|or) ")
VALUE: Final = re.compile(
    r" ?:? ?(\d{1,2}/\d{1,2}/\d{4}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d)\b"
)
WORD: Final = re.compile(r"(?<![^\s])[A-Z0-9‘“]")
GRADED: Final = re.compile(r" (?=[A-Z])")
LONGEST_HEAD: Final = 160  # characters of a name, link labels and a grade
LONGEST_LABEL: Final = 7  # words
WHOLE: Final = frozenset({"causes_of_concern"})  # boxes that hold one statement


class _Part(NamedTuple):
    """A part of the text, and what it is."""

    text: str
    role: str  # label, box, question, words, prose, or furniture


def is_run_together(text: str) -> bool:
    """Whether a text of some length has hardly any line ends."""
    return len(text) > SHORTEST and text.count("\n") * LONGEST_LINE < len(text)


def part_running(blocks: list[Block], *, is_flat: bool) -> list[Block]:
    """Part the blocks in which a page, or a part of one, has run together."""
    parted: list[Block] = []
    if is_flat:
        blocks = [part for block in blocks for part in _part_glued(block)]
    for block in blocks:
        if block.kind is Kind.PARAGRAPH and (is_flat or len(block.text) > SHORTEST):
            parted += _part(block)
        elif block.kind is Kind.ITEM and len(block.text) > SHORTEST_ITEM:
            parted += _part_item(block, parted[-1] if parted else None, is_flat=is_flat)
        else:
            parted.append(block)
    return parted


def _part_glued(block: Block) -> list[Block]:
    """The parts of a block whose line ends were dropped without a space for them."""
    pieces = GLUE.split(block.text)
    if len(pieces) < MANY_PIECES:
        return [block]
    parted: list[Block] = []
    for before, piece in pairwise(["", *pieces]):
        is_item = piece[:1].islower() and before.endswith((":", ";", *LIST_ENDS))
        kind = Kind.ITEM if is_item else Kind.PARAGRAPH
        parted.append(Block(kind, piece.strip(), block.line, int(is_item)))
    return parted


def _part(block: Block) -> list[Block]:
    title = _find_title(block.text)
    pieces = block.text.split(title) if title else [block.text]
    main = max(range(len(pieces)), key=lambda place: len(pieces[place]))
    parts: list[_Part] = []
    for number, piece in enumerate(pieces):
        if number:
            parts.append(_Part(title, "label"))
        text = (piece.lstrip(" |:–-") if number else piece).strip()
        if text and number < main:
            parts.append(_Part(text, "furniture"))  # the site's, before the page
        else:
            parts += [
                p for each in _split_sentences(text) for p in _read_sentence(each)
            ]
    return [
        Block(kind, text, block.line, int(kind is Kind.ITEM))
        for kind, text in _gather(parts)
    ]


def _find_title(text: str) -> str:
    """The page's title, where its end is told; empty if none is."""
    for pattern in load_titles():
        if found := pattern.search(text.translate(DASHES)):
            return text[found.start("title") : found.end("title")]
    return ""


def _part_item(block: Block, before: Block | None, *, is_flat: bool) -> list[Block]:
    """A list item, and what ran on after the sentence that it ends.

    The last member of a list ends with the list's sentence. More sentences can still
    be its own, unless they lead into another list or ask the next question.
    """
    first, *rest = _split_sentences(block.text)
    if not rest:
        return [block]
    asks = any(load_question().fullmatch(sentence) for sentence in rest)
    is_last = before is not None and before.text.endswith(LIST_ENDS)
    leads_on = rest[-1].endswith(":") or is_flat
    if not asks and not (is_last and leads_on):
        return [block]
    return [replace(block, text=first), *_part(replace(block, text=" ".join(rest)))]


def _split_sentences(text: str) -> Iterator[str]:
    start = 0
    for found in SENTENCE.finditer(text):
        if _goes_on(text, start, found):
            continue
        yield text[start : found.end()].strip()
        start = found.end()
    if rest := text[start:].strip():
        yield rest


def _goes_on(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether a point ends no sentence: an abbreviation's, or a question's number's."""
    before = text[max(start, found.start() - 6) : found.start()]
    if ORDINAL.search(before):
        return load_question().match(text, found.end()) is not None
    return ABBREVIATED.search(before) is not None


def _read_sentence(sentence: str) -> Iterator[_Part]:
    """Parts of what ends as one sentence: labels and a question, or labels and prose."""
    if sentence.endswith("?"):
        found = load_question().search(sentence)
        if found and found.end() == len(sentence):
            yield from _read_words(sentence[: found.start()])
            yield _Part(found[0], "question")
            return
    if sentence[-1] not in ".!:;":
        yield from _read_words(sentence)
        return
    icon = ICON.match(sentence)
    if icon and _find_label(sentence, icon.end()):
        yield _Part(icon[0].strip(), "words")
        sentence = sentence[icon.end() :]
    if head := _find_graded(sentence):
        yield from _read_words(sentence[:head])
        sentence = sentence[head:].lstrip()
    while label := _find_label(sentence, 0):
        rest = sentence[label.end :].lstrip()
        if not rest or not (rest[0].isupper() or rest[0].isdigit() or rest[0] in "‘“("):
            break
        yield _Part(sentence[: label.end], label.role)
        sentence = rest
    yield _Part(sentence, "prose")


def _read_words(text: str) -> Iterator[_Part]:
    """Parts of words that are no sentence: each label is one, what is between one."""
    text = text.strip()
    start = place = 0
    while found := WORD.search(text, place):
        label = _find_label(text, found.start())
        if label is None:
            place = found.end()
            continue
        if before := text[start : found.start()].strip():
            yield _Part(before, "words")
        yield _Part(text[found.start() : label.end], label.role)
        start = place = label.end
    if rest := text[start:].strip():
        yield _Part(rest, "words")


def _find_graded(sentence: str) -> int:
    """Where the prose begins after a name and its grade; 0 if no such head is there.

    A grade in capitals inside a sentence, with a capital after it, is a label.
    """
    for found in GRADED.finditer(sentence, 0, LONGEST_HEAD):
        words = sentence[: found.start()].split()
        for count in (1, 2, 3):
            label = " ".join(words[-count:])
            if label[:1].isupper() and label.casefold() in load_grades():
                return found.end() if count < len(words) else 0
    return 0


class _Label(NamedTuple):
    end: int
    role: str


def _find_label(text: str, start: int) -> _Label | None:
    """The longest label that begins at a place, with the value that it names."""
    if not text[start : start + 1].isupper():
        return None
    ends = [
        found.start() for found in re.finditer(r"[ :]|$", text[start : start + 90])
    ][:LONGEST_LABEL]
    for end in reversed(ends):
        key = text[start : start + end].casefold()
        if key in load_boxes():
            return _Label(start + end, "box")
        if key in load_fields() and (value := VALUE.match(text, start + end)):
            return _Label(value.end(), "label")
        if key in load_labels() or key in load_furniture() or key in load_areas():
            return _Label(start + end, "label")
    leading = load_leading().match(text, start)
    return _Label(leading.end(), "label") if leading else None


def _gather(parts: list[_Part]) -> Iterator[tuple[Kind, str]]:
    """Blocks of parts: prose runs on, lists are parted, boxes hold whole sentences."""
    prose: list[str] = []
    in_list = False
    box = ""
    for part in parts:
        if part.role == "prose" and in_list and _is_members(part.text):
            *members, last = _split_members(part.text)
            yield from ((Kind.ITEM, member) for member in (*members, last))
            in_list = last.endswith(":")
            continue
        if part.role == "prose" and not part.text.endswith(":"):
            if box and box not in WHOLE:
                yield Kind.PARAGRAPH, part.text
            else:
                prose.append(part.text)
            continue
        if prose:
            yield Kind.PARAGRAPH, " ".join(prose)
            prose = []
        yield Kind.FURNITURE if part.role == "furniture" else Kind.PARAGRAPH, part.text
        in_list = part.role == "prose"
        box = "" if part.role == "question" else box
        if part.role == "box":
            box = load_boxes()[part.text.casefold()]
    if prose:
        yield Kind.PARAGRAPH, " ".join(prose)


def _is_members(text: str) -> bool:
    """Whether what follows a colon is a list rather than a sentence."""
    return text[0].islower()


def _split_members(text: str) -> list[str]:
    """Members of a list that semicolons part; `and` stays with the one before."""
    members: list[str] = []
    for piece in MEMBER.split(text):
        joining = JOINING.match(piece) if members else None
        if joining:
            members[-1] += f" {joining[0].strip()}"
        members.append(piece[joining.end() :] if joining else piece)
    return members

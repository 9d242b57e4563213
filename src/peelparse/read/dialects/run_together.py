"""Text whose line ends are all lost, to the parts that its words still tell.

Parts are told, in this order, by questions, by labels (data of the vocabulary), by
lists that a colon opens and semicolons part, and by nothing else: paragraphs that ran
together stay one block, because every cut at a sentence would be a guess.
"""

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import Final

from msgspec.structs import replace

from peelparse.blocks import Block, Kind
from peelparse.grammar import ABBREVIATED, JOINING, LIST_ENDS
from peelparse.read.dialects.running_labels import Labels, Part
from peelparse.read.dialects.running_prose import Names, part_prose, split_begun
from peelparse.read.dialects.words import (
    load_boxes,
    load_question,
    load_standing,
    load_tails,
    load_titles,
)

LONGEST_LINE: Final = 400  # mean characters of a line of a text that has line ends
# where no space stands though a sentence, a label or a member of a list ends
GLUE: Final = re.compile(
    r"(?<=[a-z0-9.?!:;)’”])(?=[‘“]?[A-Z][a-z])|(?<=[a-z.?!:;)’”])(?=[A-Z]{2})"
    r"|(?<=[:;])(?=[a-z])|(?<=[A-Z]{2})(?=[A-Z][a-z])"
    rf"|(?:{'|'.join(f'(?<={end})' for end in LIST_ENDS)})(?=[a-z])"
)
NUMBERED: Final = re.compile(r"(?<=[a-z.?!:;)’”])\d{1,2}[.)]?$")
MANY_PIECES: Final = 20  # that tell glue from a few odd names
DASHES: Final = str.maketrans("–—‐‑‒―", "------")
SHORTEST_ITEM: Final = 160  # characters of an item that more can have run into
SHORTEST: Final = 1200  # characters of a block that can be a page, or a part of one
SENTENCE: Final = re.compile(
    r"(?<=[.!?])[’”\"')]* +(?=[‘“\"'(]?[A-Z0-9£])|(?<=:) +(?=[a-z])"
    r"|(?<=[.!?]) +(?=[a-z]{3,12} [A-Z])"
)
ORDINAL: Final = re.compile(r"(?<!\S)\d{1,2}\.$")
SHORTENED: Final = re.compile(rf"(?:\b[A-Z]|\b(?:{'|'.join(ABBREVIATED)}))\.$")
MEMBER: Final = re.compile(r"(?<=;) +(?=[a-z])")
MEMBERS: Final = re.compile(r"[^;:?!]{2,400};")
JOINED: Final = re.compile(rf"(?:{'|'.join(sorted(JOINING))}) ")
LONE: Final = re.compile(r"(?<=\s)[!+▲▴▼▾▶▸](?=\s)")  # drawn, of no sentence
LONGEST_TAIL: Final = 1000  # characters after the label that ends an assessment
WHOLE: Final = frozenset({"causes_of_concern"})  # boxes that hold one statement


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
            parted += _Parter(block.text).part(block)
        elif block.kind is Kind.ITEM and len(block.text) > SHORTEST_ITEM:
            parted += _part_item(block, parted[-1] if parted else None, is_flat=is_flat)
        else:
            parted.append(block)
    return parted


def _part_glued(block: Block) -> list[Block]:
    """The parts of a block whose line ends were dropped without a space for them."""
    pieces = list(_part_numbers(GLUE.split(block.text)))
    if len(pieces) < MANY_PIECES:
        return [block]
    parted: list[Block] = []
    for before, piece in pairwise(["", *pieces]):
        is_item = piece[:1].islower() and before.endswith((":", ";", *LIST_ENDS))
        kind = Kind.ITEM if is_item else Kind.PARAGRAPH
        parted.append(Block(kind, piece.strip(), block.line, int(is_item)))
    return parted


def _part_numbers(pieces: list[str]) -> Iterator[str]:
    """Part the number of a question from the sentence before it."""
    for piece, after in pairwise([*pieces, ""]):
        found = NUMBERED.search(piece)
        if found and load_question().match(after):
            yield piece[: found.start()]
            yield found[0]
        else:
            yield piece


class _Parter:
    """Parts one stretch of text that has no line ends."""

    def __init__(self, text: str) -> None:
        self.labels = Labels(text)
        self.names = Names(text)

    def part(self, block: Block) -> list[Block]:
        words = LONE.sub("", block.text)
        title = _find_title(words)
        pieces = words.split(title) if title else [words]
        main = max(range(len(pieces)), key=lambda place: len(pieces[place]))
        parts: list[Part] = []
        for number, piece in enumerate(pieces):
            if number:
                parts.append(Part(title, "label"))
            text = (piece.lstrip(" |:–-") if number else piece).strip()
            if text and number < main:
                parts.append(Part(text, "furniture"))  # the site's, before the page
            else:
                parts += self.read(text)
        return [
            Block(kind, text, block.line, int(kind is Kind.ITEM))
            for kind, text in self.gather(_take_tail(parts))
        ]

    def read(self, text: str) -> Iterator[Part]:
        """Parts of a text that holds no title."""
        for number, piece in enumerate(load_standing().split(text)):
            if number % 2:
                yield Part(piece, "head")
                continue
            for sentence in _split_sentences(piece):
                yield from self.labels.read_sentence(sentence)

    def gather(self, parts: list[Part]) -> Iterator[tuple[Kind, str]]:
        """Blocks of parts: prose runs on, lists are parted, boxes hold sentences."""
        prose: list[str] = []
        in_list = False
        box = ""
        for part, after in zip_longest(parts, parts[1:]):
            is_prose = part.role == "prose"
            if is_prose and in_list and _is_members(part.text):
                *members, last = _split_members(part.text)
                yield from ((Kind.ITEM, member) for member in (*members, last))
                in_list = last.endswith(":")
                continue
            in_list = is_prose and part.text.endswith(":")
            in_list = in_list and (after is None or _is_members(after.text))
            if is_prose and not in_list:
                prose.append(part.text)
                continue
            yield from self.end_prose(prose, box, leads=in_list)
            prose = []
            is_site = part.role == "furniture"
            yield Kind.FURNITURE if is_site else Kind.PARAGRAPH, part.text
            if part.role in {"question", "head", "box"}:
                box = load_boxes()[part.text.casefold()] if part.role == "box" else ""
        yield from self.end_prose(prose, box)

    def end_prose(
        self, prose: list[str], box: str, *, leads: bool = False
    ) -> Iterator[tuple[Kind, str]]:
        """Blocks of the sentences between two labels, or before a lead-in."""
        if box and box not in WHOLE:
            for number, sentence in enumerate(prose):
                if self.names.is_doubtful(split_begun(sentence)[-1]):
                    # any of what follows in the box can be the rest of this
                    yield Kind.PASSAGE, " ".join(prose[number:])
                    return
                yield from part_prose([sentence], self.names)
        else:
            yield from part_prose(prose, self.names, leads=leads)


def _take_tail(parts: list[Part]) -> list[Part]:
    """Make furniture of what comes after the label that ends the assessment."""
    size = 0
    last = len(parts) - 1
    for number in range(len(parts) - 1, -1, -1):
        part = parts[number]
        size += len(part.text)
        if part.role == "box" or size > LONGEST_TAIL:
            break
        if part.text.casefold() in load_tails():
            last = number
    rest = [part._replace(role="furniture") for part in parts[last + 1 :]]
    return [*parts[: last + 1], *rest]


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
    return [replace(block, text=first), *_part_rest(block, " ".join(rest))]


def _part_rest(block: Block, text: str) -> list[Block]:
    return _Parter(text).part(replace(block, text=text))


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
    """Whether a mark ends no sentence.

    It is an abbreviation's, or that of a question's number; or a colon after which no
    semicolon parts the members of a list.
    """
    before = text[max(start, found.start() - 6) : found.start()]
    if before.endswith(":"):
        return MEMBERS.match(text, found.end()) is None
    if ORDINAL.search(before):
        return load_question().match(text, found.end()) is not None
    return SHORTENED.search(before) is not None


def _is_members(text: str) -> bool:
    """Whether what follows a colon is a list rather than a sentence."""
    return text[:1].islower()


def _split_members(text: str) -> list[str]:
    """Members of a list that semicolons part; `and` stays with the one before."""
    members: list[str] = []
    for piece in MEMBER.split(text):
        joining = JOINED.match(piece) if members else None
        if joining:
            members[-1] += f" {joining[0].strip()}"
        members.append(piece[joining.end() :] if joining else piece)
    return members

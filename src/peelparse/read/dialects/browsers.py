"""What text browsers add to a page: link numbers, form controls, a list of addresses."""

import re
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from peelparse.blocks import Kind
from peelparse.read.dialects.lines import Line
from peelparse.text import squeeze

LINK_NUMBER: Final = re.compile(r"\[(\d{1,4})\](?=[^\s\]]|$)")
FEWEST: Final = 3  # rising link numbers that show that brackets hold link numbers
ADDRESS_LINE: Final = re.compile(
    r"(?:\d{1,4}\. |\[\d{1,4}\]:? ?|Title: )?(?:https?|ftp|file|mailto|tel|javascript):\S*"
)
LIST_HEAD: Final = re.compile(r"(?:References|(?:Visible|Hidden) links):?")
FRAME: Final = re.compile(
    r"I?FRAME: .*|#.*\[?(?:Feed|alternate)\b.*|#\[?\d.*", re.IGNORECASE
)
CONTROL: Final = re.compile(
    r"\[(?:BUTTON|SUBMIT|Unknown INPUT type)[^\[\]]*\]|\(not implemented\)_*|\((?:BUTTON|SUBMIT|FORM|SEARCH|IMAGE)\) ?"
    r"|[\[(]_+[\])]|\[ *\](?!\()|\( \)|\(\*\)|_{3,}"
)
PRESSED: Final = re.compile(r"\[ (\S.*?) \]")
ALTERNATIVE: Final = re.compile(r"\[([^\W\d_][^\[\]()]{2,60})\]")
UNDERLINED: Final = re.compile(
    r"(?<=[^\W_])_(?=[^\W_])|(?<=[?!.,:;)])_(?=[^\W_])|(?<=[^\W_])_(?=[(‘“])"
)
ADDRESS: Final = (
    r"(?:(?:https?://|/|#|\.\.?/|mailto:)[^\s\]]*|[\w/-]+\.[a-z]{2,4}(?:[?#][^\s\]]*)?)"
)
INNER_ADDRESS: Final = re.compile(
    rf"(?:^| )\[{ADDRESS}\]"
)  # a line may break before it


def take_additions(lines: list[Line]) -> list[Line]:
    """Take off what text browsers add; lines of addresses become furniture."""
    text = "\n".join(line.text for line in lines)
    if "[" in text:
        lines = _take_numbers(lines)
        lines = _take_inner_addresses(lines)
    if text.count("_") >= FEWEST and len(UNDERLINED.findall(text)) >= FEWEST:
        lines = [_space_out(line) for line in lines]
    lines = [_take_controls(line) for line in lines]
    return _mark_addresses([line for line in lines if line.text])


def _take_numbers(lines: list[Line]) -> list[Line]:
    """Take off link numbers, if the numbers in brackets rise as link numbers do."""
    numbers = [
        int(found[1]) for line in lines for found in LINK_NUMBER.finditer(line.text)
    ]
    rising = sum(after - before in {1, 2} for before, after in pairwise(numbers))
    if rising < FEWEST or rising < 0.6 * len(numbers):
        return lines
    return [
        replace(line, text=LINK_NUMBER.sub("", line.text)) if "[" in line.text else line
        for line in lines
    ]


def _take_inner_addresses(lines: list[Line]) -> list[Line]:
    """Take off the address in brackets after a link's words."""
    count = sum(INNER_ADDRESS.search(line.text) is not None for line in lines)
    if count < FEWEST:
        return lines
    return [replace(line, text=INNER_ADDRESS.sub("", line.text)) for line in lines]


def _space_out(line: Line) -> Line:
    """Make the underlining of a link's spaces into spaces."""
    if "_" not in line.text or "://" in line.text:
        return line
    return replace(line, text=UNDERLINED.sub(" ", line.text))


def _take_controls(line: Line) -> Line:
    """Take off drawn form controls; a picture's words in brackets are a picture."""
    text = line.text
    is_drawn = "[" in text or "(" in text or "__" in text
    if (is_drawn or ":" in text) and FRAME.fullmatch(text):
        return replace(line, kind=Kind.FURNITURE, is_new=True)
    if not is_drawn:
        return line
    found = ALTERNATIVE.fullmatch(text)
    if found and "  " not in text and found[1] == found[1].strip():
        return replace(line, text=found[1], kind=Kind.IMAGE, is_new=True)
    cut = CONTROL.sub(" ", text)
    cut = PRESSED.sub(r"\1", cut)
    if cut == text:
        return line
    return replace(line, text=squeeze(cut), is_new=line.is_new or text[0] in "[(")


def _mark_addresses(lines: list[Line]) -> list[Line]:
    """Make furniture of lines that are an address, and of their headings at the end."""
    marked: list[Line] = []
    for line in lines:
        if ":" in line.text and ADDRESS_LINE.fullmatch(line.text):
            for index in range(len(marked) - 1, max(len(marked) - 3, -1), -1):
                if LIST_HEAD.fullmatch(marked[index].text):
                    marked[index] = _as_furniture(marked[index])
            marked.append(_as_furniture(line))
        else:
            marked.append(line)
    return marked


def _as_furniture(line: Line) -> Line:
    return replace(line, kind=Kind.FURNITURE, is_new=True)

"""Lines that hold a label and something more: a grade, a number, an abbreviation."""

import re
from collections.abc import Mapping
from typing import Final

from peelparse.recognise.roles import BOX, GRADE, GRADE_LABEL, PILLAR, Role
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import make_key

Labels = Mapping[str, tuple[Role, str]]
COUNTED: Final = r"(.*?) (?:\(\w+\)?|\d{1,2})"


def read_graded(by_key: Labels, index: int, text: str) -> list[Token]:
    """Tokens of a pillar, or a grade label, and a grade in one line, if it is one."""
    if text.endswith(("?", ":")):
        return []  # no grade asks, or leads into a list
    for count in (1, 2):
        words = text.rsplit(" ", count)
        label = " ".join(words[1:])
        found = by_key.get(make_key(label)) if label else None
        name = by_key.get(make_key(words[0])) if found else None
        if not name or not found or found[0] is not GRADE:
            continue
        grade = Token(GRADE, index, label, found[1], rule="grade_in_line")
        if name[0] is GRADE_LABEL:
            return [grade]
        if name[0] is PILLAR:
            pillar = Token(PILLAR, index, words[0], name[1])
            pillar.rule = "pillar_in_line"
            return [pillar, grade]
    return []


def read_counted(by_key: Labels, index: int, text: str, key: str) -> list[Token]:
    """The token of a box's label with a number or an abbreviation after it."""
    if not key[-1:].isdecimal() and "(" not in key:
        return []
    match = re.fullmatch(COUNTED, key)
    found = by_key.get(match[1]) if match else None
    if not found or found[0] is not BOX:
        return []
    return [Token(BOX, index, text, found[1], rule="box_label")]

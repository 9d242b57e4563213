"""What a line's own words say about its neighbours: does a sentence go on?"""

import re
from typing import Final

from peelparse.grammar import LINKING, LIST_ENDS
from peelparse.text import ends_sentence, is_continued

POINTS_FIRST: Final = re.compile(r"[.,;:)\]!?](?!\w)")
MEMBER_ENDS: Final = (";", *LIST_ENDS)
OPEN_END: Final = (",", "(", "[", "–", "—", "‘", "“", " -", "/", "&", "£")
DASHES: Final = ("- ", "– ")  # that stand inside a sentence as well as before items
HYPHEN: Final = re.compile(r"[^\W\d_][-‐‑]$")
TRAIL: Final = re.compile(r" [>»›→|] | / ")


def is_trail(line: str) -> bool:
    """Whether a line is a trail of links, whose last can be followed by anything.

    Example:
        >>> is_trail("Home » PEEL » Marlshire"), is_trail("one / two")
        (True, False)
    """
    return len(TRAIL.findall(line)) > 1


def is_unfinished(line: str) -> bool:
    """Whether no sentence, label or list member can end as this line does.

    Example:
        >>> is_unfinished("in line with the"), is_unfinished("Areas for improvement")
        (True, False)
    """
    if line.endswith(LIST_ENDS):
        return False
    return line.endswith(OPEN_END) or line[line.rfind(" ") + 1 :].casefold() in LINKING


def is_tail(line: str) -> bool:
    """Whether a line can only be the end of the one before it.

    Example:
        >>> is_tail("."), is_tail(", and so on"), is_tail("So on")
        (True, True, False)
    """
    return POINTS_FIRST.match(line) is not None


def runs_on(line: str, following: str) -> bool:
    """Whether the words alone say that a line break cuts a sentence.

    Example:
        >>> runs_on("kept to the", "Code of Practice."), runs_on("Good", "The force")
        (True, False)
    """
    if following.startswith(DASHES):  # it opens no list: readers take its marks first
        following = following[2:]
    return is_continued(line, following) or (
        is_unfinished(line)
        and not ends_sentence(line)
        and (following[:1].isalnum() or following[0] in "‘“'\"£(")
    )


def space_between(line: str, following: str) -> str:
    """What stands between two halves of a broken line: nothing in a word or at a point.

    Example:
        >>> space_between("by the", "board"), space_between("well-", "led")
        (' ', '')
    """
    is_word = following[0].islower() and HYPHEN.search(line) is not None
    return "" if not line or is_word or is_tail(following) else " "

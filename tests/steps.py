"""Steps of work, counted and not timed: calls of functions, steps of patterns.

`re` counts no steps, and its time says little on a busy machine. The matcher here reads
the parsed form of a pattern and tries in the same order; each of its results is
compared with that of `re`, so that it cannot drift from what it stands for.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Final

# what the parser gives is typed as its tree, the one type that it names
Go = Callable[[int], int | None]  # from a position to the end of the match, or None
MOST: Final = 2_000_000  # steps after which a pattern has run away
SINGLE: Final = frozenset(
    (codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN)
)  # what one character decides
CATEGORIES: Final[dict[object, Callable[[str], bool]]] = {
    codes.CATEGORY_DIGIT: str.isdecimal,
    codes.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    codes.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    codes.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}


def count_calls(work: Callable[[], object]) -> int:
    """Calls of functions, those in C too, that a piece of work takes."""
    calls = 0

    def count(_frame: FrameType, _event: str, _value: object) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def count_fullmatch(pattern: re.Pattern[str], text: str) -> int:
    """Steps that it takes to match a whole text, or not."""
    counter = _Counter(pattern, text)
    with _deep():
        assert counter.fullmatch() == (pattern.fullmatch(text) is not None)
    return counter.steps


def count_search(pattern: re.Pattern[str], text: str) -> int:
    """Steps that it takes to find the first match in a text, or none."""
    counter = _Counter(pattern, text)
    found = pattern.search(text)
    with _deep():
        assert counter.search() == (found and found.start())
    return counter.steps


@contextmanager
def _deep() -> Iterator[None]:
    """Room for one call inside the other for each round of a repeat."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


class _Counter:
    """One pattern on one text."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        """Args: pattern: what is counted; text: what it is tried on."""
        self.text = text
        self.steps = 0
        self.groups: dict[int, str] = {}
        self.tree = parser.parse(pattern.pattern, pattern.flags)
        self.flags = pattern.flags

    def fullmatch(self) -> bool:
        """Whether the whole text matches."""
        last = len(self.text)
        whole = self.join(self.tree, self.flags, lambda p: p if p == last else None)
        return whole(0) is not None

    def search(self) -> int | None:
        """Where the first match begins."""
        find = self.join(self.tree, self.flags, lambda p: p)
        starts = range(len(self.text) + 1)
        return next((start for start in starts if find(start) is not None), None)

    def count(self) -> None:
        self.steps += 1
        assert self.steps < MOST, "the pattern has run away"

    def join(self, items: parser.SubPattern, flags: int, then: Go) -> Go:
        """The steps of a sequence, one after the other, and what comes after it."""
        for code, value in reversed(list(items)):
            then = self.step(code, value, flags, then)
        return then

    def step(
        self, code: parser.SubPattern, value: parser.SubPattern, flags: int, then: Go
    ) -> Go:
        """One item of a pattern, and what comes after it."""
        if code in SINGLE:
            fits = self.single(code, value, flags)

            def one(place: int) -> int | None:
                self.count()
                return then(place + 1) if fits(place) else None

            return one
        make = getattr(self, f"make_{str(code).lower()}")
        made: Go = make(value, flags, then)
        return made

    def single(
        self, code: parser.SubPattern, value: parser.SubPattern, flags: int
    ) -> Callable[[int], bool]:
        """Whether the character at a place is of the kind that an item wants."""
        items = value if code is codes.IN else [(code, value)]
        ignores = bool(flags & re.IGNORECASE)

        def fits(place: int) -> bool:
            if place >= len(self.text):
                return False
            letter = self.text[place]
            cases = {letter, letter.lower(), letter.upper()} if ignores else {letter}
            return any(_holds(items, case, flags) for case in cases)

        return fits

    def make_subpattern(self, value: parser.SubPattern, flags: int, then: Go) -> Go:
        group, added, taken, items = value
        begun: list[int] = []

        def close(place: int) -> int | None:
            start = begun.pop()
            old = self.groups.get(group)
            self.groups[group] = self.text[start:place]
            end = then(place)
            if end is None and old is not None:
                self.groups[group] = old
            begun.append(start)
            return end

        inner = self.join(items, (flags | added) & ~taken, close)

        def open_group(place: int) -> int | None:
            begun.append(place)
            end = inner(place)
            begun.pop()
            return end

        return open_group

    def make_branch(self, value: parser.SubPattern, flags: int, then: Go) -> Go:
        ways = [self.join(items, flags, then) for items in value[1]]

        def branch(place: int) -> int | None:
            self.count()
            ends = (way(place) for way in ways)
            return next((end for end in ends if end is not None), None)

        return branch

    def make_max_repeat(self, value: parser.SubPattern, flags: int, then: Go) -> Go:
        return self.repeat(value, flags, then, is_greedy=True)

    def make_min_repeat(self, value: parser.SubPattern, flags: int, then: Go) -> Go:
        return self.repeat(value, flags, then, is_greedy=False)

    def make_possessive_repeat(
        self, value: parser.SubPattern, flags: int, then: Go
    ) -> Go:
        inner = self.repeat(value, flags, lambda p: p, is_greedy=True)
        return lambda place: None if (end := inner(place)) is None else then(end)

    def make_atomic_group(self, value: parser.SubPattern, flags: int, then: Go) -> Go:
        inner = self.join(value, flags, lambda p: p)
        return lambda place: None if (end := inner(place)) is None else then(end)

    def repeat(
        self, value: parser.SubPattern, flags: int, then: Go, *, is_greedy: bool
    ) -> Go:
        """A repeat, which gives back what it took, one by one."""
        least, most, items = value
        if is_greedy and len(items) == 1 and items[0][0] in SINGLE:
            code, single = items[0]
            fits = self.single(code, single, flags)
            return self.repeat_one(least, most, fits, then)
        rounds: list[tuple[int, int]] = []  # where each open round began, its number

        def after(place: int) -> int | None:
            start, number = rounds.pop()
            end = attempt(place, number + 1) if place > start else None
            rounds.append((start, number))
            return end

        inner = self.join(items, flags, after)

        def again(place: int, number: int) -> int | None:
            if number >= most:
                return None
            rounds.append((place, number))
            end = inner(place)
            rounds.pop()
            return end

        def attempt(place: int, number: int) -> int | None:
            self.count()
            end = again(place, number) if is_greedy or number < least else None
            if end is None and number >= least:
                end = then(place)
            if end is None and not is_greedy and number >= least:
                end = again(place, number)
            return end

        return lambda place: attempt(place, 0)

    def repeat_one(
        self, least: int, most: int, fits: Callable[[int], bool], then: Go
    ) -> Go:
        """A repeat of one character, which needs no rounds."""

        def run(place: int) -> int | None:
            last = place
            while last - place < most and fits(last):
                self.count()
                last += 1
            for end in range(last, place + least - 1, -1):
                self.count()
                if (found := then(end)) is not None:
                    return found
            return None

        return run

    def make_groupref(self, value: parser.SubPattern, _flags: int, then: Go) -> Go:
        def same(place: int) -> int | None:
            self.count()
            text = self.groups.get(value)
            if text is None or not self.text.startswith(text, place):
                return None
            return then(place + len(text))

        return same

    def make_assert(self, value: parser.SubPattern, flags: int, then: Go) -> Go:
        holds_at = self.look(value, flags)
        return lambda place: then(place) if holds_at(place) else None

    def make_assert_not(self, value: parser.SubPattern, flags: int, then: Go) -> Go:
        holds_at = self.look(value, flags)
        return lambda place: None if holds_at(place) else then(place)

    def look(self, value: parser.SubPattern, flags: int) -> Callable[[int], bool]:
        """Whether something stands before or after a place."""
        direction, items = value
        width = items.getwidth()[0] if direction < 0 else 0
        inner = self.join(items, flags, lambda p: p)
        return lambda place: place >= width and inner(place - width) is not None

    def make_at(self, value: parser.SubPattern, flags: int, then: Go) -> Go:
        def at(place: int) -> int | None:
            self.count()
            return then(place) if self.stands_at(value, place, flags) else None

        return at

    def stands_at(self, value: parser.SubPattern, place: int, flags: int) -> bool:
        """Whether a place is the beginning, the end, or the edge of a word."""
        before, after = self.text[place - 1 : place], self.text[place : place + 1]
        is_multi = bool(flags & re.MULTILINE)
        if value in {codes.AT_BOUNDARY, codes.AT_NON_BOUNDARY}:
            edges = [bool(c) and (c.isalnum() or c == "_") for c in (before, after)]
            return (edges[0] != edges[1]) == (value is codes.AT_BOUNDARY)
        if value in {codes.AT_BEGINNING, codes.AT_BEGINNING_STRING}:
            is_line = is_multi and value is codes.AT_BEGINNING and before == "\n"
            return place == 0 or is_line
        if value is codes.AT_END_STRING:
            return not after
        return not after or self.text[place:] == "\n" or (is_multi and after == "\n")


def _holds(items: parser.SubPattern, letter: str, flags: int) -> bool:
    """Whether a set of characters holds one."""
    is_negated = items[0][0] is codes.NEGATE
    return is_negated != any(
        _fits_one(code, value, letter, flags) for code, value in items
    )


def _fits_one(
    code: parser.SubPattern, value: parser.SubPattern, letter: str, flags: int
) -> bool:
    if code is codes.LITERAL:
        return bool(ord(letter) == value)
    if code is codes.NOT_LITERAL:
        return bool(ord(letter) != value)
    if code is codes.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    if code is codes.CATEGORY:
        return CATEGORIES[value](letter)
    return code is codes.ANY and (letter != "\n" or bool(flags & re.DOTALL))

"""Entries into a register: which row is which, and what became of it."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from peelparse.register.entries import Collected, Entry, Scope
from peelparse.register.rows import Register, fold_words

_LIKE: Final = 0.6
"""Share of words, in order, that makes two statements one that was reworded."""


class Counts(NamedTuple):
    """What an update found."""

    new: int = 0
    """Rows added."""
    changed: int = 0
    """Rows whose words differ from those before."""
    vanished: int = 0
    """Rows that the pages no longer have."""
    returned: int = 0
    """Rows that they have again."""


def update(register: Register, collected: Collected) -> Counts:
    """Bring a register up to date, in place.

    Args:
        register: what people keep.
        collected: what the pages of this run hold.

    Returns:
        What was found, for a summary; all zero if nothing has changed.
    """
    rows = _match(register, collected)
    marks: dict[int, str] = {}
    for entry in collected.entries:
        if not rows[entry.id]:
            register.append({"id": entry.id})
            rows[entry.id] = [len(register.rows) - 1]
            marks[len(register.rows) - 1] = "new"
            _fill(register, len(register.rows) - 1, entry)
            continue
        for place in rows[entry.id]:
            if mark := _refresh(register, place, entry):
                marks[place] = mark
    found = {place for places in rows.values() for place in places}
    for place in _iter_expected(register, collected):
        if place not in found and register.get(place, "change") != "vanished":
            marks[place] = "vanished"
    _set_marks(register, marks, found)
    return Counts(*(list(marks.values()).count(mark) for mark in Counts._fields))


def _match(register: Register, collected: Collected) -> dict[str, list[int]]:
    """Rows of every entry: by id, then by the same words, then by similar ones."""
    rows: dict[str, list[int]] = defaultdict(list)
    ids = {entry.id for entry in collected.entries}
    for place in range(len(register.rows)):
        if (own := register.get(place, "id")) in ids:
            rows[own].append(place)
    free = {
        place
        for place in _iter_expected(register, collected)
        if register.get(place, "id") not in ids
    }
    lost = [entry for entry in collected.entries if not rows[entry.id]]
    pairs = sorted(_iter_likenesses(register, free, lost))
    for _, number, place in pairs:
        own = lost[number].id
        if not rows[own] and place in free:
            rows[own].append(place)
            free.remove(place)
    return rows


def _iter_likenesses(
    register: Register, free: set[int], lost: list[Entry]
) -> Iterator[tuple[float, int, int]]:
    """How unlike entries and rows of one list are, with their numbers."""
    lists: dict[tuple[str, Scope], list[int]] = defaultdict(list)
    for place in sorted(free):
        lists[register.get(place, "kind"), scope_of(register, place)].append(place)
    for number, entry in enumerate(lost):
        words = fold_words(entry.text)
        for place in lists[entry.kind, entry.scope]:
            if _is_same_question(register, place, entry):
                others = fold_words(register.get(place, "text"))
                likeness = SequenceMatcher(None, words, others, autojunk=False).ratio()
                if likeness >= _LIKE:
                    yield 1 - likeness, number, place


def _is_same_question(register: Register, place: int, entry: Entry) -> bool:
    """Whether a row is of the same question as an entry, however it is printed."""
    question = fold_words(register.get(place, "question"))
    topic = register.get(place, "topic")
    return question == fold_words(entry.question) or (topic == entry.topic != "")


def scope_of(register: Register, place: int) -> Scope:
    """Where a row stands."""
    force = register.get(place, "force_id") or register.get(place, "force")
    return Scope(
        register.get(place, "programme"),
        force,
        register.get(place, "edition"),
        register.get(place, "pillar"),
    )


def _iter_expected(register: Register, collected: Collected) -> Iterator[int]:
    """Rows that the pages of this run would have if they were still there."""
    for place in range(len(register.rows)):
        if (
            register.get(place, "id")
            and register.get(place, "kind") in collected.kinds
            and scope_of(register, place) in collected.scopes
        ):
            yield place


def _refresh(register: Register, place: int, entry: Entry) -> str | None:
    """Fill a row anew; its mark if it differs from what it was."""
    text, detail = register.get(place, "text"), register.get(place, "detail")
    is_back = register.get(place, "change") == "vanished"
    _fill(register, place, entry)
    if fold_words(f"{text}\n{detail}") != fold_words(f"{entry.text}\n{entry.detail}"):
        register.put(place, "previous_text", f"{text}\n\n{detail}".strip())
        return "changed"
    return "returned" if is_back else None


def _fill(register: Register, place: int, entry: Entry) -> None:
    """Put everything of an entry into a row but its id, which stays."""
    for name, text in entry._asdict().items():
        if name != "id":
            register.put(place, name, text)


def _set_marks(register: Register, marks: dict[int, str], found: set[int]) -> None:
    """Mark rows; older marks go where their assessment has new ones."""
    touched = {scope_of(register, place)[:3] for place in marks}
    for place in found - marks.keys():
        if scope_of(register, place)[:3] in touched:
            register.put(place, "change", "")
            register.put(place, "previous_text", "")
    for place, mark in marks.items():
        register.put(place, "change", mark)
        if mark != "changed":
            register.put(place, "previous_text", "")

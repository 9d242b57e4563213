"""Two people's copies of a register into one; nothing that anyone typed is lost."""

from collections import defaultdict
from typing import Final

from peelparse.register.changes import scope_of
from peelparse.register.rows import Register, fold_words

CONFLICT: Final = " || "
"""Between two values of one cell; `conflicts` names such columns of a row."""

_Identity = tuple[object, ...]


def merge(register: Register, other: Register) -> int:
    """Add what another copy has to a register, in place.

    Rows are paired by id, or by the same words in the same place. A cell that is empty
    in one copy takes the value of the other; two values are both kept, with `CONFLICT`
    between them. Rows and columns that only the other has go to the end.

    Args:
        register: the copy to be kept.
        other: the copy to be added; it stays as it is.

    Returns:
        Cells that hold more than one value.
    """
    for place, (name, again) in other.iter_user_columns():
        register.add_column((name, again), other.header[place])
    pairs = _pair_rows(register, other)
    for place, cells in enumerate(other.rows):
        if place in pairs:
            _merge_row(register, pairs[place], other, place)
        elif any(cells):
            _add_row(register, other, place)
    return mark_conflicts(register)


def _pair_rows(register: Register, other: Register) -> dict[int, int]:
    """Rows of the other copy to ours; the n-th of those that are alike to the n-th.

    Ids depend on how a question was printed in the first copy of a page; place and
    words do not. Rows that people added have neither.
    """
    pairs: dict[int, int] = {}
    for identify in (_by_id, _by_words, _by_cells):
        ours: dict[_Identity, list[int]] = defaultdict(list)
        taken = set(pairs.values())
        for place in range(len(register.rows)):
            identity = identify(register, place)
            if identity is not None and place not in taken:
                ours[identity].append(place)
        for place in range(len(other.rows)):
            identity = identify(other, place)
            if identity is not None and place not in pairs and ours[identity]:
                pairs[place] = ours[identity].pop(0)
    return pairs


def _by_id(register: Register, place: int) -> _Identity | None:
    own = register.get(place, "id")
    return (own,) if own else None


def _by_words(register: Register, place: int) -> _Identity | None:
    if not register.get(place, "id"):
        return None
    words = [
        tuple(fold_words(register.get(place, name)))
        for name in ("kind", "question", "text")
    ]
    return (*scope_of(register, place), *words)


def _by_cells(register: Register, place: int) -> _Identity | None:
    cells = tuple(sorted(filter(None, register.rows[place])))
    return None if register.get(place, "id") or not cells else cells


def _merge_row(register: Register, ours: int, other: Register, theirs: int) -> None:
    """Add what people typed in a row to another; what is there already once."""
    for place, key in other.iter_user_columns():
        column = register.columns[key]
        values = [
            value
            for cell in (register.rows[ours][column], other.rows[theirs][place])
            for value in cell.split(CONFLICT)
            if value
        ]
        register.rows[ours][column] = CONFLICT.join(dict.fromkeys(values))


def _add_row(register: Register, other: Register, theirs: int) -> None:
    """Add a row that only the other copy has."""
    register.append({})
    for key, place in other.columns.items():
        register.rows[-1][register.columns[key]] = other.rows[theirs][place]


def mark_conflicts(register: Register) -> int:
    """Name in `conflicts` the columns that hold more than one value.

    Returns:
        How many cells do.
    """
    count = 0
    user = list(register.iter_user_columns())
    for place, cells in enumerate(register.rows):
        names = [
            register.header[column] for column, _ in user if CONFLICT in cells[column]
        ]
        register.put(place, "conflicts", ", ".join(names))
        count += len(names)
    return count

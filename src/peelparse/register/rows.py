"""The register in memory: a header and rows of text, as the file has them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from peelparse.errors import ReadError

OWN: Final = (
    "id",
    "change",
    "conflicts",
    "kind",
    "force",
    "force_id",
    "programme",
    "edition",
    "pillar",
    "question_number",
    "question",
    "topic",
    "heading",
    "lead_in",
    "text",
    "detail",
    "link",
    "source",
    "previous_text",
)
"""Columns that peelparse writes; what people type there is overwritten."""

USER: Final = ("owner", "status", "due", "evidence")
"""Columns that a new register has for people to fill in."""

_WORD: Final = re.compile(r"\w+")

Key = tuple[str, int]
"""A column of the header: its name, and how many before it have the same."""


_NEEDED: Final = frozenset(("id", "kind", "text"))
"""Columns without which a table is no register."""


class Register:
    """A register.

    Attributes:
        header: names of the columns, in the order of the file.
        rows: as many cells in each as the header has names.
        columns: places of the columns, told apart even where names are the same.
        delimiter: what stands between the cells of its CSV.
        remarks: what a reader should know of the file it was read from.

    Example:
        >>> register = Register()
        >>> register.append({"id": "northshire-2017-0a1b", "owner": "Ada"})
        >>> register.get(0, "owner"), register.get(0, "due"), register.header[0]
        ('Ada', '', 'id')
    """

    def __init__(
        self, header: Iterable[str] = (), rows: Iterable[Iterable[str]] = ()
    ) -> None:
        """Args: header: none makes a new register, with all columns."""
        self.header = list(header)
        self.rows = [list(row) for row in rows]
        self.delimiter = ","
        self.remarks: list[str] = []
        self.columns: dict[Key, int] = {}
        wanted = OWN if self.header else (*OWN, *USER)
        self._widen(max((len(row) for row in self.rows), default=0))
        for name in wanted:
            self.add_column((name, 0))

    def get(self, place: int, name: str) -> str:
        """A cell by the name of its column."""
        return self.rows[place][self.columns[name, 0]]

    def put(self, place: int, name: str, text: str) -> None:
        """Fill a cell by the name of its column."""
        self.rows[place][self.columns[name, 0]] = text

    def append(self, cells: dict[str, str]) -> None:
        """Add a row at the end; columns that are not named stay empty."""
        self.rows.append([""] * len(self.header))
        for name, text in cells.items():
            self.put(len(self.rows) - 1, name, text)

    def add_column(self, key: Key, name: str | None = None) -> None:
        """Add a column at the end, unless it is there."""
        if key not in self.columns:
            self.header.append(name or key[0])
            self._widen(len(self.header))

    def iter_user_columns(self) -> Iterator[tuple[int, Key]]:
        """Columns that are not ours, with their places."""
        for (name, again), place in self.columns.items():
            if again or name not in OWN:
                yield place, (name, again)

    def copy(self) -> "Register":
        """The same once more, to be changed apart."""
        twin = Register(self.header, self.rows)
        twin.delimiter = self.delimiter
        return twin

    def is_same(self, other: "Register") -> bool:
        """Whether another has the same cells at the same places."""
        return self.header == other.header and self.rows == other.rows

    def _widen(self, width: int) -> None:
        """Have the header and all rows be of one length."""
        width = max(width, len(self.header))
        for row in (self.header, *self.rows):
            row.extend([""] * (width - len(row)))
        seen: Counter[str] = Counter()
        self.columns = {}
        for place, name in enumerate(map(fold_name, self.header)):
            self.columns[name, seen[name]] = place
            seen[name] += 1


def make_register(header: list[str], rows: Iterable[Iterable[str]]) -> Register:
    """Make a register of what a file holds.

    Raises:
        ReadError: the header is that of another table.
    """
    missing = _NEEDED - set(map(fold_name, header))
    if missing:
        raise ReadError(
            "reading the register",
            f"no column {', '.join(sorted(missing))} in its first line",
            "a register that peelparse afis wrote",
            "name another file; this one is as it was",
        )
    return Register(header, rows)


def fold_name(name: str) -> str:
    """A column's name without regard to case, spaces at its ends and underscores.

    Example:
        >>> fold_name(" Previous Text ")
        'previous_text'
    """
    return "_".join(name.casefold().split())


def fold_words(text: str) -> list[str]:
    """The words of a text, without regard to case, punctuation and white space.

    Example:
        >>> fold_words("Dogs – and cats.")
        ['dogs', 'and', 'cats']
    """
    return _WORD.findall(text.casefold())

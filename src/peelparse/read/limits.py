"""How much a file may cost before it is refused: every limit, in one place.

The limits are far above what saved pages need and far below what hurts. Who has a
bigger honest file gives `read_pages` other `Limits`, or commands `--limit`.
"""

from typing import Final

import msgspec

from peelparse.errors import LimitError

CHUNK: Final = 1 << 20
"""Bytes that are unpacked at a time; limits are checked between two chunks."""
RATIO_FLOOR: Final = 20_000_000
"""Unpacked bytes below which no ratio is suspicious."""
LONG_RECORD: Final = 10_000_000
"""Bytes of a header, a tag or a line beyond which a format is not what it seems."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one file may cost. Each limit ends in a `LimitError` that names it."""

    page_bytes: int = 50_000_000
    """Bytes of one page; the largest SingleFile copy seen is a tenth of this."""
    page_lines: int = 500_000
    """Line ends of a text copy; 10 MB of prose have a third of them."""
    unpacked_bytes: int = 300_000_000
    """Bytes that all containers of one file may unpack to, together."""
    ratio: int = 200
    """How many times its packed size a stream may unpack to, once it has given
    `RATIO_FLOOR` bytes; pages reach 20, a bomb 1,000."""
    members: int = 100_000
    """Members, records and rows of all containers of one file, together."""
    nesting: int = 3
    """Containers inside containers; a compressed container counts as one."""
    json_depth: int = 400
    """Brackets inside brackets; the deepest accessibility tree seen has 90."""
    pdf_pages: int = 500
    """Sheets of a PDF; a printed inspection page has 10 to 60."""


DEFAULT: Final = Limits()


def advise_raising(name: str) -> str:
    """What a message says of a limit that can be raised.

    Example:
        >>> advise_raising("members")
        'give --limit members=NUMBER'
    """
    return f"give --limit {name}=NUMBER"


class Budget:
    """What is left of the limits while one file is read."""

    def __init__(self, limits: Limits = DEFAULT) -> None:
        """Args: limits: what the file may cost."""
        self.limits = limits
        self.unpacked = 0
        self.members = 0
        self.is_spent = False

    def unpack(self, size: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            LimitError: all containers together gave more than they may.
        """
        self.unpacked += size
        if self.unpacked > self.limits.unpacked_bytes:
            self.is_spent = True
            raise LimitError(
                "unpacking the file",
                f"more than {self.limits.unpacked_bytes:,} bytes in it",
                "less; it may be made to exhaust memory",
                "unpack it yourself if you trust it, or "
                + advise_raising("unpacked_bytes"),
            )

    def check_ratio(self, unpacked: int, packed: int) -> None:
        """Compare what a stream gave so far with its packed size.

        Raises:
            LimitError: it gives more than a stream of pages can.
        """
        if unpacked > RATIO_FLOOR and unpacked > self.limits.ratio * max(1, packed):
            raise LimitError(
                "unpacking the file",
                f"{packed:,} bytes that unpack to more than {unpacked:,}",
                f"at most {self.limits.ratio} times their size",
                "this is made to exhaust memory; if you trust it, "
                + advise_raising("ratio"),
            )

    def count(self) -> None:
        """Count one member, record or row.

        Raises:
            LimitError: there are more than there may be.
        """
        self.members += 1
        if self.members > self.limits.members:
            self.is_spent = True
            raise LimitError(
                "reading the file",
                f"more than {self.limits.members:,} members, records or rows",
                "fewer",
                "split the file, or " + advise_raising("members"),
            )

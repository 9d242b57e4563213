"""Tar archives to members, read by hand: a header of 512 bytes, then the member.

The standard library's reader can be sent round in circles by a negative size and
recurses over chained headers; pages need neither links nor owners nor devices.
"""

import re
from typing import Final

from peelparse.blocks import Problem
from peelparse.errors import ReadError
from peelparse.read.containers.member import Member, Members
from peelparse.read.containers.zip import is_beside
from peelparse.read.limits import Budget

BLOCK: Final = 512
FILES: Final = frozenset((b"0", b"\0", b"7"))
PATH: Final = re.compile(rb"\d+ path=([^\n]*)\n")


def read_tar(data: bytes, budget: Budget) -> Members:
    """Read a tar archive's files in order; links and devices are passed over."""
    position = 0
    long_name: bytes | None = None
    while position + BLOCK <= len(data):
        header = data[position : position + BLOCK]
        if not header.strip(b"\0"):
            return
        budget.count()
        size = _read_number(header[124:136])
        start = position + BLOCK
        end = start + size
        kind = header[156:157]
        if kind == b"L":
            long_name = data[start:end].rstrip(b"\0")
        elif kind == b"x":
            found = PATH.search(data[start:end])
            long_name = found[1] if found else long_name
        else:
            name = (long_name or _read_name(header)).decode("utf-8", "replace")
            long_name = None
            if kind in FILES and not is_beside(name) and not name.endswith("/"):
                yield _make_member(data[start:end], name, size)
        position = start + -(-size // BLOCK) * BLOCK


def _make_member(data: bytes, name: str, size: int) -> Member:
    problems: tuple[Problem, ...] = ()
    if len(data) < size:
        found = f"the archive ends after {len(data):,} of its {size:,} bytes"
        problems = (Problem("PP104", found),)
    return Member(data=data, format="tar", name=name, problems=problems)


def _read_name(header: bytes) -> bytes:
    name = header[:100].split(b"\0", 1)[0]
    prefix = header[345:500].split(b"\0", 1)[0] if header[257:262] == b"ustar" else b""
    return prefix + b"/" + name if prefix else name


def _read_number(field: bytes) -> int:
    digits = field.strip(b" \0")
    if not digits.strip(b"01234567") and digits:
        return int(digits, 8)
    if field[:1] == b"\x80":  # GNU writes big sizes as a binary number
        return int.from_bytes(field[1:], "big")
    if not digits:
        return 0
    raise ReadError(
        "reading the tar archive",
        "a member without a size",
        "a whole archive",
        "make the archive again, or give the files themselves",
    )

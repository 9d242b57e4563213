"""Zip archives to members. Nothing is ever written to disk: names are just names."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from peelparse.errors import LimitError, ReadError, UnsupportedFormatError
from peelparse.read.containers.compressed import gather
from peelparse.read.containers.member import Member, Members
from peelparse.read.limits import CHUNK, Budget

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

HEADER: Final = 30  # bytes before a member's name and its packed bytes
METHODS: Final = (0, 8)  # stored and deflated; all that zip tools make unasked
# endings of files that stand beside a page and are none
NO_PAGE: Final = re.compile(
    r"\.(?:png|jpe?g|gif|webp|avif|bmp|ico|svgz?|css|m?js|map|woff2?|ttf|otf|eot|mp[34]|"
    r"webm|ogg|wav|exe|dll|so|pyc?|db|sqlite|docx?|xlsx?|pptx?|od[tsp]|cdxj?|idx|lock|log)$",
    re.IGNORECASE,
)
# folders that an operating system, a browser or a version control adds
BESIDE: Final = re.compile(
    r"(?:^|[\\/])(?:__MACOSX|\.[^\\/]+|[^\\/]+_files|[^\\/]+\.files)(?:[\\/]|$)"
)


def is_beside(name: str) -> bool:
    """Whether a member of an archive stands beside pages and is none.

    Example:
        >>> is_beside("page_files/a.html"), is_beside("../a.CSS"), is_beside("a.html")
        (True, True, False)
    """
    # `..` is no hidden folder, and what it points to does not matter here
    plain = name.replace("../", "").replace("..\\", "")
    return bool(NO_PAGE.search(plain) or BESIDE.search(plain))


def read_zip(data: bytes, budget: Budget) -> Members:
    """Read a zip archive's members in the order of its list."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415  slow to import

    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(
            "reading the zip archive",
            f"no list of members ({error})",
            "a whole archive",
            "copy it again; its end is missing or damaged",
        ) from error
    members = archive.infolist()
    names = {member.filename for member in members}
    if "[Content_Types].xml" in names:
        raise UnsupportedFormatError(
            "reading the zip archive",
            "an office document",
            "an archive of saved pages",
            "save the inspection page itself from the browser",
        )
    _refuse_overlaps(members)
    is_wacz = "datapackage.json" in names  # a web archive: its pages are in one folder
    for member in members:
        budget.count()
        if member.is_dir() or is_beside(member.filename):
            continue
        if not is_wacz or member.filename.startswith("archive/"):
            yield _read_member(archive, member, budget)


def _refuse_overlaps(members: list["ZipInfo"]) -> None:
    """Refuse members that share their bytes: a small file would unpack without end."""
    spans = sorted((each.header_offset, each.compress_size) for each in members)
    for (start, size), (following, _) in pairwise(spans):
        if start + HEADER + size > following:
            raise LimitError(
                "reading the zip archive",
                "members that share their bytes",
                "each with bytes of its own",
                "this is made to exhaust memory or time; leave it out",
            )


def _read_member(
    archive: "ZipFile", member: "ZipInfo", budget: Budget
) -> Member | ReadError:
    if odd := _refuse(member):
        odd.name = member.filename
        return odd
    data, fault = gather(_open(archive, member), member.compress_size, budget)
    if fault is None:
        return Member(data=data, format="zip", name=member.filename)
    if isinstance(fault, LimitError):
        if budget.is_spent:
            raise fault
        error: ReadError = fault
    else:
        error = ReadError(
            "reading a member of the zip archive",
            fault,
            "a whole member",
            "make the archive again, or give the file itself",
        )
    error.name = member.filename
    return error


def _refuse(member: "ZipInfo") -> ReadError | None:
    if member.flag_bits & 0x1:
        return UnsupportedFormatError(
            "reading a member of the zip archive",
            "it encrypted",
            "one that needs no password",
            "unpack the archive with its password and give the files",
        )
    if member.compress_type not in METHODS:  # the others can't be unpacked in pieces
        return UnsupportedFormatError(
            "reading a member of the zip archive",
            f"it packed by method {member.compress_type}",
            "a member that is stored or deflated",
            "unpack the archive and give the files",
        )
    return None


def _open(archive: "ZipFile", member: "ZipInfo") -> Iterator[bytes]:
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk

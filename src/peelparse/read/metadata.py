"""What a copy says of itself: title, address, date of saving, language.

The address that is reported is the page's own, whatever way it was fetched, so that
all copies of a page agree. In order: what the caller says; the page's canonical link;
its `og:url`; a saver's comment; the header or field of a container. One that is
relative, or that is only a site's front page, gives way to the next. An archive's
prefix is taken off, and its date is the date of saving: what is read is as old as that.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from peelparse.read.dates import from_stamp, to_iso
from peelparse.text import squeeze

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

HEAD: Final = 8192  # bytes in which savers leave their comment
# patterns are texts: `re` compiles each when a page first needs it
SAVED_FROM: Final = rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->"
SINGLE_FILE: Final = rb"<!--[^>]{0,200}?\burl:\s*(\S+)\s+saved date:\s*([^\n]+?)\s*\n"
HTTRACK: Final = (
    # as in: Mirrored from host/path by HTTrack 3, Mon, 23 Nov 2026 11:39:43 GMT
    rb"<!--\s*Mirrored from (\S+) by HTTrack[^,>]*,\s*([^>]*?)\s*-->"
)
WEB: Final = r"(?i)https?://[^\s/]+(/[^\s]*)?"
ARCHIVE: Final = (
    # web.archive.org/web/2018…id_/…, webarchive.nationalarchives.gov.uk/ukgwa/2018…/…
    r"(?i)https?://[^\s/]+/(?:[\w-]+/){0,3}(\d{4,14})(?:[a-z]{2}_)?/(https?:/{1,2}\S+)"
)
TOLD: Final = ("title", "link", "meta")  # elements that tell of the page
DEEPEST: Final = 3  # archives of archives


class Metadata(msgspec.Struct, frozen=True):
    """What an HTML copy says of itself; None for what it does not say."""

    title: str | None
    addresses: tuple[str | None, ...]
    """Addresses, the best first."""
    saved: str | None
    language: str | None


class Origin(msgspec.Struct, frozen=True):
    """Where a copy is from, and when it was made."""

    address: str | None
    saved: str | None


def read_metadata(data: bytes, root: "Element") -> Metadata:
    """Read what an HTML copy says of itself.

    Args:
        data: the page's bytes, for comments that savers leave at the top.
        root: the root element.
    """
    top = data[:HEAD]
    comment, saved = _read_comment(top) if b"<!--" in top else (None, None)
    title = canonical = shared = None
    heads = root.iterchildren("head")
    for element in (each for head in heads for each in head.iterchildren(*TOLD)):
        if element.tag == "title":
            title = title or squeeze(element.text or "") or None
        elif element.tag == "link" and element.get("rel", "").lower() == "canonical":
            canonical = canonical or element.get("href")
        elif element.tag == "meta" and element.get("property") == "og:url":
            shared = shared or element.get("content")
    return Metadata(title, (canonical, shared, comment), saved, root.get("lang"))


def _read_comment(top: bytes) -> tuple[str | None, str | None]:
    """The address and the date in the comment that a saver left, as far as there are."""
    for pattern, start in ((SINGLE_FILE, ""), (SAVED_FROM, ""), (HTTRACK, "https://")):
        if found := re.search(pattern, top):
            address, *saved = (
                part.decode("utf-8", "replace") for part in found.groups()
            )
            return f"{start}{address}", next(iter(saved), None)
    return None, None


def find_origin(addresses: Sequence[str | None], saved: Sequence[str | None]) -> Origin:
    """Choose the address and the date of saving among what was found.

    Args:
        addresses: addresses, the best first; None for what was not found.
        saved: dates as the copy gives them, the best first.

    Returns:
        The first address that names a page, without an archive's prefix; the
        archive's date, or else the first date, in ISO 8601 where it can be read.

    Example:
        >>> find_origin(["https://web.archive.org/web/20180514/https://a.uk/b/"], [])
        Origin(address='https://a.uk/b/', saved='2018-05-14')
    """
    named = [address.strip() for address in addresses if address]
    archived: list[str] = []
    plain = [_unwrap(address, archived) for address in named]
    pages = [found for each in plain if (found := re.fullmatch(WEB, each))]
    deep = [found for found in pages if len(found[1] or "/") > 1]
    chosen = next(iter(deep or pages), None)
    moments = [*archived, *(to_iso(moment) or moment for moment in saved if moment)]
    return Origin(chosen[0] if chosen else None, next(iter(moments), None))


def _unwrap(address: str, archived: list[str]) -> str:
    """An address without the prefixes of archives, whose dates are noted."""
    for _ in range(DEEPEST):
        # an archive's address has another one in it
        found = re.fullmatch(ARCHIVE, address) if "/http" in address.lower() else None
        stamp = from_stamp(found[1]) if found else None
        if not found or not stamp:
            return address
        archived.append(stamp)
        inner = found[2]
        # some archives fold the two strokes of the inner address into one
        address = re.sub(r"^(https?:)/(?=[^/])", r"\1//", inner, flags=re.IGNORECASE)
    return address

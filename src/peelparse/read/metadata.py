"""What an HTML copy says of itself: title, address, date of saving, language."""

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from peelparse.text import squeeze

if TYPE_CHECKING:
    from peelparse.read.collect import Element

HEAD: Final = 8192  # bytes in which savers leave their comment
SAVED_FROM: Final = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->")
SINGLE_FILE: Final = re.compile(rb"url:\s*(\S+)\s+saved date:\s*([^\n]+?)\s*\n")


class Metadata(NamedTuple):
    """What was found; None for what the copy does not say."""

    title: str | None
    address: str | None
    saved: str | None
    language: str | None


def read_metadata(data: bytes, root: "Element") -> Metadata:
    """Read what an HTML copy says of itself.

    Args:
        data: the page's bytes, for comments that savers leave at the top.
        root: the root element.
    """
    address = saved = None
    if found := SINGLE_FILE.search(data[:HEAD]):
        address, saved = (part.decode("utf-8", "replace") for part in found.groups())
    elif found := SAVED_FROM.search(data[:HEAD]):
        address = found[1].decode("utf-8", "replace")
    title = None
    for element in root.iterfind("head/*"):
        if element.tag == "title":
            title = title or squeeze(element.text or "") or None
        elif element.tag == "link" and element.get("rel") == "canonical":
            address = element.get("href") or address
        elif element.tag == "meta" and element.get("property") == "og:url":
            address = address or element.get("content")
    return Metadata(title, address or None, saved, root.get("lang"))

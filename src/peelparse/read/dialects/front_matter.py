"""What stands before a copy's text about the copy itself: title, address, date."""

import re
from typing import Final, NamedTuple

FENCED: Final = re.compile(
    r"\A\s*---\n((?:[A-Za-z_][\w -]*:.*\n|[ \t-].*\n)+)(?:---|\.\.\.)[ \t]*\n"
)
HEADER: Final = re.compile(
    r"\A\s*((?:(?:Title|URL Source|URL|Source|Published Time|Warning|Description): .*\n\n?){2,}(?:Markdown Content:\n)?)"
)
FIELD: Final = re.compile(r"^([A-Za-z_][\w -]*?): *(.*?) *$", re.MULTILINE)
TITLES: Final = ("title",)
ADDRESSES: Final = (
    "url",
    "url source",
    "source",
    "canonical",
    "source_url",
    "link",
    "permalink",
)
DATES: Final = ("saved", "fetched", "retrieved", "crawled", "date_saved", "accessed")


class FrontMatter(NamedTuple):
    """A text without its front matter, and what that said."""

    text: str
    title: str | None = None
    address: str | None = None
    saved: str | None = None


def take_front_matter(text: str) -> FrontMatter:
    r"""Take the front matter off a text; its rows stay, blank, so that lines count right.

    Example:
        >>> take_front_matter("---\ntitle: A\nurl: https://b.example/\n---\nText")[1:3]
        ('A', 'https://b.example/')
    """
    found = FENCED.match(text[:5000]) or HEADER.match(text[:5000])
    if found is None:
        return FrontMatter(text)
    fields = {
        field[1].casefold(): field[2].strip("\"'") for field in FIELD.finditer(found[1])
    }
    rows = "\n" * text.count("\n", 0, found.end())
    return FrontMatter(
        rows + text[found.end() :],
        _pick(fields, TITLES),
        _pick(fields, ADDRESSES, "http"),
        _pick(fields, DATES),
    )


def _pick(
    fields: dict[str, str], names: tuple[str, ...], start: str = ""
) -> str | None:
    """The first of some fields that has a value of the right start."""
    for name in names:
        value = fields.get(name)
        if value and value.startswith(start):
            return value
    return None

"""reStructuredText to lines whose marks are read.

Directives are taken off by their own form: `.. container::` and options such as
`:name: x` hold no words of the page, `.. rubric::` and underlines hold its headings,
`.. image::` its pictures.
"""

import re
from typing import Final

from msgspec.structs import replace

from peelparse.blocks import Kind
from peelparse.read.dialects.lines import LOOKED_AT, Line, Row, holds_any, measure
from peelparse.read.dialects.marks import find_mark

SIGNS: Final = re.compile(
    r"^ *(?:[-\d#]+\. +)?\.\. [\w|].*::|`[^`<>]*<[^`<>]*>`__?|^\| `|:[a-z]+:`"
    r"|^([=~^#*+-])\1{3,}\n.+\n\1{4,}$",
    re.MULTILINE,
)
IN_SIGNS: Final = (".. ", "`", *(4 * mark for mark in "=~^#*+-"))
DIRECTIVE: Final = re.compile(r"\.\. (?:\|([^|]*)\| )?([\w-]+):: ?(.*)")
OPTION: Final = re.compile(r":(\w[\w-]*): ?(.*)")
TARGET: Final = re.compile(r"\.\. (?:_.*:.*|\[.*\].*)|__ \S+")
UNDERLINE: Final = re.compile(r"([=\-~^\"'#*+.:_`])\1{2,}")
# the rules of tables, alone or at the end of a row of a table that holds a table
TABLE_RULE: Final = re.compile(
    r"(?:\| *)?(?:[=-]{2,}(?: +[=-]{2,})+|\+[-=+]{3,}[ |+=-]*)"
)
RULE_AFTER: Final = re.compile(r" *\|? *\+[-=]{3,}[-=+ |]*$")
LINE_BLOCK: Final = re.compile(r"\|(?: (?=\S)|$)")
LINK: Final = re.compile(r"`([^`<>]*?) ?<[^`<>]*>`__?")
ROLE: Final = re.compile(r":[\w-]+:`([^`]*)`")
SUBSTITUTION: Final = re.compile(r"\|(\w(?:[^|]*[^|\s])?)\|(?!\w)")
LONGEST_LINK: Final = 400  # characters of a line that ends inside the words of a link
UNNAMED: Final = re.compile(r"image\d*")  # names of pictures without words
ESCAPED_SPACE: Final = re.compile(r"\\ ")
# directives whose argument is no word of the page
WORDLESS: Final = frozenset(
    {
        "class",
        "container",
        "contents",
        "figure",
        "image",
        "include",
        "meta",
        "raw",
        "role",
    }
)
LEVELS: Final = "=-~^\"'#*+.:_`"


def is_rst(text: str) -> bool:
    """Whether a text has the marks of reStructuredText, more than by accident."""
    head = text[:LOOKED_AT]
    return holds_any(head, IN_SIGNS) and len(SIGNS.findall(head)) > 2


def read_rst(rows: list[Row]) -> list[Line]:
    """Lines of a reStructuredText, with what its marks say."""
    lines = measure(rows)
    pictures = _find_pictures(lines)
    read: list[Line] = []
    owner: Line | None = None  # the directive whose options and words follow
    for line in lines:
        if owner is not None and not line.gap and _is_under(owner, line):
            if not _is_inside(owner, line, read):
                read.append(_read_line(line, pictures))
            continue
        owner = None
        if TABLE_RULE.fullmatch(line.text):
            read.append(replace(line, text="", is_new=True))
            continue
        line = replace(line, text=RULE_AFTER.sub("", line.text))  # noqa: PLW2901
        if _underlines(line, read):
            continue
        found = find_mark(line.text)
        inner = found.rest if found else line.text
        directive = DIRECTIVE.fullmatch(inner)
        if directive:
            owner = replace(line, text=inner)
            read += _open(line, directive, found.ordinal if found else None)
        elif not TARGET.fullmatch(line.text):
            _add(read, _read_line(line, pictures))
    return [line for line in read if line.text or line.is_new]


def _add(read: list[Line], line: Line) -> None:
    """Add a line; to the one before it where that ends inside the words of a link.

    The address after the words is too long for the width to tell that they go on.
    """
    before = read[-1].text if read and not line.gap else ""
    if len(before) < LONGEST_LINK and before.count("`") % 2 and line.kind is None:
        text = f"{before} {line.text}"
        read[-1] = replace(read[-1], text=text, width=line.width)
    else:
        read.append(line)


def _find_pictures(lines: list[Line]) -> dict[str, str]:
    """The alternative texts of pictures that are set inside lines, by name."""
    pictures: dict[str, str] = {}
    name = ""
    for line in lines:
        directive = DIRECTIVE.fullmatch(line.text)
        option = OPTION.fullmatch(line.text)
        if directive:
            name = directive[1] or ""
            if name and directive[2] == "image" and not UNNAMED.fullmatch(name):
                pictures[name] = f"![{name}]"
        elif name and option and option[1] == "alt":
            pictures[name] = f"![{option[2]}]"
    return pictures


def _open(line: Line, directive: re.Match[str], ordinal: int | None) -> list[Line]:
    """The words that stand on a directive's own line."""
    name, words = directive[2], directive[3]
    if directive[1]:
        return []
    if name in WORDLESS:
        return [replace(line, text="", is_new=True)]  # ends the lists before it
    if name != "rubric":
        return [replace(line, text=words, is_new=True)]
    kind = Kind.HEADING
    return [replace(line, text=words, kind=kind, level=2, ordinal=ordinal, is_new=True)]


def _is_under(owner: Line, line: Line) -> bool:
    """Whether a line goes on with a directive, or is the argument that it lacks."""
    return line.indent > owner.indent or owner.text.endswith(".. container::")


def _is_inside(owner: Line, line: Line, read: list[Line]) -> bool:
    """Whether a line directly under a directive is an option, or more of a heading."""
    option = OPTION.fullmatch(line.text)
    if option:
        if option[1] == "alt" and option[2] and owner.text.startswith(".. image"):
            picture = replace(line, text=option[2], kind=Kind.IMAGE, is_new=True)
            read.append(picture)
        return True
    if owner.text.endswith(".. container::"):
        return True
    if not owner.text.startswith(".. rubric") or read[-1].kind is not Kind.HEADING:
        return False
    read[-1] = replace(read[-1], text=f"{read[-1].text} {line.text}")
    return True


def _underlines(line: Line, read: list[Line]) -> bool:
    """Make a heading of the line above an underline; True if this line is one."""
    if not UNDERLINE.fullmatch(line.text):
        return False
    if (
        not line.gap
        and read
        and read[-1].kind is None
        and len(line.text) >= len(read[-1].text)
    ):
        level = min(LEVELS.index(line.text[0]) + 1, 6)
        read[-1] = replace(read[-1], kind=Kind.HEADING, level=level, is_new=True)
    return True


def _read_line(line: Line, pictures: dict[str, str]) -> Line:
    """A line of text: list mark, line block, and names of pictures read."""
    text = line.text
    if "|" in text:
        if found := LINE_BLOCK.match(text):
            line = replace(line, text=text[found.end() :], is_new=True)
        text = SUBSTITUTION.sub(
            lambda found: pictures.get(
                found[1], "" if UNNAMED.fullmatch(found[1]) else found[0]
            ),
            line.text,
        )
        line = replace(line, text=text)
    text = ESCAPED_SPACE.sub("", text)
    mark = find_mark(text)
    if mark is None:
        return replace(line, text=text)
    content = line.width - len(mark.rest)
    return replace(
        line,
        text=mark.rest,
        kind=Kind.ITEM,
        ordinal=mark.ordinal,
        content=content,
        is_new=True,
    )


def take_roles(text: str) -> str:
    """Write the inline marks of reStructuredText that Markdown has in its way.

    Example:
        >>> take_roles("See `the code </x>`__ and :button:`Accept`")
        'See [the code](.) and Accept'
    """
    if "`" not in text:
        return text
    return ROLE.sub(r"\1", LINK.sub(_write_link, text)).replace("``", "")


def _write_link(found: re.Match[str]) -> str:
    words = found[1]
    return words if "[" in words or "]" in words else f"[{words}](.)"

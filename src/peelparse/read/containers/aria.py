"""An ARIA snapshot, as Playwright writes one, to the nodes of an accessibility tree.

A snapshot is a nested list, each line a node: its role, its name in quotation marks,
attributes in brackets, and after a colon its text. Lines that begin with `/` are
properties. YAML's quotation marks stand around what would else be misread.
"""

import json
import re
from typing import Final, cast

from peelparse.read.containers.axtree import BLOCKS, CLOSING, TEXTS, Writer
from peelparse.read.containers.member import Member, Members
from peelparse.read.decode import decode
from peelparse.read.limits import Budget

LINE: Final = re.compile(r"( *)- (?:'((?:[^']|'')*)'|(.*?))(:(?: +(.*))?)?$")
NODE: Final = re.compile(r"([a-z]+)(?: (\"(?:[^\"\\]|\\.)*\"))?((?: \[[^\]]*\])*)")
LEVEL: Final = re.compile(r"\[level=(\d)\]")
# in which all runs of text are of one block
WHOLE: Final = frozenset(("paragraph", "listitem", "cell", "term", "definition"))
RUNS: Final = TEXTS | {"link", "strong", "emphasis"}

Tree = dict[str, object]
"""A node in the nested shape that `axtree.Writer` takes."""


def read_aria(data: bytes, budget: Budget) -> Members:
    """Read the page that an ARIA snapshot tells of."""
    root = _make_node("document", "")
    open_nodes = [(-1, root)]
    for line in decode(data).text.splitlines():
        budget.count()
        found = LINE.match(line)
        if not found:
            continue
        indent, quoted, plain, _, value = found.groups()
        node = NODE.fullmatch(quoted.replace("''", "'") if quoted else plain)
        if not node:
            continue  # a property, or a line that is none
        while open_nodes[-1][0] >= len(indent):
            open_nodes.pop()
        made = _make_node(node[1], _unquote(node[2]), _unquote(value))
        if level := LEVEL.search(node[3]):
            made["level"] = int(level[1])
        _add(open_nodes[-1][1], made)
        open_nodes.append((len(indent), made))
    html = f"<body>{Writer({}, budget).write(root)}</body>"
    yield Member(
        data=html.encode("utf-8", "replace"),
        format="axtree",
        form="html",
        encoding="utf-8",
    )


def _make_node(role: str, name: str, text: str = "") -> Tree:
    """A node; its text is a run in it, but for what is a run, whose name it is."""
    if role in RUNS:
        return {"role": role, "name": name or text, "children": []}
    text = text or (name if role in BLOCKS and role != "button" else "")
    inside = [_make_node("text", text)] if text else []
    return {"role": role, "name": name, "children": inside}


def _add(parent: Tree, node: Tree) -> None:
    """Add a node to its parent, with the space that a snapshot leaves out."""
    children = cast("list[Tree]", parent["children"])
    if children and children[0]["name"] == parent["name"] != "":
        children.clear()  # its name says again what is in it
    name = str(node["name"])
    is_run = parent["role"] in WHOLE and node["role"] in RUNS and children
    if is_run and not name.startswith(CLOSING):
        node["name"] = f" {name}" if name else ""
    children.append(node)


def _unquote(text: str | None) -> str:
    """A name or value without YAML's quotation marks."""
    if not text:
        return ""
    if text[:1] == '"' == text[-1:]:
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    if text[:1] == "'" == text[-1:]:
        return text[1:-1].replace("''", "'")
    return text

"""An accessibility tree as JSON, of Puppeteer, Playwright or DevTools, to HTML.

The tree is what a browser tells a screen reader: headings with levels, links, names of
images, runs of text. Puppeteer's tree has no paragraphs and lists; where one run of
text ends a block is then told by the white space and punctuation around it.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from peelparse.errors import LimitError, UnsupportedFormatError
from peelparse.read.containers.json_rows import Value, iter_values, make_depth_error
from peelparse.read.containers.member import Member, Members
from peelparse.read.decode import decode
from peelparse.read.limits import Budget, advise_raising

Node = Mapping[str, object]
"""One node, in either of the two shapes."""

BLOCKS: Final = {
    "list": "ul",
    "listitem": "li",
    "paragraph": "p",
    "table": "table",
    "grid": "table",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
    "navigation": "nav",
    "contentinfo": "footer",
    "banner": "header",
    "main": "main",
    "article": "article",
    "complementary": "aside",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "details": "details",
    "blockquote": "blockquote",
    "descriptionlist": "dl",
    "term": "dt",
    "definition": "dd",
    "button": "button",
    "disclosuretriangle": "summary",
    "disclosuretrianglegrouped": "summary",
}
TEXTS: Final = frozenset(("statictext", "text"))
IMAGES: Final = frozenset(("image", "img", "graphics-document", "graphics-symbol"))
BREAKS: Final = frozenset(("linebreak", "line break"))
STRONG: Final = {"strong": "strong", "emphasis": "em", "link": "a"}
INLINE: Final = frozenset(
    (
        "time",
        "code",
        "mark",
        "abbr",
        "superscript",
        "subscript",
        "insertion",
        "deletion",
    )
)
PASSED: Final = frozenset(
    (
        "inlinetextbox",
        "listmarker",
        "search",
        "searchbox",
        "textbox",
        "combobox",
        "iframe",
    )
)
CLOSING: Final = tuple(".,;:!?)]’”")
OPENING: Final = tuple("([‘“")


def read_axtree(data: bytes, budget: Budget) -> Members:
    """Read the page that an accessibility tree tells of."""
    value = next(iter_values(decode(data).text), None)
    if isinstance(value, LimitError):
        raise value
    content = value.content if isinstance(value, Value) else None
    if not isinstance(content, dict):
        raise UnsupportedFormatError(
            "reading the accessibility tree",
            "JSON that breaks off",
            "the whole tree",
            "export it again, or save the page as HTML",
        )
    nodes = content.get("nodes")
    flat = {str(node.get("nodeId")): node for node in _objects(nodes)}
    root = next(iter(flat.values())) if flat else content
    address = root.get("url") or _property(root, "url")
    title = _get(root, "name")
    writer = Writer(flat, budget)
    html = f"<title>{escape(title)}</title><body>{writer.write(root)}</body>"
    yield Member(
        data=html.encode("utf-8", "replace"),
        format="axtree",
        form="html",
        lost_lists=True,
        encoding="utf-8",
        address=address if isinstance(address, str) else None,
    )


class Writer:
    """Writes one tree as HTML, a line a block, for the reader of HTML."""

    def __init__(self, flat: Mapping[str, Node], budget: Budget) -> None:
        """Args as those of `read_axtree`; `flat` is empty for a nested tree."""
        self.flat = flat
        self.budget = budget
        self.parts: list[str] = []
        self.run: list[str] = []
        self.last = ""  # the text that the run ends with; a break ends it with a space

    def write(self, root: Node) -> str:
        """Write the tree under a node."""
        stack: list[tuple[Node | str, int]] = [(root, 0)]
        while stack:
            node, depth = stack.pop()
            self.budget.count()  # a tree whose nodes hold each other has no end
            if depth > self.budget.limits.json_depth:
                raise make_depth_error(advise_raising("json_depth"))
            if isinstance(node, str):
                self.end_run()
                self.parts.append(node)
                continue
            closing = self.open(node)
            if closing is None:
                continue
            if closing:
                stack.append((closing, depth))
            children = self.find_children(node)
            stack.extend((child, depth + 1) for child in reversed(children))
        self.end_run()
        return "".join(self.parts)

    def open(self, node: Node) -> str | None:
        """Write a node's beginning.

        Returns:
            What closes it after its children; empty if it is transparent; None if
            the node is done.
        """
        role = _get(node, "role").lower()
        if node.get("ignored") is True:
            return ""
        if role in PASSED:
            return None
        if role == "heading":
            self.add_heading(node)
            return None
        tag = BLOCKS.get(role)
        return self.open_block(node, tag) if tag else self.add_inline(node, role)

    def open_block(self, node: Node, tag: str) -> str | None:
        """Write the beginning of a block, or all of one that is only a name."""
        self.end_run()
        self.parts.append(f"\n<{tag}>")
        if tag in {"button", "summary"} and not self.holds(node, {"heading"}):
            self.parts.append(f"{escape(_get(node, 'name'))}</{tag}>")
            return None
        return f"</{tag}>"

    def add_inline(self, node: Node, role: str) -> str | None:
        """Write a node that stands in a run of text, or that is transparent."""
        name = _get(node, "name")
        if role in BREAKS:
            self.run.append("<br>")
            self.last = " "
        elif role in IMAGES:
            self.run.append(f'<img alt="{escape(name)}">')
        elif role in TEXTS:
            self.add_text(name, escape(name))
        elif role in STRONG and not self.holds(node, {"heading", "list", "paragraph"}):
            text = name or self.gather(node)
            tag = STRONG[role]
            self.add_text(text, f"<{tag}>{escape(text)}</{tag}>")
        elif role in INLINE:
            return ""
        elif self.find_children(node):
            self.end_run()  # a box, whatever it is called
            return "\n"
        return None

    def add_heading(self, node: Node) -> None:
        """Write a heading with its own name, and the images in it."""
        self.end_run()
        level = node.get("level", _property(node, "level"))
        tag = f"h{level}" if level in range(1, 7) else "h2"
        name = _get(node, "name") or self.gather(node)
        self.parts.append(f"\n<{tag}>{escape(name)}</{tag}>")

    def add_text(self, text: str, html: str) -> None:
        """Add to the run of text; a new run if the text cannot go on from the last."""
        joins = (
            not self.last
            or self.last[-1:].isspace()
            or text[:1].isspace()
            or text.startswith(CLOSING)
            or self.last.endswith(OPENING)
        )
        if not joins:
            self.end_run()
        self.run.append(html)
        self.last = text

    def end_run(self) -> None:
        """Write the run of text as a paragraph."""
        if self.run:
            self.parts.append(f"\n<p>{''.join(self.run)}</p>")
        self.run, self.last = [], ""

    def find_children(self, node: Node) -> Sequence[Node]:
        """The nodes inside a node, in page order."""
        if self.flat:
            ids = node.get("childIds")
            found = (
                [self.flat.get(str(key)) for key in ids]
                if isinstance(ids, list)
                else []
            )
            return [child for child in found if child is not None]
        return list(_objects(node.get("children")))

    def iter_inside(self, node: Node) -> Iterator[Node]:
        """All nodes inside a node, in page order, as far as the limits go."""
        stack = list(reversed(self.find_children(node)))
        while stack:
            inner = stack.pop()
            self.budget.count()
            yield inner
            stack.extend(reversed(self.find_children(inner)))

    def holds(self, node: Node, roles: set[str]) -> bool:
        """Whether a node of one of the roles is inside a node."""
        return any(
            _get(inner, "role").lower() in roles for inner in self.iter_inside(node)
        )

    def gather(self, node: Node) -> str:
        """The text inside a node that has no name."""
        return "".join(
            _get(inner, "name")
            for inner in self.iter_inside(node)
            if _get(inner, "role").lower() in TEXTS
        )


def _objects(value: object) -> Iterator[Node]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def _get(node: Node, name: str) -> str:
    """A node's role or name: plain in one shape, an object with `value` in the other."""
    value = node.get(name)
    if isinstance(value, dict):
        value = value.get("value")
    return value if isinstance(value, str) else ""


def _property(node: Node, name: str) -> object:
    for item in _objects(node.get("properties")):
        if item.get("name") == name:
            value = item.get("value")
            return value.get("value") if isinstance(value, dict) else value
    return None

"""Text copies: what each kind of tool writes, and laws that hold for any text.

`fixtures/snippets/*.cases` holds small copies, a file for each family of tools. A case
is a title, the copy, and the blocks and dialect that it gives. `␌` stands for a form
feed and `␈` for a backspace.
"""

import re
from collections import Counter
from functools import partial
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import FIXTURES
from peelparse.blocks import Block
from peelparse.read.dialects.columns import _trim
from peelparse.read.dialects.lines import Line, Row
from peelparse.read.dialects.markdown import has_stray_tags
from peelparse.read.dialects.marks import join_stars
from peelparse.read.dialects.running_labels import _find_same
from peelparse.read.from_text import TextPage, read_text
from steps import count_calls

SNIPPETS: Final = sorted((FIXTURES / "snippets").glob("*.cases"))
CASE: Final = re.compile(
    r"^=== (?P<title>.+)\n(?P<input>(?s:.*?))^==> (?P<dialect>\w+)\n(?P<blocks>(?:(?!=== ).*\n)*)",
    re.MULTILINE,
)
SHOWN: Final = str.maketrans({"␌": "\f", "␈": "\b"})
WORD: Final = re.compile(r"\w{2,}")


def dump(block: Block) -> str:
    """A block on one line: kind and level, number, marks, words."""
    kind = f"{block.kind.value}{block.level or ''}"
    marks = "".join(
        mark
        for mark, is_set in (
            ("b", block.strong),
            ("l", block.link),
            ("c", block.continues),
        )
        if is_set
    )
    parts = [kind, "" if block.ordinal is None else f"#{block.ordinal}", marks]
    return f"{' '.join(part for part in parts if part)} | {block.text}"


def dump_page(page: TextPage) -> list[str]:
    """A page as in the case files."""
    said = [("title", page.title), ("address", page.address), ("saved", page.saved)]
    return [
        *(f"{name} = {value}" for name, value in said if value),
        *(dump(block) for block in page.blocks),
    ]


CASES: Final = [
    pytest.param(found, id=f"{path.stem}: {found['title']}")
    for path in SNIPPETS
    for found in CASE.finditer(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_snippet(case: re.Match[str]) -> None:
    page = read_text(case["input"].translate(SHOWN))
    assert dump_page(page) == [line for line in case["blocks"].split("\n") if line]
    assert page.dialect == case["dialect"]


def test_every_snippet_file_is_read_whole() -> None:
    for path in SNIPPETS:
        text = path.read_text(encoding="utf-8")
        assert len(CASE.findall(text)) == len(
            re.findall(r"^=== ", text, re.MULTILINE)
        ), path


# laws

PLAIN_WORDS: Final = st.from_regex(r"[A-Za-z][a-z]{1,9}", fullmatch=True)
SENTENCES: Final = st.lists(PLAIN_WORDS, min_size=1, max_size=30).map(
    lambda words: " ".join(words) + "."
)
GAPS: Final = st.sampled_from(["\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n"])
STARTS: Final = st.sampled_from(
    [
        "",
        "",
        "",
        "• ",
        "  * ",
        "- ",
        "    o ",
        "1. ",
        "## ",
        "**",
        "> ",
        "| ",
        ".. ",
        "   ",
    ]
)
COPIES: Final = st.lists(
    st.tuples(STARTS, SENTENCES, GAPS), min_size=1, max_size=25
).map(lambda lines: "".join(f"{start}{words}{gap}" for start, words, gap in lines))


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


@given(COPIES)
def test_every_word_is_in_one_block_and_in_order(text: str) -> None:
    read = [word for block in read_text(text).blocks for word in words_of(block.text)]
    assert read == words_of(text)


@given(
    st.text(max_size=400)
    | st.lists(
        st.sampled_from(list("ab.:;|*#-_=[]()<>`\\ \n\f\b!?&•´^~+1")), max_size=120
    ).map("".join)
)
def test_any_text_is_read(text: str) -> None:
    page = read_text(text)
    assert all(block.text == block.text.strip() != "" for block in page.blocks)
    assert all(
        1 <= block.line <= text.count("\n") + text.count("\r") + 60
        for block in page.blocks
    )


@given(COPIES)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read_text(text) == read_text(text)


LONG: Final = st.lists(
    st.from_regex(r"[a-z]{2,9}", fullmatch=True), min_size=40, max_size=70
).map(lambda words: " ".join(words).capitalize() + ".")


@given(
    st.lists(LONG, min_size=5, max_size=8),
    st.integers(50, 78),
    st.sampled_from(["\n\n", "\n"]),
)
def test_a_wrapped_copy_gives_the_paragraphs_of_the_whole_one(
    paragraphs: list[str], width: int, gap: str
) -> None:
    page = read_text(gap.join("\n".join(wrap(words, width)) for words in paragraphs))
    assert page.dialect == "wrapped"
    if gap == "\n\n":
        assert [block.text for block in page.blocks] == paragraphs


def wrap(text: str, width: int) -> list[str]:
    """Break a text as copiers do: before the word that does not fit."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def test_columns_lose_no_word() -> None:
    left = [f"Link {name}" for name in "abcdefghijklmnop"]
    right = wrap("The force knows its streets well and visits them often, " * 8, 40)
    text = "\n".join(
        f"{a:<20}{b}" for a, b in zip(left, right[: len(left)], strict=False)
    )
    read = [word for block in read_text(text).blocks for word in words_of(block.text)]
    assert Counter(read) == Counter(words_of(text))


# text or HTML


@pytest.mark.parametrize(
    ("data", "is_text"),
    [
        (
            b"<div>\n\n# Title\n\n- [One](/a)\n- [Two](/b)\n\n</div>\n<div>\n</div>\n",
            True,
        ),
        (b"<p>One</p>\n<p>Two</p>\n<p>Three</p>\n", False),
        (b"\n\n".join(b"Line %d" % n for n in range(40)) + b"\n'<b>x</b>'", True),
    ],
)
def test_text_with_stray_tags_is_no_html(data: bytes, *, is_text: bool) -> None:
    assert has_stray_tags(data) is is_text


# cost

PUMPS: Final = (
    "a ", "* ", "**", "[", "](", "[x](", "![", "_", "`", "<a ", "<!--", "| ", "|", "-", "=",
    "+-", "┌", "  x", "\n", " \n", "a\n", "• ", "• a;\n", "1. ", "(", ")", "\\", "?", "a? ",
    "A: ", "a.b ", "a. B", "[1]a ", "\f\n", "http://", "{", "[a]{", "Good ", "x_x ", "; and ",
    "**A** ", "Good\n", "> ", "# a\n", "a\n---\n", ".. x::\n", "`a <b>`__ ", "A  B  C\n",
)  # fmt: skip


@pytest.mark.parametrize("pump", PUMPS)
def test_steps_grow_with_the_length(pump: str) -> None:
    size = 4_000 // len(pump)
    short, long = (
        count_calls(partial(read_text, pump * count)) for count in (size, size * 4)
    )
    assert long < 4.5 * short + 200


# steps that ordinary copies reach only together


def test_an_opened_heading_that_nothing_closes_is_a_line() -> None:
    lines = [Line(f"{start}line {n}", n) for n, start in enumerate(["** ", *[""] * 6])]
    assert join_stars(lines) == lines


def test_text_that_crosses_a_gutter_goes_on_to_a_blank_row() -> None:
    texts = ("words that cross the place", "go on", "left  right", "left  right")
    rows = [Row(text, number) for number, text in enumerate(texts)]
    assert _trim(rows, 6, 0, 4) == (2, 4)
    above = [Row("words that cross the place", 0), Row("", 0)]
    assert _trim([*rows[2:], *above], 6, 0, 4) == (0, 2)
    assert _trim(rows[:2], 6, 0, 2) == (0, 2)  # no gap at all


def test_the_same_words_to_the_end_are_no_name() -> None:
    assert _find_same("Police powers", "Police powers") == ""
    assert (
        _find_same("Police powers Good", "Police powers The force") == "Police powers"
    )

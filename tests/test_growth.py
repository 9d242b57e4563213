"""Cost in proportion: steps are counted, not timed; short ways miss nothing."""

from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import peelparse
from cases import recognise
from peelparse.errors import LimitError
from peelparse.read.from_html import read_html
from peelparse.recognise.forms import Form, TitleForm
from peelparse.recognise.vocabulary import standard_vocabulary
from steps import count_calls

WORDS: Final = standard_vocabulary()
PATTERNS: Final = WORDS.patterns
TOP: Final = (
    "<!doctype html><html><body><h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2>"
    "<p>Good</p><h2>Questions for Effectiveness</h2><h3>1. How effective is it?</h3>"
    "<p>Good</p><p>The force:</p>"
)
TEXT: Final = "Northshire PEEL 2017\n\nEffectiveness\n\nGood\n\nThe force:\n\n"
# what a page may hold any number of
SHAPES: Final[dict[str, Callable[[int], str]]] = {
    "paragraphs": lambda n: TOP + "<p>It has plans for all of it.</p>" * n,
    "bullets": lambda n: f"{TOP}<ul>{'<li>plans and acts' * n}</ul>",
    "questions": lambda n: (
        TOP
        + "".join(
            f"<h3>{i}. How good is work {i}?</h3><p>Good</p><p>It is.</p>"
            for i in range(n)
        )
    ),
    "titles": lambda n: TOP + "".join(f"<p>Ashby{i} PEEL 2017</p>" for i in range(n)),
    "grades": lambda n: TOP + "<p>Good</p>" * n,
    "levels": lambda n: f"{TOP}{'<div>' * n}words{'</div>' * n}",
    "breaks": lambda n: f"{TOP}<p>{'plans of it<br>' * n}",
    "pictures": lambda n: f"{TOP}<p>{'<img alt=plan><br>' * n}",
    "phrases": lambda n: f"{TOP}<p>{'<b>plans</b> of <a>it</a>' * n}",
    "cells": lambda n: f"{TOP}<table><tr><th>a{'<tr><td>Good' * n}</table>",
    "menu": lambda n: f"<nav>{'<a>plans</a><script>x</script> ' * n}</nav>{TOP}",
    "areas": lambda n: (
        TOP.replace("2017", "2021/22")
        + "".join(f"<h2>Area {i}</h2><p>Good</p><p>It is good.</p>" for i in range(n))
    ),
    "text lines": lambda n: TEXT + "plans and acts of it.\n" * n,
    "text bullets": lambda n: TEXT + "- plans and acts\n" * n,
    "Markdown": lambda n: "# Northshire PEEL 2017\n\n## Good\n\n" + "* plans\n" * n,
}


def count_steps(page: str) -> int:
    """Calls of functions, those in C too, that a page takes."""
    outcome = recognise(page.encode(), "page")
    assert outcome.is_report
    return count_calls(lambda: recognise(page.encode(), "page"))


@pytest.mark.parametrize("shape", SHAPES)
def test_steps_grow_in_proportion(shape: str) -> None:
    make = SHAPES[shape]
    count_steps(make(1))  # what is loaded once
    least, some, many = (count_steps(make(size)) for size in (10, 100, 800))
    assert many - least < 1.2 * (some - least) * (800 - 10) / (100 - 10)


def test_a_text_of_too_many_lines() -> None:
    with pytest.raises(LimitError, match="500,004 lines"):
        peelparse.parse("Northshire PEEL 2017\n\n\n\n" + "a\n" * 500_000)


# short ways

RARE: Final = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@pytest.mark.parametrize("form", [*PATTERNS.titles, *PATTERNS.editions])
def test_every_title_of_a_form_has_its_words(form: TitleForm) -> None:
    @RARE
    @given(st.from_regex(WORDS.pattern(form.pattern), fullmatch=True))
    def check(line: str) -> None:
        assert form.may_fit(line)
        assert form.is_undated or "20" in line

    check()


@pytest.mark.parametrize("name", PATTERNS.form_words)
def test_every_line_of_a_form_has_its_words(name: str) -> None:
    cased = {"inspector", "office", "organisation"}
    pattern = WORDS.pattern(getattr(PATTERNS, name), ignore_case=name not in cased)

    @RARE
    @given(st.from_regex(pattern, fullmatch=True))
    def check(line: str) -> None:
        assert any(word in line.casefold() for word in PATTERNS.form_words[name])

    check()


@pytest.mark.parametrize("form", [*PATTERNS.statuses, *PATTERNS.standing_stated])
def test_every_standing_sentence_has_its_words(form: Form) -> None:
    is_whole = form in PATTERNS.standing_stated

    @RARE
    @given(st.from_regex(WORDS.pattern(form.pattern), fullmatch=is_whole))
    def check(line: str) -> None:
        assert form.may_fit(line)

    check()


def test_words_of_a_menu_stand_in_page_order() -> None:
    page = "<nav>one <b>two</b> three<script>x</script> four<i>five</i></nav><p>six"
    seen = "<nav>one <b>two</b> three four<i>five</i></nav><p>six"
    for html in (page, seen):
        blocks = read_html(html.encode(), "utf-8")[1]
        assert [block.text for block in blocks] == ["one two three four five", "six"]


def test_odd_letters_are_no_marks() -> None:
    page = "Northshire PEEL 2017\n\nEffectiveness\n\nGood\n\nThe château is good.\n"
    assert peelparse.parse(page).judgements[0].summary == ["The château is good."]


def test_a_picture_that_says_what_stands_beside_it() -> None:
    blocks = read_html(b'<p><img alt="Good">Good<br>now<img alt="Fair"></p>', "utf-8")[
        1
    ]
    assert [block.text for block in blocks] == ["Good", "now", "Fair"]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_mark_of_its_encoding_is_no_text(mark: bytes) -> None:
    report = peelparse.parse(mark + TOP.encode() + "<p>It’s good.</p>".encode())
    assert (report.title, report.source.encoding) == ("Northshire PEEL 2017", "utf-8")

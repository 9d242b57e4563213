"""The laws that every page and report keeps, on all cases and on drawn pages."""

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final, NoReturn

import jsonschema
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement

from cases import ROOT, Case, Outcome, list_cases, list_report_cases, recognise, run
from markups import MARKUPS, draw_html, draw_text
from pages import SKETCHES, STATUSES, Sketch
from peelparse.blocks import Block, Kind
from peelparse.recognise import Recognition
from peelparse.report import Item, Judgement, Question, Report
from peelparse.write import read_json, write_json, write_schema
from truth import Json, Object, compare, read_truth

CASES: Final = list_report_cases()
HTML_CASES: Final = [case for case in CASES if case.page.suffix == ".html"]
SCHEMA: Final = jsonschema.Draft202012Validator(json.loads(write_schema()))
LISTS: Final = (
    "findings",
    "areas_for_improvement",
    "causes_of_concern",
    "recommendations",
    "innovative_practice",
)
BULLETS: Final = re.compile(r"[•●○◦▪▫■□‣⁃∙·◆►➢❖✓\uf0b7\uf0a7]")
INVISIBLE: Final = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
UNSEEN: Final = [
    "head",
    "script",
    "style",
    "template",
    "iframe",
    "noscript",
    "del",
    "s",
    "strike",
    "object",
    "embed",
    "select",
    "option",
    "textarea",
    "input",
    "datalist",
    "math",
    "svg",
    "img",
    "area",
    "audio",
    "video",
    "canvas",
    "title",
    "link",
    "meta",
]
slow: Final = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def name(case: Case) -> str:
    return case.name


each_case: Final = pytest.mark.parametrize("case", CASES, ids=name)
each_html_case: Final = pytest.mark.parametrize("case", HTML_CASES, ids=name)
each_markup: Final = pytest.mark.parametrize("markup", MARKUPS)


def expect(outcome: Outcome) -> Recognition:
    """The recognition that an outcome must hold."""
    assert outcome.recognition is not None, outcome.error
    return outcome.recognition


def reduce(part: Report | Question | Judgement, *left_out: str) -> Json:
    """A part of a report without what copies of one page may differ in."""
    passed = {"line", "source", "coverage", "diagnostics", *left_out}
    return prune(json.loads(msgspec.json.encode(part)), passed)


def prune(value: Json, passed: set[str]) -> Json:
    """A tree without the keys that are passed over."""
    if isinstance(value, dict):
        return {k: prune(part, passed) for k, part in value.items() if k not in passed}
    if isinstance(value, list):
        return [prune(part, passed) for part in value]
    return value


def iter_words(report: Report) -> Iterator[str]:
    """Every string of a report that must be the page's own."""
    yield from filter(None, [report.title])
    if report.force and report.force.source in {"title", "text"}:
        yield report.force.name
    for judgement in report.judgements:
        yield from filter(None, [judgement.question, judgement.statement])
        yield from judgement.summary
    for question in report.questions:
        yield question.text
        yield from [*question.narrative, *question.subheadings]
        for item in iter_items(question):
            yield from filter(None, [item.text, item.lead_in, item.heading])
            yield from item.detail
    if letter := report.observations:
        yield from filter(None, [letter.heading, letter.inspector, letter.office])
        yield from letter.paragraphs
    yield from report.stated.paragraphs
    yield from (unclaimed.text for unclaimed in report.coverage.unclaimed)


def iter_items(question: Question) -> Iterator[Item]:
    for each in LISTS:
        yield from getattr(question, each)


def strip(text: str) -> str:
    """Text without white space, invisible characters and bullets."""
    return BULLETS.sub("", INVISIBLE.sub("", text))


# the laws, each on one outcome


def check_report(outcome: Outcome) -> None:
    """Every law that needs one report only."""
    page, recognition = outcome.page, expect(outcome)
    assert page is not None
    report = recognition.report
    SCHEMA.validate(json.loads(write_json(report)))
    assert read_json(write_json(report)) == report
    assert read_json(write_json(report, pretty=True)) == report
    check_conservation(recognition, page.blocks)
    check_verbatim(report, {block.text for block in page.blocks} | {page.heading or ""})
    check_no_invention(report)


def check_conservation(recognition: Recognition, blocks: tuple[Block, ...]) -> None:
    """Each block has one place; what was placed is there, and is there once."""
    cover, places = recognition.report.coverage, recognition.places
    assert len(places) == len(blocks) == cover.blocks
    assert cover.blocks == cover.placed + cover.chrome + len(cover.unclaimed)
    fields = [place.field for place in places]
    assert fields.count("chrome") == cover.chrome
    assert [
        block.text
        for block, field in zip(blocks, fields, strict=True)
        if field == "unclaimed"
    ] == [unclaimed.text for unclaimed in cover.unclaimed]
    tree: Object = json.loads(write_json(recognition.report))
    for block, place in zip(blocks, places, strict=True):
        assert place.rule, block
        if place.field not in {"chrome", "unclaimed"}:
            check_place(block.text, place.field, find_values(tree, place.field))
    used = Counter(iter_texts(recognition.report))
    for text, times in used.items():
        assert times <= sum(text in block.text for block in blocks), text


def iter_texts(report: Report) -> Iterator[str]:
    """The entries of lists, each of which uses up a block."""
    for judgement in report.judgements:
        yield from judgement.summary
    for question in report.questions:
        yield from [*question.narrative, *question.subheadings]
        for item in iter_items(question):
            yield from [item.text, *item.detail]
    if report.observations:
        yield from report.observations.paragraphs
    yield from report.stated.paragraphs
    yield from (unclaimed.text for unclaimed in report.coverage.unclaimed)


def check_place(text: str, field: str, values: list[str]) -> None:
    """What a block is said to have become is there, in the block's words."""
    kind = field.rpartition(".")[2]
    if kind == "grade":  # of a status line, the status is what it became
        return
    assert values, (field, text)
    if kind not in {"last_updated", "number", "pillar"}:
        assert any(v in text or text in v for v in values), (field, text)


def find_values(tree: object, path: str) -> list[str]:
    """What a report holds at a path such as `questions[2].findings.lead_in`."""
    values = [tree]
    for step in re.findall(r"\w+", path):
        values = [part for value in values for part in take_step(value, step)]
    leaves = [part for value in values for part in take_leaves(value)]
    return [str(leaf) for leaf in leaves if leaf is not None]


def take_step(value: object, step: str) -> list[object]:
    """What is one step further: of a list by number, by pillar, or of all its items."""
    if isinstance(value, dict):
        return [value[step]]
    assert isinstance(value, list), step
    if step.isdecimal():
        return [value[int(step)]]
    named = [part for part in value if part.get("pillar") == step]
    return named or [part[step] for part in value]


def take_leaves(value: object) -> list[object]:
    """Every leaf under a value."""
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in take_leaves(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in take_leaves(part)]
    return [value]


def check_verbatim(report: Report, texts: set[str]) -> None:
    """Every string is a part of a block, or of the document's own title."""
    for words in iter_words(report):
        assert words in texts or any(words in text for text in texts), words


def check_no_invention(report: Report) -> None:
    """No grade without a status that allows it, no status without a source."""
    graded: list[Judgement | Question] = [*report.judgements, *report.questions]
    for part in graded:
        assert (part.grade_status == "graded") <= (part.grade is not None)
        if part.grade is not None:
            assert part.grade_status in {"graded", "carried_over"}
        assert (part.grade_source is None) == (part.grade_status == "not_stated")
        assert part.grade_source != "prose"


# on every case


@each_case
def test_laws_hold_for_every_case(case: Case) -> None:
    check_report(run(case))


def holds(text: str, wanted: str, *, is_printed: bool) -> bool:
    """Whether a copy holds words, in one piece or cut where a printed page ends."""
    ends = range(1, len(wanted)) if is_printed else ()
    return wanted in text or any(
        wanted[:end] in text and wanted[end:] in text for end in ends
    )


@each_case
def test_words_are_in_the_copy_itself(case: Case) -> None:
    outcome = run(case)
    assert outcome.page is not None
    text = case.read().decode(outcome.page.source.encoding)
    is_printed = "\f" in text
    if case.page.suffix == ".html":
        root = html.document_fromstring(text)
        alternatives = root.xpath("//img/@alt")
        text = " ".join([*root.itertext(), *map(str, alternatives)])
    text = strip(text).translate(str.maketrans("", "", "*_[]()#\\"))
    for words in iter_words(expect(outcome).report):
        wanted = strip(words).translate(str.maketrans("", "", "*_[]()#\\"))
        if case.page.suffix != ".md":  # addresses of links stand between the words
            assert holds(text, wanted, is_printed=is_printed), words


def iter_visible(element: HtmlElement) -> Iterator[str]:
    """The text that a reader can come to see, in page order.

    A heading's link to itself is no word of the page.
    """
    is_anchor = element.tag == "a" and element.text_content() in set("#¶§🔗")
    if isinstance(element.tag, str) and element.tag not in UNSEEN and not is_anchor:
        yield element.text or ""
        for child in element:
            yield from iter_visible(child)
            yield child.tail or ""


def check_words(data: bytes, outcome: Outcome) -> None:
    """Every visible character is in a block, in page order, and in one only."""
    assert outcome.page is not None
    text = data.decode(outcome.page.source.encoding)
    root = html.document_fromstring(text.encode(), html.HTMLParser(encoding="utf-8"))
    shown = [b.text for b in outcome.page.blocks if b.kind is not Kind.IMAGE]
    assert strip("".join(shown)) == strip("".join(iter_visible(root)))


@each_html_case
def test_every_visible_word_is_in_one_block(case: Case) -> None:
    check_words(case.read(), run(case))


@each_html_case
def test_every_alternative_text_is_in_a_block(case: Case) -> None:
    outcome = run(case)
    assert outcome.page is not None
    root = html.document_fromstring(case.read().decode(outcome.page.source.encoding))
    blocks = [block.text for block in outcome.page.blocks]
    for text in map(str, root.xpath("//img[not(@aria-hidden='true')]/@alt")):
        assert any(text in block for block in blocks)


class TestNoise:
    """What changes nothing on the page changes nothing in the report."""

    def check(self, case: Case, root: HtmlElement) -> None:
        data = html.tostring(root, encoding="unicode", doctype="<!doctype html>")
        noisy = recognise(data.encode(), case.page.name, case.about.address)
        assert reduce(expect(noisy).report) == reduce(expect(run(case)).report)

    def read(self, case: Case) -> HtmlElement:
        page = run(case).page
        assert page is not None
        return html.document_fromstring(case.read().decode(page.source.encoding))

    @each_html_case
    def test_attributes(self, case: Case) -> None:
        root = self.read(case)
        for number, element in enumerate(root.iter("*")):
            element.set("class", "good nav footer hidden menu")
            element.set("data-grade", "Inadequate")
            element.set("id", f"areas-for-improvement-{number}")
            element.set("style", "color: red")
        self.check(case, root)

    @each_html_case
    def test_wrapper_divs(self, case: Case) -> None:
        root = self.read(case)
        for tag in ("p", "ul", "ol", "h1", "h2", "h3", "section", "table"):
            for element in root.findall(f".//body//{tag}"):
                wrap(element, "div")
        self.check(case, root)

    @each_html_case
    def test_wrapper_spans(self, case: Case) -> None:
        root = self.read(case)
        for tag in ("strong", "a", "img", "em", "b"):
            for element in root.findall(f".//body//{tag}"):
                wrap(element, "span")
        self.check(case, root)

    @each_html_case
    def test_white_space(self, case: Case) -> None:
        root = self.read(case)
        for element in root.xpath("//body//*"):
            for side in ("text", "tail"):
                words = getattr(element, side)
                if words:
                    setattr(element, side, words.replace(" ", "\n\t  \r\n"))
        self.check(case, root)

    @each_html_case
    def test_comments_and_scripts(self, case: Case) -> None:
        root = self.read(case)
        for element in root.findall(".//body//p"):
            script = html.fromstring("<script>grade('Good')</script>")
            element.addprevious(script)
            element.addprevious(html.HtmlComment("Areas for improvement"))
        self.check(case, root)

    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    @each_case
    def test_line_ends_of_text(self, case: Case, end: str, mark: str) -> None:
        if case.page.suffix == ".html":
            pytest.skip("a text copy's law")
        text = mark + case.read().decode().replace("\n", end)
        noisy = recognise(text.encode(), case.page.name, case.about.address)
        assert reduce(expect(noisy).report) == reduce(expect(run(case)).report)


def wrap(element: HtmlElement, tag: str) -> None:
    """Put an element into a new one; what follows it stays behind."""
    parent = element.getparent()
    assert parent is not None
    wrapper = html.Element(tag)
    wrapper.tail, element.tail = element.tail, None
    parent.replace(element, wrapper)
    wrapper.append(element)


# on drawn pages


@slow
@given(SKETCHES)
def test_text_gives_what_was_drawn(sketch: Sketch) -> None:
    outcome = recognise(draw_text(sketch), "page.txt")
    recognition = expect(outcome)
    assert compare(sketch.tell(), recognition.report) == ([], [])
    assert recognition.report.coverage.unclaimed == []
    check_report(outcome)


@each_markup
@slow
@given(sketch=SKETCHES)
def test_html_gives_what_was_drawn(markup: str, sketch: Sketch) -> None:
    data = draw_html(sketch, MARKUPS[markup])
    outcome = recognise(data, "page.html")
    recognition = expect(outcome)
    truth = sketch.tell(MARKUPS[markup].source)
    assert compare(truth, recognition.report) == ([], [])
    assert recognition.report.coverage.unclaimed == []
    check_report(outcome)
    check_words(data, outcome)


@each_markup
@slow
@given(sketch=SKETCHES)
def test_copies_agree(markup: str, sketch: Sketch) -> None:
    text = recognise(draw_text(sketch), "page")
    page = recognise(draw_html(sketch, MARKUPS[markup]), "page")
    left_out = ["grade_source"] if markup == "details" else []
    assert reduce(expect(page).report, *left_out) == reduce(
        expect(text).report, *left_out
    )


def draw_all(sketch: Sketch) -> Iterator[bytes]:
    yield draw_text(sketch)
    for markup in MARKUPS.values():
        yield draw_html(sketch, markup)


@slow
@given(sketch=SKETCHES, order=st.randoms(use_true_random=False))
def test_nothing_binds_by_order(sketch: Sketch, order: Random) -> None:
    questions = list(sketch.questions)
    order.shuffle(questions)
    moved = msgspec.structs.replace(sketch, questions=tuple(questions))
    for data, other in zip(draw_all(sketch), draw_all(moved), strict=True):
        before = expect(recognise(data, "page")).report
        after = expect(recognise(other, "page")).report
        found = {question.text: reduce(question, "id") for question in after.questions}
        assert list(found) == [question.text for question in questions]
        for question in before.questions:
            assert found[question.text] == reduce(question, "id")
        assert list(map(reduce, after.judgements)) == list(
            map(reduce, before.judgements)
        )


@slow
@given(sketch=SKETCHES, data=st.data())
def test_a_lost_grade_moves_no_other(sketch: Sketch, data: st.DataObject) -> None:
    lost = data.draw(st.integers(0, len(sketch.questions) - 1))
    questions = list(sketch.questions)
    questions[lost] = msgspec.structs.replace(questions[lost], grade=None)
    poorer = msgspec.structs.replace(sketch, questions=tuple(questions))
    for page in draw_all(poorer):
        report = expect(recognise(page, "page")).report
        assert [question.grade for question in report.questions] == [
            None if asked.grade in STATUSES else asked.grade for asked in questions
        ]


# determinism and purity


def test_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]);"
        "from cases import list_cases, run;"
        "print(hashlib.sha256(b''.join(run(c).write() for c in list_cases())).hexdigest())"
    )
    here = str(Path(__file__).parent)
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, here],
            env=os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, locale, zone in (("0", "C", "UTC"), ("1", "C.UTF-8", "Asia/Tokyo"))
    }
    written = b"".join(run(case).write() for case in list_cases())
    digest = hashlib.sha256(written).hexdigest()
    assert {found.strip() for found in digests} == {digest.encode()}


@each_case
def test_same_bytes_twice(case: Case) -> None:
    again = recognise(case.read(), case.page.name, case.about.address)
    assert again.write() == run(case).write()


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No network, no clock, no other program."""

    def refuse(*_: object, **__: object) -> NoReturn:
        message = "parsing reaches out of the page"
        raise AssertionError(message)

    for module, names in (
        (socket, ("socket", "create_connection", "getaddrinfo")),
        (time, ("time", "time_ns", "localtime")),
        (subprocess, ("Popen",)),
        (os, ("system",)),
    ):
        for each in names:
            monkeypatch.setattr(module, each, refuse)


@pytest.mark.usefixtures("sealed")
@each_case
def test_parsing_touches_nothing_else(case: Case) -> None:
    assert recognise(case.read(), case.page.name, case.about.address).is_report


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("opening", ["", '<?xml version="1.0"?>\n'])
def test_no_entity_is_resolved(tmp_path: Path, opening: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of this machine")
    page = (
        f'{opening}<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">\n'
        f'<!ENTITY % y SYSTEM "{secret.as_uri()}"> %y;]>\n<html><body>'
        "<h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2><p>Good</p><p>&x;</p>"
        f'<iframe src="{secret.as_uri()}"></iframe></body></html>'
    )
    outcome = recognise(page.encode(), "page.html")
    assert b"a secret" not in outcome.write()
    assert expect(outcome).report.force is not None


@pytest.mark.usefixtures("sealed")
def test_entity_bombs_stay_small() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">{levels}]>'
        "<html><body><h1>Northshire PEEL 2017</h1><p>&l11;</p></body></html>"
    )
    assert len(recognise(page.encode(), "page.html").write()) < 5000


# any bytes


def check_any(data: bytes) -> None:
    """Bytes give a report that keeps the laws, or an error that says what to do."""
    outcome = recognise(data, "page")
    if outcome.recognition is not None:
        check_report(outcome)
    else:
        assert outcome.error is not None
        assert outcome.error.name == "page"
        assert outcome.error.hint
        assert "\n" not in str(outcome.error)


@given(st.binary(max_size=2000))
def test_any_bytes(data: bytes) -> None:
    check_any(data)


@given(
    st.text(max_size=500), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32"])
)
def test_any_text(text: str, encoding: str) -> None:
    check_any(f"Northshire PEEL 2017\n\nEffectiveness\n\n{text}".encode(encoding))


FRAGMENTS: Final = (
    "Northshire PEEL 2017",
    "Westvale 2018/19",
    "Effectiveness",
    "People",
    "How effective is the force at keeping people safe and reducing crime?",
    "Last updated 22/03/2018",
    "Last updated 31/02/2018",
    "Good",
    "Ungraded",
    "To be graded",
    "Questions for Effectiveness",
    "2",
    "99",
    "Does the force keep its horses well?",
    "Areas for improvement",
    "Cause of concern",
    "Recommendations",
    "Innovative practice",
    "Main findings",
    "The force:",
    "  • keeps dogs; and",
    "  • feeds them.",
    "  • The force should:",
    "A sentence about horses.",
    "Another sentence. The force:",
    "HMI’s observations",
    "Ada Fenwick, Her Majesty’s Inspector of Constabulary",
    "Our judgments",
    "Overall summary",
    "Preventing crime",
    "The extent to which the force is effective at keeping people safe is good.",
    "The extent to which the force is efficient is not yet graded.",
    "Read more about NorthshireThis is HMICFRS’s PEEL assessment.",
    "Other inspections",
    "Group by region",
    "Letter information",
    "Share this page",
    "Skip to content",
    "How",
    ":",
    "•",
    "?",
)


@slow
@given(
    st.lists(st.sampled_from(FRAGMENTS), max_size=25),
    st.sampled_from(["\n", "\n\n", "\n\n\n"]),
)
def test_any_order_of_lines(lines: list[str], gap: str) -> None:
    check_any(gap.join(lines).encode())


TAGS: Final = (
    *("<h1>", "<h2>", "<p>", "<li>", "<ul>", "<ol start=7>", "<td>", "<tr>", "<table>"),
    *("<div>", "</div>", "</p>", "</ul>", "</table>", "<br>", "<dl>", "<dt>", "<dd>"),
    *("<nav>", "<footer>", "<main>", "<details>", "<summary>", "<b>", "</b>", "<a>"),
    *("<img alt=Good>", "<button>", "<svg>", "<!--", "-->", "<script>", "&nbsp;", "<"),
)


@slow
@given(st.lists(st.sampled_from([*FRAGMENTS, *TAGS, *TAGS]), max_size=40))
def test_any_order_of_tags(parts: list[str]) -> None:
    check_any(("<!doctype html><body>" + "".join(parts)).encode())


@slow
@given(case=st.sampled_from(CASES), data=st.data())
def test_any_damage(case: Case, data: st.DataObject) -> None:
    page = case.read()
    start = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(start, min(len(page), start + 400)))
    check_any(page[:start] + data.draw(st.binary(max_size=20)) + page[end:])


@slow
@given(case=st.sampled_from(CASES), data=st.data())
def test_any_cut(case: Case, data: st.DataObject) -> None:
    page = case.read()
    check_any(page[: data.draw(st.integers(0, len(page)))])


STATEMENT: Final = (
    "The extent to which the force is efficient at keeping people safe and reducing "
    "crime is good."
)
FOUND: Final = {
    "a grade before a headline question": (
        "Northshire PEEL 2017\nGood\nDoes the force keep its horses well?"
    ),
    "a date after a statement": (
        f"Northshire PEEL 2017\n\n{STATEMENT}\n\nLast updated 22/03/2018"
    ),
    "a pillar known only from its statement, before another": (
        f"Northshire PEEL 2017\n\n{STATEMENT}\n\nEffectiveness\n\nHow effective is the "
        "force at keeping people safe and reducing crime?\n\nGood\n\nIt is good.\n\n"
        "View the five questions for effectiveness\n"
    ),
    "a question without its number": "Northshire PEEL 2017\nGood\n2\nHow?",
    "form feeds": "\x01\x0cNorthshire PEEL 2017\x0c\n\x0cEffectiveness",
}


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_what_drawing_has_found(text: str) -> None:
    check_any(text.encode())


# one page that is no invention

SEED: Final = ROOT.parent / "shared" / "seeds" / "000_1739011f40adc4a0.txt"


@pytest.mark.skipif(not SEED.exists(), reason="the real page is not distributed")
def test_a_real_page_is_read_exactly() -> None:
    report = expect(recognise(SEED.read_bytes(), SEED.name)).report
    truth = read_truth(SEED.with_name(f"{SEED.stem}.truth.json"))
    assert compare(truth, report) == ([], [])
    assert [question.number for question in report.questions] == [2, 3, 4, 5]
    assert sum(len(q.findings) for q in report.questions) == 18
    assert sum(len(q.areas_for_improvement) for q in report.questions) == 6
    assert [q.grade_status for q in report.questions].count("ungraded") == 1
    assert report.coverage.unclaimed == []

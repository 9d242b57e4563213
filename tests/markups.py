"""Draws a sketch of a page as HTML in six ways, and as a text dump.

The six differ in what makes a heading, a list, a question and a grade; the words
and their order are the same.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final, NamedTuple, TypeAlias

from pages import DATE, STANDS, Asked, Improvement, Sketch

Bullet: TypeAlias = tuple[str, tuple[str, ...]]


class Part(NamedTuple):
    """One thing on a page; `bullets` only for a list, the rest only where named."""

    kind: str
    """`title`, `pillar`, `headline`, `dated` (a date and a grade), `label`,
    `question`, `box`, `text` or `list`."""
    text: str = ""
    bullets: tuple[Bullet, ...] = ()
    number: int = 0
    grade: str | None = None


def iter_parts(sketch: Sketch) -> Iterator[Part]:
    """The parts of a page, in page order."""
    yield Part("title", sketch.title)
    yield Part("pillar", sketch.pillar.name)
    yield Part("headline", sketch.pillar.headline)
    yield Part("dated", f"Last updated {DATE[0]}", grade=sketch.grade)
    yield from (Part("text", paragraph) for paragraph in sketch.summary)
    yield Part("label", f"Questions for {sketch.pillar.name}")
    for asked in sketch.questions:
        yield Part("question", asked.text, number=asked.number, grade=asked.grade)
        if asked.stands:
            yield Part("text", STANDS)
        if asked.boxes_first:
            yield from iter_boxes(asked)
        yield from iter_findings(asked)
        if not asked.boxes_first:
            yield from iter_boxes(asked)


def iter_findings(asked: Asked) -> Iterator[Part]:
    """Paragraphs and findings of a question."""
    paragraph = asked.opening
    for group in asked.groups:
        if group.lead_in and group.is_last_sentence:
            yield Part("text", f"{paragraph} {group.lead_in}")
        else:
            yield Part("text", paragraph)
            if group.lead_in:
                yield Part("text", group.lead_in)
        yield Part("list", bullets=tuple((text, ()) for text in group.findings))
        paragraph = group.after
    yield Part("text", paragraph)


def iter_boxes(asked: Asked) -> Iterator[Part]:
    """Boxes of a question: cause, its recommendations, areas for improvement."""
    if concern := asked.concern:
        yield Part("box", "Cause of concern")
        yield Part("text", concern.text)
        yield from (Part("text", detail) for detail in concern.details)
        yield Part("box", "Recommendations")
        yield Part("text", concern.lead_in)
        bullets = tuple((text, ()) for text in concern.recommendations)
        yield Part("list", bullets=bullets)
    if asked.improvements:
        yield Part("box", "Areas for improvement")
        yield Part("list", bullets=tuple(map(to_bullet, asked.improvements)))


def to_bullet(improvement: Improvement) -> Bullet:
    return improvement.text, improvement.details


def draw_text(sketch: Sketch) -> bytes:
    """The text dump in which every block is followed by a blank line."""
    blocks = ["Skip to content"]
    for part in iter_parts(sketch):
        match part.kind:
            case "dated":
                blocks.append(f"{part.text}\n{part.grade}")
            case "question":
                blocks += [str(part.number), part.text]
                blocks += [part.grade] if part.grade else []
            case "list":
                blocks.append(
                    "\n".join(f"  • {text}" for text in flatten(part.bullets))
                )
            case _:
                blocks.append(part.text)
    return "\n\n".join([*blocks, ""]).encode()


def flatten(bullets: Sequence[Bullet]) -> list[str]:
    """Bullets and what is nested in them, as one list."""
    return [text for bullet, nested in bullets for text in (bullet, *nested)]


class Markup(NamedTuple):
    """Templates: what to put around each kind of part."""

    page: str
    around: dict[str, str]
    """Template by kind; {text}, and for a question {number}, {grade}."""
    grade: str
    """Template of a grade."""
    item: str
    """Template of a list item; {nested} is the list in it."""
    items: str = "<ul>\n{items}</ul>\n"
    close: str = ""
    """What ends a question."""
    encoding: str = "utf-8"
    source: str = "label"
    """Where the grades are."""


HEAD: Final = '<!doctype html><html lang="en"><head>'
SCRIPT: Final = "<script>var grade='Good', box='Areas for improvement';</script>"
SEMANTIC: Final = Markup(
    page=(
        f'{HEAD}<meta charset="utf-8"><title>Page</title>{SCRIPT}</head>\n<body>'
        '<a href="#m">Skip to content</a><nav><ul><li>Good</li><li>Effectiveness'
        '</li></ul></nav>\n<main id="m">\n{body}</main>\n<footer>Contact us</footer>'
        "</body></html>"
    ),
    around={
        "title": "<h1>{text}</h1>\n",
        "pillar": "<h2>{text}</h2>\n",
        "headline": "<p class=q>{text}</p>\n",
        "dated": "<p>{text}</p>\n{grade}",
        "label": "<h2>{text}</h2>\n",
        "question": "<p>{number}</p>\n<h3>{text}</h3>\n{grade}",
        "box": "<h4>{text}</h4>\n",
        "text": "<p>{text}</p>\n",
    },
    grade="<p><strong>{text}</strong></p>\n",
    item="<li>{text}{nested}</li>\n",
)
ACCORDION: Final = Markup(
    page=f'{HEAD}<meta charset="utf-8"></head><body><div>\n{{body}}</div></body></html>',
    around={
        "title": "<div class=head><h1>{text}</h1></div>\n",
        "pillar": "<div><span>{text}</span></div>\n",
        "headline": "<div>{text}</div>\n",
        "dated": "<div><span>{text}</span>\n{grade}</div>\n",
        "label": "<h3>{text}</h3>\n",
        "question": (
            "<section><h4><button><span>{number}</span> <span>{text}</span></button>"
            "</h4>\n{grade}<div hidden>\n"
        ),
        "box": "<div class=t><svg><title>x</title></svg><span>{text}</span></div>\n",
        "text": "<p>{text}</p>\n",
    },
    grade="<div class=good><span>{text}</span></div>\n",
    item="<li><p>{text}</p>{nested}</li>\n",
    close="</div></section>\n",
)
SOUP: Final = Markup(
    page="<html><head><meta charset=utf-8></head><body><div>\n{body}</div></body></html>",
    around={
        "title": "<b>{text}</b><br><br>\n",
        "pillar": "<b>{text}</b><br><br>\n",
        "headline": "<i>{text}</i><br><br>\n",
        "dated": "{text}<br>\n{grade}<br>\n",
        "label": "<b>{text}</b><br><br>\n",
        "question": "</div><div><b>{number}</b><br>\n<b>{text}</b><br>\n{grade}<br>\n",
        "box": "<b>{text}</b><br>\n",
        "text": "{text}<br><br>\n",
    },
    grade="<font color=green>{text}</font><br>\n",
    item="• {text}<br>\n{nested}",
    items="{items}<br>\n",
)
GOVUK: Final = Markup(
    page=(
        f'{HEAD}<meta charset="utf-8"></head><body><header><a href="/">HMICFRS</a>'
        "</header><main>\n{body}</main></body></html>"
    ),
    around={
        "title": '<h1 class="govuk-heading-xl">{text}</h1>\n',
        "pillar": '<h2 class="govuk-heading-l">{text}</h2>\n',
        "headline": '<p class="govuk-body-l">{text}</p>\n',
        "dated": "<p>{text}</p>\n{grade}",
        "label": '<h2 class="govuk-heading-l">{text}</h2>\n',
        "question": (
            "<section><span>Question {number}</span>\n<h3>{text}</h3>\n{grade}"
        ),
        "box": '<h4 class="govuk-heading-s">{text}</h4>\n',
        "text": '<p class="govuk-body">{text}</p>\n',
    },
    grade="<dl><div><dt>Grade</dt><dd><strong>{text}</strong></dd></div></dl>\n",
    item="<li>{text}{nested}</li>\n",
    close="</section>\n",
)
TABLE: Final = Markup(
    page="<HTML><BODY BGCOLOR=white><TABLE WIDTH=800><TR><TD>\n{body}</TABLE></BODY></HTML>",
    around={
        "title": "<H1><FONT FACE=Arial>{text}</FONT></H1>\n",
        "pillar": "<P><FONT SIZE=5>{text}</FONT>\n",
        "headline": "<P>{text}\n",
        "dated": "<P>{text}\n{grade}",
        "label": "<P><B>{text}</B>\n",
        "question": "<TR><TD><P>{number}\n<P><B>{text}</B>\n{grade}",
        "box": "<P><B>{text}</B>\n",
        "text": "<P>{text}\n",
    },
    grade="<P>{text}\n",
    item="<LI>{text}\n{nested}",
    items="<UL>\n{items}</UL>\n",
    encoding="cp1252",
)
DETAILS: Final = Markup(
    page=f'{HEAD}<meta charset="utf-8"></head><body><main>\n{{body}}</main></body></html>',
    around={
        "title": "<h1>{text}</h1>\n",
        "pillar": "<h2>{text}</h2>\n",
        "headline": "<p>{text}</p>\n",
        "dated": "<p><time>{text}</time></p>\n{grade}",
        "label": "<h2>{text}</h2>\n",
        "question": (
            '<ol start="{number}"><li><details><summary><h3>{text}</h3>{grade}'
            "</summary>\n"
        ),
        "box": "<h4>{text}</h4>\n",
        "text": "<p>{text}</p>\n",
    },
    grade='<img src="g.png" alt="{text}">\n',
    item="<li><span>{text}</span>{nested}</li>\n",
    close="</details></li></ol>\n",
    source="alternative_text",
)
MARKUPS: Final = {
    "semantic": SEMANTIC,
    "accordion": ACCORDION,
    "soup": SOUP,
    "govuk": GOVUK,
    "table": TABLE,
    "details": DETAILS,
}


def draw_html(sketch: Sketch, markup: Markup) -> bytes:
    """The page as HTML."""
    body, is_open = "", False
    for part in iter_parts(sketch):
        if part.kind == "question":
            body += markup.close if is_open else ""
            is_open = True
        body += draw_part(part, markup)
    body += markup.close if is_open else ""
    return markup.page.format(body=body).encode(markup.encoding)


def draw_part(part: Part, markup: Markup) -> str:
    """One part in a markup."""
    if part.kind == "list":
        return draw_list(part.bullets, markup)
    grade = markup.grade.format(text=part.grade) if part.grade else ""
    return markup.around[part.kind].format(
        text=escape(part.text, quote=False), number=part.number, grade=grade
    )


def draw_list(bullets: Sequence[Bullet], markup: Markup) -> str:
    """A list, and the lists in its items."""
    items = [
        markup.item.format(
            text=escape(text, quote=False),
            nested=draw_list([(t, ()) for t in nested], markup) if nested else "",
        )
        for text, nested in bullets
    ]
    return markup.items.format(items="".join(items))

"""Invented folders: every kind of page in every dialect, mixed, of forces that are not.

A page is first an outline, marks and texts in page order, and is then drawn in one
dialect. Deterministic: the same number, size and seed give the same bytes.
"""

import random
import textwrap
from collections.abc import Callable
from html import escape

from made_pages import GRADES, SUBJECTS, furniture, paragraph, sentence

FIRST = "Ald Bar Carn Dun Ess Fal Gar Hal Ing Ket Lan Mor Nor Oak Pen Rav Sal Tor"
LAST = "bury dale ford ham ley mere ness port shire stead ton vale wick worth"
EDITIONS = ("2015", "2016", "2017", "2018/19")
AREAS = (
    "Preventing crime and anti-social behaviour",
    "Responding to the public",
    "Investigating crime",
    "Protecting vulnerable people",
    "Managing offenders and suspects",
    "Disrupting serious organised crime",
)
EXTENT = "The extent to which the force is {} at keeping people safe and reducing crime"

Part = tuple[str, str]
"""A mark (`h1`, `h2`, `h3`, `grade`, `p` or `li`) and a text."""
Outline = list[Part]
Maker = Callable[[random.Random, str, str, int], Outline]


def make_force(number: int) -> str:
    """An invented name; 252 of them, then longer ones."""
    first, last = FIRST.split(), LAST.split()
    name = first[number % len(first)] + last[number // len(first) % len(last)]
    more = number // (len(first) * len(last))
    return f"{name} and {first[more % len(first)]}ling" if more else name


# kinds


def make_items(dice: random.Random, count: int) -> Outline:
    return [("li", sentence(dice, dice.randint(8, 18))) for _ in range(count)]


def make_questions(dice: random.Random, size: int) -> Outline:
    """Core questions with findings and areas for improvement, of about a size."""
    parts: Outline = []
    number = 0
    while sum(len(text) for _, text in parts) < size:
        number += 1
        subject = SUBJECTS[number % len(SUBJECTS)]
        about = f"How effective is the force at {subject} in district {number}?"
        parts += [("h3", f"{number}. {about}"), ("grade", dice.choice(GRADES))]
        for _ in range(3):
            parts += [("p", paragraph(dice)), ("p", "The force:"), *make_items(dice, 4)]
        parts += [("h3", "Areas for improvement"), *make_items(dice, 3)]
    return parts


def make_pillar(dice: random.Random, name: str, edition: str, size: int) -> Outline:
    return [
        ("h1", f"{name} PEEL {edition.split('/', maxsplit=1)[0]}"),
        ("h2", "Effectiveness"),
        ("p", "How effective is the force at keeping people safe and reducing crime?"),
        ("p", "Last updated 22/03/2018"),
        ("grade", dice.choice(GRADES)),
        *(("p", paragraph(dice)) for _ in range(3)),
        ("h2", "Questions for Effectiveness"),
        *make_questions(dice, size),
    ]


def make_fire(dice: random.Random, name: str, _: str, size: int) -> Outline:
    return [
        ("h1", f"{name} 2018/19"),
        ("h2", "People"),
        ("p", "How well does the fire and rescue service look after its people?"),
        ("p", "Last updated 17/12/2019"),
        ("grade", dice.choice(GRADES)),
        ("p", f"{name} Fire and Rescue Service looks after its people."),
        ("h2", "Questions for People"),
        ("h3", "1. How well does the FRS promote its values and culture?"),
        ("grade", dice.choice(GRADES)),
        *(("p", paragraph(dice)) for _ in range(size // 300)),
    ]


def make_overview(dice: random.Random, name: str, edition: str, size: int) -> Outline:
    parts: Outline = [("h1", f"{name} PEEL {edition.split('/', maxsplit=1)[0]}")]
    for pillar in ("effective", "efficient", "legitimate"):
        grade = dice.choice(GRADES)
        noun = pillar.replace("ive", "iveness").replace("ient", "iency")
        parts += [
            ("h2", noun.replace("mate", "macy").capitalize()),
            ("p", "Last updated 22/03/2018"),
            ("grade", grade),
            ("p", f"{EXTENT.format(pillar)} is {grade.lower()}."),
        ]
    letter = [("p", paragraph(dice)) for _ in range(size // 300)]
    return [*parts, ("h2", "HMI’s observations"), *letter]


def make_report(dice: random.Random, name: str, _: str, size: int) -> Outline:
    """A report without pillars, as from 2021 on."""
    parts: Outline = [
        ("h1", f"PEEL 2021/22 – An inspection of {name} Police"),
        ("p", "Published on: 14 October 2022"),
        ("h2", "HM Inspector’s observations"),
        ("p", paragraph(dice)),
    ]
    for area in AREAS:
        parts += [
            ("h2", area),
            ("grade", dice.choice((*GRADES, "Adequate"))),
            ("h3", "Areas for improvement"),
            ("h3", sentence(dice, 9)),
            ("p", paragraph(dice)),
            ("h3", "Main findings"),
            *(("p", paragraph(dice)) for _ in range(size // 300 // len(AREAS))),
        ]
    return parts


def make_other(dice: random.Random, name: str, edition: str, size: int) -> Outline:
    """A letter or a news page, which assesses nothing."""
    title, kind = dice.choice(
        ((f"{name}: revisit letter", "letter"), (f"PEEL {edition} published", "news"))
    )
    body = (("p", paragraph(dice)) for _ in range(size // 300))
    return [("h1", title), ("p", f"Publication type: {kind}"), *body]


# dialects


def draw_html(parts: Outline, dice: random.Random, size: int) -> bytes:
    tags = {"grade": "p", "li": "li"}
    body = "\n".join(
        f"<{tags.get(mark, mark)}>{escape(text)}</{tags.get(mark, mark)}>"
        for mark, text in parts
    )
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(parts[0][1])} – HMICFRS</title></head><body>"
        f"{furniture(dice, size - len(body))}<main>{body}</main></body></html>"
    ).encode()


def draw_mhtml(parts: Outline, dice: random.Random, size: int) -> bytes:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/"
        f"{size}/\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="--b"\r\n\r\n----b\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head.encode() + draw_html(parts, dice, size) + b"\r\n----b--\r\n"


def draw_full(parts: Outline, _: random.Random, __: int) -> bytes:
    """Every block, then a blank line."""
    lines = ["Skip to content", *(f"  • {t}" if m == "li" else t for m, t in parts)]
    return "\n\n".join(lines).encode()


def draw_lossy(parts: Outline, dice: random.Random, size: int) -> bytes:
    """Lines of one word are gone."""
    return draw_full([part for part in parts if " " in part[1]], dice, size)


def draw_compact(parts: Outline, _: random.Random, __: int) -> bytes:
    """No blank lines, and no lines of one word."""
    kept = (f"- {t}" if m == "li" else t for m, t in parts if " " in t)
    return "\n".join(kept).encode()


def draw_wrapped(parts: Outline, _: random.Random, __: int) -> bytes:
    """By a text browser."""
    lines = [
        textwrap.fill(
            f"* {text}", 72, initial_indent="     ", subsequent_indent=" " * 7
        )
        if mark == "li"
        else textwrap.fill(text, 72, initial_indent="   ", subsequent_indent="   ")
        for mark, text in parts
    ]
    return "\n\n".join(["   Skip to content", *lines]).encode()


def draw_markdown(parts: Outline, _: random.Random, __: int) -> bytes:
    forms = {"h1": "# {}", "h2": "## {}", "h3": "### {}", "grade": "**{}**"}
    forms["li"] = "* {}"
    return "\n\n".join(forms.get(m, "{}").format(t) for m, t in parts).encode()


KINDS: dict[str, Maker] = {
    "pillar": make_pillar,
    "fire": make_fire,
    "overview": make_overview,
    "report": make_report,
    "other": make_other,
}
DIALECTS = {
    "html": draw_html,
    "mhtml": draw_mhtml,
    "full": draw_full,
    "lossy": draw_lossy,
    "compact": draw_compact,
    "wrapped": draw_wrapped,
    "md": draw_markdown,
}


def make_mixed(number: int, size: int, seed: int = 1) -> tuple[str, bytes]:
    """The n-th page of an invented folder, with its file name.

    About twelve pages are of one force in one edition; more than half are pillar
    pages, and half are HTML. One page in a hundred is corrupt.
    """
    dice = random.Random(seed * 1_000_003 + number)
    group = number // 12
    name, edition = make_force(group // len(EDITIONS)), EDITIONS[group % len(EDITIONS)]
    kind = dice.choice((*KINDS, *["pillar"] * 5))
    dialect = dice.choice((*DIALECTS, *["html"] * 5))
    parts = KINDS[kind](dice, name, edition, size * 45 // 100)
    data = DIALECTS[dialect](parts, dice, size)
    if number % 100 == 77:
        data = damage(data, dice)
    ending = dialect if dialect in {"html", "mhtml", "md"} else "txt"
    folder = f"{name} {edition}".replace("/", "-")
    return f"{folder}/{kind} {dialect} {number}.{ending}", data


def damage(data: bytes, dice: random.Random) -> bytes:
    """What disks and downloads do to a file."""
    match dice.randrange(4):
        case 0:
            return data[: dice.randrange(len(data))]
        case 1:
            return dice.randbytes(len(data) // 4)
        case 2:
            return b""
        case _:
            hole = dice.randrange(len(data))
            return data[:hole] + bytes(512) + data[hole + 512 :]

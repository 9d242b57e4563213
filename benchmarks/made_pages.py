"""Invented pages of realistic weight: menus, scripts, styles, drawings, an assessment.

Deterministic: the same arguments give the same bytes.
"""

import random

NAMES = ("Northshire", "Eastmere", "Westvale", "Stonebridge", "Fenwater", "Marl-Ouse")
SUBJECTS = (
    "preventing crime and anti-social behaviour",
    "investigating crime and reducing re-offending",
    "protecting those who are vulnerable from harm",
    "tackling serious and organised crime",
    "planning for the future",
)
GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate")
WORDS = [
    "officers",
    "plans",
    "records",
    "supervisors",
    "victims",
    "neighbourhoods",
    "training",
    "partners",
    "councils",
    "reports",
    "evidence",
    "workloads",
    "reviews",
    "calls",
    "vehicles",
    "schools",
    "the",
    "a",
    "of",
    "in",
    "with",
    "for",
    "and",
    "to",
    "by",
    "their",
    "every",
    "each",
    "many",
    "some",
    "most",
    "well",
    "quickly",
    "carefully",
]


def sentence(dice: random.Random, words: int) -> str:
    """An invented sentence."""
    text = " ".join(dice.choice(WORDS) for _ in range(words))
    return text[0].upper() + text[1:] + "."


def paragraph(dice: random.Random) -> str:
    """An invented paragraph of two to four sentences."""
    count = dice.randint(2, 4)
    return " ".join(sentence(dice, dice.randint(9, 24)) for _ in range(count))


def items(dice: random.Random, count: int) -> str:
    """An invented list."""
    rows = [f"<li>{sentence(dice, dice.randint(8, 18))}</li>" for _ in range(count)]
    return "<ul>\n" + "\n".join(rows) + "\n</ul>"


def question(dice: random.Random, number: int) -> str:
    """A core question with its grade, findings and areas for improvement."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    parts = [
        (
            f'<section class="q" id="q{number}"><h3>{number}. How effective is the force '
            f"at {subject} in district {number}?</h3>"
        ),
        f'<p class="grade">{dice.choice(GRADES)}</p>',
    ]
    for _ in range(3):
        parts.append(f"<p>{paragraph(dice)}</p>")
        parts.append("<p>The force:</p>" + items(dice, 4))
    parts.append('<div class="box"><h4>Areas for improvement</h4>' + items(dice, 3))
    return "\n".join([*parts, "</div></section>"])


def furniture(dice: random.Random, size: int) -> str:
    """A menu, scripts, styles and drawings of about the given size, a tag in 110 bytes."""
    menus: list[str] = []
    others: list[str] = []
    while sum(map(len, menus + others)) < size:
        links = "".join(
            f'<li id="menu-item-{n}" class="menu-item menu-item-type-post_type">'
            f'<a class="menu-link" href="/{n}/"><span>{dice.choice(NAMES)} {n}</span></a></li>'
            for n in range(9)
        )
        drawing = (
            '<svg viewBox="0 0 16 16" aria-hidden="true"><g><path d="'
            + "M2 5l6 6 6-6 " * 30
            + '"/></g></svg>'
        )
        form = (
            '<form class="search" action="/"><label for="s">Search</label>'
            '<input id="s" name="s"><button type="submit">Go</button></form>'
        )
        script = "<script>" + "window.a=window.a||[];a.push(1);" * 40 + "</script>"
        style = "<style>" + ".menu-item{float:left;margin:0 1em}" * 30 + "</style>"
        menus.append(f"<ul>{links}</ul>{drawing}{form}")
        others.append(f"{script}{style}\n")
    return f"{''.join(others)}<header><nav>{''.join(menus)}</nav></header>\n"


def make_page(
    size: int,
    seed: int = 1,
    name: str | None = None,
    edition: str = "2017",
    share: float = 0.45,
) -> bytes:
    """An HTML page of about `size` bytes; `share` of them are its own text."""
    dice = random.Random(seed)
    name = name or dice.choice(NAMES)
    body = [
        f"<h1>{name} PEEL {edition}</h1><h2>Effectiveness</h2>",
        "<p>How effective is the force at keeping people safe and reducing crime?</p>",
        "<p>Last updated 22/03/2018</p><p>Good</p>",
        *(f"<p>{paragraph(dice)}</p>" for _ in range(4)),
        "<h2>Questions for Effectiveness</h2>",
    ]
    used = sum(map(len, body))
    number = 0
    while used < size * share:
        number += 1
        body.append(question(dice, number))
        used += len(body[-1])
    head = furniture(dice, size - used - 1000)
    text = (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{name} PEEL {edition} – Effectiveness – HMICFRS</title></head><body>"
        f'<a href="#main">Skip to content</a>{head}<main id="main">'
        + "\n".join(body)
        + "</main><footer><p>© Crown copyright</p></footer>"
        "<!-- end of page --><script>a.push(2)</script></body></html>"
    )
    return text.encode()


def make_text(
    size: int, seed: int = 1, name: str = "Northshire", edition: str = "2017"
) -> bytes:
    """A text copy (blank lines, bullets) of about `size` bytes."""
    dice = random.Random(seed)
    lines = [
        "Skip to content",
        f"{name} PEEL {edition}",
        "Effectiveness",
        "How effective is the force at keeping people safe and reducing crime?",
        "Last updated 22/03/2018\nGood",
        paragraph(dice),
        "Questions for Effectiveness",
    ]
    number = 0
    while sum(map(len, lines)) < size:
        number += 1
        subject = SUBJECTS[number % len(SUBJECTS)]
        lines += [
            str(number),
            f"How effective is the force at {subject} in district {number}?",
            dice.choice(GRADES),
            paragraph(dice),
            "The force:",
            "\n".join(f"  • {sentence(dice, 12)}" for _ in range(4)),
            "Areas for improvement",
            "\n".join(f"  • {sentence(dice, 16)}" for _ in range(2)),
        ]
    return "\n\n".join(lines).encode()

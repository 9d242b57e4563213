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


FIRST = [
    "Ald",
    "Bar",
    "Carn",
    "Dun",
    "Ess",
    "Fal",
    "Gar",
    "Hal",
    "Ing",
    "Ket",
    "Lan",
    "Mor",
    "Nor",
    "Oak",
    "Pen",
    "Rav",
    "Sal",
    "Tor",
]
LAST = [
    "bury",
    "dale",
    "ford",
    "ham",
    "ley",
    "mere",
    "ness",
    "port",
    "shire",
    "stead",
    "ton",
    "vale",
    "wick",
    "worth",
]
EDITIONS = ("2015", "2016", "2017", "2018/19")
KINDS = ("html",) * 6 + ("text", "markdown", "overview", "letter", "news", "mhtml")


def make_force(number: int) -> str:
    """An invented name; 252 of them, then the same with a number in words of it."""
    first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
    round_ = number // (len(FIRST) * len(LAST))
    return f"{first}{last}" + (
        f" and {FIRST[round_ % len(FIRST)]}ling" if round_ else ""
    )


def make_overview(seed: int, name: str, edition: str) -> bytes:
    """An overview of three pillars with the inspector's letter."""
    dice = random.Random(seed)
    parts = [
        f"<!DOCTYPE html><title>{name} PEEL {edition}</title><h1>{name} PEEL {edition}</h1>"
    ]
    for pillar, adjective in (
        ("Effectiveness", "effective"),
        ("Efficiency", "efficient"),
        ("Legitimacy", "legitimate"),
    ):
        grade = dice.choice(GRADES)
        parts.append(
            f"<h2>{pillar}</h2><p>Last updated 22/03/2018</p><p>{grade}</p><p>The extent "
            f"to which the force is {adjective} at keeping people safe and reducing crime "
            f"is {grade.lower()}.</p>"
        )
    parts.append("<h2>HMI’s observations</h2>")
    parts += [f"<p>{paragraph(dice)}</p>" for _ in range(6)]
    return "".join(parts).encode()


def make_other(seed: int, name: str, edition: str, kind: str) -> bytes:
    """A letter or a news page, which assess nothing."""
    dice = random.Random(seed)
    title = (
        f"{name}: revisit letter"
        if kind == "letter"
        else f"{name} PEEL {edition} published"
    )
    body = "".join(f"<p>{paragraph(dice)}</p>" for _ in range(8))
    return (
        f"<!DOCTYPE html><title>{title} – HMICFRS</title><h1>{title}</h1>"
        f"<p>Publication type: {kind}</p>{body}"
    ).encode()


def make_mhtml(page: bytes, name: str) -> bytes:
    """A page as a browser saves it in one file."""
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: "
        f"https://example.org/{name.lower().replace(' ', '-')}/\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="--b"\r\n\r\n----b\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head.encode() + page + b"\r\n----b--\r\n"


def make_mixed(number: int, size: int, seed: int = 1) -> tuple[str, bytes]:
    """The n-th page of an invented folder, with its file name; all kinds and dialects.

    About twelve pages are of one force in one edition. One page in 200 is corrupt.
    """
    group = number // 12
    name, edition = make_force(group // len(EDITIONS)), EDITIONS[group % len(EDITIONS)]
    kind = KINDS[number % len(KINDS)]
    own = seed * 1_000_003 + number
    if kind in {"text", "markdown"}:
        data = make_text(size // 3, own, name, edition)
        if kind == "markdown":
            data = b"# " + data.removeprefix(b"Skip to content\n\n").replace(
                b"  \xe2\x80\xa2 ", b"- "
            )
    elif kind == "overview":
        data = make_overview(own, name, edition)
    elif kind in {"letter", "news"}:
        data = make_other(own, name, edition, kind)
    else:
        data = make_page(size, own, name, edition)
    if kind == "mhtml":
        data = make_mhtml(data, name)
    if number % 200 == 77:
        data = bytes(random.Random(own).choices(range(256), k=len(data) // 4))
    ending = {"text": "txt", "markdown": "md", "mhtml": "mhtml"}.get(kind, "html")
    folder = f"{name} {edition}".replace("/", "-")
    return f"{folder}/{kind} {number}.{ending}", data

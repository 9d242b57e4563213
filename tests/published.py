"""Pages for every force, edition and pillar, each stating grades that are known.

Real forces and official questions, invented grades: what a page states is known
before it is drawn. A page is drawn in the three ways in which text copies are kept:
full (A), without the blocks of one word (L), and compact (C), which keeps neither
dates nor grade lines nor the summary.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from peelparse.reference import (
    EditionRecord,
    ForceRecord,
    QuestionRecord,
    grade_scale,
    iter_editions,
    iter_forces,
    iter_questions,
    never_graded,
)

DATE: Final = "Last updated 22/03/2018"
FURNITURE: Final = "Skip to content"
STATEMENTS: Final = {
    "PEEL": {
        "Effectiveness": "is effective at keeping people safe and reducing crime",
        "Efficiency": "is efficient at keeping people safe and reducing crime",
        "Legitimacy": "is legitimate at keeping people safe and reducing crime",
    },
    "FRS": {
        "Effectiveness": (
            "is effective at keeping people safe and secure from fire and other risks"
        ),
        "Efficiency": (
            "is efficient at keeping people safe and secure from fire and other risks"
        ),
        "People": "looks after its people",
    },
}
VERBS: Final = {
    "Outstanding": "is outstanding",
    "Good": "is good",
    "Requires improvement": "requires improvement",
    "Inadequate": "is inadequate",
}


class Fact(NamedTuple):
    """A grade that a page states, and of what."""

    subject: str
    """Pillar, or area of a report without pillars."""
    grade: str


class Piece(NamedTuple):
    """A block of a page, and what a compact copy does with it."""

    text: str
    kind: str = "text"
    """`furniture`, `title`, `heading`, `label` (date, number, grade), `summary`,
    `bullet`, `asked` (a question) or `text`."""


class Told(NamedTuple):
    """A page in pieces, and the facts that it states."""

    name: str
    force: ForceRecord
    edition: EditionRecord
    pieces: tuple[Piece, ...]
    facts: tuple[Fact, ...]
    is_stated: bool = False
    """Whether sentences state the grades, and not lines of their own."""


def iter_told() -> Iterator[Told]:
    """Every page: pillar pages, overviews, reports; grades in turn."""
    for edition in iter_editions():
        scale = grade_scale(edition.scale)
        asked = [
            question
            for question in iter_questions(edition.programme)
            if question.edition == edition.id
        ]
        areas = [question.text for question in asked if question.graded is not False]
        for shift, force in enumerate(list_inspected(edition)):
            # shifted, so that no subject has one grade all over the country
            facts = [
                Fact(subject, scale[(shift + place) % len(scale)])
                for place, subject in enumerate(list_graded(edition) or areas)
            ]
            if not edition.pillars:
                yield tell_report(force, edition, facts)
                continue
            for fact in facts:
                yield tell_pillar(force, edition, asked, fact)
            if edition.id != "2014":  # whose statements grade several questions at once
                yield tell_overview(force, edition, facts)


def list_inspected(edition: EditionRecord) -> list[ForceRecord]:
    """The forces or services that an edition assesses."""
    return [force for force in iter_forces(edition.programme) if force.is_inspected]


def list_graded(edition: EditionRecord) -> list[str]:
    """The pillars that an edition grades; none if it has areas."""
    return [
        pillar
        for pillar in edition.pillars
        if not never_graded(edition.id, edition.programme, pillar, None, overall=True)
    ]


def tell_pillar(
    force: ForceRecord,
    edition: EditionRecord,
    asked: Sequence[QuestionRecord],
    fact: Fact,
) -> Told:
    """A pillar page with one question."""
    mine = [question for question in asked if question.pillar == fact.subject]
    (headline,) = (question for question in mine if question.headline)
    first = next(question for question in mine if not question.headline)
    pieces = [
        Piece(FURNITURE, "furniture"),
        Piece(print_title(force, edition, is_overview=False), "title"),
        Piece(fact.subject, "heading"),
        Piece(headline.text, "asked"),
        Piece(f"{DATE}\n{fact.grade}", "label"),
        Piece(f"{force.official_name} knows its roads by name.", "summary"),
        Piece(f"Questions for {fact.subject}", "label"),
        Piece(str(first.number), "label"),
        Piece(first.text, "asked"),
        Piece(fact.grade, "label"),
        Piece("Each team keeps a book of what it hears in the street. It:"),
        Piece("reads the book each week; and", "bullet"),
        Piece("answers what it can.", "bullet"),
    ]
    name = f"{edition.programme}-{edition.id}-{force.id}-{fact.subject}"
    return Told(name, force, edition, tuple(pieces), (fact,))


def tell_overview(
    force: ForceRecord, edition: EditionRecord, facts: Sequence[Fact]
) -> Told:
    """An overview whose statements give the grades."""
    opening = "the" if edition.id == "2018-19" else "The"
    subject = "force" if edition.programme == "PEEL" else "service"
    words = STATEMENTS[edition.programme]
    pieces = [
        Piece(FURNITURE, "furniture"),
        Piece(print_title(force, edition, is_overview=True), "title"),
        Piece(f"This is an assessment of {force.official_name}."),
        *(
            Piece(
                f"{opening} extent to which the {subject} "
                f"{words[fact.subject]} {VERBS[fact.grade]}."
            )
            for fact in facts
        ),
    ]
    name = f"{edition.programme}-{edition.id}-{force.id}-overview"
    return Told(name, force, edition, tuple(pieces), tuple(facts), is_stated=True)


def tell_report(
    force: ForceRecord, edition: EditionRecord, facts: Sequence[Fact]
) -> Told:
    """A report without pillars: areas with their grades."""
    pieces = [
        Piece(FURNITURE, "furniture"),
        Piece(print_title(force, edition, is_overview=True), "title"),
        Piece("Overall summary", "heading"),
        Piece("Our judgments", "heading"),
        Piece(
            f"Our inspection assessed how good {force.official_name} is in these "
            "areas. We make graded judgments as follows:"
        ),
    ]
    for fact in facts:
        pieces += [
            Piece(fact.subject, "heading"),
            Piece(fact.grade, "grade"),
            Piece(f"{force.official_name} knows its roads by name."),
        ]
    name = f"{edition.programme}-{edition.id}-{force.id}-report"
    return Told(name, force, edition, tuple(pieces), tuple(facts))


def print_title(
    force: ForceRecord, edition: EditionRecord, *, is_overview: bool
) -> str:
    """The title as such pages print it."""
    printed = edition.printed
    if edition.programme == "PEEL" and (not is_overview or not edition.pillars):
        return f"{force.name} PEEL {printed[0]}"
    return f"{force.name} {next((p for p in printed if '/' in p), printed[0])}"


def draw_full(told: Told) -> bytes:
    """Every block, with a blank line after it."""
    return "\n\n".join([*map(draw_bullet, told.pieces), ""]).encode()


def draw_bullet(piece: Piece) -> str:
    return f"  • {piece.text}" if piece.kind == "bullet" else piece.text


def draw_lossy(told: Told) -> bytes:
    """The same, but a line of one word has left an empty one."""
    kept = [
        "\n".join(line for line in draw_bullet(piece).split("\n") if " " in line)
        for piece in told.pieces
    ]
    return "\n\n".join([*kept, ""]).encode()


def draw_compact(told: Told) -> bytes:
    """No blank line, no date, number, grade line or summary, and `-` for a bullet."""
    gone = ("furniture", "label", "summary")
    kept = [piece for piece in told.pieces if piece.kind not in gone]
    marks = {"bullet": "- "}
    lines = [f"{marks.get(piece.kind, '')}{piece.text}" for piece in kept]
    return "\n".join([*lines, ""]).encode()


def list_all(told: Told) -> list[Fact]:
    return list(told.facts)


def list_lossy(told: Told) -> list[Fact]:
    """Statements, and lines of more than one word."""
    if told.is_stated:
        return list(told.facts)
    is_area = not told.edition.pillars
    return [
        fact
        for fact in told.facts
        if " " in fact.grade and (" " in fact.subject or not is_area)
    ]


def list_compact(told: Told) -> list[Fact]:
    """Statements and the areas of a report; a pillar page has lost its grades."""
    has_lost = told.edition.pillars and not told.is_stated
    return [] if has_lost else list(told.facts)


class Dialect(NamedTuple):
    """A way of keeping a text copy."""

    draw: Callable[[Told], bytes]
    list_facts: Callable[[Told], list[Fact]]
    """The facts that such a copy still states."""


DIALECTS: Final = {
    "full": Dialect(draw_full, list_all),
    "lossy": Dialect(draw_lossy, list_lossy),
    "compact": Dialect(draw_compact, list_compact),
}

"""Who, which and when: title, force, edition and programme of a page."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from peelparse.blocks import Kind, Page
from peelparse.recognise.context import is_listed
from peelparse.recognise.forms import TitleForm
from peelparse.recognise.roles import (
    DATE,
    EDITION,
    FURNITURE,
    GRADE,
    ORGANISATION,
    PILLAR,
    PROSE,
    QUESTION,
    QUESTIONS_FOR,
    SECTION,
    STATEMENT,
    TITLE,
)
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary, plain
from peelparse.reference import (
    edition_from_address,
    find_edition,
    find_force,
    find_force_by_slug,
    programme_from_address,
)
from peelparse.report import Force, ForceSource, Language, Programme

# what stands near a title and hardly near a line that only looks like one
EVIDENCE: Final = {
    DATE: 3,
    STATEMENT: 3,
    QUESTIONS_FOR: 2,
    QUESTION: 2,
    PILLAR: 2,
    SECTION: 2,
    GRADE: 1,
}
OFFICIAL: Final = frozenset((QUESTION, STATEMENT))  # in HMICFRS's own words
ENOUGH: Final = 2_000  # characters that show in which language a page is
MOST: Final = 500  # titles that are weighed; a page's own stands near its top
MANY: Final = 5  # sentences on a page that is more than a list of links
LONG: Final = 40  # characters that a sentence has and a link label seldom


class Title(msgspec.Struct, frozen=True, kw_only=True):
    """What a title says."""

    text: str | None = None
    """As printed, without pillar and site name; None if the copy lost it."""
    position: int | None = None
    """Position of its token, where it stands on the page."""
    force: str | None = None
    """Name of the force in it."""
    edition: str | None = None
    """The edition as printed."""
    pillar: str | None = None
    """The pillar, where it names one."""
    programme: Programme | None = None
    """The programme, where its form tells."""


HEAD: Final = 12  # tokens in which a page names its force in a line


def find_title(tokens: list[Token], page: Page, words: Vocabulary) -> Title:
    """The likeliest title among the lines that have the form of one.

    Falls back on the document's own title, which stands in the HTML's head.
    """
    best, best_score, best_title = None, 0, None
    places = [place for place, token in enumerate(tokens) if token.role is TITLE]
    sentences = [
        token
        for token in (tokens if places else ())
        if token.role is PROSE and len(token.text) > LONG
    ]
    found = ((place, parse_title(tokens[place].text, words)) for place in places[:MOST])
    for position, title in ((place, title) for place, title in found if title):
        score = _score_title(tokens, position, page)
        score = _weigh_title(score, tokens[position], title, sentences)
        if score > best_score:
            best, best_score, best_title = position, score, title
    if best_title:
        return msgspec.structs.replace(best_title, position=best)
    return (parse_title(page.heading, words) if page.heading else None) or Title()


def _score_title(tokens: list[Token], position: int, page: Page) -> int:
    """How likely a line is the page's own title, by what stands next to it."""
    token = tokens[position]
    block = page.blocks[token.index]
    near = tokens[position + 1 : position + 6]
    score = 1 + sum(EVIDENCE.get(other.role, 0) for other in near)
    score += 2 * (block.kind is Kind.HEADING and block.level == 1)
    score += 3 * plain(page.heading or "").startswith(plain(token.text))
    score += 2 * any(
        other.role is FURNITURE and token.text in other.text for other in near
    )
    # a list of titles is a list of other pages
    beside = [*tokens[max(0, position - 1) : position], *near[:1]]
    score -= 3 * sum(1 for other in beside if other.role is TITLE)
    return score - 3 * (block.kind is Kind.ITEM) - 3 * block.link


def _weigh_title(
    score: int, token: Token, title: Title, sentences: Sequence[Token]
) -> int:
    """Add what the page's sentences say: they follow its title and name its force."""
    after = sum(1 for other in sentences if other.index > token.index)
    named = sum(1 for other in sentences if (title.force or "") in other.text)
    share = 2 if not named else 8  # of the sentences, what must follow a title
    if len(sentences) >= MANY and share * after <= len(sentences):
        return 0  # the title of another page, in a list after this one
    return score + 6 * (2 * after > len(sentences)) + min(2 * named, 8)


def parse_title(text: str, words: Vocabulary) -> Title | None:
    """What a line says that has the form of a title; None if it has none."""
    line = plain(text)
    for form in words.patterns.titles:
        if not form.may_fit(line):
            continue
        match = words.pattern(form.pattern).fullmatch(line)
        if match:
            parts = match.groupdict()
            pillar = parts.get("pillar")
            end = match.start("pillar") if pillar else match.end(match.lastgroup or 0)
            end = max(end, match.end("force")) if not pillar else end
            return Title(
                text=text[:end].rstrip(" -–—:|"),
                force=text[match.start("force") : match.end("force")],
                edition=match["edition"] or None,
                pillar=pillar,
                programme=_as_programme(form),
            )
    return None


def _as_programme(form: TitleForm) -> Programme | None:
    return {"PEEL": "PEEL", "FRS": "FRS"}.get(form.programme or "")  # type: ignore[return-value]


def find_programme(
    title: Title, page: Page, tokens: list[Token], words: Vocabulary, *, is_other: bool
) -> Programme | None:
    """Police or fire: from the title, the address, or the words of the page.

    Of the words, the name of the force that is judged counts first, then questions
    and statements, then the rest: police are named on fire pages too. On a
    page that is no assessment only a programme's own name counts.
    """
    if title.programme:
        return title.programme
    if page.source.address and (given := programme_from_address(page.source.address)):
        return given
    every, names = words.patterns.programmes, words.patterns.programme_names
    evidence = names if is_other else every
    texts = (
        (title.force or "", every),
        (title.text or "", evidence),
        (_find_name(tokens, words) or "", evidence),
        ("\n".join(each.text for each in tokens if each.role in OFFICIAL), evidence),
        ("\n".join(each.text for each in tokens), evidence),
    )
    for text, known in texts:
        police, fire = (
            sum(text.count(word) for word in known[name]) for name in ("PEEL", "FRS")
        )
        if police != fire:
            return "PEEL" if police > fire else "FRS"
    return None


def find_language(page: Page, tokens: list[Token], words: Vocabulary) -> Language:
    """The language of the page's own text, whatever its markup declares.

    Of a long page every n-th line counts: the words are as common in all of them.
    """
    step = 1 + sum(len(token.text) for token in tokens) // ENOUGH
    text = "\n".join(token.text for token in tokens[::step])
    welsh = sum(text.count(word) for word in words.patterns.welsh_words)
    english = sum(text.count(word) for word in words.patterns.english_words)
    if welsh == english:
        return "cy" if (page.language or "").startswith("cy") else "en"
    return "cy" if welsh > english else "en"


def find_printed_edition(
    title: Title, tokens: list[Token], start: int, words: Vocabulary
) -> str | None:
    """The edition as the page prints it: in the title, a heading or a sentence."""
    if title.edition:
        return title.edition
    if title.text and (
        match := words.pattern(words.patterns.edition_title).search(plain(title.text))
    ):
        return match[1]
    for position in range(start, len(tokens)):
        token = tokens[position]
        if token.role is EDITION and not is_listed(tokens, position):
            return plain(token.value)
    pattern = words.pattern(words.patterns.edition_sentence)
    for token in tokens[start : start + 40]:
        if token.role is PROSE and (match := pattern.search(plain(token.text))):
            return next(group for group in match.groups() if group)
    return None


def find_edition_id(
    printed: str | None, programme: Programme | None, address: str | None
) -> tuple[str | None, str]:
    """Edition id, and where it was read: `page`, `unknown`, `address` or nothing."""
    if printed:
        known = find_edition(printed, programme) or find_edition(printed, "PEEL")
        if known:
            return known.id, "page"
        years = re.findall(r"20\d\d|\d\d", printed)
        return "-".join([years[0], *(year[-2:] for year in years[1:2])]), "unknown"
    known = edition_from_address(address, programme) if address else None
    return (known.id, "address") if known else (None, "")


def find_force_of(
    title: Title,
    page: Page,
    tokens: list[Token],
    programme: Programme | None,
    words: Vocabulary,
) -> Force | None:
    """The force: from the title, the text, the address, or the file name.

    Returns:
        The force with where it was read; None if nothing names one.
    """
    if title.force:
        return make_force(title.force, "title", programme, words)
    if name := _find_name(tokens, words):
        return make_force(name, "text", programme, words)
    places: tuple[tuple[str | None, ForceSource], ...] = (
        (page.source.address, "address"),
        (page.source.name, "file_name"),
    )
    for text, source in places:
        for part in reversed(re.split(r"[/\\_.]+", text or "")):
            record = find_force_by_slug(part, programme)
            if record:
                return make_force(record.name, source, programme, words)
    return None


def make_force(
    name: str, source: ForceSource, programme: Programme | None, words: Vocabulary
) -> Force:
    """A force by name, with what the reference list knows of it."""
    ends = filter(name.endswith, words.patterns.fire_suffixes)
    area = name.removesuffix(next(ends, ""))
    record = find_force(name, programme) or find_force(area, programme)
    return Force(
        name=area if programme == "FRS" else name,
        id=record.id if record else None,
        official_name=record.official_name if record else None,
        ons_code=record.ons_code if record else None,
        country=record.country if record else None,
        source=source,
    )


def _find_name(tokens: list[Token], words: Vocabulary) -> str | None:
    """The organisation that a line names, or that sentences judge.

    A sentence that only mentions a force, which may be a neighbour, names nobody.
    """
    pattern = words.pattern(words.patterns.organisation)
    before = words.pattern(words.patterns.subject_before)
    after = words.pattern(words.patterns.subject_after)
    counts: dict[str, int] = {}
    lines = [token.text for token in tokens if token.role is ORGANISATION]
    if len(set(lines)) == 1 or any(t.role is ORGANISATION for t in tokens[:HEAD]):
        return lines[0]  # further down, lines of several name none
    for token in tokens:
        if token.role not in {PROSE, STATEMENT}:
            continue
        line = plain(token.text)
        for match in pattern.finditer(line):
            is_judged = after.match(line, match.end()) or before.search(
                line[: match.start()]
            )
            if is_judged:
                counts[match.group()] = counts.get(match.group(), 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else None

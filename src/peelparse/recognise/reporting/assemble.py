"""Drafts to the parts of a report: judgements, questions, items, the letter."""

import re
from typing import Final

from msgspec import UNSET, UnsetType

from peelparse.digest import blake2b
from peelparse.recognise.placing.drafts import (
    BOXES,
    Drafts,
    ItemDraft,
    PillarDraft,
    Place,
    QuestionDraft,
)
from peelparse.recognise.placing.outline import Outline
from peelparse.recognise.reporting.grading import Grader
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary, make_key, plain
from peelparse.reference import find_topic
from peelparse.report import (
    Force,
    Item,
    Judgement,
    Observations,
    Polarity,
    Question,
    Stated,
)

WORD: Final = r"\w+"
# what WORD finds in ASCII, in lower case; the rest is white space
PLAIN_WORDS: Final = bytes(
    ord(chr(code).lower()) if code < 128 and f"_{chr(code)}".isidentifier() else 32
    for code in range(256)
)
FRAGMENT_WORDS: Final = 8  # words at each end that tell a browser the sentence


Where = tuple[int, str | UnsetType, str | UnsetType]
"""Line, path and link of a value; path and link only with provenance."""


class Assembler:
    """Makes the parts of a report from drafts."""

    def __init__(
        self, outline: Outline, address: str | None, force: Force | None
    ) -> None:
        """Args: outline: filled; address: for links; force: for items' ids."""
        self.outline = outline
        self.drafts: Drafts = outline.drafts
        self.words: Vocabulary = outline.words
        self.blocks = outline.blocks
        self.address = address
        self.grader = Grader(outline.drafts, outline.look, outline.words)
        self.seen: dict[str, int] = {}
        self.polarities: dict[str, Polarity | None] = {}
        self.fields: dict[str, str] = {}  # path while reading to path in the report
        look = outline.look
        who = (force.id or make_key(force.name)) if force else ""
        identity = (who, look.programme or "", look.edition or "")
        self.identity = b"\0".join(map(fold_words, identity))

    def judgements(self) -> list[Judgement]:
        """One for each pillar, in page order; those known from statements too."""
        pillars = list(self.drafts.pillars)
        named = {self.pillar_name(pillar) for pillar in pillars}
        for name, statement in self.drafts.statements.items():
            if name not in named:
                pillars.append(PillarDraft(statement.token, name))
        order = sorted(range(len(pillars)), key=lambda i: pillars[i].token.index)
        made = [self.judgement(pillars[i]) for i in order]
        for place, i in enumerate(order):
            self.fields[f"judgements[{i}]"] = f"judgements[{place}]"
            self.fields.setdefault(
                f"judgements[{made[place].pillar}]", f"judgements[{place}]"
            )
        return made

    def place(self, place: Place) -> Place:
        """A place with its judgement's position in the report."""
        part, bracket, rest = place.field.partition("]")
        field = self.fields[part + bracket] + rest
        return Place(field, place.label, place.rule)

    def pillar_name(self, pillar: PillarDraft) -> str | None:
        """A pillar's name: its heading, its list's, its question's words, the title's."""
        if pillar.name is None and pillar.question:
            pillar.name = self.outline.find_pillar(pillar.question)
        return pillar.name or self.outline.look.title.pillar

    def judgement(self, pillar: PillarDraft) -> Judgement:
        """The judgement of one pillar."""
        pillar.name = self.pillar_name(pillar)
        texts = [token.text for token in pillar.summary]
        grading = self.grader.grade_pillar(pillar.name, pillar.grade, texts)
        statement = self.drafts.statements.get(pillar.name or "")
        line, path, link = self.where(pillar.token)
        return Judgement(
            pillar=pillar.name,
            question=pillar.question,
            grade=grading.grade,
            grade_status=grading.grade_status,
            grade_source=grading.grade_source,
            last_updated=pillar.last_updated,
            statement=statement.token.text if statement else None,
            summary=texts,
            line=line,
            path=path,
            link=link,
        )

    def question(self, question: QuestionDraft) -> Question:
        """One core question or area."""
        text = question.token.text
        topic = find_topic(text, self.outline.look.programme) if text else None
        grading = self.grader.grade_question(question, topic)
        boxes = {name: self.items(name, text, question.boxes[name]) for name in BOXES}
        line, path, link = self.where(question.token)
        return Question(
            pillar=question.pillar.name if question.pillar else None,
            number=question.number,
            text=text,
            topic=topic,
            grade=grading.grade,
            grade_status=grading.grade_status,
            grade_source=grading.grade_source,
            narrative=[token.text for token in question.narrative],
            findings=self.items("findings", text, question.findings),
            areas_for_improvement=boxes["areas_for_improvement"],
            causes_of_concern=boxes["causes_of_concern"],
            recommendations=boxes["recommendations"],
            innovative_practice=boxes["innovative_practice"],
            subheadings=question.subheadings,
            line=line,
            path=path,
            link=link,
        )

    def items(self, kind: str, question: str, drafts: list[ItemDraft]) -> list[Item]:
        """The items of one list."""
        if not drafts:
            return []
        parts = (self.identity, fold_words(kind), fold_words(question), b"")
        start = blake2b(b"\0".join(parts), digest_size=6)
        return [self.item(start, draft) for draft in drafts]

    def item(self, start: "blake2b", draft: ItemDraft) -> Item:
        """One item with its stable id."""
        text = draft.token.text
        line, path, link = self.where(draft.token, text)
        return Item(
            id=self.item_id(start, text),
            text=text,
            lead_in=draft.lead_in,
            heading=None if draft.names_topic else draft.heading,
            detail=draft.detail,
            polarity=self.polarity(draft.lead_in) if draft.lead_in else None,
            line=line,
            path=path,
            link=link,
        )

    def item_id(self, start: "blake2b", text: str) -> str:
        """An id from content, the same in every copy that holds the same words."""
        digest = start.copy()
        digest.update(fold_words(text))
        made = digest.hexdigest()
        count = self.seen[made] = self.seen.get(made, 0) + 1
        return made if count == 1 else f"{made}-{count}"

    def polarity(self, lead_in: str) -> Polarity | None:
        """What a lead-in says of its items; None if it does not say."""
        if lead_in not in self.polarities:
            self.polarities[lead_in] = self.find_polarity(plain(lead_in))
        return self.polarities[lead_in]

    def find_polarity(self, line: str) -> Polarity | None:
        """What the words of a lead-in say; a concern weighs more than a strength."""
        patterns = self.words.patterns
        if self.words.pattern(patterns.concern_lead, ignore_case=True).search(line):
            return "concern"
        if self.words.pattern(patterns.strength_lead, ignore_case=True).search(line):
            return "strength"
        return None

    def where(self, token: Token, text: str | None = None) -> Where:
        """Line, path and link of a token, or of a text that stands there."""
        block = self.blocks[token.index]
        link = make_link(self.address, text or token.text) if self.address else UNSET
        return block.line, UNSET if block.path is None else block.path, link

    def observations(self) -> Observations | None:
        """The inspector's letter; None if there is none."""
        drafts = self.drafts
        if not (
            drafts.letter or drafts.letter_heading or drafts.inspector or drafts.office
        ):
            return None
        return Observations(
            heading=drafts.letter_heading,
            inspector=drafts.inspector,
            office=drafts.office,
            paragraphs=drafts.letter,
        )

    def stated(self) -> Stated:
        """What the page says about the assessment."""
        return Stated(
            areas_inspected=self.count("inspected"),
            areas_graded=self.count("graded"),
            paragraphs=self.drafts.stated,
        )

    def count(self, name: str) -> int | None:
        """A number of areas that the page states."""
        if not self.drafts.stated:
            return None
        patterns = self.words.patterns
        pattern = self.words.pattern(patterns.stated_counts[name], ignore_case=True)
        for text in self.drafts.stated:
            if match := pattern.search(plain(text)):
                word = next(group for group in match.groups() if group).casefold()
                return int(word) if word.isdecimal() else patterns.counts[word]
        return None


def fold_words(text: str) -> bytes:
    """Words alone, in UTF-8, which are the same however a copy writes the marks.

    Example:
        >>> fold_words("The force’s plans, and acts.")
        b'the force s plans and acts'
    """
    if text.isascii():
        return b" ".join(text.encode().translate(PLAIN_WORDS).split())
    return " ".join(re.findall(WORD, text)).casefold().encode()


def make_link(address: str, text: str) -> str:
    """The address that opens a page at a sentence (a text fragment).

    Example:
        >>> make_link("https://example.org/a", "One, two.")
        'https://example.org/a#:~:text=One%2C%20two.'
    """
    words = text.split()
    if len(words) <= 2 * FRAGMENT_WORDS:
        fragment = _quote(text)
    else:
        start, end = words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]
        fragment = f"{_quote(' '.join(start))},{_quote(' '.join(end))}"
    return f"{address.split('#', 1)[0]}#:~:text={fragment}"


def _quote(text: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415  only for links

    # a hyphen has a meaning of its own in a text fragment
    return quote(text, safe="").replace("-", "%2D")

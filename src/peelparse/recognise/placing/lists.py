"""The words inside a question: narrative, sub-headings, findings and boxes.

A box opens at its label and ends at the next label, heading, standing sentence or
question. What it holds follows from its own shape: bullets, or titles and
paragraphs.
"""

from typing import TYPE_CHECKING, Final

from peelparse.blocks import Block, Kind
from peelparse.recognise.placing.drafts import Box, ItemDraft, QuestionDraft
from peelparse.recognise.placing.statements import asks_in_lines, is_improvement
from peelparse.recognise.roles import GRADE, PILLAR, PROSE, QUESTION
from peelparse.recognise.sentences import first_sentence, last_sentence
from peelparse.recognise.surveying.marks import opens_findings
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import make_key, plain
from peelparse.text import ends_sentence

if TYPE_CHECKING:
    from peelparse.recognise.placing.outline import Outline

A_HEADING: Final = Kind.HEADING
AN_ITEM: Final = Kind.ITEM
GOES_ON: Final = frozenset((PROSE, GRADE, QUESTION, PILLAR))  # what a list may hold
ASKING: Final = frozenset(("areas_for_improvement", "recommendations"))
WORDY: Final = 24  # words of a title in a box; longer lines are sentences


class ListReader:
    """Reads the words of the open question."""

    def __init__(self, outline: "Outline") -> None:
        """Args: outline: the outline whose question is read."""
        self.outline = outline
        self.box: Box | None = None
        self.lead_in: str | None = None
        self.last: ItemDraft | None = None

    # what opens and closes

    def close(self) -> None:
        """Close the box and the list that are open."""
        self.box = self.lead_in = self.last = None

    def pause(self) -> None:
        """Close the list, and the item of a box, that are open."""
        self.lead_in = self.last = None

    def open_box(self, kind: str, token: Token) -> None:
        """Open a box at its label."""
        self.close()
        block = self.block(token)
        self.box = Box(kind, block.level if block.kind is A_HEADING else 0)
        self.box.end = token.index + block.extent if block.extent else 0

    def block(self, token: Token) -> Block:
        """The block that a token came from."""
        return self.outline.blocks[token.index]

    def next_block(self, position: int) -> Block | None:
        """The block after a token, if prose follows it."""
        tokens = self.outline.tokens
        after = tokens[position + 1] if position + 1 < len(tokens) else None
        return self.block(after) if after and after.role in GOES_ON else None

    # reading

    def read(self, question: QuestionDraft, position: int, token: Token) -> None:
        """Place one token of prose in the open question."""
        block = self.block(token)
        if self.box and 0 < self.box.end < token.index:
            self.close()
        if block.kind is AN_ITEM:
            self.read_item(question, token, block)
        elif block.continues and self.last:
            self.add_detail(self.last, token)
        elif self.box:
            self.read_in_box(question, self.box, position, token)
        else:
            self.read_paragraph(question, position, token)

    def read_item(self, question: QuestionDraft, token: Token, block: Block) -> None:
        """A bullet: an item of its own, or a part of the one before."""
        last = self.last
        if last and (
            block.level > last.level
            or (
                last.is_open
                and not last.last_text.endswith(".")
                and not is_improvement(token.text, self.outline.words)
            )
        ):
            # where levels tell, those of the page decide; flattened lists have none
            last.is_open = last.is_open and block.level == last.level
            self.add_detail(last, token)
            return
        items, field = self.items(question)
        item = ItemDraft(token, block.level, self.lead_in)
        item.is_open = token.text.endswith(":")
        items.append(item)
        self.last = item
        if self.box:
            self.box.has_bullets = True
        self.outline.place(token, field)

    def items(self, question: QuestionDraft) -> tuple[list[ItemDraft], str]:
        """The list that items now go to, and its path."""
        if self.box:
            return question.boxes[
                self.box.kind
            ], f"{self.outline.question_field}.{self.box.kind}"
        return question.findings, f"{self.outline.question_field}.findings"

    def add_detail(self, item: ItemDraft, token: Token) -> None:
        """Add words to an item; the first under a topic are the item itself."""
        name = self.box.kind if self.box else "findings"
        field = f"{self.outline.question_field}.{name}"
        if item.names_topic:
            self.outline.place(item.token, f"{field}.heading")
            item.token, item.names_topic = token, False
            self.outline.place(token, field)
            return
        item.detail.append(token.text)
        self.outline.place(token, f"{field}.detail")

    def read_paragraph(
        self, question: QuestionDraft, position: int, token: Token
    ) -> None:
        """A paragraph outside boxes: lead-in, sub-heading or narrative."""
        field = self.outline.question_field
        if self.is_lead_in(position, token):
            lead_in = last_sentence(token.text)
            self.lead_in, self.last = lead_in, None
            if lead_in == token.text:
                self.outline.place(token, f"{field}.findings.lead_in", "lead_in")
                return
        else:
            self.lead_in = self.last = None
            if self.is_subheading(position, token):
                question.subheadings.append(token.text)
                self.outline.place(token, f"{field}.subheadings", "subheading")
                return
        question.narrative.append(token)
        self.outline.place(token, f"{field}.narrative")

    def is_lead_in(self, position: int, token: Token) -> bool:
        """Whether a paragraph leads into bullets."""
        after = self.next_block(position) if token.text.endswith(":") else None
        return after is not None and after.kind is AN_ITEM

    def is_subheading(self, position: int, token: Token) -> bool:
        """Whether a paragraph is a short line that heads what follows."""
        kind = self.block(token).kind
        if kind is A_HEADING or kind is Kind.CELL:
            return kind is A_HEADING
        return self.is_title_like(token) and self.next_block(position) is not None

    def is_title_like(self, token: Token) -> bool:
        """Whether a line is short and ends as no sentence does."""
        text = token.text
        return (
            len(text) < SHORT
            and not ends_sentence(text)
            and not text[0].islower()
            and text.count(" ") < WORDY
        )

    # boxes

    def read_in_box(
        self, question: QuestionDraft, box: Box, position: int, token: Token
    ) -> None:
        """A paragraph or heading in a box: lead-in, item, detail, or its end."""
        items = question.boxes[box.kind]
        is_first = self.last is None
        if self.turns_to_findings(box, position, token):
            self.close()
            self.read_paragraph(question, position, token)
        elif self.is_lead_in(position, token) and self.leads_in_box(
            box, position, token
        ):
            self.lead_in, self.last = token.text, None
            self.outline.place(
                token,
                f"{self.outline.question_field}.{box.kind}.lead_in",
                "lead_in_of_box",
            )
        elif (is_first and not box.has_bullets) or self.begins_item(
            box, items, position, token
        ):
            self.begin_item(items, box, token)
        elif self.last is None or self.ends_box(box, position, token):
            self.close()
            self.read_paragraph(question, position, token)
        else:
            self.add_detail(self.last, token)
            self.last.is_open = self.explains_in_list(position, token)

    def explains_in_list(self, position: int, token: Token) -> bool:
        """Whether an explanation of an item goes on in a list, which asks for nothing."""
        duty = self.outline.words.pattern(self.outline.words.patterns.duty)
        return self.is_lead_in(position, token) and not duty.search(
            last_sentence(token.text)
        )

    def leads_in_box(self, box: Box, position: int, token: Token) -> bool:
        """Whether a line that ends in a colon leads into items of the box."""
        if not box.has_bullets:
            box.has_lines |= asks_in_lines(self.outline, position)
            return self.last is None and not box.has_lines
        patterns = self.outline.words.patterns
        recommends = self.outline.words.pattern(patterns.recommending)
        return recommends.fullmatch(plain(token.text)) is not None

    def begins_item(
        self, box: Box, items: list[ItemDraft], position: int, token: Token
    ) -> bool:
        """Whether a line begins the next item of a box without bullets."""
        if box.has_bullets or self.last is None:
            return self.goes_on_without_marks(token)
        asks = is_improvement(token.text, self.outline.words)
        block = self.block(token)
        if block.kind is A_HEADING:
            return block.level == box.title_level or (
                box.title_level == 0 and block.level > box.level > 0
            )
        if box.is_titled and not box.title_level and self.is_title_like(token):
            # the last line of a box heads nothing, but may end a list of bare titles
            is_bare = len(items) > 1 and not any(item.detail for item in items)
            is_last = self.next_block(position) is None
            return not is_last or is_bare or asks
        is_area = box.kind == "areas_for_improvement"
        return is_area and asks and not self.last.names_topic

    def goes_on_without_marks(self, token: Token) -> bool:
        """Whether an improvement comes after the list that ended another's sentence."""
        if self.last is None or not is_improvement(token.text, self.outline.words):
            return False
        is_item = self.block(self.last.token).kind is AN_ITEM
        said = self.last.lead_in if is_item else self.last.token.text
        return said is not None and is_improvement(said, self.outline.words)

    def begin_item(self, items: list[ItemDraft], box: Box, token: Token) -> None:
        """Begin an item of a box without bullets, at its title or statement."""
        block = self.block(token)
        if not items or self.last is None:
            box.is_titled = block.kind is A_HEADING or self.is_title_like(token)
            box.title_level = block.level if block.kind is A_HEADING else 0
        item = ItemDraft(token)
        item.is_open = box.has_lines and token.text.endswith(":")
        if self.names_topic(token):
            item.heading, item.names_topic = token.text, True
        items.append(item)
        self.last = item
        self.outline.place(token, f"{self.outline.question_field}.{box.kind}")

    def names_topic(self, token: Token) -> bool:
        """Whether a title only names a topic: it ends in the label of a box."""
        key = make_key(token.text)
        boxes = self.outline.words.labels.boxes
        return not ends_sentence(token.text) and key.endswith(
            tuple(f" {b}" for b in boxes)
        )

    def turns_to_findings(self, box: Box, position: int, token: Token) -> bool:
        """Whether a paragraph under a statement of a box is what was found, no detail.

        It judges the force, or leads into a list and asks for nothing. A box that is
        an element ends with it, and boxes of areas explain their titles.
        """
        if not self.last or self.last.names_topic or box.has_bullets or box.end:
            return False
        line, words = plain(token.text), self.outline.words
        if self.outline.look.shape != "pillars" or box.kind not in ASKING:
            return False
        duty = words.pattern(words.patterns.duty)
        if self.is_lead_in(position, token):
            return duty.search(line) is None
        return opens_findings(line, words) and not duty.search(first_sentence(line))

    def ends_box(self, box: Box, position: int, token: Token) -> bool:
        """Whether a line that begins no item ends the box."""
        if box.has_bullets or box.has_lines:
            return True
        block = self.block(token)
        if block.kind is A_HEADING:
            return box.title_level == 0 or block.level <= box.title_level
        return not box.is_titled and self.is_subheading(position, token)

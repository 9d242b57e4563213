"""Blocks to tokens: what each block is by its own words, wherever it stands.

Nothing here looks at order, except where one block names the value that the next
one holds (`Grade` and then `Good`). What a token means is decided by `outline`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from peelparse.blocks import Block, Kind
from peelparse.grammar import LIST_ENDS
from peelparse.recognise.labelling.dates import parse_date
from peelparse.recognise.labelling.labels import read_counted, read_graded
from peelparse.recognise.labelling.pairs import (
    drop_repeated,
    name_inspectors,
    name_values,
)
from peelparse.recognise.roles import (
    DATE,
    DETAIL_LINK,
    DOCUMENT,
    EDITION,
    FIELD_LABEL,
    FURNITURE,
    FURTHER_INSIGHTS,
    GRADE,
    GRADE_LABEL,
    INSPECTOR,
    LISTED_QUESTION,
    NUMBER,
    ORGANISATION,
    PROSE,
    QUESTION,
    QUESTIONS_FOR,
    TAIL,
    TITLE,
    VIEW_QUESTIONS,
    Role,
)
from peelparse.recognise.sentences import GLUED, Sentences
from peelparse.recognise.token import LONGEST_LABEL, Token
from peelparse.recognise.vocabulary import Vocabulary, make_key, plain

A_MENU: Final = Kind.FURNITURE
AN_IMAGE: Final = Kind.IMAGE
NUMBERED: Final = re.compile(r"\d{1,2}[.)] +(?=[^\W\d_])")
LONGEST_FORM: Final = 320  # characters of a block that a form of a line can fill


class Tokeniser:
    """Tries the vocabulary's labels and forms on one block after the other."""

    def __init__(self, words: Vocabulary) -> None:
        """Args: words: the vocabulary."""
        self.words = words
        self.by_key = words.by_key
        self.pillars = words.labels.pillars.keys()
        self.starts = words.starts
        self.sentences = Sentences(words)
        find = words.patterns
        forms = (
            ("questions_for", find.questions_for, QUESTIONS_FOR),
            ("view_questions", find.view_questions, VIEW_QUESTIONS),
            ("further_insights", find.further_insights, FURTHER_INSIGHTS),
            ("detail_link", find.detail_link, DETAIL_LINK),
            ("question_of_pillar", find.question_of_pillar, LISTED_QUESTION),
            ("question_number", find.question_number, NUMBER),
            ("link_row", find.link_row, FURNITURE),
            ("reading_time", find.reading_time, FURNITURE),
            ("inspector", find.inspector, INSPECTOR),
        )
        self.forms = tuple(
            (find.form_words[name], source, role) for name, source, role in forms
        )
        self.date_words = find.form_words["date"]
        self.names = find.form_words["organisation"]
        self.prefixes = tuple(find.box_prefixes)
        self.titles = tuple(
            (form, role)
            for role, entries in ((EDITION, find.editions), (TITLE, find.titles))
            for form in entries
        )
        self.documents = tuple(words.labels.documents)

    def read(self, index: int, block: Block) -> list[Token]:
        """Tokens of one block, at least one."""
        text = block.text
        if block.kind is A_MENU:
            return [Token(FURNITURE, index, text, rule="furniture_element")]
        if block.kind is Kind.HEADING and "?" not in text and text[0].isdecimal():
            text = NUMBERED.sub("", text)  # a question's is its own; no label's counts
        if len(text) <= LONGEST_LABEL and (
            found := self.read_label(index, text, block)
        ):
            return found
        if block.kind is AN_IMAGE and len(text) <= LONGEST_FORM:
            return [Token(FURNITURE, index, text, rule="alternative_text")]
        if self.sentences.is_plain(text):
            return [Token(PROSE, index, text, "", None, "prose")]
        found = self.read_form(index, text, block) if len(text) <= LONGEST_FORM else []
        return found or [self.sentences.read_prose(index, text)]

    def read_label(self, index: int, text: str, block: Block) -> list[Token]:
        """Tokens of a block that is a label; none if it is not one."""
        key = make_key(text)
        found = self.by_key.get(key)
        if found is None and key.startswith(self.prefixes):
            prefix = next(each for each in self.prefixes if key.startswith(each))
            found = self.by_key.get(key.removeprefix(prefix).lstrip(" :!"))
        if found:
            role, value = found
            rule = "alternative_text" if block.kind is Kind.IMAGE else f"{role}_label"
            return [Token(role, index, text, value, rule=rule)]
        if text[-1] in ".;":
            return []  # no composite label is a sentence; most short lines are
        if key.isdecimal() and len(key) < 3:
            return [Token(NUMBER, index, text, key, int(key), "number_line")]
        return (
            self.read_pair(index, text, block)
            or read_graded(self.by_key, index, text)
            or read_counted(self.by_key, index, text, key)
            or self.read_glued(index, text, block)
        )

    def read_glued(self, index: int, text: str, block: Block) -> list[Token]:
        """Tokens of two labels, or a label and a word, that a copy ran together."""
        if text[1:].islower():
            return []  # nothing begins in it
        names = {make_key(part) for part in GLUED.split(text.replace(" ", ""))}
        if len(names) > 1 and names <= self.pillars:
            return [Token(FURNITURE, index, text, rule="row_of_tabs")]
        for cut in GLUED.finditer(text):
            first, rest = text[: cut.start()], text[cut.start() :]
            found = self.by_key.get(make_key(rest))
            if not found:
                continue
            last = Token(found[0], index, rest, found[1], rule="glued_label")
            if first.islower():
                return [Token(FURNITURE, index, first, rule="glued_word"), last]
            return [*self.read(index, msgspec.structs.replace(block, text=first)), last]
        return []

    def read_pair(self, index: int, text: str, block: Block) -> list[Token]:
        """Tokens of `Label: value` in one block; none if it is no such pair."""
        name, _, value = text.partition(":")
        if not value:
            return []
        label = self.by_key.get(make_key(name))
        if label and label[0] is TAIL:
            return [Token(TAIL, index, text, rule="tail_label")]
        if not label or label[0] not in {GRADE_LABEL, FIELD_LABEL}:
            return []
        tokens = self.read(
            index, msgspec.structs.replace(block, text=value.strip() or "-")
        )
        wanted = GRADE if label[0] is GRADE_LABEL else None
        if tokens[0].role is PROSE or wanted not in {None, tokens[0].role}:
            return []
        return tokens

    def read_form(self, index: int, text: str, block: Block) -> list[Token]:
        """Tokens of a block that has the form of some line; none if it has not."""
        if "?" in text and (found := self.read_question(index, text, block)):
            return found
        said = self.sentences.read(index, text)
        return self.read_line(index, text) if said is None else said

    def read_line(self, index: int, text: str) -> list[Token]:
        """Tokens of a line that is no sentence, by its form; none if it has none."""
        line = plain(text)
        if found := self.read_date(index, text, line):
            return found
        key = line.casefold()
        for hints, source, role in self.forms:
            if not any(hint in key for hint in hints):
                continue  # most patterns are so not even compiled
            pattern = self.words.pattern(source, ignore_case=role is not INSPECTOR)
            if match := pattern.fullmatch(line):
                return [self.make_form(index, text, role, match)]
        return self.read_title(index, text, line) or self.read_furniture(
            index, text, line
        )

    def read_title(self, index: int, text: str, line: str) -> list[Token]:
        """A title, or a line that names an edition or a force; none if neither."""
        if not line[0].isalnum():
            return []
        for form, role in self.titles:
            if not form.may_fit(line):
                continue
            match = self.words.pattern(form.pattern).fullmatch(line)
            if match:
                return [Token(role, index, text, match["edition"], rule=f"{role}_form")]
        if (
            len(line) < LONGEST_LABEL
            and any(name in line.casefold() for name in self.names)
            and self.words.pattern(self.words.patterns.organisation).fullmatch(line)
        ):
            return [Token(ORGANISATION, index, text, text, rule="organisation_form")]
        return []

    def make_form(
        self, index: int, text: str, role: Role, match: re.Match[str]
    ) -> Token:
        """The token of a form that matched."""
        parts = match.groupdict()
        number = parts.get("number")
        value = parts.get("pillar") or parts.get("name") or ""
        if role is not INSPECTOR:
            value = value.capitalize()
        return Token(
            role, index, text, value, int(number) if number else None, f"{role}_form"
        )

    def read_question(self, index: int, text: str, block: Block) -> list[Token]:
        """Number, question and grade of a line; none if it is no question."""
        match = self.words.pattern(self.words.patterns.question).fullmatch(text)
        if not match:
            return []
        rest = make_key(match["rest"]).strip(" ,-")
        grade = self.by_key.get(rest)
        if rest and not (grade and grade[0] is GRADE):
            if rest not in self.words.patterns.question_states:
                return []
            grade = None
        tokens = []
        number = int(match["number"]) if match["number"] else block.ordinal
        if number is not None:
            tokens.append(
                Token(NUMBER, index, text, str(number), number, "number_in_line")
            )
        tokens.append(Token(QUESTION, index, match["text"], rule="question_form"))
        if grade:
            tokens.append(
                Token(GRADE, index, match["rest"], grade[1], rule="grade_in_line")
            )
        return tokens

    def read_date(self, index: int, text: str, line: str) -> list[Token]:
        """The date, and a grade after it, of a line; none if it is no date line."""
        key = line.casefold()
        if not line[-1].isalnum() or not any(word in key for word in self.date_words):
            return []
        match = self.words.pattern(self.words.patterns.date).fullmatch(line)
        if not match:
            return []
        rest = make_key(match["rest"])
        grade = self.by_key.get(rest)
        if rest and not (grade and grade[0] is GRADE):
            return []
        is_page = make_key(match["label"]) in self.words.patterns.page_date_labels
        rule = "page_date_form" if is_page else "date_form"
        value = parse_date(match["date"], self.words.patterns.months)
        tokens = [Token(DATE, index, text, value or "", rule=rule)]
        if grade:
            tokens.append(
                Token(GRADE, index, match["rest"], grade[1], rule="grade_in_line")
            )
        return tokens if value else []

    def is_instruction(self, text: str) -> bool:
        """Whether a line asks for something, or is a member of a list in a sentence."""
        is_member = text.endswith((";", *LIST_ENDS))
        duty = self.words.pattern(self.words.patterns.duty)
        return is_member or duty.search(text) is not None

    def read_furniture(self, index: int, text: str, line: str) -> list[Token]:
        """Link labels, titles of documents, and page ends."""
        key = line.casefold()
        if key.startswith(self.documents):
            return [Token(DOCUMENT, index, text, rule="document_title")]
        if key.startswith(self.starts) and not self.is_instruction(text):
            return [Token(FURNITURE, index, text, rule="link_label")]
        return []


@lru_cache(maxsize=8)
def _tokeniser(words: Vocabulary) -> Tokeniser:
    """The tokeniser of a vocabulary, made once."""
    return Tokeniser(words)


def tokenise(blocks: Sequence[Block], words: Vocabulary) -> list[Token]:
    """Tokens of all blocks, in page order.

    Args:
        blocks: the page; may be empty.
        words: the vocabulary.
    """
    read = _tokeniser(words).read
    tokens = [
        token for index, block in enumerate(blocks) for token in read(index, block)
    ]
    tokens = drop_repeated(name_values(tokens, blocks, words), blocks)
    return name_inspectors(tokens, words)

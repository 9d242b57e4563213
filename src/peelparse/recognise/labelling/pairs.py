"""Labels whose value stands in the next line: `Last updated` and then the date."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from peelparse.blocks import Block, Kind
from peelparse.recognise.labelling.dates import parse_date
from peelparse.recognise.roles import (
    DATE,
    EDITION,
    FIELD_LABEL,
    FURNITURE,
    GRADE,
    GRADE_LABEL,
    INSPECTOR,
    NUMBER,
    ORGANISATION,
    PILLAR,
    PROSE,
    QUESTION,
    TITLE,
)
from peelparse.recognise.token import LONGEST_LABEL, Token
from peelparse.recognise.vocabulary import Vocabulary, plain

LABELS = frozenset((FIELD_LABEL, GRADE_LABEL))
NAMES = frozenset((PROSE, ORGANISATION))
MOST_NAMES = 5  # of a person
DATES = frozenset(("date", "page_date"))


def name_values(
    tokens: Sequence[Token], blocks: Sequence[Block], words: Vocabulary
) -> list[Token]:
    """Give a value the role that the label line before it names.

    A line that only looks like a label, because no value follows, becomes prose where
    it is a heading or an item; elsewhere it is a label whose value the copy has lost.
    """
    if LABELS.isdisjoint(token.role for token in tokens):
        return list(tokens)
    named: list[Token] = []
    for position, token in enumerate(tokens):
        after = tokens[position + 1] if position + 1 < len(tokens) else None
        label = named[-1] if named and named[-1].role is FIELD_LABEL else None
        if label and label.value != "inspector" and token.role in {PROSE, ORGANISATION}:
            named.append(_name_value(label, token, words))
        elif (token.role is FIELD_LABEL and not _has_value(token, after, words)) or (
            token.role is GRADE_LABEL and (after is None or after.role is not GRADE)
        ):
            named.append(_lose_value(token, blocks[token.index]))
        else:
            named.append(token)
    return named


def drop_repeated(tokens: list[Token], blocks: Sequence[Block]) -> list[Token]:
    """Take a picture's grade for furniture where its caption says the same grade."""
    for token, after in pairwise(tokens):
        if token.role is GRADE is after.role and token.value == after.value:
            for each in (token, after):
                if blocks[each.index].kind is Kind.IMAGE:
                    each.role, each.value = FURNITURE, ""
                    break
    return tokens


def _name_value(label: Token, token: Token, words: Vocabulary) -> Token:
    """The value of a field label, by the kind of field."""
    if label.value in DATES:
        value = parse_date(token.text, words.patterns.months) or ""
        return msgspec.structs.replace(
            token, role=DATE, value=value, rule=f"{label.value}_form"
        )
    return msgspec.structs.replace(
        token, role=ORGANISATION, value=token.text, rule="force_field"
    )


def _has_value(label: Token, after: Token | None, words: Vocabulary) -> bool:
    """Whether what follows a field label can be its value."""
    if after is None:
        return False
    if label.value in DATES:
        bare_date = words.pattern(words.patterns.bare_date)
        return bare_date.fullmatch(after.text) is not None
    if label.value == "force":
        is_short = len(after.text) < LONGEST_LABEL and "." not in after.text
        is_name = after.role is ORGANISATION or after.text[:1].isupper()
        return is_short and is_name and after.role in {PROSE, ORGANISATION}
    if label.value == "inspector":
        return words.pattern(words.patterns.person).match(plain(after.text)) is not None
    return after.role in {
        EDITION,
        PILLAR,
        NUMBER,
        QUESTION,
        TITLE,
    }


def _lose_value(label: Token, block: Block) -> Token:
    """A label that no value follows."""
    if block.kind is Kind.PARAGRAPH:
        return msgspec.structs.replace(
            label, role=FURNITURE, value="", rule="label_without_value"
        )
    return msgspec.structs.replace(label, role=PROSE, rule="prose")


def name_inspectors(tokens: Sequence[Token], words: Vocabulary) -> list[Token]:
    """Join a line that is a person's name and the line of an office after it."""
    offices = words.patterns.form_words["office"]
    named = list(tokens)
    for position in range(len(named) - 1):
        name, title = named[position], named[position + 1]
        if (
            not title.text.endswith(".")  # an office is no sentence; most lines are
            and len(title.text) < LONGEST_LABEL > len(name.text)
            and name.role in NAMES
            and 0 < name.text.count(" ") < MOST_NAMES
            and any(each in title.text.casefold() for each in offices)
            and words.pattern(words.patterns.office).fullmatch(plain(title.text))
            and words.pattern(words.patterns.person).fullmatch(plain(name.text))
        ):
            named[position] = msgspec.structs.replace(
                name, role=INSPECTOR, value=name.text, rule="inspector_line"
            )
            named[position + 1] = msgspec.structs.replace(
                title, role=INSPECTOR, rule="office_line"
            )
    return named

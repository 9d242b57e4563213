"""What stands next to a token: the few questions that several rules ask."""

from collections.abc import Sequence
from typing import Final

from peelparse.recognise.roles import (
    BOX,
    DETAIL_LINK,
    FIELD_LABEL,
    FURNITURE,
    GRADE,
    GRADE_LABEL,
    NUMBER,
    PROSE,
    SECTION,
    STANDING,
    STATEMENT,
)
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import Vocabulary, plain
from peelparse.text import ends_sentence

PASSED_OVER: Final = frozenset((FURNITURE, GRADE_LABEL, FIELD_LABEL, DETAIL_LINK))
CONTENT: Final = frozenset((STANDING, BOX, STATEMENT))


def is_listed(tokens: Sequence[Token], position: int) -> bool:
    """Whether a line has its like beside it, as an entry of a menu has."""
    role = tokens[position].role
    beside = tokens[max(0, position - 1) : position + 2]
    return sum(1 for token in beside if token.role is role) > 1


def following(tokens: Sequence[Token], position: int, count: int) -> list[Token]:
    """The next tokens that are not passed over, at most `count`."""
    found: list[Token] = []
    for token in tokens[position + 1 : position + 4 + 2 * count]:
        if token.role not in PASSED_OVER:
            found.append(token)
            if len(found) == count:
                break
    return found


def preceding(tokens: Sequence[Token], position: int, count: int) -> list[Token]:
    """The tokens before that are not passed over, at most `count`, in page order."""
    near = tokens[max(0, position - 3 * count) : position]
    return [token for token in near if token.role not in PASSED_OVER][-count:]


def is_anchored(tokens: Sequence[Token], position: int) -> bool:
    """Whether a number before or a grade after a line makes it a question."""
    if position and tokens[position - 1].role is NUMBER:
        return True
    after = following(tokens, position, 1)
    return bool(after) and after[0].role is GRADE


def has_content(tokens: Sequence[Token], position: int) -> bool:
    """Whether what follows a question is more than another label or link."""
    after = following(tokens, position, 1)
    return is_anchored(tokens, position) or (bool(after) and is_content(after[0]))


def is_content(token: Token) -> bool:
    """Whether a token is a sentence or a label that only content has."""
    if token.role is PROSE:
        return ends_sentence(token.text)
    # other sections stand beside questions and areas, not in them
    is_part = token.role is SECTION and token.value == "findings"
    return is_part or token.role in CONTENT


def is_stated(token: Token, words: Vocabulary) -> bool:
    """Whether a paragraph is known to be about the assessment, not the force."""
    line = plain(token.text)
    return any(
        words.pattern(form.pattern).fullmatch(line)
        for form in words.patterns.standing_stated
        if form.may_fit(line)
    )

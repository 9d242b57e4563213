"""Areas of reports without pillars, which are told by the grade that follows them."""

from typing import Final

from peelparse.recognise.context import PASSED_OVER, following, is_content
from peelparse.recognise.roles import AREA, GRADE, PROSE, SECTION, TAIL
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import Vocabulary, make_key
from peelparse.text import ends_sentence

LISTED: Final = 6  # lines of a list of areas and grades: three pairs


def settle_areas(tokens: list[Token], start: int, words: Vocabulary) -> None:
    """Make areas of short lines that a grade and then content follow."""
    position = start
    while position < len(tokens):
        token = tokens[position]
        if token.role is PROSE and len(token.text) < SHORT:
            _split_grade(tokens, position, words)
            after = following(tokens, position, 2)
            if (
                len(after) == 2
                and after[0].role is GRADE
                and is_content(after[1])
                and not ends_sentence(token.text)
            ):
                _make_area(token, "area_by_grade")
        position += 1
    for token in _find_listed(tokens, start):
        _make_area(token, "area_in_list")
    for token in _find_judged(tokens, start):
        _make_area(token, "area_by_judgments")
    names = {make_key(token.text) for token in tokens if token.role is AREA}
    for token in tokens[start:]:
        if token.role is PROSE and make_key(token.text) in names:
            _make_area(token, "area_again")


def _make_area(token: Token, rule: str) -> None:
    token.role = AREA
    token.rule = rule


def _split_grade(tokens: list[Token], position: int, words: Vocabulary) -> None:
    """Split a line that holds an area and its grade, if content follows it."""
    token = tokens[position]
    after = following(tokens, position, 1)
    if not after or not is_content(after[0]):
        return
    for count in (1, 2):
        name, *label = token.text.rsplit(" ", count)
        text = " ".join(label)
        found = words.by_key.get(make_key(text))
        if len(label) == count and found and found[0] is GRADE and text[0].isupper():
            token.text = name
            grade = Token(GRADE, token.index, text, found[1], rule="grade_in_line")
            tokens.insert(position + 1, grade)
            return


def _find_listed(tokens: list[Token], start: int) -> list[Token]:
    """Areas of a list of area and grade in turn, whose content the copy lost.

    The list must begin with an area after something that is neither area nor
    grade, and end with a grade: in a judgments table read column by column a
    grade stands before its areas, and no such list comes about.
    """
    found: list[Token] = []
    run: list[Token] = []
    is_open = True
    for token in [*tokens[start:], Token(TAIL, -1, "")]:
        wanted = GRADE if len(run) % 2 else AREA
        role = AREA if _is_name(token) else token.role
        if is_open and role is wanted:
            run.append(token)
            continue
        if role in PASSED_OVER:
            is_open = is_open or not run
            continue
        if is_open and len(run) >= LISTED and len(run) % 2 == 0 and role is not AREA:
            found += run[::2]
        run = []
        is_open = role not in {AREA, GRADE}
    return found


def _find_judged(tokens: list[Token], start: int) -> list[Token]:
    """Lines that the judgments table names and that content follows further down."""
    names: set[str] = set()
    found: list[Token] = []
    is_table = False
    for position in range(start, len(tokens)):
        token = tokens[position]
        if token.role is SECTION:
            is_table = token.value == "judgments"
        elif is_table and is_content(token) and names:
            is_table = False
        elif is_table and _is_name(token):
            names.add(make_key(token.text))
            continue
        if token.role is PROSE and make_key(token.text) in names:
            after = following(tokens, position, 1)
            if after and is_content(after[0]):
                found.append(token)
    return found


def _is_name(token: Token) -> bool:
    """Whether a line can be the name of an area."""
    if token.role is PROSE:
        return len(token.text) < SHORT and not ends_sentence(token.text)
    return token.role is AREA

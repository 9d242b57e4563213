"""Areas of reports without pillars, which are told by the grade that follows them."""

from typing import Final

from peelparse.recognise.context import PASSED_OVER, following, is_content
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import Role, Vocabulary, make_key
from peelparse.text import ends_sentence

KNOWN: Final = 2  # known areas in a run of names that make it a list of areas
LISTED: Final = 6  # lines of a list of areas and grades: three pairs


def settle_areas(tokens: list[Token], start: int, words: Vocabulary) -> None:
    """Make areas of short lines that a grade and then content follow."""
    position = start
    while position < len(tokens):
        token = tokens[position]
        if token.role is Role.PROSE and len(token.text) < SHORT:
            _split_grade(tokens, position, words)
            after = following(tokens, position, 2)
            if (
                len(after) == 2
                and after[0].role is Role.GRADE
                and is_content(after[1])
                and not ends_sentence(token.text)
            ):
                _make_area(token, "area_by_grade")
        position += 1
    for token in _find_listed(tokens, start):
        _make_area(token, "area_in_list")
    for token in _find_judged(tokens, start):
        _make_area(token, "area_by_judgments")
    names = {make_key(token.text) for token in tokens if token.role is Role.AREA}
    for token in tokens[start:]:
        if token.role is Role.PROSE and make_key(token.text) in names:
            _make_area(token, "area_again")


def _make_area(token: Token, rule: str) -> None:
    token.role = Role.AREA
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
        if (
            len(label) == count
            and found
            and found[0] is Role.GRADE
            and text[0].isupper()
        ):
            token.text = name
            grade = Token(Role.GRADE, token.index, text, found[1], rule="grade_in_line")
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
    for token in [*tokens[start:], Token(Role.TAIL, -1, "")]:
        wanted = Role.GRADE if len(run) % 2 else Role.AREA
        role = Role.AREA if _is_name(token) else token.role
        if is_open and role is wanted:
            run.append(token)
            continue
        if role in PASSED_OVER:
            is_open = is_open or not run
            continue
        if (
            is_open
            and len(run) >= LISTED
            and len(run) % 2 == 0
            and role is not Role.AREA
        ):
            found += run[::2]
        run = []
        is_open = role not in {Role.AREA, Role.GRADE}
    return found


def _find_judged(tokens: list[Token], start: int) -> list[Token]:
    """Lines that a list of areas names and that content follows further down."""
    names = _find_named(tokens, start)
    found: list[Token] = []
    is_table = False
    for position in range(start, len(tokens)):
        token = tokens[position]
        if token.role is Role.SECTION:
            is_table = token.value == "judgments"
        elif is_table and is_content(token) and names:
            is_table = False
        elif is_table and _is_name(token):
            names.add(make_key(token.text))
            continue
        if token.role is Role.PROSE and make_key(token.text) in names:
            after = following(tokens, position, 1)
            if after and is_content(after[0]):
                found.append(token)
    return found


def _find_named(tokens: list[Token], start: int) -> set[str]:
    """Names in contents lists: lines among which several known areas stand."""
    names: set[str] = set()
    run: list[Token] = []
    for token in [*tokens[start:], Token(Role.TAIL, -1, "")]:
        if _is_name(token):
            run.append(token)
            continue
        if sum(1 for each in run if each.role is Role.AREA) >= KNOWN:
            names.update(make_key(each.text) for each in run)
        run = []
    return names


def _is_name(token: Token) -> bool:
    """Whether a line can be the name of an area."""
    if token.role is Role.PROSE:
        return len(token.text) < SHORT and not ends_sentence(token.text)
    return token.role is Role.AREA

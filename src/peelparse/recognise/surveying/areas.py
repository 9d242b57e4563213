"""Areas of reports without pillars, which are told by the grade that follows them."""

from collections.abc import Sequence
from typing import Final

import msgspec

from peelparse.recognise.context import PASSED_OVER, following, is_content
from peelparse.recognise.roles import AREA, CELL, FURNITURE, GRADE, PROSE, SECTION, TAIL
from peelparse.recognise.surveying.judged import (
    IN_COLUMNS,
    NO_NAME,
    Judged,
    bar_columns,
    bar_names,
    find_judged,
    find_repeated,
    is_name,
)
from peelparse.recognise.surveying.lost import find_places
from peelparse.recognise.surveying.marks import LONGEST_SUBJECT, judges_force
from peelparse.recognise.surveying.openings import open_lost_areas
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import Vocabulary, make_key, plain
from peelparse.text import SENTENCE_ENDS, ends_sentence

BETWEEN: Final = " –—-:|·"  # an area and its grade in one line
LONGEST_NAME: Final = 120  # characters of a name that a sentence follows in one line
WORD: Final = 3  # characters of the words that tell nothing of an area
KNOWN: Final = 2  # known areas in a run of names that make it a list of areas
LISTED: Final = 6  # lines of a list of areas and grades: three pairs


def settle_areas(
    tokens: list[Token], start: int, words: Vocabulary, lost: Sequence[Token]
) -> Judged:
    """Make areas of short lines that a grade and then content follow.

    Args:
        tokens: the page's tokens; roles are settled in place.
        start: where the page begins.
        words: the vocabulary.
        lost: grades that have no name.

    Returns:
        What the list of judgments says.
    """
    bar_names(tokens, start, words)
    bar_columns(tokens, start, list(dict.fromkeys(words.labels.grades.values())))
    judged = find_judged(tokens, start)
    _part_names(tokens, start, words, judged)
    _settle_named(tokens, start, words, lost)
    for token in (*_find_listed(tokens, start), *find_repeated(tokens, start)):
        _make_area(token, "area_in_list")
    for token in _find_judged(tokens, start):
        _make_area(token, "area_by_judgments")
    _settle_again(tokens, start)
    open_lost_areas(tokens, start, words)
    if not _has_areas(tokens, start):
        _settle_judged(judged)
    for position in find_places(tokens, lost):
        before = tokens[position - 1]
        if before.role is AREA:  # the last name of a table, and no heading
            before.role, before.rule = PROSE, "prose"
    return judged


def _settle_judged(judged: Judged) -> None:
    """Make areas of names where a copy has no panel that was open.

    Those are the headings after the list of judgments, else the list's own names.
    """
    are_headings = len(judged.rest) >= LISTED // 2
    for token in judged.rest if are_headings else judged.names:
        _make_area(token, "area_in_list")
    for token in judged.labels:
        token.role, token.rule = FURNITURE, "judgments_list"


def _settle_named(
    tokens: list[Token], start: int, words: Vocabulary, lost: Sequence[Token]
) -> None:
    """Make areas of short lines by the grade or the sentence after them."""
    position = start
    while position < len(tokens):
        token = tokens[position]
        if token.role is PROSE and len(token.text) < SHORT:
            _split_grade(tokens, position, words)
            after = following(tokens, position, 2)
            if _is_graded(token, after, lost):
                _make_area(token, "area_by_grade")
            elif after and _names_subject(token, after[0], words):
                _make_area(token, "area_by_sentence")
        position += 1


def _is_graded(token: Token, after: list[Token], lost: Sequence[Token]) -> bool:
    """Whether a grade of its own and then content follow a line."""
    return (
        len(after) == 2
        and after[0].role is GRADE
        and after[0].rule != IN_COLUMNS
        and not any(after[0] is grade for grade in lost)
        and (is_content(after[1]) or after[1].role is CELL)
        and not ends_sentence(token.text)
        and token.rule != NO_NAME
    )


def _settle_again(tokens: list[Token], start: int) -> None:
    """Make areas of lines that repeat the name of one."""
    names = {make_key(token.text) for token in tokens if token.role is AREA}
    for token in tokens[start:]:
        if token.role is PROSE and make_key(token.text) in names:
            _make_area(token, "area_again")


def _has_areas(tokens: list[Token], start: int) -> bool:
    """Whether content follows any area, so that its panel was open."""
    return any(
        tokens[position].role is AREA
        and any(is_content(after) for after in following(tokens, position, 1))
        for position in range(start, len(tokens))
    )


def _part_names(
    tokens: list[Token], start: int, words: Vocabulary, judged: Judged
) -> None:
    """Part the name of an area from the sentence that a copy ran it into."""
    names = [*judged.grades, *(make_key(token.text) for token in judged.rest)]
    names += [key for key, (role, _) in words.by_key.items() if role is AREA]
    by_word: dict[str, list[str]] = {}
    for name in names:
        by_word.setdefault(name.split(" ", 1)[0], []).append(name)
    for position in range(len(tokens) - 1, start - 1, -1):
        token = tokens[position]
        if token.role is not PROSE:
            continue
        opening = plain(token.text[:LONGEST_NAME]).casefold()
        for name in by_word.get(opening.split(" ", 1)[0], ()):
            end = len(name)
            rest = token.text[end + 1 :]
            is_sentence = rest[:1].isupper() and ends_sentence(rest)
            if is_sentence and opening.startswith(f"{name} "):
                head = Token(AREA, token.index, token.text[:end], name)
                head.rule = "area_in_line"
                tokens[position] = msgspec.structs.replace(token, text=rest)
                tokens.insert(position, head)
                break
        else:
            _part_subject(tokens, position, words)


def _part_subject(tokens: list[Token], position: int, words: Vocabulary) -> None:
    """Part a name from the sentence that repeats it and judges the force by name."""
    token = tokens[position]
    opening = plain(token.text[:LONGEST_NAME])
    named = words.pattern(words.patterns.organisation).search(opening)
    if not named or not named.start():
        return
    head = Token(AREA, token.index, token.text[: named.start()].rstrip())
    rest = msgspec.structs.replace(token, text=token.text[named.start() :])
    is_name = not set(head.text) & set(SENTENCE_ENDS)
    judges = is_name and judges_force(plain(rest.text[: 2 * SHORT]), words)
    if judges and _names_subject(head, rest, words):
        head.rule = "area_in_line"
        tokens[position] = rest
        tokens.insert(position, head)


def _names_subject(token: Token, after: Token, words: Vocabulary) -> bool:
    """Whether the next sentence judges what a line names, in the line's own words."""
    if after.role is not PROSE or ends_sentence(token.text):
        return False
    sentence = plain(after.text[: 2 * SHORT])
    judges = words.pattern(words.patterns.prose_grade).search(sentence)
    if not judges or judges.start() > LONGEST_SUBJECT:
        return False
    name = {word for word in make_key(token.text).split() if len(word) > WORD}
    said = set(make_key(sentence).replace(".", " ").split())
    return len(name) > 1 and len(name & said) * 3 >= len(name) * 2


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
            if words.pattern(words.patterns.no_area).search(plain(name)):
                return  # `What we mean by Good` is no area that is good
            token.text = name.rstrip(BETWEEN)
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
        role = AREA if is_name(token) else token.role
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
    """Lines that a list of areas names and that content follows further down."""
    names = _find_named(tokens, start)
    found: list[Token] = []
    is_table = False
    for position in range(start, len(tokens)):
        token = tokens[position]
        if token.role is SECTION:
            is_table = token.value == "judgments"
        elif is_table and is_content(token) and names:
            is_table = False
        elif is_table and is_name(token):
            is_again = make_key(token.text) in names
            names.add(make_key(token.text))
            if not is_again:
                continue
        if token.role is PROSE and make_key(token.text) in names:
            after = following(tokens, position, 1)
            if after and is_content(after[0]):
                found.append(token)
    return found


def _find_named(tokens: list[Token], start: int) -> set[str]:
    """Names in contents lists: lines among which several known areas stand."""
    names: set[str] = set()
    run: list[Token] = []
    for token in [*tokens[start:], Token(TAIL, -1, "")]:
        if is_name(token):
            run.append(token)
            continue
        if sum(1 for each in run if each.role is AREA) >= KNOWN:
            names.update(make_key(each.text) for each in run)
        run = []
    return names

"""The list of judgments of a report without pillars: each grade over its areas.

Read only where it is a list that a grade begins and an area ends. A table that was
read row by row has grades side by side, and tells nothing of which area has which.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from peelparse.recognise.context import PASSED_OVER
from peelparse.recognise.roles import AREA, GRADE, PROSE, SECTION, TAIL
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import Vocabulary, make_key, plain
from peelparse.reference import find_force
from peelparse.report import Programme
from peelparse.text import ends_sentence

NO_NAME: Final = "no_name_of_an_area"  # rule of a line that names none
PROGRAMMES: Final[tuple[Programme, ...]] = ("PEEL", "FRS")
IN_COLUMNS: Final = "grade_in_columns"  # rule of a grade that may be of two names
GROUPS: Final = 3  # grades that make such a list


class Judged(msgspec.Struct):
    """What the list says."""

    grades: dict[str, str] = {}
    """Grade of each area, by the key of its name."""
    labels: list[Token] = []
    """Its grades."""
    names: list[Token] = []
    """Its areas."""
    rest: list[Token] = []
    """Names after the list, where nothing tells its end from theirs."""


def find_judged(tokens: Sequence[Token], start: int) -> Judged:
    """Read the list of judgments; empty if there is none that can be trusted."""
    for position in range(start, len(tokens) - 1):
        token = tokens[position]
        if token.role is SECTION and token.value == "judgments":
            return _read_groups(_find_groups(tokens, position + 1))
    return Judged()


def is_name(token: Token) -> bool:
    """Whether a line can be the name of an area."""
    if token.role is PROSE:
        is_short = len(token.text) < SHORT and not ends_sentence(token.text)
        return is_short and token.rule != NO_NAME
    return token.role is AREA


def bar_names(tokens: Sequence[Token], start: int, words: Vocabulary) -> None:
    """Mark short lines that can name no area, such as `National average` or a force."""
    pattern = words.pattern(words.patterns.no_area)
    for token in tokens[start:]:
        if is_name(token) and token.role is PROSE:
            name = token.text.rstrip(" :")
            is_force = any(find_force(name, each) for each in PROGRAMMES)
            if is_force or pattern.search(plain(token.text)):
                token.rule = NO_NAME


def bar_columns(tokens: Sequence[Token], start: int, scale: Sequence[str]) -> None:
    """Mark the grades of a list that goes down the scale, a name for each.

    It may be of grades over names or, where a line stands first, of names over grades.
    That line is a heading if no area is known by its name, though others are.
    """
    run: list[Token] = []
    head = end = Token(PROSE, -1, "", rule=NO_NAME)
    for token in [*tokens[start:], end]:
        if token.role in PASSED_OVER:
            continue
        wants_name = bool(run) and run[-1].role is GRADE
        if is_name(token) if wants_name else token.role is GRADE:
            run.append(token)
            continue
        are_known = any(name.role is AREA for name in run[1::2])
        if head.role is not AREA and (are_known or not is_name(head)):
            _bar_columns(run[::2], scale)
        run, head = [token] if token.role is GRADE else [], token


def _bar_columns(grades: Sequence[Token], scale: Sequence[str]) -> None:
    values = [grade.value for grade in grades]
    ordered = [grade for grade in scale if grade in values]
    if len(grades) >= GROUPS and values in (ordered, ordered[::-1]):
        for grade in grades:
            grade.rule = IN_COLUMNS


def _find_groups(
    tokens: Sequence[Token], start: int
) -> list[tuple[Token, list[Token]]]:
    """Each grade after the section's sentences with the names after it."""
    groups: list[tuple[Token, list[Token]]] = []
    for token in tokens[start:]:
        if token.role is GRADE:
            groups.append((token, []))
        elif is_name(token) and groups:
            groups[-1][1].append(token)
        elif token.role not in PASSED_OVER and (groups or is_name(token)):
            break
    return groups


def _read_groups(groups: list[tuple[Token, list[Token]]]) -> Judged:
    values = {label.value for label, _ in groups}
    if len(values) < max(GROUPS, len(groups)) or not all(names for _, names in groups):
        return Judged()
    *whole, (last, names) = groups
    # the first name is the last grade's; more of them may be of what comes after
    pairs = [(name, label.value) for label, group in whole for name in group]
    pairs.append((names[0], last.value))
    grades = {make_key(name.text): value for name, value in pairs}
    if len(grades) < len(pairs):
        return Judged()
    return Judged(
        grades, [label for label, _ in groups], [name for name, _ in pairs], names[1:]
    )


def find_repeated(tokens: Sequence[Token], start: int) -> list[Token]:
    """Areas with their grades that stand again, closed, right after the judgments."""
    found: list[Token] = []
    run: list[Token] = []
    for token in [*tokens[start:], Token(TAIL, -1, "")]:
        if token.role is GRADE or is_name(token):
            run.append(token)
        elif token.role not in PASSED_OVER:
            found += _read_repeated(run)
            run = []
    return found


def _read_repeated(run: list[Token]) -> list[Token]:
    """The names at the end of a run, each right before its grade.

    Two names side by side part them from the table, which must hold nearly all of
    them; where it tells their grades, as one that is read by columns, it must agree.
    """
    split = len(run)
    while split > 1 and run[split - 1].role is GRADE and run[split - 2].role != GRADE:
        split -= 2
    table, names = run[:split], run[split::2]
    grades = {
        make_key(name.text): grade.value
        for name, grade in zip(names, run[split + 1 :: 2], strict=True)
    }
    told: dict[str, str] = {}
    value = ""
    for token in table:
        if token.role is GRADE:
            value = token.value
        else:
            told[make_key(token.text)] = value
    known = grades.keys() & told.keys()
    if not table or table[-1].role is GRADE or len(known) < max(GROUPS, len(names) - 1):
        return []
    is_by_columns = table[0].role is GRADE and len({*told.values()}) > 1
    agrees = all(grades[name] == told[name] for name in known)
    return names if agrees or not is_by_columns else []

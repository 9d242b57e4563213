"""What shows that a page is HMICFRS's where a copy has lost its title."""

from collections.abc import Sequence
from typing import Final

from peelparse.recognise.roles import (
    AREA,
    BOX,
    DATE,
    GRADE,
    INSPECTOR,
    PILLAR,
    PROSE,
    QUESTION,
    QUESTIONS_FOR,
    SECTION,
    STANDING,
    Role,
)
from peelparse.recognise.sentences import first_sentence
from peelparse.recognise.surveying.identity import Title
from peelparse.recognise.token import SHORT, Token
from peelparse.recognise.vocabulary import Vocabulary, plain

# labels that other sites may print one of, but hardly many; what weighs more is
# worded as nobody else words it
OWN: Final = frozenset((STANDING, QUESTIONS_FOR))
WEIGHTS: Final[dict[Role, int]] = {
    **dict.fromkeys((DATE, GRADE, QUESTION, BOX, PILLAR, AREA, SECTION, INSPECTOR), 1),
    **dict.fromkeys(OWN, 2),
}
JUDGED: Final = 2  # weight of a sentence that judges a force by its name
COUNTED: Final = 1  # weight of a sentence that counts the areas that were inspected
ENOUGH: Final = 4
LONGEST_SUBJECT: Final = 60  # characters before the words that judge a force


def is_marked(tokens: Sequence[Token], title: Title, words: Vocabulary) -> bool:
    """Whether anything marks the page as HMICFRS's."""
    marks = words.patterns.marks
    if title.text or _has_any(tokens, marks):
        return True
    roles = {token.role for token in tokens}
    names = words.patterns.programmes.values()
    if OWN.isdisjoint(roles) and not any(_has_any(tokens, known) for known in names):
        return False  # neither police nor a fire service is on it
    weight = sum(WEIGHTS.get(role, 0) for role in roles)
    lines = [plain(token.text) for token in tokens if token.role is PROSE]
    weight += COUNTED * any(counts_areas(line, words) for line in lines)
    weight += JUDGED * any(judges_force(line, words) for line in lines)
    return weight >= ENOUGH


def _has_any(tokens: Sequence[Token], known: Sequence[str]) -> bool:
    return any(word in token.text for token in tokens for word in known)


def counts_areas(line: str, words: Vocabulary) -> bool:
    """Whether a plain line says how many areas were inspected."""
    counts = words.patterns.stated_counts["inspected"]
    return words.pattern(counts, ignore_case=True).search(line) is not None


def judges_force(line: str, words: Vocabulary) -> bool:
    """Whether a plain line opens with a force's full name and a grade for it."""
    named = words.pattern(words.patterns.organisation).match(line)
    judges = words.pattern(words.patterns.subject_after)
    return named is not None and judges.match(line, named.end()) is not None


def opens_findings(line: str, words: Vocabulary) -> bool:
    """Whether a plain line judges the force, in what it says first."""
    judges = words.pattern(words.patterns.prose_grade).search(line[: 2 * SHORT])
    is_early = judges is not None and judges.start() < LONGEST_SUBJECT
    return is_early or judges_force(line, words)


def opens_area(line: str, words: Vocabulary) -> bool:
    """Whether a plain line's first sentence grades a force by name at something.

    So do the sentences that open areas and, in most editions, questions.
    """
    if not judges_force(line, words):
        return False
    sentence = first_sentence(line)
    pattern = words.pattern(words.patterns.prose_grade)
    return sentence.endswith(".") and pattern.search(sentence) is not None

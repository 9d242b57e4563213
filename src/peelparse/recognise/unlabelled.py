"""Boxes whose label a copy has lost, told by the form of what stands in them.

Some extractors drop every line that is a label. HMICFRS words what a force should do
in two forms: an improvement is one sentence (`The force should …`), recommendations
are a list after a date by which to act. Only a copy without any label is read so, and
the report says that it was.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from peelparse.blocks import Kind
from peelparse.recognise.drafts import ItemDraft, QuestionDraft
from peelparse.recognise.roles import BOX, GRADE
from peelparse.recognise.sentences import first_sentence
from peelparse.recognise.token import Token
from peelparse.recognise.vocabulary import plain
from peelparse.reference import never_graded

if TYPE_CHECKING:
    from peelparse.recognise.lists import ListReader

RULE: Final = "box_by_words"  # name of the rule that places what is told so
LABELS: Final = frozenset((BOX, GRADE))


def lacks_labels(tokens: Sequence[Token], start: int) -> bool:
    """Whether a page holds no label of a box and no grade."""
    return not any(token.role in LABELS for token in tokens[start:])


def take_unlabelled(
    reader: "ListReader", question: QuestionDraft, position: int, token: Token
) -> bool:
    """Place an improvement, or open the box of recommendations at its lead-in.

    Returns:
        Whether the token was placed.
    """
    look = reader.outline.look
    if never_graded(
        look.edition, look.programme, look.title.pillar, None, overall=True
    ):
        return False  # such a page has no grade, and may have no box, to lose
    if reader.is_lead_in(position, token):
        words = reader.outline.words
        advises = words.pattern(words.patterns.advising).fullmatch(plain(token.text))
        if advises:
            reader.open_box("recommendations", token)
            reader.outline.place(token, reader.outline.question_field, RULE)
        return False
    is_item = reader.block(token).kind is Kind.ITEM
    is_sentence = token.text.endswith(".") and first_sentence(token.text) == token.text
    if not (is_item or is_sentence) or not reader.is_improvement(token.text):
        return False
    reader.close()
    question.boxes["areas_for_improvement"].append(ItemDraft(token))
    field = f"{reader.outline.question_field}.areas_for_improvement"
    reader.outline.place(token, field, RULE)
    return True

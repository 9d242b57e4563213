"""The facts that are joined in: forces, editions and topics, one lookup each.

Nothing is read at import, and each data file is read once, when first needed. A
lookup answers from its list or with `None`; it never guesses.
"""

from peelparse.reference.editions import (
    Caveat,
    EditionRecord,
    NeverGraded,
    describe_editions,
    edition,
    edition_from_address,
    find_edition,
    grade_scale,
    iter_editions,
    never_graded,
    programme_from_address,
)
from peelparse.reference.forces import (
    ForceRecord,
    describe_forces,
    find_force,
    find_force_by_slug,
    force_names,
    iter_forces,
)
from peelparse.reference.topics import (
    QuestionRecord,
    TopicRecord,
    describe_topics,
    find_pillar,
    find_topic,
    iter_questions,
    iter_topics,
    shared_topics,
)

__all__ = [
    "Caveat",
    "EditionRecord",
    "ForceRecord",
    "NeverGraded",
    "QuestionRecord",
    "TopicRecord",
    "describe_editions",
    "describe_forces",
    "describe_topics",
    "edition",
    "edition_from_address",
    "find_edition",
    "find_force",
    "find_force_by_slug",
    "find_pillar",
    "find_topic",
    "force_names",
    "grade_scale",
    "iter_editions",
    "iter_forces",
    "iter_questions",
    "iter_topics",
    "never_graded",
    "programme_from_address",
    "shared_topics",
]

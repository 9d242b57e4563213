"""The facts that are joined in: forces, editions and topics, one lookup each.

Nothing is read at import, and each data file is read once, when first needed. A
lookup answers from its list or with `None`; it never guesses.
"""

from peelparse.reference.editions import (
    EditionRecord,
    NeverGraded,
    edition,
    edition_from_address,
    find_edition,
    grade_scale,
    never_graded,
    programme_from_address,
)
from peelparse.reference.forces import (
    ForceRecord,
    find_force,
    find_force_by_slug,
    force_names,
)
from peelparse.reference.topics import find_pillar, find_topic

__all__ = [
    "EditionRecord",
    "ForceRecord",
    "NeverGraded",
    "edition",
    "edition_from_address",
    "find_edition",
    "find_force",
    "find_force_by_slug",
    "find_pillar",
    "find_topic",
    "force_names",
    "grade_scale",
    "never_graded",
    "programme_from_address",
]

"""What the outline fills in while it goes through the tokens."""

from typing import Final

import msgspec

from peelparse.recognise.token import Token

BOXES: Final = (
    "areas_for_improvement",
    "causes_of_concern",
    "recommendations",
    "innovative_practice",
)


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a block went, and by which rule: one line of `explain`."""

    field: str
    """Path of the field (`questions[2].findings`), `chrome`, or `unclaimed`."""
    label: str
    """The block's role."""
    rule: str
    """Name of the rule that placed it."""


class ItemDraft(msgspec.Struct):
    """A finding or an item of a box, before it has an id."""

    token: Token
    level: int = 1
    lead_in: str | None = None
    heading: str | None = None
    names_topic: bool = False
    """Whether its words so far are only a heading."""
    detail: list[str] = []
    is_open: bool = False
    """Whether it ends in a colon and owns the items that follow."""

    @property
    def last_text(self) -> str:
        """Its latest words."""
        return self.detail[-1] if self.detail else self.token.text


class Box(msgspec.Struct):
    """The box that is open."""

    kind: str
    level: int
    """Level of the label where it is a heading, else 0."""
    is_titled: bool = False
    """Whether its first block was a title rather than a sentence."""
    title_level: int = 0
    has_bullets: bool = False
    has_lines: bool = False  # of which some have bullets of their own
    end: int = 0
    """Index of the last block of the element that is the box; 0 if none is known."""


class GradeDraft(msgspec.Struct):
    """A grade line, or a status line, as it was read."""

    value: str
    source: str
    token: Token
    """Its line, or the statement."""
    precedes: bool = False
    """Whether it stands before its question."""


class QuestionDraft(msgspec.Struct):
    """A core question or area."""

    token: Token
    pillar: "PillarDraft | None"
    number: int | None = None
    grade: GradeDraft | None = None
    narrative: list[Token] = []
    passages: list[Token] = []
    """Words of several paragraphs between which the copy has lost the boundaries."""
    subheadings: list[str] = []
    findings: list[ItemDraft] = []
    boxes: dict[str, list[ItemDraft]] = msgspec.field(
        default_factory=lambda: {name: [] for name in BOXES}
    )

    @property
    def opening(self) -> list[str]:
        """The words that can give a status."""
        said = sorted([*self.narrative, *self.passages], key=lambda each: each.index)
        return [token.text for token in said[:3]]


class PillarDraft(msgspec.Struct):
    """A pillar's block."""

    token: Token
    name: str | None = None
    question: str | None = None
    grade: GradeDraft | None = None
    last_updated: str | None = None
    summary: list[Token] = []
    has_list: bool = False
    """Whether its list of questions has begun."""


class Statement(msgspec.Struct):
    """An overview's sentence on one pillar."""

    token: Token
    grade: GradeDraft


class Drafts(msgspec.Struct):
    """Everything that a page says, in page order."""

    pillars: list[PillarDraft] = []
    questions: list[QuestionDraft] = []
    statements: dict[str, Statement] = {}
    stated: list[str] = []
    letter: list[str] = []
    letter_heading: str | None = None
    inspector: str | None = None
    office: str | None = None
    page_date: str | None = None
    stray_grades: list[Token] = []
    cut_off: list[Token] = []
    """What looks like an assessment's among the furniture before and after it."""
    repeated: list[Token] = []
    doubled: list[Token] = []
    """Second statements for one pillar."""
    places: dict[int, Place] = {}
    """For each block, where it (or the last part of it that counts) went."""

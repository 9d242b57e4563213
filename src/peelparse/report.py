"""The public contract `peelparse.report/1`: one report is one page.

Every struct is frozen; every field says what it is, in which unit, and whether
it may be missing. `peelparse schema` prints the JSON Schema made from these types.
"""

from typing import Literal

import msgspec

PageKind = Literal[
    "pillar",
    "overview",
    "detailed_findings",
    "report",
    "grades_table",
    "letter",
    "other",
    "not_an_assessment",
]
Programme = Literal["PEEL", "FRS"]
Language = Literal["en", "cy"]
Grade = Literal["Outstanding", "Good", "Adequate", "Requires improvement", "Inadequate"]
GradeStatus = Literal[
    "graded",
    "ungraded",
    "not_graded",
    "to_be_graded",
    "not_inspected",
    "carried_over",
    "not_stated",
]
GradeSource = Literal["label", "statement", "alternative_text", "edition", "prose"]
ForceSource = Literal["title", "text", "address", "file_name", "option"]
Polarity = Literal["strength", "concern"]
Severity = Literal["error", "warning", "info"]


class Force(msgspec.Struct, frozen=True, kw_only=True):
    """The police force or fire and rescue service that a page is about."""

    name: str
    """Name as the page prints it, such as `Avon and Somerset`."""
    id: str | None = None
    """Identifier in the reference list (for police, the id of data.police.uk);
    null if the name is not in the list."""
    official_name: str | None = None
    """Official name from the reference list; null if not in the list."""
    ons_code: str | None = None
    """Nine-character ONS area code, such as `E23000036`; null if not in the list."""
    country: str | None = None
    """`England` or `Wales` from the reference list; null if not in the list."""
    source: ForceSource
    """Where the name was read."""


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One pillar on the page and its overall judgement."""

    pillar: str | None = None
    """Official name: `Effectiveness`, `Efficiency`, `Legitimacy`, `Leadership`,
    `People`; null only if neither heading nor wording names it."""
    question: str | None = None
    """The headline question as printed; null if the copy has none."""
    grade: Grade | None = None
    """Official label; null if there is none, for the reason in `grade_status`."""
    grade_status: GradeStatus = "not_stated"
    """Whether there is a grade, and if not, why not."""
    grade_source: GradeSource | None = None
    """Where the grade or, if it is null, the status was read; null only with
    `not_stated`."""
    last_updated: str | None = None
    """Date in the pillar's block, ISO 8601 (`2018-03-22`); null if not printed."""
    statement: str | None = None
    """The overview's standing sentence on this pillar; null on other pages."""
    summary: list[str] = []
    """Paragraphs, lead-ins and bullets about the pillar, in page order."""
    line: int | None = None
    """1-based line where the pillar's block begins."""
    path: str | msgspec.UnsetType = msgspec.UNSET
    """Element path, with `--provenance` and HTML only; left out otherwise."""
    link: str | msgspec.UnsetType = msgspec.UNSET
    """Address that opens the live page there, with `--provenance` and a known address
    only; left out otherwise."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One finding, area for improvement, cause of concern, recommendation or
    example of innovative practice.
    """

    id: str
    """Stable identifier made from content, 12 hexadecimal digits (and `-2`, … for
    a repeat of the same words in the same list)."""
    text: str
    """The statement itself, verbatim; in titled boxes of 2021 on, the title."""
    lead_in: str | None = None
    """The words before the list, ending in `:`; null where there are none."""
    heading: str | None = None
    """A title that only names a topic; null where there is none."""
    detail: list[str] = []
    """Paragraphs and sub-bullets that belong to it, in page order."""
    polarity: Polarity | None = None
    """Whether the lead-in marks a strength or a concern; null if it does not say."""
    line: int | None = None
    """1-based line where it stands."""
    path: str | msgspec.UnsetType = msgspec.UNSET
    """Element path, with `--provenance` and HTML only; left out otherwise."""
    link: str | msgspec.UnsetType = msgspec.UNSET
    """Address with a text fragment that opens the live page at the sentence, with
    `--provenance` and a known address only; left out otherwise."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One core question (to 2021/22) or area (reports without pillars)."""

    pillar: str | None = None
    """Pillar that it stands under; null in reports without pillars."""
    number: int | None = None
    """Number as printed, gaps kept; null where this copy prints none."""
    text: str
    """The question or area name as printed; empty where the copy has lost it."""
    topic: str | None = None
    """Stable id of the subject across editions; null if no rule fits."""
    grade: Grade | None = None
    """Official label; null if there is none, for the reason in `grade_status`."""
    grade_status: GradeStatus = "not_stated"
    """Whether there is a grade, and if not, why not."""
    grade_source: GradeSource | None = None
    """Where the grade or, if it is null, the status was read."""
    narrative: list[str] = []
    """Paragraphs, in page order."""
    findings: list[Item] = []
    """Bullets outside boxes, in page order."""
    areas_for_improvement: list[Item] = []
    """Items of boxes labelled so, in page order."""
    causes_of_concern: list[Item] = []
    """Items of boxes labelled so, in page order."""
    recommendations: list[Item] = []
    """Items of boxes labelled so, in page order."""
    innovative_practice: list[Item] = []
    """Items of boxes on innovative, promising or notable practice."""
    subheadings: list[str] = []
    """Sub-headings between its paragraphs, in page order."""
    line: int | None = None
    """1-based line of the question."""
    path: str | msgspec.UnsetType = msgspec.UNSET
    """Element path, with `--provenance` and HTML only; left out otherwise."""
    link: str | msgspec.UnsetType = msgspec.UNSET
    """Address that opens the live page there, with `--provenance` and a known address
    only; left out otherwise."""


class Observations(msgspec.Struct, frozen=True, kw_only=True):
    """The inspector's letter on an overview or report."""

    heading: str | None = None
    """Heading as printed; null where the inspector is named without a letter."""
    inspector: str | None = None
    """Name; null if the letter is not signed."""
    office: str | None = None
    """What follows the name; null if nothing does."""
    paragraphs: list[str] = []
    """Paragraphs, lead-ins and bullets, in page order."""


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says about the assessment rather than about the force."""

    areas_inspected: int | None = None
    """Stated number of areas inspected; null if not stated."""
    areas_graded: int | None = None
    """Stated number of areas graded; null if not stated."""
    paragraphs: list[str] = []
    """Standing paragraphs, in page order."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What was read and what the copy says of its origin."""

    name: str
    """File name as given, `-` for standard input, or `<memory>`."""
    sha256: str
    """Digest of the bytes as read, 64 hexadecimal digits."""
    size: int
    """Bytes as read."""
    format: str
    """`html` or `text`, or what held the page: `mhtml`, `warc`, `pdf`."""
    encoding: str
    """Encoding that the bytes were decoded with."""
    address: str | None = None
    """The page's own address; null if neither copy nor caller gives it."""
    saved: str | None = None
    """When the copy was made; null if the copy does not say."""
    dialect: str | None = None
    """How a text copy is laid out: `full`, `lossy`, `compact`, `wrapped`, `layout`,
    `markdown`, `rst` or `run_together` (see `docs/copies.md`); null for HTML,
    and for what comes as a tree (`tei`, `axtree`)."""


class Unclaimed(msgspec.Struct, frozen=True, kw_only=True):
    """A block of text that no field took: the list a person reads."""

    line: int
    """1-based line where it stands."""
    text: str
    """The block, verbatim."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Where every block of the page went: `blocks` is the sum of the other three."""

    blocks: int
    """Blocks of text on the page."""
    placed: int
    """Blocks that are in a field of the report."""
    chrome: int
    """Blocks that are furniture or labels, each by a named rule."""
    unclaimed: list[Unclaimed] = []
    """Blocks that are neither, in page order."""


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a reader of this report should know."""

    code: str
    """Stable code, documented in docs/diagnostics.md."""
    severity: Severity
    """`warning` and `error` make `--strict` fail; `info` does not."""
    message: str
    """One sentence: what was found."""
    line: int | None = None
    """1-based line, where one can be named."""
    hint: str | None = None
    """What to do about it."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One page as data."""

    schema: Literal["peelparse.report/1"] = "peelparse.report/1"
    """Name and version of this contract."""
    kind: PageKind
    """What sort of page it is."""
    programme: Programme | None = None
    """`PEEL` (police) or `FRS` (fire and rescue); null if the page names neither."""
    title: str | None = None
    """The page's title as printed; null where the copy lost it."""
    force: Force | None = None
    """The force or service; null if the page is about none or names none."""
    edition: str | None = None
    """Edition such as `2017`, `2018-19`, `2023-25`; null if the page names none."""
    language: Language = "en"
    """Language of the page."""
    last_updated: str | None = None
    """The page's own date where it belongs to no pillar, ISO 8601."""
    judgements: list[Judgement] = []
    """One for each pillar on the page, in page order."""
    questions: list[Question] = []
    """One for each core question or area, in page order."""
    observations: Observations | None = None
    """The inspector's letter; null if there is none and no inspector is named."""
    stated: Stated
    """What the page says about the assessment."""
    source: Source
    """What was read."""
    coverage: Coverage
    """Where every block went."""
    diagnostics: list[Diagnostic] = []
    """What a reader should know, in the order of the catalogue, then of lines."""

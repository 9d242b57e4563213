"""One page through every step of recognition."""

from typing import Final

import msgspec

from peelparse.blocks import Page
from peelparse.errors import NotAReportError
from peelparse.recognise.labelling.tokens import tokenise
from peelparse.recognise.placing.drafts import Drafts, Place
from peelparse.recognise.placing.fill import fill_outline
from peelparse.recognise.placing.outline import Outline
from peelparse.recognise.reporting.assemble import Assembler
from peelparse.recognise.reporting.checks import Findings, find_diagnostics
from peelparse.recognise.surveying.identity import (
    find_force_of,
    find_language,
    make_force,
)
from peelparse.recognise.surveying.survey import Survey, survey
from peelparse.recognise.vocabulary import Vocabulary, standard_vocabulary
from peelparse.report import Coverage, Force, PageKind, Report, Unclaimed

# kinds that are about no single force, unless the title names one
NOBODY: Final = frozenset(("grades_table", "not_an_assessment"))


JUDGED: Final = "judgements["  # how the path of a judgement begins


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a caller may set; each is recorded on the report as set by option."""

    force: str | None = None
    """Name of the force, in place of what the page says."""
    edition: str | None = None
    """Edition id, in place of what the page says."""
    infer_grades: bool = False
    """Whether a grade that the copy has lost may be read from prose."""
    provenance: bool = False
    """Whether values get element paths and links."""


class Recognition(msgspec.Struct, frozen=True, kw_only=True):
    """A report, and where each block of the page went."""

    report: Report
    places: tuple[Place, ...]
    """One for each block, in page order."""


def recognise_page(
    page: Page, options: Options | None = None, words: Vocabulary | None = None
) -> Recognition:
    """Recognise what a page says.

    Args:
        page: the page as read.
        options: what the caller sets.
        words: a vocabulary in place of the standard one.

    Raises:
        NotAReportError: nothing marks the page as HMICFRS's.
    """
    options = options or Options()
    words = words or standard_vocabulary()
    tokens = tokenise(page.blocks, words)
    look = survey(page, tokens, words, options.edition)
    if not look.is_marked:
        raise NotAReportError(
            "recognising the page",
            f"nothing that only HMICFRS prints, but {page.blocks[0].text[:60]!r} at the top",
            "a title such as `Northshire PEEL 2017`",
            "check that this is a saved inspection page",
        )
    outline = fill_outline(tokens, page.blocks, look, words)
    places = tuple(outline.drafts.places[index] for index in range(len(page.blocks)))
    report, places = _make_report(page, outline, options, places)
    found = Findings(report, page, look, outline.drafts, places)
    report = msgspec.structs.replace(report, diagnostics=find_diagnostics(found))
    return Recognition(report=report, places=places)


def _make_report(
    page: Page, outline: Outline, options: Options, places: tuple[Place, ...]
) -> tuple[Report, tuple[Place, ...]]:
    """The report, but for its diagnostics, and the places with their final paths."""
    look, drafts = outline.look, outline.drafts
    kind = _find_kind(outline, places)
    force = _find_force(page, outline, options, kind)
    parts = Assembler(
        outline, page.source.address if options.provenance else None, force
    )
    parts.grader.infers = options.infer_grades
    report = Report(
        kind=kind,
        programme=look.programme,
        title=look.title.text,
        force=force,
        edition=look.edition,
        language=find_language(page, outline.own_tokens, outline.words),
        last_updated=drafts.page_date,
        judgements=parts.judgements(),
        questions=[parts.question(question) for question in drafts.questions],
        observations=parts.observations(),
        stated=parts.stated(),
        source=page.source,
        coverage=_cover(page, places),
    )
    found = (
        parts.place(place) if place.field.startswith(JUDGED) else place
        for place in places
    )
    return report, tuple(found)


def _find_kind(outline: Outline, places: tuple[Place, ...]) -> PageKind:
    """The kind of page, by what marks it and by what was read."""
    look = outline.look
    if look.other_kind:
        return look.other_kind
    kind = _find_assessment_kind(outline.drafts, look, {place.rule for place in places})
    return kind or ("other" if look.title.text else "not_an_assessment")


def _find_assessment_kind(
    drafts: Drafts, look: Survey, rules: set[str]
) -> PageKind | None:
    """The kind of an assessment, from what was read; None if nothing was.

    Args:
        drafts: what was read.
        look: the first look.
        rules: names of all rules that placed a block.
    """
    if look.shape == "areas":
        is_report = drafts.questions or drafts.stated or drafts.letter
        return "report" if is_report else None
    is_overview = (
        drafts.statements
        or len(drafts.pillars) > 1
        or drafts.letter
        or drafts.inspector
        or "view_questions_form" in rules
    )
    if is_overview:
        return "overview"
    if not drafts.pillars and not drafts.questions:
        return None
    # fire pages print the same sentence on their only page for a pillar
    if (
        "standing_sentence" in rules
        and look.programme == "PEEL"
        and look.edition == "2018-19"
    ):
        return "detailed_findings"
    return "pillar"


def _find_force(
    page: Page, outline: Outline, options: Options, kind: PageKind
) -> Force | None:
    """The force that the page is about, or that the caller gives."""
    look, words = outline.look, outline.words
    if options.force:
        return make_force(options.force, "option", look.programme, words)
    if kind in NOBODY:
        title = look.title.force
        return make_force(title, "title", look.programme, words) if title else None
    return find_force_of(look.title, page, outline.own_tokens, look.programme, words)


def _cover(page: Page, places: tuple[Place, ...]) -> Coverage:
    """Where every block went."""
    fields = [place.field for place in places]
    unclaimed = [
        Unclaimed(line=block.line, text=block.text)
        for block, field in zip(page.blocks, fields, strict=True)
        if field == "unclaimed"
    ]
    chrome = fields.count("chrome")
    return Coverage(
        blocks=len(fields),
        placed=len(fields) - chrome - len(unclaimed),
        chrome=chrome,
        unclaimed=unclaimed,
    )

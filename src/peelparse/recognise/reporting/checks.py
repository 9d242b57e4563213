"""What a reader should know of a report: one small check for each diagnostic."""

from collections.abc import Iterator
from typing import Final

import msgspec

from peelparse.blocks import Kind, Page
from peelparse.diagnostics import diagnose
from peelparse.grammar import LIST_ENDS
from peelparse.recognise.placing.drafts import Drafts, Place
from peelparse.recognise.surveying.others import is_card
from peelparse.recognise.surveying.survey import Survey
from peelparse.report import Diagnostic, Judgement, Question, Report
from peelparse.text import ends_sentence

ASSESSMENTS: Final = frozenset(("pillar", "overview", "detailed_findings", "report"))
WITH_QUESTIONS: Final = ASSESSMENTS - {"overview"}  # whose pages print their text
JUDGED: Final = frozenset(("graded", "ungraded"))  # under which text always stands
QUOTED: Final = 60  # characters of the page that a message quotes


class Findings(msgspec.Struct, frozen=True):
    """What the checks look at."""

    report: Report
    page: Page
    look: Survey
    drafts: Drafts
    places: tuple[Place, ...]
    """For each block, where it went."""


def find_diagnostics(found: Findings) -> list[Diagnostic]:
    """Every diagnostic of a report, in the order of codes, then of lines."""
    checks = (
        _check_reading,
        _check_dialect,
        _check_end,
        _check_force,
        _check_others,
        _check_edition,
        _check_options,
        _check_numbers,
        _check_grades,
        _check_panels,
        _check_pillars,
        _check_statements,
        _check_counts,
        _check_leftovers,
        _check_cut_off,
        _check_kind,
    )
    made = [diagnostic for check in checks for diagnostic in check(found)]
    return sorted(made, key=lambda d: (d.code, d.line or 0, d.message))


def quote(text: str) -> str:
    """A passage of the page, short enough for a message.

    Example:
        >>> quote("Good")
        '“Good”'
    """
    return f"“{text[:QUOTED]}…”" if len(text) > QUOTED else f"“{text}”"


def _check_reading(found: Findings) -> Iterator[Diagnostic]:
    for problem in found.page.problems:
        yield diagnose(problem.code, problem.found, problem.line)


def _check_dialect(found: Findings) -> Iterator[Diagnostic]:
    if found.report.kind not in ASSESSMENTS:
        return
    dialect = found.page.source.dialect
    if dialect == "lossy":
        yield diagnose("PP105", "one-word grades and question numbers")
    if dialect == "compact" and not any(
        part.grade_source == "label" for part in _graded_parts(found.report)
    ):
        yield diagnose("PP106", "grade lines")


def _graded_parts(report: Report) -> list[Judgement | Question]:
    return [*report.judgements, *report.questions]


def _check_end(found: Findings) -> Iterator[Diagnostic]:
    """The page's last words of content: a sentence, or cut short."""
    if found.report.kind not in ASSESSMENTS:
        return
    # an assessment has a place for at least its title, a pillar or a statement
    last = max(i for i, place in enumerate(found.places) if place.field != "chrome")
    block, field = found.page.blocks[last], found.places[last].field
    is_prose = field.rpartition(".")[2] in {
        "narrative",
        "summary",
        "paragraphs",
        "detail",
    }
    is_half_item = block.kind is Kind.ITEM and block.text.endswith(
        (",", ";", *LIST_ENDS, ":")
    )
    if is_half_item or (is_prose and not ends_sentence(block.text)):
        yield diagnose(
            "PP104", f"it ends with {quote(block.text[-QUOTED:])}", block.line
        )
    elif field.endswith((".text", ".number")):
        yield diagnose("PP104", f"nothing follows {quote(block.text)}", block.line)


def _check_force(found: Findings) -> Iterator[Diagnostic]:
    force = found.report.force
    if force is None:
        if found.report.kind in ASSESSMENTS:
            yield diagnose("PP203")
        return
    if force.source in {"address", "file_name"}:
        yield diagnose("PP202", f"the {force.source.replace('_', ' ')} ({force.name})")
    if force.id is None:
        yield diagnose("PP201", quote(force.name))


def _check_others(found: Findings) -> Iterator[Diagnostic]:
    for part in found.look.others:
        if not is_card(part, found.page.blocks):
            line = found.page.blocks[part[0].index].line
            yield diagnose("PP311", f"from {quote(part[0].text)}", line)


def _check_edition(found: Findings) -> Iterator[Diagnostic]:
    source = found.look.edition_source
    if source == "unknown":
        yield diagnose("PP207", quote(found.look.printed_edition or ""))
    elif source == "address":
        yield diagnose("PP206", f"the address ({found.report.edition})")
    elif found.report.edition is None and found.report.kind in ASSESSMENTS:
        yield diagnose("PP204")


def _check_options(found: Findings) -> Iterator[Diagnostic]:
    force = found.report.force
    if force and force.source == "option":
        yield diagnose("PP205", f"the force, {force.name}")
    if found.look.edition_source == "option":
        yield diagnose("PP205", f"the edition, {found.report.edition}")


def _check_numbers(found: Findings) -> Iterator[Diagnostic]:
    by_pillar: dict[str | None, list[Question]] = {}
    for question in found.report.questions:
        by_pillar.setdefault(question.pillar, []).append(question)
    for questions in by_pillar.values():
        numbers = [q.number for q in questions if q.number is not None]
        missing = sorted(set(range(1, max(numbers, default=0))) - set(numbers))
        if missing:
            listed = ", ".join(map(str, missing))
            yield diagnose("PP301", f"no question {listed}", questions[0].line)


def _check_grades(found: Findings) -> Iterator[Diagnostic]:
    source = found.page.source
    where = f" in this copy ({source.dialect or source.format})"
    for judgement in found.report.judgements:
        if judgement.grade_status == "not_stated":
            name = judgement.pillar or "pillar"
            missing = f"the {name} judgement{where}"
            yield diagnose("PP302", missing, judgement.line)
        if judgement.grade_source == "prose":
            yield diagnose(
                "PP308", f"{judgement.pillar}, {judgement.grade}", judgement.line
            )
    for question in found.report.questions:
        if not question.text:
            graded = question.grade or question.grade_status.replace("_", " ")
            yield diagnose("PP310", f"{graded}{where}", question.line)
        if question.grade_status == "not_stated":
            missing = f"{quote(question.text)}{where}"
            yield diagnose("PP302", missing, question.line)
        if question.grade_source == "prose":
            yield diagnose(
                "PP308", f"{quote(question.text)}, {question.grade}", question.line
            )


def _check_panels(found: Findings) -> Iterator[Diagnostic]:
    """Questions without a word under them: panels that were closed leave such."""
    report = found.report
    if report.kind not in WITH_QUESTIONS:
        return
    for question in report.questions:
        if question.text and question.grade_status in JUDGED and _is_bare(question):
            yield diagnose("PP313", quote(question.text), question.line)
    if not report.questions:
        for judgement in report.judgements:
            if judgement.pillar and judgement.grade:
                found_none = f"any question of {judgement.pillar}"
                yield diagnose("PP313", found_none, judgement.line)


def _is_bare(question: Question) -> bool:
    """Whether nothing but its words, number and grade was read."""
    return not (
        question.narrative
        or question.subheadings
        or question.findings
        or question.areas_for_improvement
        or question.causes_of_concern
        or question.recommendations
        or question.innovative_practice
    )


def _check_pillars(found: Findings) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for judgement in found.report.judgements:
        if judgement.pillar in seen:
            yield diagnose("PP303", judgement.pillar, judgement.line)
        if judgement.pillar:
            seen.add(judgement.pillar)
    for token in found.drafts.doubled:
        line = found.page.blocks[token.index].line
        yield diagnose("PP303", quote(token.text), line)
    for token in found.drafts.repeated:
        line = found.page.blocks[token.index].line
        yield diagnose("PP309", quote(token.text), line)


def _check_statements(found: Findings) -> Iterator[Diagnostic]:
    labels = found.look.grade_values
    for judgement in found.report.judgements:
        statement = found.drafts.statements.get(judgement.pillar or "")
        if statement is None or judgement.grade_source == "statement":
            continue
        said = statement.grade.value
        read = judgement.grade or judgement.grade_status
        if (
            said
            and read != said
            and not (said not in labels and judgement.grade is None)
        ):
            message = f"{judgement.pillar} is {said} in the statement, {read} below"
            yield diagnose("PP304", message, judgement.line)


def _check_counts(found: Findings) -> Iterator[Diagnostic]:
    stated, questions = found.report.stated, found.report.questions
    if found.report.kind != "report":
        return
    graded = sum(1 for question in questions if question.grade)
    for name, said, read in (
        ("areas inspected", stated.areas_inspected, len(questions)),
        ("areas graded", stated.areas_graded, graded),
    ):
        if said is not None and said != read:
            yield diagnose("PP305", f"{said} {name}, but {read} were read")


def _check_leftovers(found: Findings) -> Iterator[Diagnostic]:
    if found.report.kind not in ASSESSMENTS:
        return
    unclaimed = found.report.coverage.unclaimed
    if unclaimed:
        first = unclaimed[0]
        count = f"{len(unclaimed)} blocks, first " if len(unclaimed) > 1 else ""
        yield diagnose("PP306", count + quote(first.text), first.line)
    for token in found.drafts.stray_grades:
        yield diagnose("PP307", quote(token.text), found.page.blocks[token.index].line)


def _check_cut_off(found: Findings) -> Iterator[Diagnostic]:
    for token in found.drafts.cut_off:
        line = found.page.blocks[token.index].line
        yield diagnose("PP312", quote(token.text), line)


def _check_kind(found: Findings) -> Iterator[Diagnostic]:
    report = found.report
    is_meant = report.kind == "other" and not found.look.other_kind
    if report.kind not in ASSESSMENTS and not is_meant:
        kind = report.kind.replace("_", " ")
        yield diagnose(
            "PP402", f"the page is of kind {kind}, which assesses no one force"
        )
    elif not report.questions and not any(map(_says_anything, report.judgements)):
        yield diagnose("PP401")


def _says_anything(judgement: Judgement) -> bool:
    """Whether more than a pillar's name was read."""
    return bool(judgement.grade or judgement.summary or judgement.statement) or (
        judgement.last_updated is not None
    )

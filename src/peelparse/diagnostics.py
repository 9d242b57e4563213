"""The catalogue of diagnostics: every code, what it means and what to do.

`docs/diagnostics.md` explains each at length; a test holds the two together.
Codes are stable: a code is never given a new meaning. PP1xx is about reading,
PP2xx about identity, PP3xx about what the page says, PP4xx about what kind of
page it is, PP5xx about what pages say together; PP9xx are the errors of
`peelparse.errors`.
"""

from typing import Final

import msgspec

from peelparse.report import Diagnostic, Severity


class Entry(msgspec.Struct, frozen=True):
    """One row of the catalogue; `message` has one place for what was found."""

    severity: Severity
    message: str
    hint: str


CATALOGUE: Final[dict[str, Entry]] = {
    "PP101": Entry(
        "warning",
        "the copy declares the encoding {found}, which its bytes contradict",
        "nothing to do: the bytes decided; tell whoever saved the page",
    ),
    "PP102": Entry(
        "warning",
        "characters were garbled before the page was saved, for example {found}",
        "save the page again; what can be put right exactly was put right",
    ),
    "PP103": Entry(
        "warning",
        "the bytes mix two encodings, or hold some that are in none: {found}",
        "compare the quoted passages with the live page",
    ),
    "PP104": Entry(
        "warning",
        "the page is cut short: {found}",
        "save the whole page again",
    ),
    "PP105": Entry(
        "warning",
        "this lossy copy has no line of one word left; gone are {found}",
        "save the page itself (HTML) to get grades and question numbers",
    ),
    "PP106": Entry(
        "warning",
        "this compact copy has no {found}",
        "save the page itself (HTML) to get what is missing",
    ),
    "PP107": Entry(
        "warning",
        "the container contradicts itself: {found}",
        "compare the end of the page with the live page; the bytes decided",
    ),
    "PP201": Entry(
        "warning",
        "the force {found} is not in the reference list",
        "check the name; give the force with --force if the copy has it wrong",
    ),
    "PP202": Entry(
        "warning",
        "the force is taken from {found}, not from the page",
        "check it against the page, or give it with --force",
    ),
    "PP203": Entry(
        "warning",
        "no force is named where a page names it{found}",
        "give it with --force",
    ),
    "PP204": Entry(
        "warning",
        "the edition is unknown{found}",
        "give it with --edition",
    ),
    "PP205": Entry(
        "info",
        "set by option: {found}",
        "nothing to do: the report records that you said so",
    ),
    "PP206": Entry(
        "info",
        "the edition is taken from {found}, not from the page's text",
        "check it against the page, or give it with --edition",
    ),
    "PP207": Entry(
        "warning",
        "the edition {found} is not in the reference list; read by the newest rules",
        "check grades against the page, and look for a newer peelparse",
    ),
    "PP301": Entry(
        "info",
        "question numbers have a gap: {found}",
        "nothing to do: some questions are not inspected in every edition",
    ),
    "PP302": Entry(
        "warning",
        "no grade line for {found}",
        "save the page itself (HTML) if it prints one; a grade is never guessed",
    ),
    "PP303": Entry(
        "warning",
        "two judgements for one pillar: {found}",
        "compare both places with the page",
    ),
    "PP304": Entry(
        "warning",
        "statement and grade line differ: {found}",
        "check the page; the grade line is reported",
    ),
    "PP305": Entry(
        "warning",
        "the page states {found}",
        "a part of the page may be missing; check it against the page",
    ),
    "PP306": Entry(
        "warning",
        "text that no field takes: {found}",
        "read the list in coverage.unclaimed; peelparse explain shows its place",
    ),
    "PP307": Entry(
        "warning",
        "a grade word stands where no grade is expected: {found}",
        "check that place on the page; it was not taken as a grade",
    ),
    "PP308": Entry(
        "info",
        "read from prose, because you asked for it: {found}",
        "say so when you publish it",
    ),
    "PP309": Entry(
        "warning",
        "question printed twice: {found}",
        "nothing to do: the first one counts",
    ),
    "PP310": Entry(
        "warning",
        "a question or area without its words: {found}",
        "save the page itself (HTML); its text is empty and the rest as printed",
    ),
    "PP311": Entry(
        "warning",
        "a part of the page is about another force or edition: {found}",
        "parse that page by itself; nothing in it was taken",
    ),
    "PP312": Entry(
        "warning",
        "taken for the site's, though it looks like the assessment's: {found}",
        "check that place on the page; peelparse explain shows what was cut off",
    ),
    "PP313": Entry(
        "warning",
        "this copy holds no text of {found}",
        "open all panels of the page and save it again, or save the page's source",
    ),
    "PP401": Entry(
        "error",
        "an assessment page, but nothing was extracted from it{found}",
        "save the page itself (HTML); run peelparse explain to see what was read",
    ),
    "PP402": Entry(
        "warning",
        "nothing was extracted: {found}",
        "nothing to do: such a page gives no grade to one force",
    ),
    "PP501": Entry(
        "warning",
        "pages give different grades: {found}",
        "compare the two pages; the grade named first is kept",
    ),
    "PP502": Entry(
        "warning",
        "a page is joined to no other: {found}",
        "parse it again with --force or --edition; it is never joined by a guess",
    ),
}


def diagnose(code: str, found: str = "", line: int | None = None) -> Diagnostic:
    """Make the diagnostic for a code of the catalogue.

    Args:
        code: a key of `CATALOGUE`.
        found: what was found, in words of the page where possible.
        line: 1-based line, where one can be named.
    """
    entry = CATALOGUE[code]
    return Diagnostic(
        code=code,
        severity=entry.severity,
        message=entry.message.format(found=found),
        line=line,
        hint=entry.hint,
    )

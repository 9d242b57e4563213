"""The library's door: whatever a caller has a page in goes in, reports come out."""

from collections.abc import Iterator

import msgspec

from peelparse.blocks import Page
from peelparse.errors import OptionError, PeelparseError, ReadError
from peelparse.pipeline import Outcome, iter_recognitions, recognise_element
from peelparse.recognise import Options, Recognition
from peelparse.reference import find_edition, iter_editions
from peelparse.report import Report
from peelparse.sources import load


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """Where one block of a page went, and why.

    Example:
        >>> grade = Explained(
        ...     line=9,
        ...     kind="paragraph",
        ...     label="grade",
        ...     rule="grade_label",
        ...     field="judgements[0].grade",
        ...     text="Good",
        ... )
        >>> grade.field
        'judgements[0].grade'
    """

    line: int
    """1-based line in the decoded text."""
    kind: str
    """What the block is, as far as the copy says: `heading`, `paragraph`, `item`,
    `cell`, `image` or `furniture`."""
    label: str
    """What it was recognised as, such as `question`; empty if nothing was."""
    rule: str
    """Name of the rule that placed it; empty if nothing was recognised."""
    field: str
    """Path of the field (`questions[2].findings`), `chrome`, or `unclaimed`."""
    text: str
    """The block, verbatim."""


def parse(  # noqa: PLR0913  each is one option, given by its name
    source: object,
    *,
    force: str | None = None,
    edition: str | None = None,
    address: str | None = None,
    infer_grades: bool = False,
    provenance: bool = False,
    name: str | None = None,
) -> Report:
    r"""Parse one saved page.

    Args:
        source: the page: bytes; a str that **is** the page (HTML or text, never the
            name of a file); a `pathlib.Path`; an open file; an lxml element or
            document; a BeautifulSoup or Tag; or a response of requests, httpx or
            Scrapy, or anything else that has `.url` and `.content`, `.body` or
            `.text`. No connection is ever opened.
        force: name of the force, in place of what the page says.
        edition: edition, such as `2018-19` or `2018/19`, in place of what the page
            says.
        address: the page's address, in place of what the source and the copy say.
        infer_grades: whether a grade that the copy has lost may be read from prose.
        provenance: whether values get their element path (HTML) and, where the
            address is known, a link that opens the live page at the words.
        name: what messages and the report call the source, in place of its name.

    Returns:
        The report; what a reader should know of its gaps is in `diagnostics`.

    Raises:
        PeelparseError: there is no report: the source cannot be read, is no page of
            HMICFRS, or holds several pages, which are for `parse_all`.
        TypeError: the source is nothing that can hold a page.

    Example:
        >>> report = parse("Northshire PEEL 2017\n\nEffectiveness\n\nGood\n")
        >>> report.force.name, report.edition, report.judgements[0].grade
        ('Northshire', '2017', 'Good')
    """
    options = make_options(
        force, edition, infer_grades=infer_grades, provenance=provenance
    )
    return _read_one(source, options, address, name)[1].report


def parse_all(  # noqa: PLR0913  as for parse
    source: object,
    *,
    force: str | None = None,
    edition: str | None = None,
    address: str | None = None,
    infer_grades: bool = False,
    provenance: bool = False,
    name: str | None = None,
) -> Iterator[Report]:
    """Parse every page of a source that holds many, each when it is asked for.

    Arguments are those of `parse`. The first page without a report raises, and ends
    the iteration; `peelparse.pipeline.iter_recognitions` goes on past such pages.

    Yields:
        Reports in the order of the source.

    Raises:
        PeelparseError: the next page gives no report.
        TypeError: the source is nothing that can hold a page.

    Example:
        >>> page = b"<h1>Northshire PEEL 2017</h1><h2>Effectiveness</h2><p>Good"
        >>> [report.edition for report in parse_all(page)]
        ['2017']
    """
    options = make_options(
        force, edition, infer_grades=infer_grades, provenance=provenance
    )
    for outcome in _iter_outcomes(source, options, address, name):
        yield _unwrap(outcome)[1].report


def explain(  # noqa: PLR0913  as for parse
    source: object,
    *,
    force: str | None = None,
    edition: str | None = None,
    address: str | None = None,
    infer_grades: bool = False,
    provenance: bool = False,
    name: str | None = None,
) -> list[Explained]:
    r"""Tell of every block of a page where it went, and by which rule.

    Arguments and exceptions are those of `parse`.

    Returns:
        One for each block, in page order.

    Example:
        >>> blocks = explain("Northshire PEEL 2017\n\nEffectiveness\n\nGood")
        >>> [(block.line, block.field) for block in blocks]
        [(1, 'title'), (3, 'judgements[0].pillar'), (5, 'judgements[0].grade')]
    """
    options = make_options(
        force, edition, infer_grades=infer_grades, provenance=provenance
    )
    return explain_page(*_read_one(source, options, address, name))


def make_options(
    force: str | None, edition: str | None, *, infer_grades: bool, provenance: bool
) -> Options:
    """Make the recogniser's options from what a caller gives.

    Raises:
        OptionError: the force is empty, or no edition is called so.

    Example:
        >>> given = {"infer_grades": False, "provenance": False}
        >>> make_options(None, "2018/19", **given).edition
        '2018-19'
    """
    if force is not None and not force.strip():
        raise OptionError(
            "setting the force", "no name", "one such as Northshire", "write the name"
        )
    if edition is not None:
        record = find_edition(edition, "PEEL") or find_edition(edition, "FRS")
        if record is None:
            known = dict.fromkeys(each.id for each in iter_editions())
            raise OptionError(
                "setting the edition",
                repr(edition),
                f"one of {', '.join(known)}",
                "leave it out to have the page tell",
            )
        edition = record.id
    return Options(
        force=force, edition=edition, infer_grades=infer_grades, provenance=provenance
    )


def explain_page(page: Page, recognition: Recognition | None) -> list[Explained]:
    """Pair every block of a page with its place; with none, all are unclaimed."""
    places = recognition.places if recognition else (None,) * len(page.blocks)
    return [
        Explained(
            line=block.line,
            kind=block.kind.value,
            label=str(place.label) if place else "",
            rule=place.rule if place else "",
            field=place.field if place else "unclaimed",
            text=block.text,
        )
        for block, place in zip(page.blocks, places, strict=True)
    ]


def _read_one(
    source: object, options: Options, address: str | None, name: str | None
) -> tuple[Page, Recognition]:
    """The only page of a source."""
    outcomes = _iter_outcomes(source, options, address, name)
    found = _unwrap(next(outcomes))
    if next(outcomes, None) is not None:
        error = ReadError(
            "reading one page",
            "several",
            "one",
            "use parse_all for a file that holds many pages",
        )
        error.name = found[0].source.name
        raise error
    return found


def _iter_outcomes(
    source: object, options: Options, address: str | None, name: str | None
) -> Iterator[Outcome]:
    """Every page of a source, or why it gives no report."""
    loaded = load(source)
    name = name or loaded.name
    address = address or loaded.address
    if isinstance(loaded.data, bytes):
        yield from iter_recognitions(
            loaded.data, name, options, address, loaded.encoding
        )
    else:
        yield recognise_element(loaded.data, name, options, address)


def _unwrap(outcome: Outcome) -> tuple[Page, Recognition]:
    """The page, or its error raised."""
    if isinstance(outcome, PeelparseError):
        raise outcome
    return outcome

r"""Saved HMICFRS inspection pages (PEEL and fire) as data that a reader can check.

    bytes ──▶ read ──▶ Page ──▶ recognise ──▶ Report ──▶ write ──▶ JSON, CSV

Importing this loads nothing but itself: each name below is fetched when it is first
used.

Example:
    >>> import peelparse
    >>> page = '''Northshire PEEL 2017
    ...
    ... Effectiveness
    ...
    ... How effective is the force at keeping people safe and reducing crime?
    ...
    ... Good
    ...
    ... Northshire Police is good at reducing crime.
    ... '''
    >>> report = peelparse.parse(page)
    >>> isinstance(report, peelparse.Report), report.judgements[0].grade
    (True, 'Good')

    A report goes to JSON and back, and to rows and CSV:

    >>> peelparse.read_json(peelparse.write_json(report)) == report
    True
    >>> rows = peelparse.tabulate(report, "judgements")
    >>> peelparse.write_csv(rows, "judgements").splitlines()[1][:42]
    b'b4117f88aef1,pillar,,Northshire,PEEL,2017,'

    Where each block went, and why:

    >>> isinstance(peelparse.explain(page)[0], peelparse.Explained)
    True

    Pages of one force and edition make one assessment:

    >>> [len(assessment.judgements) for assessment in peelparse.join([report, report])]
    [1]

    What gives no report raises:

    >>> try:
    ...     peelparse.parse("Fish and chips")
    ... except peelparse.NotAReportError as error:
    ...     print(error.found)
    nothing that only HMICFRS prints, but 'Fish and chips' at the top
    >>> try:
    ...     list(peelparse.parse_all(b""))
    ... except peelparse.ReadError as error:
    ...     print(isinstance(error, peelparse.PeelparseError), error.found)
    True nothing
"""

from typing import TYPE_CHECKING, Final

from peelparse.lazy import fetch_from

__all__ = [
    "Explained",
    "NotAReportError",
    "PeelparseError",
    "ReadError",
    "Report",
    "explain",
    "join",
    "parse",
    "parse_all",
    "read_json",
    "tabulate",
    "write_csv",
    "write_json",
]

__version__: Final = "0.1.0"

if TYPE_CHECKING:
    from peelparse.errors import NotAReportError, PeelparseError, ReadError
    from peelparse.library import Explained, explain, parse, parse_all
    from peelparse.report import Report
    from peelparse.unite import join
    from peelparse.write import read_json, tabulate, write_csv, write_json
else:
    _HOMES: Final = {
        "errors": ("NotAReportError", "PeelparseError", "ReadError"),
        "library": ("Explained", "explain", "parse", "parse_all"),
        "report": ("Report",),
        "unite": ("join",),
        "write": ("read_json", "tabulate", "write_csv", "write_json"),
    }

    __getattr__, __dir__ = fetch_from(__name__, _HOMES)

"""The error tree: what ends without a report.

PeelparseError                 base of everything that peelparse raises
├── ReadError                  the bytes cannot become a page
│   ├── UnreadableError        the file is missing, a folder, or not permitted
│   ├── EmptyPageError         there is nothing to read
│   ├── UnsupportedFormatError the bytes are an image, a PDF, …
│   └── LimitError             too large, too deep, or made to be slow
├── NotAReportError            a page, but not one of HMICFRS's
├── OptionError                an override that cannot be right
└── WriteError                 a result cannot be put where it was asked for

A gap in a report is not an error: it is a diagnostic on the report.
"""

from typing import ClassVar


class PeelparseError(Exception):
    """Base of everything that peelparse raises on purpose.

    Attributes:
        doing: what was being done.
        found: what was found, short enough to print.
        expected: what was expected instead.
        hint: what the reader can do about it.
        line: 1-based line in the decoded text, or None.
        name: the input's name; added once, at the boundary that knows it.

    Example:
        >>> str(PeelparseError("reading", "nothing", "a page", "save it again"))
        'reading: found nothing; expected a page. Save it again.'
    """

    code: ClassVar[str] = "PP900"

    def __init__(
        self,
        doing: str,
        found: str,
        expected: str,
        hint: str,
        *,
        line: int | None = None,
    ) -> None:
        super().__init__(doing, found, expected, hint)
        self.doing = doing
        self.found = found
        self.expected = expected
        self.hint = hint
        self.line = line
        self.name: str | None = None

    def __str__(self) -> str:
        """One sentence for the fault, one for the remedy."""
        hint = self.hint[:1].upper() + self.hint[1:]
        return f"{self.doing}: found {self.found}; expected {self.expected}. {hint}."


class ReadError(PeelparseError):
    """The bytes cannot become a page."""

    code = "PP901"


class UnreadableError(ReadError):
    """The file is missing, is a folder, or may not be read."""

    code = "PP902"


class EmptyPageError(ReadError):
    """There is no visible text."""

    code = "PP903"


class UnsupportedFormatError(ReadError):
    """The bytes are of a format that holds no page this tool can read."""

    code = "PP904"


class LimitError(ReadError):
    """The input is larger, deeper or stranger than a page can be."""

    code = "PP905"


class NotAReportError(PeelparseError):
    """The text was read, and nothing in it marks an HMICFRS page."""

    code = "PP906"


class OptionError(PeelparseError):
    """An override names something that cannot be."""

    code = "PP907"


class WriteError(PeelparseError):
    """A result cannot be put where it was asked for; what was there still is."""

    code = "PP908"

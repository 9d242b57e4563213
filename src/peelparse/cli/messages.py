"""What commands say on standard error, and the exit code that it adds up to."""

from collections import Counter
from typing import Final, Literal

import click
import msgspec

from peelparse.errors import PeelparseError
from peelparse.report import Diagnostic, Report, Severity
from peelparse.sources import make_printable

MOST_ALIKE: Final = 10
"""Pages of one file whose like errors are told one by one."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One line on standard error."""

    file: str
    """The input's name; `-` for standard input."""
    line: int | None = None
    """1-based line in what was read."""
    code: str
    """Stable code, documented in docs/diagnostics.md."""
    severity: Severity
    """How grave it is."""
    message: str
    """What was found."""
    hint: str | None = None
    """What to do about it."""


class Messages:
    """Tells of diagnostics and errors, and counts what happened to the inputs."""

    def __init__(
        self,
        form: Literal["text", "jsonl"] = "text",
        *,
        quiet: bool = False,
        verbose: bool = False,
        strict: bool = False,
    ) -> None:
        """Args: quiet: errors only; verbose: info too; strict: a warning falls short."""
        self.form = form
        self.quiet = quiet
        self.verbose = verbose
        self.strict = strict
        self.reports = 0
        self.failures = 0
        self.shortfalls = 0
        self.alike: Counter[tuple[str, str]] = Counter()

    @property
    def exit_code(self) -> int:
        """What the command's exit says; see `options.EXIT_CODES`."""
        if self.failures:
            return 3 if self.reports else 1
        return 1 if self.shortfalls else 0

    def count_report(self, report: Report) -> None:
        """Count a page that gave a report, and tell of its diagnostics."""
        self.reports += 1
        for diagnostic in report.diagnostics:
            self.show_diagnostic(report.source.name, diagnostic)
        self.shortfalls += any(map(self._falls_short, report.diagnostics))

    def count_error(self, error: PeelparseError) -> None:
        """Count a page, or an input, that gave no report, and tell why."""
        self.failures += 1
        self._show_error(
            Message(
                file=error.name or "-",
                line=error.line,
                code=error.code,
                severity="error",
                message=f"{error.doing}: found {error.found}; expected {error.expected}",
                hint=error.hint,
            )
        )
        if self.verbose and type(error) is PeelparseError:
            import traceback  # noqa: PLC0415  a fault of ours is rare

            # where it is helps whoever mends it
            traceback.print_exception(error)

    def finish(self) -> None:
        """Tell how many pages were not told of one by one."""
        for (file, code), count in self.alike.items():
            if count > MOST_ALIKE:
                more = f"{count - MOST_ALIKE:,} more pages as those above"
                click.echo(f"{file}: {code} {more} (-v names each)", err=True)

    def count_shortfall(self, message: Message) -> None:
        """Tell of something that the output as a whole lacks."""
        self.shortfalls += message.severity == "error" or self.strict
        self._show(message)

    def show_diagnostic(self, name: str, diagnostic: Diagnostic) -> None:
        """Tell of one gap in a report."""
        self._show(
            Message(
                file=name,
                line=diagnostic.line,
                code=diagnostic.code,
                severity=diagnostic.severity,
                message=diagnostic.message,
                hint=diagnostic.hint,
            )
        )

    def _falls_short(self, diagnostic: Diagnostic) -> bool:
        if diagnostic.code == "PP401" or diagnostic.severity == "error":
            return True
        return self.strict and diagnostic.severity == "warning"

    def _show_error(self, message: Message) -> None:
        """Tell of an error; of a file that holds thousands of them, not each."""
        file, inside, _ = message.file.partition("#")
        if inside and self.form == "text" and not self.verbose:
            key = make_printable(file), message.code
            self.alike[key] += 1
            if self.alike[key] > MOST_ALIKE:
                return
        self._show(message)

    def _show(self, message: Message) -> None:
        if message.severity == "info" and not self.verbose:
            return
        if message.severity != "error" and self.quiet:
            return
        if self.form == "jsonl":
            click.echo(msgspec.json.encode(message), err=True)
        else:
            click.echo(write_line(message), err=True)


def write_line(message: Message) -> str:
    """Write a message as `file:line: CODE what was found (what to do)`.

    Example:
        >>> write_line(Message(file="a.html", line=3, code="PP999", severity="info",
        ...                    message="a smudge", hint="wipe it"))
        'a.html:3: PP999 a smudge (wipe it)'
    """
    place = f"{message.file}:{message.line}" if message.line else message.file
    hint = f" ({message.hint})" if message.hint else ""
    return make_printable(f"{place}: {message.code} {message.message}{hint}")

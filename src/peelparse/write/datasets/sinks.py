"""The door: a path and tables go in, a sink for rows comes out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Protocol, Self, get_args

from peelparse.errors import OptionError, WriteError
from peelparse.write.columns import Column, Row
from peelparse.write.datasets.places import Place
from peelparse.write.datasets.tables import TABLES, Table, complete_tables

Form = Literal["folder", "sqlite", "xlsx", "parquet"]
"""`folder` is CSV with a data package; `parquet` is a folder too."""

FORMS: Final[tuple[Form, ...]] = get_args(Form)

_ENDINGS: Final[dict[str, Form]] = {
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}

_OTHER_ENDINGS: Final = frozenset(
    (".csv", ".html", ".json", ".jsonl", ".ndjson", ".ods", ".tsv", ".xls", ".zip")
)
"""Endings of single files that no data set is."""

_FOLDERS: Final = frozenset(("folder", "parquet"))


class Writer(Protocol):
    """Writes a data set to a path that nobody else knows of yet.

    What the place refuses (no room, no permission) is an OSError, what the form
    refuses a ValueError.
    """

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Write more rows of a table."""

    def add_report(self, report: bytes) -> None:
        """Write one more report, a JSON object on one line, if the form has room."""

    def finish(self) -> None:
        """Write what comes after the last row, and let go of all files."""

    def discard(self) -> None:
        """Let go of all files; called at any moment, more than once too."""


class Sink:
    """A data set that is being written; it appears at its path when it is closed.

    As a context manager it closes itself, or aborts if anything is raised.

    Attributes:
        path: the target.
        form: what is written there.
    """

    def __init__(self, path: Path, form: Form, tables: Mapping[str, Table]) -> None:
        """Args: tables: those that the data set has, in order."""
        self.path = path
        self.form = form
        with self._explain():
            self._place = Place(path, is_folder=form in _FOLDERS)
            try:
                self._writer = _find_writer(form)(self._place.temporary, tables)
            except BaseException:
                self._place.drop()
                raise

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Write more rows of a table, in their final order.

        Args:
            table: a key of the tables that the sink was opened with.
            rows: cells in the order of the table's columns.

        Raises:
            KeyError: there is no such table.
            WriteError: they cannot be written; `abort` is the only way on.
        """
        with self._explain():
            self._writer.add(table, rows)

    def add_report(self, report: bytes) -> None:
        """Write one more report whole; forms without a place for it pass it over.

        Args:
            report: what `write_json` gives, not indented.

        Raises:
            WriteError: as for `add`.
        """
        with self._explain():
            self._writer.add_report(report)

    def close(self) -> None:
        """Finish the data set and put it in the place of the old one.

        Raises:
            WriteError: it cannot be; what was there is as it was.
        """
        try:
            with self._explain():
                self._writer.finish()
                self._place.commit()
        finally:
            # after success there is nothing left to abort
            self.abort()

    def abort(self) -> None:
        """Forget what was written; what was at the path is as it was."""
        with suppress(OSError, ValueError):
            self._writer.discard()
        self._place.drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()

    @contextmanager
    def _explain(self) -> Iterator[None]:
        """Whatever goes wrong at the place as an error that says what to do."""
        try:
            yield
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            failure = WriteError(
                "writing a data set",
                reason or str(error),
                "a place that can be written to",
                "check the folder, its permissions and the space left; "
                "what was there is as it was",
            )
            failure.name = fspath(self.path)
            raise failure from error
        except WriteError as error:
            error.name = error.name or fspath(self.path)
            raise


def open_sink(
    path: str | PathLike[str],
    tables: Mapping[str, Table | tuple[Column, ...]] = TABLES,
    form: Form | None = None,
) -> Sink:
    """Open a sink for a data set.

    Args:
        path: where it is to appear; an old data set there is replaced, and nothing
            else is.
        tables: those that it has, in order; columns alone will do, and have no key.
        form: what to write; None has the ending of the path decide.

    Raises:
        OptionError: no data set has such an ending.
        WriteError: nothing can be written there, or a library is not installed.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     with open_sink(Path(folder) / "peel.sqlite") as sink:
        ...         sink.add("reports", [])
        ...     sink.path.name, sink.form, sink.path.is_file()
        ('peel.sqlite', 'sqlite', True)
    """
    return Sink(Path(path), choose_form(path, form), complete_tables(tables))


def choose_form(path: str | PathLike[str], form: Form | None = None) -> Form:
    """Choose what to write by the ending of a path.

    Args:
        path: where to.
        form: what was asked for; it wins.

    Raises:
        OptionError: the ending is that of a single file of another sort.

    Example:
        >>> choose_form("peel.db"), choose_form("peel"), choose_form("peel", "xlsx")
        ('sqlite', 'folder', 'xlsx')
    """
    if form is not None:
        return form
    ending = Path(path).suffix.lower()
    if ending in _OTHER_ENDINGS:
        raise OptionError(
            "choosing the form of the data set",
            f"a name that ends in {ending}",
            f"{', '.join(_ENDINGS)}, or the name of a folder",
            "a data set has several tables; for one, use peelparse parse",
        )
    return _ENDINGS.get(ending, "folder")


def _find_writer(form: Form) -> Callable[[Path, Mapping[str, Table]], Writer]:
    """The writer of a form; its module is loaded only now."""
    made: Callable[[Path, Mapping[str, Table]], Writer] = import_module(
        f"peelparse.write.datasets.{form}"
    ).make_writer
    return made

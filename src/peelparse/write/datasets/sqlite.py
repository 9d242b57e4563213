"""One SQLite file: typed tables, keys, full-text search, views; ready for Datasette."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from peelparse.write.columns import Row
from peelparse.write.datasets.sql import (
    index_tables,
    insert_row,
    make_table,
    make_views,
    search_tables,
)
from peelparse.write.datasets.sqlite_facts import list_facts
from peelparse.write.datasets.tables import Table

_STRICT_SINCE: Final = (3, 37)

_SETTINGS: Final = """
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
PRAGMA auto_vacuum = NONE;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16384;
PRAGMA user_version = 1;
"""
"""Fixed, so that files are alike; without a journal, as the file is nobody's yet."""


class SqliteWriter:
    """Writes one database."""

    def __init__(self, path: Path, tables: Mapping[str, Table]) -> None:
        """Args: path: an empty file."""
        self.tables = tables
        with _explain():
            self.base = sqlite3.connect(path, isolation_level=None)
            self.base.executescript(_SETTINGS)
            self.base.execute("BEGIN")
            is_strict = sqlite3.sqlite_version_info >= _STRICT_SINCE
            for name, table in tables.items():
                self.base.execute(make_table(name, table, tables, is_strict=is_strict))
        self.inserts = {name: insert_row(name, each) for name, each in tables.items()}

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Insert more rows of a table."""
        with _explain():
            self.base.executemany(self.inserts[table], rows)

    def add_report(self, report: bytes) -> None:
        """Pass over a report: its rows say the same."""

    def finish(self) -> None:
        """Add facts, indexes, search and views, and check the links."""
        with _explain():
            for name, table, rows in list_facts(self.tables):
                self.base.execute(make_table(name, table, {}, is_strict=False))
                self.base.executemany(insert_row(name, table), rows)
            for statement in index_tables(self.tables):
                self.base.execute(statement)
            self._check_links()
            for statement in search_tables(self.tables):
                self.base.execute(statement)
            for statement in make_views(self.base, self.tables):
                self.base.execute(statement)
            self.base.execute("COMMIT")
            self.base.execute("VACUUM")
        self.discard()

    def discard(self) -> None:
        """Close the database."""
        self.base.close()

    def _check_links(self) -> None:
        """Raise for a row that names a row which is not there."""
        lost = self.base.execute("PRAGMA foreign_key_check").fetchone()
        if lost is not None:
            table, row, other, _ = lost
            message = f"row {row} of {table} names one that is not in {other}"
            raise ValueError(message)


@contextmanager
def _explain() -> Iterator[None]:
    """Faults of SQLite as what writers raise."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError) as error:
        raise ValueError(str(error)) from error
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


make_writer = SqliteWriter

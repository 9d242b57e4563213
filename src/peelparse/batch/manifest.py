"""The manifest: what became of every input, kept beside the output.

One SQLite file, `OUT.peelparse`. It is the journal of a run too: what a run has found
is there before anything is written, so that a run that is killed goes on where it
was. It may be deleted; the next run then parses everything again. Two runs cannot
have it open at once.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from peelparse.batch.inputs import Found
from peelparse.batch.work import Fault, Outcome, PageOutcome
from peelparse.errors import PeelparseError, WriteError

ENDING: Final = ".peelparse"
"""What the manifest's name has after the output's."""

VERSION: Final = 1
"""Of the tables below; a later one is refused, an earlier one is begun anew."""

_APPLICATION: Final = 0x7065656C
_BATCH: Final = 500
"""Rows that are held at a time."""

_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    key BLOB PRIMARY KEY, sha256 TEXT, stamp TEXT, parser TEXT NOT NULL,
    digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE page (
    id INTEGER PRIMARY KEY, file BLOB NOT NULL, place INTEGER NOT NULL,
    name TEXT NOT NULL, sha256 TEXT, size INTEGER, kind TEXT, programme TEXT,
    edition TEXT, force_id TEXT, force_name TEXT, codes TEXT NOT NULL, worst TEXT,
    code TEXT, message TEXT, hint TEXT, line INTEGER,
    report BLOB NOT NULL, rows BLOB NOT NULL, UNIQUE (file, place)
);
CREATE INDEX page_group ON page (programme, edition, force_id, force_name);
CREATE TABLE joined (key TEXT PRIMARY KEY, digest TEXT NOT NULL, data BLOB NOT NULL);
"""
_OF_THIS_RUN: Final = """
CREATE TEMP TABLE listed (
    key BLOB PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL,
    size INTEGER NOT NULL, stamp TEXT, fault TEXT, is_skipped INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TEMP TABLE first (report TEXT PRIMARY KEY, page INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE grouped (page INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TEMP TABLE role (
    page INTEGER PRIMARY KEY, role TEXT, copy_of TEXT, reason TEXT
);
"""
_PAGE_COLUMNS: Final = (
    "name, sha256, size, kind, programme, edition, force_id, force_name, codes, worst,"
    " code, message, hint, line"
)


class Listed(NamedTuple):
    """An input of this run with what is known of it from before."""

    key: bytes
    """Its place among the inputs."""
    name: str
    """What messages call it."""
    path: str
    """Where to read it."""
    size: int
    """Bytes, as far as is known."""
    stamp: str | None
    """What shows that a file is as it was."""
    fault: str | None
    """Why it is not read."""
    is_skipped: int
    """Whether it is passed over for this reason."""
    known: str | None
    """Digest of the bytes of which the outcome is known."""
    known_stamp: str | None
    """Its stamp when they were read."""
    parser: str | None
    """What parsed them, with which options."""

    def is_done(self, parser: str) -> bool:
        """Whether the outcome is known without a look at the file."""
        return (
            self.fault is None
            and self.parser == parser
            and self.known is not None
            and self.known_stamp is not None
            and self.known_stamp == self.stamp
        )


class Manifest:
    """The manifest of one output, open for one run.

    Attributes:
        path: the file.
        db: the connection; other modules of this room ask it questions.
    """

    def __init__(self, output: str | os.PathLike[str], *, fresh: bool = False) -> None:
        """Args: output: where the data set is or is to be; fresh: whether to forget
        everything that is known.

        Raises:
            WriteError: another run has it open, it is of a newer version, it is no
                manifest, or it cannot be written.
        """
        target = Path(output).resolve()
        self.path = target.with_name(target.name + ENDING)
        with self.explain():
            self.db = sqlite3.connect(self.path, timeout=0, isolation_level=None)
            try:
                self._open(fresh=fresh)
            except BaseException:
                self.db.close()
                raise

    def _open(self, *, fresh: bool) -> None:
        self._ask("PRAGMA locking_mode = EXCLUSIVE")
        self._ask("PRAGMA page_size = 16384")
        self.db.execute("BEGIN EXCLUSIVE")
        application, version = (
            int(self._ask(f"PRAGMA {name}")[0])
            for name in ("application_id", "user_version")
        )
        is_empty = not self._ask("SELECT count(*) FROM sqlite_schema")[0]
        self._check(application, version, is_empty=is_empty, fresh=fresh)
        self.is_new = is_empty or fresh or version < VERSION
        if self.is_new:
            names = self.db.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            ).fetchall()
            for (name,) in names:
                self.db.execute(f'DROP TABLE "{name}"')
            for statement in _TABLES.split(";"):
                self.db.execute(statement)
            self.db.execute(f"PRAGMA application_id = {_APPLICATION}")
            self.db.execute(f"PRAGMA user_version = {VERSION}")
        self.db.execute("COMMIT")
        self._ask("PRAGMA journal_mode = WAL")
        self._ask("PRAGMA synchronous = NORMAL")
        self.db.executescript(_OF_THIS_RUN)

    def _check(
        self, application: int, version: int, *, is_empty: bool, fresh: bool
    ) -> None:
        """Refuse what is not ours, and what is of a time to come."""
        if not is_empty and application != _APPLICATION:
            raise self._refuse(
                "a database of another program",
                "a manifest of peelparse",
                "name another output, or move that file away",
            )
        if version > VERSION and not fresh:
            raise self._refuse(
                f"a manifest of version {version}, made by a newer peelparse",
                f"version {VERSION} or older",
                "update peelparse, name another output, or give --fresh to begin anew",
            )

    def close(self) -> None:
        """Let it go; what was found is kept."""
        self.db.close()

    @contextmanager
    def explain(self) -> Iterator[None]:
        """Whatever SQLite says as an error that says what to do."""
        try:
            yield
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", "")
            if name.startswith("SQLITE_BUSY"):
                fault = self._refuse(
                    "that another run is writing there",
                    "one run at a time",
                    "wait for it to end, or name another output",
                )
            elif name in {"SQLITE_NOTADB", "SQLITE_CORRUPT"}:
                fault = self._refuse(
                    "a file that is no manifest, or a broken one",
                    "a manifest of peelparse",
                    "move it away; everything is then parsed again",
                )
            else:
                fault = self._refuse(
                    str(error),
                    "a place that can be written to",
                    "check the folder, its permissions and the space left; the old "
                    "output is as it was",
                )
            raise fault from error

    def _refuse(self, found: str, expected: str, hint: str) -> PeelparseError:
        fault = WriteError("opening the manifest", found, expected, hint)
        fault.name = os.fspath(self.path)
        return fault

    def _ask(self, question: str, *values: object) -> tuple[int | str, ...]:
        """The first row of an answer."""
        row: tuple[int | str, ...] = self.db.execute(question, values).fetchone()
        return row

    # what this run is given

    def list_inputs(self, found: Iterable[Found]) -> None:
        """Take note of the inputs of this run; what comes twice counts once."""
        self.db.execute("BEGIN")
        self.db.executemany(
            "INSERT OR IGNORE INTO listed VALUES (?, ?, ?, ?, ?, ?, ?)", found
        )
        self.db.execute("COMMIT")

    def count(self, parser: str) -> tuple[int, int]:
        """Count the inputs: all of them, and those that must be read."""
        done = (
            "SELECT count(*), count(file.key) FROM listed LEFT JOIN file ON"
            " file.key = listed.key AND file.parser = ? AND file.sha256 IS NOT NULL"
            " AND file.stamp = listed.stamp AND listed.fault IS NULL"
        )
        total, known = self._ask(done, parser)
        return int(total), int(total) - int(known)

    def forget_vanished(self) -> int:
        """Drop what is known of inputs that are not given any more; gives how many."""
        gone = "NOT IN (SELECT key FROM listed)"
        self.db.execute("BEGIN")
        self.db.execute(f"DELETE FROM page WHERE file {gone}")
        count = self.db.execute(f"DELETE FROM file WHERE key {gone}").rowcount
        self.db.execute("COMMIT")
        return count

    def iter_listed(self) -> Iterator[Listed]:
        """Give the inputs in order; the manifest may change meanwhile."""
        question = (
            "SELECT listed.*, file.sha256, file.stamp, file.parser FROM listed"
            " LEFT JOIN file USING (key) WHERE key > ? ORDER BY key LIMIT ?"
        )
        last = b""
        while rows := self.db.execute(question, (last, _BATCH)).fetchall():
            for row in rows:
                yield Listed(*row)
            last = rows[-1][0]

    # what is found

    def store(self, outcome: Outcome, parser: str, digest: str) -> bool:
        """Take note of what became of an input.

        Args:
            outcome: what `work` gave.
            parser: what parsed it, with which options.
            digest: of what the outcome shows.

        Returns:
            Whether the output must change for it.
        """
        if outcome.is_known:
            self.db.execute(
                "UPDATE file SET stamp = ? WHERE key = ?", (outcome.stamp, outcome.key)
            )
            return False
        before = self.db.execute(
            "SELECT digest FROM file WHERE key = ?", (outcome.key,)
        ).fetchone()
        self.db.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)",
            (outcome.key, outcome.sha256, outcome.stamp, parser, digest),
        )
        if before == (digest,):
            return False
        self.db.execute("DELETE FROM page WHERE file = ?", (outcome.key,))
        self.db.executemany(
            f"INSERT INTO page (file, place, {_PAGE_COLUMNS}, report, rows)"
            f" VALUES ({', '.join('?' * 18)})",
            (
                (outcome.key, place, *_list_cells(page))
                for place, page in enumerate(outcome.pages)
            ),
        )
        return True

    def get(self, key: str) -> str | None:
        """A fact about the last run."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def put(self, key: str, value: object) -> None:
        """Keep a fact for the next run."""
        self.db.execute(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(value))
        )


def _list_cells(page: PageOutcome) -> tuple[object, ...]:
    fault = page.fault or Fault(code="", message="", hint="")
    told = (
        (fault.code, fault.message, fault.hint, fault.line)
        if page.fault
        else (None, None, None, None)
    )
    return (
        page.name,
        page.sha256,
        page.size,
        page.kind,
        page.programme,
        page.edition,
        page.force_id,
        page.force_name,
        page.codes,
        page.worst,
        *told,
        page.report,
        page.rows,
    )

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
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from peelparse.batch.inputs import Found
from peelparse.batch.outcome import Outcome, PageOutcome
from peelparse.batch.schema import INSERT_PAGE, OF_THIS_RUN, TABLES, VERSION, Listed
from peelparse.errors import PeelparseError, WriteError

ENDING: Final = ".peelparse"
"""What the manifest's name has after the output's."""

_JOURNALS: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file that is open."""

_APPLICATION: Final = 0x7065656C
_BATCH: Final = 500
"""Rows that are held at a time."""


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
        self.path = self.find(output)
        with self.explain():
            self.db = sqlite3.connect(self.path, timeout=0, isolation_level=None)
            try:
                self._open(fresh=fresh)
            except BaseException:
                self.db.close()
                raise

    @staticmethod
    def find(output: str | os.PathLike[str]) -> Path:
        """Where the manifest of an output is."""
        target = Path(output).resolve()
        return target.with_name(target.name + ENDING)

    @classmethod
    def list_own(cls, output: str | os.PathLike[str]) -> list[Path]:
        """What an output and its manifest consist of, which is never an input."""
        path = cls.find(output)
        journals = (path.with_name(path.name + ending) for ending in _JOURNALS)
        return [Path(output), path, *journals]

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
            for statement in TABLES.split(";"):
                self.db.execute(statement)
            self.db.execute(f"PRAGMA application_id = {_APPLICATION}")
            self.db.execute(f"PRAGMA user_version = {VERSION}")
        self.db.execute("COMMIT")
        self._ask("PRAGMA journal_mode = WAL")
        self._ask("PRAGMA synchronous = NORMAL")
        self.db.execute("PRAGMA temp.cache_size = -512")
        self.db.executescript(OF_THIS_RUN)

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
            found = f"a manifest of version {version}, made by a newer peelparse"
            raise self._refuse(
                found,
                f"version {VERSION} or older",
                "update peelparse, name another output, or give --fresh to begin anew",
            )

    def close(self) -> None:
        """Let it go; what was found is kept, and a manifest of nothing removed."""
        with suppress(sqlite3.Error):
            known = self._ask("SELECT (SELECT count(*) FROM file)")[0]
            self.db.close()
            if self.is_new and not known:
                self.path.unlink(missing_ok=True)

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
                    f"a fault ({error})",
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
        self.db.execute("BEGIN")
        self.db.execute("DELETE FROM page WHERE file NOT IN (SELECT key FROM listed)")
        count = self.db.execute(
            "DELETE FROM file WHERE key NOT IN (SELECT key FROM listed)"
        ).rowcount
        if count:
            self._outdate()
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
        self._outdate()
        self.db.execute("DELETE FROM page WHERE file = ?", (outcome.key,))
        self.db.executemany(
            INSERT_PAGE,
            (
                (outcome.key, place, *_list_cells(page))
                for place, page in enumerate(outcome.pages)
            ),
        )
        return True

    def commit(self) -> None:
        """Keep what was found so far, and go on."""
        self.db.execute("COMMIT")
        self.db.execute("BEGIN")

    def _outdate(self) -> None:
        """Note, with the change itself, that the output is not up to date."""
        self.db.execute("DELETE FROM meta WHERE key = 'output'")

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
    """Cells of a page in the order of `INSERT_PAGE`."""
    fault = page.fault
    of_page = (page.name, page.sha256, page.size, page.kind, page.programme)
    of_force = (page.edition, page.force_id, page.force_name, page.codes, page.worst)
    told = (fault.code, fault.message, fault.hint, fault.line) if fault else (None,) * 4
    return (*of_page, *of_force, *told, page.report, page.rows)

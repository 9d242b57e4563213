"""The manifest's tables, and the shape of what it says of an input."""

from typing import Final, NamedTuple

VERSION: Final = 1
"""Of the tables below; a later one is refused, an earlier one is begun anew."""

TABLES: Final = """
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
OF_THIS_RUN: Final = """
CREATE TEMP TABLE listed (
    key BLOB PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL,
    size INTEGER NOT NULL, stamp TEXT, fault TEXT, is_skipped INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TEMP TABLE first (
    report TEXT PRIMARY KEY, page INTEGER NOT NULL UNIQUE
) WITHOUT ROWID;
CREATE TEMP TABLE grouped (page INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE TEMP TABLE role (
    page INTEGER PRIMARY KEY, role TEXT, copy_of TEXT, reason TEXT
);
"""
INSERT_PAGE: Final = (
    "INSERT INTO page (file, place, name, sha256, size, kind, programme, edition,"
    " force_id, force_name, codes, worst, code, message, hint, line, report, rows)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
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

"""Pages of one force, programme and edition to joined values, group by group.

Only one group is in memory at a time. What a group gave is kept in the manifest
under a digest of its pages, so that only groups that changed are joined again.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

import msgspec

from peelparse.batch.crew import Job
from peelparse.batch.manifest import Manifest
from peelparse.batch.outcome import REPORT_ID, Rows, pack_rows, unpack_report
from peelparse.batch.values import NONE, describe_told, iter_values
from peelparse.diagnostics import diagnose
from peelparse.report import Force, Programme
from peelparse.unite import join
from peelparse.unite.assessment import Assessment, PageRef
from peelparse.unite.forces import ForceKeys

_LARGEST: Final = 300
"""Pages without force, programme or edition that are compared with each other."""

_SHOWN: Final = "FROM page CROSS JOIN first ON first.page = page.id"
"""In this order, or each group would cost a look at every page."""

_LACKING: Final = "programme IS NULL OR edition IS NULL OR force_name IS NULL"


class RoleOf(msgspec.Struct, frozen=True):
    """What became of a page when pages were joined."""

    sha256: str
    """The page's."""
    role: str
    """As in `peelparse.unite.assessment.PageRef`."""
    copy_of: str | None
    """Name of the page that stands for it."""
    reason: str | None
    """Why, in a few words."""


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """What a group of pages gave."""

    key: str
    """The group's."""
    digest: str
    """Of its pages."""
    roles: list[RoleOf] = []
    """What became of them."""
    rows: bytes
    """Rows of `assessments` and `diagnostics`, packed."""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Pages that are joined together."""

    key: str
    """Programme, force and edition."""
    digest: str
    """Of its pages."""
    reports: list[bytes]
    """The pages, packed."""

    @property
    def size(self) -> int:
        """What the pages weigh: they travel whole, where others send a path."""
        return _WEIGHT * sum(map(len, self.reports))


def join_group(group: Group) -> Joined:
    """Join the pages of one group. Pure, so that any worker can do it."""
    reports = [unpack_report(report) for report in group.reports]
    rows: Rows = {"assessments": [], "diagnostics": []}
    roles: list[RoleOf] = []
    for assessment in join(reports):
        rows["assessments"] += iter_values(group.key, assessment)
        rows["diagnostics"] += (
            describe_told(assessment, each) for each in assessment.diagnostics
        )
        roles += map(_note_role, (*assessment.pages, *assessment.set_aside))
    return Joined(key=group.key, digest=group.digest, roles=roles, rows=pack_rows(rows))


def lose_group(group: Group, reason: str) -> Joined:
    """Make the result of a group that cost its worker: its pages are not joined."""
    told = diagnose("PP502", f"one of {len(group.reports)} pages ({reason})")
    row = describe_told(Assessment(), told)
    return Joined(key=group.key, digest="", rows=pack_rows({"diagnostics": [row]}))


_WEIGHT: Final = 16
"""How much heavier than a file's byte a byte is that is sent to a worker."""

_JOINED: Final = msgspec.msgpack.Decoder(Joined)

JOIN: Final[Job[Group, Joined]] = Job(join_group, lose_group)


def make_groups(manifest: Manifest) -> None:
    """Put every page that has a report, and is no copy by its bytes, in a group.

    Pages that lack programme, force or edition are never joined with each other by
    a guess; they are put together only to find copies among them.

    Args:
        manifest: one that knows which pages are the first with their bytes.
    """
    ask = manifest.db.execute
    ask(
        f"INSERT INTO grouped SELECT page.id, '{NONE}' || ((row_number() OVER"
        " (ORDER BY programme, edition, force_name, kind, sha256) - 1) / ?)"
        f" {_SHOWN} WHERE {_LACKING}",
        (_LARGEST,),
    )
    named = f"{_SHOWN} WHERE NOT ({_LACKING})"
    keys = ForceKeys()
    programme: Programme
    for programme, name in ask(f"SELECT DISTINCT programme, force_name {named}"):
        keys.add(Force(name=name, source="text"), programme)
    question = f"SELECT DISTINCT programme, edition, force_id, force_name {named}"
    for row in ask(question):
        programme, edition, force_id, name = row
        force = keys.find(Force(name=name, id=force_id, source="text"), programme)
        key = "/".join((programme, force[1].replace(" ", "-"), edition))
        ask(
            f"INSERT INTO grouped SELECT page.id, ? {_SHOWN} WHERE programme = ?"
            " AND edition = ? AND force_id IS ? AND force_name = ?",
            (key, *row),
        )
    ask("CREATE INDEX temp.grouped_key ON grouped (key)")


def iter_keys(manifest: Manifest) -> Iterator[str]:
    """Give the keys of the groups in order; the manifest may change meanwhile."""
    last = ""
    question = "SELECT min(key) FROM grouped WHERE key > ?"
    while (key := manifest.db.execute(question, (last,)).fetchone()[0]) is not None:
        yield key
        last = key


def iter_stale(manifest: Manifest, parser: str) -> Iterator[Group]:
    """Give the groups that must be joined anew.

    Args:
        manifest: one whose groups are made.
        parser: what parsed the pages, with which options.
    """
    ask = manifest.db.execute
    for key in iter_keys(manifest):
        pages: list[tuple[int, str, str]] = ask(
            "SELECT id, name, sha256 FROM grouped JOIN page ON page.id = page"
            " WHERE key = ? ORDER BY file, place",
            (key,),
        ).fetchall()
        told = "\n".join(f"{sha256} {name}" for _, name, sha256 in pages)
        digest = sha256(f"{parser}\n{told}".encode("utf-8", "replace")).hexdigest()
        if ask("SELECT digest FROM joined WHERE key = ?", (key,)).fetchone() == (
            digest,
        ):
            continue
        reports = [
            ask("SELECT report FROM page WHERE id = ?", (page,)).fetchone()[0]
            for page, _, _ in pages
        ]
        yield Group(key=key, digest=digest, reports=reports)


def keep(manifest: Manifest, joined: Joined) -> None:
    """Take note of what a group gave."""
    data = msgspec.msgpack.encode(joined)
    manifest.db.execute(
        "INSERT OR REPLACE INTO joined VALUES (?, ?, ?)",
        (joined.key, joined.digest, data),
    )


def iter_joined(manifest: Manifest) -> Iterator[Joined]:
    """Give what the groups gave, in order; roles are noted as they pass."""
    ask = manifest.db.execute
    ask("DELETE FROM joined WHERE key NOT IN (SELECT key FROM grouped)")
    for key in iter_keys(manifest):
        (data,) = ask("SELECT data FROM joined WHERE key = ?", (key,)).fetchone()
        joined = _JOINED.decode(data)
        for sha, role, copy_of, reason in map(msgspec.structs.astuple, joined.roles):
            ask(
                "INSERT OR REPLACE INTO role SELECT page, ?, ?, ? FROM first"
                " WHERE report = ?",
                (role, copy_of, reason, sha[:REPORT_ID]),
            )
        yield joined


def _note_role(page: PageRef) -> RoleOf:
    copy_of = page.of.name if page.of else None
    return RoleOf(page.sha256, page.role, copy_of, page.reason)

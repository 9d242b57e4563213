"""Printed years and addresses to the edition of the assessment programme meant.

`editions.json` holds the editions, the named grade scales and the address folders.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

import msgspec

from peelparse.data import read_data
from peelparse.reference.spelling import fold
from peelparse.report import Grade, Programme

_FILE: Final = "reference/editions.json"


class NeverGraded(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition tells in words only: a pillar, a topic, or one in the other."""

    pillar: str | None = None
    """Official name of the pillar; null for a topic in any pillar."""
    topic: str | None = None
    """Id of the topic; null for a pillar with all of its questions."""
    overall_only: bool = False
    """Whether only the pillar as a whole has no grade, while its questions may."""


class Caveat(msgspec.Struct, frozen=True, kw_only=True):
    """What HMICFRS itself says on comparing the grades of an edition."""

    says: str
    """What it says, in our words."""
    source: str | None
    """Address of the page that says so; null where each report does."""


class EditionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One edition of one programme."""

    id: str
    """Edition as reports give it, such as `2018-19`; the same in both programmes."""
    programme: Programme
    """`PEEL` for police, `FRS` for fire and rescue."""
    printed: tuple[str, ...]
    """Forms that titles print, with hyphens for dashes; `202325` has lost one."""
    address: tuple[str, ...]
    """Parts of addresses that show the edition."""
    scale: str
    """Name of the grade scale, for `grade_scale`."""
    pillars: tuple[str, ...]
    """Official names in the order of the pages; empty for areas without pillars."""
    never_graded: tuple[NeverGraded, ...]
    """What the edition never grades; mostly empty."""
    comparable_with: tuple[str, ...]
    """Ids of editions of the programme that its grades may be compared with."""
    note: str
    """What a reader of its grades should know."""
    caveat: Caveat | None = None
    """What HMICFRS says on comparing its grades; null where nothing was seen."""
    sources: tuple[str, ...] = ()
    """Addresses of the pages that the record rests on."""


class _File(msgspec.Struct, frozen=True):
    origin: str
    scales: dict[str, tuple[Grade, ...]]
    folders: dict[Programme, tuple[str, ...]]
    editions: tuple[EditionRecord, ...]


@cache
def _file() -> _File:
    return msgspec.json.decode(read_data(_FILE), type=_File)


def _editions(programme: Programme | None) -> list[EditionRecord]:
    return [
        record
        for record in _file().editions
        if programme is None or record.programme == programme
    ]


def iter_editions(programme: Programme | None = None) -> Iterator[EditionRecord]:
    """List the editions, police before fire and the oldest first.

    Args:
        programme: Whose editions; `None` takes both.

    Example:
        >>> [each.id for each in iter_editions("FRS")]
        ['2018-19', '2021-22', '2023-25', '2025-27']
    """
    yield from _editions(programme)


def describe_editions() -> str:
    """Tell how the list of editions was compiled.

    Example:
        >>> describe_editions()[:22]
        'Compiled for peelparse'
    """
    return _file().origin


def _only(records: list[EditionRecord]) -> EditionRecord | None:
    return records[0] if len(records) == 1 else None


def edition(edition_id: str, programme: Programme | None) -> EditionRecord | None:
    """Get an edition by its id.

    Args:
        edition_id: Id such as `2018-19`.
        programme: Whose edition; `None` finds an id that only one programme has.

    Returns:
        The record; `None` if there is no such edition, or with no programme two.

    Example:
        >>> edition("2017", None).scale
        'four-tier'
        >>> edition("2018-19", None) is None
        True
    """
    return _only([each for each in _editions(programme) if each.id == edition_id])


def find_edition(printed: str, programme: Programme | None) -> EditionRecord | None:
    """Find the edition that a printed year or span of years means.

    Args:
        printed: The years only, as printed (`2018/19`, `2023–2025`); the kind of
            dash and spaces around it make no difference.
        programme: Whose edition; `None` finds years that only one programme prints.

    Returns:
        The record; `None` if no edition prints such years, or with no programme
        both do. An id that is found is the same in both programmes.

    Example:
        >>> find_edition("2018", "PEEL").id
        '2018-19'
        >>> find_edition("2023–2025", "FRS").scale
        'five-tier'
    """
    years = fold(printed).replace(" ", "")
    return _only([each for each in _editions(programme) if years in each.printed])


def _parts(address: str) -> list[str]:
    """Split the path (and the host, which is never a part looked for)."""
    path = address.split("#", 1)[0].split("?", 1)[0]
    return [part for part in path.casefold().split("/") if part]


def programme_from_address(address: str) -> Programme | None:
    """Tell the programme from the folder of an address.

    Args:
        address: Address or path of a page.

    Returns:
        The programme; `None` if no folder, or folders of both, are in the address.

    Example:
        >>> programme_from_address("/frs-assessment/frs-2018/avon/")
        'FRS'
    """
    parts = _parts(address)
    found = [
        programme
        for programme, folders in _file().folders.items()
        if any(folder in parts for folder in folders)
    ]
    return found[0] if len(found) == 1 else None


def edition_from_address(
    address: str, programme: Programme | None
) -> EditionRecord | None:
    """Find the edition that the address of a page shows.

    Args:
        address: Address or path; host, query and an archive's prefix may be there.
        programme: Whose edition; `None` takes the programme from the folder, and
            where there is none, finds what only one programme can mean.

    Returns:
        The record; `None` if the address shows no edition, two, or one of another
        programme than the one given.

    Example:
        >>> edition_from_address("/peel-assessments/peel-2017/kent/", None).id
        '2017'
        >>> edition_from_address("/frs-assessments/avon-2023-2025/", "FRS").id
        '2023-25'
    """
    folder = programme_from_address(address)
    if programme and folder and programme != folder:
        return None
    parts = [f"-{part}-" for part in _parts(address)]
    return _only(
        [
            each
            for each in _editions(programme or folder)
            if any(f"-{mark}-" in part for mark in each.address for part in parts)
        ]
    )


def grade_scale(name: str) -> tuple[Grade, ...]:
    """Give the grades of a named scale in rising order.

    Args:
        name: Name as in `EditionRecord.scale`.

    Returns:
        Official labels, the lowest first; empty for a name that is no scale.

    Example:
        >>> grade_scale("four-tier")
        ('Inadequate', 'Requires improvement', 'Good', 'Outstanding')
    """
    return _file().scales.get(name, ())


def never_graded(
    edition_id: str | None,
    programme: Programme | None,
    pillar: str | None,
    topic: str | None,
    *,
    overall: bool = False,
) -> bool:
    """Tell whether an edition never grades a pillar or a question.

    Args:
        edition_id: Id of the edition; `None` if the page names none.
        programme: Programme of the page; `None` if it names none.
        pillar: Official name of the pillar, or of the one the question stands in.
        topic: Topic of the question; `None` for a pillar.
        overall: Whether the pillar as a whole is meant, not a question in it.

    Returns:
        True only if the reference list says so.

    Example:
        >>> never_graded("2015", "PEEL", "Leadership", None)
        True
        >>> never_graded("2015", "PEEL", "Effectiveness", "specialist-capabilities")
        False
    """
    record = edition(edition_id, programme) if edition_id else None
    return record is not None and any(
        (each.pillar is None or each.pillar == pillar)
        and (each.topic is None or each.topic == topic)
        and (overall or not each.overall_only)
        for each in record.never_graded
    )

"""Names and address parts to the police force or fire and rescue service meant.

`forces.json` holds the police forces, `fire_services.json` the fire and rescue
services; each file says how it was compiled. A file is read when first needed.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

import msgspec

from peelparse.data import read_data
from peelparse.reference.spelling import fold
from peelparse.report import Programme

_FILES: Final[dict[Programme, str]] = {
    "PEEL": "reference/forces.json",
    "FRS": "reference/fire_services.json",
}
_ARTICLE: Final = "the "


class ForceRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One police force or fire and rescue service of the reference lists."""

    id: str
    """Stable id; for police the one of data.police.uk, such as `dyfed-powys`.
    A force and a service may have the same id (`essex`)."""
    name: str
    """Short name as page titles print it, such as `Avon and Somerset`."""
    official_name: str
    """Name in full, such as `Avon and Somerset Constabulary`."""
    ons_code: str | None
    """Nine-character ONS area code; null for forces without an area of their own."""
    country: str
    """`England` or `Wales`; for forces outside PEEL also other territories."""
    programme: Programme
    """`PEEL` for police, `FRS` for fire and rescue."""
    aliases: tuple[str, ...] = ()
    """Other names that pages and readers use."""
    abbreviations: tuple[str, ...] = ()
    """Short forms such as `MPS`, too short to be searched for in running text."""
    slugs: tuple[str, ...] = ()
    """Parts of addresses that mean it."""
    is_inspected: bool = True
    """Whether the programme inspects it: false for forces outside PEEL and for
    services that are no more."""


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a data file; fields that no lookup needs are left unread."""

    id: str
    name: str
    official_name: str
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    slugs: tuple[str, ...]
    ons_code: str | None
    country: str
    peel_assessed: bool = True
    current: bool = True


class _File(msgspec.Struct, frozen=True):
    origin: str
    records: tuple[_Row, ...]


_Index = dict[str, ForceRecord]


@cache
def _file(programme: Programme) -> _File:
    return msgspec.json.decode(read_data(_FILES[programme]), type=_File)


@cache
def _rows(programme: Programme) -> tuple[tuple[_Row, ForceRecord], ...]:
    return tuple(
        (
            row,
            ForceRecord(
                id=row.id,
                name=row.name,
                official_name=row.official_name,
                ons_code=row.ons_code,
                country=row.country,
                programme=programme,
                aliases=row.aliases,
                abbreviations=row.abbreviations,
                slugs=row.slugs,
                is_inspected=row.peel_assessed and row.current,
            ),
        )
        for row in _file(programme).records
    )


def iter_forces(programme: Programme | None = None) -> Iterator[ForceRecord]:
    """List the forces and services, police first, in the order of their ids.

    Args:
        programme: Which list to take; `None` takes both.

    Example:
        >>> next(iter_forces("FRS")).official_name
        'Avon Fire and Rescue Service'
    """
    for each in (programme,) if programme else tuple(_FILES):
        records = (record for _, record in _rows(each))
        yield from sorted(records, key=lambda record: record.id)


def describe_forces(programme: Programme) -> str:
    """Tell how the list of a programme's forces or services was compiled.

    Example:
        >>> describe_forces("FRS")[:22]
        'Compiled for peelparse'
    """
    return _file(programme).origin


def _fold_name(name: str) -> str:
    return fold(name).removeprefix(_ARTICLE)


@cache
def _by_name(programme: Programme) -> _Index:
    return {
        _fold_name(name): record
        for row, record in _rows(programme)
        for name in (row.name, row.official_name, *row.aliases, *row.abbreviations)
    }


@cache
def _by_slug(programme: Programme) -> _Index:
    return {slug: record for row, record in _rows(programme) for slug in row.slugs}


def _find(
    key: str, index: Callable[[Programme], _Index], programme: Programme | None
) -> ForceRecord | None:
    """Look in one programme, or in both for a key that only one of them has."""
    programmes = (programme,) if programme else tuple(_FILES)
    found = [record for each in programmes if (record := index(each).get(key))]
    return found[0] if len(found) == 1 else None


def find_force(name: str, programme: Programme | None) -> ForceRecord | None:
    """Find the force or service that a name means, without guessing.

    Dashes, quotes, `&`, case, white space and a leading article make no
    difference; any other difference does.

    Args:
        name: A name as a page prints it: short, official, or a known alias.
        programme: Which list to look in, as police and fire names overlap;
            `None` looks in both.

    Returns:
        The record; `None` if the name is in no list, or with no programme in both.

    Example:
        >>> find_force("Avon & Somerset", "PEEL").id
        'avon-and-somerset'
        >>> find_force("Essex", None) is None
        True
        >>> find_force("Essex Police", None).programme
        'PEEL'
    """
    return _find(_fold_name(name), _by_name, programme)


def find_force_by_slug(slug: str, programme: Programme | None) -> ForceRecord | None:
    """Find the force or service that one part of a page's address means.

    Args:
        slug: The part between two slashes; the years that addresses of reports
            add to it (`kent-2021-22`) are left out of account.
        programme: Which list to look in; `None` looks in both.

    Returns:
        The record; `None` if the part is no known slug, or with no programme in
        both lists.

    Example:
        >>> find_force_by_slug("kent-2021-22", "PEEL").official_name
        'Kent Police'
        >>> find_force_by_slug("heddlu-gwent", None).id
        'gwent'
    """
    key = slug.strip("/").casefold().rstrip("0123456789-")
    return _find(key, _by_slug, programme)


@cache
def force_names(programme: Programme | None) -> tuple[str, ...]:
    """List every spelled name, for a search of running text.

    Abbreviations (`MPS`, `Herts`) are left out: `find_force` knows them, but they
    are too short to be searched for.

    Args:
        programme: Which list to take; `None` takes both.

    Returns:
        Names without repeats, the longest first and equal lengths in alphabetical
        order, so that the first one found is the fullest.

    Example:
        >>> force_names("PEEL")[0]
        'Hampshire and Isle of Wight Constabulary'
    """
    names = {
        name
        for each in ((programme,) if programme else tuple(_FILES))
        for row, _ in _rows(each)
        for name in (row.name, row.official_name, *row.aliases)
    }
    return tuple(sorted(names, key=lambda name: (-len(name), name)))

"""Small tables that only a database needs: the scales of grades, and its licence."""

from collections.abc import Iterator, Mapping

import msgspec

from peelparse.reference import grade_scale, iter_editions
from peelparse.write.columns import Column, Row
from peelparse.write.datasets import licence
from peelparse.write.datasets.tables import Table

_EDITIONS = Table(
    (
        Column("programme", "string", "PEEL or FRS"),
        Column("edition", "string", "edition, such as 2017 or 2018-19"),
        Column("scale", "string", "name of its scale of grades"),
    ),
    "one row for each edition",
)
_SCALES = Table(
    (
        Column("scale", "string", "name of the scale"),
        Column("grade", "string", "official label"),
        Column("rank", "integer", "place in the scale, 1 for the lowest"),
    ),
    "one row for each grade of a scale; ranks of two scales are not comparable",
)
_METADATA = Table(
    (
        Column("name", "string", "what is told"),
        Column("value", "string", "what it is; datasette is its metadata.json"),
    ),
    "title, licence and attribution",
    key="name",
)


def list_facts(tables: Mapping[str, Table]) -> Iterator[tuple[str, Table, list[Row]]]:
    """Tables that a database has beside those of the data set.

    Args:
        tables: those of the data set; a name of theirs is not used again.

    Yields:
        Name, table and rows.
    """
    editions = list(iter_editions())
    known: list[tuple[str, Table, list[Row]]] = [
        (
            "editions",
            _EDITIONS,
            [(each.programme, each.id, each.scale) for each in editions],
        ),
        (
            "scales",
            _SCALES,
            [
                (scale, grade, rank)
                for scale in sorted({each.scale for each in editions})
                for rank, grade in enumerate(grade_scale(scale), 1)
            ],
        ),
        ("metadata", _METADATA, _list_metadata()),
    ]
    yield from (each for each in known if each[0] not in tables)


def _list_metadata() -> list[Row]:
    """What the file says of itself; the last row is for Datasette."""
    about = {
        "title": licence.TITLE,
        "description": f"{licence.DESCRIPTION} {licence.ATTRIBUTION}",
        "license": licence.LICENCE,
        "license_url": licence.LICENCE_ADDRESS,
        "source": licence.SOURCE,
        "source_url": licence.SOURCE_ADDRESS,
    }
    return [
        *about.items(),
        ("attribution", licence.ATTRIBUTION),
        ("schema", licence.SCHEMA),
        ("datasette", msgspec.json.encode(about).decode()),
    ]

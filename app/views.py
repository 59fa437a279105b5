"""The views of schema `map` as tables to build queries on; see `migrations/views`."""

from collections.abc import Iterable, Sequence
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Double,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    Text,
    and_,
    func,
    or_,
)
from sqlalchemy.dialects.postgresql import UUID

from spatial.boxes import ranges_of_box

# Apart from the tables' own metadata: a view is not something a migration compares.
_METADATA = MetaData(schema="map")
_GEOMETRY = Geometry(srid=4326, spatial_index=False)
_INSTANT = DateTime(timezone=True)


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


city = Table(
    "city",
    _METADATA,
    Column("city_id", SmallInteger),
    *_text("code", "name", "time_zone"),
    Column("demo", Boolean),
)

category = Table(
    "category",
    _METADATA,
    *_text("code", "group_code", "name", "name_en", "precision"),
    Column("ordinal", SmallInteger),
    Column("units", ARRAY(Text)),
    Column("geometry", ARRAY(Text)),
    Column("synonyms", ARRAY(Text)),
)

edition = Table(
    "edition",
    _METADATA,
    Column("city_id", SmallInteger),
    Column("edition_id", Integer),
    *_text("name", "source", "licence", "status"),
    Column("active", Boolean),
    Column("metric_srid", Integer),
    Column("loaded", _INSTANT),
)

source = Table(
    "source",
    _METADATA,
    Column("city_id", SmallInteger),
    Column("edition_id", Integer),
    *_text("layer", "source", "licence"),
)
"""Whose work boundaries (by level) and reference map (by kind, edition 0) are."""

area = Table(
    "area",
    _METADATA,
    Column("city_id", SmallInteger),
    Column("edition_id", Integer),
    Column("active", Boolean),
    *_text("code", "level", "parent_code", "name", "kind", "status"),
    Column("geom", _GEOMETRY),
    Column("label_point", _GEOMETRY),
    Column("is_leaf", Boolean),
    Column("population", Integer),
    Column("households", Integer),
    Column("area_km2", Double),
)

base = Table(
    "base",
    _METADATA,
    Column("city_id", SmallInteger),
    Column("feature_id", UUID(as_uuid=True)),
    *_text("kind", "subkind", "name"),
    Column("geom", _GEOMETRY),
)

point = Table(
    "point",
    _METADATA,
    Column("city_id", SmallInteger),
    Column("edition_id", Integer),
    *_text("number", "category", "group_code", "precision"),
    *_text("title", "problem", "address", "landmark"),
    *_text("status", "stage", "channel", "funding", "unit"),
    *_text("public_area", "kota", "kecamatan", "kelurahan", "rw", "rt"),
    Column("year", SmallInteger),
    Column("severity", SmallInteger),
    Column("volume", Numeric(14, 2)),
    Column("estimated_cost", BigInteger),
    Column("beneficiaries", Integer),
    Column("supporters", Integer),
    Column("position", _GEOMETRY),
    Column("cell", BigInteger),
    Column("shape", _GEOMETRY),
    Column("created", _INSTANT),
    Column("updated", _INSTANT),
    Column("listed", Boolean),
    Column("newest", Boolean),
)
"""Every published usulan as the public may know it; see `migrations/views`."""

planning_year = Table(
    "planning_year",
    _METADATA,
    Column("city_id", SmallInteger),
    Column("year", SmallInteger),
)
"""The years in which a city has listed usulan."""

other_place = Table(
    "other_place",
    _METADATA,
    Column("city_id", SmallInteger),
    Column("edition_id", Integer),
    *_text("number", "kota", "kecamatan", "kelurahan", "rw", "rt"),
)
"""Where published usulan are counted under an edition that is not the one of their own row."""

counterpart = Table(
    "counterpart",
    _METADATA,
    Column("city_id", SmallInteger),
    Column("edition_id", Integer),
    Column("other_edition_id", Integer),
    *_text("code", "kota", "kecamatan", "kelurahan", "rw", "rt"),
)
"""Where another edition counts what is known by its area alone."""

event = Table(
    "event",
    _METADATA,
    Column("city_id", SmallInteger),
    *_text("number", "kind", "from_status", "to_status", "stage"),
    *_text("actor_role", "actor_area", "reason_code", "reason"),
    Column("sequence", SmallInteger),
    Column("at", _INSTANT),
    Column("hash", LargeBinary),
    Column("previous", LargeBinary),
)


def within_ranges(cell: Column[int], ranges: Iterable[tuple[Any, Any]]) -> ColumnElement[bool]:
    """That a cell is in one of some ranges, each its first and last.

    Such comparisons may be made behind the barrier of a view, where an index serves them;
    conditions on shapes may not.
    """
    return or_(*(cell.between(first, last) for first, last in ranges))


def in_box(bounds: Sequence[float]) -> ColumnElement[bool]:
    """That a public position is in a box: west, south, east, north in degrees, edges included."""
    return and_(within_ranges(point.c.cell, ranges_of_box(bounds)), on_ground(bounds))


def on_ground(bounds: Sequence[float]) -> ColumnElement[bool]:
    """The same by the degrees alone, for rows that are found by something else."""
    return func.ST_Intersects(point.c.position, func.ST_MakeEnvelope(*bounds, 4326))

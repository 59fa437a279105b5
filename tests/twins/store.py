"""Puts generated areas where the statements of spatial/sql read them, and asks those."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

import shapely
from shapely.geometry import Point
from sqlalchemy import Connection, RowMapping, text

from spatial.areas import AreaRecord
from spatial.grid import cell_at
from spatial.sql import load

CITY = 9972
EDITION = 1
METRIC_SRID = 32749


def store_city(connection: Connection) -> None:
    connection.execute(
        text("INSERT INTO peta.city (city_id, code, name) VALUES (:city, '99.72', 'Kota Kembar')"),
        {"city": CITY},
    )
    connection.execute(
        text(
            "INSERT INTO peta.boundary_edition (city_id, edition_id, name, metric_srid, active)"
            " VALUES (:city, :edition, 'kembar', :srid, TRUE)"
        ),
        {"city": CITY, "edition": EDITION, "srid": METRIC_SRID},
    )


def store_areas(connection: Connection, records: Iterable[AreaRecord]) -> None:
    """Replace the areas of the twin city by these."""
    areas = list(records)
    parents = {area.parent_code for area in areas}
    connection.execute(text("DELETE FROM peta.area WHERE city_id = :city"), {"city": CITY})
    rows = [_row(area, is_leaf=area.code not in parents) for area in areas]
    if rows:
        connection.execute(_INSERT_AREA, rows)


_INSERT_AREA = text(
    "INSERT INTO peta.area (city_id, edition_id, code, level, parent_code, name, geom,"
    " label_point, label_cell, area_m2, is_leaf)"
    " VALUES (:city, :edition, :code, :level, :parent, :name,"
    " ST_Multi(ST_GeomFromWKB(:geom, 4326)), ST_GeomFromWKB(:label, 4326), :cell, 1, :is_leaf)"
)


def _row(area: AreaRecord, *, is_leaf: bool) -> Mapping[str, Any]:
    label = shapely.point_on_surface(area.geometry)
    return {
        "city": CITY,
        "edition": EDITION,
        "code": area.code,
        "level": area.level,
        "parent": area.parent_code,
        "name": area.name,
        "geom": area.geometry.wkb,
        "label": label.wkb,
        "cell": cell_at(label.x, label.y),
        "is_leaf": is_leaf,
    }


def ask(connection: Connection, statement: str, **binds: object) -> list[RowMapping]:
    """Rows of one statement for the twin city."""
    known = {
        "city_id": CITY,
        "edition_id": EDITION,
        "metric_srid": METRIC_SRID,
        "outline": -1,
    } | binds
    query = text(load(statement))
    wanted = query.compile().params
    answer = connection.execute(query, {name: known[name] for name in wanted})
    return list(answer.mappings())


def areas_at(connection: Connection, point: Point, **binds: object) -> list[RowMapping]:
    told = {"accuracy_m": None, "declared": None} | binds
    return ask(connection, "areas_at_point", longitude=point.x, latitude=point.y, **told)


def store_base(connection: Connection, features: Iterable[tuple[str, str, str, Any]]) -> None:
    """Add reference features: kind, subkind, name and geometry each."""
    rows = [
        {
            "city": CITY,
            "id": uuid4(),
            "kind": kind,
            "subkind": subkind,
            "name": name,
            "geom": geom.wkb,
        }
        for kind, subkind, name, geom in features
    ]
    connection.execute(_INSERT_BASE, rows)


_INSERT_BASE = text(
    "INSERT INTO peta.base_feature (city_id, feature_id, kind, subkind, name, geom)"
    " VALUES (:city, :id, :kind, :subkind, :name, ST_GeomFromWKB(:geom, 4326))"
)

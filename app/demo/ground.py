"""The ground of the demo in the database: the city, its areas, its base layers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import numpy as np
import shapely
from psycopg import Connection
from shapely import MultiPolygon, Polygon

from app.areas.service import NewArea, NewEdition, StoredEdition, find_edition, load_edition
from app.demo.plan import CITY_CODE, CITY_NAME, EDITION, LICENCE, SOURCE_LABEL
from app.demo.town import Feature, Floats, Layers, read_layers
from app.settings import PROJECT_DIR
from app.statements import load_statement
from spatial.areas import LEVELS, AreaRecord
from spatial.assign import AreaIndex
from spatial.crs import WGS84_SRID

CITY_ID = int(CITY_CODE.replace(".", ""))
BOUNDARIES = PROJECT_DIR / "data" / "boundaries" / "contoh"
CATEGORIES = PROJECT_DIR / "data" / "categories.toml"


def ensure_ground(connection: Connection) -> StoredEdition:
    """City, edition and base layers, written where they are missing."""
    city = {"city_id": CITY_ID, "code": CITY_CODE, "name": CITY_NAME}
    connection.execute(load_statement("demo", "add_city"), city)
    edition = find_edition(connection, CITY_ID, EDITION)
    if edition is not None:
        return edition
    _add_base(connection, read_layers(BOUNDARIES))
    described = NewEdition(name=EDITION, source=SOURCE_LABEL, licence=LICENCE, status="indikatif")
    return load_edition(connection, CITY_ID, described, list(_new_areas(BOUNDARIES)))


def read_area_index(connection: Connection, edition: StoredEdition) -> tuple[AreaIndex, Floats]:
    """The areas of an edition ready for placing, and the population of each of its records."""
    values = {"city_id": CITY_ID, "edition_id": edition.edition_id}
    rows = connection.execute(load_statement("demo", "read_areas"), values).fetchall()
    records = [
        AreaRecord(code, level, parent, name, shapely.from_wkb(bytes(shape)))
        for code, level, parent, name, shape, _ in rows
    ]
    index = AreaIndex(records, metric_srid=edition.metric_srid)
    population = {row[0]: row[5] or 0 for row in rows}
    return index, np.array([population[record.code] for record in index.records], dtype=float)


def _new_areas(folder: Path) -> Iterator[NewArea]:
    for level in LEVELS:
        text = (folder / f"{level}.geojson").read_text(encoding="utf-8")
        shapes = shapely.get_parts(shapely.from_geojson(text)).tolist()
        for entry, shape in zip(json.loads(text)["features"], shapes, strict=True):
            yield _new_area(entry["properties"], shape)


def _new_area(properties: dict[str, Any], shape: Polygon | MultiPolygon) -> NewArea:
    return NewArea(
        code=properties["code"],
        level=properties["level"],
        parent_code=properties["parent"],
        name=properties["name"],
        geometry=shape,
        kind=properties["kind"],
        population=properties["population"],
        households=properties["households"],
    )


def _add_base(connection: Connection, layers: Layers) -> None:
    kinds = {
        "road": layers.roads,
        "river": layers.waters,
        "rail": layers.rails,
        "landmark": layers.landmarks,
    }
    with connection.cursor() as cursor, cursor.copy(load_statement("demo", "copy_base")) as copy:
        for kind, features in kinds.items():
            for number, feature in enumerate(features):
                copy.write_row(_base_row(kind, number, feature))


def _base_row(kind: str, number: int, feature: Feature) -> tuple[Any, ...]:
    feature_id = uuid5(NAMESPACE_URL, f"peta:{CITY_CODE}/{kind}/{number}")
    shape = shapely.set_srid(feature.shape, WGS84_SRID)
    geom = shapely.to_wkb(shape, hex=True, include_srid=True)
    return CITY_ID, feature_id, kind, feature.kind, feature.name, geom

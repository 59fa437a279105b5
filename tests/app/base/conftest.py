"""A city of four kilometres, and files of the reference map for it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from app.cluster import DatabaseUrls
from tests.app.command import Installation, Outcome, installed

KELURAHAN = shapely.box(110.80, -7.57, 110.84, -7.53)


@pytest.fixture
def city(urls: DatabaseUrls, tmp_path: Path) -> Iterator[Installation]:
    with installed(urls, tmp_path) as place:
        place.settle({"33.72.01.1001": KELURAHAN})
        yield place


def collection(*rows: tuple[BaseGeometry | None, dict[str, object]]) -> str:
    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": shape and json.loads(shapely.to_geojson(shape)),
        }
        for shape, properties in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def load(place: Installation, kind: str, content: str, *more: str) -> Outcome:
    path = place.file("dasar.geojson", content)
    return place.peta("base", "load", path, "--city", "33.72", "--kind", kind, "--json", *more)


def stored(place: Installation) -> list[tuple[str, str, str, str]]:
    return place.rows(
        "SELECT kind, subkind, name, ST_AsText(geom, 4) FROM peta.base_feature"
        " WHERE city_id = 3372 ORDER BY kind, name, subkind"
    )

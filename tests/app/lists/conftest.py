import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely

from app.cluster import DatabaseUrls
from tests.app.command import Installation, installed


@pytest.fixture
def installation(urls: DatabaseUrls, tmp_path: Path) -> Iterator[Installation]:
    with installed(urls, tmp_path) as place:
        yield place


@pytest.fixture
def city(installation: Installation) -> Installation:
    """A city of two square kelurahan, each of 0.01 degrees."""
    shapes = {
        "33.72.01.1001": shapely.box(110.80, -7.57, 110.81, -7.56),
        "33.72.01.1002": shapely.box(110.81, -7.57, 110.82, -7.56),
    }
    features = [
        {
            "type": "Feature",
            "properties": {"kode": code, "nama": code[-4:]},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for code, shape in shapes.items()
    ]
    document = json.dumps({"type": "FeatureCollection", "features": features})
    path = installation.file("batas.geojson", document)
    assert installation.peta("city", "add", "33.72", "Kota Surakarta").status == 0
    options = ("--city", "33.72", "--level", "kelurahan", "--edition", "2025")
    assert installation.peta("boundaries", "load", path, *options).status == 0
    return installation

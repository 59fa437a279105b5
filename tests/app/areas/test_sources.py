"""Whose work a map is: told by the loader, kept by level and kind, named where it is shown."""

import json

import pytest
import shapely

from tests.app.areas.test_load_boundaries import FOUR, geojson, square, surakarta
from tests.app.command import Installation, Outcome
from tests.app.serving import serving

__all__ = ["surakarta"]

BIG = ("--source", "BIG 2025", "--licence", "CC BY 4.0")


def load(place: Installation, *more: str, level: str = "kelurahan", rows: tuple = FOUR) -> Outcome:
    path = place.file("batas.geojson", geojson(*rows))
    options = ("--city", "33.72", "--level", level, "--edition", "2025")
    return place.peta("boundaries", "load", path, *options, *more)


def load_roads(place: Installation, *more: str) -> Outcome:
    road = shapely.LineString([(110.801, -7.569), (110.809, -7.561)])
    feature = {
        "type": "Feature",
        "properties": {"nama": "Jalan Slamet Riyadi"},
        "geometry": json.loads(shapely.to_geojson(road)),
    }
    path = place.file(
        "jalan.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]})
    )
    return place.peta("base", "load", path, "--city", "33.72", "--kind", "road", *more)


def kept(place: Installation) -> list[tuple]:
    return place.rows(
        "SELECT edition_id, layer, source, licence FROM peta.map_source ORDER BY 1, 2, 3"
    )


def test_each_level_keeps_the_source_of_its_own_file(surakarta):
    told = load(surakarta, *BIG).stdout
    rt = tuple((f"{code}-001", "RW 1", square(n, 0)) for n, (code, *_) in enumerate(FOUR))
    load(surakarta, "--source", "Kelurahan Pajang", level="rw", rows=rt)

    assert "Sumber: BIG 2025 (lisensi CC BY 4.0)." in told
    assert kept(surakarta) == [
        (1, "kelurahan", "BIG 2025", "CC BY 4.0"),
        (1, "rw", "Kelurahan Pajang", ""),
    ]


def test_the_same_file_may_bring_its_source_later(surakarta):
    first = load(surakarta)
    again = load(surakarta, *BIG)

    assert "Sumber tidak disebut; tambahkan --source dan --licence" in first.stdout
    assert "sama seperti sebelumnya 4" in again.stdout
    assert kept(surakarta) == [(1, "kelurahan", "BIG 2025", "CC BY 4.0")]


def test_a_rehearsal_keeps_no_source(surakarta):
    load(surakarta, *BIG, "--dry-run")

    assert kept(surakarta) == []


def test_the_reference_map_has_sources_by_kind_and_a_replaced_kind_forgets_them(surakarta):
    load(surakarta)
    told = load_roads(surakarta, "--source", "OpenStreetMap", "--licence", "ODbL 1.0")
    assert "Sumber: OpenStreetMap (lisensi ODbL 1.0)." in told.stdout
    assert kept(surakarta) == [(0, "road", "OpenStreetMap", "ODbL 1.0")]

    load_roads(surakarta, "--source", "Dinas PU", "--replace")

    assert kept(surakarta) == [(0, "road", "Dinas PU", "")]


@pytest.mark.parametrize(
    "words", [("--licence", "MIT"), ("--source", "a\x07b"), ("--source", "x" * 201)]
)
def test_words_that_no_map_can_show_are_wrong_usage(surakarta, words):
    outcome = load(surakarta, *words)

    assert outcome.status == 2
    assert kept(surakarta) == []


def test_the_sources_are_named_by_every_answer_that_draws(surakarta, settings, urls):
    load(surakarta, *BIG)
    load_roads(surakarta, "--source", "<b>OSM</b>", "--licence", "ODbL 1.0")

    with serving(settings, urls) as http:
        [city] = http.get("/api/v1/cities").json()["cities"]
        areas = http.get("/api/v1/areas", params={"city": "33.72", "level": "kecamatan"}).json()
        tiles = http.get("/tiles/areas.json", params={"city": "33.72"}).json()

    big = {"source": "BIG 2025", "licence": "CC BY 4.0", "layers": ["kelurahan"]}
    osm = {"source": "<b>OSM</b>", "licence": "ODbL 1.0", "layers": ["road"]}
    assert city["attribution"] == [big, osm]
    assert areas["attribution"] == [big]
    assert tiles["attribution"] == "BIG 2025 (CC BY 4.0); &lt;b&gt;OSM&lt;/b&gt; (ODbL 1.0)"

"""Two editions made from the real kelurahan of Surakarta: split, merged, renamed, moved."""

import json
import sys
from pathlib import Path

import psycopg
import pytest
import shapely
from shapely.geometry import mapping, shape

from tests.app.command import Installation
from tests.realdata.test_real_boundaries import KELURAHAN, pytestmark

__all__ = ["pytestmark"]

SPLIT = ("33.72.05.1014", "33.72.05.1013")  # Banjarsari and Banyuanyar
MERGED = ("33.72.02.1006", "33.72.02.1007")  # Jayengan takes Kemlayan
RENAMED = "33.72.01.1001"
MOVED = ("33.72.03.1001", "33.72.03.1002")  # Joyosuran gives a strip to Semanggi
STRIP_DEGREES = 0.0008


def edition_of_2026(source: Path) -> dict:
    """The file with five changes; every other feature as it is."""
    found = json.loads(source.read_text("utf-8"))
    features = {feature["properties"]["kode"]: feature for feature in found["features"]}
    shapes = {code: shape(feature["geometry"]) for code, feature in features.items()}
    for code in SPLIT:
        west, east = halves(shapes[code])
        new = code[:-1] + "9" if code != SPLIT[1] else code[:-2] + "29"
        features[new] = renamed(
            features[code], new, features[code]["properties"]["nama"] + " Timur"
        )
        shapes[code], shapes[new] = west, east
    keeps, goes = MERGED
    shapes[keeps] = shapely.union(shapes[keeps], shapes.pop(goes))
    del features[goes]
    features[RENAMED] = renamed(features[RENAMED], RENAMED, "Karangasem Raya")
    giver, taker = MOVED
    strip = shapely.intersection(shapes[giver], shapes[taker].buffer(STRIP_DEGREES))
    shapes[giver] = shapely.difference(shapes[giver], strip)
    shapes[taker] = shapely.union(shapes[taker], strip)
    rows = [
        {**features[code], "geometry": mapping(surface(shapes[code]))} for code in sorted(features)
    ]
    return {"type": "FeatureCollection", "features": rows}


def halves(whole: shapely.Geometry) -> tuple[shapely.Geometry, shapely.Geometry]:
    west, south, east, north = whole.bounds
    middle = whole.centroid.x
    return (
        shapely.intersection(whole, shapely.box(west, south, middle, north)),
        shapely.intersection(whole, shapely.box(middle, south, east, north)),
    )


def surface(found: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(found) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def renamed(feature: dict, code: str, name: str) -> dict:
    return {**feature, "properties": {**feature["properties"], "kode": code, "nama": name}}


@pytest.fixture
def surakarta(installation: Installation) -> Installation:
    place = installation
    assert place.peta("city", "add", "33.72", "Kota Surakarta").status == 0
    newer = place.file("2026.geojson", json.dumps(edition_of_2026(KELURAHAN)))
    for path, edition in ((KELURAHAN, "2025"), (newer, "2026")):
        options = ("--city", "33.72", "--level", "kelurahan", "--edition", edition, "--json")
        outcome = place.peta("boundaries", "load", path, *options)
        assert outcome.status == 0, outcome.stderr
        assert outcome.report["refused"] == []
    return place


def usulan_csv(number: int) -> str:
    """Points spread over the bounding box; those outside are rejected by the loader."""
    lines = ["title,problem,category,longitude,latitude,created_at"]
    for count in range(number):
        longitude = 110.7695 + 0.099 * ((count * 0.618034) % 1)
        latitude = -7.5945 + 0.072 * (count / number)
        lines.append(
            f"Jalan rusak {count},Jalan berlubang sepanjang gang ke {count} sejak lama,SP01,"
            f"{longitude:.6f},{latitude:.6f},2025-03-01"
        )
    return "\n".join(lines) + "\n"


def test_the_changes_made_are_the_changes_told(surakarta, capsys):
    outcome = surakarta.peta("boundaries", "diff", "2025", "2026", "--city", "33.72", "--json")

    fates = {
        change["code"]: change["kind"]
        for change in outcome.report["changes"]
        if change["level"] == "kelurahan" and change["kind"] != "unchanged"
    }
    told = surakarta.peta("boundaries", "diff", "2025", "2026", "--city", "33.72")
    with capsys.disabled():
        sys.stdout.write(f"\n{told.stdout}")
    assert {fates.pop(code) for code in SPLIT} == {"split"}
    assert {fates.pop(code) for code in MERGED} == {"merged"}
    assert fates.pop(RENAMED) == "renamed"
    assert {fates.pop(code) for code in MOVED} == {"moved"}
    assert fates == {}, "a kelurahan that nobody touched"
    shares: dict[str, float] = {}
    for row in outcome.report["crosswalk"]:
        shares[row["from"]] = shares.get(row["from"], 0) + row["area_share"]
    assert len(shares) == 54 + 5 + 1
    assert all(share == pytest.approx(1, abs=1e-6) for share in shares.values())


def test_after_the_activation_every_number_equals_a_recount(surakarta, capsys):
    path = surakarta.file("usulan.csv", usulan_csv(3_000))
    loaded = surakarta.peta("usulan", "load", path, "--city", "33.72", "--year", "2026", "--json")
    assert loaded.status == 0, loaded.stderr

    outcome = surakarta.peta("boundaries", "activate", "2026", "--city", "33.72", "--json")

    assert outcome.status == 0, outcome.stderr
    checked = surakarta.peta("boundaries", "check", "--city", "33.72", "--json")
    with capsys.disabled():
        sys.stdout.write(f"\n{outcome.report}\n{checked.report}\n")
    assert checked.status == 0
    assert checked.report["sound"]
    assert checked.report["placed"] == loaded.report["created"] == outcome.report["replaced"]
    with psycopg.connect(surakarta.urls.superuser) as connection:
        rows = connection.execute(
            "SELECT kelurahan, count(*) FROM map.point WHERE city_id = 3372 GROUP BY 1"
        ).fetchall()
        recount = connection.execute(
            'SELECT min(area.code COLLATE "C") AS code FROM peta.usulan'
            " INNER JOIN peta.area ON area.city_id = 3372 AND area.edition_id = 2"
            " AND area.level = 'kelurahan' AND ST_Covers(area.geom, usulan.geom)"
            " WHERE usulan.city_id = 3372 GROUP BY usulan.usulan_id"
        ).fetchall()
    covered: dict[str, int] = {}
    for (code,) in recount:
        covered[code] = covered.get(code, 0) + 1
    # What no kelurahan covers goes to the nearest within 30 m, and says so.
    holes = sum(dict(rows).values()) - sum(covered.values())
    assert surakarta.rows("SELECT count(*) FROM peta.usulan WHERE 'perkiraan' = ANY(doubts)") == [
        (holes,)
    ]
    assert sum(abs(number - covered.get(code, 0)) for code, number in rows) == holes

"""`peta boundaries load`: boundaries that lie where they cannot, and what is said of refusals."""

import json

import pytest
import shapely

from app.areas.boundary_words import REFUSALS, REPAIRS, file_refusal
from spatial.boundaries.flaws import FileFlaw, FileRefused, Refusal
from tests.app.command import Installation, Outcome

HOME = shapely.box(110.80, -7.57, 110.81, -7.56)


def boundaries(*shapes: shapely.Geometry, city: str = "33.72", **members: object) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"kode": f"{city}.01.{1001 + number}", "nama": "Pajang"},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for number, shape in enumerate(shapes)
    ]
    return json.dumps({"type": "FeatureCollection", **members, "features": features})


def load(place: Installation, content: str, *, city: str = "33.72") -> Outcome:
    assert place.peta("city", "add", city, "Kota").status == 0
    path = place.file("batas.geojson", content)
    options = ("--city", city, "--level", "kelurahan", "--edition", "2025", "--json")
    return place.peta("boundaries", "load", path, *options)


@pytest.mark.parametrize(
    "elsewhere",
    [
        shapely.box(0.01, 0.01, 0.02, 0.02),  # where missing coordinates end up
        shapely.box(-70.81, -7.57, -70.80, -7.56),
        shapely.box(110.80, -37.57, 110.81, -37.56),
        shapely.Polygon([(110.80, -7.57), (110.81, -7.57), (0, 0), (110.80, -7.57)]),
    ],
    ids=["null island", "another continent", "south of Java by 30 degrees", "one stray corner"],
)
def test_an_area_outside_indonesia_is_refused_with_a_hint(installation, elsewhere):
    outcome = load(installation, boundaries(HOME, elsewhere))

    (refused,) = outcome.report["refused"]
    assert (refused["row"], refused["code"]) == (2, "outside_indonesia")
    assert "di luar Indonesia" in refused["why"]
    assert outcome.report["accepted"] == 1


def test_a_latitude_that_lost_its_minus_is_refused_with_a_hint(installation):
    outcome = load(installation, boundaries(shapely.box(106.80, 6.17, 106.81, 6.18)))

    (refused,) = outcome.report["refused"]
    assert refused["code"] == "wrong_hemisphere"
    assert "minus" in refused["why"]
    assert outcome.status == 1


@pytest.mark.parametrize("latitude", [6.17, -6.17])
def test_the_demo_city_may_lie_on_either_side_of_the_equator(installation, latitude):
    shape = shapely.box(106.80, latitude, 106.81, latitude + 0.01)

    outcome = load(installation, boundaries(shape, city="99.71"), city="99.71")

    assert outcome.report["refused"] == []


def test_an_area_far_from_all_others_is_named(installation):
    near = [shapely.affinity.translate(HOME, step / 100) for step in range(3)]
    at_sea = shapely.box(100.80, -10.57, 100.81, -10.56)

    outcome = load(installation, boundaries(*near, at_sea))

    (distant,) = outcome.report["distant"]
    assert distant["key"] == "33.72.01.1004"
    # 10 degrees west by 109.1 km each, 3 degrees south by 110.6 km each
    assert distant["km"] == pytest.approx((1091**2 + 332**2) ** 0.5, rel=0.02)
    assert outcome.report["accepted"] == 4


def test_a_refusal_is_told_in_indonesian_beside_its_stable_word(installation):
    outcome = load(installation, boundaries(HOME, shapely.Point(110.8, -7.5)))

    (refused,) = outcome.report["refused"]
    assert refused["code"] == "not_a_surface"
    assert refused["why"].startswith("bukan bidang")


def test_every_refusal_and_every_repair_has_words():
    assert set(REFUSALS) == set(Refusal)
    assert REPAIRS["self_intersection"] == "garis tepi memotong dirinya sendiri"


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        ("line 3, column 17", "baris 3, kolom 17"),
        ("byte 8", "bita ke-8"),
        ("no type", "tanpa type"),
        ("more than 256 MB", "lebih dari 256 MB"),
    ],
)
def test_the_place_of_a_flaw_in_a_file_is_told_in_indonesian(detail, told):
    assert file_refusal(FileRefused(FileFlaw.NOT_JSON, detail)).endswith(f"({told})")


@pytest.mark.parametrize(
    "name",
    [
        "+proj=utm +zone=49 +south +nadgrids=/etc/passwd",
        "+proj=pipeline +step +proj=hgridshift +grids=http://192.0.2.1/x.gsb",
        "/etc/passwd",
        "@/etc/passwd",
        "file:/etc/passwd",
        "http://192.0.2.1/crs",
        "http://192.0.2.1/EPSG:4326",
        'GEOGCS["x",DATUM["d",SPHEROID["s",6378137,298]]]',
        "WGS 84 / UTM zone 49S",
        "EPSG:32749+5773",
        "EPSG:99999",
        "EPSG:5773",  # heights only
        "EPSG:4978",  # from the middle of the earth
        "EPSG:32749\n",
        "urn:ogc:def:crs,crs:EPSG::32749,cs:EPSG::4326",
    ],
)
def test_a_system_named_by_anything_but_its_code_is_refused(installation, name):
    declared = {"type": "name", "properties": {"name": name}}

    outcome = load(installation, boundaries(HOME, crs=declared))

    assert outcome.status == 1
    assert "EPSG" in outcome.stderr
    assert "sistem koordinat" in outcome.stderr


@pytest.mark.parametrize(
    "name",
    [
        "EPSG:32749",
        "epsg:32749",
        "urn:ogc:def:crs:EPSG::32749",
        "urn:ogc:def:crs:EPSG:9.9.1:32749",
        "http://www.opengis.net/def/crs/EPSG/0/32749",
    ],
)
def test_a_system_named_by_its_code_is_converted(installation, name):
    declared = {"type": "name", "properties": {"name": name}}
    metres = shapely.box(478_000, 9_163_000, 479_000, 9_164_000)

    outcome = load(installation, boundaries(metres, crs=declared))

    assert outcome.report["accepted"] == 1
    assert outcome.report["remarks"] == {"converted_crs": 1}


@pytest.mark.parametrize(
    "name",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:OGC::CRS84",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        "OGC:CRS84",
        "EPSG:4326",
        "urn:ogc:def:crs:EPSG::4326",
    ],
)
def test_wgs_84_by_any_of_its_names_is_taken_as_it_is(installation, name):
    declared = {"type": "name", "properties": {"name": name}}

    outcome = load(installation, boundaries(HOME, crs=declared))

    assert (outcome.report["accepted"], outcome.report["remarks"]) == (1, {})

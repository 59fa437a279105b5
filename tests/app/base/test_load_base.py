"""`peta base load`: what joins the reference map, what is cut, left out or refused."""

import sqlite3

import pyogrio
import pytest
import shapely
from geopandas import GeoDataFrame
from shapely import LineString, MultiLineString, MultiPoint, Point, Polygon

from tests.app.base.conftest import collection, load, stored

ROAD = LineString([(110.81, -7.56), (110.83, -7.55)])
PARK = shapely.box(110.81, -7.56, 110.814, -7.552)


def test_a_road_keeps_its_name_and_gets_its_class(city):
    content = collection((ROAD, {"name": "Jalan Kawi", "highway": "residential"}))

    report = load(city, "road", content).report

    assert (report["read"], report["accepted"], report["written"]) == (1, 1, 1)
    line = "LINESTRING(110.81 -7.56,110.83 -7.55)"
    assert stored(city) == [("road", "street", "Jalan Kawi", line)]


@pytest.mark.parametrize(
    ("said", "subkind"),
    [
        ("primary", "main"),
        ("Arteri", "main"),
        ("Jalan Kolektor", "main"),
        ("residential", "street"),
        ("Lokal", "street"),
        (None, "street"),
        ("living_street", "lane"),
        ("Gang", "lane"),
        ("Jalan Lingkungan", "lane"),
    ],
)
def test_roads_are_classed_by_the_words_of_their_publisher(city, said, subkind):
    load(city, "road", collection((ROAD, {"nama": "X", "kelas": said})))

    assert [row[1] for row in stored(city)] == [subkind]


def test_the_same_file_twice_changes_nothing(city):
    content = collection((ROAD, {"nama": "Jalan Kawi"}), (PARK.exterior, {"nama": "Keliling"}))
    load(city, "road", content)

    report = load(city, "road", content).report

    assert (report["written"], report["unchanged"], report["removed"]) == (0, 2, 0)
    assert len(stored(city)) == 2


def test_equal_rows_of_one_file_are_one_feature_and_are_counted(city):
    report = load(city, "road", collection((ROAD, {"nama": "A"}), (ROAD, {"nama": "A"}))).report

    assert (report["accepted"], report["written"], report["duplicates"]) == (2, 1, 1)


def test_what_goes_beyond_the_city_is_cut_a_kilometre_outside(city):
    across = LineString([(110.82, -7.55), (111.50, -7.55)])

    report = load(city, "road", collection((across, {"nama": "Jalan Raya"}))).report

    assert (report["accepted"], report["cut"]) == (1, 1)
    (east,) = city.rows("SELECT ST_XMax(geom) FROM peta.base_feature")[0]
    # a kilometre is 0.00907 degrees of longitude at 7.55 south
    assert east == pytest.approx(110.84 + 0.00907, abs=0.0001)


def test_what_lies_elsewhere_is_left_out_and_counted(city):
    elsewhere = LineString([(112.0, -7.55), (112.1, -7.55)])

    report = load(city, "road", collection((ROAD, {}), (elsewhere, {}))).report

    assert (report["read"], report["accepted"], report["outside"]) == (2, 1, 1)


def test_a_file_wholly_elsewhere_loads_nothing_and_says_so(city):
    outcome = load(city, "road", collection((LineString([(112.0, -7.5), (112.1, -7.5)]), {})))

    assert outcome.status == 1
    assert "tidak ada jalan dalam berkas ini yang terletak di kota" in outcome.stderr


def test_swapped_axes_are_recognised(city):
    swapped = LineString([(-7.56, 110.81), (-7.55, 110.83)])

    outcome = load(city, "road", collection((swapped, {})))

    assert outcome.status == 1
    assert "tertukar" in outcome.stderr


@pytest.mark.parametrize(
    ("kind", "shape", "code"),
    [
        ("road", Point(110.82, -7.55), "not_a_line"),
        ("rail", PARK, "not_a_line"),
        ("road", None, "no_geometry"),
        ("landmark", ROAD, "not_a_place"),
        ("landmark", MultiPoint([(110.81, -7.55), (110.82, -7.55)]), "several_places"),
    ],
)
def test_a_shape_that_does_not_fit_its_kind_is_refused_by_row(city, kind, shape, code):
    fits = ROAD if kind != "landmark" else Point(110.82, -7.55)

    report = load(city, kind, collection((fits, {"nama": "A"}), (shape, {"nama": "B"}))).report

    assert [(refused["row"], refused["code"]) for refused in report["refused"]] == [(2, code)]
    assert report["accepted"] + len(report["refused"]) + report["outside"] == report["read"]


def test_a_place_needs_a_name_and_a_surface_becomes_a_point_on_it(city):
    content = collection((PARK, {"nama": "Taman Balekambang", "amenity": "park"}), (PARK, {}))

    report = load(city, "landmark", content).report

    assert [refused["code"] for refused in report["refused"]] == ["no_name"]
    assert [row[:3] for row in stored(city)] == [("landmark", "taman", "Taman Balekambang")]
    assert city.rows(
        "SELECT ST_Within(geom, ST_MakeEnvelope(110.81, -7.56, 110.814, -7.552, 4326))"
        " FROM peta.base_feature"
    ) == [(True,)]


def test_a_river_may_be_a_surface_even_a_tangled_one(city):
    bow = Polygon([(110.81, -7.56), (110.82, -7.55), (110.82, -7.56), (110.81, -7.55)])

    load(city, "river", collection((bow, {"nama": "Bengawan"})))

    assert city.rows("SELECT ST_IsValid(geom) FROM peta.base_feature") == [(True,)]


def test_replacing_takes_away_what_the_file_no_longer_has_of_that_kind_only(city):
    load(city, "rail", collection((ROAD, {"nama": "Rel"})))
    load(city, "road", collection((ROAD, {"nama": "Lama"})))

    report = load(city, "road", collection((ROAD, {"nama": "Baru"})), "--replace").report

    assert (report["written"], report["removed"]) == (1, 1)
    assert [(row[0], row[2]) for row in stored(city)] == [("rail", "Rel"), ("road", "Baru")]


def test_a_dry_run_stores_nothing(city):
    report = load(city, "road", collection((ROAD, {"nama": "A"})), "--dry-run").report

    assert report["written"] == 1
    assert report["dry_run"]
    assert stored(city) == []


def test_strict_loads_nothing_when_one_row_is_refused(city):
    outcome = load(city, "road", collection((ROAD, {}), (Point(110.82, -7.55), {})), "--strict")

    assert outcome.status == 1
    assert "1 dari 2 baris ditolak" in outcome.stderr
    assert stored(city) == []


def test_a_city_without_boundaries_is_told_to_load_them_first(city):
    city.peta("city", "add", "33.10", "Kabupaten Klaten")
    path = city.file("jalan.geojson", collection((ROAD, {})))

    outcome = city.peta("base", "load", path, "--city", "33.10", "--kind", "road")

    assert outcome.status == 1
    assert "peta boundaries load" in outcome.stderr


def test_a_column_that_is_not_there_is_named_with_those_that_are(city):
    outcome = load(city, "road", collection((ROAD, {"nm": "A"})), "--name-field", "nama_jln")

    assert outcome.status == 1
    assert "'nm'" in outcome.stderr


@pytest.mark.parametrize("driver", ["GPKG", "ESRI Shapefile", "KML"])
def test_every_format_of_boundaries_serves_here_too(city, driver):
    suffix = {"GPKG": "gpkg", "ESRI Shapefile": "shp", "KML": "kml"}[driver]
    crs = "EPSG:4326" if driver == "KML" else "EPSG:32749"
    frame = GeoDataFrame({"Name": ["Jalan Kawi"]}, geometry=[ROAD], crs="EPSG:4326").to_crs(crs)
    path = city.folder / f"jalan.{suffix}"
    pyogrio.write_dataframe(frame, path, driver=driver)

    outcome = city.peta("base", "load", path, "--city", "33.72", "--kind", "road", "--json")

    assert outcome.status == 0, outcome.stderr
    assert outcome.report["written"] == 1
    assert [row[2] for row in stored(city)] == ["Jalan Kawi"]


def test_a_database_that_is_no_geopackage_is_refused(city):
    path = city.folder / "lain.gpkg"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE roads (name text)")

    outcome = city.peta("base", "load", path, "--city", "33.72", "--kind", "road")

    assert outcome.status == 1
    assert "Tidak ada yang diubah: berkas rusak" in outcome.stderr


@pytest.mark.parametrize("driver", ["GPKG", "ESRI Shapefile", "KML"])
@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("landmark", Point(110.82, -7.55)),
        (
            "road",
            MultiLineString(
                [[(110.81, -7.56), (110.82, -7.55)], [(110.82, -7.54), (110.83, -7.54)]]
            ),
        ),
        ("river", PARK),
    ],
)
def test_points_lines_and_surfaces_come_whole_from_every_format(city, driver, kind, shape):
    suffix = {"GPKG": "gpkg", "ESRI Shapefile": "shp", "KML": "kml"}[driver]
    path = city.folder / f"dasar.{suffix}"
    frame = GeoDataFrame({"Name": ["Contoh"]}, geometry=[shape], crs="EPSG:4326")
    pyogrio.write_dataframe(frame, path, driver=driver)

    outcome = city.peta("base", "load", path, "--city", "33.72", "--kind", kind, "--json")

    assert outcome.status == 0, outcome.stderr
    [(wkb,)] = city.rows("SELECT ST_AsBinary(geom) FROM peta.base_feature")
    assert shapely.equals_exact(shapely.from_wkb(wkb), shape, 1e-9, normalize=True)

"""Boundaries of four formats: the same rows from each, and a reason for whatever is amiss."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
import shapely

from spatial.boundaries.flaws import FileFlaw, FileRefused, Refusal, Remark
from spatial.boundaries.read import BoundaryRows, read_boundary_rows
from spatial.boundaries.wish import Told, Wish
from tests.spatial.boundary_files import (
    CODES,
    NAMES,
    SQUARES,
    archive_of,
    four_placemarks,
    kelurahan,
    kml,
    placemark,
    square,
    written,
    zipped,
)

UTM = "EPSG:32749"


def flaw_of(path: Path, wish: Wish | None = None) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read_boundary_rows(path, wish)
    return refused.value


def open_files() -> list[str]:
    descriptors = Path("/proc/self/fd")
    return sorted(str(entry.readlink()) for entry in descriptors.iterdir() if entry.exists())


def facts(rows: BoundaryRows) -> list[tuple[str, str]]:
    properties = [feature.properties for feature in rows.features]
    return [(row["kode"], row.get("nama", row.get("name"))) for row in properties]


def shapes(rows: BoundaryRows) -> list[shapely.Geometry]:
    return [feature.geometry for feature in rows.features]


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("batas.shp", "Shapefile"),
        ("BATAS.zip", "Shapefile"),
        ("batas.gpkg", "GeoPackage"),
        ("batas.geojson", "GeoJSON"),
        ("batas.kml", "KML"),
        ("batas.kmz", "KML"),
    ],
)
def test_each_format_gives_the_same_rows(tmp_path, name, format_name):
    path = tmp_path / name
    if path.suffix == ".zip":
        path = zipped(kelurahan(tmp_path / "batas.shp"), folder="kota/2025/")
    elif path.suffix == ".kml":
        path.write_text(four_placemarks(), encoding="utf-8")
    elif path.suffix == ".kmz":
        path.write_bytes(archive_of({"doc.kml": four_placemarks().encode()}))
    else:
        kelurahan(path)

    rows = read_boundary_rows(path)

    assert rows.origin.format == format_name
    assert rows.origin.crs == "EPSG:4326"
    assert facts(rows) == list(zip(CODES, NAMES, strict=True))
    assert all(map(shapely.equals, shapes(rows), SQUARES))
    assert {feature.refusal for feature in rows.features} == {None}


def test_the_parts_of_a_shapefile_are_found_in_whatever_case(tmp_path):
    shp = kelurahan(tmp_path / "batas.shp")
    for suffix in (".shp", ".dbf", ".prj"):
        shp.with_suffix(suffix).rename(tmp_path / f"batas{suffix.upper()}")

    rows = read_boundary_rows(tmp_path / "batas.SHP")

    assert facts(rows) == list(zip(CODES, NAMES, strict=True))


@pytest.mark.parametrize("name", ["batas.shp", "batas.gpkg", "batas.geojson"])
def test_metres_of_a_known_system_are_converted(tmp_path, name):
    easting, northing = 478_000, 9_163_000
    path = written(
        tmp_path / name,
        {"kode": ["33.72.01.1001"]},
        [shapely.box(easting, northing, easting + 1000, northing + 1000)],
        crs=UTM,
        **({"layer_options": {"RFC7946": "NO"}} if name.endswith("json") else {}),
    )

    (feature,) = read_boundary_rows(path).features

    # 22 km west of the meridian 111 of zone 49, 837 km south of the equator; a degree there is
    # 110.4 km east and 110.6 km north, and the zone's metres are 0.9996 of true ones.
    west, south, _, _ = feature.geometry.bounds
    assert west == pytest.approx(111 - 22 / 0.9996 / 110.4, abs=0.001)
    assert south == pytest.approx(-837 / 0.9996 / 110.6, abs=0.005)
    assert Remark.CONVERTED_CRS in feature.remarks


@pytest.mark.parametrize(("easting", "frame"), [(478_000, "metres"), (110, "degrees")])
def test_a_shapefile_without_prj_asks_for_its_system(tmp_path, easting, frame):
    box = shapely.box(easting, 1, easting + 1, 2)
    shp = written(tmp_path / "batas.shp", {"kode": ["33.72.01.1001"]}, [box], crs=None)

    refused = flaw_of(shp)

    assert refused.flaw is FileFlaw.CRS_MISSING
    assert frame in refused.detail


def test_the_owner_may_name_the_system(tmp_path):
    box = shapely.box(478_000, 9_163_000, 479_000, 9_164_000)
    shp = written(tmp_path / "batas.shp", {"kode": ["33.72.01.1001"]}, [box], crs=None)

    rows = read_boundary_rows(shp, Wish(crs="EPSG:32749"))

    assert (rows.origin.crs, rows.origin.crs_from) == (UTM, Told.OPTION)
    assert rows.features[0].geometry.bounds[0] == pytest.approx(110.8, abs=0.001)


@pytest.mark.parametrize("name", ["EPSG:1", "+init=epsg:4326", "/etc/passwd", "WGS 84", "5773"])
def test_a_system_that_is_none_is_named(tmp_path, name):
    assert flaw_of(kelurahan(tmp_path / "a.shp"), Wish(crs=name)).flaw is FileFlaw.NO_SUCH_CRS


def test_a_definition_that_names_a_file_is_an_unknown_system(tmp_path):
    shp = kelurahan(tmp_path / "batas.shp")
    shp.with_suffix(".prj").write_text(
        'PROJCS["x",GEOGCS["y",DATUM["z",SPHEROID["s",6378137,298]],PRIMEM["Greenwich",0],'
        'UNIT["degree",0.01745]],PROJECTION["Transverse_Mercator"],UNIT["metre",1],'
        'EXTENSION["PROJ4","+proj=longlat +nadgrids=/etc/passwd"]]'
    )

    assert flaw_of(shp).flaw is FileFlaw.UNKNOWN_CRS


@pytest.mark.parametrize(
    ("raw", "language", "cpg", "wished", "encoding", "told"),
    [
        ("utf-8", 0, None, None, "utf-8", Told.GUESS),
        ("cp1252", 0, None, None, "cp1252", Told.GUESS),
        ("cp850", 0x02, None, None, "cp850", Told.FILE),
        ("cp850", 0, b"850", None, "cp850", Told.FILE),
        ("cp850", 0, None, "cp850", "cp850", Told.OPTION),
        ("cp1252", 0, b"UTF-8", None, "cp1252", Told.GUESS),  # the .cpg is wrong
    ],
)
def test_the_encoding_of_a_table_is_found_and_told(
    tmp_path, *, raw, language, cpg, wished, encoding, told
):
    blank = "N" * 10
    shp = written(tmp_path / "a.shp", {"kode": [CODES[0]], "nama": [blank]}, [square(0)])
    dbf = shp.with_suffix(".dbf")
    table = bytearray(dbf.read_bytes().replace(blank.encode(), "Klaten Sé".encode(raw).ljust(10)))
    table[29] = language
    dbf.write_bytes(table)
    shp.with_suffix(".cpg").unlink(missing_ok=True)
    if cpg:
        shp.with_suffix(".cpg").write_bytes(cpg)

    rows = read_boundary_rows(shp, Wish(encoding=wished))

    assert (rows.origin.encoding, rows.origin.encoding_from) == (encoding, told)
    assert rows.features[0].properties["nama"] == "Klaten Sé"


def test_an_encoding_that_is_none_is_named(tmp_path):
    shp = kelurahan(tmp_path / "batas.shp")

    for name in ("utf-99", "zlib", "rot13"):
        assert flaw_of(shp, Wish(encoding=name)).flaw is FileFlaw.NO_SUCH_ENCODING


def test_a_shapefile_without_its_table_is_named(tmp_path):
    shp = kelurahan(tmp_path / "batas.shp")
    shp.with_suffix(".dbf").unlink()

    refused = flaw_of(shp)

    assert (refused.flaw, refused.detail) == (FileFlaw.PART_MISSING, ".dbf")


def test_a_part_that_is_no_file_is_refused_and_nothing_stays_open(tmp_path):
    shp = kelurahan(tmp_path / "batas.shp")
    shp.with_suffix(".prj").unlink()
    os.mkfifo(shp.with_suffix(".prj"))
    open_before = open_files()

    refused = flaw_of(shp)

    assert refused.flaw is FileFlaw.NOT_A_FILE
    assert open_files() == open_before


def test_a_reading_that_is_broken_off_leaves_nothing_open(tmp_path):
    many = {"kode": [f"33.72.01.{number:04d}" for number in range(20_000)]}
    path = written(tmp_path / "batas.gpkg", many, [square(0)] * 20_000)
    open_before = open_files()

    def stop(_rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as interrupted:
        read_boundary_rows(path, progress=stop)

    # The error is still held here, and with it whatever its frames hold.
    assert interrupted.value.__traceback__ is not None
    assert open_files() == open_before


def test_half_a_shapefile_is_refused_though_gdal_reads_it(tmp_path):
    shp = kelurahan(tmp_path / "batas.shp")
    shp.write_bytes(shp.read_bytes()[: shp.stat().st_size // 2])

    assert flaw_of(shp).flaw is FileFlaw.DAMAGED


def test_shapes_and_rows_that_do_not_match_in_number_are_refused(tmp_path):
    shp = kelurahan(tmp_path / "batas.shp")
    other = written(tmp_path / "lain.shp", {"kode": CODES[:2]}, SQUARES[:2])
    shutil.copy(other.with_suffix(".dbf"), shp.with_suffix(".dbf"))

    refused = flaw_of(shp)

    assert (refused.flaw, refused.detail) == (FileFlaw.COUNTS_DISAGREE, "4 / 2")


def test_a_deleted_row_is_refused_and_not_left_out(tmp_path):
    shp = kelurahan(tmp_path / "batas.shp")
    dbf = shp.with_suffix(".dbf")
    table = bytearray(dbf.read_bytes())
    table[int.from_bytes(table[8:10], "little")] = ord("*")
    dbf.write_bytes(table)

    rows = read_boundary_rows(shp)

    assert [feature.refusal for feature in rows.features] == [Refusal.DELETED_ROW, None, None, None]


def test_holes_and_islands_of_a_shapefile_are_sorted_whatever_their_direction(tmp_path):
    lake = shapely.box(110.803, -7.567, 110.807, -7.563)
    island = shapely.box(110.804, -7.566, 110.806, -7.564)
    drawn = shapely.MultiPolygon([shapely.difference(square(0), lake), island, square(2)])
    shp = written(
        tmp_path / "a.shp", {"kode": ["33.72.01.1001"]}, [drawn], geometry_type="MultiPolygon"
    )

    (feature,) = read_boundary_rows(shp).features

    assert feature.geometry.is_valid
    assert shapely.equals(feature.geometry, drawn)


def test_a_geopackage_with_several_layers_asks_which(tmp_path):
    path = kelurahan(tmp_path / "kota.gpkg", layer="kelurahan")
    written(path, {"kode": ["33.72"]}, [square(1)], layer="kota", append=True)

    refused = flaw_of(path)
    chosen = read_boundary_rows(path, Wish(layer="kota"))
    unknown = flaw_of(path, Wish(layer="rt"))

    assert (refused.flaw, refused.detail) == (FileFlaw.LAYER_NEEDED, "'kelurahan', 'kota'")
    assert (chosen.origin.layer, len(chosen.features)) == ("kota", 1)
    assert (unknown.flaw, unknown.detail) == (FileFlaw.NO_SUCH_LAYER, "'kelurahan', 'kota'")


def test_layers_of_a_geopackage_may_have_systems_of_their_own(tmp_path):
    path = kelurahan(tmp_path / "kota.gpkg", layer="derajat")
    box = shapely.box(478_000, 9_163_000, 479_000, 9_164_000)
    written(path, {"kode": ["x"]}, [box], layer="meter", append=True, crs=UTM)

    in_degrees = read_boundary_rows(path, Wish(layer="derajat"))
    in_metres = read_boundary_rows(path, Wish(layer="meter"))

    assert (in_degrees.origin.crs, in_metres.origin.crs) == ("EPSG:4326", UTM)
    assert in_metres.features[0].geometry.bounds[0] == pytest.approx(110.8, abs=0.001)


def changed(path: Path, *statements: str) -> Path:
    with sqlite3.connect(path) as database:
        # Without the functions of GDAL the triggers of its index cannot run.
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            database.execute(statement)
    database.close()
    return path


def test_a_geopackage_without_a_system_asks_for_it(tmp_path):
    path = changed(
        kelurahan(tmp_path / "kota.gpkg"), "UPDATE gpkg_geometry_columns SET srs_id = -1"
    )

    assert flaw_of(path).flaw is FileFlaw.CRS_MISSING
    assert len(read_boundary_rows(path, Wish(crs="EPSG:4326")).features) == 4


def test_a_row_of_another_system_than_its_layer_is_refused(tmp_path):
    path = kelurahan(tmp_path / "kota.gpkg", layer="kota")
    other = (32749).to_bytes(4, "little").hex()
    changed(
        path,
        "UPDATE kota SET geom = CAST(substr(geom, 1, 4) || x'"
        + other
        + "' || substr(geom, 9) AS BLOB) WHERE kode = '33.72.01.1002'",
    )

    rows = read_boundary_rows(path)

    assert [feature.refusal for feature in rows.features] == [
        None,
        Refusal.CRS_DISAGREES,
        None,
        None,
    ]


def test_a_geopackage_that_is_open_elsewhere_is_not_read_half(tmp_path):
    path = kelurahan(tmp_path / "kota.gpkg")
    path.with_name("kota.gpkg-wal").write_bytes(b"x")

    assert flaw_of(path).flaw is FileFlaw.OPEN_ELSEWHERE


def test_a_truncated_geopackage_is_refused(tmp_path):
    path = kelurahan(tmp_path / "kota.gpkg")
    path.write_bytes(path.read_bytes()[:-4096])

    assert flaw_of(path).flaw is FileFlaw.DAMAGED


def test_a_folder_of_kml_is_taken_as_a_layer(tmp_path):
    path = tmp_path / "batas.kml"
    path.write_text(four_placemarks(), encoding="utf-8")

    assert len(read_boundary_rows(path, Wish(layer="Batas")).features) == 4
    assert flaw_of(path, Wish(layer="Jalan")).flaw is FileFlaw.NO_SUCH_LAYER


def test_kml_of_another_encoding_is_read_as_it_declares(tmp_path):
    path = tmp_path / "batas.kml"
    text = kml(placemark(CODES[0], "Sé", SQUARES[0]), head="")
    for encoding, declared in (("cp1252", "windows-1252"), ("utf-16", "UTF-16")):
        head = f'<?xml version="1.0" encoding="{declared}"?>'
        path.write_bytes((head + text).encode(encoding))

        (feature,) = read_boundary_rows(path).features

        assert feature.properties["name"] == "Sé"
        assert feature.properties["Folder"] == "Batas"


def test_what_is_wrong_with_a_placemark_is_said_of_it_alone(tmp_path):
    path = tmp_path / "batas.kml"
    point = "<Placemark><name>x</name><Point><coordinates>110,-7</coordinates></Point></Placemark>"
    good = placemark(CODES[0], NAMES[0], SQUARES[0], height=12)
    bad = good.replace("110.8,", "bujur,", 1)
    nothing = "<Placemark><name>y</name></Placemark>"
    path.write_text(kml(good, point, bad, nothing), encoding="utf-8")

    rows = read_boundary_rows(path)

    assert [feature.refusal for feature in rows.features] == [
        None,
        None,  # a point is no boundary, and is refused as one where that is known
        Refusal.NOT_COORDINATES,
        None,
    ]
    assert rows.features[0].remarks == (Remark.THIRD_DIMENSION,)
    assert rows.features[1].geometry == shapely.Point(110, -7)
    assert rows.features[3].geometry is None

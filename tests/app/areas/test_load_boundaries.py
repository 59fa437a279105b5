"""`peta boundaries load`: what is stored, what is mended, what is refused."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import shapely
from psycopg import sql
from psycopg.errors import CheckViolation

from tests.app.command import Installation, Outcome

WEST, SOUTH, STEP = 110.80, -7.57, 0.01
KELURAHAN = ("kode", "nama")


def square(column: int, row: int, *, width: float = 1) -> shapely.Polygon:
    west, east = (round(WEST + edge * STEP, 6) for edge in (column, column + width))
    south, north = (round(SOUTH + edge * STEP, 6) for edge in (row, row + 1))
    return shapely.box(west, south, east, north)


def geojson(*features: tuple[object, str, shapely.Geometry | None], fields=KELURAHAN) -> str:
    code_field, name_field = fields
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {code_field: code, name_field: name},
                    "geometry": shape and json.loads(shapely.to_geojson(shape)),
                }
                for code, name, shape in features
            ],
        }
    )


FOUR = (
    ("33.72.01.1001", "Pajang", square(0, 0)),
    ("33.72.01.1002", "Laweyan", square(1, 0)),
    ("33.72.02.1001", "Joyotakan", square(2, 0)),
    ("33.72.02.1002", "Danukusuman", square(3, 0)),
)


@pytest.fixture
def surakarta(installation: Installation) -> Installation:
    assert installation.peta("city", "add", "33.72", "Kota Surakarta").status == 0
    return installation


def load(place: Installation, content: str, *more: str, level: str = "kelurahan") -> Outcome:
    path = place.file("batas.geojson", content)
    options = ("--city", "33.72", "--level", level, "--edition", "2025", "--json")
    return place.peta("boundaries", "load", path, *options, *more)


def areas(place: Installation) -> dict[str, tuple[str, str, str | None, bool]]:
    rows = place.rows(
        "SELECT code, level, name, parent_code, is_leaf FROM peta.area WHERE city_id = 3372"
    )
    return {code: tuple(rest) for code, *rest in rows}


def test_areas_are_stored_with_parents_made_from_their_codes(surakarta):
    outcome = load(surakarta, geojson(*FOUR))

    assert outcome.status == 0
    assert outcome.report["read"] == outcome.report["accepted"] == 4
    assert outcome.report["parents"] == {"code": 4, "name": 0, "geometry": 0, "made": 2, "none": 0}
    assert outcome.report["active"] is True
    stored = areas(surakarta)
    assert stored["33.72.01.1001"] == ("kelurahan", "Pajang", "33.72.01", True)
    assert stored["33.72.01"] == ("kecamatan", "", "33.72", False)
    assert stored["33.72"] == ("kota", "Kota Surakarta", None, False)


def test_the_public_reads_of_no_area_without_something_to_call_it_by(surakarta):
    load(surakarta, geojson(*FOUR, ("33.72.02.1003", "", square(4, 0))))

    called = dict(surakarta.rows("SELECT code, name FROM map.area"))
    assert called["33.72.01"] == "Kecamatan 33.72.01"
    assert called["33.72.02.1003"] == "Kelurahan 33.72.02.1003"
    assert called["33.72.01.1001"] == "Pajang"


def test_a_made_parent_is_the_union_of_its_children(surakarta):
    load(surakarta, geojson(*FOUR))

    (wkb,) = surakarta.rows("SELECT ST_AsBinary(geom) FROM peta.area WHERE code = '33.72.02'")[0]
    assert shapely.from_wkb(bytes(wkb)).equals(square(2, 0, width=2))


def test_the_same_file_twice_changes_nothing(surakarta):
    load(surakarta, geojson(*FOUR))
    before = surakarta.rows("SELECT code, xmin::text FROM peta.area ORDER BY code")

    again = load(surakarta, geojson(*FOUR))

    assert again.status == 0
    assert (again.report["written"], again.report["unchanged"]) == (0, 4)
    assert surakarta.rows("SELECT code, xmin::text FROM peta.area ORDER BY code") == before


def test_a_loaded_parent_replaces_the_made_one(surakarta):
    load(surakarta, geojson(*FOUR))
    wider = square(2, 0, width=2.1)

    outcome = load(surakarta, geojson(("33.72.02", "Serengan", wider)), level="kecamatan")

    assert outcome.status == 0
    assert areas(surakarta)["33.72.02"] == ("kecamatan", "Serengan", "33.72", False)
    (wkb,) = surakarta.rows("SELECT ST_AsBinary(geom) FROM peta.area WHERE code = '33.72.02'")[0]
    assert shapely.from_wkb(bytes(wkb)).equals(wider)


def test_a_level_below_makes_its_parent_no_leaf(surakarta):
    load(surakarta, geojson(*FOUR))

    load(surakarta, geojson(("33.72.01.1001-004", "", square(0, 0))), level="rw")

    stored = areas(surakarta)
    assert stored["33.72.01.1001"][3] is False
    assert stored["33.72.01.1001-004"] == ("rw", "RW 004", "33.72.01.1001", True)


def test_a_self_crossing_area_is_mended_and_its_change_told(surakarta):
    bow_tie = shapely.Polygon(
        [(110.80, -7.57), (110.81, -7.56), (110.81, -7.57), (110.80, -7.56), (110.80, -7.57)]
    )

    outcome = load(surakarta, geojson(("33.72.01.1001", "Pajang", bow_tie)))

    (repair,) = outcome.report["repaired"]
    assert (repair["key"], repair["code"]) == ("33.72.01.1001", "self_intersection")
    assert repair["area_change_m2"] > 600_000  # two triangles of 305,000 m2 that had cancelled out


def test_rows_that_share_a_code_are_united_and_named(surakarta):
    parts = (
        ("33.72.01.1001", "Pajang", square(0, 0)),
        ("33.72.01.1001", "Pajang", square(1, 0)),
    )

    outcome = load(surakarta, geojson(*parts))

    assert outcome.report["accepted"] == 2
    assert outcome.report["duplicate_keys"] == [{"key": "33.72.01.1001", "rows": [1, 2]}]
    (wkb,) = surakarta.rows("SELECT ST_AsBinary(geom) FROM peta.area WHERE level = 'kelurahan'")[0]
    assert shapely.from_wkb(bytes(wkb)).equals(square(0, 0, width=2))


def test_overlaps_and_holes_are_measured(surakarta):
    ring = shapely.difference(square(0, 0, width=3), shapely.box(110.811, -7.568, 110.812, -7.567))
    overlapping = shapely.box(110.829, -7.57, 110.84, -7.56)  # shares 0.001 by 0.01 degrees

    outcome = load(
        surakarta, geojson(("33.72.01.1001", "A", ring), ("33.72.01.1002", "B", overlapping))
    )

    # A degree there is 110,365 m east and 110,592 m north.
    assert outcome.report["overlaps"]["pairs"] == 1
    assert outcome.report["overlaps"]["m2"] == pytest.approx(110.37 * 1105.9, rel=2e-3)
    assert outcome.report["holes"]["count"] == 1
    assert outcome.report["holes"]["m2"] == pytest.approx(110.37 * 110.59, rel=2e-3)


@pytest.mark.parametrize(
    ("code", "why", "meant"),
    [
        (33.1, "code_was_a_number", "33.10"),
        ("33.1", "code_was_a_number", "33.10"),
        (3372051015, "code_was_a_number", "33.72.05.1015"),
        ("3372051015", "code_of_another_scheme", "33.72.05.1015"),
        ("33.72.05", "code_of_another_level", None),
        ("33.74.01.1001", "code_of_another_city", None),
        ("Pajang", "code_of_another_scheme", None),
        ("", "no_code", None),
        (None, "no_code", None),
    ],
)
def test_a_code_that_cannot_be_one_is_refused_with_a_hint(surakarta, code, why, meant):
    outcome = load(surakarta, geojson((code, "X", square(0, 0)), FOUR[1]))

    (refused,) = outcome.report["refused"]
    assert outcome.status == 0
    assert outcome.report["accepted"] == 1
    assert (refused["row"], refused["code"], refused["meant"]) == (1, why, meant)


def test_swapped_axes_are_refused_with_a_hint(surakarta):
    swapped = shapely.transform(square(0, 0), lambda positions: positions[:, ::-1])

    outcome = load(surakarta, geojson(("33.72.01.1001", "Pajang", swapped)))

    assert outcome.status == 1
    assert outcome.report["refused"][0]["code"] == "swapped_axes"
    assert "tertukar" in outcome.stderr
    assert areas(surakarta) == {}


def test_metres_without_a_named_system_are_refused(surakarta):
    metres = shapely.box(478_000, 9_163_000, 479_000, 9_164_000)

    outcome = load(surakarta, geojson(("33.72.01.1001", "Pajang", metres)))

    assert outcome.report["refused"][0]["code"] == "metres_without_crs"


def test_strict_loads_nothing_when_one_row_is_refused(surakarta):
    outcome = load(surakarta, geojson(*FOUR, ("x", "X", square(0, 1))), "--strict")

    assert outcome.status == 1
    assert areas(surakarta) == {}


def test_a_dry_run_reports_and_stores_nothing(surakarta):
    outcome = load(surakarta, geojson(*FOUR), "--dry-run")

    assert outcome.status == 0
    assert outcome.report["accepted"] == 4
    assert areas(surakarta) == {}
    assert surakarta.rows("SELECT 1 FROM peta.boundary_edition") == []


def test_a_second_edition_stands_beside_the_active_one(surakarta):
    load(surakarta, geojson(*FOUR))
    path = surakarta.file("baru.geojson", geojson(*FOUR[:2]))

    options = ("--city", "33.72", "--level", "kelurahan", "--edition", "2026", "--json")
    outcome = surakarta.peta("boundaries", "load", path, *options)

    assert outcome.report["active"] is False
    editions = surakarta.rows("SELECT name, active FROM peta.boundary_edition ORDER BY 1")
    assert editions == [("2025", True), ("2026", False)]


def test_fields_are_chosen_by_option_and_a_missing_one_is_told(surakarta):
    content = geojson(*FOUR, fields=("ID DESA", "SEBUTAN"))

    unguided = load(surakarta, content)
    guided = load(surakarta, content, "--code-field", "ID DESA", "--name-field", "SEBUTAN")

    assert unguided.status == 1
    assert "'ID DESA'" in unguided.stderr
    assert guided.report["accepted"] == 4
    assert areas(surakarta)["33.72.01.1001"][1] == "Pajang"


def test_boundaries_do_not_move_under_usulan(surakarta):
    load(surakarta, geojson(*FOUR))
    _propose(surakarta)

    same = load(surakarta, geojson(*FOUR))
    renamed = load(surakarta, geojson(("33.72.01.1001", "Pajang Baru", square(0, 0))))
    moved = load(surakarta, geojson(("33.72.01.1001", "Pajang", square(0, 0, width=0.9))))
    finer = load(surakarta, geojson(("33.72.01.1001-004", "", square(0, 0))), level="rw")

    assert [same.status, renamed.status, moved.status, finer.status] == [0, 0, 1, 1]
    assert "edisi" in moved.stderr
    assert areas(surakarta)["33.72.01.1001"][1] == "Pajang Baru"
    assert "33.72.01.1001-004" not in areas(surakarta)


def test_a_name_comes_in_later_and_the_border_it_does_not_change_is_told(surakarta):
    load(surakarta, geojson(*FOUR))
    _propose(surakarta)
    before = surakarta.rows("SELECT code, ST_AsText(geom) FROM peta.area ORDER BY 1")
    wider = geojson(
        ("33.72.01", "Laweyan", square(0, 0, width=2)),
        ("33.72.02", "Serengan", square(2, 0, width=2.1)),
    )

    outcome = load(surakarta, wider, "--status", "resmi", level="kecamatan")

    assert outcome.status == 0
    assert [kept["key"] for kept in outcome.report["kept_borders"]] == ["33.72.02"]
    assert outcome.report["kept_borders"][0]["m2"] > 100_000
    assert areas(surakarta)["33.72.02"][1] == "Serengan"
    status = surakarta.rows("SELECT DISTINCT status FROM peta.area WHERE level = 'kecamatan'")
    assert status == [("resmi",)]
    assert surakarta.rows("SELECT code, ST_AsText(geom) FROM peta.area ORDER BY 1") == before


def test_a_parent_made_from_codes_is_as_binding_as_its_weakest_child(surakarta):
    load(surakarta, geojson(*FOUR[:3]), "--status", "resmi")
    load(surakarta, geojson(FOUR[3]), "--status", "indikatif")

    status = dict(surakarta.rows("SELECT code, status FROM peta.area WHERE level <> 'kelurahan'"))

    assert status == {"33.72": "indikatif", "33.72.01": "resmi", "33.72.02": "indikatif"}


def test_a_person_is_told_what_was_written_and_what_to_do(surakarta):
    ring = shapely.difference(square(0, 0, width=3), shapely.box(110.811, -7.568, 110.812, -7.567))
    overlapping = shapely.box(110.829, -7.57, 110.84, -7.56)
    path = surakarta.file(
        "batas.geojson",
        geojson(("33.72.01.1001", "A", ring), ("33.72.02.1002", "B", overlapping)),
    )
    options = ("--city", "33.72", "--level", "kelurahan", "--edition", "2025", "--dry-run")

    outcome = surakarta.peta("boundaries", "load", path, *options)

    told = outcome.stdout
    assert "Akan ditulis 2 kelurahan dan 2 wilayah induk baru" in told
    assert "A (33.72.01.1001) dan B (33.72.02.1002): 122." in told
    assert "antara A (33.72.01.1001): 12." in told
    assert "2 kecamatan dibuat tanpa nama; muat berkas kecamatan untuk memberinya nama" in told
    assert "RFC" not in told
    assert "menyimpan wilayah" not in outcome.stderr.replace("mencoba menyimpan wilayah", "")


def _propose(place: Installation) -> None:
    listed = place.file(
        "usulan.csv",
        "title,problem,category,longitude,latitude\n"
        "Jalan rusak,Jalan berlubang di depan sekolah,SP01,110.805,-7.565\n",
    )
    assert place.peta("usulan", "load", listed, "--city", "33.72").status == 0


def test_a_city_that_is_not_there_is_named(installation):
    outcome = load(installation, geojson(*FOUR))

    assert outcome.status == 1
    assert "peta city add" in outcome.stderr


def test_a_load_that_fails_half_way_leaves_nothing(surakarta):
    with _refused_by_the_database(surakarta, "33.72.02.1002"), pytest.raises(CheckViolation):
        load(surakarta, geojson(*FOUR))

    assert areas(surakarta) == {}
    assert surakarta.rows("SELECT 1 FROM peta.boundary_edition") == []


@contextmanager
def _refused_by_the_database(place: Installation, code: str) -> Iterator[None]:
    with psycopg.connect(place.urls.superuser, autocommit=True) as saboteur:
        saboteur.execute(
            sql.SQL("ALTER TABLE peta.area ADD CONSTRAINT sabotage CHECK (code <> {})").format(code)
        )
        yield
        saboteur.execute("ALTER TABLE peta.area DROP CONSTRAINT sabotage")


def test_a_city_is_added_once_and_renamed(installation):
    outcomes = [
        installation.peta("city", "add", "33.72", name, "--json").report["outcome"]
        for name in ("Kota Surakarta", "Kota Surakarta", "Kota Solo")
    ]

    assert outcomes == ["created", "unchanged", "updated"]
    assert installation.rows("SELECT city_id, name, time_zone FROM peta.city") == [
        (3372, "Kota Solo", "Asia/Jakarta")
    ]


@pytest.mark.parametrize("code", ["3372", "33.7", "33.72.01", "aa.bb", "00.01", "33.72\n"])
def test_what_is_no_city_code_adds_no_city(installation, code):
    outcome = installation.peta("city", "add", code, "Kota")

    assert outcome.status == 1
    assert installation.rows("SELECT 1 FROM peta.city") == []


def test_the_sentence_on_codes_that_became_numbers_shows_one_that_lost_its_zero(surakarta):
    document = geojson((33.01, "Cilacap", square(0, 0)), (33.1, "Klaten", square(1, 0)))
    path = surakarta.file("kab.geojson", document)
    options = ("--city", "33.72", "--level", "kota", "--edition", "2025")

    outcome = surakarta.peta("boundaries", "load", path, *options)

    assert outcome.status == 1
    assert "misalnya baris 2 '33.1'" in outcome.stderr
    assert "mungkin 33.10" in outcome.stderr


def test_a_point_among_the_areas_is_refused_as_one_and_by_its_name(surakarta):
    outcome = load(
        surakarta,
        geojson(*FOUR, (None, "Balai Kota", shapely.Point(110.805, -7.565))),
    )

    (refused,) = outcome.report["refused"]
    assert (refused["key"], refused["code"]) == ("Balai Kota", "not_a_surface")
    assert outcome.report["accepted"] == 4

"""Lists as they really come: spreadsheets, map files, mappings kept for next time."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl

from tests.app.command import Installation
from tests.app.lists.loading import HEADER, INSIDE, PROBLEM, counts, load, load_path, rejects

TITLES = ("No", "Judul Usulan", "Permasalahan", "Kategori", "Biaya", "Tanggal", "X", "Y")
MAPPING = (
    '[columns]\ntitle = "Judul Usulan"\nproblem = "Permasalahan"\ncategory = "Kategori"\n'
    'estimated_cost = "Biaya"\ncreated_at = "Tanggal"\nlongitude = "X"\nlatitude = "Y"\n'
    '[values.category]\n"Jalan Rusak" = "SP01"\n'
)


def workbook(*sheets: tuple[str, list[tuple]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def listed(*rows: tuple) -> list[tuple]:
    return [("DAFTAR USULAN 2026",), (), TITLES, *rows]


ROW = (1, "Jalan rusak", PROBLEM, "Jalan rusak", 15_000_000, date(2026, 2, 25), 110.805, -7.565)


def test_a_workbook_with_titles_and_dates_is_read_by_its_mapping(city: Installation):
    city.file("usul.xlsx.toml", MAPPING)
    path = city.file("usul.xlsx", workbook(("Usulan", listed(ROW))))

    outcome = load_path(city, path)

    assert counts(outcome) == (1, 0, 0, 0)
    assert outcome.report["mapping"]["from"] == "di sebelah berkas"
    assert outcome.report["unused_columns"] == ["No"]
    assert city.rows(
        "SELECT title, category, estimated_cost, kelurahan,"
        " CAST(created AT TIME ZONE 'Asia/Jakarta' AS date) FROM peta.usulan"
    ) == [("Jalan rusak", "SP01", 15_000_000, "33.72.01.1001", date(2026, 2, 25))]


def test_rejects_of_a_workbook_load_again_by_the_mapping_of_their_columns(city: Installation):
    city.file("usul.xlsx.toml", MAPPING)
    bad = (2, "Got mampet", PROBLEM, "entah", 1_500.125, date(2026, 2, 26), 110.805, -7.565)
    load_path(city, city.file("usul.xlsx", workbook(("Usulan", listed(ROW, bad)))))
    text = (city.folder / "usul.xlsx.rejected.csv").read_text(encoding="utf-8-sig")

    again = load_path(city, city.file("betul.csv", text.replace("entah", "SP03")))

    assert counts(again) == (1, 0, 0, 0)
    assert again.report["mapping"]["from"] == "disimpan dari pemuatan sebelumnya"
    assert city.rows("SELECT estimated_cost FROM peta.usulan WHERE category = 'SP03'") == [(1500,)]


def test_one_of_several_filled_sheets_must_be_chosen(city: Installation):
    city.file("usul.xlsx.toml", MAPPING)
    sheets = (("RW 1", listed(ROW)), ("RW 2", listed((2, "Got mampet", *ROW[2:]))))
    path = city.file("usul.xlsx", workbook(*sheets))

    asked = city.peta("usulan", "load", path, "--city", "33.72")
    chosen = load_path(city, path, "--sheet", "rw 2")

    assert asked.status == 1
    assert "'RW 1', 'RW 2'" in asked.stderr
    assert chosen.report["sheet"] == "RW 2"
    assert city.rows("SELECT title FROM peta.usulan") == [("Got mampet",)]


def test_columns_in_doubt_are_asked_for_and_nothing_is_loaded(city: Installation):
    outcome = load(city, f"Jalan rusak;{PROBLEM};SP01", header="Keterangan A;Keterangan B;Golongan")

    assert outcome.status == 1
    assert "peta usulan map daftar.csv" in outcome.stderr
    assert city.rows("SELECT 1 FROM peta.usulan") == []


def test_features_of_a_map_file_are_rows_and_bad_ones_are_told(city: Installation):
    def feature(number: int, geometry: object) -> dict:
        said = {"source_id": f"F{number}", "title": "Jalan rusak", "problem": PROBLEM}
        properties = {**said, "category": "SP01"}
        return {"type": "Feature", "properties": properties, "geometry": geometry}

    line = {"type": "LineString", "coordinates": [[110.805, -7.565], [110.812, -7.565]]}
    features = [
        feature(1, {"type": "Point", "coordinates": [110.815, -7.565]}),
        feature(2, line),
        feature(3, None),
        feature(4, {"type": "Point", "coordinates": [-7.565, 110.805]}),
    ]
    document = json.dumps({"type": "FeatureCollection", "features": features})

    outcome = load_path(city, city.file("usul.geojson", document))

    assert counts(outcome) == (3, 0, 0, 1)
    assert outcome.report["unlocated"] == 1
    assert rejects(city, "usul.geojson")[0]["geometry"].startswith("POINT")
    assert city.rows("SELECT source_id, kelurahan FROM peta.usulan ORDER BY 1") == [
        ("F1", "33.72.01.1002"),
        ("F2", "33.72.01.1001"),
        ("F3", None),
    ]


def test_contacts_are_left_out_and_told_where_nobody_consented(city: Installation):
    header = "title,problem,category,NIK,No HP,proposer_name"
    row = f"Jalan rusak,{PROBLEM},SP01,3372010101900001,081234567890,Sri"

    outcome = load(city, row, header=header)

    assert counts(outcome) == (1, 0, 0, 0)
    assert outcome.report["contacts_left_out"] == ["NIK", "No HP", "proposer_name"]
    assert city.rows("SELECT 1 FROM peta.proposer") == []


def test_a_number_of_a_person_is_no_key(city: Installation):
    mapping = city.file("peta.toml", '[columns]\nsource_id = "NIK"\n')
    row = f"Jalan rusak,{PROBLEM},SP01,3372010101900001"

    outcome = load(city, row, header="title,problem,category,NIK", more=("--mapping", str(mapping)))

    assert outcome.status == 1
    assert "NIK" in outcome.stderr


def test_a_dry_run_tells_old_and_new_values_of_each_field(city: Installation):
    header = "source_id,title,problem,category,longitude,latitude,estimated_cost"
    row = f"K1,Jalan rusak,{PROBLEM},SP01,110.805,-7.565"
    load(city, f"{row},1000000", header=header)

    changed = row.replace("Jalan rusak", "Jalan becek").replace("110.805", "110.815")
    new = f"K2,Got mampet,{PROBLEM},SP03,110.805,-7.565"
    outcome = load(city, f"{changed},1000000", f"{new},", header=header, more=("--dry-run",))

    changes = outcome.report["changes"]
    assert changes["created"] == [{"row": 3, "title": "Got mampet", "category": "SP03"}]
    assert changes["updated"][0]["fields"] == {
        "title": ["Jalan rusak", "Jalan becek"],
        "area_code": ["33.72.01.1001", "33.72.01.1002"],
        "geometry": ["POINT (110.805 -7.565)", "POINT (110.815 -7.565)"],
    }
    assert city.rows("SELECT title FROM peta.usulan") == [("Jalan rusak",)]


def test_rows_on_one_point_and_rows_that_are_no_usulan_are_named(city: Installation):
    header = "source_id;title;problem;category;longitude;latitude"
    rows = [f"K{n};Jalan rusak;{PROBLEM};SP01;110.805;-7.565" for n in range(12)]

    outcome = load(city, *rows, "JUMLAH;;;;;12", header=header)

    assert outcome.report["shared_points"] == [
        {"longitude": 110.805, "latitude": -7.565, "rows": 12}
    ]
    assert (outcome.report["read"], outcome.report["other_rows"]) == (12, {"total": 1})


def test_words_of_a_place_are_an_area_without_a_point_that_staff_can_find(city: Installation):
    header = "source_id,title,problem,category,kelurahan,rt,rw"

    outcome = load(
        city,
        f"K1,Jalan rusak,{PROBLEM},SP01,1001,3,2",
        f"K2,Got mampet,{PROBLEM},SP03,,,",
        header=header,
    )
    found = city.peta("usulan", "unplaced", "--city", "33.72", "--json").report["unplaced"]

    assert (outcome.report["unlocated"], outcome.report["without_area"]) == (2, 1)
    assert [(row["title"], row["area_code"]) for row in found] == [
        ("Got mampet", "33.72"),
        ("Jalan rusak", "33.72.01.1001"),
    ]
    assert found[1]["place"]["doubts"] == ["nothing_loaded_below"]
    assert [row["address"] for row in found] == [None, "RT 3, RW 2, Kel. 1001"]
    assert city.rows("SELECT COUNT(*) FROM peta.usulan WHERE position IS NOT NULL") == [(0,)]


def test_a_map_file_that_is_one_long_line_is_read(city: Installation):
    # As most programs write it: no break in half a megabyte.
    geometry = {"type": "Point", "coordinates": [110.805, -7.565]}
    features = [
        {
            "type": "Feature",
            "properties": {"title": f"Jalan {row}", "problem": PROBLEM, "category": "SP01"},
            "geometry": geometry,
        }
        for row in range(2_500)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    assert len(text) > 400_000

    outcome = load_path(city, city.file("daftar.geojson", text))

    assert counts(outcome) == (2_500, 0, 0, 0)


def test_a_list_in_utf_32_is_read_by_its_mark(city: Installation):
    lines = (HEADER, f"A1,Café rusak,{PROBLEM},SP01,{INSIDE}")
    path = city.file("daftar.csv", "\n".join(lines).encode("utf-32"))

    assert counts(load_path(city, path)) == (1, 0, 0, 0)
    assert city.rows("SELECT title FROM peta.usulan") == [("Café rusak",)]


def test_what_cannot_be_read_at_all_is_refused_in_our_own_words(city: Installation):
    outcome = load_path(city, Path("/proc/self/mem"))

    assert (outcome.status, outcome.stderr) == (1, "Tidak ada yang diubah: berkas kosong.\n")

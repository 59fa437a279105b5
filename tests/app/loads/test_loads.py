"""A list from its upload to the map, and back."""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from zipfile import ZipFile

import psycopg
import pytest

from tests.app.loads.conftest import KeyLoader
from tests.app.loads.lists import BESIDE, HEADER, HERE, PROBLEM, keys, listed, row


def test_a_list_is_read_tried_and_stored(loader, town):
    operator = loader("operator_kelurahan")

    load = operator.sent(listed(row("A1", HERE), row("A2", HERE)))
    assert (load["state"], load["guess"]["names"][0]) == ("menunggu", "source_id")
    assert load["may"] == ["mapping", "check", "cancel"]
    checked = operator.done(load["id"], "check")
    assert checked["report"]["created"] == 2
    assert "A1" not in keys(town)
    stored = operator.done(load["id"], "commit")

    assert (stored["state"], stored["report"]["created"]) == ("selesai", 2)
    assert str(keys(town)["A1"][1]) == load["id"]
    wards = [each for each in stored["report"]["areas"] if each["level"] == "kelurahan"]
    assert wards == [{"level": "kelurahan", "code": HERE.kelurahan, "rows": 2, "cost": 0}]


def test_rows_of_other_areas_are_refused_with_a_reason(loader, town):
    operator = loader("operator_kelurahan")

    stored = operator.stored(listed(row("B1", HERE), row("B2", BESIDE)))

    assert stored["report"]["reasons"] == {"BUKAN_WILAYAH_SENDIRI": 1}
    assert {"B1", "B2"} & set(keys(town)) == {"B1"}
    [refused] = stored["report"]["rejected_rows"]
    assert (refused["row"], refused["reason"]) == (3, "BUKAN_WILAYAH_SENDIRI")
    assert refused["position"] == pytest.approx([BESIDE.middle.x, BESIDE.middle.y])


def test_a_planner_of_the_city_loads_everywhere(loader, town):
    planner = loader("perencana_bappeda")

    planner.stored(listed(row("C1", HERE), row("C2", BESIDE)))

    assert {"C1", "C2"} <= set(keys(town))


def test_what_lies_with_others_is_not_pulled_over_by_its_key(loader, town):
    loader("perencana_bappeda").stored(listed(row("D1", BESIDE)))

    stored = loader("operator_kelurahan").stored(listed(row("D1", HERE)))

    assert stored["report"]["reasons"] == {"BUKAN_WILAYAH_SENDIRI": 1}


def test_a_step_of_others_is_no_step_of_a_list(loader):
    status = HEADER + ",status"

    operator = loader("operator_kelurahan")
    stored = operator.stored(
        listed(
            row("E1", HERE, status="verifikasi_kel"),
            row("E2", HERE, status="masuk_apbd"),
            header=status,
        )
    )

    assert (stored["report"]["created"], stored["report"]["reasons"]) == (1, {"BUKAN_WEWENANG": 1})


def test_nothing_is_stored_that_was_not_tried(loader):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("F1", HERE)))

    answer = operator.act(load["id"], "commit")

    assert (answer.status_code, answer.json()["code"]) == (409, "KONFLIK")


def test_a_load_is_taken_back_whole_but_for_what_somebody_touched(loader, town):
    operator = loader("operator_kelurahan")
    load = operator.stored(listed(row("G1", HERE), row("G2", HERE)))
    touched = keys(town)["G2"][2]
    seen = operator.look(touched)["seen"]
    moved = operator.ask(
        "POST", f"/usulan/{touched}/status", json={"to": "verifikasi_kel", "seen": seen}
    )
    assert moved.status_code == 200

    assert operator.ask("DELETE", f"/loads/{load['id']}").status_code == 200
    undone = operator.rested(load["id"])

    assert undone["state"] == "ditarik"
    assert undone["undone"] == {"withdrawn": 1, "kept": 1, "kept_numbers": [touched]}
    assert {"G1", "G2"} & set(keys(town)) == {"G2"}
    # Its key is free again, so the corrected list loads as new.
    again = operator.stored(listed(row("G1", HERE)))
    assert again["report"]["created"] == 1


def test_what_is_taken_back_keeps_its_history_and_is_public_no_more(loader, http, town):
    operator = loader("operator_kelurahan")
    load = operator.stored(listed(row("H1", HERE)))
    number = keys(town)["H1"][2]
    assert http.get(f"/api/v1/usulan/{number}").status_code == 200

    operator.ask("DELETE", f"/loads/{load['id']}")
    operator.rested(load["id"])

    assert http.get(f"/api/v1/usulan/{number}").status_code == 404
    told = operator.look(number)
    assert [event["kind"] for event in told["events"]] == ["pengajuan", "penarikan_muatan"]


def test_a_cancelled_load_leaves_no_file(loader, settings):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("I1", HERE)))

    cancelled = operator.act(load["id"], "cancel").json()

    assert (cancelled["state"], cancelled["guess"], cancelled["may"]) == ("batal", None, [])
    assert not (settings.state_dir / "loads" / load["id"]).exists()


def test_columns_of_other_names_are_guessed_and_read_by_the_mapping_that_is_put(loader):
    operator = loader("operator_kelurahan")
    content = listed(row("J1", HERE)).replace(HEADER, "Kode,Kolom A,Kolom B,Jenis,Bujur,Lintang")
    load = operator.sent(content)
    columns = {
        "source_id": "Kode",
        "title": "Kolom A",
        "problem": "Kolom B",
        "category": "Jenis",
        "longitude": "Bujur",
        "latitude": "Lintang",
    }

    answer = operator.ask("PUT", f"/loads/{load['id']}/mapping", json={"columns": columns})

    assert answer.status_code == 200, answer.text
    assert operator.done(load["id"], "check")["report"]["created"] == 1


def test_who_may_not_read_contacts_says_nothing_of_the_columns_of_anothers_list(loader):
    header = f"{HEADER},proposer_phone"
    load = loader("operator_kelurahan").sent(
        listed(row("M1", HERE, proposer_phone="081234567890"), header=header)
    )
    planner = loader("perencana_bappeda")
    columns = {"title": "title", "problem": "problem", "category": "proposer_phone"}

    answer = planner.ask("PUT", f"/loads/{load['id']}/mapping", json={"columns": columns})

    assert (answer.status_code, answer.json()["code"]) == (403, "TIDAK_BERWENANG")
    assert planner.seen(load["id"])["may"] == ["check", "cancel"]


def test_a_mapping_of_unknown_fields_is_refused(loader):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("K1", HERE)))

    answer = operator.ask("PUT", f"/loads/{load['id']}/mapping", json={"columns": {"judul": "x"}})

    assert answer.status_code == 422


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rejects_come_back_as_a_table_without_formulas(kind, loader):
    operator = loader("operator_kelurahan")
    load = operator.stored(listed(f"L1,=1+1 jalan,{PROBLEM},SP01,110.5,-7.0"))

    answer = operator.ask("GET", f"/loads/{load['id']}/rejects", params={"format": kind})

    assert answer.status_code == 200
    if kind == "csv":
        [told] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert (told["_kode_alasan"], told["title"]) == ("LUAR_WILAYAH", "'=1+1 jalan")
    else:
        again = operator.sent(answer.content, name="ditolak.xlsx")
        assert again["guess"]["samples"][0][1] == "=1+1 jalan"


def test_every_refused_row_is_told_in_words_page_by_page(loader):
    operator = loader("operator_kelurahan")
    refused = [row(f"LR{number}", HERE, category="=entah") for number in range(60)]
    load = operator.stored(listed(row("LRA", HERE), *refused))
    path = f"/loads/{load['id']}/refused"

    pages = [
        operator.ask("GET", path, params={"after": after, "limit": 25}).json()["rows"]
        for after in (0, 25, 50, 60)
    ]

    assert [len(page) for page in pages] == [25, 25, 10, 0]
    told = [each for page in pages for each in page]
    assert [each["row"] for each in told] == list(range(3, 63))
    assert told[:50] == [
        {key: each[key] for key in ("row", "reason", "told")}
        for each in load["report"]["rejected_rows"]
    ]


def test_where_no_row_was_refused_there_is_none_to_read(loader):
    operator = loader("operator_kelurahan")
    load = operator.stored(listed(row("LS1", HERE)))

    assert operator.ask("GET", f"/loads/{load['id']}/refused").status_code == 404


def test_a_load_of_another_area_is_not_found(loader):
    load = loader("operator_kelurahan").sent(listed(row("M1", HERE)))

    other = loader("operator_kelurahan", BESIDE)

    assert other.ask("GET", f"/loads/{load['id']}").status_code == 404
    assert load["id"] not in {each["id"] for each in other.ask("GET", "/loads").json()["loads"]}


def test_a_work_whose_server_was_killed_is_told_as_broken_off_and_begun_again(loader, town):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("N1", HERE)))
    operator.done(load["id"], "check")
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "UPDATE peta.list_load SET state = 'disimpan', beat = now() - interval '1 hour'"
            " WHERE load_id = %s",
            [load["id"]],
        )

    told = operator.seen(load["id"])
    stored = operator.done(load["id"], "commit")

    assert (told["state"], told["failure"]) == ("gagal", "TERPUTUS")
    assert stored["state"] == "selesai"


NO_ROOM = """
CREATE FUNCTION peta.find_no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full';
END
$$;
CREATE TRIGGER no_room BEFORE INSERT ON peta.usulan EXECUTE FUNCTION peta.find_no_room();
"""


def test_a_list_that_finds_no_room_says_so_and_is_stored_once_there_is_some(loader, town):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("NR1", HERE)))
    operator.done(load["id"], "check")

    with psycopg.connect(town.owner, autocommit=True) as owner:
        owner.execute(NO_ROOM)
        failed = operator.done(load["id"], "commit")
        owner.execute("DROP FUNCTION peta.find_no_room CASCADE")
    stored = operator.done(load["id"], "commit")

    assert (failed["state"], failed["failure"]) == ("gagal", "BASIS_DATA_PENUH")
    assert "commit" in failed["may"]
    assert (stored["state"], stored["failure"]) == ("selesai", None)
    assert "NR1" in keys(town)


def test_samples_hide_contacts(loader):
    header = f"{HEADER},proposer_name,proposer_phone"
    person = {"name": "Siti Aminah", "phone": "081234567890"}

    load = loader("lurah").sent(listed(row("O1", HERE, **person), header=header))

    assert load["guess"]["samples"][0][-2:] == ["(kontak tidak ditampilkan)"] * 2
    assert load["guess"]["samples"][0][0] == "O1"


def test_a_file_that_is_no_list_fails_with_its_reason(loader):
    load = loader("operator_kelurahan").sent(b"%PDF-1.7 bukan daftar")

    assert load["state"] == "gagal"
    assert load["failure"] not in (None, "GALAT_SERVER", "TERPUTUS")


def test_a_map_file_is_read_and_stored(loader, town):
    place = HERE.middle
    feature = {
        "type": "Feature",
        "properties": {"source_id": "P1", "title": "Jalan", "problem": PROBLEM, "category": "SP01"},
        "geometry": {"type": "Point", "coordinates": [place.x, place.y]},
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})

    stored = loader("operator_kelurahan").stored(content, name="daftar.geojson")

    assert stored["state"] == "selesai"
    assert "P1" in keys(town)


def test_a_stored_list_is_removed_and_its_samples_with_it(loader, settings):
    stored = loader("operator_kelurahan").stored(listed(row("Q1", HERE)))

    assert stored["guess"] is None
    assert list((settings.state_dir / "loads" / stored["id"]).iterdir()) == []


def test_a_program_loads_with_a_key_for_it_and_takes_no_step_of_the_status(loader, http):
    operator = loader("operator_kelurahan")
    wish = {"name": "pemuat", "scopes": ["muat"]}
    key = operator.ask("POST", "/keys", json=wish).json()["key"]
    program = KeyLoader(http, key)

    status = HEADER + ",status"
    stored = program.stored(
        listed(row("R1", HERE, status=""), row("R2", HERE, status="verifikasi_kel"), header=status)
    )

    assert (stored["report"]["created"], stored["report"]["reasons"]) == (1, {"BUKAN_WEWENANG": 1})


def test_a_program_never_gets_rows_that_may_hold_contacts(loader, http):
    operator = loader("operator_kelurahan")
    wish = {"name": "pemuat", "scopes": ["muat"]}
    program = KeyLoader(http, operator.ask("POST", "/keys", json=wish).json()["key"])
    load = operator.sent(listed(row("S1", HERE, category="entah")))
    operator.done(load["id"], "check")

    answers = {
        who: officer.ask("GET", f"/loads/{load['id']}/rejects").status_code
        for who, officer in (("operator", operator), ("program", program))
    }

    assert answers == {"operator": 200, "program": 403}
    assert "rejects" not in program.seen(load["id"])["may"]


def test_two_who_ask_for_the_rejects_at_once_both_get_them_whole(loader):
    operator = loader("operator_kelurahan")
    rows = [row(f"V{each}", HERE, category="entah") for each in range(2_000)]
    load = operator.sent(listed(*rows))
    operator.done(load["id"], "check")

    def book(_: int) -> tuple[int, int]:
        found = operator.ask("GET", f"/loads/{load['id']}/rejects", params={"format": "xlsx"})
        with ZipFile(io.BytesIO(found.content)) as opened:
            return found.status_code, opened.read("xl/worksheets/sheet1.xml").count(b"<row ")

    with ThreadPoolExecutor(4) as askers:
        assert set(askers.map(book, range(4))) == {(200, 2_001)}


def test_work_that_is_cancelled_while_it_waits_for_another_load_stores_nothing(loader, town):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("T1", HERE)))
    operator.done(load["id"], "check")
    with psycopg.connect(town.staff) as other:
        other.execute("LOCK TABLE peta.area, peta.usulan IN SHARE UPDATE EXCLUSIVE MODE")
        operator.act(load["id"], "commit")

        cancelled = operator.act(load["id"], "cancel").json()

    assert cancelled["state"] == "batal"
    # Another one is done after it, so it has come to its end.
    operator.stored(listed(row("T2", HERE)))
    assert {"T1", "T2"} & set(keys(town)) == {"T2"}

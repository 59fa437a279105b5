"""What an officer is told of a list in words, and what he says of its words."""

from tests.app.loads.lists import BESIDE, HEADER, HERE, PROBLEM, keys, listed, row
from tests.app.world import CITY


def called(kelurahan: str) -> str:
    """As the small city has it."""
    return f"KELURAHAN {kelurahan[-4:]}"


def test_a_row_of_another_area_is_told_by_names_which_is_its_and_which_is_ones_own(loader):
    operator = loader("operator_kelurahan")
    nowhere = f"BN2,Jalan BN2,{PROBLEM},SP01,,"

    stored = operator.stored(listed(row("BN1", BESIDE), nowhere))

    there, unknown = (each["told"] for each in stored["report"]["rejected_rows"])
    own = f"wilayah tugas Anda: {called(HERE.kelurahan)} ({HERE.kelurahan})"
    assert there.startswith("baris ini di RT ")
    assert f"{called(BESIDE.kelurahan)} (" in there
    assert there.endswith(f", bukan di {own}")
    assert unknown == f"baris ini hanya menyebut KOTA {CITY[-4:]} ({CITY}), belum tentu di {own}"


def test_words_of_other_systems_for_a_status_wait_for_their_meaning(loader, town):
    operator = loader("operator_kelurahan")
    content = listed(
        *(row(f"ES{n}", HERE, status="Closed") for n in range(3)), header=HEADER + ",status"
    )
    load = operator.sent(content)
    assert load["guess"]["statuses"] == {"Closed": 3}
    refused = operator.done(load["id"], "check")["report"]["rejected_rows"]

    mapping = {"values": {"status": {"Closed": "verifikasi_kel"}}}
    operator.ask("PUT", f"/loads/{load['id']}/mapping", json=mapping)
    operator.done(load["id"], "check")
    operator.done(load["id"], "commit")

    assert {each["told"] for each in refused} == {
        "status 'Closed' tidak dikenal; sebutkan artinya pada arti kata status (pemetaan)"
    }
    assert {keys(town)[f"ES{n}"][0] for n in range(3)} == {"verifikasi_kel"}


def test_a_load_that_only_updated_is_not_offered_to_be_taken_back(loader, town):
    operator = loader("operator_kelurahan")
    operator.stored(listed(row("HU1", HERE)))

    load = operator.stored(listed(row("HU1", HERE).replace("Jalan HU1", "Jalan HU1 baru")))

    assert (load["report"]["created"], load["report"]["updated"]) == (0, 1)
    assert load["may"] == []
    [item] = [
        each for each in operator.ask("GET", "/loads").json()["loads"] if each["id"] == load["id"]
    ]
    assert item["may"] == []
    assert operator.ask("DELETE", f"/loads/{load['id']}").status_code == 409


def test_an_rw_that_does_not_exist_is_told(loader):
    header = f"{HEADER},kelurahan,rw"
    more = {"kelurahan": called(HERE.kelurahan)}
    content = listed(
        row("HW1", HERE, **more, rw="099"), row("HW2", HERE, **more, rw=HERE.rw[-3:]), header=header
    )

    stored = loader("operator_kelurahan").stored(content)

    assert stored["report"]["created"] == 2
    assert stored["report"]["place_doubts"]["no_such_rw"] == 1


def test_a_word_that_is_likely_a_category_is_told_and_not_chosen(loader):
    content = listed(
        row("JU1", HERE, category="Jalan rusak"), row("JU2", HERE, category="Jalan rusak RW 3")
    )

    guess = loader("operator_kelurahan").sent(content)["guess"]

    assert guess["categories"]["Jalan rusak RW 3"] == {"code": "SP01", "sureness": "likely"}
    assert guess["mapping"]["values"]["category"] == {"Jalan rusak": "SP01"}


def test_a_column_outside_the_mapping_that_is_read_by_its_name_is_told_and_can_be_left_out(loader):
    operator = loader("operator_kelurahan")
    header = f"{HEADER},REASON,proposer_phone"
    content = listed(row("HR1", HERE, reason="Selesai", phone="081234567890"), header=header)
    load = operator.sent(content)
    columns = {name: name for name in HEADER.split(",")}

    reports = []
    for more in ({}, {"reason": "", "proposer_phone": ""}):
        wish = {"columns": {**columns, **more}}
        assert operator.ask("PUT", f"/loads/{load['id']}/mapping", json=wish).status_code == 200
        reports.append(operator.done(load["id"], "check")["report"])

    assert [report["named_columns"] for report in reports] == [["REASON"], []]
    assert "REASON" in reports[1]["unused_columns"]

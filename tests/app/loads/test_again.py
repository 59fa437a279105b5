"""A file of rejects, corrected and sent again."""

import csv
import io
from itertools import count

import pytest

from app.lists.beside import REJECT_COLUMNS
from tests.app.loads.lists import HERE, PROBLEM, keys, listed, row

HEADER = "Kode,Kolom A,Kolom B,Jenis,Bujur,Lintang"
_NUMBERS = count(1)
COLUMNS = {
    "source_id": "Kode",
    "title": "Kolom A",
    "problem": "Kolom B",
    "category": "Jenis",
    "longitude": "Bujur",
    "latitude": "Lintang",
}
MAPPING = {
    "columns": COLUMNS,
    "values": {"category": {"aspal": "SP01"}},
    "defaults": {"year": "2031"},
}


@pytest.fixture
def refused(loader):
    """An officer, a list of his of which one of two rows was refused, and their keys."""
    operator, own = loader("operator_kelurahan"), [f"W{next(_NUMBERS)}" for _ in range(2)]
    good, bad = row(own[0], HERE, category="aspal"), row(own[1], HERE, category="entah")
    load = operator.sent(listed(good, bad, header=HEADER))
    assert operator.ask("PUT", f"/loads/{load['id']}/mapping", json=MAPPING).status_code == 200
    checked = operator.done(load["id"], "check")
    assert (checked["report"]["created"], checked["report"]["rejected"]) == (1, 1)
    return operator, load["id"], own


def rejects(operator, load_id: str, kind: str) -> bytes:
    answer = operator.ask("GET", f"/loads/{load_id}/rejects", params={"format": kind})
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("is_stored", [False, True], ids=["tried", "stored"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_rejects_comes_with_the_mapping_of_its_load(kind, is_stored, refused):
    operator, load_id, _ = refused
    if is_stored:
        operator.done(load_id, "commit")

    guess = operator.sent(rejects(operator, load_id, kind), name=f"ditolak.{kind}")["guess"]

    assert guess["mapping"]["columns"] == COLUMNS
    assert guess["mapping"]["values"]["category"]["aspal"] == "SP01"
    assert guess["mapping"]["defaults"] == {"year": "2031"}
    assert not set(REJECT_COLUMNS) & set(guess["names"])
    assert guess["rejects_of_file"] == "daftar.csv"


def test_a_corrected_file_of_rejects_is_loaded(refused, town):
    operator, load_id, own = refused
    operator.done(load_id, "commit")
    told = rejects(operator, load_id, "csv").decode("utf-8-sig").replace("entah", "aspal")
    again = operator.sent(told, name="ditolak.csv")

    mapping = again["guess"]["mapping"]
    assert operator.ask("PUT", f"/loads/{again['id']}/mapping", json=mapping).status_code == 200
    operator.done(again["id"], "check")
    stored = operator.done(again["id"], "commit")

    assert stored["state"] == "selesai", stored["failure"]
    assert set(own) <= set(keys(town))


def test_the_year_that_was_said_beside_a_list_holds_for_its_rejects(loader):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("W3", HERE, category="entah"), header=HEADER), year=2032)
    operator.ask("PUT", f"/loads/{load['id']}/mapping", json={"columns": COLUMNS})
    operator.done(load["id"], "check")

    guess = operator.sent(rejects(operator, load["id"], "xlsx"), name="ditolak.xlsx")["guess"]

    assert guess["mapping"]["defaults"] == {"year": "2032"}


def test_rejects_of_other_columns_are_guessed_anew(refused):
    operator, *_ = refused
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([*REJECT_COLUMNS, "Judul Usulan", "Permasalahan", "Kategori"])
    writer.writerow(["2", "WAJIB_DIISI", "kurang", "Jalan gang", PROBLEM, "Jalan rusak"])

    guess = operator.sent(table.getvalue(), name="lain.csv")["guess"]

    assert "rejects_of_file" not in guess
    assert guess["mapping"]["columns"]["title"] == "Judul Usulan"

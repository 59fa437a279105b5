"""Places in words: to the area they can only mean, with every RT named, and never to a point."""

import numpy as np
import pytest

from app.lists.judge import Judged
from app.lists.positions import Positions
from app.lists.words import WordPlacer
from spatial.areas import AreaRecord
from spatial.mentions.resolution import Certainty

KELURAHAN = "33.72.01.1001"


def area(code: str, level: str, parent: str | None, name: str) -> AreaRecord:
    return AreaRecord(code, level, parent, name, None)


@pytest.fixture(scope="module")
def placer():
    records = [
        area("33.72", "kota", None, "Kota Surakarta"),
        area("33.72.01", "kecamatan", "33.72", "Laweyan"),
        area(KELURAHAN, "kelurahan", "33.72.01", "Pajang"),
        area("33.72.01.1002", "kelurahan", "33.72.01", "Bumi"),
    ]
    for rw in ("001", "002"):
        records.append(area(f"{KELURAHAN}-{rw}", "rw", KELURAHAN, f"RW {rw}"))
        records += [
            area(f"{KELURAHAN}-{rw}-{rt}", "rt", f"{KELURAHAN}-{rw}", f"RT {rt}")
            for rt in ("001", "002", "003", "005")
        ]
    return WordPlacer(records)


def place(placer: WordPlacer, group: str = "", **words: str):
    values = {name: [text] for name, text in words.items()}
    nowhere = Positions(np.array([np.nan]), np.array([np.nan]), {})
    (found,) = placer.places(Judged([0], values, nowhere, [group]), [0])
    return found


def test_an_rt_in_an_address_is_that_rt(placer):
    found = place(placer, address="Jl. Kawi RT 5/RW 2", kelurahan="Pajang")

    assert (found.code, found.certainty) == (f"{KELURAHAN}-002-005", Certainty.EXACT)


def test_several_rt_are_kept_by_name_and_placed_in_what_holds_them_all(placer):
    found = place(placer, place="RT 02, 03 RW 01", kelurahan="Pajang")

    assert found.code == f"{KELURAHAN}-001"
    assert found.told["areas"] == [f"{KELURAHAN}-001-002", f"{KELURAHAN}-001-003"]


def test_an_rt_that_may_be_of_either_rw_keeps_only_the_certain_kelurahan(placer):
    found = place(placer, rt="2", kelurahan="Pajang")

    assert (found.code, found.certainty) == (KELURAHAN, Certainty.AMBIGUOUS)
    assert found.told["candidates"] == [f"{KELURAHAN}-001-002", f"{KELURAHAN}-002-002"]


def test_an_rt_that_does_not_exist_leaves_the_rw_and_says_so(placer):
    found = place(placer, rt="9", rw="1", kelurahan="Pajang")

    assert (found.code, found.certainty) == (f"{KELURAHAN}-001", Certainty.BY_NAME)
    assert "no_such_rt" in found.told["doubts"]


def test_a_grouping_row_tells_the_kelurahan_of_the_rows_below(placer):
    found = place(placer, "KELURAHAN PAJANG", rt="1", rw="2")

    assert found.code == f"{KELURAHAN}-002-001"


def test_a_street_alone_tells_no_area(placer):
    assert place(placer, address="Jl. Melati 5") is None


def test_an_unknown_kelurahan_gives_no_code(placer):
    found = place(placer, rt="1", rw="1", kelurahan="Entah")

    assert (found.code, found.certainty) == (None, Certainty.NONE)

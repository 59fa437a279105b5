"""Boston's reports in the demo city's place: the default point stays visible as what it is."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
import shapely

from app.areas.service import NewArea, NewEdition, load_edition
from app.cities.service import KnownCity, add_city
from app.cluster import DatabaseUrls
from app.guesses.categories import CategoryGuesser
from app.guesses.guess import guess_list
from app.guesses.mapping_file import mapping_text
from app.lists.file import ListWish, Surroundings, load_list_file
from app.sheets.read import opened_sheets
from tests.realdata.boston import DEFAULT_POINT, move, moved
from tests.security.test_list_corpus import uncounted

ROOT = Path(__file__).parents[2]
REALDATA = (ROOT / os.environ.get("PETA_REALDATA", "../shared/realdata")).resolve()
REPORTS = REALDATA / "boston-311-2015" / "Catchbasin.csv"

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(
        not REALDATA.is_dir(),
        reason=f"REAL DATA NOT TESTED: no folder {REALDATA}; set PETA_REALDATA",
    ),
]


@pytest.fixture
def connection(urls: DatabaseUrls) -> Iterator[psycopg.Connection]:
    """A transaction in a city where the demo city lies, undone after the test."""
    with psycopg.connect(urls.staff) as connection:
        add_city(connection, "99.71", "Kota Contoh")
        box = shapely.box(111.305, -7.279, 111.396, -7.221)
        area = NewArea(code="99.71", level="kota", parent_code=None, name="Kota", geometry=box)
        load_edition(connection, 9971, NewEdition(name="contoh"), [area])
        yield connection
        connection.rollback()


def test_the_default_point_is_named_as_the_point_of_most_rows(tmp_path, connection):
    path = tmp_path / "laporan pindahan.csv"
    rows = move(REPORTS, path)
    around = Surroundings(
        now=datetime(2026, 3, 1, tzinfo=UTC), counted=uncounted, guesser=CategoryGuesser([])
    )

    found = load_list_file(
        connection,
        KnownCity(9971, "99.71", "Kota Contoh", "Asia/Jakarta"),
        ListWish(path=path, kept_mappings=tmp_path / "kept"),
        around,
    )

    assert rows == found["read"] == 405
    assert found["read"] == found["created"] + found["rejected"]
    longitude, latitude = map(float, moved(*DEFAULT_POINT))
    spot = found["shared_points"][0]
    assert (spot["longitude"], spot["latitude"]) == (longitude, latitude)
    # 20 of the 405 reports lie there; those with another fault of their own are not counted.
    assert 10 <= spot["rows"] <= 20
    # US dates: 13 in second place proves that the month comes first.
    assert connection.execute(
        "SELECT MIN(created) < '2015-02-01', MAX(EXTRACT(MONTH FROM created)) FROM peta.usulan"
    ).fetchone() == (True, 12)


def test_blanks_and_brackets_in_a_name_and_a_column_without_one_are_no_hindrance(
    tmp_path, connection
):
    path = tmp_path / "Pothole Repair (Internal).csv"
    rows = move(REALDATA / "boston-311-2015" / path.name, path)
    around = Surroundings(
        now=datetime(2026, 3, 1, tzinfo=UTC), counted=uncounted, guesser=CategoryGuesser([])
    )

    found = load_list_file(
        connection,
        KnownCity(9971, "99.71", "Kota Contoh", "Asia/Jakarta"),
        ListWish(path=path, kept_mappings=tmp_path / "kept"),
        around,
    )

    assert rows == found["read"] == 5393
    assert found["read"] == found["created"] + found["rejected"]
    assert ["unnamed_column", None, "A"] in found["notes"]
    # Boston is wider than the city it was moved to: what lies beyond is refused as that alone.
    assert (found["created"], found["reasons"]) == (1031, {"LUAR_WILAYAH": 4362})
    with opened_sheets(path) as sheets:
        guessed = mapping_text(guess_list(sheets, CategoryGuesser([])), path.name)
    assert "peta usulan load 'Pothole Repair (Internal).csv' --city KODE" in guessed

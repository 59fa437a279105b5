"""What a clerk is told of a file that is not there, or holds more than their city."""

import pytest

from tests.app.areas.test_load_boundaries import FOUR, geojson, square
from tests.app.command import Installation


@pytest.fixture
def surakarta(installation: Installation) -> Installation:
    assert installation.peta("city", "add", "33.72", "Kota Surakarta").status == 0
    return installation


def test_many_rows_refused_for_one_reason_take_one_line(surakarta):
    others = [(f"33.01.01.{1001 + n}", f"Lain {n}", square(10 + n, 0)) for n in range(40)]
    path = surakarta.file("provinsi.geojson", geojson(*FOUR, *others))

    options = ("--city", "33.72", "--level", "kelurahan", "--edition", "2025")
    told = surakarta.peta("boundaries", "load", path, *options).stdout

    assert "  ditolak 40 baris: kode milik kota lain; periksa --city\n" in told
    assert "    baris 5 '33.01.01.1001', 6 '33.01.01.1002'" in told
    assert told.count("33.01.01.") == 5


@pytest.mark.parametrize(
    "command",
    [
        ("boundaries", "load", "--level", "rw", "--edition", "2025"),
        ("population", "load"),
        ("base", "load", "--kind", "road"),
        ("usulan", "load"),
    ],
)
def test_a_file_that_is_not_there_is_named(surakarta, command):
    noun, verb, *options = command

    outcome = surakarta.peta(noun, verb, "tidakada.zip", "--city", "33.72", *options)

    assert outcome.status == 1
    assert "berkas 'tidakada.zip' tidak ada" in outcome.stderr

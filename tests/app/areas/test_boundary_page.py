"""The report of a boundary file as a page: whole in itself, and words of the file stay words."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import shapely

from app.clock_words import moment_words
from tests.app.areas.test_load_boundaries import geojson, load, square, surakarta
from tests.app.command import Installation

__all__ = ["surakarta"]

HOSTILE = "</script><script>alert(1)</script>${alert(2)}{{ 7*7 }}<img src=x onerror=alert(3)>"


def bow_tie(column: int) -> shapely.Polygon:
    west, south, east, north = square(column, 0).bounds
    return shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])


@pytest.fixture
def page(surakarta: Installation) -> str:
    """Of a file with one of each defect."""
    ring = shapely.difference(square(0, 0), shapely.box(110.804, -7.566, 110.806, -7.564))
    path = surakarta.folder / "laporan.html"
    outcome = load(
        surakarta,
        geojson(
            ("33.72.01.1001", HOSTILE, ring),
            ("33.72.01.1002", "Laweyan", shapely.box(110.809, -7.57, 110.82, -7.56)),
            ("33.72.02.1001", "Joyotakan", bow_tie(3)),
            ("33.72.02.1002", "Danukusuman", square(5, 0)),
            ("33.72.02.1002", "Danukusuman", square(6, 0)),
            ("3372021003", "Serengan", square(7, 0)),
        ),
        *("--report", str(path), "--source", "Bappeda <b>Surakarta</b>"),
    )
    assert outcome.status == 0
    return path.read_text(encoding="utf-8")


def test_each_defect_has_a_row_and_a_place_on_the_map(page):
    for kind in ("Ditolak", "Diperbaiki", "Kunci kembar", "Tumpang tindih", "Celah"):
        assert f"{kind}: 1<" in page
    assert page.count("data-box=") == 5
    for text in ("mungkin 33.72.02.1003", "2 baris: 4, 5", "memotong dirinya sendiri"):
        assert text in page
    assert "5 dari 6 baris diterima dan dimuat." in page


def test_a_hole_is_told_by_the_names_of_the_areas_around_it(page):
    section = page.split('<section id="hole">')[1].split("</section>")[0]

    assert "(33.72.01.1001)<br>" in section
    assert "bujur 110,80500, lintang -7,56500" in section


def test_its_time_is_the_clock_of_the_city_and_says_so(page):
    made = re.search(r"Dibuat (\d+ \w+ \d{4}, \d\d\.\d\d WIB)\.", page)

    now = datetime.now(UTC)
    assert made is not None
    assert made[1] in {moment_words(now - timedelta(minutes=m), "Asia/Jakarta") for m in range(5)}


def test_every_hole_is_in_the_page_and_the_slight_ones_are_told(surakarta):
    path = surakarta.folder / "laporan.html"
    pierced = square(0, 0)
    for count in range(450):
        x, y = 110.8005 + count % 25 * 0.0003, -7.5695 + count // 25 * 0.0005
        pierced = shapely.difference(pierced, shapely.box(x, y, x + 5e-6, y + 5e-6))

    load(surakarta, geojson(("33.72.01.1001", "Pajang", pierced)), "--report", str(path))

    page = path.read_text(encoding="utf-8")
    assert "Celah: 450<" in page
    assert page.count("data-box=") == 450
    assert "450 di antaranya lebih kecil dari 1 m²" in page
    assert page.count("Celah 450: Pajang") == 2  # its shape and its mark on the map


def test_the_page_names_no_host_for_anything_it_needs(page):
    named = re.findall(r"""(?:src|srcset|action|poster)\s*=\s*["'][^"']*//[^"']*""", page)
    tags = re.findall(r"<(?:link|base|iframe|object|embed|img|source)\b[^>]*", page)
    asked = re.findall(r"@import|url\((?!data:|#)[^)]*\)|import\s*\(|fetch\(|XMLHttp", page)

    assert (named, tags, asked) == ([], [], [])
    assert "default-src 'none'" in page


def test_words_of_the_file_are_never_markup(page):
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>Surakarta" not in page
    assert "&lt;img src=x onerror=alert(3)&gt;" in page
    assert "{{ 7*7 }}" in page  # neither does our own template read them


def test_a_file_of_which_nothing_is_taken_has_a_report_too(surakarta):
    path = surakarta.folder / "laporan.html"
    swapped = shapely.transform(square(0, 0), lambda positions: positions[:, ::-1])

    outcome = load(surakarta, geojson(("33.72.01.1001", "A", swapped)), "--report", str(path))

    assert outcome.status == 1
    page = path.read_text(encoding="utf-8")
    assert "tertukar" in page
    assert "0 dari 1 baris diterima; tidak ada yang disimpan." in page


def test_a_report_in_a_folder_that_is_not_there_is_wrong_usage(surakarta):
    outcome = load(surakarta, geojson(), "--report", "/tidak/ada/laporan.html")

    assert outcome.status == 2


def test_a_folder_in_place_of_the_report_is_wrong_usage(surakarta):
    outcome = load(surakarta, geojson(), "--report", str(surakarta.folder))

    assert outcome.status == 2


def test_a_report_that_cannot_be_written_is_told_beside_what_was_stored(surakarta):
    before = set(surakarta.folder.iterdir())
    path = surakarta.folder / ("x" * 256)

    outcome = load(
        surakarta, geojson(("33.72.01.1001", "Pajang", square(0, 0))), "--report", str(path)
    )

    assert outcome.status == 0
    assert outcome.report["accepted"] == 1
    assert "Laporan tidak ditulis: namanya terlalu panjang" in outcome.stderr
    assert {path.name for path in set(surakarta.folder.iterdir()) - before} <= {"batas.geojson"}


def test_no_unfinished_page_is_left_beside_the_report(page, surakarta):
    assert sorted(path.name for path in surakarta.folder.glob("*.html*")) == ["laporan.html"]
    assert list(Path(surakarta.folder).glob(".*.part")) == []

"""An officer says what the words of a list mean on /muat, and sends its refused rows again."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.cluster import DatabaseUrls
from app.cluster.server import Server
from app.main import create_app
from app.settings import Settings
from tests.app import world
from tests.app.moderation.officers import sign_in_as
from tests.app.world import Spot
from tests.databases import temporary_database
from tests.journeys.conftest import served
from tests.journeys.office import OFFICE, be

pytestmark = pytest.mark.browser

HERE = Spot(1, 1)
HEADER = "Kode,Judul Usulan,Permasalahan,Kategori,Status,Bujur,Lintang"
PROBLEM = "Jalan berlubang di depan sekolah"


@pytest.fixture(scope="module")
def urls(server: Server, worker_id: str) -> Iterator[DatabaseUrls]:
    with temporary_database(server, f"words_{worker_id}") as found:
        world.settle(found)
        yield found


@pytest.fixture(scope="module")
def site(urls: DatabaseUrls, settings: Settings) -> Iterator[str]:
    """What `open_page` opens in this file."""
    with served(create_app(settings, urls)) as address:
        yield address


@pytest.fixture
def muat(open_page: Callable[..., Page], urls: DatabaseUrls) -> Page:
    page = open_page("/docs", viewport=OFFICE)
    be(page, sign_in_as(urls, "operator_kelurahan", HERE))
    page.goto("/muat")
    return page


def row(key: str, category: str) -> str:
    place = HERE.middle
    return f"{key},Jalan {key},{PROBLEM},{category},Closed,{place.x},{place.y}"


def send(page: Page, file: dict[str, object] | str) -> None:
    page.get_by_label("Berkas daftar usulan").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Kirim dan baca").click()
    expect(page.get_by_text("Menunggu Anda")).to_be_visible()


def test_words_get_their_meaning_and_refused_rows_come_back_with_it(
    muat: Page, tmp_path: Path
) -> None:
    content = "\n".join((HEADER, row("T1", "Jalan rusak RW 3"), row("T2", "entah"), ""))
    send(muat, {"name": "a.csv", "mimeType": "text/csv", "buffer": content.encode()})
    category = muat.get_by_label("Kategori untuk “Jalan rusak RW 3”")
    expect(category).to_have_value("")

    muat.get_by_role("button", name=re.compile("^Mungkin Jalan lingkungan")).click()
    expect(category).to_have_value("SP01")
    muat.get_by_label("Status untuk “Closed”").select_option(label="Diperiksa kelurahan")
    muat.get_by_role("button", name="Periksa daftar").click()
    expect(muat.get_by_role("button", name="Simpan 1 usulan")).to_be_visible()
    with muat.expect_download() as downloading:
        muat.get_by_role("link", name="Unduh yang ditolak (XLSX)").click()
    path = tmp_path / "ditolak.xlsx"
    downloading.value.save_as(path)
    muat.get_by_role("link", name="Semua muatan").click()
    send(muat, str(path))

    expect(muat.get_by_text("Ini baris yang ditolak dari a.csv.")).to_be_visible()
    expect(muat.get_by_label("Status untuk “Closed”")).to_have_value("verifikasi_kel")
    expect(muat.get_by_text("_kode_alasan")).to_have_count(0)

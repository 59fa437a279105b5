"""What a reporter does on /lacak: answers, withdraws, has and erases his data; nothing is lost."""

import json
from collections.abc import Callable
from datetime import timedelta

import httpx
import psycopg
import pytest
from playwright.sync_api import Page, Route, expect

from app.cluster import DatabaseUrls
from tests.app.moderation.officers import Office
from tests.journeys.followed import PERSON, QUESTION, asked, follow, lurah, sent
from tests.journeys.office import site, status_of, urls

__all__ = ["asked", "lurah", "sent", "site", "urls"]
pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
ANSWER = "Sisi utara, di depan warung."


def test_a_question_is_answered_by_keys_and_the_answer_stands_in_the_history(
    open_page: OpenPage, urls: DatabaseUrls, asked: dict[str, str]
) -> None:
    page = follow(open_page, asked)
    question = page.get_by_role("region", name="Pertanyaan petugas")
    expect(question).to_contain_text(QUESTION)
    expect(question).to_contain_text("Dijawab paling lambat")

    page.keyboard.press("Tab")
    expect(page.get_by_label("Jawaban Anda")).to_be_focused()
    page.keyboard.type(ANSWER)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Jawaban Anda terkirim.")).to_be_focused()
    expect(question).to_have_count(0)
    newest = page.get_by_role("region", name="Riwayat").get_by_role("listitem").first
    expect(newest).to_contain_text("Anda menjawab")
    expect(newest).to_contain_text(ANSWER)
    expect(page.get_by_text("Kelurahan sedang memeriksa usulan ini.")).to_be_visible()
    assert status_of(urls, asked["number"]) == "verifikasi_kel"


def test_an_answer_outlives_a_lost_network_and_a_reload(
    open_page: OpenPage, urls: DatabaseUrls, asked: dict[str, str]
) -> None:
    page = follow(open_page, asked)
    page.get_by_label("Jawaban Anda").fill(ANSWER)
    page.context.set_offline(True)

    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("alert")).to_contain_text("masih ada di bawah")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator(".offline-strip")).to_be_visible()
    page.context.set_offline(False)
    page.reload()

    expect(page.get_by_label("Jawaban Anda")).to_have_value(ANSWER)
    assert asked["code"] not in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Jawaban Anda terkirim.")).to_be_visible()
    assert status_of(urls, asked["number"]) == "verifikasi_kel"
    assert page.evaluate("Object.keys(localStorage).filter(e => e.includes('jawaban'))") == []


def test_an_answer_whose_receipt_was_lost_is_sent_again_and_recorded_once(
    open_page: OpenPage, lurah: Office, asked: dict[str, str]
) -> None:
    page = follow(open_page, asked)
    page.get_by_label("Jawaban Anda").fill(ANSWER)
    page.route("**/reply", lose_receipt)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("alert")).to_contain_text("Jawaban belum terkirim")
    page.unroute("**/reply")

    page.get_by_role("button", name="Kirim jawaban").click()

    expect(page.get_by_text("Jawaban Anda terkirim.")).to_be_focused()
    events = lurah.look(asked["number"])["events"]
    assert [event["answer"] for event in events if event["answer"]] == [ANSWER]


def lose_receipt(route: Route) -> None:
    """What the server did stays done; nobody hears of it."""
    route.fetch()
    route.abort()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("   ", "Tulis jawaban Anda."),
        ("x" * 1_001, "Paling banyak 1.000 huruf; kurangi 1 huruf."),
    ],
)
def test_an_answer_that_cannot_be_sent_is_told_at_its_field(
    open_page: OpenPage, asked: dict[str, str], text: str, told: str
) -> None:
    page = follow(open_page, asked)
    field = page.get_by_label("Jawaban Anda")
    field.fill(text)

    page.get_by_role("button", name="Kirim jawaban").click()

    expect(page.locator(".field-error")).to_have_text(told)
    expect(field).to_be_focused()
    expect(field).to_have_value(text)


def test_who_was_slower_than_another_answer_keeps_what_was_written(
    open_page: OpenPage, site: str, asked: dict[str, str]
) -> None:
    page = follow(open_page, asked)
    page.get_by_label("Jawaban Anda").fill(ANSWER)
    reply = f"{site}/api/v1/tracking/{asked['code']}/reply"
    assert httpx.post(reply, json={"text": "Sisi selatan."}).status_code == 200

    page.get_by_role("button", name="Kirim jawaban").click()

    expect(page.get_by_role("alert")).to_contain_text("sudah dijawab")
    unsent = page.get_by_role("region", name="Jawaban yang belum terkirim")
    expect(unsent).to_contain_text(ANSWER)
    unsent.get_by_role("button", name="Buang jawaban ini").click()
    expect(unsent).to_have_count(0)


def test_a_question_that_is_over_says_so_and_takes_no_answer(
    open_page: OpenPage, urls: DatabaseUrls, asked: dict[str, str]
) -> None:
    with psycopg.connect(urls.staff) as connection:
        connection.execute(
            "UPDATE peta.usulan SET status_since = updated - %s WHERE number = %s",
            [timedelta(days=40), asked["number"]],
        )

    page = follow(open_page, asked)

    question = page.get_by_role("region", name="Pertanyaan petugas")
    expect(question).to_contain_text("Waktu menjawab habis pada")
    expect(question.get_by_role("textbox")).to_have_count(0)


def test_withdrawing_is_asked_for_once_more_and_harmless_until_then(
    open_page: OpenPage, urls: DatabaseUrls, sent: dict[str, str]
) -> None:
    page = follow(open_page, sent)
    button = page.get_by_role("button", name="Batalkan usulan", exact=True)
    button.press("Enter")
    dialog = page.get_by_role("dialog", name="Batalkan usulan ini?")
    expect(dialog.get_by_role("button", name="Jangan batalkan")).to_be_focused()

    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
    assert status_of(urls, sent["number"]) == "diajukan"
    button.press("Enter")
    dialog.get_by_role("button", name="Ya, batalkan usulan").press("Enter")

    expect(page.get_by_text("Usulan dibatalkan.")).to_be_focused()
    expect(page.get_by_text("tidak diproses lagi")).to_be_visible()
    expect(button).to_have_count(0)
    assert status_of(urls, sent["number"]) == "dibatalkan"


def test_what_has_become_a_priority_meanwhile_is_not_withdrawn_and_the_page_says_so(
    open_page: OpenPage, lurah: Office, sent: dict[str, str]
) -> None:
    page = follow(open_page, sent)
    page.get_by_role("button", name="Batalkan usulan", exact=True).click()
    lurah.done(sent["number"], "status", to="verifikasi_kel")
    lurah.done(sent["number"], "status", to="prioritas_kel")

    page.get_by_role("button", name="Ya, batalkan usulan").click()

    expect(page.get_by_role("alert")).to_contain_text("sudah berubah")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_text("prioritas kelurahan dan dibawa")).to_be_visible()
    expect(page.get_by_role("button", name="Batalkan usulan", exact=True)).to_have_count(0)


def test_what_is_kept_of_a_person_is_had_as_a_file_and_then_erased(
    open_page: OpenPage, site: str, sent: dict[str, str]
) -> None:
    page = follow(open_page, sent)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Unduh data saya").click()
    kept = json.loads(waiting.value.path().read_text())
    assert waiting.value.suggested_filename == f"data-usulan-{sent['number']}.json"
    assert kept["contact"]["phone"] == PERSON["phone"]

    page.get_by_role("button", name="Hapus data saya").click()
    page.get_by_role("button", name="Ya, hapus data saya").click()

    expect(page.get_by_text("Data Anda sudah dihapus.")).to_be_focused()
    expect(page.get_by_text("Data pengusul sudah dihapus pada")).to_be_visible()
    expect(page.get_by_role("button", name="Hapus data saya")).to_have_count(0)
    assert httpx.get(f"{site}/api/v1/tracking/{sent['code']}/data").json()["contact"] is None
    page.get_by_role("button", name="Batalkan usulan", exact=True).click()
    page.get_by_role("button", name="Ya, batalkan usulan").click()
    expect(page.get_by_text("Usulan dibatalkan.")).to_be_focused()
    expect(page.get_by_text("Data pengusul sudah dihapus pada")).to_be_visible()


def test_an_erasure_that_did_not_reach_the_server_is_told_where_it_was_asked_for(
    open_page: OpenPage, site: str, sent: dict[str, str]
) -> None:
    page = follow(open_page, sent)
    page.get_by_role("button", name="Hapus data saya").click()
    page.context.set_offline(True)
    dialog = page.get_by_role("dialog")

    dialog.get_by_role("button", name="Ya, hapus data saya").click()

    expect(dialog.get_by_role("alert")).to_contain_text("Data belum dihapus.")
    told = httpx.get(f"{site}/api/v1/tracking/{sent['code']}/data").json()
    assert told["contact"]["phone"] == PERSON["phone"]

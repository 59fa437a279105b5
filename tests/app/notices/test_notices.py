"""Whoever left an address is told of the steps of his usulan, once, in fixed words."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.notices.sending import OF_USE, PAUSES
from app.notices.words import FAILURES, LETTERS, STATUSES
from app.usulan.workflow import MOVES
from tests.app.notices.posting import BASE, deliver, outbox
from tests.app.submission.sending import draft
from tests.app.world import Spot

HERE = Spot(0, 0)
PERSON = {
    "name": "Sri Canary Wahyuni",
    "phone": "+62811CANARY99",
    "email": "sri.wahyuni@warga.example",
    "consent": True,
}
CANARIES = ("Canary", "CANARY", "musala", "becek", "Gang Rahasia", "Bu Kenari")
WHY = {"reason_code": "A09", "reason": "Rumah Bu Kenari di Gang Rahasia belum jelas letaknya."}


@pytest.fixture
def lurah(office):
    return office("lurah", HERE)


def submitted(http, language="id", **person) -> str:
    body = draft(HERE, proposer=PERSON | person, address="Gang Rahasia 7")
    answer = http.post("/api/v1/usulan", json=body, headers={"Accept-Language": language})
    assert answer.status_code == 201, answer.text
    return answer.json()["number"]


@pytest.fixture
def number(http, mailbox) -> str:
    return submitted(http)


def later(minutes: float = 0) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutes)


def test_a_step_is_told_to_the_address_that_was_left_with_the_usulan(town, lurah, mailbox, number):
    lurah.done(number, "status", to="verifikasi_kel")

    assert deliver(town, mailbox.server) == 1

    [letter] = mailbox.letters
    [notice] = outbox(town)
    assert letter["To"] == PERSON["email"]
    assert letter["Subject"] == f"Usulan {number}: Diperiksa kelurahan"
    assert letter["Message-ID"] == f"<{notice['notice_id']}@peta.contoh.go.id>"
    # The page is named, and no code: nobody has confirmed the address.
    assert f"{BASE}/lacak dengan" in letter.get_content()
    assert notice["sent"] is not None


def test_who_sent_it_in_english_is_written_to_in_english(town, http, lurah, mailbox):
    number = submitted(http, "en")
    lurah.done(number, "status", to="verifikasi_kel")

    deliver(town, mailbox.server)

    [letter] = mailbox.letters
    assert letter["Subject"] == f"Usulan {number}: Checked by kelurahan"
    assert letter["Content-Language"] == "en"


def test_a_letter_holds_no_words_of_anybody_and_the_outbox_no_address(town, lurah, mailbox, number):
    lurah.done(number, "status", to="verifikasi_kel")
    question = "Apakah rumah Bu Kenari di Gang Rahasia nomor tujuh?"
    lurah.done(number, "status", to="dikembalikan", **WHY, question=question)
    kept = str(outbox(town))

    deliver(town, mailbox.server)

    told, asked = mailbox.letters
    assert asked["Subject"] == f"Usulan {number}: ada pertanyaan untuk Anda"
    for canary in CANARIES:
        assert canary not in told.as_string() + asked.as_string()
    for secret in (*CANARIES, PERSON["email"], number):
        assert secret not in kept


def test_one_is_not_written_to_of_what_one_did_oneself_nor_without_an_address(
    town, http, lurah, mailbox
):
    sent = http.post("/api/v1/usulan", json=draft(HERE, proposer=PERSON)).json()
    http.post(f"/api/v1/tracking/{sent['tracking_code']}/withdraw")
    lurah.done(submitted(http, email=None), "status", to="verifikasi_kel")
    lurah.done(submitted(http), "publication", published=False, reason="Perlu diperiksa dahulu.")

    assert outbox(town) == []


def test_an_act_that_is_refused_tells_nobody(town, lurah, mailbox, number):
    seen = lurah.look(number)["seen"]
    lurah.done(number, "publication", published=False, reason="Perlu diperiksa dahulu.")

    assert lurah.do(number, "status", {"to": "verifikasi_kel", "seen": seen}).status_code == 409

    assert outbox(town) == []


def test_a_step_that_is_taken_back_is_told_as_it_stands_then(town, lurah, mailbox, number):
    lurah.done(number, "status", to="verifikasi_kel")
    lurah.done(number, "undo")

    deliver(town, mailbox.server)

    subjects = [letter["Subject"].partition(": ")[2] for letter in mailbox.letters]
    assert subjects == ["Diperiksa kelurahan", "Diajukan"]


def test_of_many_workers_one_sends_each_letter(town, http, lurah, mailbox):
    numbers = [submitted(http) for _ in range(12)]
    for number in numbers:
        lurah.done(number, "status", to="verifikasi_kel")

    assert deliver(town, mailbox.server, workers=4) == len(numbers)

    subjects = sorted(letter["Subject"] for letter in mailbox.letters)
    assert subjects == sorted(f"Usulan {number}: Diperiksa kelurahan" for number in numbers)
    assert deliver(town, mailbox.server, now=later(60 * 24)) == 0


def test_a_server_that_is_busy_is_asked_again_with_growing_pauses_and_then_no_more(
    town, lurah, mailbox, number
):
    lurah.done(number, "status", to="verifikasi_kel")
    mailbox.answer = "451 4.3.0 try later sri.wahyuni@warga.example"
    now, waited = later(), []

    for pause in (*PAUSES, None):
        assert deliver(town, mailbox.server, now=now) == 1
        [notice] = outbox(town)
        if pause is not None:
            waited.append(notice["due"] - now)
            assert deliver(town, mailbox.server, now=now + pause - timedelta(seconds=1)) == 0
            now += pause

    assert waited == sorted(PAUSES)
    assert notice["given_up"] == now
    assert (notice["failure"], notice["reply_code"]) == ("ditolak", 451)
    assert deliver(town, mailbox.server, now=now + timedelta(days=1)) == 0
    assert mailbox.letters == []


def test_a_server_that_is_busy_once_gets_the_letter_later(town, lurah, mailbox, number):
    lurah.done(number, "status", to="verifikasi_kel")
    mailbox.answer = "451 4.3.0 try later"
    deliver(town, mailbox.server)
    mailbox.answer = None

    deliver(town, mailbox.server, now=later(2))

    assert len(mailbox.letters) == 1
    assert outbox(town)[0]["failure"] is None


def test_an_address_that_is_refused_for_good_is_not_tried_again(town, lurah, mailbox, number):
    lurah.done(number, "status", to="verifikasi_kel")
    mailbox.answer = "550 5.1.1 no such user"

    deliver(town, mailbox.server)

    [notice] = outbox(town)
    assert (notice["failure"], notice["reply_code"], notice["attempts"]) == ("ditolak", 550, 1)
    assert notice["given_up"] is not None


@pytest.mark.parametrize(
    "address",
    [
        "sri@warga.example\r\nBcc: semua@warga.example",
        "sri@warga.example\nSubject: lain",
        "sri@warga.example, budi@warga.example",
        "Sri <sri@warga.example>",
        "sri@warga.example>\r\nRCPT TO:<budi@warga.example",
        "@warga.example",
        "sri",
    ],
)
def test_an_address_that_is_more_than_one_address_is_written_to_by_nobody(
    town, lurah, mailbox, number, address
):
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "UPDATE peta.proposer SET email = %s FROM peta.usulan WHERE usulan.number = %s"
            " AND usulan.usulan_id = proposer.usulan_id",
            [address, number],
        )
    lurah.done(number, "status", to="verifikasi_kel")

    deliver(town, mailbox.server)

    assert mailbox.letters == []
    assert outbox(town)[0]["failure"] == "alamat_tidak_sah"


def test_an_address_that_was_erased_meanwhile_is_written_to_by_nobody(town, lurah, mailbox, number):
    lurah.done(number, "status", to="verifikasi_kel")
    with psycopg.connect(town.staff) as connection:
        connection.execute("DELETE FROM peta.proposer")

    deliver(town, mailbox.server)

    assert mailbox.letters == []
    assert outbox(town)[0]["failure"] == "tanpa_penerima"


def test_what_waited_for_days_is_told_no_more(town, lurah, mailbox, number):
    lurah.done(number, "status", to="verifikasi_kel")

    deliver(town, mailbox.server, now=datetime.now(UTC) + OF_USE + timedelta(minutes=1))

    assert mailbox.letters == []
    assert outbox(town)[0]["failure"] == "terlambat"


def test_a_server_without_encryption_gets_nothing_where_encryption_is_asked(
    town, lurah, mailbox, number
):
    lurah.done(number, "status", to="verifikasi_kel")

    for encryption in ("starttls", "tls"):
        server = type(mailbox.server)("127.0.0.1", mailbox.port, encryption, "peta@contoh.go.id")
        deliver(town, server, now=later(5))

    assert mailbox.letters == []
    assert outbox(town)[0]["failure"] == "tidak_tersambung"


def test_an_administrator_sees_what_failed_and_why_and_not_whom_it_was_for(
    town, lurah, office, mailbox, number
):
    lurah.done(number, "status", to="verifikasi_kel")
    mailbox.answer = "550 5.1.1 sri.wahyuni@warga.example unknown"
    deliver(town, mailbox.server)

    answer = office("admin_kota").ask("GET", "/notices")

    told = answer.json()
    [failed] = told.pop("troubled")
    assert told == {"waiting": 0, "sent": 0, "given_up": 1}
    assert (failed["number"], failed["failure"], failed["reply_code"]) == (number, "ditolak", 550)
    assert failed["detail"] == "Server surel menolaknya."
    assert PERSON["email"] not in answer.text


def test_every_status_and_failure_has_its_words_in_both_languages():
    words = [*STATUSES.values(), *FAILURES.values()]
    words += [part for letter in LETTERS.values() for part in letter]

    assert set(STATUSES) == set(MOVES)
    assert all(each.id and each.en for each in words)

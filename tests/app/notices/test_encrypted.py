"""Letters go out encrypted to a server that proves its name, and to no other."""

from datetime import UTC, datetime

import pytest

from app.mail import Letter, NotDelivered, send
from tests.certificates import made_certificate
from tests.mailbox import mail_server

LETTER = Letter(
    message_id="<satu@contoh.go.id>",
    recipient="sri@warga.example",
    subject="Usulan: ada pertanyaan",
    body="Baca di halaman lacak.",
    language="id",
    written=datetime(2026, 3, 2, tzinfo=UTC),
)


@pytest.fixture
def certificate(tmp_path):
    return made_certificate(tmp_path)


@pytest.fixture
def trusted(certificate, monkeypatch):
    """The same, trusted as the machine's own authorities are."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.public))
    return certificate


def test_a_letter_goes_by_starttls_and_is_encrypted(trusted):
    with mail_server(offers=trusted.serving()) as mailbox:
        send(mailbox.reached_by("starttls"), LETTER)

    [letter] = mailbox.letters
    assert (letter["To"], letter["Subject"]) == (LETTER.recipient, LETTER.subject)
    assert mailbox.ciphers[0] is not None


def test_a_letter_goes_to_a_server_that_is_encrypted_from_the_start(trusted):
    with mail_server(begins=trusted.serving()) as mailbox:
        send(mailbox.reached_by("tls"), LETTER)

    assert len(mailbox.letters) == 1
    assert mailbox.ciphers[0] is not None


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_no_letter(certificate, encryption):
    shown = {"offers" if encryption == "starttls" else "begins": certificate.serving()}

    with mail_server(**shown) as mailbox, pytest.raises(NotDelivered) as failed:
        send(mailbox.reached_by(encryption), LETTER)

    assert (mailbox.letters, failed.value.failure) == ([], "tidak_tersambung")
    assert not failed.value.is_final


@pytest.mark.parametrize("encryption", ["starttls", "tls"])
def test_a_server_with_the_certificate_of_another_name_gets_no_letter(
    tmp_path, monkeypatch, encryption
):
    other = made_certificate(tmp_path, name="DNS:surel.contoh.go.id")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.public))
    shown = {"offers" if encryption == "starttls" else "begins": other.serving()}

    with mail_server(**shown) as mailbox, pytest.raises(NotDelivered):
        send(mailbox.reached_by(encryption), LETTER)

    assert mailbox.letters == []


def test_a_server_that_takes_back_its_offer_of_encryption_gets_no_letter(trusted):
    """As somebody on the way would do who wants to read along."""
    with mail_server() as mailbox, pytest.raises(NotDelivered):
        send(mailbox.reached_by("starttls"), LETTER)

    assert mailbox.letters == []

"""One letter, and how it is handed to a mail server."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal

from app.language import Language

TIMEOUT_S = 10.0
"""For each answer of the mail server."""
# As browsers have it: nothing in it parts addresses, ends a header or is taken for a name.
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
_PERMANENT = 500
Encryption = Literal["starttls", "tls", "none"]


class NotDelivered(Exception):
    """An attempt that failed; `is_final` when the next one would fail too."""

    def __init__(
        self, failure: str, *, reply_code: int | None = None, is_final: bool = False
    ) -> None:
        super().__init__(failure)
        self.failure = failure
        self.reply_code = reply_code
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in, and in whose name."""

    host: str
    port: int
    encryption: Encryption
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody is told, as it goes out."""

    message_id: str
    recipient: str
    subject: str
    body: str
    language: Language
    written: datetime


def is_address(text: str) -> bool:
    """Whether a letter can be sent there, and to no other place by the same words."""
    return _ADDRESS.fullmatch(text) is not None


def send(server: MailServer, letter: Letter) -> None:
    """Hand a letter over; once the server has taken it, nothing counts as a failure any more.

    Raises NotDelivered.
    """
    message = _message(server, letter)
    try:
        _hand_over(server, letter.recipient, message)
    except smtplib.SMTPRecipientsRefused as refused:
        code, _ = refused.recipients[letter.recipient]
        raise _refused(code, is_of_letter=True) from None
    except smtplib.SMTPResponseException as answered:
        # Who may send, and from where, is for the operator to mend: the letter waits.
        is_of_letter = isinstance(answered, smtplib.SMTPDataError)
        raise _refused(answered.smtp_code, is_of_letter=is_of_letter) from None
    except (smtplib.SMTPException, OSError):
        raise NotDelivered("tidak_tersambung") from None


def _message(server: MailServer, letter: Letter) -> EmailMessage:
    if not is_address(letter.recipient):
        raise NotDelivered("alamat_tidak_sah", is_final=True)
    message = EmailMessage(policy=SMTP)
    message["From"] = server.sender
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    message["Content-Language"] = letter.language  # which setting the content would drop
    return message


def _hand_over(server: MailServer, recipient: str, message: EmailMessage) -> None:
    context = ssl.create_default_context()
    line: smtplib.SMTP
    if server.encryption == "tls":
        line = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=context)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
    try:
        if server.encryption == "starttls":
            line.starttls(context=context)
        if server.user is not None:
            line.login(server.user, server.password or "")
        line.send_message(message, server.sender, [recipient])
        with suppress(smtplib.SMTPException, OSError):
            line.quit()
    finally:
        line.close()


def _refused(code: int, *, is_of_letter: bool) -> NotDelivered:
    is_final = is_of_letter and code >= _PERMANENT
    return NotDelivered("ditolak", reply_code=code, is_final=is_final)

"""A mail server on this machine, and what it was handed."""

import email
import os
import signal
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller

from app.mail import Encryption, MailServer

SENDER = "peta@contoh.go.id"


@dataclass
class Mailbox:
    """Letters taken, and what is answered instead of taking one."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    answer: str | None = None
    """To the recipient's address, as `550 no such user`."""
    killed: int | None = None
    """The process that is killed..."""
    killed_at: str = "DATA"
    """...when it comes to this command; a letter has been taken by then at DATA."""
    ciphers: list[str | None] = field(default_factory=list)
    """By which each letter came; None: in the clear."""

    @property
    def server(self) -> MailServer:
        return self.reached_by("none")

    def reached_by(self, encryption: Encryption) -> MailServer:
        return MailServer("127.0.0.1", self.port, encryption, SENDER)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        self._kill("RCPT")
        if self.answer is not None:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        cipher = server.transport.get_extra_info("cipher")
        self.ciphers.append(cipher and cipher[0])
        self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        self._kill("DATA")
        return "250 OK"

    def _kill(self, command: str) -> None:
        if self.killed is not None and self.killed_at == command:
            os.kill(self.killed, signal.SIGKILL)
            self.killed = None


@contextmanager
def mail_server(
    *, offers: ssl.SSLContext | None = None, begins: ssl.SSLContext | None = None
) -> Iterator[Mailbox]:
    """A mailbox that is open until the block ends.

    It `offers` encryption by STARTTLS and takes no letter without, or `begins` with it.
    """
    mailbox = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        mailbox.port = probe.getsockname()[1]
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=mailbox.port,
        ssl_context=begins,
        tls_context=offers,
        require_starttls=offers is not None,
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()

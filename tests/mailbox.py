"""A mail server on this machine, and what it was handed."""

import email
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller

from app.mail import MailServer

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

    @property
    def server(self) -> MailServer:
        return MailServer("127.0.0.1", self.port, "none", SENDER)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        self._kill("RCPT")
        if self.answer is not None:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        self._kill("DATA")
        return "250 OK"

    def _kill(self, command: str) -> None:
        if self.killed is not None and self.killed_at == command:
            os.kill(self.killed, signal.SIGKILL)
            self.killed = None


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A mailbox that is open until the block ends."""
    mailbox = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        mailbox.port = probe.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()

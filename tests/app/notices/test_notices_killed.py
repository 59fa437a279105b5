"""A worker that is killed loses no letter; the one window ends in the same letter again."""

import asyncio
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.database import open_database
from app.mail import TIMEOUT_S
from app.notices.sending import LEASE, Post, send_next
from tests.app.notices.posting import BASE, SECRET, deliver, outbox
from tests.app.notices.test_notices import HERE, submitted

WORKER = """
import asyncio, sys
from app.database import open_database
from app.mail import MailServer
from app.notices.sending import Post, send_next

async def work(staff, public, port):
    server = MailServer("127.0.0.1", int(port), "none", "peta@contoh.go.id")
    sys.stdin.readline()
    post = Post(open_database(staff, public), "https://peta.contoh.go.id", server, b"secret")
    await send_next(post, server)

asyncio.run(work(*sys.argv[1:]))
"""


@pytest.fixture
def told(http, office, mailbox) -> datetime:
    """When word of a step was put into the outbox."""
    office("lurah", HERE).done(submitted(http), "status", to="verifikasi_kel")
    return datetime.now(UTC)


def killed_at(command, town, mailbox) -> int:
    """A worker that the mail server kills when it comes to a command; how it ended."""
    arguments = [sys.executable, "-c", WORKER, town.staff, town.public, str(mailbox.port)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, text=True) as worker:
        mailbox.killed, mailbox.killed_at = worker.pid, command
        worker.communicate("begin\n", timeout=60)
        return worker.returncode


@pytest.mark.parametrize(("command", "copies"), [("RCPT", 1), ("DATA", 2)])
def test_a_killed_worker_loses_no_letter_and_repeats_only_what_was_not_marked(
    town, mailbox, told, command, copies
):
    begun = told

    assert killed_at(command, town, mailbox) == -9
    assert deliver(town, mailbox.server, now=begun + LEASE - timedelta(minutes=1)) == 0
    assert deliver(town, mailbox.server, now=begun + LEASE + timedelta(minutes=2)) == 1

    assert [letter["Message-ID"] for letter in mailbox.letters] == [
        f"<{outbox(town)[0]['notice_id']}@peta.contoh.go.id>"
    ] * copies
    assert outbox(town)[0]["sent"] is not None
    assert deliver(town, mailbox.server, now=begun + timedelta(days=1)) == 0


def test_a_mail_server_that_never_answers_does_not_hold_up_a_process_that_stops(
    town, mailbox, told
):
    with socket.create_server(("127.0.0.1", 0)) as silent, ExitStack() as held:
        server = replace(mailbox.server, port=silent.getsockname()[1])

        async def stopped_at_work() -> None:
            database = open_database(town.staff, town.public)
            post = Post(database, BASE, server, SECRET)
            sending = asyncio.create_task(send_next(post, server, now=told))
            line, _ = await asyncio.to_thread(silent.accept)
            held.enter_context(line)
            sending.cancel()
            await asyncio.wait([sending])
            await database.close()

        begun = time.monotonic()
        asyncio.run(stopped_at_work())
        took_s = time.monotonic() - begun

    assert took_s < TIMEOUT_S / 2
    assert outbox(town)[0]["sent"] is None

"""Emptying an outbox, and looking into it."""

import asyncio
from datetime import datetime

import psycopg
from psycopg.rows import dict_row

from app.cluster import DatabaseUrls
from app.database import open_database
from app.mail import MailServer
from app.notices.sending import Post, send_next

BASE = "https://peta.contoh.go.id"
SECRET = b"for tests only"


def deliver(
    urls: DatabaseUrls, server: MailServer, *, now: datetime | None = None, workers: int = 1
) -> int:
    """Send all that is due; how many were tried."""

    async def work() -> int:
        database = open_database(urls.staff, urls.public)
        post, tried = Post(database, BASE, server, SECRET), 0

        async def one_worker() -> None:
            nonlocal tried
            while await send_next(post, server, now=now):
                tried += 1

        try:
            await asyncio.gather(*(one_worker() for _ in range(workers)))
        finally:
            await database.close()
        return tried

    return asyncio.run(work())


def outbox(urls: DatabaseUrls) -> list[dict]:
    """Every notice, the oldest first."""
    with psycopg.connect(urls.staff, row_factory=dict_row) as connection:
        return connection.execute("SELECT * FROM peta.notice ORDER BY created").fetchall()

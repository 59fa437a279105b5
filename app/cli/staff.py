"""The database as the commands for loading use it: migrated, with the staff role's rights."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from psycopg import Connection, connect

from app.cities.service import KnownCity, find_city
from app.cli.output import complain, report
from app.cluster import migrate, running_database
from app.settings import Settings


@contextmanager
def staff_connection() -> Iterator[Connection]:
    """One transaction of the staff role: committed at the end, undone by any error."""
    settings = Settings()
    with running_database(settings, report) as urls:
        migrate(urls, settings)
        with connect(urls.staff) as connection:
            yield connection


def require_city(connection: Connection, code: str) -> KnownCity:
    city = find_city(connection, code)
    if city is None:
        nothing_done(f"kota {code[:20]!r} belum ada; tambahkan dengan: peta city add KODE NAMA")
    return city


def nothing_done(reason: str) -> NoReturn:
    """End with status 1 and the reason on stderr."""
    complain(f"Tidak ada yang diubah: {reason}.")
    raise typer.Exit(1)

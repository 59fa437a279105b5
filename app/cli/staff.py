"""The database as the commands for loading use it: migrated, with the staff role's rights."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer
from psycopg import Connection, OperationalError, connect

from app.cities.service import KnownCity, find_city
from app.cli.output import complain, report
from app.cluster import DatabaseUrls, running_database
from app.cluster.revisions import find_revision, newest_revision
from app.settings import Settings
from app.statements import load_statement

MOST_OF_A_NAME = 200


@contextmanager
def staff_connection(
    *, analyze: str | None = None, loads_usulan: bool = False
) -> Iterator[Connection]:
    """One transaction with the rights of staff: committed at the end, undone by any error.

    `analyze` names the domain whose tables were filled: once committed, the planner is told of
    it by the owner, whom PostgreSQL lets do so.
    """
    settings = Settings()
    with running_database(settings, report) as urls:
        require_schema(urls, settings)
        with connect(urls.loader if loads_usulan else urls.staff) as connection:
            yield connection
        if analyze is not None:
            with connect(urls.owner, autocommit=True) as owner:
                owner.execute(load_statement(analyze, "analyze"))


def require_schema(urls: DatabaseUrls, settings: Settings) -> None:
    """Make a missing schema; an older one is left to `peta db migrate`, which backs it up first."""
    try:
        revision = find_revision(urls.owner)
    except OperationalError:  # the database itself is still to be made
        revision = None
    if revision is None:
        from app.cluster.migrations import migrate

        migrate(urls, settings)
    elif revision != newest_revision():
        nothing_done("skema basis data masih versi lama; jalankan dahulu: peta db migrate")


def require_file(path: Path) -> None:
    """Before anything is opened: most wrong paths are slips of the pen."""
    # Unlike `Path.exists` this takes a name that no file could have for one that is not there.
    if not os.path.exists(path):  # noqa: PTH110 - see above
        nothing_done(f"berkas {str(path)[:MOST_OF_A_NAME]!r} tidak ada; periksa nama dan foldernya")


def require_city(connection: Connection, code: str) -> KnownCity:
    city = find_city(connection, code)
    if city is None:
        nothing_done(f"kota {code[:20]!r} belum ada; tambahkan dengan: peta city add KODE NAMA")
    return city


def nothing_done(reason: str) -> NoReturn:
    """End with status 1 and the reason on stderr."""
    complain(f"Tidak ada yang diubah: {reason}.")
    raise typer.Exit(1)

"""Put a backup into a new database, and use it only when it is what was saved."""

import json
import shutil
import tarfile
import time
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg import Connection, connect, sql
from psycopg.errors import DependentObjectsStillExist, ObjectInUse

from app.cluster.backup import (
    DUMP,
    FORMAT,
    MANIFEST,
    SCHEMAS,
    Content,
    Manifest,
    postgres_tool,
    read_contents,
    run_tool,
    sha256,
)
from app.cluster.errors import BackupRefused
from app.cluster.roles import make_database
from app.cluster.server import Report
from app.cluster.urls import DatabaseUrls, database_name, with_database

SWAP_TRIES = 20
LARGEST_MANIFEST_BYTES = 1_000_000

END_SESSIONS = """
SELECT pg_terminate_backend(activity.pid)
FROM pg_stat_activity AS activity
WHERE activity.datname = %s AND activity.pid <> pg_backend_pid()
"""


HOLDINGS = """
SELECT
    (SELECT count(*) FROM peta.city) AS cities,
    (SELECT count(*) FROM peta.usulan) AS usulan
"""


def find_replaced(urls: DatabaseUrls) -> tuple[int, int] | None:
    """How many cities and usulan a restore takes out of use; None where there is nothing to lose.

    A server that is not ours is never replaced: there the database given must be empty.
    """
    if urls.superuser is None:
        return None
    with connect(urls.owner) as connection:
        if connection.execute("SELECT to_regclass('peta.usulan')").fetchone() == (None,):
            return None
        cities, usulan = next(iter(connection.execute(HOLDINGS)))
    return (cities, usulan) if cities else None


def restore_backup(urls: DatabaseUrls, file: Path, report: Report) -> dict[str, object]:
    """Restore, verify, and take into use; the database in use until now stays under another name.

    On a server that is not ours the database given must be empty instead.

    Raises BackupRefused when the file is damaged or what was restored differs from what was saved.
    """
    with TemporaryDirectory(dir=file.absolute().parent, prefix=".restore-") as folder:
        manifest, dump = _unpack(file, Path(folder))
        if urls.superuser is None:
            _fill(urls.owner, dump, manifest)
            return manifest.summary()
        return {**manifest.summary(), "kept": _replace(urls, dump, manifest, report)}


def _replace(urls: DatabaseUrls, dump: Path, manifest: Manifest, report: Report) -> str:
    """Fill a new database, give it the name of the old one; the old one's new name."""
    assert urls.superuser is not None  # noqa: S101 - the caller has looked
    stamp = datetime.now().astimezone().strftime("%Y%m%d%H%M%S")
    name = database_name(urls.superuser)
    new, kept = f"{name}_restored_{stamp}", f"{name}_until_{stamp}"
    make_database(with_database(urls.superuser, new))
    report(f"Memulihkan ke basis data baru {new}")
    _fill(with_database(urls.owner, new), dump, manifest)
    _swap(with_database(urls.superuser, "postgres"), name, new=new, kept=kept)
    report(f"Basis data yang dipakai sampai sekarang disimpan sebagai {kept}")
    return kept


def _unpack(file: Path, folder: Path) -> tuple[Manifest, Path]:
    dump = folder / DUMP
    try:
        with tarfile.open(file) as archive:
            manifest = _read_manifest(archive)
            source = archive.extractfile(DUMP)
            if source is None:
                raise BackupRefused(f"{file} tidak memuat isi basis data.")
            with source, dump.open("wb") as target:
                shutil.copyfileobj(source, target)
    except (tarfile.TarError, KeyError, TypeError, ValueError) as error:
        raise BackupRefused(f"{file} bukan cadangan Peta Usulan: {error}") from error
    if sha256(dump) != manifest.dump_sha256:
        raise BackupRefused(f"{file} rusak: isinya bukan yang dahulu ditulis.")
    return manifest, dump


def _read_manifest(archive: tarfile.TarFile) -> Manifest:
    source = archive.extractfile(MANIFEST)
    stored = json.loads(source.read(LARGEST_MANIFEST_BYTES)) if source else {}
    if stored.get("format") != FORMAT:
        raise BackupRefused(f"Cadangan berformat {stored.get('format')}, bukan {FORMAT}.")
    tables = {name: Content(**content) for name, content in stored.pop("tables").items()}
    return Manifest(**stored, tables=tables)


def _fill(owner_url: str, dump: Path, manifest: Manifest) -> None:
    with connect(owner_url) as connection:
        for schema in SCHEMAS:
            name = sql.Identifier(schema)
            try:
                connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} RESTRICT").format(name))
            except DependentObjectsStillExist as error:
                raise BackupRefused(
                    f"Tidak ada yang diubah: skema {schema} tidak kosong. Buat basis data baru dan"
                    f" sebutkan dalam PETA_DATABASE_URL."
                ) from error
    tool = postgres_tool("pg_restore")
    run_tool([tool, "--exit-on-error", "--no-owner", f"--dbname={owner_url}", str(dump)])
    _verify(owner_url, manifest)
    _forget_changes(owner_url)


def _forget_changes(owner_url: str) -> None:
    """Empty what names transactions of the server that was saved: here they are others."""
    with connect(owner_url) as connection:
        if connection.execute("SELECT to_regclass('peta.change')").fetchone() != (None,):
            connection.execute("DELETE FROM peta.change")


def _verify(owner_url: str, manifest: Manifest) -> None:
    with connect(owner_url) as connection:
        restored = read_contents(connection)
    different = sorted(
        name
        for name in restored.keys() | manifest.tables.keys()
        if restored.get(name) != manifest.tables.get(name)
    )
    if different:
        raise BackupRefused(f"Hasil pemulihan berbeda dari cadangan: {', '.join(different)}.")


def _swap(server_url: str, name: str, *, new: str, kept: str) -> None:
    """Both names change in one transaction: killed at any point, one database has the name."""
    for _ in range(SWAP_TRIES):
        with connect(server_url, autocommit=True) as server:
            server.execute(END_SESSIONS, [name])
            server.execute(END_SESSIONS, [new])
            try:
                with server.transaction():
                    _rename(server, name, kept)
                    _rename(server, new, name)
            except ObjectInUse:  # the web server has connected again in between
                time.sleep(0.1)
            else:
                return
    raise BackupRefused(f"Basis data masih dipakai; hasil pemulihan menunggu sebagai {new}.")


def _rename(server: Connection, old: str, new: str) -> None:
    server.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
    )

"""A backup is one tar file: the dump, and a manifest that a restore must meet."""

import hashlib
import io
import json
import subprocess
import tarfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from psycopg import Connection, IsolationLevel, connect, sql

from app.cluster.binaries import find_binaries
from app.cluster.errors import BackupRefused, BinariesMissing
from app.cluster.revisions import find_revision, newest_revision
from app.cluster.server import Report
from app.cluster.urls import DatabaseUrls
from app.settings import Settings

FORMAT = 1
DUMP = "database.dump"
MANIFEST = "manifest.json"
SCHEMAS = ("peta", "map")

# Text of a row must not depend on who asks.
FIXED_TEXT = """
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO, YMD';
SET LOCAL intervalstyle = 'iso_8601';
SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex'
"""
TABLES = """
SELECT class.relname
FROM pg_class AS class
WHERE class.relnamespace = CAST('peta' AS regnamespace) AND class.relkind = 'r'
ORDER BY class.relname
"""
# A sum of row hashes does not depend on the order of the rows.
CONTENT = """
SELECT
    count(*) AS rows,
    CAST(coalesce(sum(hashtextextended(CAST(content AS text), 0)), 0) AS text) AS checksum
FROM peta.{table} AS content
"""


@dataclass(frozen=True)
class Content:
    rows: int
    checksum: str


@dataclass(frozen=True)
class Manifest:
    """What was in the database when the dump was taken."""

    format: int
    created: str
    revision: str | None
    dump_sha256: str
    tables: dict[str, Content]

    def summary(self) -> dict[str, object]:
        rows = sum(content.rows for content in self.tables.values())
        return {
            "created": self.created,
            "migration": self.revision,
            "tables": len(self.tables),
            "rows": rows,
        }


def write_backup(urls: DatabaseUrls, file: Path) -> Manifest:
    """Write dump and manifest of one and the same moment; the file appears when it is whole."""
    if file.exists():
        raise BackupRefused(
            f"Tidak ada yang diubah: {file} sudah ada; cadangan tidak pernah ditimpa."
        )
    # The private folder stands beside the file: /tmp may be small, and rename needs one disk.
    with TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder:
        dump = Path(folder) / DUMP
        with connect(urls.owner) as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            contents = read_contents(connection)
            _dump(urls.owner, dump, snapshot=_exported_snapshot(connection))
        manifest = Manifest(
            format=FORMAT,
            created=datetime.now().astimezone().isoformat(timespec="seconds"),
            revision=find_revision(urls.owner),
            dump_sha256=sha256(dump),
            tables=contents,
        )
        whole = Path(folder) / "whole.tar"
        _pack(whole, dump, manifest)
        whole.rename(file)
    return manifest


def back_up_before_migration(urls: DatabaseUrls, settings: Settings, report: Report) -> None:
    """Keep a backup in the state folder when a schema that holds something is to change.

    A server that is not ours has its own backups.
    """
    newest = newest_revision()
    if urls.superuser is None or find_revision(urls.owner) in (None, newest):
        return
    folder = settings.state_dir / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"before-{newest}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.tar"
    write_backup(urls, file)
    report(f"Sebelum migrasi, cadangan ditulis ke {file}")


def read_contents(connection: Connection) -> dict[str, Content]:
    """Rows and checksum of every table, as this transaction sees them."""
    connection.execute(FIXED_TEXT)
    contents = {}
    for (table,) in connection.execute(TABLES).fetchall():
        statement = sql.SQL(CONTENT).format(table=sql.Identifier(table))
        contents[table] = Content(*connection.execute(statement).fetchone() or (0, ""))
    return contents


def postgres_tool(name: str) -> str:
    """Path of pg_dump or pg_restore."""
    binaries = find_binaries()
    found = binaries.path(name) if binaries else which(name)
    if found is None:
        raise BinariesMissing(
            f"{name} belum terpasang (Debian: apt-get install postgresql-client)."
        )
    return found


def run_tool(command: list[str]) -> None:
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise BackupRefused(f"{Path(command[0]).name} gagal: {answer.stderr.strip()}")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump(url: str, dump: Path, *, snapshot: str) -> None:
    schemas = [f"--schema={schema}" for schema in SCHEMAS]
    target = [f"--dbname={url}", f"--file={dump}"]
    run_tool(
        [postgres_tool("pg_dump"), "--format=custom", f"--snapshot={snapshot}", *schemas, *target]
    )


def _exported_snapshot(connection: Connection) -> str:
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    return str(row[0]) if row else ""


def _pack(whole: Path, dump: Path, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(text)
    with tarfile.open(whole, "w") as archive:
        archive.addfile(entry, io.BytesIO(text))
        archive.add(dump, arcname=DUMP)

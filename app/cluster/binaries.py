"""Where PostgreSQL with PostGIS is installed."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from app.cluster.errors import BinariesMissing

DEBIAN_PREFIX = Path("/usr/lib/postgresql")
DEBIAN_SHARE = Path("/usr/share/postgresql")
LZ4_FROM = 15
"""The first major version that packs its log by LZ4."""


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL that has PostGIS."""

    folder: Path
    major: int

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def settings(self) -> dict[str, str]:
        """What not every installation knows: LZ4 for the pages in the write-ahead log.

        A page stands there whole when it is first written after a checkpoint, and an usulan
        writes a dozen. PostgreSQL's own way of packing took a fifth of the work of storing it.
        """
        program = self.path("pg_config")
        has_lz4 = which(program) and "--with-lz4" in _pg_config("--configure", program)
        return {"wal_compression": "lz4"} if has_lz4 and self.major >= LZ4_FROM else {}


def find_binaries() -> Binaries | None:
    """The newest installation with PostGIS, or None."""
    found = [*_debian_installations(), *_configured_installation()]
    return max(found, key=lambda binaries: binaries.major, default=None)


def get_binaries() -> Binaries:
    binaries = find_binaries()
    if binaries is None:
        raise BinariesMissing(
            "PostgreSQL dengan PostGIS belum terpasang. Pada Debian atau Ubuntu:\n"
            "  sudo apt-get install --no-install-recommends postgresql-15 postgresql-15-postgis-3\n"
            "atau isi PETA_DATABASE_URL dengan server yang memiliki PostGIS."
        )
    return binaries


def binaries_of_major(major: int) -> Binaries | None:
    """The installation of exactly this major version, or None."""
    return next((found for found in _debian_installations() if found.major == major), None)


def _debian_installations() -> list[Binaries]:
    return [
        Binaries(folder / "bin", int(folder.name))
        for folder in DEBIAN_PREFIX.glob("*")
        if folder.name.isdigit()
        and (folder / "bin" / "postgres").exists()
        and (DEBIAN_SHARE / folder.name / "extension" / "postgis.control").exists()
    ]


def _configured_installation() -> list[Binaries]:
    """What pg_config points at; empty where it is Debian's wrapper or lacks the server."""
    if which("pg_config") is None:
        return []
    folder = Path(_pg_config("--bindir"))
    control = Path(_pg_config("--sharedir")) / "extension" / "postgis.control"
    version = re.search(r"\d+", _pg_config("--version"))
    if version is None or not control.exists() or not (folder / "postgres").exists():
        return []
    return [Binaries(folder, int(version.group()))]


def _pg_config(option: str, program: str = "pg_config") -> str:
    command = [program, option]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.stdout.strip()

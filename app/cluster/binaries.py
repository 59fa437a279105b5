"""Where PostgreSQL with PostGIS is installed."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from app.cluster.errors import BinariesMissing

DEBIAN_PREFIX = Path("/usr/lib/postgresql")
DEBIAN_SHARE = Path("/usr/share/postgresql")


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL that has PostGIS."""

    folder: Path
    major: int

    def path(self, name: str) -> str:
        return str(self.folder / name)


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


def _pg_config(option: str) -> str:
    command = ["pg_config", option]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.stdout.strip()

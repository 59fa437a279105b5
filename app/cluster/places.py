"""Where the embedded cluster keeps its folder, its socket and its locks."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from app.cluster.account import Account, account_of, can_enter
from app.cluster.errors import ClusterRefused

SYSTEM_STATE_DIR = Path("/var/lib/peta-usulan")
LONGEST_SOCKET_PATH_BYTES = 107
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Places:
    """The folders of one cluster and the account that owns them."""

    cluster_dir: Path
    account: Account
    moved_from: Path | None = None

    @property
    def data_dir(self) -> Path:
        return self.cluster_dir / "data"

    @property
    def log_file(self) -> Path:
        return self.cluster_dir / "postgres.log"

    @property
    def start_lock(self) -> Path:
        """Held exclusively while someone starts, stops or alters the cluster."""
        return self.cluster_dir / "start.lock"

    @property
    def use_lock(self) -> Path:
        """Held in common by everyone who uses the running cluster."""
        return self.cluster_dir / "use.lock"

    @property
    def keep_mark(self) -> Path:
        """Present when the cluster was started to stay, by `peta db start`."""
        return self.cluster_dir / "keep"

    @property
    def socket_dir(self) -> Path:
        """Beside the data, or in /tmp where that path would be no address.

        The kernel takes 107 bytes, and libpq reads a comma as the start of a second host.
        """
        beside = self.cluster_dir / "socket"
        is_short = len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH_BYTES
        if is_short and "," not in str(beside):
            return beside
        return Path("/tmp") / f"peta-{self.account.uid}-{_digest(self.cluster_dir)}"  # noqa: S108


def cluster_places(state_dir: Path) -> Places:
    """The places of the cluster of a state folder.

    PostgreSQL started by root runs as an ordinary user, who cannot enter a checkout under a
    private home; the cluster then lives in /var/lib/peta-usulan, under a name made from the
    state folder. A cluster that already stands in either place is never left for the other.
    """
    beside = state_dir / "pg"
    system = SYSTEM_STATE_DIR / _digest(state_dir)
    if os.geteuid() != 0 or _is_initialised(beside):
        return _reachable(Places(beside, account_of(beside / "data")))
    account = account_of(system / "data")
    if _is_initialised(system) or not can_enter(_nearest_existing(beside), account):
        return Places(system, account, moved_from=beside)
    return Places(beside, account)


def make_folders(places: Places) -> None:
    """Make the cluster's folders, private to its account; a socket folder of others is refused."""
    places.cluster_dir.mkdir(parents=True, exist_ok=True)
    _own(places.cluster_dir, places.account, 0o700)
    places.socket_dir.mkdir(exist_ok=True)
    found = places.socket_dir.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), places.account.uid):
        raise ClusterRefused(f"{places.socket_dir} milik pengguna lain; hapus dahulu.")
    _own(places.socket_dir, places.account, 0o700)


def _own(folder: Path, account: Account, mode: int) -> None:
    if os.geteuid() == 0:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(mode)


def _is_initialised(cluster_dir: Path) -> bool:
    try:
        return (cluster_dir / "data").exists()
    except PermissionError:
        return False


def _reachable(places: Places) -> Places:
    if not can_enter(_nearest_existing(places.cluster_dir), places.account):
        raise ClusterRefused(
            f"Basis data ada di {places.data_dir}, yang tidak lagi dapat dimasuki pengguna "
            f"{places.account.name}. Beri izin lewat (chmod o+x) pada folder di atasnya."
        )
    return places


def _nearest_existing(folder: Path) -> Path:
    return next(parent for parent in (folder, *folder.parents) if parent.exists())


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]

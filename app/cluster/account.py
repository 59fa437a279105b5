"""The operating-system user that PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from app.cluster.errors import ClusterRefused

POSTGRES_ACCOUNT = "postgres"


class Identity(TypedDict, total=False):
    """The arguments of subprocess that make a child run as someone else."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    @property
    def identity(self) -> Identity:
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_of(data_dir: Path) -> Account:
    """Who runs the cluster: the owner of its folder, else ourselves, else `postgres` for root.

    Raises ClusterRefused for an ordinary user before a cluster that belongs to someone else.
    """
    own_uid = os.geteuid()
    if not _exists(data_dir):
        return _account(own_uid) if own_uid != 0 else _postgres_account()
    owner_uid = data_dir.stat().st_uid
    if own_uid not in (0, owner_uid):
        raise ClusterRefused(
            f"Basis data di {data_dir} milik pengguna {_account(owner_uid).name}. Jalankan sebagai "
            f"pengguna itu atau root, atau isi PETA_STATE_DIR dengan folder Anda sendiri."
        )
    return _account(owner_uid)


def can_enter(folder: Path, account: Account) -> bool:
    """Whether the account may pass through this existing folder."""
    if os.geteuid() != 0:
        return os.access(folder, os.X_OK)
    return run_as(account, ["test", "-x", str(folder)], home=Path("/")) == 0


def run_as(account: Account, command: Sequence[str], *, home: Path) -> int:
    return subprocess.run(
        command, cwd=home, env=environment(account, home), check=False, **account.identity
    ).returncode


def environment(account: Account, home: Path) -> Mapping[str, str]:
    """A clean environment: PostgreSQL would otherwise follow the caller's PG* variables."""
    return {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PATH": os.environ.get("PATH", os.defpath),
        "TZ": "UTC",
        "USER": account.name,
    }


def _exists(data_dir: Path) -> bool:
    try:
        return data_dir.exists()
    except PermissionError as error:
        raise ClusterRefused(f"{data_dir} tidak dapat dibaca pengguna ini: {error}") from error


def _account(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        raise ClusterRefused(
            f"Pengguna {uid} tidak bernama di mesin ini, padahal PostgreSQL memerlukannya. "
            f"Tambahkan ke /etc/passwd atau jalankan sebagai pengguna lain."
        ) from error
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _postgres_account() -> Account:
    try:
        entry = pwd.getpwnam(POSTGRES_ACCOUNT)
    except KeyError as error:
        raise ClusterRefused(
            "PostgreSQL tidak berjalan sebagai root dan pengguna `postgres` tidak ada. "
            "Buat dahulu: useradd --system --shell /usr/sbin/nologin postgres"
        ) from error
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)

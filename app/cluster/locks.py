"""File locks that the kernel gives back when their holder dies, so none is ever stale."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cluster.account import Account
from app.cluster.errors import ClusterInUse

POLL_SECONDS = 0.05


@contextmanager
def exclusive(path: Path, account: Account, *, wait_seconds: float) -> Iterator[None]:
    """Hold the lock alone; ClusterInUse when others keep it for longer than we wait."""
    descriptor = _open(path, account)
    try:
        _wait_for(descriptor, path, wait_seconds)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def shared(path: Path, account: Account) -> Iterator[int]:
    """Hold the lock together with others; yields the descriptor that carries it."""
    descriptor = _open(path, account)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield descriptor
    finally:
        os.close(descriptor)


def is_held_by_others(path: Path, account: Account) -> bool:
    descriptor = _open(path, account)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _open(path: Path, account: Account) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    if os.geteuid() == 0:
        os.fchown(descriptor, account.uid, account.gid)
    return descriptor


def _wait_for(descriptor: int, path: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise ClusterInUse(f"Proses lain sedang memegang {path}.") from None
            time.sleep(POLL_SECONDS)
        else:
            return

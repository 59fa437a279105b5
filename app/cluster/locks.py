"""File locks that the kernel gives back when their holder dies, so none is ever stale."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cluster.account import Account
from app.cluster.errors import ClusterInUse

POLL_SECONDS = 0.05


def never() -> bool:
    """Nobody calls it off."""
    return False


@contextmanager
def exclusive(
    path: Path, account: Account, *, wait_seconds: float, is_cancelled: Callable[[], bool] = never
) -> Iterator[None]:
    """Hold the lock alone; ClusterInUse when others keep it for longer than we wait."""
    deadline = time.monotonic() + wait_seconds
    descriptor = _open(path, account)
    try:
        _wait_for(descriptor, path, lambda: is_cancelled() or time.monotonic() > deadline)
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


def _wait_for(descriptor: int, path: Path, is_over: Callable[[], bool]) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if is_over():
                raise ClusterInUse(f"Proses lain sedang memegang {path}.") from None
            time.sleep(POLL_SECONDS)
        else:
            return

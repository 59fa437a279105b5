"""A disk that a test fills and empties again, and no other program's.

Where the machine lets us mount, it is a small file system of its own. Everywhere else PostgreSQL
runs with `full_disk.c` before the C library: while a mark stands, whatever would make a file
larger is refused as a full disk refuses it. The first is the real thing; the second needs no
rights, so that the test runs everywhere.
"""

import errno
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import which
from typing import Protocol

from app.cluster.binaries import Binaries, get_binaries

SIZE_MB = 400
_SOURCE = Path(__file__).with_name("full_disk.c")


class SmallDisk(Protocol):
    """Where an installation stands, and the PostgreSQL that writes there."""

    @property
    def binaries(self) -> Binaries:
        """The programs to run the cluster with."""

    def fill(self) -> None:
        """Leave no room."""

    def free(self) -> None:
        """Give the room back."""


@dataclass(frozen=True)
class Mounted:
    """A file system of `SIZE_MB`, filled by a file that is of no use."""

    folder: Path
    binaries: Binaries

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        block = bytes(1 << 20)
        with self._ballast.open("ab", buffering=0) as file:
            while len(block) > 0:
                try:
                    file.write(block)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    block = block[: len(block) // 2]

    def free(self) -> None:
        self._ballast.unlink()


@dataclass(frozen=True)
class Pretended:
    """A disk that PostgreSQL finds full while the mark stands."""

    mark: Path
    binaries: Binaries

    def fill(self) -> None:
        self.mark.touch()

    def free(self) -> None:
        self.mark.unlink()


def may_mount(folder: Path) -> bool:
    """Whether this machine lets us mount a file system there."""
    with _mounted(folder) as is_mounted:
        return is_mounted


@contextmanager
def mounted_disk(folder: Path) -> Iterator[SmallDisk]:
    """A file system of its own at an empty folder."""
    with _mounted(folder) as is_mounted:
        assert is_mounted
        folder.chmod(0o755)
        yield Mounted(folder, get_binaries())


def pretended_disk(folder: Path) -> SmallDisk:
    """Programs in an empty folder that find the disk full when told to."""
    compiler = which("cc")
    assert compiler, "Tidak ada penyusun C: pasang gcc dan libc6-dev (apt-get install gcc)"
    library, mark = folder / "full_disk.so", folder / "full"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, _SOURCE], check=True)
    real = get_binaries()
    for program in real.folder.iterdir():
        (folder / program.name).symlink_to(program)
    postgres = folder / "postgres"
    postgres.unlink()
    before = {"LD_PRELOAD": str(library), "FULL_DISK_MARK": str(mark)}
    settings = shlex.join(f"{name}={value}" for name, value in before.items())
    postgres.write_text(f'#!/bin/sh\nexec env {settings} {real.path("postgres")} "$@"\n')
    postgres.chmod(0o755)
    return Pretended(mark, replace(real, folder=folder))


@contextmanager
def _mounted(folder: Path) -> Iterator[bool]:
    options = f"size={SIZE_MB}m,mode=755"
    answer = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False, capture_output=True
    )
    is_mounted = answer.returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)

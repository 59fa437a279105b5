"""Reading boundary files: the format by its content, the work in a process of its own.

To take another format: a row in `FORMATS`, and its reader in `spatial.boundaries.reader`.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FileFlaw, FileRefused
from spatial.boundaries.reader import read_answer
from spatial.boundaries.sandbox import Limits, limits_for, run_reader

MAX_BYTES = 256 * 2**20
_SNIFFED = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file that is accepted.

    Attributes
    ----------
    name
        As reports say it.
    reader
        Its name in `spatial.boundaries.reader`.
    starts
        How the content begins, blanks and byte order mark apart.
    """

    name: str
    reader: str
    starts: tuple[bytes, ...]


FORMATS = (Format("GeoJSON", "geojson", (b"{",)),)


def read_features(path: Path, *, limits: Limits | None = None) -> list[Feature]:
    """Every row of a boundary file, the bad ones with their reason.

    The name of the file says nothing: its content decides. A link is followed, since
    whoever names it could name its target; nothing else on the machine is opened.

    Parameters
    ----------
    path
        A regular file of at most 256 MB.
    limits
        What reading may use; by its size when None.

    Returns
    -------
    features
        In the order of the file; empty when it holds none.

    Raises
    ------
    FileRefused
        When nothing of it can be read, or reading takes more than the limits.
    """
    with _opened(path) as file:
        size_bytes = os.fstat(file.fileno()).st_size
        reader = _format(file).reader
        with run_reader(reader, file, limits or limits_for(size_bytes)) as answer:
            return list(read_answer(answer))


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        # O_NONBLOCK: a named pipe would otherwise be waited for
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except (OSError, ValueError):
        raise FileRefused(FileFlaw.NOT_A_FILE) from None
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise FileRefused(FileFlaw.NOT_A_FILE)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        if found.st_size == 0:
            raise FileRefused(FileFlaw.EMPTY)
        if found.st_size > MAX_BYTES:
            raise FileRefused(FileFlaw.TOO_LARGE, f"more than {MAX_BYTES // 2**20} MB")
        yield file


def _format(file: IO[bytes]) -> Format:
    start = os.pread(file.fileno(), _SNIFFED, 0).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise FileRefused(FileFlaw.EMPTY)
    for known in FORMATS:
        if start.startswith(known.starts):
            return known
    raise FileRefused(FileFlaw.UNKNOWN_FORMAT)

"""Reading boundary files: the format by its content, the work in a process of its own.

To take another format: a row in `FORMATS`, and its reader in `spatial.boundaries.reader`.
"""

import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from spatial.boundaries import geopackage, kml, shapefile
from spatial.boundaries.feature import Feature
from spatial.boundaries.flaws import FileFlaw, FileRefused
from spatial.boundaries.reader import read_answer
from spatial.boundaries.sandbox import Limits, limits_for, run_reader
from spatial.boundaries.wish import Origin, Wish

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


_SHAPEFILE = Format("Shapefile", "zipped", (shapefile.MAGIC,))
FORMATS = (
    Format("GeoJSON", "geojson", (b"{",)),
    Format("zip", "zipped", (b"PK\x03\x04", b"PK\x05\x06")),
    Format("GeoPackage", "geopackage", (geopackage.MAGIC,)),
    Format("KML", "kml", kml.STARTS),
    _SHAPEFILE,
)
# What a byte of an archive may grow to in memory is not known before it is opened.
_PACKED_TIMES = 8


@dataclass(frozen=True, slots=True)
class BoundaryRows:
    """What a file held.

    Attributes
    ----------
    origin
        How it was read.
    features
        Every row in the order of the file, the bad ones with their reason.
    """

    origin: Origin
    features: list[Feature]


def read_features(path: Path, *, limits: Limits | None = None) -> list[Feature]:
    """Every row of a boundary file about which nothing is to be said.

    Parameters
    ----------
    path
        As `read_boundary_rows` takes it.
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
    return read_boundary_rows(path, limits=limits).features


def read_boundary_rows(
    path: Path,
    wish: Wish | None = None,
    *,
    limits: Limits | None = None,
    progress: Callable[[int], None] | None = None,
) -> BoundaryRows:
    """Every row of a boundary file, the bad ones with their reason.

    The name of the file says nothing: its content decides. A link is followed, since whoever
    names it could name its target. Of a bare Shapefile the parts beside it are read too;
    nothing else on the machine is opened.

    Parameters
    ----------
    path
        A regular file of at most 256 MB; of a Shapefile the .shp.
    wish
        What its owner says of it.
    limits
        What reading may use; by its size when None.
    progress
        Told now and then how many rows are read.

    Returns
    -------
    rows
        With how they were read.

    Raises
    ------
    FileRefused
        When nothing of it can be read, or reading takes more than the limits.
    """
    with ExitStack() as stack:
        file = stack.enter_context(_opened(path))
        found = _format(file)
        if found is _SHAPEFILE:
            file = stack.enter_context(_packed(path))
        _require_closed_elsewhere(found, path)
        size_bytes = os.fstat(file.fileno()).st_size * (_PACKED_TIMES if found.name == "zip" else 1)
        allowed = limits or limits_for(size_bytes)
        answer = run_reader(found.reader, file, allowed, wish=wish, progress=progress)
        return _rows(stack.enter_context(answer))


def _rows(answer: IO[bytes]) -> BoundaryRows:
    origin: Origin | None = None
    features: list[Feature] = []
    for found in read_answer(answer):
        if isinstance(found, Origin):
            origin = found
        else:
            features.append(found)
    if origin is None:
        raise FileRefused(FileFlaw.READER_FAILED)
    return BoundaryRows(origin, features)


@contextmanager
def _packed(path: Path) -> Iterator[IO[bytes]]:
    """The parts of a bare Shapefile as one archive, which is how the reader takes them."""
    left_bytes = MAX_BYTES
    beside = {other.suffix.lower(): other for other in _beside(path)} | {".shp": path}
    with TemporaryFile() as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for suffix in shapefile.PARTS:
                if suffix not in beside:
                    continue
                with _opened(beside[suffix], may_be_empty=True) as part:
                    left_bytes -= os.fstat(part.fileno()).st_size
                    if left_bytes < 0:
                        raise FileRefused(FileFlaw.TOO_LARGE, f"more than {MAX_BYTES // 2**20} MB")
                    archive.writestr(f"{_plain_stem(path)}{suffix}", part.read())
        packed.seek(0)
        yield packed


def _beside(path: Path) -> list[Path]:
    """Files of the same name with another ending, in whatever case."""
    return sorted(other for other in path.parent.iterdir() if other.stem == path.stem)


def _plain_stem(path: Path) -> str:
    """The name without what an archive may not hold."""
    return "".join("_" if letter in "\\:\0/" else letter for letter in path.stem)


def _require_closed_elsewhere(found: Format, path: Path) -> None:
    """Refuse a GeoPackage whose last changes still stand in a journal beside it."""
    if found.name != "GeoPackage":
        return
    journal = path.with_name(f"{path.name}-wal")
    if journal.is_file() and journal.stat().st_size > 0:
        raise FileRefused(FileFlaw.OPEN_ELSEWHERE)


@contextmanager
def _opened(path: Path, *, may_be_empty: bool = False) -> Iterator[IO[bytes]]:
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
        if found.st_size == 0 and not may_be_empty:
            raise FileRefused(FileFlaw.EMPTY)
        if found.st_size > MAX_BYTES:
            raise FileRefused(FileFlaw.TOO_LARGE, f"more than {MAX_BYTES // 2**20} MB")
        yield file


def _format(file: IO[bytes]) -> Format:
    first = os.pread(file.fileno(), _SNIFFED, 0)
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise FileRefused(FileFlaw.EMPTY)
    for known in FORMATS:
        if first.startswith(known.starts) or start.startswith(known.starts):
            return known
    raise FileRefused(FileFlaw.UNKNOWN_FORMAT)

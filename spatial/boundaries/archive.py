"""A zip archive looked through and never unpacked to disk; what smells of a trap is refused whole.

Sizes are counted while reading, so that a directory that lies is found out.
"""

import stat
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePosixPath

from spatial.boundaries.flaws import FileFlaw, FileRefused

MAX_MEMBERS = 200
MAX_TOTAL_BYTES = 256 * 2**20
MAX_RATIO = 100
_SMALL_BYTES = 2**20  # a megabyte of blanks harms nobody, however well it was compressed
_ARCHIVES = (".zip", ".kmz", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst", ".jar")
_ARCHIVE_STARTS = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
_ENCRYPTED = 0x1


class Archive:
    """The members of one archive.

    Parameters
    ----------
    content
        The archive.

    Raises
    ------
    FileRefused
        When it is damaged, or holds too much, other archives, links, the same name twice, or
        names that lead out of it.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            raise FileRefused(FileFlaw.ARCHIVE_DAMAGED) from None
        self._members = [
            member for member in self._zip.infolist() if not member.filename.endswith("/")
        ]
        _require_harmless(self._zip.infolist())
        if sum(member.compress_size for member in self._members) > len(content):
            raise FileRefused(FileFlaw.ARCHIVE_DAMAGED)  # members share bytes, or have none
        self._left_bytes = MAX_TOTAL_BYTES

    def names(self) -> list[str]:
        """Names of the members, without what file managers leave behind.

        Returns
        -------
        names
            In the order of the archive.
        """
        names = [member.filename for member in self._members]
        return [name for name in names if not _is_litter(PurePosixPath(name))]

    def find(self, name: str) -> bytes | None:
        """Content of a member, its name compared without regard to case.

        Parameters
        ----------
        name
            Path inside the archive.

        Returns
        -------
        content
            None when there is no such member.

        Raises
        ------
        FileRefused
            When the member is damaged, or larger than the directory says.
        """
        for member in self._members:
            if member.filename.lower() == name.lower():
                return self._read(member)
        return None

    def _read(self, member: zipfile.ZipInfo) -> bytes:
        try:
            with self._zip.open(member) as opened:
                content = opened.read(self._left_bytes + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            ValueError,
            OSError,
            EOFError,
        ):
            raise FileRefused(FileFlaw.ARCHIVE_DAMAGED) from None
        if len(content) != member.file_size:
            raise FileRefused(FileFlaw.ARCHIVE_DAMAGED)
        self._left_bytes -= len(content)
        if content.startswith(_ARCHIVE_STARTS):
            raise FileRefused(FileFlaw.ARCHIVE_UNSAFE, "nested")
        return content


def _require_harmless(members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise FileRefused(FileFlaw.ARCHIVE_UNSAFE, "count")
    names = [member.filename.lower() for member in members]
    if len(set(names)) < len(names):
        raise FileRefused(FileFlaw.ARCHIVE_UNSAFE, "duplicate")
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if total > MAX_TOTAL_BYTES:
        raise FileRefused(FileFlaw.ARCHIVE_UNSAFE, "size")
    if total > _SMALL_BYTES and total > MAX_RATIO * packed:
        raise FileRefused(FileFlaw.ARCHIVE_UNSAFE, "ratio")
    for member in members:
        _require_harmless_member(member)


def _require_harmless_member(member: zipfile.ZipInfo) -> None:
    name = member.orig_filename
    path = PurePosixPath(name)
    leads_out = path.is_absolute() or ".." in path.parts or not path.parts
    if leads_out or any(sign in name for sign in "\\\0:"):
        raise FileRefused(FileFlaw.ARCHIVE_UNSAFE, "name")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise FileRefused(FileFlaw.ARCHIVE_UNSAFE, "link")
    if member.flag_bits & _ENCRYPTED:
        raise FileRefused(FileFlaw.ARCHIVE_UNSAFE, "encrypted")
    if path.suffix.lower() in _ARCHIVES:
        raise FileRefused(FileFlaw.ARCHIVE_UNSAFE, "nested")


def _is_litter(path: PurePosixPath) -> bool:
    return path.parts[0] == "__MACOSX" or path.name.startswith(".")

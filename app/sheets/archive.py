"""An XLSX file looked at before it is opened: what its archive and its XML may not be."""

import stat
import struct
import zlib
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.sheets.flaws import SheetFlaw, SheetRefused

MOST_MEMBERS = 2_000
MOST_BYTES = 768 * 2**20
MOST_RATIO = 200
"""Bytes unpacked for one packed; a sheet of equal rows reaches about 60."""
DAMAGED = (BadZipFile, EOFError, NotImplementedError, ValueError, struct.error, zlib.error)
"""What the standard library raises over an archive whose bytes have changed."""
_SMALL = 2**20
_ENCRYPTED = 0x1


def require_harmless(archive: ZipFile, size_bytes: int) -> None:
    """Refuse bombs, doubled or stray names, and definitions in any XML; nothing is unpacked.

    `size_bytes` is that of the archive: members that share bytes pack more than it has.
    """
    members = archive.infolist()
    names = [member.filename for member in members]
    if "xl/workbook.xml" not in names:
        raise SheetRefused(SheetFlaw.NOT_A_TABLE)
    if len(names) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise SheetRefused(SheetFlaw.ARCHIVE_BOMB)
    packed_bytes = sum(member.compress_size for member in members)
    if packed_bytes > size_bytes or len({name.casefold() for name in names}) != len(names):
        raise SheetRefused(SheetFlaw.BAD_ARCHIVE)
    for member in members:
        _require_plain(member)
    for member in members:
        if member.filename.endswith((".xml", ".rels", ".vml")):
            _require_no_definitions(archive, member)


def _require_plain(member: ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise SheetRefused(SheetFlaw.LOCKED)
    if member.file_size > _SMALL and member.file_size > MOST_RATIO * member.compress_size:
        raise SheetRefused(SheetFlaw.ARCHIVE_BOMB)
    parts = member.filename.replace("\\", "/").split("/")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if member.filename.startswith("/") or ".." in parts or is_link:
        raise SheetRefused(SheetFlaw.BAD_ARCHIVE)


class _BeginsWell(Exception):
    """The root element was reached without a definition."""


def _require_no_definitions(archive: ZipFile, member: ZipInfo) -> None:
    """A definition can only stand before the root element, in whatever encoding it hides."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_definition
    parser.StartElementHandler = _begin
    try:
        with archive.open(member) as file:
            while piece := file.read(8192):
                parser.Parse(piece, False)  # noqa: FBT003 - expat's own signature
    except _BeginsWell:
        return
    except SheetRefused:
        raise
    except DAMAGED:
        raise SheetRefused(SheetFlaw.BAD_ARCHIVE) from None
    except expat.ExpatError:
        raise SheetRefused(SheetFlaw.BAD_XML) from None


def _refuse_definition(*_told: object) -> None:
    raise SheetRefused(SheetFlaw.DOCTYPE)


def _begin(*_told: object) -> None:
    raise _BeginsWell

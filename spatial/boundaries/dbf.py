"""The table of a Shapefile, dBASE III or later, and the encoding of its texts.

The header's numbers must fit the file to the byte: a row lost or gained is damage, not a guess.
"""

import codecs
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from spatial.boundaries.flaws import FileFlaw, FileRefused
from spatial.boundaries.wish import Told

_HEADER = struct.Struct("<4xIHH17xB2x")
_FIELD_BYTES = 32
_FIELDS_END = 0x0D
_DELETED = ord("*")
_END_BYTE = b"\x1a"
# Language of the table by the byte that dBASE keeps for it.
_CODE_PAGES: Mapping[int, str] = {
    0x01: "cp437",
    0x02: "cp850",
    0x03: "cp1252",
    0x13: "cp932",
    0x4D: "cp936",
    0x4E: "cp949",
    0x4F: "cp950",
    0x57: "cp1252",
    0x58: "cp1252",
}
_USUAL = "cp1252"
_LARGEST_WHOLE = 2**63

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table.

    Attributes
    ----------
    name
        As the header has it.
    kind
        Letter of its type: C for text, N and F for numbers, L for yes and no, D for a day.
    start, stop
        Its bytes within a row.
    """

    name: str
    kind: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table before their texts are decoded.

    Attributes
    ----------
    fields
        In the order of the header.
    rows
        One line of bytes each, the first byte the mark of deletion.
    code_page
        Encoding that the header names, or None.
    """

    fields: tuple[Field, ...]
    rows: Bytes
    code_page: str | None

    def is_deleted(self, index: int) -> bool:
        """Whether a row is marked as deleted.

        Parameters
        ----------
        index
            0 for the first row.

        Returns
        -------
        deleted
            By its first byte.
        """
        return bool(self.rows[index, 0] == _DELETED)

    def properties(self, index: int, encoding: str) -> dict[str, Any]:
        """Values of one row by field; bytes that the encoding does not have become U+FFFD.

        Parameters
        ----------
        index
            0 for the first row.
        encoding
            Of the texts.

        Returns
        -------
        properties
            Numbers as numbers, blank as None.
        """
        row = self.rows[index].tobytes()
        return {
            field.name: _value(field.kind, row[field.start : field.stop], encoding)
            for field in self.fields
        }

    def texts(self) -> bytes:
        """Every text of the table, one after the other.

        Returns
        -------
        texts
            Undecoded, each with a line's end behind it.
        """
        columns = [self.rows[:, field.start : field.stop] for field in self._of_text()]
        ends = np.full((len(self.rows), 1), ord("\n"), dtype=np.uint8)
        return b"".join(np.hstack([column, ends]).tobytes() for column in columns)

    def _of_text(self) -> list[Field]:
        return [field for field in self.fields if field.kind == "C"]


def table_in(content: bytes) -> Table:
    """The table in a .dbf file.

    Parameters
    ----------
    content
        The file.

    Returns
    -------
    table
        With as many rows as the header says and the file holds.

    Raises
    ------
    FileRefused
        With `DAMAGED` when the two differ, or the header contradicts itself.
    """
    if len(content) < _HEADER.size:
        raise FileRefused(FileFlaw.DAMAGED, "dbf: header")
    count, header_bytes, row_bytes, language = _HEADER.unpack_from(content)
    fields = _fields(content[:header_bytes])
    if row_bytes < 2 or (fields[-1].stop if fields else 1) != row_bytes:
        raise FileRefused(FileFlaw.DAMAGED, "dbf: fields")
    body = content[header_bytes:]
    extra = body[count * row_bytes :]
    if len(body) < count * row_bytes or extra.rstrip(b"\0 ") not in (b"", _END_BYTE):
        raise FileRefused(FileFlaw.DAMAGED, "dbf: rows")
    rows = np.frombuffer(body, np.uint8, count * row_bytes).reshape(count, row_bytes)
    if not np.isin(rows[:, 0], (ord(" "), _DELETED)).all():
        raise FileRefused(FileFlaw.DAMAGED, "dbf: rows")
    return Table(fields, rows, _CODE_PAGES.get(language))


def _fields(header: bytes) -> tuple[Field, ...]:
    fields: list[Field] = []
    at, start = _FIELD_BYTES, 1
    while at < len(header) and header[at] != _FIELDS_END:
        described = header[at : at + _FIELD_BYTES]
        if len(described) < _FIELD_BYTES:
            raise FileRefused(FileFlaw.DAMAGED, "dbf: fields")
        name = described[:11].split(b"\0")[0].decode("utf-8", "replace").strip()
        stop = start + described[16]
        fields.append(Field(name, chr(described[11]).upper(), start, stop))
        at, start = at + _FIELD_BYTES, stop
    return tuple(fields)


def _value(kind: str, cell: bytes, encoding: str) -> Any:  # noqa: ANN401 - by the field
    if kind in ("N", "F"):
        return _number(cell)
    if kind == "L":
        return {b"T": True, b"Y": True, b"F": False, b"N": False}.get(cell.strip().upper())
    if kind in ("C", "D"):
        return cell.decode(encoding, "replace").rstrip("\0 ").strip() or None
    return None  # pictures, memos in another file: no code and no name


def _number(cell: bytes) -> float | int | str | None:
    text = cell.strip(b"\0 *").decode("ascii", "replace")
    if not text:
        return None
    try:
        number = float(text) if "." in text or "e" in text.lower() else int(text)
    except ValueError:
        return text
    return number if abs(number) < _LARGEST_WHOLE else text


def find_encoding(table: Table, *, wanted: str | None, declared: bytes | None) -> tuple[str, Told]:
    """Encoding of the texts of a table, and who said so.

    The owner's word comes first, then the .cpg file, then the texts themselves: bytes that are
    UTF-8 are hardly ever anything else. Then the byte in the header, and last the code page of
    most offices, cp1252. A .cpg that the texts contradict is passed over.

    Parameters
    ----------
    table
        The table.
    wanted
        What the owner says, or None.
    declared
        Content of the .cpg file, or None.

    Returns
    -------
    encoding, told
        Name as Python has it, and `Told.GUESS` when nobody said it.

    Raises
    ------
    FileRefused
        With `NO_SUCH_ENCODING` when the owner names none that there is.
    """
    if wanted is not None:
        name = _known(wanted)
        if name is None:
            raise FileRefused(FileFlaw.NO_SUCH_ENCODING)
        return name, Told.OPTION
    texts = table.texts()
    said = _known(_code_page_name(declared)) if declared else None
    if said is not None and _fits(texts, said):
        return said, Told.FILE
    if _fits(texts, "utf-8"):
        return "utf-8", Told.GUESS
    if table.code_page is not None and _fits(texts, table.code_page):
        return table.code_page, Told.FILE
    return (_USUAL if _fits(texts, _USUAL) else "latin-1"), Told.GUESS


def _code_page_name(declared: bytes) -> str:
    """What a .cpg file says, in Python's words: `ANSI 1252`, `1252` and `UTF-8`."""
    text = declared[:40].decode("ascii", "replace").strip().upper()
    number = text.removeprefix("ANSI").removeprefix("CP").strip(" -_")
    return f"cp{number}" if number.isdigit() and not number.startswith("8859") else text


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name.strip()).name
        b"Peta".decode(found)  # some codecs turn bytes into bytes and are no encodings
    except (LookupError, ValueError):
        return None
    return found


def _fits(texts: bytes, encoding: str) -> bool:
    try:
        texts.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True

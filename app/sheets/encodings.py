"""Which encoding a text file has: found by reading it whole, in pieces."""

import codecs
from dataclasses import dataclass
from typing import IO

from app.sheets.flaws import SheetFlaw, SheetRefused
from app.sheets.table import Note, Oddity

_CHUNK = 2**20
_FEW = 20
"""A NUL in so many bytes is one bad cell and no other kind of file."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes that cp1252 leaves empty; a file that has them is ISO 8859-1.
_NOT_CP1252 = b"\x81\x8d\x8f\x90\x9d"


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name, and what was odd."""

    codec: str
    notes: tuple[Note, ...] = ()


def find_encoding(file: IO[bytes]) -> Encoding:
    """UTF-8, UTF-16, UTF-32, cp1252 or ISO 8859-1; raises SheetRefused for what is no text."""
    file.seek(0)
    start = file.read(4096)
    for mark, codec in _BOMS:
        if start.startswith(mark):
            notes = () if codec == "utf-8-sig" else (Note(Oddity.ENCODING, detail=codec),)
            return Encoding(codec, notes)
    if start.count(b"\0") * _FEW > len(start):
        return _without_mark(start)
    file.seek(0)
    return _of_bytes(file)


def _without_mark(start: bytes) -> Encoding:
    """UTF-16 of mostly Latin letters has a NUL in every other place."""
    for codec, nul, letter in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if start[nul::2].count(0) * 10 >= len(start) // 2 * 8 and 0 not in start[letter::2]:
            return Encoding(codec, (Note(Oddity.ENCODING, detail=codec),))
    raise SheetRefused(SheetFlaw.NOT_A_TABLE)


def _of_bytes(file: IO[bytes]) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, has_sequences, is_cp1252 = True, False, True
    while chunk := file.read(_CHUNK):
        if chunk.count(b"\0") * _FEW > len(chunk):
            raise SheetRefused(SheetFlaw.BAD_TEXT)
        if chunk.isascii() and is_utf8 and not decoder.getstate()[0]:
            continue  # it reads the same in all of them
        is_cp1252 = is_cp1252 and chunk == chunk.translate(None, _NOT_CP1252)
        if is_utf8:
            is_utf8 = _decodes(decoder, chunk)
            has_sequences = has_sequences or not chunk.isascii()
    if is_utf8 and _decodes(decoder, b"", is_end=True):
        return Encoding("utf-8")
    codec = "cp1252" if is_cp1252 else "latin-1"
    notes = [Note(Oddity.ENCODING, detail=codec)]
    if has_sequences and _has_utf8_sequences(file):
        notes.append(Note(Oddity.MIXED_ENCODING))
    return Encoding(codec, tuple(notes))


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, is_end: bool = False) -> bool:
    try:
        decoder.decode(chunk, is_end)
    except UnicodeDecodeError:
        return False
    return True


def _has_utf8_sequences(file: IO[bytes]) -> bool:
    """Whether letters of two bytes stand beside bytes that are no UTF-8."""
    file.seek(0)
    kept = (file.read(_CHUNK)).decode("utf-8", "ignore")
    return any(ord(letter) > 0x7F for letter in kept)

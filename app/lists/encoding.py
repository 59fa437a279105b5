"""Texts that are of one encoding from the first byte to the last; others are refused by line."""

import codecs
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from app.lists.refused import ListRefused

MOST_CELL_LETTERS = 131_072
_CHUNK = 2**20
_UTF8_LETTER = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
_FOREIGN_BYTE = re.compile("[\udc80-\udcff]")  # as the error handler surrogateescape tells it
_MARKS_OF_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKS_OF_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def require_one_encoding(path: Path) -> None:
    """Raise ListRefused, with the line, when a letter of a text would turn into another."""
    with path.open("rb") as file:
        start = file.readline(MOST_CELL_LETTERS)
        if len(start) == MOST_CELL_LETTERS:
            raise ListRefused(f"baris pertama lebih dari {MOST_CELL_LETTERS} huruf")
        if start.startswith(_MARKS_OF_UTF32):  # which begin as a mark of UTF-16 does
            _require_whole(file, "utf-32")
        elif start.startswith(_MARKS_OF_UTF16):
            _require_whole(file, "utf-16")
        elif b"\0" not in start and not _is_utf8(file):
            _require_whole(file, "cp1252")


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def _is_utf8(file: IO[bytes]) -> bool:
    """Whether a text is UTF-8 and not of one byte a letter; a mixture of both is refused.

    Read as the one, the other's letters would turn into others without a word.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    lines, foreign_line, has_own = 1, 0, False
    for chunk in chain(_chunks(file), [b""]):
        if chunk and chunk.isascii() and not decoder.getstate()[0]:
            lines += chunk.count(b"\n")
            continue
        text = decoder.decode(chunk, final=not chunk)
        has_own = has_own or _UTF8_LETTER.search(text) is not None
        if not foreign_line and (foreign := _FOREIGN_BYTE.search(text)):
            foreign_line = lines + text.count("\n", 0, foreign.start())
        lines += text.count("\n")
    if foreign_line and has_own:
        raise ListRefused(f"baris {foreign_line} bukan UTF-8, padahal baris lain UTF-8")
    return not foreign_line


def _require_whole(file: IO[bytes], encoding: str) -> None:
    """Every byte must be a letter in an encoding; the first line with another refuses the file."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    for chunk in chain(_chunks(file), [b""]):
        try:
            lines += decoder.decode(chunk, not chunk).count("\n")
        except UnicodeDecodeError as error:
            lines += error.object[: error.start].count(b"\n")
            raise ListRefused(
                f"baris {lines} memuat bita yang bukan huruf; simpan ulang berkas sebagai UTF-8"
            ) from None

"""Many numbers at once as protocol buffers write them: seven bits a byte, the lowest first."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers

_GROUP = 7
_STEPS = range(_GROUP, 63, _GROUP)


def varint_sizes(numbers: Integers) -> Integers:
    """How many bytes each number takes.

    Source: protocol buffers, encoding, "Base 128 Varints".

    Parameters
    ----------
    numbers
        0 to 2**63 - 1, of any shape.

    Returns
    -------
    sizes
        1 to 9, of the shape given.
    """
    sizes = np.ones(numbers.shape, dtype=np.int64)
    most = int(numbers.max(initial=0))
    for bits in _STEPS:
        if most >> bits == 0:
            break
        sizes += numbers >= 1 << bits
    return sizes


def varint_bytes(numbers: Integers) -> bytes:
    """Numbers one after the other as varints, in one pass over all of them.

    Parameters
    ----------
    numbers
        0 to 2**63 - 1; a matrix is read row by row.

    Returns
    -------
    written
        As many bytes as `varint_sizes` sums up to.
    """
    most = int(numbers.max(initial=0))
    rest: npt.NDArray[np.integer] = numbers.ravel()
    if most <= np.iinfo(np.uint16).max:
        rest = rest.astype(np.uint16)  # narrow numbers are quicker to take apart
    groups = max(-(-most.bit_length() // _GROUP), 1)
    written = np.empty((len(rest), groups), dtype=np.uint8)
    is_there = np.empty((len(rest), groups), dtype=np.bool_)
    is_there[:, 0] = True
    for group in range(groups):
        more = rest > 0x7F
        written[:, group] = (rest & 0x7F).astype(np.uint8) | more.view(np.uint8) << 7
        if group + 1 < groups:
            is_there[:, group + 1] = more
        rest = rest >> _GROUP
    return np.compress(is_there.ravel(), written.ravel()).tobytes()


@dataclass(frozen=True, slots=True)
class Column:
    """A number for each of some rows, all written in equally many bytes.

    Attributes
    ----------
    numbers
        Not negative.
    most
        None is larger; the length depends on this alone.
    """

    numbers: Integers
    most: int

    @property
    def length(self) -> int:
        """Bytes of each."""
        return max(-(-self.most.bit_length() // _GROUP), 1)

    def write(self, places: npt.NDArray[np.uint8]) -> None:
        """Write each into its row, `length` bytes wide."""
        rest = self.numbers
        for group in range(self.length - 1):
            places[:, group] = rest & 0x7F | 0x80
            rest = rest >> _GROUP
        places[:, -1] = rest


Part = bytes | Column
"""Of a row: bytes that all rows have, or a number of each."""


def rows_length(parts: Sequence[Part]) -> int:
    """Bytes of one row of `padded_rows`."""
    return sum(len(part) if isinstance(part, bytes) else part.length for part in parts)


def padded_rows(parts: Sequence[Part], number: int) -> bytes:
    """Rows of equal length: in each the same bytes, and between them numbers as varints.

    Source: protocol buffers, encoding, "Base 128 Varints"; a last group of zero changes no number.

    Parameters
    ----------
    parts
        Of a row, in order.
    number
        Of rows.

    Returns
    -------
    written
        Row by row; numbers shorter than the longest of their column are padded with such groups.
    """
    pieces = [part if isinstance(part, bytes) else bytes(part.length) for part in parts]
    alike = np.frombuffer(b"".join(pieces), dtype=np.uint8)
    rows = np.empty((number, len(alike)), dtype=np.uint8)
    rows[:] = alike
    at = 0
    for part, piece in zip(parts, pieces, strict=True):
        if isinstance(part, Column):
            part.write(rows[:, at : at + len(piece)])
        at += len(piece)
    return rows.tobytes()


def varint(number: int) -> bytes:
    """One number as varint.

    Parameters
    ----------
    number
        Not negative.

    Returns
    -------
    written
        1 byte for each 7 bits, at least one.
    """
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= _GROUP
    written.append(number)
    return bytes(written)


def with_length(message: bytes) -> bytes:
    """A message after its length, as it stands inside another message.

    Parameters
    ----------
    message
        Bytes.

    Returns
    -------
    written
        Length as varint, then the bytes.
    """
    return varint(len(message)) + message

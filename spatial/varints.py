"""Many numbers at once as protocol buffers write them: seven bits a byte, the lowest first."""

import numpy as np
import numpy.typing as npt

from spatial.grid import Integers

_STEPS = range(7, 63, 7)


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
    rest = numbers.ravel()
    sizes = varint_sizes(rest)
    ends = np.cumsum(sizes)
    written = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    places: npt.NDArray[np.int64] = ends - sizes
    while len(rest):
        written[places] = (rest & 0x7F) | (rest > 0x7F) << 7
        more = np.flatnonzero(rest > 0x7F)
        rest, places = rest[more] >> 7, places[more] + 1
    return written.tobytes()


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
    rest, length = len(message), bytearray()
    while rest > 0x7F:
        length.append(rest & 0x7F | 0x80)
        rest >>= 7
    length.append(rest)
    return bytes(length) + message

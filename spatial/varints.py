"""Many numbers at once as protocol buffers write them: seven bits a byte, the lowest first."""

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

"""Identifiers of an usulan: the inner id and the number people quote."""

import random
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import numpy as np
import numpy.typing as npt

# Letters and digits that are not mistaken for each other when read aloud or copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH = 6
ID_NOISE_BYTES = 10
_COUNTED = 1 << 12
"""As many ids as a millisecond has room for; what is more goes into the next one."""


def usulan_number(city_id: int, year: int, rng: random.Random) -> str:
    """`33.72-2026-7K3M9Q`: city, planning year, six random characters that tell no order."""
    code = f"{city_id // 100:02d}.{city_id % 100:02d}"
    return f"{code}-{year}-{''.join(rng.choices(ALPHABET, k=NUMBER_LENGTH))}"


def usulan_numbers(city_id: int, years: Sequence[int], rng: random.Random) -> list[str]:
    """A number for each year; all are drawn at once."""
    code = f"{city_id // 100:02d}.{city_id % 100:02d}"
    drawn = np.frombuffer(rng.randbytes(8 * len(years)), dtype="<u8")
    # 30 to the power of 6 goes 25 thousand million times into 2 to the power of 64
    rest = drawn % np.uint64(len(ALPHABET) ** NUMBER_LENGTH)
    letters = np.empty((len(years), NUMBER_LENGTH), dtype=np.uint8)
    alphabet = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
    for place in range(NUMBER_LENGTH):
        rest, letter = np.divmod(rest, np.uint64(len(ALPHABET)))
        letters[:, place] = alphabet[letter]
    text = letters.tobytes().decode()
    starts = {year: f"{code}-{year}-" for year in set(years)}
    return [
        starts[year] + text[place : place + NUMBER_LENGTH]
        for year, place in zip(years, range(0, len(text), NUMBER_LENGTH), strict=True)
    ]


def usulan_id_at(at: datetime, noise: bytes) -> UUID:
    """A UUID of version 7 (RFC 9562): milliseconds of the instant, then 74 bits of the noise."""
    milliseconds = int(at.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    bits = int.from_bytes(noise, "big") & (1 << 74) - 1
    high, low = bits >> 62, bits & (1 << 62) - 1
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


class IdSequence:
    """UUIDs of version 7 that follow each other from an instant on, with 62 bits of noise each.

    An index takes keys that come in order at its end, which costs it least. The bits behind the
    milliseconds count (RFC 9562, section 6.2, method 1).
    """

    def __init__(self, at: datetime, rng: random.Random) -> None:
        self._first_ms = int(at.timestamp() * 1000)
        self._given = 0
        self._rng = rng

    def take(self, count: int) -> npt.NDArray[np.uint8]:
        """The next ones, 16 bytes each."""
        order = np.arange(self._given, self._given + count)
        self._given += count
        ids = np.empty((count, 16), dtype=np.uint8)
        milliseconds = (self._first_ms + order // _COUNTED).astype(">u8")
        ids[:, :6] = milliseconds.view(np.uint8).reshape(count, 8)[:, 2:]
        ids[:, 6:8] = (0x7000 | order % _COUNTED).astype(">u2").view(np.uint8).reshape(count, 2)
        ids[:, 8:] = np.frombuffer(self._rng.randbytes(8 * count), np.uint8).reshape(count, 8)
        ids[:, 8] = ids[:, 8] & 0x3F | 0x80
        return ids

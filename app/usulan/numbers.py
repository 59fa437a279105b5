"""Identifiers of an usulan: the inner id and the number people quote."""

import random
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import numpy as np

# Letters and digits that are not mistaken for each other when read aloud or copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH = 6
ID_NOISE_BYTES = 10


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

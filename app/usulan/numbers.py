"""Identifiers of an usulan: the inner id and the number people quote."""

import random
from datetime import datetime
from uuid import UUID

# Letters and digits that are not mistaken for each other when read aloud or copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH = 6
ID_NOISE_BYTES = 10


def usulan_number(city_id: int, year: int, rng: random.Random) -> str:
    """`33.72-2026-7K3M9Q`: city, planning year, six random characters that tell no order."""
    code = f"{city_id // 100:02d}.{city_id % 100:02d}"
    return f"{code}-{year}-{''.join(rng.choices(ALPHABET, k=NUMBER_LENGTH))}"


def usulan_id_at(at: datetime, noise: bytes) -> UUID:
    """A UUID of version 7 (RFC 9562): milliseconds of the instant, then 74 bits of the noise."""
    milliseconds = int(at.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    bits = int.from_bytes(noise, "big") & (1 << 74) - 1
    high, low = bits >> 62, bits & (1 << 62) - 1
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)

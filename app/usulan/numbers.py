"""Identifiers of an usulan: the inner id and the number people quote."""

import random
from datetime import datetime
from uuid import UUID

# Letters and digits that are not mistaken for each other when read aloud or copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH = 6


def usulan_number(city_code: str, year: int, rng: random.Random) -> str:
    """`33.72-2026-7K3M9Q`: city, planning year, six random characters that tell no order."""
    return f"{city_code}-{year}-{''.join(rng.choices(ALPHABET, k=NUMBER_LENGTH))}"


def usulan_id_at(at: datetime, rng: random.Random) -> UUID:
    """A UUID of version 7 (RFC 9562): milliseconds of the instant, then 74 random bits."""
    milliseconds = int(at.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    bits = rng.getrandbits(74)
    high, low = bits >> 62, bits & (1 << 62) - 1
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)

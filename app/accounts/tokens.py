"""Secrets that stand for a person: drawn here, and kept only as a digest."""

import hashlib
import secrets
from typing import NamedTuple

BYTES = 32


class Token(NamedTuple):
    """What the person holds, and what we keep of it."""

    told: str
    digest: bytes


def new_token() -> Token:
    """256 random bits in letters that an address may hold."""
    told = secrets.token_urlsafe(BYTES)
    return Token(told, digest_of(told))


def digest_of(told: str) -> bytes:
    """A digest without salt will do: nobody guesses 256 random bits."""
    return hashlib.sha256(told.encode()).digest()

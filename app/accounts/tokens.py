"""Secrets that stand for a person, kept only as a digest; and ids, which are no secret."""

import secrets
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from app.tokens import digest_of, invitation_token
from app.usulan.numbers import ID_NOISE_BYTES, usulan_id_at

BYTES = 32


class Token(NamedTuple):
    """What the person holds, and what we keep of it."""

    told: str
    digest: bytes


def new_token() -> Token:
    """256 random bits in letters that an address may hold."""
    told = secrets.token_urlsafe(BYTES)
    return Token(told, digest_of(told))


def mailed_token(secret: bytes, notice_id: UUID) -> Token:
    """The token that the letter of a notice will hold."""
    told = invitation_token(secret, notice_id)
    return Token(told, digest_of(told))


def new_id(now: datetime) -> UUID:
    """A UUID of version 7."""
    return usulan_id_at(now, secrets.token_bytes(ID_NOISE_BYTES))

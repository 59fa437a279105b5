"""Secrets that stand for a person: what is kept of them, and those that are derived."""

import base64
import hashlib
import hmac
from uuid import UUID

_INVITATION = b"invitation\x00"


def digest_of(told: str) -> bytes:
    """What is kept of a token; without salt: nobody guesses 256 random bits."""
    return hashlib.sha256(told.encode()).digest()


def invitation_token(secret: bytes, notice_id: UUID) -> str:
    """The token of an invitation that is sent: derived, so that no outbox has to hold it."""
    digest = hmac.digest(secret, _INVITATION + notice_id.bytes, "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

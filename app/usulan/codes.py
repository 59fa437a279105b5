"""The tracking code: what the reporter keeps, and the digest by which we know it again."""

import hashlib
import hmac
import re
from uuid import UUID

# Crockford's base 32: no I, L, O or U, so that it survives being read aloud and copied by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 13  # 65 bits
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_PURPOSE = b"tracking code\x00"


def tracking_code(secret: bytes, usulan_id: UUID) -> str:
    """`7K3M-9Q2X-4ZT1B`: derived, not stored, so that a repeated request can be told it again."""
    digest = hmac.digest(secret, _PURPOSE + usulan_id.bytes, "sha256")
    number = int.from_bytes(digest[:9], "big") >> 7
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def tracking_hash(code: str) -> bytes | None:
    """The stored digest of a code as typed, forgiving case, blanks, dashes, O for 0, I and L for 1.

    None when it cannot be a code.
    """
    if len(code) > 4 * CODE_LENGTH:
        return None
    letters = re.sub(r"[\s-]", "", code).upper().translate(_MISREAD)
    if len(letters) != CODE_LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return hashlib.sha256(letters.encode()).digest()

"""The hash chain of an usulan's history: a step carries a digest of itself and the one before."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

NONCE_BYTES = 16
DIGESTED = (
    "city_id",
    "usulan_id",
    "sequence",
    "at",
    "kind",
    "from_status",
    "to_status",
    "stage",
    "actor_role",
    "actor_area",
    "reason_code",
    "reason",
    "details",
)
"""The columns of a step that its digest vouches for."""


def event_digest(step: Mapping[str, Any], *, nonce: bytes, previous: bytes | None) -> bytes:
    """SHA-256 over the canonical JSON of a step, its nonce and the digest of the step before.

    `step` holds the columns `DIGESTED`, its instant in UTC. Canonical: keys sorted, no blanks,
    ids in lower case, instants as RFC 3339 with six decimals unless they are zero, bytes as
    hexadecimal, `previous` null for the first step. The nonce keeps a published digest from
    confirming a guess at what is not published.
    """
    document = {
        **step,
        "nonce": nonce.hex(),
        "previous": previous.hex() if previous is not None else None,
    }
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).digest()

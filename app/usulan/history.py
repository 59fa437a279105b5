"""The hash chain of an usulan's history: a step carries a digest of itself and the one before."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

NONCE_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """Everything of one step that its digest vouches for."""

    city_id: int
    usulan_id: UUID
    sequence: int
    at: datetime
    kind: str
    from_status: str | None
    to_status: str
    stage: str | None
    actor_role: str
    actor_area: str | None
    reason_code: str | None
    reason: str | None
    details: Mapping[str, Any]


def event_digest(facts: EventFacts, *, nonce: bytes, previous: bytes | None) -> bytes:
    """SHA-256 over the canonical JSON of a step, its nonce and the digest of the step before.

    Canonical: keys sorted, no blanks, the instant in UTC with six decimals, bytes as
    hexadecimal, the first step's `previous` null. The nonce keeps a published digest from
    confirming a guess at what is not published.
    """
    document = {
        "city_id": facts.city_id,
        "usulan_id": str(facts.usulan_id),
        "sequence": facts.sequence,
        "at": facts.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": facts.kind,
        "from_status": facts.from_status,
        "to_status": facts.to_status,
        "stage": facts.stage,
        "actor_role": facts.actor_role,
        "actor_area": facts.actor_area,
        "reason_code": facts.reason_code,
        "reason": facts.reason,
        "details": dict(facts.details),
        "nonce": nonce.hex(),
        "previous": previous.hex() if previous is not None else None,
    }
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).digest()

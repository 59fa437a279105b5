"""What a seal vouches for: the ends of histories, and by the seal before it all earlier ones."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any
from uuid import UUID

import orjson


def seal_digest(seal: Mapping[str, Any]) -> bytes:
    """SHA-256 over the canonical JSON of a seal, written like that of a step of a history.

    In place of the ends stands the SHA-256 over all of them in their order: the 16 bytes of the
    usulan's id, its sequence as two bytes, the highest first, and the hash of that step.
    """
    previous = seal["previous"]
    document = {
        "city_id": seal["city_id"],
        "number": seal["number"],
        "at": seal["at"].astimezone(UTC),
        "kind": seal["kind"],
        "committed": seal["committed"],
        "heads": _ends(seal["usulan_ids"], seal["sequences"], seal["digests"]).hex(),
        "previous": None if previous is None else bytes(previous).hex(),
    }
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).digest()


def _ends(usulan_ids: Sequence[UUID], sequences: Sequence[int], digests: Sequence[bytes]) -> bytes:
    whole = hashlib.sha256()
    for usulan_id, sequence, step in zip(usulan_ids, sequences, digests, strict=True):
        whole.update(usulan_id.bytes + sequence.to_bytes(2) + step)
    return whole.digest()

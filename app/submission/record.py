"""A submission as it is stored: the draft, where it was placed, and its first step."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from shapely import Point
from shapely.geometry.base import BaseGeometry

from app.areas.placing import Place
from app.language import Language
from app.stored_words import LEVELS
from app.submission.queries import Received
from app.submission.schemas import ProposerDraft, UsulanDraft
from app.usulan.codes import tracking_hash
from app.usulan.history import NONCE_BYTES, event_digest
from app.usulan.workflow import FIRST_STATUS, SUBMISSION, WARGA
from spatial.grid import cell_at

_HUNDREDTH = Decimal("0.01")


class Lineage(NamedTuple):
    """The series of yearly records that an usulan belongs to."""

    lineage_id: UUID
    sequence: int
    continues_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything about a submission but its public number."""

    city_id: int
    usulan_id: UUID
    draft: UsulanDraft
    place: Place
    geometry: BaseGeometry | None
    lineage: Lineage
    year: int
    precision: str
    published: bool
    created: datetime
    language: Language
    """Of whoever sent it."""

    @property
    def position(self) -> Point | None:
        """The point that stands for it on the map; None where only an area is known."""
        return self.place.position


def values_of(
    record: Record, received: Received, *, code: str, rng: random.Random
) -> dict[str, Any]:
    """The values of `submit.sql`, but for number and key.

    What it takes of the place, the draft and the person goes as JSON: each would be of another
    type where it is null, so of another statement, which is planned anew.
    """
    stored = {
        **_draft_values(record.draft),
        **_place_values(record),
        **record.lineage._asdict(),
        "usulan_id": record.usulan_id,
        "tracking_hash": _bytes(tracking_hash(code) or b""),
        "year": record.year,
        "status": FIRST_STATUS,
        "published": record.published,
        "created": record.created,
    }
    return {
        **_known_values(record, received),
        **_event_values(record, rng.randbytes(NONCE_BYTES)),
        "record": orjson.dumps(stored).decode(),
        "contact": _contact(record.draft.proposer, record.language),
    }


def _known_values(record: Record, received: Received) -> dict[str, Any]:
    """What the writing depends on: it is asked again whether it is so."""
    city, rules = received.city, received.rules
    return {
        "city_id": record.city_id,
        "time_zone": city.time_zone,
        "edition_id": record.place.edition_id,
        "loaded": received.loaded,
        "category": record.draft.category,
        "publication": rules and rules.publication,
        "precision": rules and rules.precision,
        "shapes": rules and list(rules.geometry),
    }


def _draft_values(draft: UsulanDraft) -> dict[str, Any]:
    volume = None if draft.volume is None else Decimal(str(draft.volume)).quantize(_HUNDREDTH)
    return {
        "title": draft.title,
        "problem": draft.problem,
        "address": draft.address,
        "landmark": draft.landmark,
        "volume": None if volume is None else str(volume),
        "unit": draft.unit,
        "estimated_cost": draft.estimated_cost,
        "beneficiaries": draft.beneficiaries,
        "severity": draft.severity,
        "inclusion": draft.inclusion,
        "accuracy_m": draft.accuracy_m,
        "declared_area": draft.declared_area,
        "funding": draft.funding_source,
    }


def _place_values(record: Record) -> dict[str, Any]:
    place, position = record.place, record.position
    return {
        "geom": None if record.geometry is None else record.geometry.wkb_hex,
        "position": None if position is None else position.wkb_hex,
        "cell": None if position is None else cell_at(position.x, position.y),
        "area_code": place.code,
        **{level: place.at_level(level) for level in LEVELS},
        "area_shares": place.shares or None,
        "doubts": place.doubts,
    }


def _contact(person: ProposerDraft | None, language: Language) -> str | None:
    if person is None or not person.consent:
        return None
    kept = person.model_dump(include={"name", "phone", "email", "role"})
    return orjson.dumps({**kept, "language": language}).decode()


def _bytes(value: bytes) -> str:
    """As PostgreSQL reads them from a text."""
    return f"\\x{value.hex()}"


def _event_values(record: Record, nonce: bytes) -> dict[str, Any]:
    step = {
        "city_id": record.city_id,
        "usulan_id": record.usulan_id,
        "sequence": 1,
        "at": record.created.astimezone(UTC),
        "kind": SUBMISSION,
        "from_status": None,
        "to_status": FIRST_STATUS,
        "stage": None,
        "actor_role": WARGA,
        "actor_area": record.place.code,
        "reason_code": None,
        "reason": None,
        "details": {},
    }
    return {
        "kind": SUBMISSION,
        "actor_role": WARGA,
        "nonce": nonce,
        "hash": event_digest(step, nonce=nonce, previous=None),
    }

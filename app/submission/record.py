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
from app.models.area import LEVELS
from app.submission.schemas import ProposerDraft, UsulanDraft
from app.usulan.codes import tracking_code, tracking_hash
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

    @property
    def position(self) -> Point | None:
        """The point that stands for it on the map; None where only an area is known."""
        return self.place.position


def values_of(record: Record, secret: bytes, rng: random.Random) -> dict[str, Any]:
    """The values of `submit.sql`, but for number and key."""
    code = tracking_hash(tracking_code(secret, record.usulan_id))
    return {
        **_draft_values(record.draft),
        **_place_values(record),
        **_contact_values(record.draft.proposer, record.created),
        **_event_values(record, rng.randbytes(NONCE_BYTES)),
        **record.lineage._asdict(),
        "city_id": record.city_id,
        "usulan_id": record.usulan_id,
        "tracking_hash": code,
        "year": record.year,
        "published": record.published,
        "created": record.created,
    }


def _draft_values(draft: UsulanDraft) -> dict[str, Any]:
    volume = None if draft.volume is None else Decimal(str(draft.volume)).quantize(_HUNDREDTH)
    return {
        "category": draft.category,
        "title": draft.title,
        "problem": draft.problem,
        "address": draft.address,
        "landmark": draft.landmark,
        "volume": volume,
        "unit": draft.unit,
        "estimated_cost": draft.estimated_cost,
        "beneficiaries": draft.beneficiaries,
        "severity": draft.severity,
        "inclusion": list(draft.inclusion),
        "accuracy_m": draft.accuracy_m,
        "declared_area": draft.declared_area,
        "funding": draft.funding_source,
    }


def _place_values(record: Record) -> dict[str, Any]:
    place, position = record.place, record.position
    return {
        "geom": None if record.geometry is None else record.geometry.wkb,
        "position": None if position is None else position.wkb,
        "cell": None if position is None else cell_at(position.x, position.y),
        "edition_id": place.edition_id,
        "area_code": place.code,
        **{level: place.at_level(level) for level in LEVELS},
        "area_shares": orjson.dumps(place.shares).decode() if place.shares else None,
        "doubts": list(place.doubts),
    }


def _contact_values(person: ProposerDraft | None, created: datetime) -> dict[str, Any]:
    kept = person if person is not None and person.consent else None
    return {
        "has_contact": kept is not None,
        "contact_name": kept and kept.name,
        "contact_phone": kept and kept.phone,
        "contact_email": kept and kept.email,
        "contact_role": kept and kept.role,
        "consented": kept and created,
    }


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
        "status": FIRST_STATUS,
        "actor_role": WARGA,
        "nonce": nonce,
        "hash": event_digest(step, nonce=nonce, previous=None),
    }

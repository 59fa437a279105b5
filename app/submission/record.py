"""A submission as it is stored: the draft, where it was placed, and its first step."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from shapely import Point
from shapely.geometry.base import BaseGeometry

from app.areas.placing import Place
from app.language import Language
from app.stored_words import LEVELS
from app.submission.queries import Received
from app.submission.schemas import ProposerDraft, UsulanDraft
from app.usulan.codes import tracking_hash
from app.usulan.history import event_digest
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


def row_of(record: Record, received: Received, *, code: str, nonce: bytes) -> dict[str, Any]:
    """What `submit.sql` takes of it, but for number, key and senders.

    All of it goes as JSON: as a bind each would be of another type where it is null, so of
    another statement, which is planned anew.
    """
    return {
        **_known_values(record, received),
        **_draft_values(record.draft),
        **_place_values(record),
        **record.lineage._asdict(),
        "usulan_id": record.usulan_id,
        "tracking_hash": as_text(tracking_hash(code) or b""),
        "year": record.year,
        "status": FIRST_STATUS,
        "published": record.published,
        "created": record.created,
        "nonce": as_text(nonce),
        "hash": as_text(event_digest(_first_step(record), nonce=nonce, previous=None)),
        "contact": _contact(record.draft.proposer, record.language),
    }


def as_text(value: bytes) -> str:
    """As PostgreSQL reads them from a text."""
    return f"\\x{value.hex()}"


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
    geom = _hexadecimal(record.geometry)
    return {
        "geom": geom,
        "position": geom if position is record.geometry else _hexadecimal(position),
        "cell": None if position is None else cell_at(position.x, position.y),
        "area_code": place.code,
        **{level: place.at_level(level) for level in LEVELS},
        "area_shares": place.shares or None,
        "doubts": place.doubts,
    }


def _hexadecimal(shape: BaseGeometry | None) -> str | None:
    return None if shape is None else str(shape.wkb_hex)


def _contact(person: ProposerDraft | None, language: Language) -> dict[str, Any] | None:
    if person is None or not person.consent:
        return None
    kept = person.model_dump(include={"name", "phone", "email", "role"})
    return {**kept, "language": language}


def _first_step(record: Record) -> dict[str, Any]:
    return {
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

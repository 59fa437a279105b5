"""What is needed to write an usulan in bulk: the record, its history and the person behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from shapely import Point
from shapely.geometry.base import BaseGeometry


class NewEvent(NamedTuple):
    """One step to be written; number, status before and hash follow from its place in the list.

    A tuple, because a load makes millions of them.
    """

    at: datetime
    kind: str
    status: str
    actor_role: str
    stage: str | None = None
    actor_area: str | None = None
    reason_code: str | None = None
    reason: str | None = None
    details: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposer:
    """Contact of the person behind an usulan."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    role: str | None = None
    consented: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUsulan:
    """An usulan to be written, placed already.

    Status and stage are those of the last event, `created` is the time of the first and
    `updated` of the last, so that record and history cannot disagree. The cell follows from the
    position. An usulan that continues another comes after it.
    """

    usulan_id: UUID | None = None
    """Made from the first event's time when None."""
    year: int
    category: str
    title: str
    problem: str
    address: str | None = None
    landmark: str | None = None
    volume: Decimal | None = None
    unit: str | None = None
    estimated_cost: int | None = None
    beneficiaries: int | None = None
    severity: int | None = None
    inclusion: Sequence[str] = ()
    supporters: int = 0

    geometry: BaseGeometry | None = None
    """Degrees, EPSG:4326; None when it is placed only as an area."""
    position: Point | None = None
    """As `spatial.placement.Placement` says; None stands for the geometry's representative point,
    which is the same wherever the geometry lies wholly in the city."""
    accuracy_m: float | None = None
    edition_id: int
    area_code: str
    kota: str
    kecamatan: str | None = None
    kelurahan: str | None = None
    rw: str | None = None
    rt: str | None = None
    area_shares: Sequence[Mapping[str, Any]] | None = None
    declared_area: str | None = None
    doubts: Sequence[str] = ()

    channel: str = "rembug"
    funding: str | None = None
    published: bool = True
    lineage_id: UUID | None = None
    """Its own id when None: the first of its lineage."""
    sequence: int = 0
    continues_id: UUID | None = None
    source: str
    source_id: str | None = None
    source_digest: bytes | None = None
    load_id: UUID | None = None
    """The load by an officer that creates it."""

    events: Sequence[NewEvent]
    """At least the submission, oldest first."""
    proposer: NewProposer | None = None

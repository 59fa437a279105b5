"""A person's own data, as the OpenAPI document shows it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from app.moderation.schemas import KeptWords, WholeEvent


class OwnUsulan(BaseModel):
    """What was sent, and where it stands."""

    number: str
    year: int
    category: str
    title: str
    problem: str
    address: str | None
    landmark: str | None
    volume: float | None
    unit: str | None
    estimated_cost: int | None
    beneficiaries: int | None
    severity: int | None
    inclusion: list[str]
    accuracy_m: float | None
    declared_area: str | None
    area_code: str
    status: str
    created: datetime
    updated: datetime
    question: str | None


class OwnContact(BaseModel):
    """Who sent it."""

    name: str | None
    phone: str | None
    email: str | None
    role: str | None
    consented: datetime | None
    language: str


class OwnAnswer(BaseModel):
    """What was answered by a step of the history."""

    sequence: int
    text: str


class OwnFormerPlace(BaseModel):
    """Where it stood before a step of the history; null where it was known by its area alone."""

    sequence: int
    geometry: dict[str, Any] | None


class OwnData(BaseModel):
    """All that is kept under a tracking code."""

    usulan: OwnUsulan
    geometry: dict[str, Any] | None
    contact: OwnContact | None
    answers: list[OwnAnswer]
    closed_words: list[KeptWords]
    former_places: list[OwnFormerPlace]
    history: list[WholeEvent]

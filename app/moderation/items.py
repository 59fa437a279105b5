"""Usulan and their steps as officers are told them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from app.accounts.permissions import Act, Actor, Thing, may, moves_of
from app.cities.queries import City
from app.moderation.steps import (
    CATEGORY_CHANGE,
    FORWARDING,
    PLACING,
    PUBLICATION,
    REDACTION,
    SETTLING,
    STATUS_CHANGE,
)
from app.rows import AnyRow
from app.stored_words import LEVELS
from app.usulan.features import NameOfArea
from app.usulan.workflow import may_be_taken_back

ACTS: Mapping[str, Act] = {
    "publication": Act.PUBLISH,
    "redaction": Act.REDACT,
    "place": Act.PLACE,
    "category": Act.CATEGORISE,
    "forward": Act.FORWARD,
    "doubts": Act.SETTLE,
}
"""The acts that have an address, by its last word; beside moves of the status, and undoing."""
ACT_OF_KIND: Mapping[str, Act] = {
    PUBLICATION: Act.PUBLISH,
    REDACTION: Act.REDACT,
    PLACING: Act.PLACE,
    CATEGORY_CHANGE: Act.CATEGORISE,
    FORWARDING: Act.FORWARD,
    SETTLING: Act.SETTLE,
}
UNDONE_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Hearer:
    """Who is told, when, and what areas are called."""

    actor: Actor
    city: City
    name_of: NameOfArea
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.city.time_zone)


def thing_of(row: AnyRow) -> Thing:
    """What an act on this usulan is an act on."""
    areas = [code for level in LEVELS if (code := getattr(row, level)) is not None]
    programmes = [row.programme] if row.programme is not None else row.programmes
    return Thing(row.city_id, areas, programmes)


def item(row: AnyRow, hearer: Hearer) -> dict[str, Any]:
    """An usulan as a list of work has it."""
    return {
        "number": row.number,
        "title": row.title,
        "problem": row.problem,
        "category": row.category,
        "group": row.group_code,
        "status": row.status,
        "stage": row.stage,
        "year": row.year,
        "channel": row.channel,
        "severity": row.severity,
        "supporters": row.supporters,
        "estimated_cost": row.estimated_cost,
        "areas": _chain(row, hearer.name_of),
        "geometry": None if row.geom is None else orjson.Fragment(row.geom),
        "precision": row.precision,
        "published": row.published,
        "doubts": row.open_doubts,
        "created": _time(row.created, hearer),
        "updated": _time(row.updated, hearer),
        "due": row.due,
        "late": row.due is not None and row.due < hearer.now.astimezone(hearer.zone).date(),
        "question": row.question,
        "may": _may(row, hearer),
        "seen": row.hash.hex(),
    }


def _may(row: AnyRow, hearer: Hearer) -> dict[str, list[str]]:
    thing, actor = thing_of(row), hearer.actor
    acts = [name for name, act in ACTS.items() if may(actor, act, thing)]
    if not row.open_doubts and "doubts" in acts:
        acts.remove("doubts")
    if is_undoable(row, hearer.now) and _may_take(row, actor):
        acts.append("undo")
    return {"moves": list(moves_of(actor, thing, row.status)), "acts": acts}


def is_undoable(last: AnyRow, now: datetime) -> bool:
    """Whether there is a way back of a last step, if nothing followed from it yet."""
    if now - last.at > UNDONE_WITHIN or "other_places" in last.details:
        return False
    if last.kind == STATUS_CHANGE:
        return "before" in last.details and may_be_taken_back(last.from_status, last.to_status)
    return last.kind in ACT_OF_KIND


def _may_take(row: AnyRow, actor: Actor) -> bool:
    """Whether the actor could take the last step himself."""
    thing = thing_of(row)
    if row.kind == STATUS_CHANGE:
        return row.to_status in moves_of(actor, thing, row.from_status)
    return may(actor, ACT_OF_KIND[row.kind], thing)


def _chain(row: AnyRow, name_of: NameOfArea) -> list[dict[str, str]]:
    return [
        {"level": level, "code": code, "name": name_of(row.edition_id, code)}
        for level in LEVELS
        if (code := getattr(row, level)) is not None
    ]


def _time(at: datetime, hearer: Hearer) -> str:
    return at.astimezone(hearer.zone).isoformat()


def told_event(event: AnyRow, hearer: Hearer) -> dict[str, Any]:
    """A step with all that is kept of it."""
    return {
        "at": _time(event.at, hearer),
        "kind": event.kind,
        "from": event.from_status,
        "to": event.to_status,
        "stage": event.stage,
        "actor": {"role": event.actor_role, "area": event.actor_area},
        "reason_code": event.reason_code,
        "reason": event.reason,
        "details": event.details,
        "hash": event.hash.hex(),
        "previous": None if event.previous is None else event.previous.hex(),
    }


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to an usulan beside its own row."""

    events: Sequence[AnyRow]
    contact: AnyRow | None
    similar: Sequence[AnyRow]
    merged: tuple[str | None, Sequence[str]]
    kept: Sequence[AnyRow]
    answers: Mapping[int, str]
    """By the step of the history."""


def full_item(row: AnyRow, around: Around, hearer: Hearer) -> dict[str, Any]:
    """One usulan by itself: whole, as far as the officer may know it."""
    actor, thing = hearer.actor, thing_of(row)
    told: dict[str, Any] = {
        **item(row, hearer),
        **{name: getattr(row, name) for name in _MORE},
        "events": [
            {**told_event(event, hearer), "answer": around.answers.get(event.sequence)}
            for event in around.events
        ],
        "similar": [_card(card, hearer) for card in around.similar],
        "merged": {"into": around.merged[0], "from": list(around.merged[1])},
    }
    if may(actor, Act.READ_CONTACT, thing):
        person = around.contact
        told["contact"] = None if person is None else dict(person._mapping)  # noqa: SLF001
    if may(actor, Act.READ_CONTACT, thing) or may(actor, Act.REDACT, thing):
        told["kept"] = [{"field": each.field, "words": each.words} for each in around.kept]
    return told


_MORE = (
    *("address", "landmark", "volume", "unit", "beneficiaries", "funding", "declared_area"),
    *("accuracy_m", "source", "programme", "agency"),
)
NEAR_M = 1_000.0


def _card(row: AnyRow, hearer: Hearer) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "distance_m": round(row.distance_m, 1),
        "status": row.status,
        "created": _time(row.created, hearer),
        "supporters": row.supporters,
        # 1 at the same spot, 0 as far away as is looked.
        "score": round(1 - row.distance_m / NEAR_M, 2),
    }

"""Usulan as GeoJSON features, in the words that their precision allows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from app.cities.queries import City
from app.language import Language
from app.models.area import LEVELS
from app.rows import AnyRow

AreaNames = Mapping[tuple[int, str], str]


def feature(row: AnyRow, names: AreaNames, city: City, language: Language) -> dict[str, Any]:
    """One row of the list."""
    position = None
    if row.longitude is not None:
        coordinates = [round(row.longitude, 6), round(row.latitude, 6)]
        position = {"type": "Point", "coordinates": coordinates}
    return {
        "type": "Feature",
        "id": row.number,
        "geometry": position,
        "properties": _properties(row, names, city, language),
    }


def full_feature(row: AnyRow, names: AreaNames, city: City, language: Language) -> dict[str, Any]:
    """One usulan by itself: as in the list, with its shape, address and landmark where public."""
    single = feature(row, names, city, language)
    if row.shape is not None:
        single["geometry"] = orjson.Fragment(row.shape)
    if row.precision == "exact":
        single["properties"] |= {"address": row.address, "landmark": row.landmark}
    return single


def _properties(row: AnyRow, names: AreaNames, city: City, language: Language) -> dict[str, Any]:
    exact = row.precision == "exact"
    return {
        "number": row.number,
        "title": row.title if exact else category_name(row, language),
        **({"problem": row.problem} if exact else {}),
        "category": row.category,
        "group": row.group_code,
        "status": row.status,
        "stage": row.stage,
        "year": row.year,
        "channel": row.channel,
        "severity": row.severity,
        "volume": row.volume,
        "unit": row.unit,
        "estimated_cost": row.estimated_cost,
        "beneficiaries": row.beneficiaries,
        "supporters": row.supporters,
        "funding": row.funding,
        "areas": area_chain(row, names),
        "precision": row.precision,
        "created": public_time(row.created, row.precision, city),
        "updated": public_time(row.updated, row.precision, city),
    }


def category_name(row: AnyRow, language: Language) -> str:
    return str(row.category_name if language == "id" else row.category_name_en)


def area_chain(row: AnyRow, names: AreaNames) -> list[dict[str, str]]:
    """The areas of a row from kota down, as far as its columns tell."""
    chain = ((level, getattr(row, level)) for level in LEVELS)
    return [
        {"level": level, "code": code, "name": names.get((row.edition_id, code), "")}
        for level, code in chain
        if code is not None
    ]


def public_time(at: datetime, precision: str, city: City) -> str:
    """The instant in the city's own time; of a private need only the month."""
    local = at.astimezone(ZoneInfo(city.time_zone))
    return local.isoformat() if precision == "exact" else local.strftime("%Y-%m")


def history(number: str, rows: Sequence[AnyRow], precision: str, city: City) -> dict[str, Any]:
    """What happened, oldest first; never who by name."""
    return {"number": number, "events": [_event(row, precision, city) for row in rows]}


def _event(row: AnyRow, precision: str, city: City) -> dict[str, Any]:
    return {
        "at": public_time(row.at, precision, city),
        "kind": row.kind,
        "from": row.from_status,
        "to": row.to_status,
        "actor": {"role": row.actor_role, "area": row.actor_area},
        "reason_code": row.reason_code,
        "reason": row.reason,
        "hash": row.hash.hex(),
        "previous": row.previous.hex() if row.previous is not None else None,
    }

"""Usulan as GeoJSON features, in the words that their precision allows."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from app.cities.queries import City
from app.language import Language
from app.resident.tellings import Told
from app.rows import AnyRow
from app.stored_words import LEVELS
from app.web.answers import json_bytes

NameOfArea = Callable[[int, str], str]
"""What an area of an edition is called, by its code; nothing for one that is not known."""


class Teller:
    """Tells usulan of one city in one language; what many of them share is made once."""

    def __init__(self, name_of: NameOfArea, city: City, language: Language) -> None:
        self._name_of = name_of
        self._zone = ZoneInfo(city.time_zone)
        self._language = language
        self._areas: dict[tuple[int, str], dict[str, str]] = {}

    def told(self, row: AnyRow) -> Told:
        """A row as the list has it."""
        return Told(
            row.number,
            row.created,
            row.updated,
            row.supporters,
            row.estimated_cost,
            json_bytes(self._feature(row)),
        )

    def full_feature(self, row: AnyRow) -> dict[str, Any]:
        """One by itself: as in the list, with its shape, address and landmark where public."""
        single = self._feature(row)
        if row.shape is not None:
            single["geometry"] = orjson.Fragment(row.shape)
        if row.precision == "exact":
            single["properties"] |= {"address": row.address, "landmark": row.landmark}
        return single

    def _feature(self, row: AnyRow) -> dict[str, Any]:
        position = None
        if row.longitude is not None:
            coordinates = [round(row.longitude, 6), round(row.latitude, 6)]
            position = {"type": "Point", "coordinates": coordinates}
        return {
            "type": "Feature",
            "id": row.number,
            "geometry": position,
            "properties": self._properties(row),
        }

    def _properties(self, row: AnyRow) -> dict[str, Any]:
        exact = row.precision == "exact"
        return {
            "number": row.number,
            "title": row.title if exact else category_name(row, self._language),
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
            "areas": self._chain(row),
            "precision": row.precision,
            "created": public_time(row.created, row.precision, self._zone),
            "updated": public_time(row.updated, row.precision, self._zone),
        }

    def _chain(self, row: AnyRow) -> list[dict[str, str]]:
        """The areas of a row from kota down, as far as its columns tell."""
        edition, found = row.edition_id, []
        codes = (row.kota, row.kecamatan, row.kelurahan, row.rw, row.rt)
        for level, code in zip(LEVELS, codes, strict=True):
            if code is not None:
                known = self._areas.get((edition, code))
                found.append(known or self._area(edition, level, code))
        return found

    def _area(self, edition_id: int, level: str, code: str) -> dict[str, str]:
        made = {"level": level, "code": code, "name": self._name_of(edition_id, code)}
        self._areas[edition_id, code] = made
        return made


def category_name(row: AnyRow, language: Language) -> str:
    return str(row.category_name if language == "id" else row.category_name_en)


def public_time(at: datetime, precision: str, zone: ZoneInfo) -> str:
    """The instant in the city's own time; of a private need only the month."""
    local = at.astimezone(zone)
    return local.isoformat() if precision == "exact" else local.strftime("%Y-%m")


def history(number: str, rows: Sequence[AnyRow], precision: str, city: City) -> dict[str, Any]:
    """What happened, oldest first; never who by name."""
    zone = ZoneInfo(city.time_zone)
    return {"number": number, "events": [_event(row, precision, zone) for row in rows]}


def _event(row: AnyRow, precision: str, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "at": public_time(row.at, precision, zone),
        "kind": row.kind,
        "from": row.from_status,
        "to": row.to_status,
        "actor": {"role": row.actor_role, "area": row.actor_area},
        "reason_code": row.reason_code,
        "reason": row.reason,
        "hash": row.hash.hex(),
        "previous": row.previous.hex() if row.previous is not None else None,
    }

"""Adding cities to an installation; the caller owns the transaction."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from psycopg import Connection

from app.statements import load_statement
from app.text import ForbiddenCharacters, tidy_line

_CODE = re.compile(r"\d{2}\.\d{2}")
_MAKASSAR_PROVINCES = frozenset({51, 52, 53, 63, 64, 65, 71, 72, 73, 74, 75, 76})
_FIRST_JAYAPURA_PROVINCE = 81


class CityRefused(ValueError):
    """A code or name that no city can have."""


@dataclass(frozen=True, slots=True)
class KnownCity:
    """A city of this installation."""

    city_id: int
    code: str
    name: str
    time_zone: str


def add_city(
    connection: Connection, code: str, name: str
) -> Literal["created", "updated", "unchanged"]:
    """Make a city known, or rename it; its Kemendagri number becomes its key."""
    if not _CODE.fullmatch(code) or code.startswith("00"):
        raise CityRefused(
            f"{code[:20]!r} bukan kode kota atau kabupaten: tulis dua angka, titik, dua angka"
            " (contoh: 33.72)"
        )
    values = {
        "city_id": int(code.replace(".", "")),
        "code": code,
        "name": _name(name),
        "time_zone": time_zone_of(code),
    }
    row = connection.execute(load_statement("cities", "add_city"), values).fetchone()
    if row is None:
        return "unchanged"
    return "created" if row[0] else "updated"


def find_city(connection: Connection, code: str) -> KnownCity | None:
    row = connection.execute(load_statement("cities", "find_city"), {"code": code}).fetchone()
    return KnownCity(*row) if row else None


def list_cities(connection: Connection) -> list[dict[str, Any]]:
    cursor = connection.execute(load_statement("cities", "list_cities"))
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def time_zone_of(code: str) -> str:
    """The time zone of the province that a city code starts with."""
    province = int(code[:2])
    if province in _MAKASSAR_PROVINCES:
        return "Asia/Makassar"
    jayapura = _FIRST_JAYAPURA_PROVINCE <= province < 99  # 99 is the demo
    return "Asia/Jayapura" if jayapura else "Asia/Jakarta"


def _name(name: str) -> str:
    try:
        tidy = tidy_line(name)
    except ForbiddenCharacters:
        raise CityRefused("nama kota memuat karakter yang tidak boleh dipakai") from None
    if not 1 <= len(tidy) <= 100:
        raise CityRefused("nama kota harus 1 sampai 100 huruf")
    return tidy

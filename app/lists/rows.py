"""One row of a list: its cells to a draft that is right by itself, before it is placed."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from app.geometry_words import geometry_refusal
from app.lists import cells as read
from app.lists.cells import Cells, Reason, RowRejected
from app.lists.mapping import ListMapping
from app.lists.table import TableRow
from app.models.usulan import CHANNELS, FUNDING_SOURCES, INCLUSION_THEMES, STATUSES
from app.usulan import limits
from app.usulan.records import NewProposer
from app.usulan.workflow import FIRST_STATUS, needs_reason
from spatial.errors import GeometryError, SwappedAxes
from spatial.geometry import read_geometry
from spatial.json_names import find_repeated_name

_LONGEST_KEY = 100
_FILE_STATUSES = tuple(status for status in STATUSES if status != "draf")
_AHEAD = timedelta(days=1)
# Types that cannot be nested: GEOS follows a nest of collections until the stack ends.
_FLAT_WKT = re.compile(
    r"(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """What a category allows."""

    geometry: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRules:
    """What rows are judged by."""

    categories: Mapping[str, CategoryRule]
    zone: ZoneInfo
    year: int | None
    """The planning year of rows that name none; None: the year after their submission."""
    now: datetime
    mapping: ListMapping
    numbers: Mapping[str, int]
    """Where each field stands in a row."""
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A row that is right by itself."""

    row: TableRow
    source_id: str
    """The row's own key, else a hash of what it says."""
    digest: bytes
    """Of what a record takes from the row: equal ones change nothing."""
    named_year: int | None
    """The planning year that row or command name; None where it follows from the date."""
    geometry: BaseGeometry | None
    area: str | None
    declared: str | None
    accuracy_m: float | None
    status: str
    created: datetime
    updated: datetime
    reason_code: str | None
    reason: str | None
    content: Mapping[str, Any]
    """Columns of the record that need no looking up."""
    proposer: NewProposer | None


def read_draft(row: TableRow, rules: ListRules) -> Draft:
    """The draft of a row; raises RowRejected with the first thing that is wrong."""
    if len(row.cells) > rules.columns:
        raise RowRejected(Reason.COLUMNS, "baris memuat lebih banyak sel daripada kolom")
    cells = _cells(row, rules)
    category = _category(cells, rules)
    geometry = _geometry(cells, rules.categories[category])
    area = read.line(cells, "area", most=64)
    declared = read.line(cells, "declared_area", most=64)
    created = read.instant(cells, "created_at", rules.zone) or rules.now
    updated = max(read.instant(cells, "updated_at", rules.zone) or created, created)
    if updated > rules.now + _AHEAD:
        raise RowRejected(Reason.DATE, "tanggal belum tiba")
    status = read.choice(cells, "status", _FILE_STATUSES) or FIRST_STATUS
    draft = Draft(
        row=row,
        source_id=read.line(cells, "source_id", most=_LONGEST_KEY) or _key_of(cells),
        digest=b"",
        named_year=read.whole(cells, "year", least=2000, most=2100) or rules.year,
        geometry=geometry,
        area=None if geometry is not None else area,
        declared=declared or (area if geometry is not None else None),
        accuracy_m=read.decimal(cells, "accuracy_m", least=0, most=limits.LARGEST_ACCURACY_M),
        status=status,
        created=created,
        updated=updated,
        reason_code=read.line(cells, "reason_code", most=10) if needs_reason(status) else None,
        reason=read.line(cells, "reason", most=500) if needs_reason(status) else None,
        content=_content(cells, category),
        proposer=_proposer(cells, created),
    )
    return replace(draft, digest=_digest(draft))


def _key_of(cells: Cells) -> str:
    try:
        said = orjson.dumps(cells, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # half a surrogate pair, which no file in UTF-8 can hold
        raise RowRejected(Reason.CHARACTERS, "baris memuat karakter terlarang") from None
    return f"baris-{hashlib.sha256(said).hexdigest()[:32]}"


def _digest(draft: Draft) -> bytes:
    """Without key and year, which a record keeps, and without times, which its history has."""
    person = draft.proposer
    said = [
        *draft.content.items(),
        None if draft.geometry is None else draft.geometry.wkb_hex,
        [draft.area, draft.declared, draft.accuracy_m],
        [draft.status, draft.reason_code, draft.reason],
        person and [person.name, person.phone, person.email, person.role],
    ]
    return hashlib.sha256(orjson.dumps(said, default=str)).digest()


def _cells(row: TableRow, rules: ListRules) -> dict[str, str]:
    found = {}
    for name, number in rules.numbers.items():
        text = row.cells[number].strip() if number < len(row.cells) else ""
        meant = rules.mapping.values.get(name, {}).get(text.lower(), text)
        if meant:
            found[name] = meant
    for name, text in rules.mapping.defaults.items():
        found.setdefault(name, text)
    return found


def _category(cells: Cells, rules: ListRules) -> str:
    code = read.required(cells, "category")
    if code not in rules.categories:
        raise RowRejected(Reason.CATEGORY, f"kategori {code[:40]!r} tidak dikenal")
    return code


def _content(cells: Cells, category: str) -> dict[str, Any]:
    return {
        "category": category,
        "title": read.required_line(
            cells, "title", least=limits.SHORTEST_TITLE, most=limits.LONGEST_TITLE
        ),
        "problem": read.lines(
            cells, "problem", least=limits.SHORTEST_PROBLEM, most=limits.LONGEST_PROBLEM
        ),
        "address": read.line(cells, "address", most=limits.LONGEST_PLACE),
        "landmark": read.line(cells, "landmark", most=limits.LONGEST_PLACE),
        "volume": read.amount(cells, "volume", most=limits.LARGEST_VOLUME),
        "unit": read.choice(cells, "unit", limits.UNITS),
        "estimated_cost": read.whole(cells, "estimated_cost", least=0, most=limits.LARGEST_RUPIAH),
        "beneficiaries": read.whole(cells, "beneficiaries", least=0, most=limits.LARGEST_CROWD),
        "severity": read.whole(
            cells, "severity", least=limits.LEAST_SEVERITY, most=limits.MOST_SEVERITY
        ),
        "funding": read.choice(cells, "funding_source", FUNDING_SOURCES),
        "inclusion": _inclusion(cells),
        "channel": read.choice(cells, "channel", CHANNELS) or "musrenbang",
    }


def _inclusion(cells: Cells) -> tuple[str, ...]:
    words = (word.strip() for word in cells.get("inclusion", "").replace(";", ",").split(","))
    found = (
        read.choice({"inclusion": word}, "inclusion", INCLUSION_THEMES) for word in words if word
    )
    return tuple(dict.fromkeys(theme for theme in found if theme))


def _proposer(cells: Cells, created: datetime) -> NewProposer | None:
    contact = {
        "name": read.line(cells, "proposer_name", most=limits.LONGEST_NAME),
        "phone": read.line(cells, "proposer_phone", most=limits.LONGEST_PHONE),
        "email": read.line(cells, "proposer_email", most=limits.LONGEST_EMAIL),
    }
    if not any(contact.values()):
        return None
    if not read.flag(cells, "consent"):
        raise RowRejected(Reason.CONSENT, "kontak hanya disimpan bila consent berisi ya")
    role = read.line(cells, "proposer_role", most=limits.LONGEST_ROLE)
    return NewProposer(**contact, role=role, consented=created)


def _geometry(cells: Cells, rule: CategoryRule) -> BaseGeometry | None:
    allowed = tuple(dict.fromkeys(("Point", *rule.geometry)))
    has_position = "longitude" in cells or "latitude" in cells
    if "geometry" in cells and has_position:
        raise RowRejected(Reason.GEOMETRY, "isi salah satu: geometry atau longitude dan latitude")
    if "geometry" in cells:
        return _sent(_decoded(cells["geometry"]), allowed)
    if not has_position:
        return None
    longitude, latitude = read.decimal(cells, "longitude"), read.decimal(cells, "latitude")
    if longitude is None or latitude is None:
        raise RowRejected(Reason.GEOMETRY, "longitude dan latitude harus terisi keduanya")
    return _sent({"type": "Point", "coordinates": [longitude, latitude]}, allowed)


def _decoded(text: str) -> Any:  # noqa: ANN401 - judged by read_geometry
    is_geojson = text.startswith("{")
    try:
        found = orjson.loads(text) if is_geojson else _from_wkt(text)
    except (ValueError, shapely.errors.ShapelyError):
        raise RowRejected(
            Reason.GEOMETRY, "geometry bukan GeoJSON atau WKT yang sah (titik, garis atau bidang)"
        ) from None
    if is_geojson and (repeated := find_repeated_name(text.encode())):
        raise RowRejected(
            Reason.GEOMETRY, f"geometry memuat {repeated.name[:40]!r} lebih dari sekali"
        )
    return found


def _from_wkt(text: str) -> Any:  # noqa: ANN401 - as _decoded
    if not _FLAT_WKT.match(text) or "\0" in text:  # GEOS reads no further than a NUL
        raise ValueError
    with np.errstate(all="ignore"):  # 1e400 becomes infinite, and is refused as such
        return shapely.geometry.mapping(shapely.from_wkt(text))


def _sent(geojson: object, allowed: Sequence[str]) -> BaseGeometry:
    try:
        return read_geometry(geojson, allowed=allowed)
    except SwappedAxes as swapped:
        raise RowRejected(
            Reason.SWAPPED,
            "bujur dan lintang tertukar; mungkin"
            f" longitude {swapped.longitude:.6f}, latitude {swapped.latitude:.6f}",
        ) from None
    except GeometryError as error:
        why = geometry_refusal(error).errors[0].detail.id
        raise RowRejected(Reason.GEOMETRY, f"geometri tidak sah: {why}") from None

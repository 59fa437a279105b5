"""Acts of officers beside the status: what each asks for, and the step that it becomes."""

from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from app.accounts.permissions import Act, Grant, require
from app.areas.placing import Place, active_edition, place_geometry, place_in_area
from app.cities.queries import City
from app.errors import FieldError, UnknownCategory
from app.field_words import field_words
from app.geometry_words import geometry_refusal
from app.moderation import queries
from app.moderation.items import thing_of
from app.moderation.schemas import (
    CategoryWish,
    DoubtsWish,
    ForwardWish,
    PlaceWish,
    PublicationWish,
    RedactionWish,
)
from app.moderation.sitting import Sitting, wrong_field
from app.moderation.steps import (
    CATEGORY_CHANGE,
    FORWARDING,
    PLACING,
    PUBLICATION,
    REDACTION,
    SETTLING,
    Closed,
    Standing,
    Step,
)
from app.rows import AnyRow
from app.sentences import require_sentence
from app.stored_words import LEVELS
from spatial.errors import GeometryError
from spatial.geometry import read_geometry
from spatial.grid import cell_at

CLOSED_WORDS = "[ditutup]"
"""Stands where words were closed."""


async def plan_publication(
    sitting: Sitting, _city: City, standing: Standing, wish: PublicationWish
) -> Step:
    """Let the public see an usulan, or hold it back, which needs a sentence why."""
    grant = _require(sitting, Act.PUBLISH, standing)
    if not wish.published:
        require_sentence(wish.reason)
    if standing.row.published == wish.published:
        raise wrong_field("/published", "already_so")
    return _step(PUBLICATION, grant, wish.reason, {"published": wish.published})


async def plan_redaction(
    sitting: Sitting, _city: City, standing: Standing, wish: RedactionWish
) -> Step:
    """Close words to everybody but those who may ask back, wherever they stand in a field."""
    grant = _require(sitting, Act.REDACT, standing)
    require_sentence(wish.reason)
    before: str = getattr(standing.row, wish.field) or ""
    if wish.text not in before:
        raise wrong_field("/text", "words_not_there")
    after = before.replace(wish.text, CLOSED_WORDS)
    return Step(
        REDACTION,
        grant.role,
        grant.area_code,
        reason=wish.reason,
        details={"field": wish.field},
        changes={wish.field: after},
        closed=Closed(wish.field, wish.text),
    )


async def plan_category(
    sitting: Sitting, _city: City, standing: Standing, wish: CategoryWish
) -> Step:
    """Put an usulan in another category, whose precision then holds for it."""
    grant = _require(sitting, Act.CATEGORISE, standing)
    require_sentence(wish.reason)
    row = standing.row
    if wish.category == row.category:
        raise wrong_field("/category", "already_so")
    found = await queries.find_category(sitting.connection, wish.category)
    if found is None:
        words = field_words("value_unknown", {})
        raise UnknownCategory(errors=[FieldError("/category", "TIDAK_DIKENAL", words)])
    if row.geom is not None and orjson.loads(row.geom)["type"] not in ("Point", *found.geometry):
        raise wrong_field("/category", "geometry_not_of_category")
    return _step(CATEGORY_CHANGE, grant, wish.reason, {"category": wish.category})


async def plan_forwarding(
    sitting: Sitting, _city: City, standing: Standing, wish: ForwardWish
) -> Step:
    """Send an usulan to a field of government or an agency; its field then is that one."""
    grant = _require(sitting, Act.FORWARD, standing)
    require_sentence(wish.reason)
    given = {"programme": wish.programme, "agency": wish.agency}
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise wrong_field("/programme", "one_target")
    if all(getattr(standing.row, name) == value for name, value in changes.items()):
        raise wrong_field(f"/{next(iter(changes))}", "already_so")
    return _step(FORWARDING, grant, wish.reason, changes)


async def plan_settling(
    sitting: Sitting, _city: City, standing: Standing, wish: DoubtsWish
) -> Step:
    """Say that doubts about the place of an usulan are cleared up."""
    grant = _require(sitting, Act.SETTLE, standing)
    doubts: list[str] = standing.row.doubts
    if not set(wish.settled) <= set(doubts):
        raise wrong_field("/settled", "value_unknown")
    left = [doubt for doubt in doubts if doubt not in wish.settled]
    return _step(SETTLING, grant, wish.reason, {"doubts": left})


async def plan_placing(sitting: Sitting, city: City, standing: Standing, wish: PlaceWish) -> Step:
    """Put an usulan elsewhere, by the rule that places what residents send."""
    grant = _require(sitting, Act.PLACE, standing)
    require_sentence(wish.reason)
    place, geometry = await _placed(sitting, city, standing.row, wish)
    kept = await queries.count_other_places(sitting.connection, standing.row)
    step = _step(PLACING, grant, wish.reason, _columns(place, geometry))
    # What other editions say of the old place cannot be said again.
    return step if not kept else _with_details(step, {"other_places": kept})


async def _placed(
    sitting: Sitting, city: City, row: AnyRow, wish: PlaceWish
) -> tuple[Place, BaseGeometry | None]:
    if (wish.geometry is None) == (wish.area is None):
        raise wrong_field("/geometry", "missing" if wish.area is None else "one_place")
    active_edition(city)
    connection, declared = sitting.connection, row.declared_area
    if wish.area is not None:
        place = await place_in_area(connection, city, wish.area, declared=declared)
        if place is None:
            raise wrong_field("/area", "value_unknown")
        return place, None
    category = await queries.find_category(connection, row.category)
    allowed = ("Point", *(category.geometry if category else ()))
    try:
        geometry = read_geometry(wish.geometry, allowed=tuple(dict.fromkeys(allowed)))
    except GeometryError as error:
        raise geometry_refusal(error) from error
    return await place_geometry(connection, city, geometry, declared=declared), geometry


def _columns(place: Place, geometry: BaseGeometry | None) -> dict[str, Any]:
    position = place.position
    return {
        "geom": None if geometry is None else shapely.to_geojson(geometry),
        "position": None if position is None else shapely.to_geojson(position),
        "cell": None if position is None else cell_at(position.x, position.y),
        "edition_id": place.edition_id,
        "area_code": place.code,
        **{level: place.at_level(level) for level in LEVELS},
        "area_shares": place.shares,
        "doubts": list(place.doubts),
        "accuracy_m": None,
    }


def _require(sitting: Sitting, act: Act, standing: Standing) -> Grant:
    return require(sitting.actor, act, thing_of(standing.row))


def _step(kind: str, grant: Grant, reason: str | None, changes: dict[str, Any]) -> Step:
    return Step(kind, grant.role, grant.area_code, reason=reason, changes=changes)


def _with_details(step: Step, details: dict[str, Any]) -> Step:
    return Step(
        step.kind, step.role, step.area, reason=step.reason, details=details, changes=step.changes
    )

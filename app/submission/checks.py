"""What a draft must satisfy beyond its fields: category, place, consent, lineage."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shapely import Point
from shapely.geometry.base import BaseGeometry

from app.areas.placing import (
    Place,
    active_edition,
    place_at_hand,
    place_geometry,
    place_in_area,
)
from app.cities.queries import City
from app.errors import FieldError, InvalidFields, UnknownCategory
from app.field_words import field_code, field_words
from app.geometry_words import geometry_refusal
from app.lines import AnyConnection
from app.submission import queries
from app.submission.queries import Rules
from app.submission.record import Lineage
from app.submission.schemas import UsulanDraft
from spatial.assign import AreaIndex
from spatial.errors import GeometryError
from spatial.geometry import read_geometry

CARRIED_OVER_STATUS = "belum_diakomodir"


def check_rules(rules: Rules | None, draft: UsulanDraft) -> Rules:
    """The rules of the draft's category; refused for an unknown one, or contact without consent."""
    if (draft.geometry is None) == (draft.area is None):
        raise _wrong("/geometry", "missing" if draft.area is None else "one_place")
    person = draft.proposer
    if person is not None and person.has_contact and not person.consent:
        raise _wrong("/proposer/consent", "consent_missing")
    if rules is None:
        unknown = FieldError("/category", "TIDAK_DIKENAL", field_words("value_unknown", {}))
        raise UnknownCategory(errors=[unknown])
    return rules


async def place_draft(
    connection: AnyConnection, city: City, draft: UsulanDraft, rules: Rules
) -> tuple[Place, BaseGeometry | None]:
    """Where it lies, with its geometry unless it names only an area."""
    active_edition(city)
    if draft.area is not None:
        place = await place_in_area(connection, city, draft.area, declared=draft.declared_area)
        if place is None:
            raise _wrong("/area", "value_unknown")
        return place, None
    geometry = _read(draft.geometry, ("Point", *rules.geometry))
    place = await place_geometry(
        connection, city, geometry, accuracy_m=draft.accuracy_m, declared=draft.declared_area
    )
    return place, geometry


def place_draft_at_hand(
    index: AreaIndex, city: City, draft: UsulanDraft
) -> tuple[Place, Point] | None:
    """The same of a point by the areas in memory; None for all else, and where it lies in none."""
    geometry = _read(draft.geometry, ("Point",))
    place = place_at_hand(
        index, city, geometry, accuracy_m=draft.accuracy_m, declared=draft.declared_area
    )
    return None if place is None else (place, geometry)


async def find_lineage(
    connection: AnyConnection,
    city: City,
    draft: UsulanDraft,
    place: Place,
    *,
    usulan_id: UUID,
    year: int,
) -> Lineage:
    """A lineage of its own, or the next step of the one it continues.

    Only what an earlier year left unaccommodated can be continued, in its own category and
    kelurahan, and once: the new record takes the old one's place in every count. A private need
    is continued by officers only: whether a guess at its kelurahan is right must not be told.
    """
    if draft.continues is None:
        return Lineage(usulan_id, 0, None)
    former = await queries.find_forerunner(connection, city.city_id, draft.continues)
    if (
        former is None
        or former.precision != "exact"
        or former.category != draft.category
        or former.status != CARRIED_OVER_STATUS
        or former.year >= year
        or former.kelurahan != place.at_level("kelurahan")
        or former.continued
    ):
        raise _wrong("/continues", "not_continuable")
    return Lineage(former.lineage_id, former.sequence + 1, former.usulan_id)


def _read(geojson: Mapping[str, Any] | None, allowed: tuple[str, ...]) -> BaseGeometry:
    try:
        return read_geometry(geojson, allowed=tuple(dict.fromkeys(allowed)))
    except GeometryError as error:
        raise geometry_refusal(error) from error


def _wrong(pointer: str, kind: str) -> InvalidFields:
    return InvalidFields(errors=[FieldError(pointer, field_code(kind), field_words(kind, {}))])

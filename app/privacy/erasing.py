"""A person's own data: told to whoever holds the tracking code, erased by him or an administrator.

What stays is the usulan without a person. Of a private need, which is about somebody's home, the
words go too, and its place is moved to the label point of its area; the public saw neither. The
places that officers moved an usulan away from go whatever it is about.
"""

from typing import Any

import orjson

from app.accounts.permissions import Act, require
from app.cities.queries import City
from app.moderation import queries as moderation
from app.moderation.former_places import read_former_places
from app.moderation.items import thing_of, told_event
from app.moderation.reporting import find_own
from app.moderation.service import describe_acted, write
from app.moderation.sitting import Sitting, city_of_number, find_standing, hearer_of
from app.moderation.steps import ERASURE, Standing, Step
from app.privacy import queries
from app.usulan.workflow import WARGA

ERASED_WORDS = "Keterangan dihapus atas permintaan pengusul."
_OWN = (
    *("number", "year", "category", "title", "problem", "address", "landmark", "volume", "unit"),
    *("estimated_cost", "beneficiaries", "severity", "inclusion", "accuracy_m", "declared_area"),
    *("area_code", "status", "created", "updated", "question"),
)


async def describe_own(sitting: Sitting, code: str) -> dict[str, Any]:
    """All that is kept under a tracking code; NotFound for one that nobody was given."""
    city, standing = await find_own(sitting, code)
    connection, row = sitting.connection, standing.row
    person = await queries.find_person(connection, row)
    answers = await moderation.read_answers(connection, row)
    kept = await moderation.read_redactions(connection, row.city_id, row.usulan_id)
    places = await read_former_places(connection, row)
    events = await moderation.read_whole_history(connection, row.city_id, row.usulan_id)
    hearer = await hearer_of(sitting, city, row)
    return {
        "usulan": {name: getattr(row, name) for name in _OWN},
        "geometry": _geometry(row.geom),
        "contact": None if person is None else person._asdict(),
        "answers": [{"sequence": place, "text": words} for place, words in answers.items()],
        "closed_words": [{"field": each.field, "words": each.words} for each in kept],
        "former_places": [
            {"sequence": left, "geometry": _geometry(place.get("geom"))}
            for left, place in places.items()
        ],
        "history": [told_event(event, hearer) for event in events],
    }


def _geometry(geojson: str | None) -> orjson.Fragment | None:
    return None if geojson is None else orjson.Fragment(geojson)


async def erase_own(sitting: Sitting, code: str) -> None:
    """Erase whoever sent an usulan, as its tracking code asks; once is enough."""
    _, standing = await find_own(sitting, code)
    await _erase(sitting, standing, role=WARGA, area=standing.row.area_code)


async def erase_for(sitting: Sitting, number: str) -> dict[str, Any]:
    """The same by an administrator of the city, whom somebody asked on paper."""
    city: City = await city_of_number(sitting.connection, number)
    standing = await find_standing(sitting, city, number)
    grant = require(sitting.actor, Act.MANAGE_CITY, thing_of(standing.row))
    await _erase(sitting, standing, role=grant.role, area=grant.area_code)
    return await describe_acted(sitting, city, number)


async def _erase(sitting: Sitting, standing: Standing, *, role: str, area: str | None) -> None:
    if standing.last.kind == ERASURE:
        return
    changes: dict[str, Any] = {"address": None, "landmark": None, "accuracy_m": None}
    if standing.row.precision != "exact":
        changes |= await _without_home(sitting, standing)
    await queries.erase_person(sitting.connection, standing.row)
    await write(sitting, standing, Step(ERASURE, role, area, changes=changes, is_silent=True))


async def _without_home(sitting: Sitting, standing: Standing) -> dict[str, Any]:
    """Words and place of a private need as the public sees them; one without a place gets none."""
    row = standing.row
    face = await queries.get_public_face(sitting.connection, row)
    words = {"title": face.name, "problem": ERASED_WORDS}
    if row.position is None:
        return words
    place = {"geom": face.label_point, "position": face.label_point, "cell": face.label_cell}
    return {**words, **place, "area_shares": None}

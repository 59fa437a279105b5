"""Rows of a list in public words: those told before as they were, others from the database."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from app.cities.queries import City
from app.language import Language
from app.lines import AnyConnection
from app.resident.rows import numbers_of
from app.resident.tellings import Told
from app.rows import AnyRow
from app.usulan.features import NameOfArea, Teller
from app.usulan.queries import Named, read_area_names, read_named
from app.usulan.selection import Chosen
from spatial.index.pages import Page


class Listener(NamedTuple):
    """To whom usulan are told: through which connection they are read, and in which language."""

    connection: AnyConnection
    language: Language


def find_told(language: Language, chosen: Chosen, page: Page) -> list[Told | None]:
    """What lists have told of the usulan of a page."""
    tellings = None if chosen.indexed is None else chosen.indexed.tellings
    if tellings is None:
        return [None] * len(page.ids)
    return tellings.find(_how(language, chosen), page.ids.tolist())


def _how(language: Language, chosen: Chosen) -> tuple[str, str]:
    return language, chosen.city.time_zone


async def tell_named(listener: Listener, chosen: Chosen, page: Page) -> list[Told]:
    """Usulan that an index names, in no order; without those that the database has not."""
    city, known = chosen.city, find_told(listener.language, chosen, page)
    told = [each for each in known if each is not None]
    if len(told) == len(known):
        return told
    lacking = np.array([each is None for each in known], dtype=np.bool_)
    names = numbers_of(page.ids[lacking], city.code)
    named = _named(names, page.exact[lacking])
    rows = await read_named(listener.connection, city.city_id, named)
    numbered = dict(zip(names.tolist(), page.ids[lacking].tolist(), strict=True))
    tellings = None if chosen.indexed is None else chosen.indexed.tellings
    for row, more in zip(rows, await tell(listener, chosen, rows), strict=True):
        told.append(more)
        # Names of areas of other editions follow other changes.
        if tellings is not None and row.edition_id == city.edition_id:
            tellings.keep(_how(listener.language, chosen), numbered[row.number.encode()], more)
    return told


async def tell(listener: Listener, chosen: Chosen, rows: Sequence[AnyRow]) -> list[Told]:
    """Rows as a list has them."""
    names = await _area_names(listener.connection, chosen, rows)
    teller = Teller(names, chosen.city, listener.language)
    return [teller.told(row) for row in rows]


def _named(names: np.ndarray, is_exact: np.ndarray) -> Named:
    exact, others = (
        [number.decode() for number in some.tolist()]
        for some in (names[is_exact], names[~is_exact])
    )
    return Named(exact, others)


async def _area_names(
    connection: AnyConnection, chosen: Chosen, rows: Sequence[AnyRow]
) -> NameOfArea:
    """Names of the areas that rows lie in; those of the city's own edition are in memory."""
    city, indexed = chosen.city, chosen.indexed
    if indexed is None or any(row.edition_id != city.edition_id for row in rows):
        return await read_names(connection, city, rows)
    find = indexed.ground.find

    def name_of(_: int, code: str) -> str:
        area = find(code)
        return area.name if area else ""

    return name_of


async def read_names(connection: AnyConnection, city: City, rows: Sequence[AnyRow]) -> NameOfArea:
    """Names of the areas that rows lie in, whatever their edition."""
    names = await read_area_names(connection, city.city_id, rows)
    return lambda edition_id, code: names.get((edition_id, code), "")

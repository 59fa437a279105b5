"""The areas of a city's edition in memory: names and people, to stand beside an index's numbers."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from app.cities.queries import City
from app.resident.queries import GroundArea, read_ground

MOST_KEPT = 8


class AreaFacts(NamedTuple):
    """What is said of an area beside its numbers."""

    name: str
    level: str
    population: int | None
    households: int | None


class Ground:
    """The areas of one edition, by ascending code."""

    def __init__(self, areas: Iterable[GroundArea]) -> None:
        self._areas = {area.code: area for area in areas}

    def find(self, code: str) -> GroundArea | None:
        """The area of a code."""
        return self._areas.get(code)

    def chain(self, code: str) -> list[dict[str, str]]:
        """The area and all above it, from kota down."""
        found: list[dict[str, str]] = []
        area = self._areas.get(code)
        while area is not None:
            found.append({"level": area.level, "code": area.code, "name": area.name})
            area = self._areas.get(area.parent_code or "")
        return found[::-1]

    def facts(self, level: str) -> Mapping[str, Mapping[str, object]]:
        """Name, level and people of the areas of a level, by code in ascending order."""
        return {
            code: AreaFacts(area.name, level, area.population, area.households)._asdict()
            for code, area in self._areas.items()
            if area.level == level
        }

    def beneath(self, codes: Sequence[str]) -> frozenset[str]:
        """Codes of some areas and of all beneath them."""
        wanted = set(codes)
        return frozenset(
            code for code in self._areas if any(one["code"] in wanted for one in self.chain(code))
        )


class Grounds:
    """The grounds of one process: each is read once, and those of long ago are let go."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], Ground] = OrderedDict()

    async def of(self, connection: AsyncConnection, city: City) -> Ground:
        """The areas of the edition that the city is seen under."""
        found = self.at_hand(city)
        if found is None:
            areas = await read_ground(connection, city.city_id, city.edition_id or 0)
            found = self._kept[city.ground] = Ground(areas)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    def at_hand(self, city: City) -> Ground | None:
        """The same if it was read already."""
        found = self._kept.get(city.ground)
        if found is not None:
            self._kept.move_to_end(city.ground)
        return found

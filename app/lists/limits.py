"""Within what an officer loads a list: his area, and the steps that his role may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.lists.places import CityAreas, Place
from app.lists.reasons import Reason, RowRejected


@dataclass(frozen=True, slots=True)
class LoadLimits:
    """Whose load it is, and what it may not go beyond."""

    load_id: UUID
    area: str
    """Rows that do not lie in it are refused."""
    role: str
    """Under which he loads."""
    role_area: str
    """For which he has it: his steps name both."""
    roles: frozenset[str]
    """Whose steps of the status table he may take."""

    def only_within(
        self, places: Sequence[Place | RowRejected], areas: CityAreas
    ) -> list[Place | RowRejected]:
        """The same places, those beyond his area refused."""
        chains, area = areas.chains, self.area
        return [
            self.refusal(place.code)
            if isinstance(place, Place) and area not in chains[place.code]
            else place
            for place in places
        ]

    def refusal(self, found: str) -> RowRejected:
        """Why what lies there, or is called so, is not his to load."""
        told = f"bukan di wilayah {self.area} yang menjadi tugas Anda ({found})"
        return RowRejected(Reason.NOT_OWN_AREA, told)

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
            self._refusal(place.code, areas)
            if isinstance(place, Place) and area not in chains[place.code]
            else place
            for place in places
        ]

    def _refusal(self, found: str, areas: CityAreas) -> RowRejected:
        """Why what lies there is not his to load."""
        told = f"{areas.called(found)} ({found})"
        if found in areas.chains.get(self.area, ()):
            told = f"baris ini hanya menyebut {told}, belum tentu di {self._own(areas)}"
        else:
            told = f"baris ini di {told}, bukan di {self._own(areas)}"
        return RowRejected(Reason.NOT_OWN_AREA, told)

    def refusal_of_known(self, number: str, areas: CityAreas) -> RowRejected:
        """Why a row is not his to load that is the record of others."""
        told = f"sudah tercatat sebagai usulan {number}, yang bukan di {self._own(areas)}"
        return RowRejected(Reason.NOT_OWN_AREA, told)

    def _own(self, areas: CityAreas) -> str:
        name = areas.called(self.area) if self.area in areas.chains else self.area
        return f"wilayah tugas Anda: {name} ({self.area})"

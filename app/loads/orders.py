"""What a process of its own is told to do for a load."""

from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

import orjson

from app.loads.folder import LoadFolder
from app.loads.states import UNDER_WAY, State, Work

REJECTS_ATTEMPT = "rejects_attempt"
"""Where a report names the attempt whose rejects it tells of; nobody is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One piece of work; `attempt` tells it from one that was begun again since."""

    work: Work
    city_id: int
    city: str
    load_id: UUID
    attempt: int
    role: str
    """Of whoever wants it."""
    area: str
    """For which he has it."""
    roles: tuple[str, ...]
    """Whose steps of the status table he may take."""

    @property
    def whose(self) -> tuple[int, UUID, int]:
        """City, load and attempt."""
        return self.city_id, self.load_id, self.attempt

    @property
    def state(self) -> State:
        """Of the load while this goes on."""
        return UNDER_WAY[self.work]

    @property
    def failed(self) -> State:
        """Of the load where this comes to nothing: what is stored stays so."""
        return State.STORED if self.work is Work.TAKE_BACK else State.FAILED


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the work is done."""

    url: str
    """Of the database, with the rights of staff."""
    state_dir: str

    def folder(self, order: Order) -> LoadFolder:
        """The files of the load."""
        return LoadFolder.of(Path(self.state_dir), order.load_id)


def packed(order: Order, bench: Bench) -> bytes:
    """As it travels to the process, a line of its input: an address may hold a password."""
    return orjson.dumps({"order": asdict(order), "bench": asdict(bench)})


def unpacked(told: bytes) -> tuple[Order, Bench]:
    """The same over there."""
    document = orjson.loads(told)
    order = document["order"]
    order |= {
        "work": Work(order["work"]),
        "load_id": UUID(order["load_id"]),
        "roles": tuple(order["roles"]),
    }
    return Order(**order), Bench(**document["bench"])

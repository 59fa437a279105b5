"""Whether the histories of a city are whole, and are what its seals say they were."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from psycopg import Connection
from psycopg.rows import dict_row
from psycopg.types.json import set_json_loads

from app.models.seal import DAY
from app.seals.digest import seal_digest
from app.statements import load_statement
from app.usulan.history import DIGESTED, event_digest

MOST_NAMED = 20
BATCH = 10_000
_USULAN = itemgetter(DIGESTED.index("usulan_id"))
_SEQUENCE = DIGESTED.index("sequence")
_TO_STATUS, _STAGE = DIGESTED.index("to_status"), DIGESTED.index("stage")


class Told(NamedTuple):
    """What stands behind the columns that a digest vouches for."""

    nonce: bytes
    previous: bytes | None
    hash: bytes
    number: str | None
    status: str | None
    stage: str | None


@dataclass(slots=True)
class Findings:
    """How much was looked at, and what of it is wrong, the first ones by name."""

    looked_at: int = 0
    wrong: int = 0
    named: list[str] = field(default_factory=list)

    def add(self, fault: str) -> None:
        """Count a fault, and name it unless many are named."""
        self.wrong += 1
        if len(self.named) < MOST_NAMED:
            self.named.append(fault)


@dataclass(slots=True)
class SealFindings(Findings):
    """Of seals: also the last of a day, which can be compared with what the log said of it."""

    day: datetime | None = None
    day_hash: bytes | None = None


def count_steps(connection: Connection, city_id: int) -> int:
    """How many steps `check_histories` will look at, for its progress."""
    [(steps,)] = connection.execute(load_statement("seals", "count_steps"), {"city_id": city_id})
    return int(steps)


def check_histories(
    connection: Connection, city_id: int, *, progress: Callable[[int], None]
) -> Findings:
    """Look whether each history of a city leads from step to step, to where its usulan stands.

    Wants a connection with the clock of UTC. `progress` is given steps done; memory stays that
    of one batch.
    """
    findings, done = Findings(), 0
    with connection.cursor("steps", binary=True) as cursor:
        set_json_loads(orjson.loads, cursor)
        cursor.itersize = BATCH
        cursor.execute(load_statement("seals", "read_steps"), {"city_id": city_id})
        for usulan_id, group in groupby(cursor, key=_USULAN):
            steps = list(group)
            findings.looked_at += 1
            fault = _fault(steps)
            if fault is not None:
                findings.add(f"{steps[0][-3] or usulan_id} ({fault})")
            done += len(steps)
            if findings.looked_at % BATCH == 0:
                progress(done)
    progress(done)
    return findings


def _fault(steps: Sequence[tuple[Any, ...]]) -> str | None:
    """What is wrong with a history; None when it is whole."""
    before = None
    for number, step in enumerate(steps, 1):
        told = Told(*step[len(DIGESTED) :])
        if step[_SEQUENCE] != number or told.previous != before:
            return f"langkah {number} tidak menyambung"
        said = dict(zip(DIGESTED, step, strict=False))
        said["details"] = said["details"] or {}
        if event_digest(said, nonce=told.nonce, previous=before) != told.hash:
            return f"langkah {number} berubah"
        before = told.hash
    if told.number is not None and (step[_TO_STATUS], step[_STAGE]) != (told.status, told.stage):
        return "status bukan status langkah terakhir"
    return None


def check_seals(connection: Connection, city_id: int) -> SealFindings:
    """Look whether the seals of a city are one chain, and the histories still what they sealed."""
    findings = SealFindings()
    where = {"city_id": city_id}
    before = None
    with connection.cursor("seals", row_factory=dict_row, binary=True) as cursor:
        cursor.itersize = 1  # one may hold the ends of ten thousand histories
        cursor.execute(load_statement("seals", "read_seals"), where)
        for number, seal in enumerate(cursor, 1):
            findings.looked_at += 1
            if seal["number"] != number or seal["previous"] != before:
                findings.add(f"segel {number} tidak menyambung")
                break
            if seal_digest({**seal, **where}) != seal["hash"]:
                findings.add(f"segel {number} berubah")
                break
            before = seal["hash"]
            if seal["kind"] == DAY:
                findings.day, findings.day_hash = seal["at"].astimezone(UTC), before
    _find_lost(connection, city_id, findings)
    return findings


def _find_lost(connection: Connection, city_id: int, findings: SealFindings) -> None:
    values = {"city_id": city_id, "most": MOST_NAMED}
    lost = connection.execute(load_statement("seals", "find_lost_ends"), values).fetchall()
    for number, usulan_id, sequence, _ in lost:
        findings.add(f"langkah {sequence} {number or usulan_id} bukan lagi seperti disegel")
    if lost:
        findings.wrong += lost[0][-1] - len(lost)

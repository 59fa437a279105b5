"""What happens to a load while somebody else is at it too."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import psycopg
from psycopg.rows import namedtuple_row

from app.loads import worker
from app.loads.orders import Bench, Order
from app.loads.states import UNDER_WAY, Work
from app.usulan.bulk import Identity, LastEvent, copy_rows, event_rows
from app.usulan.history import NONCE_BYTES
from app.usulan.records import NewEvent
from tests.app.loads.lists import HERE, PROBLEM, keys, listed, row
from tests.app.world import CITY, CITY_ID

PATIENCE_S = 30.0
VERIFIED = "verifikasi_kel"


def verify(connection: psycopg.Connection, number: str) -> None:
    """Take a step as an officer does who holds the usulan; not committed."""
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        last = cursor.execute(
            "SELECT usulan_id, event.sequence, event.hash, usulan.status FROM peta.usulan"
            " JOIN peta.usulan_event AS event USING (city_id, usulan_id)"
            " WHERE number = %s ORDER BY event.sequence DESC LIMIT 1",
            [number],
        ).fetchone()
    step = NewEvent(datetime.now(UTC), "status", VERIFIED, "lurah", actor_area=HERE.kelurahan)
    noise = BytesIO(random.Random(1).randbytes(NONCE_BYTES))
    after = LastEvent(last.sequence, last.status, last.hash)
    steps = event_rows(Identity(CITY_ID, last.usulan_id), [step], noise, after=after)
    copy_rows(connection, "copy_event", steps)
    connection.execute(
        "UPDATE peta.usulan SET status = %s WHERE usulan_id = %s", [VERIFIED, last.usulan_id]
    )


def wait_until_blocked(town) -> None:
    end = time.monotonic() + PATIENCE_S
    with psycopg.connect(town.superuser, autocommit=True) as connection:
        while not connection.execute(
            "SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone():
            assert time.monotonic() < end
            time.sleep(0.02)


def test_what_an_officer_acts_on_while_its_load_is_taken_back_stays_and_is_told(loader, town):
    operator = loader("operator_kelurahan")
    load = operator.stored(listed(row("A1", HERE), row("A2", HERE), row("A3", HERE)))
    acted = keys(town)["A2"][2]
    with psycopg.connect(town.staff) as officer:
        officer.execute("SELECT 1 FROM peta.usulan WHERE number = %s FOR UPDATE", [acted])
        operator.ask("DELETE", f"/loads/{load['id']}")
        wait_until_blocked(town)
        verify(officer, acted)

    undone = operator.rested(load["id"])

    assert (undone["state"], undone["failure"]) == ("ditarik", None)
    assert undone["undone"] == {"withdrawn": 2, "kept": 1, "kept_numbers": [acted]}
    assert keys(town)["A2"][0] == VERIFIED


def worker_on(town, settings, load_id: str, work: Work, attempt: int) -> worker.Job:
    """A work as a process of its own has it in hand; no server knows of it."""
    order = Order(
        work=work,
        city_id=CITY_ID,
        city=CITY,
        load_id=UUID(load_id),
        attempt=attempt,
        role="operator_kelurahan",
        area=HERE.kelurahan,
        roles=(),
    )
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "UPDATE peta.list_load SET state = %s, attempt = %s WHERE load_id = %s",
            [UNDER_WAY[work], attempt, load_id],
        )
        connection.commit()
        job = worker._job(connection, order, Bench(town.staff, str(settings.state_dir)))
    assert job is not None
    return job


def test_a_work_that_was_overtaken_leaves_the_rejects_of_the_one_that_overtook_it(
    loader, town, settings
):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("B1", HERE, category="entah")))
    operator.done(load["id"], "check")
    slow = worker_on(town, settings, load["id"], Work.CHECK, 3)
    slow.listed.write_text(listed(f"B9,Jalan,{PROBLEM},lain,110.4,-7.0"), encoding="utf-8")
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "UPDATE peta.list_load SET attempt = 4, state = 'menunggu' WHERE load_id = %s",
            [load["id"]],
        )

    with psycopg.connect(town.staff) as connection:
        worker._check(connection, slow)

    told = operator.ask("GET", f"/loads/{load['id']}/rejects").text
    assert ("B1" in told, "B9" in told) == (True, False)
    assert sorted(each.name for each in slow.listed.parent.iterdir()) == [
        "2.rejected.csv",
        "daftar.csv",
    ]


class Watched(psycopg.Connection):
    """Looks before each end of a transaction."""

    look: Callable[[], None]

    def commit(self) -> None:
        self.look()
        super().commit()


def test_the_rejects_of_a_store_show_once_it_is_stored_and_not_before(loader, town, settings):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("C1", HERE, category="entah")))
    operator.done(load["id"], "check")
    storing = worker_on(town, settings, load["id"], Work.STORE, 3)
    storing.listed.write_text(listed(f"C9,Jalan,{PROBLEM},lain,110.4,-7.0"), encoding="utf-8")
    before: list[str] = []

    with Watched.connect(town.staff) as connection:
        connection.look = lambda: before.append(operator.rejects(load["id"]))
        worker._store(connection, storing)
        connection.look = str

    after = operator.rejects(load["id"])
    assert [("C1" in told, "C9" in told) for told in before] == [(True, False)]
    assert ("C1" in after, "C9" in after) == (False, True)


def test_what_a_killed_work_left_goes_with_the_next(loader, town, settings):
    operator = loader("operator_kelurahan")
    load = operator.sent(listed(row("D1", HERE, category="entah")))
    operator.done(load["id"], "check")
    killed = worker_on(town, settings, load["id"], Work.CHECK, 3)
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "UPDATE peta.list_load SET state = 'gagal' WHERE load_id = %s", [load["id"]]
        )
    folder = killed.listed.parent
    for name in ("3.rejected.csv", "3.rejected.csv.77.part", "daftar.csv.rejected.csv"):
        (folder / name).write_text("Bu Kenari")

    operator.done(load["id"], "check")

    assert "D1" in operator.rejects(load["id"])
    assert sorted(each.name for each in folder.iterdir()) == ["4.rejected.csv", "daftar.csv"]

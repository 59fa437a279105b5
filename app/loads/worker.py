"""The processes that work on loads, and end with the server that began them.

One waits with everything imported, which costs a second, and forks for each order that its input
tells. The fork tells on the output how many rows are done of about how many, and the one that
waits how the fork ended. What came of it stands in the database: the row of the load is changed in
the transaction that stores the list, so that one is never there without the other.
"""

import gc
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from psycopg import Connection, connect
from psycopg.errors import DiskFull
from psycopg.rows import namedtuple_row

from app.categories_file import CATEGORIES
from app.children import die_with_parent
from app.cities.service import KnownCity, find_city
from app.guesses.categories import CategoryGuesser
from app.guesses.guess import ListGuess, category_words, guess_list
from app.guesses.told import guess_facts, proposed_mapping
from app.lists.beside import REJECT_COLUMNS
from app.lists.choose import is_contact
from app.lists.file import ListWish, Surroundings, load_list_file
from app.lists.limits import LoadLimits
from app.lists.mapping import MappingRefused
from app.lists.refused import ListRefused
from app.lists.source import ListSource, opened_list
from app.loads.again import are_rejects, mapping_again
from app.loads.orders import REJECTS_ATTEMPT, Bench, Order, unpacked
from app.loads.states import NO_ROOM_STATUS, State, Work
from app.loads.undoing import TakenBy, take_back
from app.sheets.flaws import SheetFlaw, SheetRefused
from app.sheets.read import opened_sheets
from app.sheets.table import Head, Sheet, SheetRow
from app.statements import load_statement
from app.traces import own_lines

_TOLD_EVERY_S = 0.5
_MOST_CHANGES = 50
_HIDDEN = "(kontak tidak ditampilkan)"


@dataclass(frozen=True, slots=True)
class Job:
    """An order at work on."""

    order: Order
    bench: Bench
    load: Any
    """Row of `read_load.sql`."""
    city: KnownCity
    now: datetime

    @property
    def listed(self) -> Path:
        """The file of the list."""
        return self.bench.folder(self.order).listed(self.load.file_name)


def main() -> None:
    """Do what the input says, line by line, until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this
    die_with_parent()
    gc.collect()
    gc.freeze()  # what was imported stays shared with the forks
    for line in sys.stdin.buffer:
        child = os.fork()
        if child == 0:
            die_with_parent()
            # Nothing that was open before the fork is its own to close.
            os._exit(_done(line))
        _, status = os.waitpid(child, 0)
        _tell([os.waitstatus_to_exitcode(status)])


def _tell(what: list[int]) -> None:
    sys.stdout.buffer.write(orjson.dumps(what) + b"\n")
    sys.stdout.buffer.flush()


def _done(told: bytes) -> int:
    """Do one order; the status to end with."""
    work = None
    try:
        order, bench = unpacked(told)
        work = order.work
        _work(order, bench)
    except DiskFull:
        return NO_ROOM_STATUS
    except Exception as error:  # noqa: BLE001 - the edge of this process
        # Its own words are left out: a database puts into them what people wrote.
        failed = {"work": work, "error": type(error).__name__, "at": own_lines(error)}
        sys.stderr.write(f"{orjson.dumps({'event': 'load_work_failed', **failed}).decode()}\n")
        sys.stderr.flush()
        return 1
    return 0


def _work(order: Order, bench: Bench) -> None:
    with connect(bench.url) as connection:
        job = _job(connection, order, bench)
        if job is None:
            return
        try:
            _WORKS[order.work](connection, job)
        except (MappingRefused, ListRefused, SheetRefused) as refused:
            connection.rollback()
            report = getattr(refused, "report", None)
            _keep(connection, job, order.failed, failure=str(refused), report=report)


def _job(connection: Connection, order: Order, bench: Bench) -> Job | None:
    values = {**_whose(order), "state": order.state}
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        load = cursor.execute(load_statement("loads", "read_load"), values).fetchone()
    city = find_city(connection, order.city)
    connection.rollback()
    if load is None or city is None:
        return None
    return Job(order, bench, load, city, datetime.now(UTC))


def _whose(order: Order) -> dict[str, Any]:
    return {"city_id": order.city_id, "load_id": order.load_id, "attempt": order.attempt}


def _keep(
    connection: Connection,
    job: Job,
    state: State,
    *,
    failure: str | None = None,
    **found: Mapping[str, Any] | None,
) -> bool:
    """Write how it ended; False when somebody cancelled it or began it again."""
    told = {name: _json(found.get(name)) for name in ("guess", "report", "undone")}
    values = {
        **_whose(job.order),
        **told,
        "before": job.order.state,
        "state": state,
        "failure": failure,
        "forgets": state == State.STORED,
        "now": datetime.now(UTC),
    }
    row = connection.execute(load_statement("loads", "keep_outcome"), values).fetchone()
    return row is not None


def _json(found: Mapping[str, Any] | None) -> str | None:
    return None if found is None else orjson.dumps(_kept(found), default=str).decode()


def _kept(found: Any) -> Any:  # noqa: ANN401 - JSON is anything
    """With texts as PostgreSQL keeps them: without NUL and halves of characters."""
    if isinstance(found, str):
        return found.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    if isinstance(found, Mapping):
        return {_kept(str(key)): _kept(value) for key, value in found.items()}
    return list(map(_kept, found)) if isinstance(found, list | tuple) else found


def _read(connection: Connection, job: Job) -> None:
    guesser, is_again = _guesser(), False
    try:
        with opened_sheets(job.listed) as sheets:
            is_again = are_rejects(sheets)
            guess = guess_list(sheets, guesser, leave_out=REJECT_COLUMNS)
    except SheetRefused as refused:
        if refused.flaw is not SheetFlaw.NOT_A_TABLE:
            raise
        with opened_list(job.listed) as source:
            guess = guess_list([_as_sheet(source)], guesser)
    found = {
        **guess_facts(guess),
        "names": list(guess.names),
        "samples": _samples(guess),
        "mapping": proposed_mapping(guess),
    }
    if is_again:
        found = mapping_again(connection, job.order, job.load, found)
    _keep(connection, job, State.WAITING, guess=found)


def _as_sheet(source: ListSource) -> Sheet:
    """The properties of a map file as a table."""
    columns = source.sample()
    rows = list(zip(*columns, strict=True)) if columns else []
    head = Head((), source.columns, (1,), ())
    return Sheet(
        "", head, (), lambda: (SheetRow(number, row) for number, row in enumerate(rows, start=2))
    )


def _samples(guess: ListGuess) -> list[list[str]]:
    """The first rows, without contacts: they are read by more than may read these."""
    by_name = {each.column: each.field for each in guess.columns}
    hidden = {
        place
        for place, name in enumerate(guess.names)
        if by_name.get(name, "").startswith("proposer_")
        or is_contact(name, [row[place] for row in guess.first_rows])
    }
    return [
        [_HIDDEN if place in hidden and text else text for place, text in enumerate(row)]
        for row in guess.first_rows
    ]


def _guesser() -> CategoryGuesser:
    return CategoryGuesser(category_words(CATEGORIES))


def _check(connection: Connection, job: Job) -> None:
    with _own_rejects(job) as keep_rejects:
        report = _loaded(connection, job, is_tried=True)
        connection.rollback()
        if _keep(connection, job, State.WAITING, report=report):
            keep_rejects()
            connection.commit()


def _store(connection: Connection, job: Job) -> None:
    with _own_rejects(job) as keep_rejects:
        report = _loaded(connection, job, is_tried=False)
        if not _keep(connection, job, State.STORED, report=report):
            connection.rollback()
            return
        keep_rejects()
        connection.commit()
    job.bench.folder(job.order).forget_list(job.load.file_name)


@contextmanager
def _own_rejects(job: Job) -> Iterator[Callable[[], None]]:
    """A file for the rejects of this work, and what is called before its report is committed.

    By naming the work the report makes them those of the load: they show with it, and neither
    sooner nor later. They stay also where the answer to the commit is lost, for it may have been
    made. Once it is, those of others go, also what a work that was killed has left.
    """
    folder, own = job.bench.folder(job.order), job.order.attempt
    is_kept = False

    def keep() -> None:
        nonlocal is_kept
        is_kept = True

    try:
        yield keep
        if is_kept:
            folder.forget_rejects(but=own)
    finally:
        if not is_kept:
            folder.rejects(own).unlink(missing_ok=True)


def _loaded(connection: Connection, job: Job, *, is_tried: bool) -> dict[str, Any]:
    """The report of the load, as `peta usulan load` makes it; without paths of this machine."""
    order = job.order
    wish = ListWish(
        path=job.listed,
        year=job.load.year,
        tells_changes=is_tried,
        rejects=job.bench.folder(order).rejects(order.attempt),
        kept_mappings=Path(job.bench.state_dir) / "mappings" / job.city.code,
        limits=LoadLimits(
            load_id=order.load_id,
            area=job.load.area_code,
            role=order.role,
            role_area=order.area,
            roles=frozenset(order.roles),
        ),
    )
    around = Surroundings(now=job.now, counted=_counted, guesser=_guesser())
    report = load_list_file(connection, job.city, wish, around)
    changes = report.get("changes")
    if changes is not None:
        report["changes"] = {kind: rows[:_MOST_CHANGES] for kind, rows in changes.items()}
    report["mapping"] = report["mapping"]["from"]
    report["rejects_file"] = report["rejects_file"] is not None
    report[REJECTS_ATTEMPT] = order.attempt
    return report


def _take_back(connection: Connection, job: Job) -> None:
    order = job.order
    taken = TakenBy(
        city_id=order.city_id,
        load_id=order.load_id,
        role=order.role,
        area=order.area,
        now=job.now,
    )
    with _counted(0) as progress:
        undone = take_back(connection, taken, rng=random.SystemRandom(), progress=progress)
    if not _keep(connection, job, State.TAKEN_BACK, undone=undone):
        connection.rollback()


@contextmanager
def _counted(about: int) -> Iterator[Callable[[int], None]]:
    told = 0.0

    def tell(done: int) -> None:
        nonlocal told
        if time.monotonic() - told > _TOLD_EVERY_S:
            told = time.monotonic()
            _tell([done, about])

    yield tell


_WORKS: Mapping[Work, Callable[[Connection, Job], None]] = {
    Work.READ: _read,
    Work.CHECK: _check,
    Work.STORE: _store,
    Work.TAKE_BACK: _take_back,
}


if __name__ == "__main__":
    main()

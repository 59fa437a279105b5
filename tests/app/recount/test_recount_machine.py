"""Whatever is done to a city in whatever order: every number that is told is a recount.

A new act is one rule of `City`: do it as the installation does it (`acts.py`), and nothing else.
Looks at the numbers come between by themselves, and one of each web process at the end.
"""

import asyncio
import math
import random
import sys
from collections import Counter
from pathlib import Path

import httpx
import psycopg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.cluster import DatabaseUrls
from app.lists.limits import LoadLimits
from app.seals.checking import check_histories
from app.settings import Settings
from tests.app import world
from tests.app.editions import reform
from tests.app.recount.acts import (
    continuable,
    count_people,
    limits_of,
    load_list,
    needs_of_neighbours,
    random_drafts,
    retain_contacts,
    take_back_load,
    write_list,
)
from tests.app.recount.looks import WHOLE, Look, compare, glance, looks
from tests.app.recount.office import Office
from tests.app.recount.recounting import recount
from tests.app.recount.web_process import MOST_TRIES, WebProcess
from tests.app.world import Spot

STOCK = 40
LEFT_OVER = world.at_status("belum_diakomodir")
MOST_EDITIONS = 3
ACTS_IN_TURN = 6
LOADS_IN_TURN = 12
ERASURES_IN_TURN = 16
# These want others to have come before them: a question, a doubt, two usulan at one officer's.
RARE_ACTS = (
    "act doubts",
    "act reply",
    "act withdraw",
    "contacts kept no longer",
    "loads that were open, undone",
    "merged",
)
# A step that the status table does not have; an area that the active edition does not have.
REFUSED_ROWS = {"TRANSISI_TIDAK_SAH", "WILAYAH_TIDAK_DIKENAL"}
REFUSED_TO_OFFICERS = REFUSED_ROWS | {"BUKAN_WILAYAH_SENDIRI", "BUKAN_WEWENANG"}
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
seeds = st.integers(0, 2**32 - 1)
either = st.sampled_from([0, 1])


class City(RuleBasedStateMachine):
    """A city that everything may happen to, and the two web processes that tell of it."""

    def __init__(
        self, urls: DatabaseUrls, settings: Settings, folder: Path, done: Counter[str]
    ) -> None:
        super().__init__()
        self.urls, self.settings, self.folder, self.done = urls, settings, folder, done
        self.runner = asyncio.Runner()
        self.list = folder / "daftar.csv"
        self.list.unlink(missing_ok=True)
        self.editions = [world.EDITION]
        self.loads: list[LoadLimits] = []
        self.loading: psycopg.Connection | None = None
        self.foreign: psycopg.Connection | None = None
        with psycopg.connect(urls.superuser) as connection:
            connection.execute("TRUNCATE peta.city CASCADE")
        world.settle(urls)
        self.processes: list[WebProcess] = []
        self.chance = random.Random(0)

    def _process(self) -> WebProcess:
        return WebProcess(self.runner, self.settings, self.urls)

    @initialize(seed=seeds)
    def begin_with_some(self, seed: int) -> None:
        usulan = world.random_usulan(random.Random(seed), STOCK)
        left = [world.proposed(Spot(3, row), events=LEFT_OVER) for row in range(6)]
        world.add(self.urls, reform.well_placed([*usulan, *left]))
        self.chance = random.Random(seed)
        self.processes = [self._process(), self._process()]
        for process in self.processes:
            process.stand()
        self.office = Office(self.urls, self.done)

    @property
    def tries(self) -> int:
        """How often a busy answer is asked again: what an open load has changed stays busy."""
        return MOST_TRIES if self.loading is None else 1

    @rule(seed=seeds, process=either)
    def officers_act(self, seed: int, process: int) -> None:
        rng = random.Random(seed)
        for _ in range(ACTS_IN_TURN):
            self.office.act(self.processes[process], rng, tries=self.tries)

    @rule(seed=seeds, process=either)
    def an_officer_acts_on_many(self, seed: int, process: int) -> None:
        self.office.act_on_many(self.processes[process], random.Random(seed), tries=self.tries)

    @rule(seed=seeds, process=either)
    def a_reporter_answers_or_withdraws(self, seed: int, process: int) -> None:
        self.office.report(self.processes[process], random.Random(seed), tries=self.tries)

    @rule(seed=seeds, process=either)
    def a_person_is_erased(self, seed: int, process: int) -> None:
        self.office.erase(self.processes[process], random.Random(seed), tries=self.tries)

    @precondition(lambda self: self.loading is None)
    @rule()
    def contacts_reach_their_end(self) -> None:
        self.done["contacts kept no longer"] += retain_contacts(self.urls)

    @rule(seed=seeds, process=either)
    def residents_report(self, seed: int, process: int) -> None:
        for body in random_drafts(random.Random(seed)):
            answer = self.processes[process].post("/api/v1/usulan", body)
            assert answer.status_code == 201, answer.text
            self.office.keep_code(answer)
            self.done["reported"] += 1

    @rule(seed=seeds, process=either)
    def neighbours_report_private_needs(self, seed: int, process: int) -> None:
        for body in needs_of_neighbours(random.Random(seed)):
            answer = self.processes[process].post("/api/v1/usulan", body)
            assert answer.status_code == 201, answer.text
            self.office.keep_code(answer)
            self.done["private needs reported"] += 1

    @rule(seed=seeds, process=either)
    def a_resident_continues(self, seed: int, process: int) -> None:
        """Refused as busy where an open load has changed that usulan: nobody knows what it says."""
        for _, body in random.Random(seed).sample(found := continuable(self.urls), len(found))[:1]:
            if self.loading is None:
                answer = self.processes[process].post("/api/v1/usulan", body)
            else:
                answer = self.processes[process].post("/api/v1/usulan", body, tries=1)
                if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                    continue
            assert answer.status_code == 201, answer.text
            self.done["continued"] += 1

    @precondition(lambda self: self.loading is None)
    @rule(seed=seeds)
    def the_office_loads_a_list(self, seed: int) -> None:
        write_list(self.list, random.Random(seed))
        self._load()

    @precondition(lambda self: self.loading is None and self.list.exists())
    @rule()
    def the_office_loads_the_same_list_again(self) -> None:
        self._load()

    def _load(self) -> None:
        with psycopg.connect(self.urls.staff) as connection:
            self._note(load_list(connection, self.list))

    def _note(self, report: dict) -> None:
        assert set(report["reasons"]) <= REFUSED_ROWS, report
        for name in ("created", "updated", "unchanged"):
            self.done[f"list rows {name}"] += report[name]

    @precondition(lambda self: self.loading is None)
    @rule(seed=seeds)
    def an_officer_loads_a_list_or_takes_one_back(self, seed: int) -> None:
        """Of the same records as the office: he changes those of others that lie with him."""
        rng = random.Random(seed)
        if self.loads and rng.random() < 0.5:
            self._take_back(self.loads.pop(rng.randrange(len(self.loads))), rng)
            return
        write_list(self.list, rng)
        load = limits_of(rng)
        with psycopg.connect(self.urls.staff) as connection:
            report = load_list(connection, self.list, load)
        assert set(report["reasons"]) <= REFUSED_TO_OFFICERS, report
        self.loads.append(load)
        self.done["rows of officers created"] += report["created"]

    def _take_back(self, load: LoadLimits, rng: random.Random) -> None:
        undone = take_back_load(self.urls, load, rng)
        for name in ("withdrawn", "kept"):
            self.done[f"rows of officers {name}"] += undone[name]

    @precondition(lambda self: self.loading is None)
    @rule(seed=seeds)
    def a_load_is_at_work(self, seed: int) -> None:
        write_list(self.list, random.Random(seed))
        self.loading = psycopg.connect(self.urls.staff)
        self._note(load_list(self.loading, self.list))

    @precondition(lambda self: self.loading is not None)
    @rule(well=st.booleans())
    def the_load_ends(self, *, well: bool) -> None:
        if well:
            self.loading.commit()
        self.loading.close()
        self.loading = None
        self.done["loads that were open, kept" if well else "loads that were open, undone"] += 1

    @precondition(lambda self: self.loading is None and len(self.editions) < MOST_EDITIONS)
    @rule(seed=seeds)
    def other_boundaries_are_loaded(self, seed: int) -> None:
        self.editions.append(f"edisi {len(self.editions)}")
        reform.add_edition(self.urls, self.editions[-1], reform.reshuffled(random.Random(seed)))
        self.done["editions loaded"] += 1

    @precondition(lambda self: self.loading is None)
    @rule(which=st.integers(0, MOST_EDITIONS - 1), seed=seeds)
    def an_edition_is_activated(self, which: int, seed: int) -> None:
        """Also the active one, which places anew what is open."""
        name = self.editions[which % len(self.editions)]
        reform.activate(self.urls, name, seed=seed, allow_outside=True)
        self.done["activations"] += 1

    @rule(seed=seeds)
    def people_are_counted(self, seed: int) -> None:
        count_people(self.urls, random.Random(seed))
        self.done["people counted"] += 1

    @rule()
    def somebody_elses_transaction_begins_or_ends(self) -> None:
        if self.foreign is None:
            self.foreign = psycopg.connect(self.urls.superuser)
            self.foreign.execute("SELECT pg_current_xact_id()")
            self.done["foreign transactions"] += 1
        else:
            self.foreign.close()
            self.foreign = None

    @rule(process=either, stands=st.booleans())
    def a_web_process_is_restarted(self, process: int, *, stands: bool) -> None:
        self.processes[process].end()
        self.processes[process] = self._process()
        if stands:
            self.processes[process].stand()
        self.done["restarts"] += 1

    @rule(process=either, look=looks, patient=st.booleans())
    def somebody_looks(self, process: int, look: Look, *, patient: bool) -> None:
        """With the index where it stands; patiently, only once it stands."""
        if patient:
            self.processes[process].stand()
        self._compare(process, look)

    @invariant()
    def every_second_time_somebody_glances(self) -> None:
        """At one number of each kind, with the index or without."""
        if self.processes and self.chance.random() < 0.5:
            self.done["glances"] += 1
            glance(self.chance.choice(self.processes), recount(self.urls.superuser))

    def _follow_histories(self) -> None:
        """Every step of every history, whoever took it, leads to the next one."""
        with psycopg.connect(self.urls.staff) as connection:
            connection.execute("SET TIME ZONE 'UTC'")
            found = check_histories(connection, world.CITY_ID, progress=lambda _done: None)
        assert found.named == []
        self.done["histories"] += found.looked_at

    def _compare(self, process: int, look: Look) -> None:
        self.done["looks"] += 1
        truth = recount(self.urls.superuser)
        self.done["numbers"] += compare(self.processes[process], truth, look)

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:  # else the failure is what matters
                for process in (0, 1):
                    self.processes[process].stand()
                    self._compare(process, WHOLE)
                self._follow_histories()
        finally:
            for connection in (self.loading, self.foreign):
                if connection is not None:
                    connection.close()
            for process in self.processes:
                process.end()
            self.runner.close()


def run(urls, settings_of_app, folder, **size) -> Counter[str]:
    done: Counter[str] = Counter()

    def machine() -> City:
        done["cases"] += 1
        return City(urls, settings_of_app, folder, done)

    run_state_machine_as_test(
        machine,
        settings=settings(
            deadline=None, suppress_health_check=QUIET, phases=[Phase.generate], **size
        ),
    )
    return done


@pytest.fixture
def folding(monkeypatch) -> None:
    """An index of a small city is folded too, and a slow machine makes none a large one."""
    monkeypatch.setattr("app.resident.shelf.FOLD_AT", 4)
    monkeypatch.setattr("app.resident.shelf.SLOW_S", math.inf)


@pytest.mark.timeout(600)  # the limit is for a machine busy with more
def test_every_number_is_a_recount_after_anything(folding, fresh_urls, settings, tmp_path):
    # The same cases each time: what fails here fails everywhere.
    size = {"max_examples": 4, "stateful_step_count": 26, "derandomize": True}

    done = run(fresh_urls, settings, tmp_path, **size)

    assert done["looks"] >= done["cases"]
    assert done["glances"] > 20
    assert done["numbers"] > 1_000
    assert done["acts done"] > 10
    assert done["histories"] > STOCK


def test_every_number_is_a_recount_after_lists_are_loaded_and_taken_back(
    folding, fresh_urls, settings, tmp_path
):
    done: Counter[str] = Counter()
    city = City(fresh_urls, settings, tmp_path, done)
    city.begin_with_some(1)

    for seed in range(LOADS_IN_TURN):
        city.an_officer_loads_a_list_or_takes_one_back(seed)
        city.officers_act(seed, seed % 2)
    city.teardown()

    assert min(done[f"rows of officers {name}"] for name in ("created", "withdrawn", "kept")) > 0
    assert done["looks"] == len(city.processes)


def test_every_number_is_a_recount_after_persons_are_erased(
    folding, fresh_urls, settings, tmp_path
):
    done: Counter[str] = Counter()
    city = City(fresh_urls, settings, tmp_path, done)
    city.begin_with_some(2)

    for seed in range(ERASURES_IN_TURN):
        city.residents_report(seed, seed % 2)
        city.neighbours_report_private_needs(seed, seed % 2)
        city.a_person_is_erased(seed, seed % 2)
        city.officers_act(seed, seed % 2)
    city.contacts_reach_their_end()
    city.teardown()

    assert done["act erasure"] > ERASURES_IN_TURN / 2
    assert done["looks"] == len(city.processes)


@pytest.mark.long
@pytest.mark.timeout(14_400)  # an hour on two free cores
def test_every_number_is_a_recount_after_any_hundred_of_cities(
    folding, fresh_urls, settings, tmp_path
):
    done = run(fresh_urls, settings, tmp_path, max_examples=120, stateful_step_count=40)

    sys.stdout.write(f"{dict(done)}\n")
    rare = {name: done.pop(name, 0) for name in RARE_ACTS}
    assert min(done.values()) > 10
    assert sum(rare.values()) > 10

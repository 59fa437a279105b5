"""Every address of loads, every role, in its own area, beside it and in another city."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from app.accounts.permissions import ROLES, Act
from app.loads.folder import LoadFolder
from tests.app.loads.rights import LOADERS, OF_LOADS, expected_of_city, expected_of_load
from tests.app.moderation.officers import Office, area_of, sign_in_as
from tests.app.world import CITY_ID, Spot

HERE, BESIDE = Spot(0, 0), Spot(12, 6)
OTHER_CITY = 3372
PLACES = ("own", "area", "city")
BODY = {"PUT": {"columns": {}}}


@pytest.fixture(scope="module")
def load_id(town) -> UUID:
    """A load of somebody else."""
    own = uuid4()
    areas = [HERE.kecamatan[:5], HERE.kecamatan, HERE.kelurahan]
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "INSERT INTO peta.list_load (city_id, load_id, account_id, role, area_code, areas,"
            " file_name, file_bytes, state, attempt, rows_done, rows_about, beat, created, updated)"
            " VALUES (%s, %s, %s, 'lurah', %s, %s, 'a.csv', 1, 'batal', 1, 0, 0, now(), now(),"
            " now())",
            [CITY_ID, own, uuid4(), HERE.kelurahan, areas],
        )
    return own


@pytest.fixture(scope="module")
def offices(http, town) -> dict[tuple[str, str], Office]:
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "INSERT INTO peta.city (city_id, code, name) VALUES (3372, '33.72', 'Kota Lain')"
        )
    made = {}
    for role, where in product(ROLES, PLACES):
        spot = BESIDE if where == "area" else HERE
        city = OTHER_CITY if where == "city" else CITY_ID
        token = sign_in_as(town, role, city_id=city, area=area_of(role, spot))
        made[role, where] = Office(http, token)
    return made


@pytest.fixture
def ready(town, settings, load_id) -> Callable[..., None]:
    """Lets the load be open to every act in a state; work that goes on is overtaken."""
    return partial(readied, town, settings, load_id)


def readied(town, settings, load_id: UUID, state: str, *, named: int | None = 1) -> None:
    """With rejects of the attempt that its report names, or as before reports named any."""
    attempt = {} if named is None else {"rejects_attempt": named}
    report = {"rejects_file": True, "rejected": 0, **attempt}
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "UPDATE peta.list_load SET state = %s, attempt = attempt + 1, beat = now(),"
            " report = %s WHERE load_id = %s",
            [state, Jsonb(report), load_id],
        )
    folder = LoadFolder.of(settings.state_dir, load_id)
    folder.forget()
    folder.path.mkdir(parents=True)
    rejects = folder.old_rejects("a.csv") if named is None else folder.rejects(named)
    rejects.write_text("_baris,_kode_alasan,_alasan\n")


@pytest.mark.timeout(300)  # some hundreds of requests, on a machine that may be busy
@pytest.mark.parametrize("route", [route for route in OF_LOADS if "{load_id}" in route[1]])
def test_a_role_gets_of_a_load_what_the_table_says(route, offices, load_id, ready):
    method, path = route
    address = path.removeprefix("/api/v1/staff").replace("{load_id}", str(load_id))
    for (role, where), office in offices.items():
        ready("menunggu")
        if address.endswith("/commit"):  # it stores what it has tried itself
            office.ask("POST", address.replace("/commit", "/check"))
        ready("selesai" if method == "DELETE" else "menunggu")

        content = {"json": BODY[method]} if method in BODY else {}
        status = office.ask(method, address, **content).status_code

        assert status == expected_of_load(OF_LOADS[route], role, where), (role, where)


@pytest.mark.parametrize("ending", ["refused", "rejects"])
def test_a_role_gets_rejects_from_before_reports_named_them_as_the_table_says(
    ending, offices, load_id, ready
):
    path = f"/api/v1/staff/loads/{{load_id}}/{ending}"
    ready("menunggu", named=None)
    for (role, where), office in offices.items():
        status = office.ask("GET", f"/loads/{load_id}/{ending}").status_code

        assert status == expected_of_load(OF_LOADS["GET", path], role, where), (role, where)


@pytest.mark.parametrize(("method", "granted"), [("GET", 200), ("POST", 201)])
def test_a_role_lists_and_sends_loads_where_the_table_says(method, granted, offices):
    params = {"name": "a.csv"} if method == "POST" else {}
    for (role, where), office in offices.items():
        content = {"content": b"title"} if method == "POST" else {}
        status = office.ask(method, "/loads", params=params, **content).status_code

        assert status == expected_of_city(role, where, granted), (role, where)


@pytest.mark.parametrize("role", sorted(LOADERS))
def test_a_role_that_may_load_no_more_is_refused_what_the_table_grants(
    role, offices, load_id, ready, monkeypatch
):
    kind = ROLES[role]
    ready("menunggu")
    granted = offices[role, "own"].ask("GET", f"/loads/{load_id}").status_code

    monkeypatch.setitem(ROLES, role, replace(kind, may=kind.may - {Act.LOAD}))
    refused = offices[role, "own"].ask("GET", f"/loads/{load_id}").status_code

    assert (granted, refused) == (200, 403)

"""Every address of loads, every role, in its own area, beside it and in another city."""

from itertools import product
from uuid import UUID, uuid4

import psycopg
import pytest

from app.accounts.permissions import ROLES
from tests.app.loads.rights import OF_LOADS, expected_of_city, expected_of_load
from tests.app.moderation.officers import Office, area_of, sign_in_as
from tests.app.world import CITY_ID, Spot

HERE, BESIDE = Spot(0, 0), Spot(12, 6)
OTHER_CITY = 3372
PLACES = ("own", "area", "city")
BODY = {"PUT": {"columns": {}}}


@pytest.fixture(scope="module")
def load_id(town, settings) -> UUID:
    """A load of somebody else that was cancelled, and its rejects."""
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
    folder = settings.state_dir / "loads" / str(own)
    folder.mkdir(parents=True)
    (folder / "daftar.csv.rejected.csv").write_text("_baris,_kode_alasan,_alasan\n")
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


@pytest.mark.timeout(300)  # some hundreds of requests, on a machine that may be busy
@pytest.mark.parametrize("route", OF_LOADS)
def test_a_role_gets_what_the_table_says_and_nothing_else(route, offices, load_id):
    method, path = route
    address = path.removeprefix("/api/v1/staff").replace("{load_id}", str(load_id))
    is_of_one = address != "/loads"
    for (role, where), office in offices.items():
        # An empty list is refused for what it is, by those who let somebody get so far.
        content = {"json": BODY[method]} if method in BODY else {}
        params = {"name": "a.csv"} if route == ("POST", "/api/v1/staff/loads") else {}
        status = office.ask(method, address, params=params, **content).status_code
        expected = (
            expected_of_load(OF_LOADS[route], role, where)
            if is_of_one
            else expected_of_city(role, where)
        )

        assert status in ({200, 409, 422} if expected is None else {expected}), (role, where)

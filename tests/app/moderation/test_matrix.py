"""Every route, every role, in its own area, beside it and in another city.

The routes are read from the application: one that is not in the table fails. What the table says
is written by hand in `rights.py`, not taken from the permissions; docs/roles.md shows it.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from app.accounts.permissions import ROLES
from app.accounts.routes import _signed_in
from app.cluster.urls import embedded_urls
from app.main import create_app
from app.settings import PROJECT_DIR, Settings
from tests.app import world
from tests.app.loads.rights import OF_LOADS
from tests.app.moderation.officers import Office, area_of, sign_in_as
from tests.app.moderation.rights import (
    HERE,
    NEWCOMER,
    OF_ADMINS,
    OF_CITY,
    OF_CITY_OR_NONE,
    OF_MANY,
    OF_USULAN,
    OPEN,
    PLACES,
    READERS,
    SIGNED_IN,
    expected,
    expected_of_admins,
    tables_of_roles,
)
from tests.app.world import CITY_ID, Spot, proposed

BESIDE = Spot(12, 6)
OTHER_CITY = 3372
PAGE = PROJECT_DIR / "docs" / "roles.md"


@pytest.fixture(scope="module")
def routes(tmp_path_factory) -> list[Any]:
    folder = tmp_path_factory.mktemp("state")
    settings = Settings(_env_file=None, state_dir=folder, secret_key="for tests only")
    return list(_leaves(create_app(settings, embedded_urls(folder, "peta")).routes))


def _leaves(routes: list[Any]) -> Iterator[Any]:
    for route in routes:
        if hasattr(route, "dependant"):
            yield route
        elif hasattr(route, "original_router"):
            yield from _leaves(route.original_router.routes)


def _named(routes: list[Any], *, staff: bool) -> set[tuple[str, str]]:
    return {
        (method, "/api/v1" + route.path.removeprefix("/api/v1"))
        for route in routes
        if _asks_who(route.dependant) == staff
        for method in route.methods - {"HEAD", "OPTIONS"}
    }


def _asks_who(dependant: Any) -> bool:
    return dependant.call is _signed_in or any(map(_asks_who, dependant.dependencies))


def test_every_route_stands_in_the_table(routes):
    about_others = {*OF_USULAN, *OF_MANY, *OF_CITY_OR_NONE, *OF_ADMINS, *OF_LOADS}
    assert _named(routes, staff=True) == {*about_others, *SIGNED_IN}
    assert _named(routes, staff=False) == OPEN


def test_every_role_stands_in_the_table():
    assert set(ROLES) == {*READERS, "admin_instalasi"}


def test_the_page_of_roles_shows_this_table():
    sys.stdout.write("\n" + tables_of_roles())

    # Written by: python scripts/write_roles.py
    assert PAGE.read_text("utf-8").endswith(tables_of_roles())


@pytest.fixture(scope="module")
def offices(http, town):
    """Of every role one officer who works here, one beside, one in another city."""
    made = {}
    for role, where in product(ROLES, PLACES):
        spot = BESIDE if where == "area" else HERE
        city = OTHER_CITY if where == "city" else CITY_ID
        # The same area code in another city must be of no use.
        token = sign_in_as(town, role, city_id=city, area=area_of(role, spot))
        made[role, where] = Office(http, token)
    return made


@pytest.fixture(scope="module", autouse=True)
def other_city(town):
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "INSERT INTO peta.city (city_id, code, name) VALUES (3372, '33.72', 'Kota Lain')"
        )


@pytest.fixture(scope="module")
def tried(offices, town):
    """What each got of each route about one usulan, everyone trying on one of his own."""
    asked = list(product(OF_USULAN, ROLES, PLACES))
    stock = [proposed(HERE, doubts=["dekat_batas"]) for _ in asked]
    numbers = world.add(town, stock)
    reader = offices["operator_kelurahan", "own"]
    for number, (route, _, where) in zip(numbers, asked, strict=True):
        if OF_USULAN[route].is_moved and where != "city":
            reader.done(number, "status", to="verifikasi_kel")
    seen = _newest(town)
    return {
        (route, *who): _try(offices[who], route, number, seen[number])
        for number, (route, *names) in zip(numbers, asked, strict=True)
        if (who := tuple(names))
    }


def _newest(town) -> dict[str, str]:
    """The hash of the newest step of each."""
    with psycopg.connect(town.staff) as connection:
        rows = connection.execute(
            "SELECT DISTINCT ON (usulan_id) number, hash FROM peta.usulan"
            " INNER JOIN peta.usulan_event AS event USING (city_id, usulan_id)"
            " ORDER BY usulan_id, event.sequence DESC"
        ).fetchall()
    return {number: digest.hex() for number, digest in rows}


def _try(office: Office, route: tuple[str, str], number: str, seen: str) -> int:
    method, path = route
    body = OF_USULAN[route].body
    content = {} if body is None else {"json": body(seen)}
    address = path.removeprefix("/api/v1/staff").replace("{number}", number)
    return office.ask(method, address, **content).status_code


@pytest.mark.timeout(300)  # some hundreds of requests, on a machine that may be busy
def test_a_role_gets_what_the_table_says_and_nothing_else(tried):
    sys.stdout.write(_printed(tried))

    assert tried == {each: expected(*each) for each in tried}


def _printed(tried: Mapping[Any, int]) -> str:
    """The matrix: own area, beside it, another city."""
    lines = ["", f"{'':<46}own  area city"]
    for (method, path), role in product(OF_USULAN, ROLES):
        cells = "  ".join(str(tried[(method, path), role, where]) for where in PLACES)
        lines.append(f"{method:<5}{path.removeprefix('/api/v1/staff'):<22}{role:<19}{cells}")
    return "\n".join(lines) + f"\n{len(tried)} answers\n"


@pytest.mark.parametrize("route", OF_CITY_OR_NONE)
def test_a_list_is_empty_beyond_the_reach_and_refused_to_who_reads_nothing(route, offices, tried):
    method, path = route
    for (role, where), office in offices.items():
        answer = office.ask(method, path.removeprefix("/api/v1/staff"), params={"scope": "all"})
        if role not in OF_CITY_OR_NONE[route]:
            assert answer.status_code == 403, (role, where)
            continue
        is_near = where == "own" or (where == "area" and role in OF_CITY)
        assert answer.status_code == 200, (role, where)
        assert bool(answer.json()["items"]) == is_near, (role, where)
        assert bool(answer.json()["queues"]["semua"]) == is_near, (role, where)


@pytest.mark.parametrize("route", OF_ADMINS)
def test_what_administrators_look_after_is_told_to_them_alone(route, offices, town):
    method, path = route
    first = {**NEWCOMER, "name": "Baru", "role": "walidata"}
    offices["admin_kota", "own"].ask("POST", "/accounts", json=first)
    body = OF_ADMINS[route]
    content = {} if body is None else {"json": body}
    address = path.removeprefix("/api/v1/staff")
    told = {
        who: office.ask(method, _of_newcomer(address, town), **content).status_code
        for who, office in offices.items()
    }

    for (role, where), status in told.items():
        assert status == expected_of_admins(route, role, where), (role, where)


def _of_newcomer(address: str, town) -> str:
    """The address, about a role that the newcomer has just been given where it is about one."""
    if "{grant_id}" not in address:
        return address
    grant_id = uuid4()
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "INSERT INTO peta.role_grant (grant_id, account_id, role, city_id, area_code, fields,"
            " valid_from, created) SELECT %s, account_id, 'walidata', %s, %s, '{}', %s, now()"
            " FROM peta.account WHERE email = %s",
            [grant_id, CITY_ID, HERE.kecamatan[:5], date(2020, 1, 1), NEWCOMER["email"]],
        )
    return address.replace("{grant_id}", str(grant_id))


@pytest.mark.parametrize("route", sorted(each for each in SIGNED_IN if each[0] == "GET"))
def test_what_is_about_oneself_is_told_to_every_role(route, offices):
    for (role, where), office in offices.items():
        headers = {"Cookie": f"peta_masuk={office.token}"}

        assert office.http.get(route[1], headers=headers).status_code == 200, (role, where)


def test_an_act_on_many_asks_for_each_what_its_own_route_asks_for(offices, town):
    [number] = world.add(town, [proposed(HERE)])
    act = {"kind": "status", "to": "verifikasi_kel"}
    body = {"numbers": [number], "act": act, "dry_run": True}
    codes = {200: [], 403: ["TIDAK_BERWENANG"], 404: ["TIDAK_DITEMUKAN"]}
    entry = OF_USULAN["POST", "/api/v1/staff/usulan/{number}/status"]

    for (role, where), office in offices.items():
        told = office.ask("POST", "/usulan/bulk", json=body).json()
        wanted = codes[entry.expected(role, where)]
        assert [one["code"] for one in told["refused"]] == wanted, (role, where)


@pytest.mark.parametrize(
    "route", sorted({*OF_USULAN, *OF_MANY, *OF_CITY_OR_NONE, *OF_ADMINS, *OF_LOADS, *SIGNED_IN})
)
def test_nobody_gets_in_without_signing_in(route, http):
    method, path = route
    address = path.replace("{number}", "99.71-2026-AAAAAA")
    for name in ("{sign_in_id}", "{key_id}", "{load_id}", "{grant_id}"):
        address = address.replace(name, "00000000-0000-0000-0000-000000000000")

    answer = http.request(method, address, json={} if method in {"POST", "PUT"} else None)

    assert answer.status_code == 401

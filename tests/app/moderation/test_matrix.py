"""Every route, every role, in its own area, beside it and in another city.

The routes are read from the application: one that is not in the table fails. What the table says
is written by hand, not taken from the permissions.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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
from app.settings import Settings
from tests.app import world
from tests.app.loads.rights import OF_LOADS
from tests.app.moderation.officers import Office, area_of, sign_in_as
from tests.app.world import CITY_ID, Spot, proposed

HERE, BESIDE = Spot(0, 0), Spot(12, 6)
OTHER_CITY = 3372

KELURAHAN = {"operator_kelurahan", "lurah"}
KECAMATAN = {"operator_kecamatan", "camat"}
OF_CITY = {
    *("verifikator_opd", "mitra_bappeda", "perencana_bappeda"),
    *("walidata", "admin_kota"),
}
AGENCIES = {"verifikator_opd", "mitra_bappeda", "perencana_bappeda"}
DESK = KELURAHAN | KECAMATAN
READERS = {"ketua_rt", "ketua_rw", *KELURAHAN, *KECAMATAN, *OF_CITY}

WHY = "Sudah diperiksa di lapangan bersama warga."
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """Who may, of those who may read what it is about."""

    roles: set[str]
    body: Callable[[str], Body] | None = None
    """By the newest hash."""
    is_moved: bool = False
    """Whether a step comes before it is tried."""

    def expected(self, role: str, where: str) -> int:
        is_near = where == "own" or (where == "area" and role in OF_CITY)
        if role not in READERS or not is_near:
            return 404
        return 200 if role in self.roles else 403


OF_USULAN: Mapping[tuple[str, str], Entry] = {
    ("GET", "/api/v1/staff/usulan/{number}"): Entry(READERS),
    ("POST", "/api/v1/staff/usulan/{number}/status"): Entry(
        KELURAHAN, lambda seen: {"to": "verifikasi_kel", "seen": seen}
    ),
    ("POST", "/api/v1/staff/usulan/{number}/publication"): Entry(
        DESK | {"walidata"}, lambda seen: {"published": False, "reason": WHY, "seen": seen}
    ),
    ("POST", "/api/v1/staff/usulan/{number}/redaction"): Entry(
        DESK | {"walidata"},
        lambda seen: {"field": "title", "text": "musala", "reason": WHY, "seen": seen},
    ),
    ("POST", "/api/v1/staff/usulan/{number}/place"): Entry(
        DESK | {"walidata"}, lambda seen: {"area": HERE.rt, "reason": WHY, "seen": seen}
    ),
    ("POST", "/api/v1/staff/usulan/{number}/category"): Entry(
        DESK | AGENCIES | {"walidata"},
        lambda seen: {"category": "SP03", "reason": WHY, "seen": seen},
    ),
    ("POST", "/api/v1/staff/usulan/{number}/forward"): Entry(
        DESK | AGENCIES, lambda seen: {"programme": "1.04", "reason": WHY, "seen": seen}
    ),
    ("POST", "/api/v1/staff/usulan/{number}/doubts"): Entry(
        DESK | {"walidata"}, lambda seen: {"settled": ["dekat_batas"], "seen": seen}
    ),
    ("DELETE", "/api/v1/staff/usulan/{number}/data"): Entry({"admin_kota"}),
    # What is tried on was checked by a kelurahan a moment ago.
    ("POST", "/api/v1/staff/usulan/{number}/undo"): Entry(
        KELURAHAN, lambda seen: {"seen": seen}, is_moved=True
    ),
}
"""About one usulan; somebody out of whose reach it is finds nothing."""

OF_MANY = {("POST", "/api/v1/staff/usulan/bulk")}
"""Asks for each usulan what its own route asks for."""

OF_CITY_OR_NONE = {("GET", "/api/v1/staff/usulan"): READERS}
"""Lists: empty beyond the reach, refused to who reads nothing anywhere."""

ADMINS = {"admin_kota", "admin_instalasi"}
NEWCOMER = {"email": "baru@contoh.go.id"}
OF_ADMINS: Mapping[tuple[str, str], Body | None] = {
    ("GET", "/api/v1/staff/notices"): None,
    ("GET", "/api/v1/staff/accounts"): None,
    ("POST", "/api/v1/staff/accounts"): {**NEWCOMER, "name": "Baru", "role": "walidata"},
    ("POST", "/api/v1/staff/accounts/disable"): NEWCOMER,
    # After it was closed: this opens it again.
    ("POST", "/api/v1/staff/accounts/reset"): NEWCOMER,
    ("POST", "/api/v1/staff/accounts/roles/{grant_id}/end"): {"reason": WHY},
}
"""About the accounts of a city; whoever is of the whole city learns that there is such a thing."""

SIGNED_IN = {
    ("GET", "/api/v1/staff/reasons"),
    ("GET", "/api/v1/staff/filters"),
    ("POST", "/api/v1/staff/filters"),
    ("DELETE", "/api/v1/staff/filters"),
    ("GET", "/api/v1/session"),
    ("GET", "/api/v1/sessions"),
    ("DELETE", "/api/v1/sessions"),
    ("POST", "/api/v1/password/change"),
    ("GET", "/api/v1/staff/roles"),
    ("GET", "/api/v1/staff/fields"),
    ("DELETE", "/api/v1/sessions/{sign_in_id}"),
    ("GET", "/api/v1/staff/keys"),
    ("POST", "/api/v1/staff/keys"),
    ("DELETE", "/api/v1/staff/keys/{key_id}"),
}
"""About oneself, or the same for every officer."""

OPEN = {
    ("POST", "/api/v1/session"),
    ("DELETE", "/api/v1/session"),
    ("POST", "/api/v1/password"),
    ("POST", "/api/v1/password/forgotten"),
    ("GET", "/api/v1/config"),
    ("GET", "/api/v1/cities"),
    ("GET", "/api/v1/areas"),
    ("GET", "/api/v1/areas/at"),
    ("GET", "/api/v1/areas/{code}"),
    ("GET", "/api/v1/hexagons"),
    ("GET", "/api/v1/places"),
    ("GET", "/api/v1/stats"),
    ("GET", "/api/v1/stats/compare"),
    ("GET", "/api/v1/stats/ranking"),
    ("GET", "/api/v1/stats/trend"),
    ("GET", "/api/v1/categories"),
    ("GET", "/api/v1/usulan"),
    ("POST", "/api/v1/usulan"),
    ("GET", "/api/v1/usulan/{number}"),
    ("GET", "/api/v1/usulan/{number}/history"),
    ("GET", "/api/v1/tracking/{tracking_code}"),
    ("POST", "/api/v1/tracking/{tracking_code}/reply"),
    ("GET", "/api/v1/tracking/{tracking_code}/data"),
    ("DELETE", "/api/v1/tracking/{tracking_code}/data"),
    ("POST", "/api/v1/tracking/{tracking_code}/withdraw"),
}
"""For everybody; no role changes the answer."""


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


PLACES = ("own", "area", "city")


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
    expected = {
        (route, role, where): OF_USULAN[route].expected(role, where) for route, role, where in tried
    }
    sys.stdout.write(_printed(tried))

    assert tried == expected


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

    done = 204 if path.endswith(("/disable", "/end")) else 200
    for (role, where), status in told.items():
        is_here = role == "admin_instalasi" or (role in OF_CITY and where != "city")
        expected = 404 if not is_here else done if role in ADMINS else 403
        assert status == expected, (role, where)


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


def test_an_act_on_many_asks_for_each_what_its_own_route_asks_for(offices, town):
    [number] = world.add(town, [proposed(HERE)])
    act = {"kind": "status", "to": "verifikasi_kel"}
    body = {"numbers": [number], "act": act, "dry_run": True}
    codes = {200: [], 403: ["TIDAK_BERWENANG"], 404: ["TIDAK_DITEMUKAN"]}
    entry = OF_USULAN["POST", "/api/v1/staff/usulan/{number}/status"]

    for (role, where), office in offices.items():
        told = office.ask("POST", "/usulan/bulk", json=body).json()
        expected = codes[entry.expected(role, where)]
        assert [one["code"] for one in told["refused"]] == expected, (role, where)


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

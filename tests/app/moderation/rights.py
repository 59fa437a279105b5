"""Who may do what by which route, written by hand and not taken from the permissions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.accounts.permissions import ROLES
from tests.app.loads.rights import OF_LOADS, expected_of_city, expected_of_load
from tests.app.world import Spot

HERE = Spot(0, 0)

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

PLACES = ("own", "area", "city")
"""Where somebody works: in the area it is about, beside it, or in another city."""
REFUSED = 400
_OF_REFUSALS = {403: "○", 404: "·"}
Route = tuple[str, str]


def staff_routes() -> list[Route]:
    """All that ask who is there, by their address."""
    tables = (OF_USULAN, OF_MANY, OF_CITY_OR_NONE, OF_ADMINS, OF_LOADS, SIGNED_IN)
    return sorted((route for table in tables for route in table), key=_by_address)


def expected(route: Route, role: str, where: str) -> int:
    """What a role gets of a route."""
    if route in OF_USULAN:
        return OF_USULAN[route].expected(role, where)
    if route in OF_CITY_OR_NONE:
        return 200 if role in OF_CITY_OR_NONE[route] else 403
    if route in OF_ADMINS:
        return expected_of_admins(route, role, where)
    if route in OF_LOADS and "{load_id}" in route[1]:
        return expected_of_load(OF_LOADS[route], role, where)
    if route in OF_LOADS:
        return expected_of_city(role, where, 201 if route[0] == "POST" else 200)
    return 200


def expected_of_admins(route: Route, role: str, where: str) -> int:
    """What a role gets of what administrators look after."""
    if role != "admin_instalasi" and (role not in OF_CITY or where == "city"):
        return 404
    done = 204 if route[1].endswith(("/disable", "/end")) else 200
    return done if role in ADMINS else 403


def tables_of_roles() -> str:
    """The page of roles: how many there are, what each gets of each route, and what is open."""
    roles, routes = list(ROLES), staff_routes()
    rows = {
        route: [[expected(route, role, where) for where in PLACES] for role in roles]
        for route in routes
    }
    lines = [
        *(_counts(rows), "", _row("Alamat", [f"`{role}`" for role in roles])),
        "|---" * (len(roles) + 1) + "|",
        *(_row(_shown(route), map(_mark, found)) for route, found in rows.items()),
        *("", "Terbuka bagi siapa pun, dan tidak ada peran yang mengubah jawabannya:", ""),
        *(f"- {_shown(route)}" for route in sorted(OPEN, key=_by_address)),
    ]
    return "\n".join(lines) + "\n"


def _counts(rows: Mapping[Route, list[list[int]]]) -> str:
    cells = [status for found in rows.values() for statuses in found for status in statuses]
    allowed = sum(status < REFUSED for status in cells)
    return (
        f"{len(rows) + len(OPEN)} alamat: {len(OPEN)} terbuka bagi siapa pun, {len(rows)} bagi yang"
        f" masuk. {len(ROLES)} peran, {len(PLACES)} tempat: {len(cells)} sel, {allowed} di"
        " antaranya boleh."
    )


def _by_address(route: Route) -> Route:
    return route[1], route[0]


def _shown(route: Route) -> str:
    return f"{route[0]} `{route[1].removeprefix('/api/v1')}`"


def _row(first: str, cells: Iterable[str]) -> str:
    return f"| {' | '.join((first, *cells))} |"


def _mark(statuses: list[int]) -> str:
    """By the three places: allowed, refused or not there."""
    return "".join("●" if status < REFUSED else _OF_REFUSALS[status] for status in statuses)

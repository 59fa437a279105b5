"""Who may do what to loads, written by hand and not taken from the permissions."""

from collections.abc import Mapping

LOADERS = {"operator_kelurahan", "lurah", "perencana_bappeda", "walidata"}
READ_CONTACTS = {"operator_kelurahan", "lurah"}
OF_CITY = {
    *("verifikator_opd", "mitra_bappeda", "perencana_bappeda"),
    *("walidata", "admin_kota"),
}
HIGHER = {"operator_kecamatan", "camat"}
"""Whose area holds the kelurahan."""

OF_LOADS: Mapping[tuple[str, str], set[str]] = {
    ("GET", "/api/v1/staff/loads"): LOADERS,
    ("POST", "/api/v1/staff/loads"): LOADERS,
    ("GET", "/api/v1/staff/loads/{load_id}"): LOADERS,
    ("PUT", "/api/v1/staff/loads/{load_id}/mapping"): READ_CONTACTS,
    ("POST", "/api/v1/staff/loads/{load_id}/check"): LOADERS,
    ("POST", "/api/v1/staff/loads/{load_id}/commit"): LOADERS,
    ("POST", "/api/v1/staff/loads/{load_id}/cancel"): LOADERS,
    ("DELETE", "/api/v1/staff/loads/{load_id}"): LOADERS,
    ("GET", "/api/v1/staff/loads/{load_id}/refused"): READ_CONTACTS,
    ("GET", "/api/v1/staff/loads/{load_id}/rejects"): READ_CONTACTS,
}
"""Of those who reach the area for which a list was loaded; the others find nothing."""


def expected_of_load(roles: set[str], role: str, where: str) -> int:
    """What a role gets of one load in a kelurahan that stands as the address wants it."""
    reaches = where == "own" and role in {*LOADERS, *HIGHER, *OF_CITY}
    reaches = reaches or (where == "area" and role in OF_CITY)
    if not reaches:
        return 404
    return 200 if role in roles else 403


def expected_of_city(role: str, where: str, granted: int) -> int:
    """What a role gets where it asks for the loads of a city, or sends one."""
    if where == "city" or role == "admin_instalasi":
        return 404
    return granted if role in LOADERS else 403

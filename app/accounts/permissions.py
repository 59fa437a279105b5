"""What each role may do, and whether somebody's roles let him do it to this thing.

A role is given for an area and everything beneath it, for some fields of government or all of
them, and for a time. Whoever asks for what no role of his covers is refused; what lies outside of
all his areas he does not even learn of (see `require`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.errors import NotFound, NotPermitted
from app.language import Words
from app.usulan.workflow import (
    BAPPEDA,
    KECAMATAN,
    KELURAHAN,
    KETUA_RT,
    KETUA_RW,
    MITRA,
    MOVES,
    OPD,
    require_move,
)

LURAH = "lurah"
CAMAT = "camat"
WALIDATA = "walidata"
CITY_ADMIN = "admin_kota"
INSTALLATION_ADMIN = "admin_instalasi"


class Act(StrEnum):
    """What can be done beyond what everybody may; the moves of a status stand in `workflow`."""

    READ = "baca"
    """Usulan that are not public, and the exact place of private needs."""
    READ_CONTACT = "baca_kontak"
    """Name, telephone and e-mail of whoever sent an usulan."""
    MOVE = "ubah_status"
    REDACT = "tutup_kata"
    PLACE = "tempatkan"
    CATEGORISE = "ubah_kategori"
    FORWARD = "teruskan"
    PUBLISH = "terbitkan"
    """Let the public see an usulan, or hold it back."""
    SETTLE = "selesaikan_ragu"
    """Say that a doubt about its place is cleared up."""
    LOAD = "muat_berkas"
    UNLOAD = "batalkan_muatan"
    MANAGE_ACCOUNTS = "kelola_akun"
    MANAGE_CITY = "kelola_kota"
    MANAGE_INSTALLATION = "kelola_instalasi"


@dataclass(frozen=True, slots=True)
class RoleKind:
    """A role as it is given."""

    level: str | None
    """Of the areas it is given for; None: it is given for no city."""
    words: Words
    may: frozenset[Act]
    acts_as: str | None = None
    """The role whose moves it may take too."""
    has_fields: bool = False
    """It may be given for some fields of government only."""


_LISTENS = frozenset({Act.READ, Act.MOVE})
_DESK = _LISTENS | {
    Act.READ_CONTACT,
    Act.REDACT,
    Act.PLACE,
    Act.CATEGORISE,
    Act.FORWARD,
    Act.PUBLISH,
    Act.SETTLE,
}
_FILES = frozenset({Act.LOAD, Act.UNLOAD})

ROLES: Mapping[str, RoleKind] = {
    KETUA_RT: RoleKind("rt", Words("Ketua RT", "Head of RT"), _LISTENS),
    KETUA_RW: RoleKind("rw", Words("Ketua RW", "Head of RW"), _LISTENS),
    KELURAHAN: RoleKind(
        "kelurahan", Words("Operator kelurahan", "Kelurahan operator"), _DESK | _FILES
    ),
    LURAH: RoleKind(
        "kelurahan", Words("Lurah", "Head of kelurahan"), _DESK | _FILES, acts_as=KELURAHAN
    ),
    KECAMATAN: RoleKind("kecamatan", Words("Operator kecamatan", "Kecamatan operator"), _DESK),
    CAMAT: RoleKind("kecamatan", Words("Camat", "Head of kecamatan"), _DESK, acts_as=KECAMATAN),
    OPD: RoleKind(
        "kota",
        Words("Verifikator OPD", "Agency verifier"),
        _LISTENS | {Act.CATEGORISE, Act.FORWARD},
        has_fields=True,
    ),
    MITRA: RoleKind(
        "kota",
        Words("Mitra Bappeda", "Bappeda desk officer"),
        _LISTENS | {Act.CATEGORISE, Act.FORWARD},
        has_fields=True,
    ),
    BAPPEDA: RoleKind(
        "kota",
        Words("Perencana Bappeda", "Bappeda planner"),
        _LISTENS | {Act.CATEGORISE, Act.FORWARD} | _FILES,
    ),
    WALIDATA: RoleKind(
        "kota",
        Words("Walidata", "Data steward"),
        frozenset({Act.READ, Act.REDACT, Act.PLACE, Act.CATEGORISE, Act.PUBLISH, Act.SETTLE})
        | _FILES,
    ),
    CITY_ADMIN: RoleKind(
        "kota",
        Words("Admin kota", "City administrator"),
        frozenset({Act.READ, Act.MANAGE_ACCOUNTS, Act.MANAGE_CITY}),
    ),
    # Runs the machine, and reads nobody's usulan for it.
    INSTALLATION_ADMIN: RoleKind(
        None,
        Words("Admin instalasi", "Installation administrator"),
        frozenset({Act.MANAGE_ACCOUNTS, Act.MANAGE_INSTALLATION}),
    ),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody was given."""

    role: str
    city_id: int | None = None
    area_code: str | None = None
    fields: frozenset[str] = frozenset()
    """Codes of urusan or programmes, as 1.03; none: all of them."""
    valid_from: date = date.min
    valid_to: date | None = None
    """The last day; None: it has no end."""
    only: frozenset[Act] | None = None
    """What a key of its holder may do of it; None: he acts himself."""

    @property
    def acts(self) -> frozenset[Act]:
        """What it permits."""
        may = ROLES[self.role].may
        return may if self.only is None else may & self.only


@dataclass(frozen=True, slots=True)
class Thing:
    """What is acted on: where it lies, and of which fields of government it is."""

    city_id: int | None = None
    """None: the installation itself."""
    areas: Sequence[str] = ()
    """Codes from the kota down to the lowest area that holds it."""
    programmes: Sequence[str] = ()
    """What it was forwarded to, else those of its category; without any it is everybody's in its
    area."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who is signed in, and the roles that hold today."""

    account_id: object
    grants: tuple[Grant, ...]
    session_id: object = None
    """Of the sign-in or the key by which he acts."""

    def grants_over(self, thing: Thing) -> list[Grant]:
        """Of the roles those that reach a thing."""
        return [grant for grant in self.grants if _reaches(grant, thing)]


def may(actor: Actor, act: Act, thing: Thing) -> bool:
    """Whether this actor may do that to this thing."""
    return any(act in grant.acts for grant in actor.grants_over(thing))


def require(actor: Actor, act: Act, thing: Thing) -> Grant:
    """The role under which the actor may do it.

    Raises NotFound for a thing that the actor may not even read, NotPermitted for another.
    """
    over = actor.grants_over(thing)
    for grant in over:
        if act in grant.acts:
            return grant
    if any(Act.READ in grant.acts for grant in over):
        raise NotPermitted
    raise NotFound


def require_somewhere(actor: Actor, act: Act, city_id: int, area: str | None = None) -> Grant:
    """The role under which the actor may do it in a city: that of the widest area, or of this one.

    Raises NotFound for whoever reads nothing there, NotPermitted for others who may not. A role
    for some fields of government only does not count.
    """
    here = [grant for grant in actor.grants if grant.city_id == city_id]
    able = [grant for grant in here if act in grant.acts and not grant.fields]
    if area is not None:
        able = [grant for grant in able if grant.area_code == area]
    if able:
        return min(able, key=lambda grant: len(grant.area_code or ""))
    if any(Act.READ in grant.acts for grant in here):
        raise NotPermitted
    raise NotFound


def roles_of_steps(grant: Grant) -> tuple[str, ...]:
    """The roles whose steps of the status table somebody may take under one of his."""
    if Act.MOVE not in grant.acts:
        return ()
    acting = ROLES[grant.role].acts_as
    return (grant.role,) if acting is None else (grant.role, acting)


def require_status_move(actor: Actor, thing: Thing, status: str, target: str) -> Grant:
    """The role under which the actor may bring a status about.

    Raises NotFound for a thing out of reach, MoveNotAllowed for a step that the status table does
    not have, NotPermitted for a step of others.
    """
    require(actor, Act.MOVE, thing)
    takers = [grant for grant in actor.grants_over(thing) if Act.MOVE in grant.acts]
    permitted = MOVES[status].get(target, ())
    for grant in takers:
        if grant.role in permitted or ROLES[grant.role].acts_as in permitted:
            return grant
    require_move(status, target, takers[0].role)
    raise NotPermitted


def moves_of(actor: Actor, thing: Thing, status: str) -> tuple[str, ...]:
    """Statuses that the actor may bring about from this one."""
    roles = {grant.role for grant in actor.grants_over(thing) if Act.MOVE in grant.acts}
    roles |= {acting for role in roles if (acting := ROLES[role].acts_as) is not None}
    return tuple(target for target, takers in MOVES[status].items() if roles & set(takers))


def _reaches(grant: Grant, thing: Thing) -> bool:
    if grant.city_id is None:
        return thing.city_id is None or Act.MANAGE_ACCOUNTS in grant.acts
    if grant.city_id != thing.city_id or grant.area_code not in thing.areas:
        return False
    return not grant.fields or not thing.programmes or _share_field(grant.fields, thing.programmes)


def _share_field(fields: Iterable[str], programmes: Sequence[str]) -> bool:
    held = frozenset(fields)
    return any(holds_field(held, programme) for programme in programmes)


def holds_field(fields: frozenset[str], programme: str) -> bool:
    """Whether a programme is one of these fields of government, or of one: 1.03 holds 1.03.10."""
    return any(programme == field or programme.startswith(f"{field}.") for field in fields)

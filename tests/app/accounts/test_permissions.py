"""One table says what a role may do; one function, whether it reaches a thing."""

from itertools import product

import pytest

from app.accounts.permissions import (
    ROLES,
    Act,
    Actor,
    Grant,
    Thing,
    may,
    moves_of,
    require,
    require_status_move,
)
from app.errors import MoveNotAllowed, NotFound, NotPermitted
from app.stored_words import LEVELS
from app.usulan.workflow import MOVES, TAPD, WARGA

CITY = 3372
CHAIN = ("33.72", "33.72.05", "33.72.05.1015", "33.72.05.1015-012", "33.72.05.1015-012-003")
BESIDE = ("33.72", "33.72.04", "33.72.04.1001", "33.72.04.1001-001", "33.72.04.1001-001-001")
OWN = Thing(CITY, CHAIN, ("1.03.10",))
OTHERS = Thing(CITY, BESIDE, ("1.03.10",))
ELSEWHERE = Thing(3373, CHAIN, ("1.03.10",))
INSTALLATION = Thing()


def grant(role: str, **more: object) -> Grant:
    level = ROLES[role].level
    if level is None:
        return Grant(role)
    return Grant(role, CITY, CHAIN[LEVELS.index(level)], **more)


def actor(*grants: Grant) -> Actor:
    return Actor("someone", grants)


LOCAL = [role for role, kind in ROLES.items() if kind.level is not None]


@pytest.mark.parametrize(("role", "act"), list(product(LOCAL, Act)))
def test_a_role_may_in_its_own_area_what_the_table_says_and_nothing_in_another_city(role, act):
    who = actor(grant(role))

    assert may(who, act, OWN) == (act in ROLES[role].may)
    assert not may(who, act, ELSEWHERE)
    assert not may(who, act, INSTALLATION)


@pytest.mark.parametrize(("role", "act"), list(product(LOCAL, Act)))
def test_beside_its_own_area_a_role_may_nothing_unless_it_is_of_the_whole_city(role, act):
    is_of_city = ROLES[role].level == "kota"

    assert may(actor(grant(role)), act, OTHERS) == (is_of_city and act in ROLES[role].may)


@pytest.mark.parametrize("role", LOCAL)
def test_what_is_placed_above_the_area_of_a_role_is_out_of_its_reach(role):
    level = LEVELS.index(ROLES[role].level)
    above = Thing(CITY, CHAIN[:level], ())

    assert not may(actor(grant(role)), Act.READ, above)
    assert may(actor(grant(role)), Act.READ, Thing(CITY, CHAIN[: level + 1], ()))


def test_the_administrator_of_the_installation_manages_accounts_and_reads_no_usulan():
    admin = actor(grant("admin_instalasi"))

    assert may(admin, Act.MANAGE_INSTALLATION, INSTALLATION)
    assert all(may(admin, Act.MANAGE_ACCOUNTS, thing) for thing in (OWN, ELSEWHERE, INSTALLATION))
    with pytest.raises(NotFound):
        require(admin, Act.READ, OWN)


def test_a_thing_that_is_out_of_reach_is_not_there_and_one_that_may_be_read_is_not_permitted():
    ketua = actor(grant("ketua_rt"))

    with pytest.raises(NotFound):
        require(ketua, Act.READ, OTHERS)
    with pytest.raises(NotFound):
        require(ketua, Act.REDACT, OTHERS)
    with pytest.raises(NotPermitted):
        require(ketua, Act.REDACT, OWN)


def test_of_several_roles_the_one_that_permits_is_named():
    both = actor(grant("ketua_rt"), grant("operator_kelurahan"))

    assert require(both, Act.REDACT, OWN).role == "operator_kelurahan"


@pytest.mark.parametrize(
    ("field", "programmes", "expected"),
    [
        ("1.03", ("1.03.10",), True),
        ("1.03.10", ("1.03.10",), True),
        ("1.03.10", ("1.03",), False),
        ("1.0", ("1.03",), False),
        ("1.03", ("1.04.05", "7.01.03"), False),
        ("7.01", ("1.04.05", "7.01.03"), True),
        ("1.03", (), True),
    ],
)
def test_a_field_holds_what_is_beneath_it_and_what_has_no_field(field, programmes, expected):
    officer = actor(grant("verifikator_opd", fields=frozenset({field})))

    assert may(officer, Act.READ, Thing(CITY, CHAIN, programmes)) == expected


@pytest.mark.parametrize("role", LOCAL)
@pytest.mark.parametrize("status", list(MOVES))
def test_the_moves_of_a_role_are_those_of_the_status_table(role, status):
    who, kind = actor(grant(role)), ROLES[role]
    takers = {role, kind.acts_as} if Act.MOVE in kind.may else set()
    expected = {target for target, roles in MOVES[status].items() if takers & set(roles)}

    assert set(moves_of(who, OWN, status)) == expected
    for target in MOVES:
        if target in expected:
            assert require_status_move(who, OWN, status, target).role == role
        else:
            with pytest.raises((NotPermitted, MoveNotAllowed)):
                require_status_move(who, OWN, status, target)


def test_a_step_that_the_status_table_lacks_names_those_it_has():
    with pytest.raises(MoveNotAllowed) as refused:
        require_status_move(actor(grant("lurah")), OWN, "masuk_apbd", "diajukan")

    assert refused.value.members["allowed"] == list(MOVES["masuk_apbd"])


def test_an_usulan_out_of_reach_has_no_steps_and_is_not_there():
    lurah = actor(grant("lurah"))

    assert moves_of(lurah, OTHERS, "diajukan") == ()
    with pytest.raises(NotFound):
        require_status_move(lurah, OTHERS, "diajukan", "verifikasi_kel")


def test_every_step_of_the_status_table_belongs_to_somebody_who_can_sign_in_but_the_residents():
    takers = {role for moves in MOVES.values() for roles in moves.values() for role in roles}

    assert takers - set(ROLES) == {WARGA, TAPD}

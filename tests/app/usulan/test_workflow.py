import pytest

from app.errors import MoveNotAllowed, NotPermitted
from app.stored_words import STATUSES
from app.usulan.workflow import (
    BAPPEDA,
    KECAMATAN,
    KELURAHAN,
    KETUA_RT,
    KETUA_RW,
    MITRA,
    MOVES,
    OPD,
    STAGES,
    TAPD,
    WARGA,
    allowed_moves,
    needs_reason,
    require_move,
    stage_after,
)

ROLES = {WARGA, KETUA_RT, KETUA_RW, KELURAHAN, MITRA, KECAMATAN, OPD, BAPPEDA, TAPD}


def test_every_status_has_a_row_in_the_table_and_no_other():
    assert set(MOVES) == set(STATUSES)


def test_moves_lead_to_known_statuses_by_known_roles():
    for moves in MOVES.values():
        assert set(moves) <= set(STATUSES)
        assert all(set(roles) <= ROLES and roles for roles in moves.values())


def test_every_status_but_the_first_can_be_reached():
    reached = {target for moves in MOVES.values() for target in moves}

    assert reached == set(STATUSES) - {"draf"}


def test_what_was_not_accommodated_is_carried_over_and_never_moved():
    assert allowed_moves("belum_diakomodir") == ()


def test_a_step_that_the_table_lacks_names_those_it_has():
    with pytest.raises(MoveNotAllowed) as refused:
        require_move("masuk_apbd", "diajukan", "tapd")

    assert refused.value.members == {"allowed": ["dilaksanakan", "dicoret_perubahan"]}


def test_a_step_of_others_is_not_permitted():
    with pytest.raises(NotPermitted):
        require_move("diajukan", "verifikasi_kel", "warga")


def test_a_permitted_step_passes():
    require_move("diajukan", "verifikasi_kel", "operator_kelurahan")


def test_a_role_sees_only_its_own_steps():
    assert allowed_moves("diajukan", "warga") == ("dibatalkan",)


def test_every_setback_needs_a_reason_and_progress_does_not():
    assert all(needs_reason(status) for status in ("ditolak", "belum_diakomodir", "dialihkan"))
    assert not any(needs_reason(status) for status in ("prioritas_kel", "masuk_apbd", "selesai"))


def test_the_stage_is_the_forum_that_holds_it_and_stays_on_a_setback():
    assert stage_after("diajukan", None) is None
    assert stage_after("forum_pd", "musren_kec") == "forum_pd"
    assert stage_after("ditolak", "musren_kec") == "musren_kec"
    assert {stage_after(status, None) for status in STATUSES} - {None} <= set(STAGES)

"""`peta account`: officers are added, invited again, closed and listed."""

import pytest

from tests.app import world
from tests.app.command import installed

EMAIL = "sri@contoh.go.id"
LURAH = ("--role", "lurah", "--city", "99.71", "--area")


@pytest.fixture
def installation(fresh_urls, tmp_path):
    world.settle(fresh_urls)
    with installed(fresh_urls, tmp_path) as place:
        yield place


def add(place, *more, name="Sri Rahayu"):
    return place.peta("account", "add", EMAIL, "--name", name, *more)


def kelurahan(place):
    [(code,)] = place.rows("SELECT min(code) FROM peta.area WHERE level = 'kelurahan'")
    return code


def test_a_new_officer_is_invited_once_and_a_second_role_is_only_added(installation):
    first = add(installation, *LURAH, kelurahan(installation), "--json")
    second = add(
        installation, "--role", "verifikator_opd", "--city", "99.71", "--field", "1.03", "--json"
    )
    accounts = installation.peta("account", "list", "--json").report["accounts"]

    assert len(first.report["invitation"]) >= 43
    assert first.report["link"].endswith(f"/masuk#undangan={first.report['invitation']}")
    assert (second.report["invitation"], second.report["link"]) == (None, None)
    assert [account["email"] for account in accounts] == [EMAIL]
    assert [role["role"] for role in accounts[0]["roles"]] == ["lurah", "verifikator_opd"]
    assert accounts[0]["roles"][1]["fields"] == ["1.03"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (("--role", "raja"), "tidak dikenal"),
        (("--role", "lurah"), "memerlukan --city"),
        (("--role", "lurah", "--city", "99.71"), "adalah kota"),
        (("--role", "lurah", "--city", "99.71", "--area", "99.71.99"), "tidak ada dalam batas"),
        (("--role", "lurah", "--city", "12.34"), "belum ada"),
        (("--role", "admin_instalasi", "--city", "99.71"), "seinstalasi"),
        (("--role", "admin_kota", "--city", "99.71", "--field", "1.03"), "tidak dibatasi"),
        (("--role", "verifikator_opd", "--city", "99.71", "--field", "jalan"), "bukan kode"),
        (("--role", "admin_instalasi", "--until", "2020-01-31"), "sudah lewat"),
    ],
)
def test_a_role_that_cannot_be_is_refused_with_its_reason_and_nothing_is_kept(
    installation, more, reason
):
    refused = add(installation, *more)

    assert refused.status == 1
    assert reason in refused.stderr
    assert installation.rows("SELECT email FROM peta.account") == []


@pytest.mark.parametrize("email", ["sri", "sri@", "@contoh", "a b@contoh", "x" * 65 + "@contoh"])
def test_what_is_no_address_is_refused(installation, email):
    refused = installation.peta("account", "reset", email)

    assert refused.status == 1
    assert "bukan alamat surel" in refused.stderr


def test_a_name_of_blanks_is_refused(installation):
    assert "nama" in add(installation, "--role", "admin_instalasi", name=" ").stderr


def test_a_closed_account_is_listed_as_closed_and_opened_again_by_a_new_invitation(installation):
    add(installation, "--role", "admin_instalasi")
    installation.peta("account", "disable", EMAIL.upper())
    closed = installation.peta("account", "list").stdout
    assert "ditutup" in add(installation, "--role", "admin_instalasi").stderr
    reset = installation.peta("account", "reset", EMAIL)
    opened = installation.peta("account", "list").stdout

    assert "ditutup" in closed
    assert "Undangan untuk" in reset.stdout
    assert "menunggu kata sandi" in opened
    assert "admin_instalasi  instalasi" in opened


def test_who_is_not_there_can_be_neither_closed_nor_invited(installation):
    assert "tidak ada akun" in installation.peta("account", "disable", EMAIL).stderr
    assert "tidak ada akun" in installation.peta("account", "reset", EMAIL).stderr
    assert "Belum ada akun" in installation.peta("account", "list").stdout

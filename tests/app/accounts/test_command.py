"""`peta account`: officers are added, invited again, closed and listed."""

import psycopg
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


def test_a_link_names_the_port_of_the_server_and_the_setting_of_its_address(
    installation, monkeypatch
):
    monkeypatch.setenv("PORT", "8123")
    told = add(installation, *LURAH, kelurahan(installation)).stdout
    monkeypatch.setenv("PETA_BASE_URL", "https://peta.contoh.go.id")
    public = installation.peta("account", "invite", EMAIL).stdout

    assert "\nhttp://127.0.0.1:8123/masuk#undangan=" in told
    assert "PETA_BASE_URL" in told
    assert "\nhttps://peta.contoh.go.id/masuk#undangan=" in public
    assert "PETA_BASE_URL" not in public


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


def test_who_has_set_no_password_is_invited_again_and_who_has_is_not(installation):
    first = add(installation, "--role", "admin_instalasi", "--json").report["invitation"]
    again = installation.peta("account", "invite", EMAIL, "--json").report
    kept = installation.rows("SELECT count(*) FROM peta.invitation")
    with psycopg.connect(installation.urls.owner) as connection:
        connection.execute("UPDATE peta.account SET password = 'x'")

    refused = installation.peta("account", "invite", EMAIL)

    assert again["invitation"] not in (None, first)
    assert kept == [(1,)]
    assert (refused.status, "sudah menyetel kata sandi" in refused.stderr) == (1, True)


def test_with_a_mail_server_the_link_is_sent_and_printed_only_where_that_is_asked(
    installation, monkeypatch
):
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_FROM": "peta@contoh.go.id", "BASE_URL": "https://a.id"}
    for name, value in mail.items():
        monkeypatch.setenv(f"PETA_{name}", value)

    sent = add(installation, "--role", "admin_instalasi", "--json").report
    told = installation.peta("account", "reset", EMAIL).stdout
    shown = installation.peta("account", "reset", EMAIL, "--link", "--json").report
    waiting = installation.rows("SELECT kind, sent FROM peta.notice")

    assert (sent["sent"], sent["invitation"], sent["link"]) == (True, None, None)
    assert "dikirim lewat surel" in told
    assert "undangan=" not in told
    assert shown["link"].startswith("https://a.id/masuk#undangan=")
    assert waiting == [("undangan", None)] * 2


def end(place, *more, reason="Pindah tugas ke kecamatan lain."):
    return place.peta("account", "end-role", EMAIL, *more, "--reason", reason)


def test_a_role_that_was_ended_is_listed_with_its_reason_and_holds_no_more(installation):
    area = kelurahan(installation)
    add(installation, *LURAH, area)

    ended = end(installation, "--role", "lurah", "--json")
    listed = installation.peta("account", "list").stdout
    again = end(installation, "--role", "lurah")

    assert ended.report == {"email": EMAIL, "role": "lurah", "ended": 1}
    assert "diakhiri 20" in listed
    assert "Pindah tugas ke kecamatan lain." in listed
    assert (again.status, "tidak punya peran lurah" in again.stderr) == (1, True)


def test_of_roles_in_several_areas_one_has_to_be_named(installation):
    area = kelurahan(installation)
    [(other,)] = installation.rows("SELECT max(code) FROM peta.area WHERE level = 'kelurahan'")
    add(installation, *LURAH, area)
    add(installation, *LURAH, other)

    unclear = end(installation, "--role", "lurah")
    named = end(installation, "--role", "lurah", "--area", other)

    assert (unclear.status, f"{area}, {other}" in unclear.stderr) == (1, True)
    assert named.status == 0
    left = installation.rows("SELECT area_code FROM peta.role_grant WHERE ended IS NULL")
    assert left == [(area,)]


@pytest.mark.parametrize("reason", ["", "singkat", " " * 12])
def test_no_role_is_ended_without_a_reason(installation, reason):
    add(installation, "--role", "admin_instalasi")

    refused = end(installation, "--role", "admin_instalasi", reason=reason)

    assert (refused.status, "alasan" in refused.stderr) == (1, True)
    assert installation.rows("SELECT ended FROM peta.role_grant") == [(None,)]

"""`peta account`: officers, and the roles they have."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from app.cli.output import answer

if TYPE_CHECKING:
    from psycopg import Connection

    from app.accounts.register import Inviting, RunsStatements

app = typer.Typer(no_args_is_help=True)

AsJson = typer.Option(False, "--json", help="Satu objek JSON, untuk program.")
ByHand = typer.Option(
    False, "--link", help="Cetak tautannya di sini, walaupun surel dapat dikirim."
)
Email = typer.Argument(help="Alamat surel, yang dipakai untuk masuk.")


@app.callback()
def _account() -> None:
    """Akun petugas dan perannya."""


@app.command()
def add(
    email: str = Email,
    *,
    name: str = typer.Option(..., help="Nama petugas."),
    role: str = typer.Option(..., help="Peran, contoh operator_kelurahan."),
    city: str = typer.Option(None, "--city", help="Kode kota, contoh 33.72."),
    area: str = typer.Option(None, "--area", help="Kode wilayah; tanpa ini seluruh kota."),
    field: list[str] = typer.Option([], help="Kode urusan, contoh 1.03; boleh berulang."),
    until: datetime = typer.Option(None, formats=["%Y-%m-%d"], help="Hari terakhir peran ini."),
    by_hand: bool = ByHand,
    as_json: bool = AsJson,
) -> None:
    """Beri seseorang peran; bila belum punya akun, buatkan beserta tautan undangannya."""
    from app.accounts.register import WantedRole, add_account
    from app.cli.staff import require_city

    inviting = _inviting(by_hand=by_hand)
    with _accounts() as connection:
        city_id = require_city(connection, city).city_id if city else None
        wanted = WantedRole(role, city_id, area, field, until.date() if until else None)
        token = add_account(connection, email, name, wanted, inviting)
    _tell_invitation(email, token, is_sent=inviting.secret is not None, as_json=as_json)


@app.command()
def invite(email: str = Email, *, by_hand: bool = ByHand, as_json: bool = AsJson) -> None:
    """Undang lagi seseorang yang belum menyetel kata sandi; tautan sebelumnya berakhir."""
    from app.accounts.register import invite_again

    _make_link(invite_again, email, by_hand=by_hand, as_json=as_json)


@app.command()
def reset(email: str = Email, *, by_hand: bool = ByHand, as_json: bool = AsJson) -> None:
    """Buat tautan baru untuk menyetel kata sandi; yang lama dan semua yang masuk berakhir."""
    from app.accounts.register import reset_account

    _make_link(reset_account, email, by_hand=by_hand, as_json=as_json)


@app.command()
def disable(email: str = Email, *, as_json: bool = AsJson) -> None:
    """Tutup akun; yang sedang masuk dengan akun itu langsung keluar."""
    from app.accounts.register import disable_account

    with _accounts() as connection:
        disable_account(connection, email, now=_now())
    if as_json:
        answer({"email": email, "disabled": True}, as_json=True)
    else:
        typer.echo(f"Akun {email} ditutup. Membukanya lagi: peta account reset {email}")


@app.command()
def end_role(
    email: str = Email,
    *,
    role: str = typer.Option(..., help="Peran yang diakhiri, contoh operator_kelurahan."),
    area: str = typer.Option(None, "--area", help="Kode wilayahnya, bila perannya beberapa."),
    reason: str = typer.Option(..., help="Alasannya, satu kalimat; tersimpan bersama perannya."),
    as_json: bool = AsJson,
) -> None:
    """Akhiri peran seseorang, seketika; catatan dan alasannya tetap tersimpan."""
    from app.accounts.register import Ending, end_roles
    from app.cli.staff import nothing_done
    from app.sentences import SHORTEST_REASON, is_too_short

    if is_too_short(reason):
        nothing_done(f"alasan paling sedikit {SHORTEST_REASON} karakter")
    with _accounts() as connection:
        ended = end_roles(connection, email, role, area, Ending(_inviting(by_hand=False), reason))
    if as_json:
        answer({"email": email, "role": role, "ended": ended}, as_json=True)
    else:
        typer.echo(f"Peran {role} dari {email} diakhiri.")


@app.command(name="list")
def list_(*, as_json: bool = AsJson) -> None:
    """Tampilkan semua akun dengan perannya."""
    from app.accounts.register import list_accounts

    with _accounts() as connection:
        accounts = list_accounts(connection)
    if as_json:
        answer({"accounts": accounts}, as_json=True)
        return
    if not accounts:
        typer.echo("Belum ada akun; tambahkan dengan: peta account add SUREL --name … --role …")
    for account in accounts:
        typer.echo(f"{account['email']}  {account['name']}: {_standing(account)}")
        for role in account["roles"]:
            typer.echo(f"    {_role(role)}")


def _standing(account: dict[str, Any]) -> str:
    if account["disabled"] is not None:
        return "ditutup"
    return "aktif" if account["has_password"] else "menunggu kata sandi"


def _role(role: dict[str, Any]) -> str:
    parts = [role["role"], role["area_code"] or "instalasi"]
    if role["fields"]:
        parts.append("urusan " + ", ".join(role["fields"]))
    if role["valid_to"] is not None:
        parts.append(f"sampai {role['valid_to']:%Y-%m-%d}")
    if role["ended"] is not None:
        parts.append(f"diakhiri {role['ended']:%Y-%m-%d}: {role['ended_why']}")
    return "  ".join(parts)


@contextmanager
def _accounts() -> Iterator["Connection"]:
    """The database; what is refused there ends the command with advice."""
    from app.accounts.refusals import AccountRefused
    from app.cli.account_words import advice
    from app.cli.staff import nothing_done, staff_connection

    try:
        with staff_connection() as connection:
            yield connection
    except AccountRefused as refused:
        nothing_done(advice(refused))


def _make_link(
    make: "Callable[[RunsStatements, str, Inviting], str]",
    email: str,
    *,
    by_hand: bool,
    as_json: bool,
) -> None:
    inviting = _inviting(by_hand=by_hand)
    with _accounts() as connection:
        token = make(connection, email, inviting)
    _tell_invitation(email, token, is_sent=inviting.secret is not None, as_json=as_json)


def _inviting(*, by_hand: bool) -> "Inviting":
    """A letter brings the link where a mail server is set; else it is printed."""
    from app.accounts.register import Inviting
    from app.settings import Settings, secret_key

    settings = Settings()
    is_sent = settings.mail_server is not None and not by_hand
    return Inviting(now=_now(), secret=secret_key(settings) if is_sent else None)


def _tell_invitation(email: str, token: str | None, *, is_sent: bool, as_json: bool) -> None:
    sent = is_sent and token is not None
    link = None if token is None or sent else _link(token)
    if as_json:
        shown = None if sent else token
        answer({"email": email, "invitation": shown, "link": link, "sent": sent}, as_json=True)
    elif sent:
        typer.echo(f"Undangan untuk {email} dikirim lewat surel; berlaku tujuh hari, sekali pakai.")
    elif link is None:
        typer.echo(f"{email} sudah punya akun; peran itu ditambahkan.")
    else:
        typer.echo(f"Undangan untuk {email}, berlaku tujuh hari, sekali pakai:")
        typer.echo(link)
        typer.echo("Di halaman itu kata sandi disetel; kirimkan tautannya hanya kepada petugasnya.")
        _tell_whether_others_reach_it()


def _link(token: str) -> str:
    """The page that sets the password; what follows the `#` reaches no server and no log of one."""
    from app.settings import Settings

    settings = Settings()
    base = settings.base_url or f"http://127.0.0.1:{settings.port}"
    return f"{base.rstrip('/')}/masuk#undangan={token}"


def _tell_whether_others_reach_it() -> None:
    from app.settings import Settings

    if Settings().base_url is None:
        typer.echo(
            "Tautan itu hanya terbuka di mesin ini: alamat umum pemasangan ini belum diisi dalam"
            " PETA_BASE_URL. Portanya menurut PETA_PORT atau PORT."
        )


def _now() -> datetime:
    from datetime import UTC

    return datetime.now(UTC)

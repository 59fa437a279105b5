"""`peta check`: the installation examines itself; nothing is changed."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import typer
from psycopg import OperationalError, connect
from psycopg.rows import dict_row

from app.cities.service import KnownCity, find_city, list_cities
from app.cli.output import answer, grouped, report
from app.cluster import DatabaseUrls, running_database
from app.cluster.errors import ClusterError
from app.cluster.revisions import find_revision, newest_revision
from app.cluster.rights import find_wrong_rights
from app.settings import Settings, secret_key
from app.statements import load_statement

if TYPE_CHECKING:
    from app.seals.checking import Findings as HistoryFindings
    from app.statistics.checking import Findings

_WRONG_RIGHTS = {
    "tables_open": "peran publik dapat masuk ke skema tabel",
    "tables_public": "peran publik dapat membaca atau menulis tabel",
    "views_writable": "peran publik dapat menulis lewat tampilan",
    "views_closed": "peran publik tidak dapat membaca peta",
    "history_changeable": "peran petugas dapat mengubah riwayat",
    "powerful": "peran publik atau petugas berhak lebih dari semestinya",
    "memberships": "peran publik atau petugas menjadi anggota peran lain",
    "unchecked": "peran publik atau petugas dapat menulis tanpa pemeriksaan rujukan",
}
_BROKEN = {
    "area": "usulan tanpa wilayah",
    "category": "usulan tanpa kategori",
    "continued": "lanjutan usulan yang tidak ada",
    "event": "riwayat tanpa usulan",
    "history": "usulan tanpa riwayat",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, whether it is sound, and what a person should know of it."""

    check: str
    sound: bool
    told: str


def check_installation(*, as_json: bool) -> None:
    """Tell every check as it is done; status 1 where anything is wrong."""
    settings = Settings()
    checks = []
    for found in _checks(settings):
        checks.append(found)
        if not as_json:
            typer.echo(f"{found.check:<12}{'baik ' if found.sound else 'SALAH'}  {found.told}")
    sound = all(check.sound for check in checks)
    if as_json:
        answer({"checks": [asdict(check) for check in checks], "sound": sound}, as_json=True)
    else:
        typer.echo("Semua benar." if sound else "Ada yang tidak benar, lihat di atas.")
    if not sound:
        raise typer.Exit(1)


def _checks(settings: Settings) -> Iterator[Check]:
    yield _settings(settings)
    try:
        with running_database(settings, report) as urls:
            yield _database(urls)
            schema = _schema(urls)
            yield schema
            if schema.sound:
                yield _rights(urls)
                yield _references(urls)
                yield from _cities(urls, settings)
    except (ClusterError, OperationalError) as error:
        yield Check("basis data", sound=False, told=str(error).strip().split("\n", 1)[0])


def _settings(settings: Settings) -> Check:
    try:
        secret_key(settings)
    except OSError as error:
        return Check("pengaturan", sound=False, told=f"kunci rahasia tidak terbaca: {error}")
    return Check("pengaturan", sound=True, told=f"PETA_ENV {settings.env}")


def _database(urls: DatabaseUrls) -> Check:
    with connect(urls.staff) as connection, connect(urls.public):
        version = connection.info.server_version
    return Check("basis data", sound=True, told=f"PostgreSQL {version // 10000}.{version % 10000}")


def _schema(urls: DatabaseUrls) -> Check:
    found, newest = find_revision(urls.owner), newest_revision()
    if found == newest:
        return Check("migrasi", sound=True, told=newest)
    told = f"{found or 'belum ada'}, terbaru {newest}; jalankan: peta db migrate"
    return Check("migrasi", sound=False, told=told)


def _rights(urls: DatabaseUrls) -> Check:
    wrong = find_wrong_rights(urls.owner)
    told = "; ".join(_WRONG_RIGHTS[name] for name in wrong)
    return Check("peran", sound=not wrong, told=told or "publik hanya membaca tampilan")


def _references(urls: DatabaseUrls) -> Check:
    with connect(urls.staff, row_factory=dict_row) as connection:
        found = connection.execute(load_statement("usulan", "find_broken")).fetchone() or {}
    wrong = [f"{grouped(count)} {_BROKEN[name]}" for name, count in found.items() if count]
    told = "; ".join(wrong) or "semua yang dirujuk ada"
    return Check("rujukan", sound=not wrong, told=told)


def _cities(urls: DatabaseUrls, settings: Settings) -> Iterator[Check]:
    with connect(urls.staff) as connection:
        cities = list_cities(connection)
        known = {city["code"]: find_city(connection, city["code"]) for city in cities}
    codes = [city["code"] for city in cities]
    if codes and settings.default_city not in codes:
        told = f"PETA_DEFAULT_CITY {settings.default_city} belum ada"
        yield Check("kota", sound=False, told=told)
    for city in cities:
        if (own := known[city["code"]]) is not None:
            yield _histories(urls, own)
            yield _seals(urls, own)
        if city["edition"] is not None:
            yield _numbers(urls, city["code"])


def _histories(urls: DatabaseUrls, city: KnownCity) -> Check:
    from app.cli.progress import counted
    from app.seals.checking import check_histories, count_steps

    with connect(urls.staff) as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        with counted("langkah", total=count_steps(connection, city.city_id)) as progress:
            found = check_histories(connection, city.city_id, progress=progress)
    if not found.wrong:
        told = f"{city.code}: {grouped(found.looked_at)} riwayat utuh"
        return Check("riwayat", sound=True, told=told)
    told = f"{city.code}: {grouped(found.wrong)} dari {grouped(found.looked_at)} riwayat rusak: "
    return Check("riwayat", sound=False, told=told + _some(found))


def _seals(urls: DatabaseUrls, city: KnownCity) -> Check:
    from app.seals.checking import check_seals

    with connect(urls.staff) as connection:
        found = check_seals(connection, city.city_id)
    if found.wrong:
        told = f"{city.code}: segel tidak cocok: {_some(found)}"
        return Check("segel", sound=False, told=told)
    if not found.looked_at:
        told = f"{city.code}: belum ada segel; server yang berjalan membuatnya"
        return Check("segel", sound=True, told=told)
    told = f"{city.code}: {grouped(found.looked_at)} segel utuh"
    if found.day is not None and found.day_hash is not None:
        told += f", segel harian {found.day:%Y-%m-%d %H.%M} UTC {found.day_hash.hex()}"
    return Check("segel", sound=True, told=told)


def _some(found: "HistoryFindings") -> str:
    """The names that are told, and how many more there are."""
    more = found.wrong - len(found.named)
    return "; ".join(found.named) + (f"; dan {grouped(more)} lagi" if more else "")


def _numbers(urls: DatabaseUrls, code: str) -> Check:
    from app.cli.progress import counted
    from app.stored_words import LEVELS

    with counted("tingkat", total=len(LEVELS)) as progress:
        found = asyncio.run(_compared(urls, code, progress))
    if not found.wrong:
        told = f"{code}: {grouped(found.compared)} angka sama dengan hitung ulang"
        return Check("angka", sound=True, told=told)
    told = f"{code}: {grouped(found.wrong)} dari {grouped(found.compared)} angka berbeda; "
    return Check("angka", sound=False, told=told + "; ".join(found.named))


async def _compared(urls: DatabaseUrls, code: str, progress: Callable[[int], None]) -> "Findings":
    from app.database import open_database
    from app.statistics.checking import check_numbers

    # The staff role reads tables and views, so that both are seen in one snapshot.
    database = open_database(urls.staff, urls.staff)
    try:
        return await check_numbers(database, code, progress=progress)
    finally:
        await database.close()

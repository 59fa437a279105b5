"""`peta db`: the embedded cluster, the schema, backups."""

import sys
from collections.abc import Callable
from pathlib import Path

import typer

from app.cli.output import answer, grouped, report
from app.cluster import database_urls, running_database
from app.cluster.migrations import migrate
from app.cluster.sharing import embedded_server, start_to_stay, stop_and_release
from app.settings import Settings

app = typer.Typer(no_args_is_help=True)

AsJson = typer.Option(False, "--json", help="Satu objek JSON, untuk program.")


_WORDS = {
    "kind": "jenis",
    "embedded": "tertanam",
    "server": "server lain",
    "running": "menyala",
    "folder": "folder",
    "log": "catatan",
    "version": "PostgreSQL",
    "postgis": "PostGIS",
    "size": "ukuran",
    "connections": "sambungan",
    "migration": "migrasi",
    "newest_migration": "migrasi terbaru",
    "file": "berkas",
    "created": "dibuat",
    "tables": "tabel",
    "rows": "baris",
    "kept": "basis data lama",
}

File = typer.Argument(help="Berkas cadangan.")


@app.callback()
def _db() -> None:
    """Basis data: menyalakan, memutakhirkan skema, mencadangkan."""


@app.command()
def start() -> None:
    """Nyalakan basis data tertanam dan biarkan menyala."""
    settings = Settings()
    if settings.database_url is not None:
        report("PETA_DATABASE_URL terisi: tidak ada basis data tertanam untuk dinyalakan.")
        return
    server = embedded_server(settings)
    start_to_stay(server, report)
    report(f"Basis data menyala di {server.places.data_dir}. Matikan dengan: peta db stop")


@app.command()
def stop() -> None:
    """Matikan basis data tertanam."""
    settings = Settings()
    if settings.database_url is not None:
        report("PETA_DATABASE_URL terisi: tidak ada basis data tertanam untuk dimatikan.")
        return
    stop_and_release(embedded_server(settings), report)
    report("Basis data sudah mati.")


@app.command()
def status(as_json: bool = AsJson) -> None:
    """Tampilkan versi, ukuran, migrasi dan sambungan; basis data tidak dinyalakan untuk ini."""
    from app.cluster.status import database_status

    answer(database_status(Settings()), as_json=as_json, words=_WORDS)


@app.command(name="migrate")
def migrate_() -> None:
    """Mutakhirkan skema; versi lama dicadangkan dahulu."""
    from app.cluster.backup import back_up_before_migration

    settings = Settings()
    with running_database(settings, report) as urls:
        back_up_before_migration(urls, settings, report)
        migrate(urls, settings)


@app.command()
def backup(file: Path = File, *, as_json: bool = AsJson) -> None:
    """Cadangkan semuanya ke FILE, dengan jumlah dan sidik yang harus cocok saat dipulihkan."""
    from app.cluster.backup import write_backup

    with running_database(Settings(), report) as urls:
        manifest = write_backup(urls, file)
    answer({"file": file, **manifest.summary()}, as_json=as_json, words=_WORDS)


@app.command()
def restore(
    file: Path = File,
    *,
    yes: bool = typer.Option(False, "--yes", help="Tanpa bertanya, walau basis data berisi."),
    as_json: bool = AsJson,
) -> None:
    """Pulihkan isi FILE ke basis data baru, periksa, lalu pakai.

    Bila basis data yang sedang dipakai sudah berisi, di terminal ditanyakan dahulu. Yang
    digantikan tidak dihapus: disimpan dengan nama lain.
    """
    from app.cli.staff import nothing_done
    from app.cluster.restore import find_replaced, restore_backup

    if not file.is_file():
        nothing_done(f"berkas cadangan {file} tidak ada (no such file)")

    settings = Settings()
    with running_database(settings, report) as urls:
        if not may_replace(find_replaced(urls), file, ask=None if yes else _asker()):
            nothing_done("pemulihan tidak diteruskan")
        outcome = restore_backup(urls, file, report)
        migrate(urls, settings)
    answer(outcome, as_json=as_json, words=_WORDS)


def may_replace(
    replaced: tuple[int, int] | None, file: Path, *, ask: Callable[[str], str] | None
) -> bool:
    """Whether a restore may go on; what it takes out of use is told in any case."""
    if replaced is None:
        return True
    cities, usulan = replaced
    report(
        f"Basis data yang sedang dipakai berisi {grouped(cities)} kota dan {grouped(usulan)}"
        f" usulan; isinya digantikan oleh {file}. Yang lama disimpan dengan nama lain."
    )
    return ask is None or ask("Ketik ya untuk menggantikannya: ").strip().casefold() == "ya"


def _asker() -> Callable[[str], str] | None:
    """Who can be asked: nobody, where a program and no person gives the command."""
    return _answer if sys.stdin.isatty() else None


def _answer(question: str) -> str:
    """What a person answers; the question stays out of what a program may read."""
    print(question, end="", file=sys.stderr, flush=True)
    return input()


@app.command()
def url() -> None:
    """Tampilkan alamat basis data, untuk psql dan alat lain."""
    print(database_urls(Settings()).owner)

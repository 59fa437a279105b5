"""`peta data`: how long personal data is kept."""

from dataclasses import asdict

import typer

from app.cli.output import answer

app = typer.Typer(no_args_is_help=True)

AsJson = typer.Option(False, "--json", help="Satu objek JSON, untuk program.")


@app.callback()
def _data() -> None:
    """Data pribadi: berapa lama disimpan."""


@app.command()
def retain(
    city: str = typer.Option(None, "--city", help="Kode kota; tanpa ini semua kota."),
    dry_run: bool = typer.Option(False, help="Hitung saja, tidak ada yang dihapus."),
    as_json: bool = AsJson,
) -> None:
    """Hapus kontak yang usulannya sudah lama selesai, seperti yang dikerjakan peladen sendiri."""
    from datetime import UTC, datetime

    from app.cities.service import list_cities
    from app.cli.staff import require_city, staff_connection
    from app.privacy.retention import retain as erase

    told = []
    with staff_connection() as connection:
        codes = [city] if city else [known["code"] for known in list_cities(connection)]
        for code in codes:
            known = require_city(connection, code)
            erased = erase(connection, known.city_id, now=datetime.now(UTC))
            told.append({"city": code, **asdict(erased)})
        if dry_run:
            connection.rollback()
    if as_json:
        answer({"dry_run": dry_run, "cities": told}, as_json=True)
        return
    done = "akan dihapus" if dry_run else "dihapus"
    for one in told:
        typer.echo(
            f"{one['city']}: {one['contacts']} kontak, {one['answers']} jawaban dan"
            f" {one['words']} kata tertutup dari {one['usulan']} usulan {done}."
        )


@app.command()
def keep(
    city: str = typer.Option(..., "--city", help="Kode kota, contoh 33.72."),
    months: int = typer.Option(..., min=1, max=120, help="Bulan sesudah usulan selesai."),
    as_json: bool = AsJson,
) -> None:
    """Tetapkan berapa bulan sesudah usulan selesai kontaknya masih disimpan."""
    from app.cli.staff import require_city, staff_connection
    from app.privacy.retention import set_months

    with staff_connection() as connection:
        known = require_city(connection, city)
        set_months(connection, known.city_id, months)
    if as_json:
        answer({"city": city, "months": months}, as_json=True)
    else:
        typer.echo(f"{city}: kontak disimpan {months} bulan sesudah usulannya selesai.")

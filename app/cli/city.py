"""`peta city`: the kota and kabupaten of this installation."""

import typer

from app.cli.output import answer, grouped

app = typer.Typer(no_args_is_help=True)

AsJson = typer.Option(False, "--json", help="Satu objek JSON, untuk program.")


@app.callback()
def _city() -> None:
    """Kota dan kabupaten dalam instalasi ini."""


@app.command()
def add(
    code: str = typer.Argument(help="Kode Kemendagri, contoh 33.72."),
    name: str = typer.Argument(help='Nama, contoh "Kota Surakarta".'),
    as_json: bool = AsJson,
) -> None:
    """Tambahkan kota atau kabupaten; dengan nama lain, ganti namanya."""
    from app.cities.service import CityRefused, add_city
    from app.cli.staff import nothing_done, staff_connection

    try:
        with staff_connection() as connection:
            outcome = add_city(connection, code, name)
    except CityRefused as refused:
        nothing_done(str(refused))
    words = {"created": "ditambahkan", "updated": "diganti namanya", "unchanged": "sudah ada"}
    if as_json:
        answer({"code": code, "name": name, "outcome": outcome}, as_json=True)
        return
    typer.echo(f"{name} ({code}) {words[outcome]}.")
    if outcome == "created":
        typer.echo(f"Berikutnya, batas wilayah: peta boundaries load BERKAS --city {code} …")


@app.command(name="list")
def list_(as_json: bool = AsJson) -> None:
    """Tampilkan semua kota dengan edisi batas, jumlah wilayah dan usulannya."""
    from app.cities.service import list_cities
    from app.cli.staff import staff_connection

    with staff_connection() as connection:
        cities = list_cities(connection)
    if as_json:
        answer({"cities": cities}, as_json=True)
        return
    if not cities:
        typer.echo("Belum ada kota; tambahkan dengan: peta city add KODE NAMA")
    for city in cities:
        edition = f"edisi {city['edition']}" if city["edition"] else "tanpa batas"
        typer.echo(
            f"{city['code']}  {city['name']}: {edition}, {grouped(city['areas'])}"
            f" wilayah, {grouped(city['usulan'])} usulan"
        )

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


@app.command()
def holding(
    code: str = typer.Argument(help="Kode kota, contoh 33.72."),
    above: int | None = typer.Option(
        None, "--above", min=1, max=1_000_000, help="Batas terendah dalam satu jam."
    ),
    times: int | None = typer.Option(
        None, "--times", min=1, max=1000, help="Berapa kali lipat dari jam yang biasa."
    ),
    usual: bool = typer.Option(False, "--usual", help="Kembali ke batas yang umum."),
    as_json: bool = AsJson,
) -> None:
    """Batas usulan tanpa kontak dalam satu jam; selebihnya diperiksa dulu sebelum tampil."""
    from app.cities.service import find_city
    from app.cli.staff import nothing_done, staff_connection
    from app.submission.floods import change_limits, find_limits

    with staff_connection() as connection:
        city = find_city(connection, code)
        if city is None:
            nothing_done(f"tidak ada kota {code[:20]}")
        if usual or above is not None or times is not None:
            change_limits(connection, city.city_id, above=above, times=times, usual=usual)
        limits = find_limits(connection, code)
    if as_json:
        told = None if limits is None else limits._asdict()
        answer({"city": code, "limits": told}, as_json=True)
        return
    if limits is None:
        typer.echo(f"{city.name} ({code}) tidak menahan usulan tanpa kontak.")
        return
    typer.echo(
        f"{city.name} ({code}): dalam satu jam lebih dari {grouped(limits.above)} usulan tanpa"
        f" kontak, dan lebih dari {limits.times} kali yang biasa, diperiksa dulu."
    )


@app.command()
def holidays(
    code: str = typer.Argument(help="Kode kota, contoh 33.72."),
    add_: list[str] = typer.Option([], "--add", help='Hari libur, contoh "2026-03-20=Idulfitri".'),
    remove: list[str] = typer.Option([], "--remove", help="Tanggal yang bukan libur lagi."),
    as_json: bool = AsJson,
) -> None:
    """Hari libur kantor kota; tenggat petugas dihitung dalam hari kerja."""
    from app.cities.service import find_city
    from app.cli.staff import nothing_done, staff_connection
    from app.moderation.holidays import HolidayRefused, change_holidays, read_holidays

    try:
        added, removed = read_holidays(add_), list(read_holidays(remove))
        with staff_connection() as connection:
            city = find_city(connection, code)
            if city is None:
                nothing_done(f"tidak ada kota {code[:20]}")
            found = change_holidays(connection, city.city_id, added=added, removed=removed)
    except HolidayRefused as refused:
        nothing_done(str(refused))
    if as_json:
        days = [{"day": day.isoformat(), "name": name} for day, name in found]
        answer({"city": code, "holidays": days}, as_json=True)
        return
    for day, name in found:
        typer.echo(f"{day}  {name}")
    if not found:
        typer.echo(f"Kota {code} belum punya hari libur.")

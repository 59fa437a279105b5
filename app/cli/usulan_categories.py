"""`peta usulan categories`: the codes that the column category may hold."""

import typer

from app.cli.output import answer


def list_categories(
    as_json: bool = typer.Option(False, "--json", help="Satu objek JSON, untuk program."),
) -> None:
    """Tampilkan kode, nama dan satuan semua kategori."""
    import tomllib

    from app.settings import PROJECT_DIR

    text = (PROJECT_DIR / "data" / "categories.toml").read_text(encoding="utf-8")
    listed = tomllib.loads(text)
    if as_json:
        names = ("code", "group", "name", "units")
        rows = [{name: each[name] for name in names} for each in listed["category"]]
        answer({"categories": rows}, as_json=True)
        return
    groups = {group["code"]: group["name"] for group in listed["group"]}
    for code, name in groups.items():
        typer.echo(f"{name}:")
        for each in listed["category"]:
            if each["group"] == code:
                typer.echo(f"  {each['code']}  {each['name']} ({', '.join(each['units'])})")

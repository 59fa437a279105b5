"""`peta demo`: the fictional demo city."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import typer

from app.cli.output import answer, complain, grouped, report

if TYPE_CHECKING:
    from app.demo.load import DemoState
    from app.demo.plan import DemoPlan

app = typer.Typer(no_args_is_help=True)


class Size(StrEnum):
    """How many usulan: 5,000, 50,000 or a million."""

    SMALL = "small"
    CITY = "city"
    LARGE = "large"


@app.callback()
def _demo() -> None:
    """Kota contoh, rekaan seluruhnya."""


@app.command()
def load(
    size: Size = typer.Option(Size.CITY, help="5.000, 50.000 atau 1.000.000 usulan."),
    seed: int = typer.Option(9971, min=0, help="Benih yang sama memberi usulan yang sama."),
    as_json: bool = typer.Option(False, "--json", help="Satu objek JSON, untuk program."),
) -> None:
    """Muat Kota Contoh (99.71) beserta usulannya; bila diulang, hanya melengkapi yang kurang."""
    from app.cli.staff import require_schema
    from app.cluster import running_database
    from app.demo.plan import DemoPlan
    from app.settings import Settings

    plan = DemoPlan(size=size.value, seed=seed)
    settings = Settings()
    with running_database(settings, report) as urls:
        require_schema(urls, settings)
        facts = _load(urls.owner, plan)
    if as_json:
        answer(facts, as_json=True)
    else:
        count, added = grouped(facts["usulan"]), grouped(facts["added"])
        report(f"Kota Contoh (99.71) memuat {count} usulan; baru ditambahkan {added}.")


def _load(owner_url: str, plan: "DemoPlan") -> dict[str, Any]:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    from app.cli.progress import counted
    from app.demo.load import find_state, load_demo, psycopg_of

    engine = create_engine(
        owner_url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool
    )
    with engine.begin() as connection:
        state = find_state(psycopg_of(connection))
        _refuse_another(state, plan)
        if state.usulan >= plan.usulan:
            report(
                f"Kota Contoh sudah dimuat, {grouped(state.usulan)} usulan; tidak ada yang diubah."
            )
            added = 0
        else:
            with counted("usulan", total=plan.usulan, done=state.usulan) as progress:
                try:
                    added = load_demo(connection, plan, progress)
                except KeyboardInterrupt:
                    # In the middle of a COPY it can be neither ended nor rolled back.
                    connection.invalidate()
                    raise
    return {"city": "99.71", "usulan": state.usulan + added, "added": added, "seed": plan.seed}


def _refuse_another(state: "DemoState", plan: "DemoPlan") -> None:
    if state.is_foreign:
        complain("Tidak ada yang diubah: 99.71 di sini kota sungguhan, bukan kota contoh.")
        raise typer.Exit(1)
    if state.seed not in (None, plan.seed):
        complain(
            f"Tidak ada yang diubah: Kota Contoh sudah dimuat dengan benih {state.seed}."
            f" Pakai --seed {state.seed}, atau basis data baru."
        )
        raise typer.Exit(1)

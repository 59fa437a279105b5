"""`peta db`: the embedded cluster, the schema, backups."""

from pathlib import Path

import typer

from app.cli.output import answer, report
from app.cluster import database_urls, migrate, running_database
from app.cluster.sharing import embedded_server, start_to_stay, stop_and_release
from app.settings import Settings

app = typer.Typer(no_args_is_help=True)

AsJson = typer.Option(False, "--json", help="One JSON object, for programs.")


@app.command()
def start() -> None:
    """Start the embedded database and leave it running."""
    settings = Settings()
    if settings.database_url is not None:
        report("PETA_DATABASE_URL is set: there is no embedded database to start.")
        return
    server = embedded_server(settings)
    start_to_stay(server, report)
    report(f"The database runs in {server.places.data_dir}. Stop it with: peta db stop")


@app.command()
def stop() -> None:
    """Stop the embedded database."""
    settings = Settings()
    if settings.database_url is not None:
        report("PETA_DATABASE_URL is set: there is no embedded database to stop.")
        return
    stop_and_release(embedded_server(settings))
    report("The database is stopped.")


@app.command()
def status(as_json: bool = AsJson) -> None:
    """Tell version, size, migration and connections; an embedded one is not started for it."""
    from app.cluster.status import database_status

    answer(database_status(Settings()), as_json=as_json)


@app.command(name="migrate")
def migrate_() -> None:
    """Bring the schema to the newest version; an older one is backed up first."""
    from app.cluster.backup import back_up_before_migration

    settings = Settings()
    with running_database(settings, report) as urls:
        back_up_before_migration(urls, settings, report)
        migrate(urls, settings)


@app.command()
def backup(file: Path, as_json: bool = AsJson) -> None:
    """Write everything to FILE, with the counts and checksums that a restore must meet."""
    from app.cluster.backup import write_backup

    with running_database(Settings(), report) as urls:
        manifest = write_backup(urls, file)
    answer({"file": file, **manifest.summary()}, as_json=as_json)


@app.command()
def restore(file: Path, as_json: bool = AsJson) -> None:
    """Put the contents of FILE into a new database, verify it, and use it from now on."""
    from app.cluster.restore import restore_backup

    settings = Settings()
    with running_database(settings, report) as urls:
        outcome = restore_backup(urls, file, report)
        migrate(urls, settings)
    answer(outcome, as_json=as_json)


@app.command()
def url() -> None:
    """Print the address of the database, for psql and other tools."""
    print(database_urls(Settings()).owner)

"""The command `peta` in the test's own process, against a database of the test's own."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import shapely
from shapely import Polygon
from typer.testing import CliRunner

from app.areas.service import NewArea, NewEdition, load_edition
from app.cities.service import add_city
from app.cli.main import app
from app.cluster import DatabaseUrls


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and how it ended."""

    status: int
    stdout: str
    stderr: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON object that stands last."""
        return json.loads(self.stdout.splitlines()[-1])


def with_parents(kelurahan: Mapping[str, Polygon]) -> list[NewArea]:
    """Areas of a kota from its kelurahan by code, the parents made by uniting them."""
    found = []
    for level, length in (("kota", 5), ("kecamatan", 8), ("kelurahan", 13)):
        for code in sorted({code[:length] for code in kelurahan}):
            parts = [shape for own, shape in kelurahan.items() if own.startswith(code)]
            found.append(
                NewArea(
                    code=code,
                    level=level,
                    parent_code=None if level == "kota" else code.rpartition(".")[0],
                    name="Kota Surakarta" if level == "kota" else code[-4:],
                    geometry=shapely.union_all(parts),
                    kind="kelurahan" if level == "kelurahan" else None,
                )
            )
    return found


@dataclass(frozen=True)
class Installation:
    """One database, its command, and a folder for files."""

    urls: DatabaseUrls
    folder: Path

    def peta(self, *arguments: object) -> Outcome:
        environment = {
            "PETA_DATABASE_URL": self.urls.superuser,
            "PETA_SECRET_KEY": "for tests only",
            "PETA_STATE_DIR": str(self.folder / "state"),
        }
        result = CliRunner().invoke(app, [str(part) for part in arguments], env=environment)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    def settle(self, kelurahan: Mapping[str, Polygon]) -> None:
        """Kota Surakarta with an edition of these kelurahan, where loading it is not the test."""
        with psycopg.connect(self.urls.superuser) as connection:
            add_city(connection, "33.72", "Kota Surakarta")
            load_edition(connection, 3372, NewEdition(name="2025"), with_parents(kelurahan))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.urls.superuser) as connection:
            return connection.execute(query).fetchall()

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


@contextmanager
def installed(urls: DatabaseUrls, folder: Path) -> Iterator[Installation]:
    """An installation without any city, left without any."""
    yield Installation(urls, folder)
    with psycopg.connect(urls.superuser) as connection:
        connection.execute("TRUNCATE peta.city CASCADE")

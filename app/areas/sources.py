"""Whose work the maps of a city are, kept to be named beneath them; the caller commits."""

from dataclasses import dataclass

from psycopg import Connection

from app.models.map_source import REFERENCE_MAP
from app.statements import load_statement
from app.text import ForbiddenCharacters, tidy_line

__all__ = ["REFERENCE_MAP", "Source", "SourceRefused", "forget_sources", "keep_source", "source_of"]

LONGEST = 200


class SourceRefused(ValueError):
    """Words of a source or licence that no map can show."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who made a map, and what they ask of those who show it."""

    source: str = ""
    licence: str = ""


def source_of(source: str, licence: str) -> Source:
    """The two as one line each; raises SourceRefused."""
    try:
        found = Source(tidy_line(source), tidy_line(licence))
    except ForbiddenCharacters:
        raise SourceRefused("sumber atau lisensi memuat karakter terlarang") from None
    if max(len(found.source), len(found.licence)) > LONGEST:
        raise SourceRefused(f"sumber atau lisensi lebih dari {LONGEST} huruf")
    if found.licence and not found.source:
        raise SourceRefused("lisensi tanpa sumber; tambahkan --source")
    return found


def keep_source(
    connection: Connection, city_id: int, layer: str, source: Source, *, edition_id: int
) -> None:
    """Add a source to those of a layer; one without words adds none."""
    if not source.source:
        return
    values = {
        "city_id": city_id,
        "edition_id": edition_id,
        "layer": layer,
        "source": source.source,
        "licence": source.licence,
    }
    connection.execute(load_statement("areas", "add_source"), values)


def forget_sources(connection: Connection, city_id: int, layer: str, *, edition_id: int) -> None:
    values = {"city_id": city_id, "edition_id": edition_id, "layer": layer}
    connection.execute(load_statement("areas", "forget_sources"), values)

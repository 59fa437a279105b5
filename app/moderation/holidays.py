"""The days on which the offices of a city are closed, as the command line keeps them."""

from collections.abc import Mapping, Sequence
from datetime import date

from psycopg import Connection

from app.statements import load_statement
from app.text import tidy_line

LONGEST_NAME = 100


class HolidayRefused(ValueError):
    """What is no day; the message says so in Indonesian."""


def read_holidays(given: Sequence[str]) -> dict[date, str]:
    """Days and their names from `2026-03-20=Idulfitri`; raises HolidayRefused."""
    found = {}
    for text in given:
        day, _, name = text.partition("=")
        try:
            found[date.fromisoformat(day.strip())] = tidy_line(name) or "Libur"
        except ValueError:
            raise HolidayRefused(f"{text[:40]!r} bukan tanggal; contoh 2026-03-20") from None
    return found


def change_holidays(
    connection: Connection, city_id: int, *, added: Mapping[date, str], removed: Sequence[date]
) -> list[tuple[date, str]]:
    """Add and remove days; all that the city has then, in order."""
    for day in removed:
        values = {"city_id": city_id, "day": day}
        connection.execute(load_statement("moderation", "remove_holiday"), values)
    for day, name in added.items():
        named = {"city_id": city_id, "day": day, "name": name[:LONGEST_NAME]}
        connection.execute(load_statement("moderation", "put_holiday"), named)
    every = load_statement("moderation", "list_holidays")
    return [(day, name) for day, name in connection.execute(every, {"city_id": city_id})]

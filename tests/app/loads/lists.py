"""Small lists for the small city, and what it has of them."""

import psycopg

from tests.app.world import CITY_ID, Spot

HERE, BESIDE = Spot(0, 0), Spot(12, 6)
HEADER = "source_id,title,problem,category,longitude,latitude"
PROBLEM = "Jalan berlubang di depan sekolah"


def row(key: str, spot: Spot, *, category: str = "SP01", **more: str) -> str:
    place = spot.middle
    told = (key, f"Jalan {key}", PROBLEM, category, str(place.x), str(place.y))
    return ",".join((*told, *more.values()))


def listed(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def keys(town) -> dict[str, tuple]:
    """What the city has by the keys of lists."""
    with psycopg.connect(town.staff) as connection:
        found = connection.execute(
            "SELECT source_id, status, load_id, number FROM peta.usulan"
            " WHERE city_id = %s AND source_id IS NOT NULL",
            [CITY_ID],
        ).fetchall()
    return {key: tuple(rest) for key, *rest in found}

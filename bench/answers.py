"""Rows about answers beside peers over HTTP: tiles of RT, lists, heat maps."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import mapbox_vector_tile
import orjson

from bench.client import Client, NotAnswered, fetched, in_turn
from bench.drawn import counted_features, heaviest, some_boxes, some_tiles, their_tile
from bench.peers import mapserver
from bench.runner import Row
from bench.stage import CITY, Stage
from bench.tiles import their_tiles

ITEMS = "/collections/bench.point/items"
PEER_SCRIPT = Path(__file__).with_name("peer_datashader.py")
BOX_SHARE = 0.184
"""Of all points, how many lie in a box: 184 thousand of a million."""
SETTLED_S = 5.0
"""After the first list of a process: it has the newest usulan of a large city read behind it."""
CITY_ZOOM = 11
"""At which one tile holds the demo city."""


def area_tiles(stage: Stage) -> Iterator[Row]:
    """Tiles of RT, each asked for once, beside TiPg and MapServer."""
    tipg = their_tiles(stage)
    served = stage.once(
        "mapserver",
        lambda: stage.ending.enter_context(mapserver(stage.folder, stage.urls.owner)),
    )
    for zoom in (12, 14):
        places = [each.place for each in some_tiles(stage, zoom, 13)]
        _check_areas(stage, tipg, served, places.pop(0))
        for peer, ask, bar in (
            ("TiPg", lambda place: fetched(tipg, their_tile("border", place, "code")).seconds, 2.5),
            ("MapServer", lambda place: fetched(served, _map_tile(place)).seconds, 1.2),
        ):
            half = places[: len(places) // 2] if peer == "TiPg" else places[len(places) // 2 :]
            own, other = in_turn(
                len(half),
                lambda turn, half=half: fetched(stage.ours, _our_areas(half[turn])).seconds,  # type: ignore[misc]
                lambda turn, half=half, ask=ask: ask(half[turn]),  # type: ignore[misc]
            )
            name = f"RT polygons, {len(half)} z{zoom} tiles, cold"
            yield Row(name, peer, _ms(own), _ms(other), other / own, bar)


def _our_areas(place: str) -> str:
    return f"/tiles/areas/{place}.mvt?city={CITY}&level=rt"


def _map_tile(place: str) -> str:
    z, x, y = place.split("/")
    return f"/mapserver?mode=tile&tilemode=gmap&tile={x}+{y}+{z}&layers=area&map.imagetype=mvt"


def _check_areas(stage: Stage, tipg: Client, served: Client, place: str) -> None:
    """All three tell of the same RT, but for those that only a peer's margin reaches."""
    own = len(_codes(fetched(stage.ours, _our_areas(place)).body))
    for client, path in ((tipg, their_tile("border", place, "code")), (served, _map_tile(place))):
        other = counted_features(fetched(client, path).body)
        if not 0.8 * own <= other <= 1.5 * own + 20:
            raise NotAnswered(f"{place}: {own} RT here, {other} at {client.address}")


def _codes(body: bytes) -> list[str]:
    layers = mapbox_vector_tile.decode(body)
    return [feature["properties"]["code"] for feature in layers["areas"]["features"]]


def lists(stage: Stage) -> Iterator[Row]:
    """Pages of a box with many hits, each with the exact number of all."""
    theirs = their_tiles(stage)
    boxes = some_boxes(stage, 6 if stage.quick else 10, share=BOX_SHARE)
    for client, path in (
        (stage.ours, f"/api/v1/usulan?city={CITY}"),
        (theirs, f"{ITEMS}?limit=100&f=geojson"),
    ):
        fetched(client, path)
    time.sleep(SETTLED_S)
    for limit, bar in ((100, 100.0), (1_000, 60.0)):
        box, hits = boxes.pop()
        own = orjson.loads(fetched(stage.ours, _our_list(box, limit)).body)
        other = orjson.loads(fetched(theirs, _their_list(box, limit)).body)
        for said in (own, other):
            if (len(said["features"]), said["numberMatched"]) != (limit, hits):
                raise NotAnswered(
                    f"{box}: {own['numberMatched']}, {other['numberMatched']}, {hits}"
                )
        chosen, boxes = boxes[: len(boxes) // 2], boxes[len(boxes) // 2 :]
        if not boxes:
            boxes = chosen
        times = in_turn(
            len(chosen),
            lambda turn: fetched(stage.ours, _our_list(chosen[turn][0], limit)).seconds,  # noqa: B023
            lambda turn: fetched(theirs, _their_list(chosen[turn][0], limit)).seconds,  # noqa: B023
        )
        name = f"GeoJSON list, box with {hits:,} hits, limit {limit:,}"
        note = f"a box never asked before, {SETTLED_S:.0f} s after the first list of each server"
        shown = (_ms(times[0]), _ms(times[1]))
        yield Row(name, "TiPg items", *shown, times[1] / times[0], bar, note=note)


def _our_list(box: str, limit: int) -> str:
    return f"/api/v1/usulan?city={CITY}&bbox={box}&limit={limit}"


def _their_list(box: str, limit: int) -> str:
    return f"{ITEMS}?bbox={box}&limit={limit}&f=geojson"


def heat(stage: Stage) -> Iterator[Row]:
    """A tile over the city with its blur, beside the same points counted and coloured without."""
    heavy = heaviest(stage, CITY_ZOOM, 1)[0]
    widths = stage.draw("widths").sample(range(100, 600), 12)
    paths = [f"/tiles/heat/{heavy.place}.png?city={CITY}&bandwidth_m={width}" for width in widths]
    if not fetched(stage.ours, paths.pop()).body.startswith(b"\x89PNG"):
        raise NotAnswered("no picture")
    with stage.owner() as connection, (stage.folder / "points.bin").open("wb") as file:
        for row in connection.execute("SELECT ST_X(geom), ST_Y(geom) FROM bench.point"):
            file.write(row[0].hex().encode() + b" " + row[1].hex().encode() + b"\n")
    script = str(PEER_SCRIPT)
    place = heavy.place.split("/")
    command = [str(stage.python), script, str(stage.folder / "points.bin"), *place]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as peer:
        if peer.stdin is None or peer.stdout is None:
            raise NotAnswered("datashader has no pipes")
        counted = int(peer.stdout.readline())
        if abs(counted - heavy.points) > heavy.points * 0.001 + 5:
            raise NotAnswered(f"datashader counts {counted}, not {heavy.points}")

        def shade(_turn: int) -> float:
            peer.stdin.write("again\n")  # type: ignore[union-attr]
            peer.stdin.flush()  # type: ignore[union-attr]
            return float(peer.stdout.readline())  # type: ignore[union-attr]

        shade(0)
        own, other = in_turn(
            len(paths), lambda turn: fetched(stage.ours, paths[turn]).seconds, shade
        )
    name = f"heat tile with blur over the city, z{CITY_ZOOM}, {heavy.points:,} points, over HTTP"
    peer_name = "datashader without blur, points resident, no HTTP"
    note = "each of ours has a width of blur never asked before; only the tile's own PNG is timed"
    yield Row(name, peer_name, _ms(own), _ms(other), other / own, 2.5, note=note)


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms"

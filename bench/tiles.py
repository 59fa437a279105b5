"""Rows about tiles of usulan: cold at every zoom, their bytes, kept ones beside static files."""

from collections.abc import Callable, Iterator
from itertools import cycle

from bench.client import Client, NotAnswered, fetched, in_turn, requests_a_second
from bench.drawn import (
    Counted,
    counted_by_us,
    counted_features,
    heaviest,
    new_revision,
    our_tile,
    some_filters,
    some_tiles,
    their_tile,
)
from bench.peers import nginx, require_programs, tipg
from bench.runner import Row
from bench.stage import Stage

COLUMNS = "category,status,year"
SMALL_KB, GZIP_KB = 50.0, 60.0
CONNECTIONS = 32


def their_tiles(stage: Stage) -> Client:
    """TiPg over the peers' tables."""
    return stage.once(
        "tipg",
        lambda: stage.ending.enter_context(tipg(stage.folder, stage.python, stage.urls.owner)),
    )


def cold_tiles(stage: Stage) -> Iterator[Row]:
    """The heaviest tiles of low zooms, plain and filtered, and drawn ones of higher zooms."""
    ours, theirs = stage.ours, their_tiles(stage)
    turns = 3 if stage.quick else 5
    for zoom in (10, 12, 14):
        heavy = heaviest(stage, zoom, 1)[0]
        check_plain(ours, theirs, heavy)
        times = in_turn(turns, plain_again(stage, heavy), asked_again(theirs, heavy))
        name = f"z{zoom} tile, heaviest, {heavy.points:,} points, cold"
        yield _row(name, "TiPg, all points", times, 300.0 if zoom < 14 else 40.0)
        yield from _filtered(stage, heavy, turns, theirs)
    for zoom, bar in ((16, 3.5), (18, 3.5)):
        yield _drawn(stage, zoom, bar, theirs)


def check_plain(ours: Client, theirs: Client, heavy: Counted) -> None:
    """Both sides tell of every point; NotAnswered when one leaves any out."""
    own = counted_by_us(fetched(ours, our_tile(heavy.place)).body)
    other = counted_features(fetched(theirs, their_tile("point", heavy.place, COLUMNS)).body)
    if own != heavy.points or other < heavy.points:
        raise NotAnswered(f"{heavy}: ours tell of {own}, theirs of {other}")


def plain_again(stage: Stage, heavy: Counted) -> Callable[[int], float]:
    """The first request of a tile after a commit that the index has followed: none of it is kept.

    How long the following takes is a row of its own, *commit to tile*.
    """

    def ask(_turn: int) -> float:
        new_revision(stage)
        return fetched(stage.ours, our_tile(heavy.place)).seconds

    return ask


def asked_again(theirs: Client, heavy: Counted) -> Callable[[int], float]:
    return lambda _turn: fetched(theirs, their_tile("point", heavy.place, COLUMNS)).seconds


def _filtered(stage: Stage, heavy: Counted, turns: int, theirs: Client) -> Iterator[Row]:
    zoom = heavy.tile.z
    (first, wanted), *drawn = some_filters(stage, heavy.tile, 2 * turns + 1)
    filters = [each for each, _ in drawn]
    rest, again = filters[:turns], filters[turns:]
    own = counted_by_us(fetched(stage.ours, our_tile(heavy.place, **first)).body)
    other = fetched(theirs, their_tile("every", heavy.place, COLUMNS, **first)).body
    if own != wanted or counted_features(other) < wanted:
        raise NotAnswered(f"{heavy} {first}: {own}, {counted_features(other)}, not {wanted}")

    def ask(turn: int) -> float:
        return fetched(stage.ours, our_tile(heavy.place, **rest[turn])).seconds

    def same(turn: int) -> float:
        return fetched(theirs, their_tile("every", heavy.place, COLUMNS, **again[turn])).seconds

    name = f"z{zoom} tile, heaviest, category and year and status, cold"
    bar = 150.0 if zoom < 14 else 60.0
    yield _row(name, "TiPg, all points", in_turn(len(rest), ask, asked_again(theirs, heavy)), bar)

    def ask_other(turn: int) -> float:
        return fetched(stage.ours, our_tile(heavy.place, **again[turn])).seconds

    times = in_turn(len(again), ask_other, same)
    yield _row(name, "TiPg, the same filter", times, None)


def _drawn(stage: Stage, zoom: int, bar: float, theirs: Client) -> Row:
    turns = 8 if stage.quick else 20
    tiles = some_tiles(stage, zoom, turns + 1)
    check_plain(stage.ours, theirs, tiles.pop())
    times = in_turn(
        len(tiles),
        lambda turn: fetched(stage.ours, our_tile(tiles[turn].place)).seconds,
        lambda turn: asked_again(theirs, tiles[turn])(turn),
    )
    return _row(f"z{zoom} tile, {len(tiles)} drawn from the heavier half, cold", "TiPg", times, bar)


def _row(what: str, peer: str, times: tuple[float, float], bar: float | None) -> Row:
    own, other = times
    return Row(what, peer, f"{own * 1e3:.2f} ms", f"{other * 1e3:.1f} ms", other / own, bar)


def tile_bytes(stage: Stage) -> Iterator[Row]:
    """The largest tile of each zoom, raw to z12, compressed at z13 and z14."""
    for zoom in (10, 12, 13, 14):
        paths = [our_tile(each.place) for each in heaviest(stage, zoom, 8)]
        raw = max(len(fetched(stage.ours, path).body) for path in paths) / 1e3
        packed = max(len(stage.ours.get(path, encoding="gzip").body) for path in paths) / 1e3
        shown = f"{raw:.1f} KB, gzip {packed:.1f} KB"
        size, bar = (raw, SMALL_KB) if zoom <= 12 else (packed, GZIP_KB)
        kind = "raw" if zoom <= 12 else "gzip"
        yield Row(f"z{zoom} tile, largest of 8, KB {kind}", "", shown, "", size, bar, most=True)


def kept_tile(stage: Stage) -> Iterator[Row]:
    """One tile asked for again and again over 32 connections, beside nginx and the same bytes."""
    require_programs("wrk", "nginx")
    seconds, turns = (1, 2) if stage.quick else (4, 3)
    for zoom in (12, 14):
        heavy = heaviest(stage, zoom, 1)[0]
        path = our_tile(heavy.place)
        body = fetched(stage.ours, path).body
        static = stage.folder / "static"
        static.mkdir(exist_ok=True)
        (static / "tile.mvt").write_bytes(body)
        static.chmod(0o755)
        with nginx(stage.folder, static=static) as peer:
            if fetched(peer, "/tile.mvt").body != body:
                raise NotAnswered("nginx serves other bytes")
            urls = (f"{stage.ours.address}{path}", f"{peer.address}/tile.mvt")
            rates = dict.fromkeys(urls, 0.0)
            for url, _ in zip(cycle(urls), range(2 * turns), strict=False):
                rate = requests_a_second(url, connections=CONNECTIONS, seconds=seconds)
                rates[url] = max(rates[url], rate)
        own, other = rates.values()
        yield Row(
            f"kept z{zoom} tile, {len(body) / 1e3:.0f} KB, {CONNECTIONS} connections",
            "nginx, the same bytes as a file",
            f"{own:,.0f}/s",
            f"{other:,.0f}/s",
            own / other,
            0.15,
        )

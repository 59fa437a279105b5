"""The cache of tiles holds no more than it may, and the newest of what was asked for."""

import asyncio
import random

from app.tiles.cache import ENTRY_BYTES, TileCache

LIMIT = 2_000_000
STEPS = 10_000


async def content_of(rng: random.Random) -> bytes:
    return bytes(rng.choice((0, 200, 4_000, 60_000, 140_000)))


async def test_a_random_walk_over_ten_thousand_tiles_leaves_the_cache_within_its_limit():
    rng, cache = random.Random(20261122), TileCache(LIMIT)
    x = y = 0
    most = 0

    for _ in range(STEPS):
        x, y = x + rng.choice((-1, 0, 1)), y + rng.choice((-1, 0, 1))
        await cache.get((14, x, y), lambda: content_of(rng))
        most = max(most, cache.used_bytes)

    assert LIMIT - 140_000 - ENTRY_BYTES <= most <= LIMIT
    assert cache.find((14, x, y)) is not None


async def test_what_was_not_asked_for_the_longest_gives_way():
    cache = TileCache(3 * (1_000 + ENTRY_BYTES))
    for key in "abc":
        cache.keep(key, bytes(1_000))

    cache.find("a")
    cache.keep("d", bytes(1_000))

    assert [key for key in "abcd" if cache.find(key) is not None] == ["a", "c", "d"]


async def test_a_tile_larger_than_the_cache_is_given_and_not_kept():
    cache = TileCache(10_000)
    cache.keep("small", b"x")

    async def make() -> bytes:
        return bytes(20_000)

    assert await cache.get("large", make) == bytes(20_000)
    assert cache.find("large") is None
    assert cache.find("small") == b"x"


async def test_twenty_who_ask_for_a_tile_at_once_cost_one_reading():
    cache, read = TileCache(LIMIT), []

    async def make() -> bytes:
        read.append(1)
        await asyncio.sleep(0)
        return b"tile"

    got = await asyncio.gather(*(cache.get("key", make) for _ in range(20)))

    assert got == [b"tile"] * 20
    assert len(read) == 1

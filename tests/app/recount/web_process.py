"""Two web processes over one city, in an event loop of the test's own: real routes, no sockets."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
import mapbox_vector_tile
from fastapi import FastAPI

from app.cities.queries import find_city
from app.cluster import DatabaseUrls
from app.database import DATABASE_ERRORS, is_busy
from app.main import create_app, end_work
from app.settings import Settings
from app.standby import AS_OF
from spatial.tiles import tile_at
from tests.app import world
from tests.app.world import CITY, CITY_ID

MOST_BUILDS = 5
MOST_TRIES = 10


class WebProcess:
    """One application with an index of its own."""

    pause = staticmethod(asyncio.sleep)

    def __init__(self, runner: asyncio.Runner, settings: Settings, urls: DatabaseUrls) -> None:
        self._runner = runner
        self._app: FastAPI = create_app(settings, urls)
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self._app), base_url="http://127.0.0.1"
        )

    def get(
        self,
        path: str,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """The answer; what is busy, or speaks of a moment ago, is asked again."""
        return self._runner.run(self._answered("GET", path, params=parameters, headers=headers))

    def post(
        self,
        path: str,
        body: Mapping[str, Any] | None,
        *,
        headers: Mapping[str, str] | None = None,
        tries: int = MOST_TRIES,
    ) -> httpx.Response:
        content = {} if body is None else {"json": body}
        return self._runner.run(
            self._answered("POST", path, tries=tries, headers=headers, **content)
        )

    def delete(
        self, path: str, *, headers: Mapping[str, str] | None = None, tries: int = MOST_TRIES
    ) -> httpx.Response:
        return self._runner.run(self._answered("DELETE", path, tries=tries, headers=headers))

    async def _answered(
        self, method: str, path: str, *, tries: int = MOST_TRIES, **content: Any
    ) -> httpx.Response:
        for _ in range(tries):
            answer = await self._client.request(method, path, **content)
            must_wait = answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
            if not must_wait and AS_OF not in answer.headers:
                break
            await self.pause(float(answer.headers.get("Retry-After", 1)))
        return answer

    def count_in_tile(self, z: int) -> int:
        """How many usulan the tile counts in whose middle the city lies."""
        tile = tile_at(world.WEST + 0.008, world.NORTH - 0.004, z)
        answer = self.get(f"/tiles/usulan/{z}/{tile.x}/{tile.y}.mvt")
        layers = mapbox_vector_tile.decode(answer.content) if answer.content else {}
        cells = layers.get("cells", {"features": []})["features"]
        return sum(cell["properties"]["count"] for cell in cells)

    def has_index(self) -> bool:
        """Whether the index stands for what is committed, without waiting for it."""
        return self._runner.run(self._has_index())

    def stand(self) -> None:
        """Wait until the index stands and answers for what is committed now."""
        self._runner.run(self._stood())

    async def _stood(self) -> None:
        for _ in range(MOST_BUILDS):
            if await self._has_index():
                return
            await self._app.state.shelf.built(CITY_ID)
        raise AssertionError("the index does not come to stand")

    async def _has_index(self) -> bool:
        """A busy database is asked again, as in `get`."""
        for _ in range(MOST_TRIES):
            try:
                return await self._asked_for_index()
            except DATABASE_ERRORS as error:
                if not is_busy(error):
                    raise
                await asyncio.sleep(1)
        raise AssertionError("the database is busy all the time")

    async def _asked_for_index(self) -> bool:
        state = self._app.state
        async with state.database.public_session() as connection:
            city = await find_city(connection, CITY)
            assert city is not None
            return await state.shelf.index_of(connection, city) is not None

    def end(self) -> None:
        self._runner.run(self._ended())

    async def _ended(self) -> None:
        await self._client.aclose()
        await end_work(self._app)

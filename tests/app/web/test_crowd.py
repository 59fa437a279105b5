"""More requests at once than a process works on."""

import asyncio

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.web.limits import CrowdLimit


async def test_whoever_is_one_too_many_is_told_to_come_again_and_monitoring_is_answered():
    release = asyncio.Event()

    async def slow(_request: Request) -> Response:
        await release.wait()
        return PlainTextResponse("done")

    async def prompt(_request: Request) -> Response:
        return PlainTextResponse("alive")

    app = Starlette(
        routes=[Route("/slow", slow), Route("/healthz", prompt)],
        middleware=[Middleware(CrowdLimit, limit=2)],
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        inside = [asyncio.ensure_future(client.get("/slow")) for _ in range(2)]
        await asyncio.sleep(0.1)
        third = await client.get("/slow")
        alive = await client.get("/healthz")
        release.set()
        served = [answer.status_code for answer in await asyncio.gather(*inside)]
        afterwards = await client.get("/slow")

    assert (third.status_code, third.json()["code"]) == (503, "LAYANAN_SIBUK")
    assert third.headers["Content-Type"] == "application/problem+json"
    assert int(third.headers["Retry-After"]) > 0
    assert alive.status_code == 200
    assert served == [200, 200]
    assert afterwards.status_code == 200

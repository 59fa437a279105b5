"""Who sends slowly is sent away, and keeps nobody else waiting."""

import asyncio
import time

import httpx
import pytest

from app.settings import Settings
from app.web.connections import HEADER_SECONDS
from app.web.limits import BODY_SECONDS
from tests.faults.killing import PATIENCE_S, wait_until
from tests.faults.serving import serving

pytestmark = pytest.mark.timeout(300)  # the limit is for a machine busy with more

CLIENTS = 500
SLACK_S = 40.0  # for a machine busy with more
NOWHERE = {"PETA_DATABASE_URL": "postgresql://peta@/peta?host=/tmp/there-is-no-such-folder"}
HEAD = b"POST /api/v1/usulan HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
SLOW_BODY = HEAD + b"Content-Length: 100000\r\n\r\n"
SLOW_CHUNKS = HEAD + b"Transfer-Encoding: chunked\r\n\r\n186a0\r\n"
SLOW_HEAD = b"GET /healthz HTTP/1.1\r\nX-Slow: "


LIMITS = {
    SLOW_BODY: BODY_SECONDS + SLACK_S,
    SLOW_CHUNKS: BODY_SECONDS + SLACK_S,
    b"": HEADER_SECONDS + SLACK_S,
    SLOW_HEAD: HEADER_SECONDS + SLACK_S,
}
"""The most that one may stay connected who begins like this and drips on."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("slow")
    settings = Settings(_env_file=None, state_dir=folder / "var", secret_key="for tests only")
    with serving(settings, folder / "log", **NOWHERE) as served:
        wait_until(served.is_alive)
        yield served


@pytest.fixture(scope="module")
def cut_off(served):
    """For each beginning the answer and the seconds; all drip at once, for each only waits."""

    async def drip_side_by_side():
        return await asyncio.gather(
            *(drip(served.address, begun, seconds=most) for begun, most in LIMITS.items())
        )

    return dict(zip(LIMITS, asyncio.run(drip_side_by_side()), strict=True))


async def drip(
    address: str, beginning: bytes, *, seconds: float, others: asyncio.Barrier | None = None
) -> tuple[bytes, float]:
    """What came back, and when the other side hung up; a byte goes out every second.

    After the beginning it waits for the others, if there are any.
    """
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    began = time.monotonic()
    writer.write(beginning)
    if others is not None:
        await others.wait()
    reading = asyncio.ensure_future(reader.read())
    while not reading.done() and time.monotonic() - began < seconds:
        writer.write(b"x")
        await asyncio.wait([reading], timeout=1)
    writer.close()
    assert reading.done(), f"still connected after {seconds} s"
    failed = reading.exception()
    return (b"" if failed else reading.result()), time.monotonic() - began


@pytest.mark.parametrize("beginning", [SLOW_BODY, SLOW_CHUNKS])
def test_a_body_that_drips_is_answered_408_within_its_time(cut_off, beginning):
    answer, seconds = cut_off[beginning]

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in answer
    assert b"TERLALU_LAMBAT" in answer
    assert seconds < LIMITS[beginning]


@pytest.mark.parametrize("beginning", [b"", SLOW_HEAD])
def test_a_head_that_drips_is_cut_off_within_its_time(cut_off, beginning):
    answer, seconds = cut_off[beginning]

    assert b" 200 " not in answer
    assert seconds < LIMITS[beginning]


async def test_a_head_without_end_is_cut_off_before_it_fills_the_memory(served):
    host, port = served.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"GET /healthz HTTP/1.1\r\nX-Long: " + b"x" * 1_000_000)

    came = await asyncio.wait_for(asyncio.gather(reader.read(), return_exceptions=True), PATIENCE_S)

    assert came[0] == b"" or isinstance(came[0], ConnectionError)


async def test_five_hundred_who_drip_leave_liveness_prompt(served):
    together, seconds = asyncio.Barrier(CLIENTS + 1), BODY_SECONDS + SLACK_S
    slow = [
        asyncio.ensure_future(drip(served.address, SLOW_BODY, seconds=seconds, others=together))
        for _ in range(CLIENTS)
    ]
    await together.wait()
    async with httpx.AsyncClient(base_url=served.address, timeout=PATIENCE_S) as client:
        alive = [(await client.get("/healthz")).status_code for _ in range(5)]
    still_dripping = [not one.done() for one in slow]
    answers = await asyncio.gather(*slow)

    assert alive == [200] * 5
    assert sum(still_dripping) > CLIENTS / 2
    # The answer to one who still sends may be lost on the way; that all were cut off, `drip` saw.
    told = [answer for answer, _ in answers if answer]
    assert all(answer.startswith(b"HTTP/1.1 408 ") for answer in told)
    assert len(told) > 0

"""`python -m bench.crowd HOST PORT PATH COUNT [BODY]`: so many ask at once, each on its own line.

With BODY they send it, with the number of each in the place of `#`. A process of its own, so that
whoever is timed beside the crowd does not wait for it here.
"""
# ruff: noqa: T201 - it prints

import asyncio
import sys
from collections import Counter


async def ask(host: str, port: int, path: str, body: str | None) -> int:
    """The status of one answer."""
    reader, writer = await asyncio.open_connection(host, port)
    method, sent = ("GET", b"") if body is None else ("POST", body.encode())
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n"
    if body is not None:
        head += f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n"
    writer.write(head.encode() + b"\r\n" + sent)
    answer = await reader.read()
    writer.close()
    return int(answer.split(maxsplit=2)[1])


async def main() -> None:
    """Tell how many answers there were of each status."""
    host, port, path, count = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    body = sys.argv[5] if len(sys.argv) > 5 else None
    bodies = (body and body.replace("#", str(number)) for number in range(count))
    statuses = await asyncio.gather(*(ask(host, port, path, each) for each in bodies))
    print(*(f"{status}:{number}" for status, number in sorted(Counter(statuses).items())))


if __name__ == "__main__":
    asyncio.run(main())

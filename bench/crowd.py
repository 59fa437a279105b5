"""`python -m bench.crowd HOST PORT PATH COUNT`: so many ask at once, each on a line of its own.

A process of its own, so that whoever is timed beside the crowd does not wait for it here.
"""
# ruff: noqa: T201 - it prints

import asyncio
import sys
from collections import Counter


async def ask(host: str, port: int, path: str) -> int:
    """The status of one answer."""
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return int(answer.split(maxsplit=2)[1])


async def main() -> None:
    """Tell how many answers there were of each status."""
    host, port, path, count = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    statuses = await asyncio.gather(*(ask(host, port, path) for _ in range(count)))
    print(*(f"{status}:{number}" for status, number in sorted(Counter(statuses).items())))


if __name__ == "__main__":
    asyncio.run(main())

"""How often something may be tried: counted in the database, so for all processes and restarts."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address

from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts import queries
from app.lines import fetch_one
from app.statements import load_text

SPAN = timedelta(minutes=15)
_OF_ONE_HOLDER = 64
"""Bits of an IPv6 address that its holder is given; of those after them he takes what he likes."""


@dataclass(frozen=True, slots=True)
class Bound:
    """So many attempts in a span, of one kind and one asker."""

    kind: str
    asker: str
    most: int
    span: timedelta = SPAN

    def bucket(self, secret: bytes) -> bytes:
        """The name of its count, from which nobody learns who asked."""
        told = f"{self.kind}\0{self.asker}".encode()
        return hmac.new(secret, told, hashlib.sha256).digest()


async def count_attempt(
    connection: AsyncConnection, bounds: Sequence[Bound], *, secret: bytes, now: datetime
) -> bool:
    """Count one attempt under each bound in turn; whether all of them let it pass.

    What one bound refuses is not counted under those after it: who is held back himself uses up
    nothing of what others share with him. It counts under that one, so the caller commits before
    he refuses it.
    """
    statement = load_text("accounts", "count_attempt")
    for bound in bounds:
        values = {"bucket": bound.bucket(secret), "began": span_of(now, bound.span)}
        if (await fetch_one(connection, statement, values)).count > bound.most:
            return False
    return True


async def forget_attempts(
    connection: AsyncConnection, bounds: Sequence[Bound], *, secret: bytes
) -> None:
    """Whoever was let in begins anew."""
    await queries.drop_attempts(connection, [bound.bucket(secret) for bound in bounds])


def network_of(address: str) -> str:
    """Of whom an address is, as far as it tells: an IPv4 address, or the /64 of an IPv6 one.

    What is no address, as of a socket, stays what it is.
    """
    try:
        told = ip_address(address)
    except ValueError:
        return address
    if isinstance(told, IPv4Address):
        return str(told)
    if told.ipv4_mapped is not None:
        return str(told.ipv4_mapped)
    rest = told.max_prefixlen - _OF_ONE_HOLDER
    return f"{IPv6Address(int(told) >> rest << rest)}/{_OF_ONE_HOLDER}"


def seconds_left(now: datetime, span: timedelta = SPAN) -> int:
    """Until the next span begins, and with it every count."""
    return max(1, round((span_of(now, span) + span - now).total_seconds()))


def span_of(now: datetime, span: timedelta = SPAN) -> datetime:
    """When the span of such a length began that holds an instant."""
    seconds = span.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)

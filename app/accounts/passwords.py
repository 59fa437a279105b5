"""Passwords: kept as argon2 tells them, and checked without holding up whoever else asks.

One check takes 64 MB and a tenth of a second, on purpose. So it runs in a thread, two at a time,
and everybody who signs in waits for the same turn, whether the account exists or not.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from pwdlib.hashers.argon2 import Argon2Hasher

from app.errors import Busy, FieldError, InvalidFields
from app.language import Words

AT_ONCE = 2
MOST_WAITING = 100
"""Who comes when so many wait is told to come again: the last of them waits some five seconds."""
AT_THE_DOOR = 3
"""Attempts from one address change one row, each after the commit of the one before."""
SHORTEST, LONGEST = 12, 200
_KINDS_OF_CHARACTERS = 4
"""As few as that make no password, however long it is."""
_COST = Argon2Hasher(time_cost=2, memory_cost=65_536, parallelism=1)


class Passwords:
    """Makes and checks them; one for a process."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._inside = 0
        self._door = asyncio.Semaphore(AT_THE_DOOR)

    @asynccontextmanager
    async def at_the_door(self) -> AsyncIterator[None]:
        """While the attempt is counted: in line here, and not for a connection or a row's lock."""
        async with self._door:
            yield

    async def kept(self, password: str) -> str:
        """What is kept of a password; raises Busy in a crowd, as `is_right`."""
        async with self._turn():
            return await asyncio.to_thread(_COST.hash, password)

    async def is_right(self, password: str, kept: str | None) -> bool:
        """Whether it is the password of whom `kept` belongs to; None takes as long, and is not."""
        async with self._turn():
            found = await asyncio.to_thread(_COST.verify, password, kept or _of_nobody())
        return found and kept is not None

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._inside >= AT_ONCE + MOST_WAITING:
            raise Busy
        self._inside += 1
        try:
            async with self._turns:
                yield
        finally:
            self._inside -= 1


def require_strong(password: str, *known: str) -> None:
    """Refuse one that is short, of hardly any characters, or made of what everybody knows.

    `known` are the name and the address of whom it belongs to. Raises InvalidFields.
    """
    wrong = _weakness(password, known)
    if wrong is not None:
        raise InvalidFields(errors=[FieldError("/password", "SANDI_LEMAH", wrong)])


def _weakness(password: str, known: tuple[str, ...]) -> Words | None:
    if not SHORTEST <= len(password) <= LONGEST:
        return Words(
            f"Kata sandi {SHORTEST} sampai {LONGEST} karakter.",
            f"A password has {SHORTEST} to {LONGEST} characters.",
        )
    if len(set(password.casefold())) <= _KINDS_OF_CHARACTERS:
        return Words(
            "Kata sandi ini terlalu mudah ditebak: hurufnya hampir sama semua.",
            "This password is too easy to guess: nearly all of its letters are the same.",
        )
    parts = [part for one in known for part in one.casefold().replace("@", " ").split()]
    left = password.casefold()
    for part in sorted(parts, key=len, reverse=True):
        left = left.replace(part, "") if len(part) > 2 else left
    if len(left) < SHORTEST // 2:
        return Words(
            "Kata sandi tidak boleh terdiri dari nama atau alamat surel Anda.",
            "A password must not be made of your name or e-mail address.",
        )
    return None


@cache
def _of_nobody() -> str:
    """Checked for those who have no account, so that they wait as long."""
    return _COST.hash("nobody has this password")

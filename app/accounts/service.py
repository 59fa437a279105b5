"""Signing in and out, and setting a password."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts import queries
from app.accounts.attempts import Bound, count_attempt, forget_attempts, network_of, seconds_left
from app.accounts.passwords import Passwords, require_strong
from app.accounts.permissions import Actor
from app.accounts.queries import KnownAccount
from app.accounts.tokens import Token, mailed_token, new_id, new_token
from app.database import Database
from app.errors import (
    FieldError,
    InvalidFields,
    InvitationOver,
    NotFound,
    NotSignedIn,
    TooOften,
    WrongCredentials,
)
from app.language import Language, Words
from app.notices.outbox import account_notice
from app.notices.queries import add_for_account
from app.notices.words import RESET
from app.rows import AnyRow
from app.tokens import digest_of

LONGEST = timedelta(days=7)
"""After so long everybody signs in anew."""
IDLE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)
"""Being seen is written down no more often."""
MOST_BY_BOTH, MOST_BY_ACCOUNT, MOST_BY_ADDRESS = 10, 50, 100
"""Attempts in a span. An office shares one address, and whoever tries another's account from
elsewhere does not lock it for its owner."""
LONGEST_BROWSER = 200
MOST_RESETS = 3
RESET_LASTS = timedelta(hours=2)
WRONG_CURRENT = Words(
    "Ini bukan kata sandi Anda yang sekarang.", "This is not your present password."
)
SAME_PASSWORD = Words(
    "Kata sandi baru harus lain dari yang sekarang.",
    "A new password must differ from the present one.",
)
ANSWERED_AFTER_S = 0.5
"""Whether there is an account takes a moment more or less; nobody outside can tell."""


@dataclass(frozen=True, slots=True)
class Door:
    """Through which people come in."""

    database: Database
    passwords: Passwords


@dataclass(frozen=True, slots=True)
class Asking:
    """Who signs in, from where, and when."""

    address: str
    browser: str
    now: datetime
    secret: bytes
    held: str | None = None
    """The token that the browser has from before."""

    @property
    def network(self) -> str:
        """Under which attempts from there are counted."""
        return network_of(self.address)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in."""

    account: KnownAccount
    actor: Actor
    sign_in_id: UUID
    is_program: bool = False
    """It is a program with a key of his, and not he himself."""


async def sign_in(
    door: Door, *, email: str, password: str, asking: Asking
) -> tuple[SignedIn, Token]:
    """Let somebody in under a new token; the one that the browser held before is ended.

    Raises TooOften, or WrongCredentials for whatever was wrong, after the same time.
    """
    database, bounds = door.database, _bounds(email, asking)
    async with door.passwords.at_the_door(), database.staff_session() as connection:
        passes = await count_attempt(connection, bounds, secret=asking.secret, now=asking.now)
        account = await queries.find_account(connection, email) if passes else None
    if not passes:
        raise TooOften(facts={"seconds": seconds_left(asking.now)})
    kept = None if account is None else account.password
    is_right = await door.passwords.is_right(password, kept)
    if account is None or not is_right:
        raise WrongCredentials
    token = new_token()
    async with database.staff_session() as connection:
        # While the password was checked, it may have been changed and every sign-in ended.
        if not await queries.still_has(connection, account):
            raise WrongCredentials
        await queries.sweep(
            connection,
            began_before=asking.now - LONGEST,
            seen_before=asking.now - IDLE,
            now=asking.now,
        )
        if asking.held is not None:
            await queries.end_token(connection, digest_of(asking.held))
        own_id = await _begin(connection, account.account_id, token, asking)
        await forget_attempts(connection, bounds[:2], secret=asking.secret)
        grants = await queries.read_grants(connection, account.account_id, asking.now)
    return SignedIn(account, Actor(account.account_id, tuple(grants)), own_id), token


async def find_signed_in(database: Database, token: str, now: datetime) -> SignedIn:
    """Whose token it is; raises NotSignedIn when it is nobody's any more."""
    async with database.staff_reading() as connection:
        found = await queries.find_signed_in(
            connection, digest_of(token), began_after=now - LONGEST, seen_after=now - IDLE
        )
        if found is None:
            raise NotSignedIn
        account, row = found
        grants = await queries.read_grants(connection, account.account_id, now)
    if now - row.seen > SEEN_EVERY:
        async with database.staff_session() as connection:
            await queries.mark_seen(connection, row.sign_in_id, now)
    actor = Actor(account.account_id, tuple(grants), row.sign_in_id)
    return SignedIn(account, actor, row.sign_in_id)


async def sign_out(database: Database, token: str) -> None:
    """End a token, whoever's it was."""
    async with database.staff_session() as connection:
        await queries.end_token(connection, digest_of(token))


async def list_sign_ins(database: Database, who: SignedIn, now: datetime) -> list[AnyRow]:
    """Where somebody is signed in."""
    async with database.staff_reading() as connection:
        return list(
            await queries.list_sign_ins(
                connection,
                who.account.account_id,
                began_after=now - LONGEST,
                seen_after=now - IDLE,
            )
        )


async def end_sign_in(database: Database, who: SignedIn, own_id: UUID) -> None:
    """End one of somebody's own sign-ins; raises NotFound for another's, as for none."""
    async with database.staff_session() as connection:
        if not await queries.end_sign_in(connection, who.account.account_id, own_id):
            raise NotFound


async def end_other_sign_ins(database: Database, who: SignedIn) -> None:
    """End every sign-in of somebody but the one from which he asks."""
    async with database.staff_session() as connection:
        await queries.end_sign_ins_but(connection, who.account.account_id, who.sign_in_id)


async def change_password(
    door: Door, who: SignedIn, *, current: str, password: str, asking: Asking
) -> Token:
    """Set a new password for somebody who tells his present one; he goes on under this new token.

    Every other sign-in of his ends, and every key. Raises TooOften, InvalidFields for a present
    password that is wrong and for a new one that is weak or no other, NotSignedIn where somebody
    else was quicker.
    """
    database, account = door.database, who.account
    bounds = [Bound("ganti sandi", str(account.account_id), MOST_BY_BOTH)]
    async with database.staff_session() as connection:
        passes = await count_attempt(connection, bounds, secret=asking.secret, now=asking.now)
    if not passes:
        raise TooOften(facts={"seconds": seconds_left(asking.now)})
    if not await door.passwords.is_right(current, account.password):
        raise InvalidFields(errors=[FieldError("/current", "SANDI_TIDAK_COCOK", WRONG_CURRENT)])
    require_strong(password, account.name, account.email)
    if password == current:
        raise InvalidFields(errors=[FieldError("/password", "SANDI_LEMAH", SAME_PASSWORD)])
    kept = await door.passwords.kept(password)
    token = new_token()
    async with database.staff_session() as connection:
        # While the passwords were worked on, another may have been set and every sign-in ended.
        if not await queries.replace_password(connection, account, kept):
            raise NotSignedIn
        await _end_all(connection, account.account_id)
        await _begin(connection, account.account_id, token, asking)
        await forget_attempts(connection, bounds, secret=asking.secret)
    return token


async def ask_reset(
    door: Door, *, email: str, asking: Asking, language: Language, is_mailed: bool
) -> None:
    """Send the owner of an account a link to set a new password, if there is such an account.

    The answer comes after the same time for any address. Where no e-mail is sent the request
    stands before the administrators, and no link is made. Raises TooOften.
    """
    begun = asyncio.get_running_loop().time()
    bounds = [
        Bound("lupa sandi", email.lower(), MOST_RESETS),
        Bound("lupa sandi dari", asking.network, MOST_BY_ADDRESS),
    ]
    async with door.database.staff_session() as connection:
        passes = await count_attempt(connection, bounds, secret=asking.secret, now=asking.now)
        account = await queries.find_account(connection, email) if passes else None
        if account is not None:
            notice_id = new_id(asking.now)
            notice = account_notice(
                notice_id, RESET, account.account_id, language=language, now=asking.now
            )
            await add_for_account(connection, notice)
            if is_mailed:
                digest = mailed_token(asking.secret, notice_id).digest
                await queries.add_invitation(
                    connection, account.account_id, digest=digest, now=asking.now, lasts=RESET_LASTS
                )
    await asyncio.sleep(begun + ANSWERED_AFTER_S - asyncio.get_running_loop().time())
    if not passes:
        raise TooOften(facts={"seconds": seconds_left(asking.now)})


async def accept_invitation(door: Door, *, told: str, password: str, asking: Asking) -> None:
    """Set the password that an invitation or a reset asks for; every sign-in before it ends.

    Raises InvitationOver for a link that has served or whose time is over, InvalidFields for a
    weak password, which leaves the link as it was.
    """
    database, bounds = door.database, [Bound("undangan", asking.network, MOST_BY_ADDRESS)]
    async with database.staff_session() as connection:
        passes = await count_attempt(connection, bounds, secret=asking.secret, now=asking.now)
    if not passes:
        raise TooOften(facts={"seconds": seconds_left(asking.now)})
    digest = digest_of(told)
    async with database.staff_reading() as connection:
        account = await queries.find_invited(connection, digest, asking.now)
    if account is None:
        raise InvitationOver
    require_strong(password, account.name, account.email)
    kept = await door.passwords.kept(password)
    async with database.staff_session() as connection:
        if not await queries.take_invitation(connection, digest, asking.now):
            raise InvitationOver
        await queries.set_password(connection, account.account_id, kept)
        await _end_all(connection, account.account_id)


async def _end_all(connection: AsyncConnection, account_id: UUID) -> None:
    """Whatever was let in by an earlier password is out."""
    await queries.end_all_sign_ins(connection, account_id)
    await queries.end_all_keys(connection, account_id)


async def _begin(
    connection: AsyncConnection, account_id: UUID, token: Token, asking: Asking
) -> UUID:
    """Write down that somebody is signed in; the id under which he can end it."""
    own_id = new_id(asking.now)
    await queries.add_sign_in(
        connection,
        account_id,
        digest=token.digest,
        own_id=own_id,
        now=asking.now,
        browser=asking.browser[:LONGEST_BROWSER],
    )
    return own_id


def _bounds(email: str, asking: Asking) -> list[Bound]:
    account = email.lower()
    return [
        Bound("masuk dari", f"{account}\0{asking.network}", MOST_BY_BOTH),
        Bound("masuk", account, MOST_BY_ACCOUNT),
        Bound("dari", asking.network, MOST_BY_ADDRESS),
    ]

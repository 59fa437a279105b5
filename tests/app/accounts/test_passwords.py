"""Passwords are kept as argon2 tells them, and checked for two at a time."""

import asyncio

import pytest

from app.accounts import passwords
from app.accounts.passwords import AT_ONCE, MOST_WAITING, Passwords, require_strong
from app.errors import Busy, InvalidFields

WORD = "kunci rumah 41 hijau"


def test_a_password_is_kept_by_argon2_with_64_megabytes_and_a_salt():
    async def kept_twice():
        keeper = Passwords()
        return await keeper.kept(WORD), await keeper.kept(WORD)

    first, second = asyncio.run(kept_twice())

    assert first.startswith("$argon2id$v=19$m=65536,t=2,p=1$")
    assert first != second
    assert WORD not in first


def test_who_has_no_account_is_checked_against_a_hash_of_the_same_cost():
    passwords._of_nobody.cache_clear()

    kept = asyncio.run(Passwords().kept(WORD))

    def cost(told: str) -> list[str]:
        return told.split("$")[:4]

    assert cost(passwords._of_nobody()) == cost(kept) == ["", "argon2id", "v=19", "m=65536,t=2,p=1"]


@pytest.mark.usefixtures("quick_hashes")
def test_only_the_word_itself_is_right_and_nobodys_never():
    async def checked():
        keeper = Passwords()
        kept = await keeper.kept(WORD)
        return [
            await keeper.is_right(WORD, kept),
            await keeper.is_right(WORD.upper(), kept),
            await keeper.is_right(WORD, None),
            await keeper.is_right("nobody has this password", None),
        ]

    assert asyncio.run(checked()) == [True, False, False, False]


@pytest.mark.usefixtures("quick_hashes")
def test_a_crowd_is_checked_two_at_a_time(monkeypatch):
    inside, most = 0, 0

    async def counted(work, *given):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0)
        inside -= 1
        return work(*given)

    monkeypatch.setattr(passwords.asyncio, "to_thread", counted)

    async def crowd():
        keeper = Passwords()
        await asyncio.gather(*(keeper.is_right(WORD, None) for _ in range(100)))

    asyncio.run(crowd())

    assert most == AT_ONCE


@pytest.mark.parametrize("word", [WORD, "x7" * 3 + "kambing", "srirahayu suka durian"])
def test_a_password_of_some_length_is_strong_enough(word):
    require_strong(word, "Sri Rahayu", "sri.rahayu@contoh.go.id")


@pytest.mark.parametrize("word", ["", "sebelas1234", "aaaaaaaaaaaa", "Sri Rahayu 12", "é" * 201])
def test_what_is_short_or_plain_or_ones_own_name_is_not(word):
    with pytest.raises(InvalidFields):
        require_strong(word, "Sri Rahayu", "sri.rahayu@contoh.go.id")


def test_who_comes_when_a_crowd_waits_is_told_to_come_again(monkeypatch):
    freed = asyncio.Event()

    async def held(_work, *_given):
        await freed.wait()
        return False

    monkeypatch.setattr(passwords.asyncio, "to_thread", held)

    async def crowd():
        keeper = Passwords()
        waiting = [
            asyncio.create_task(keeper.is_right(WORD, None)) for _ in range(AT_ONCE + MOST_WAITING)
        ]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await keeper.is_right(WORD, None)
        freed.set()
        await asyncio.gather(*waiting)
        return await keeper.is_right(WORD, None)

    assert asyncio.run(crowd()) is False

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from app.accounts import passwords


@pytest.fixture
def quick_hashes(monkeypatch):
    """Argon2 at the least cost it has: what it costs is another test's matter."""
    monkeypatch.setattr(passwords, "_COST", Argon2Hasher(1, 8, 1))
    passwords._of_nobody.cache_clear()
    yield
    passwords._of_nobody.cache_clear()

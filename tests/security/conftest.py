"""The small city of `tests/app/world.py`, served."""

from tests.app.conftest import http, town
from tests.app.notices.conftest import mailbox

__all__ = ["http", "mailbox", "town"]

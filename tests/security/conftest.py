"""The small city of `tests/app/world.py`, served."""

from tests.app.conftest import http, town

__all__ = ["http", "town"]

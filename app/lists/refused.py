"""A list of which nothing can be loaded."""

from typing import Any


class ListRefused(ValueError):
    """Why nothing of a list was loaded; with the report, where it was read."""

    def __init__(self, reason: str, report: dict[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.report = report

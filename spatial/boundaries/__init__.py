"""Boundaries: reading official sets, checking them, and the fictional demo city."""

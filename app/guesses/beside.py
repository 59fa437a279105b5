"""The file beside a list that says how it is read."""

from pathlib import Path


def mapping_path(listed: Path) -> Path:
    """Where the mapping of a list is kept: beside it, for next time."""
    return listed.parent / f"{listed.name}.toml"

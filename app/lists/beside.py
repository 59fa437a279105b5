"""The files beside a list, and the columns that the file of its rejects begins with."""

from pathlib import Path

SUFFIX = ".rejected.csv"
REJECT_COLUMNS = ("_baris", "_kode_alasan", "_alasan")


def rejects_path(listed: Path) -> Path:
    """Where the rejects of a list stand."""
    return listed.with_name(f"{listed.name}{SUFFIX}")

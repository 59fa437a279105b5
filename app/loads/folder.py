"""The files of a load: its list, the mapping beside it, and the rejects."""

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import IO
from uuid import UUID

from app.errors import TooLarge
from app.guesses.beside import mapping_path
from app.lists.beside import rejects_path
from app.whole_file import told_when_full

_LONGEST_NAME = 120
_STRANGE = re.compile(r"[\x00-\x1f\x7f/\\]+")
_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".geojson", ".json", ".gpkg")


def shown_name(told: str) -> str:
    """The name of an uploaded file as it is shown: never a path, never blank."""
    return _STRANGE.sub(" ", told).strip()[-_LONGEST_NAME:] or "daftar"


@dataclass(frozen=True, slots=True)
class LoadFolder:
    """Where the files of one load lie; nothing in a path is what somebody typed."""

    path: Path

    @classmethod
    def of(cls, state_dir: Path, load_id: UUID) -> "LoadFolder":
        """The folder of a load in the folder of the installation."""
        return cls(state_dir / "loads" / str(load_id))

    def listed(self, name: str) -> Path:
        """The list; its content decides of what kind it is, its name only how it is shown."""
        suffix = Path(name).suffix.lower()
        return self.path / f"daftar{suffix if suffix in _SUFFIXES else ''}"

    def mapping(self, name: str) -> Path:
        """The mapping that is found beside the list."""
        return mapping_path(self.listed(name))

    def rejects(self, attempt: int) -> Path:
        """Rows that one work refuses; those of the load once its report names that work."""
        return self.path / f"{attempt}.rejected.csv"

    def draft(self, name: str) -> Path:
        """What is written for one request, and is no file of a work that another may remove."""
        return self.path / f"{name}.part"

    def old_rejects(self, name: str) -> Path:
        """Those of a load whose report names no work: it was made before reports did."""
        return rejects_path(self.listed(name))

    def forget_rejects(self, *, but: int) -> None:
        """Remove those of all works but one, whole or begun; also what was made of them."""
        for path in self.path.glob("*.rejected.*"):
            if not path.name.startswith(f"{but}."):
                path.unlink(missing_ok=True)

    def keep(self) -> None:
        """Tell the sweep that somebody goes on with it."""
        with suppress(FileNotFoundError):
            os.utime(self.path)

    def forget_list(self, name: str) -> None:
        """Remove what people wrote once it is stored; the rejects stay to be corrected."""
        for path in (self.listed(name), self.mapping(name)):
            path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove everything."""
        rmtree(self.path, ignore_errors=True)


async def spool(chunks: AsyncIterator[bytes], path: Path, *, most_bytes: int) -> int:
    """Write what arrives, piece by piece; how many bytes. Raises TooLarge, StorageFull."""
    size = 0
    with told_when_full(), await asyncio.to_thread(_opened, path) as file:
        async for chunk in chunks:
            size += len(chunk)
            if size > most_bytes:
                raise TooLarge(facts={"limit": most_bytes})
            await asyncio.to_thread(file.write, chunk)
    return size


def _opened(path: Path) -> IO[bytes]:
    """A new file that only the server's own account reads."""
    path.parent.mkdir(mode=0o700, parents=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(descriptor, "wb")

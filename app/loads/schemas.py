"""What officers send and are told of loads, as the OpenAPI document shows it."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.loads.states import State
from app.parameters import Code

LONGEST_NAME = 200
_Word = Annotated[str, Field(max_length=500)]

Wanted = Literal["mapping", "check", "commit", "cancel", "undo", "rejects"]


class UploadQuery(BaseModel):
    """What is said beside a file."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    year: int | None = Field(None, ge=2000, le=2100)
    area: Code | None = Field(None, description="for which of one's areas; left out, the widest")


class MappingWish(BaseModel):
    """Which column holds which field, what its cells mean, and what holds for all rows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sheet: _Word | None = None
    columns: dict[_Word, _Word] = Field(default={}, max_length=60)
    values: dict[_Word, dict[_Word, _Word]] = Field(default={}, max_length=60)
    defaults: dict[_Word, _Word] = Field(default={}, max_length=60)


class LoadFile(BaseModel):
    name: str
    bytes: int


class Progress(BaseModel):
    done: int
    about: int


class LoadItem(BaseModel):
    """A load in a list."""

    id: UUID
    area: str
    role: str
    file: LoadFile
    year: int | None
    state: State
    progress: Progress
    failure: str | None = Field(
        description="a sentence, or TERPUTUS when its server ended, or BASIS_DATA_PENUH when the"
        " database had no room, or GALAT_SERVER"
    )
    own: bool = Field(description="whether whoever asks sent the file")
    created: datetime
    updated: datetime
    may: list[Wanted]


class Loads(BaseModel):
    loads: list[LoadItem]


class RefusedRow(BaseModel):
    """A row that was refused, by its number in the list, and why."""

    row: int
    reason: str
    told: str


class RefusedRows(BaseModel):
    """Refused rows in their order."""

    rows: list[RefusedRow]


class FullLoad(LoadItem):
    """A load with all that was found."""

    guess: dict[str, Any] | None
    mapping: dict[str, Any] | None
    report: dict[str, Any] | None = Field(
        description="as `peta usulan load --json`; of the dry run, or of what was stored"
    )
    undone: dict[str, Any] | None

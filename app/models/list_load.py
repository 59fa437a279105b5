"""A list that an officer loads by a page, and how far that has come."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId, Instant, Words


class ListLoad(Base):
    """One load from the upload of its file to the end; the row says where it stands.

    `account_id` refers to nothing: accounts go, what was loaded stays.
    """

    __tablename__ = "list_load"
    __table_args__ = (
        ForeignKeyConstraint(["city_id"], ["peta.city.city_id"]),
        CheckConstraint(
            "state IN ('dibaca', 'menunggu', 'diperiksa', 'disimpan', 'selesai', 'menarik',"
            " 'ditarik', 'batal', 'gagal')",
            name="state",
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    load_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    role: Mapped[str]
    """Under which the officer loads."""
    area_code: Mapped[str]
    """For which he has it: rows that lie elsewhere are refused."""
    areas: Mapped[Words]
    """Codes from the kota down to that area."""
    file_name: Mapped[str]
    file_bytes: Mapped[int] = mapped_column(BigInteger)
    year: Mapped[int | None] = mapped_column(SmallInteger)
    """Of rows that name none; None: the year after each was sent."""
    state: Mapped[str]
    attempt: Mapped[int] = mapped_column(SmallInteger)
    """Rises with each piece of work begun; one that is overtaken may write no more."""
    rows_done: Mapped[int]
    rows_about: Mapped[int]
    beat: Mapped[Instant]
    """When the process at work was last heard of."""
    created: Mapped[Instant]
    updated: Mapped[Instant]
    failure: Mapped[str | None]
    guess: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    mapping: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    report: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """Of the newest dry run, or of the load itself."""
    tried_as: Mapped[Words | None]
    """Role, its area and the roles of its steps under which that dry run was made."""
    undone: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))

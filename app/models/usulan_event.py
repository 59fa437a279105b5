"""The append-only history of an usulan."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId, Digest, Instant


class UsulanEvent(Base):
    """One step in the life of an usulan, chained to the step before by its hash.

    The application's role may insert and read rows, never change or delete them.
    """

    __tablename__ = "usulan_event"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "usulan_id"], ["peta.usulan.city_id", "peta.usulan.usulan_id"]
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    usulan_id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    """1 for the submission, rising by one."""
    at: Mapped[Instant]
    kind: Mapped[str]
    from_status: Mapped[str | None]
    to_status: Mapped[str]
    stage: Mapped[str | None]
    actor_role: Mapped[str]
    actor_area: Mapped[str | None]
    reason_code: Mapped[str | None]
    reason: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    """Before and after of what the step changed; never public."""
    nonce: Mapped[Digest]
    """Random, so that a published hash cannot be used to guess what is not published."""
    previous: Mapped[Digest | None]
    hash: Mapped[Digest]

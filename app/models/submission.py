"""Idempotency: which request already became which usulan."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId, Digest, Instant


class Submission(Base):
    """The key a client sent with a submission; kept 30 days, then swept."""

    __tablename__ = "submission"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "usulan_id"],
            ["peta.usulan.city_id", "peta.usulan.usulan_id"],
            ondelete="CASCADE",
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    body_digest: Mapped[Digest]
    usulan_id: Mapped[UUID]
    created: Mapped[Instant]

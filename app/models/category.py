"""The controlled list of what can be asked for."""

from sqlalchemy import CheckConstraint, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Words


class Category(Base):
    """One of the 40 sub-categories of domain knowledge, with its privacy precision."""

    __tablename__ = "category"
    __table_args__ = (
        CheckConstraint("precision IN ('exact', 'rw', 'count')", name="precision"),
        CheckConstraint("group_code IN ('SP', 'KP', 'SB', 'EK')", name="group_code"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    group_code: Mapped[str]
    ordinal: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str]
    name_en: Mapped[str]
    units: Mapped[Words]
    geometry: Mapped[Words]
    """Geometry types the form offers first; a Point is accepted for every category."""
    precision: Mapped[str]
    programmes: Mapped[Words]
    funding: Mapped[Words]
    synonyms: Mapped[Words]

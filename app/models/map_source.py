"""Whose work the maps of a city are."""

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId

REFERENCE_MAP = 0
"""In place of an edition: the reference map has none."""


class MapSource(Base):
    """A source of one level of an edition, or of one kind of the reference map."""

    __tablename__ = "map_source"
    __table_args__ = (ForeignKeyConstraint(["city_id"], ["peta.city.city_id"]),)

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    layer: Mapped[str] = mapped_column(primary_key=True)
    """A level, or road, river, rail or landmark."""
    source: Mapped[str] = mapped_column(primary_key=True)
    licence: Mapped[str] = mapped_column(server_default="")

"""Borders as coarsely as a zoom shows them: made from the areas, never the other way."""

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId


class Outline(Base):
    """The copy of one area for one of the zooms that `spatial.outlines` names."""

    __tablename__ = "outline"
    __table_args__ = (
        ForeignKeyConstraint(
            ["city_id", "edition_id", "code"],
            ["peta.area.city_id", "peta.area.edition_id", "peta.area.code"],
            ondelete="CASCADE",
        ),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    zoom: Mapped[int] = mapped_column(primary_key=True)
    geom: Mapped[WKBElement] = mapped_column(Geometry("GEOMETRY", srid=3857, spatial_index=False))

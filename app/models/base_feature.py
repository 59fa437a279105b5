"""Roads, rivers, rail and landmarks: the base map that needs no outside host."""

from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, CityId


class BaseFeature(Base):
    """One line, surface or place drawn beneath the usulan for orientation."""

    __tablename__ = "base_feature"
    __table_args__ = (
        ForeignKeyConstraint(["city_id"], ["peta.city.city_id"]),
        CheckConstraint("kind IN ('road', 'river', 'rail', 'landmark')", name="kind"),
        Index("ix_base_feature_geom", "geom", postgresql_using="gist"),
    )

    city_id: Mapped[CityId] = mapped_column(primary_key=True)
    feature_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subkind: Mapped[str] = mapped_column(server_default="")
    """Of a road: main, street or lane; of a landmark: masjid, sekolah, pasar and so on."""
    name: Mapped[str] = mapped_column(server_default="")
    geom: Mapped[WKBElement] = mapped_column(Geometry("GEOMETRY", srid=4326, spatial_index=False))

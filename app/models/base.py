"""The declarative base: schema, constraint names and the types that tables share."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    DateTime,
    LargeBinary,
    MetaData,
    SmallInteger,
    Text,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, mapped_column

SCHEMA = "peta"

# Names are fixed so that a migration made on one machine finds the constraint of another.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

CityId = Annotated[int, mapped_column(SmallInteger)]
Rupiah = Annotated[int, mapped_column(BigInteger)]
MortonCode = Annotated[int, mapped_column(BigInteger)]
Digest = Annotated[bytes, mapped_column(LargeBinary)]
Instant = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Words = Annotated[list[str], mapped_column(ARRAY(Text))]


class Base(DeclarativeBase):
    """Tables live in one schema that the public database role cannot enter."""

    metadata = MetaData(schema=SCHEMA, naming_convention=NAMING)
    type_annotation_map = {str: Text, UUID: Uuid}  # noqa: RUF012 - SQLAlchemy reads it as a class attribute

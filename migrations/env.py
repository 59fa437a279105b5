"""Alembic's entry: it migrates the connection that the caller hands over, and no other."""

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy.sql.schema import SchemaItem

from app.models import Base
from app.models.base import SCHEMA

VERSION_TABLE = "alembic_version"


def include_name(name: str | None, type_: str, _parents: object) -> bool:
    """Look only at our own schema: PostGIS and the views are none of autogenerate's business."""
    return name == SCHEMA if type_ == "schema" else True


def include_object(
    item: SchemaItem,
    name: str,
    type_: str,
    reflected: bool,  # noqa: FBT001 - Alembic's callback signature
    compare_to: SchemaItem | None,
) -> bool:
    """Leave out PostGIS's own tables."""
    return bool(alembic_helpers.include_object(item, name, type_, reflected, compare_to))


def run_migrations() -> None:
    """Run on the caller's connection (``config.attributes['connection']``)."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        version_table=VERSION_TABLE,
        version_table_schema=SCHEMA,
        include_schemas=True,
        include_name=include_name,
        include_object=include_object,
        compare_server_default=False,
        render_item=alembic_helpers.render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


run_migrations()

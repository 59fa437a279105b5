"""Whether the roles may do what they should, and nothing else."""

from psycopg import connect

from app.cluster.configuration import OWNER, PUBLIC, STAFF

_FAULTS = """
SELECT
    CAST(has_schema_privilege(%(public)s, 'peta', 'USAGE') AS integer) AS tables_open,
    (
        SELECT count(*)
        FROM pg_class AS relation
        INNER JOIN pg_namespace AS room ON room.oid = relation.relnamespace
        WHERE
            room.nspname = 'peta'
            AND relation.relkind IN ('r', 'v', 'm', 'p')
            AND has_table_privilege(%(public)s, relation.oid, 'SELECT, INSERT, UPDATE, DELETE')
    ) AS tables_public,
    (
        SELECT count(*)
        FROM pg_class AS relation
        INNER JOIN pg_namespace AS room ON room.oid = relation.relnamespace
        WHERE
            room.nspname = 'map'
            AND relation.relkind = 'v'
            AND has_table_privilege(%(public)s, relation.oid, 'INSERT, UPDATE, DELETE')
    ) AS views_writable,
    CAST(NOT has_table_privilege(%(public)s, 'map.point', 'SELECT') AS integer) AS views_closed,
    CAST(
        has_table_privilege(%(staff)s, 'peta.usulan_event', 'UPDATE, DELETE')
        OR has_table_privilege(%(staff)s, 'peta.seal', 'UPDATE, DELETE') AS integer
    ) AS history_changeable,
    (
        SELECT count(*)
        FROM pg_roles AS role
        WHERE
            role.rolname IN (%(public)s, %(staff)s)
            AND (role.rolsuper OR role.rolcreaterole OR role.rolcreatedb OR role.rolbypassrls)
    ) AS powerful,
    (
        SELECT count(*)
        FROM pg_auth_members AS membership
        INNER JOIN pg_roles AS member ON member.oid = membership.member
        WHERE member.rolname IN (%(public)s, %(staff)s)
    ) AS memberships,
    CAST(
        has_parameter_privilege(%(staff)s, 'session_replication_role', 'SET')
        OR has_parameter_privilege(%(public)s, 'session_replication_role', 'SET') AS integer
    ) AS unchecked
"""


def find_wrong_rights(owner_url: str) -> list[str]:
    """Names of what is wrong with the rights of the roles; empty when all is as it must be."""
    with connect(owner_url) as connection:
        cursor = connection.execute(_FAULTS, {"public": PUBLIC, "staff": STAFF, "owner": OWNER})
        names = [column.name for column in cursor.description or ()]
        numbers = next(iter(cursor))
    return [name for name, number in zip(names, numbers, strict=True) if number]

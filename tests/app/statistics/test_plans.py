"""Totals stay linear in the number of usulan, whatever the planner expects of the data."""

from psycopg import Connection, connect

# One row joined to the view by an equality the planner takes for rare: the worst case it met.
ONE_AREA = """
SELECT COUNT(*)
FROM map.point AS point
INNER JOIN (VALUES ('33.72')) AS area (code) ON point.kota = area.code
WHERE point.listed AND point.newest
"""


def repeated_nodes(connection: Connection) -> list[str]:
    """Scans of the plan that run once per usulan and read more than a few rows each time."""
    plan = connection.execute("EXPLAIN (FORMAT JSON) " + ONE_AREA).fetchone()[0][0]["Plan"]
    found = []

    def visit(node: dict, *, inside_loop: bool) -> None:
        if inside_loop and node["Node Type"] == "Aggregate" and "Group Key" in node:
            found.append(f"{node['Node Type']} by {node['Group Key']}")
        for number, child in enumerate(node.get("Plans", [])):
            inner = node["Node Type"] == "Nested Loop" and number == 1
            visit(child, inside_loop=inside_loop or inner)

    visit(plan, inside_loop=False)
    return found


def test_no_grouping_is_repeated_for_each_usulan(urls):
    with connect(urls.staff) as connection:
        connection.execute("SET enable_hashjoin = off; SET enable_mergejoin = off")

        assert repeated_nodes(connection) == []


def test_planning_years_are_read_from_their_index_alone(urls):
    with connect(urls.staff) as connection:
        plan = connection.execute(
            "EXPLAIN (FORMAT JSON) SELECT year FROM map.planning_year WHERE city_id = 9971"
        ).fetchone()[0][0]["Plan"]

    assert indexes_of_usulan(plan) == {"ix_usulan_listed_year"}


def indexes_of_usulan(node: dict) -> set[str | None]:
    """By which indexes a plan reads usulan; None among them for a scan of the whole table."""
    own = {node.get("Index Name")} if node.get("Relation Name") == "usulan" else set()
    return own.union(*(indexes_of_usulan(child) for child in node.get("Plans", [])))

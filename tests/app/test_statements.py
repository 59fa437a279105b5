import re

from app.statements import load_statement


def test_psycopg_gets_its_own_binds_and_no_comments():
    statement = load_statement("areas", "stamp_edition").decode()

    assert "%(city_id)s" in statement
    assert "--" not in statement
    assert not re.search(r":[a-z]", statement)

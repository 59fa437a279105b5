import re
from importlib.resources import files

import pytest

from spatial.sql import load, load_for_psycopg

NAMES = sorted(
    file.name.removesuffix(".sql")
    for file in files("spatial.sql").iterdir()
    if file.name.endswith(".sql")
)


def test_a_statement_is_loaded_with_its_header():
    assert load("area_chain").startswith("-- An area and everything above it")


def test_a_statement_that_does_not_exist_is_refused():
    with pytest.raises(FileNotFoundError):
        load("no_such_statement")


def test_psycopg_gets_its_own_binds_and_no_comments():
    statement = load_for_psycopg("area_chain")

    assert "%(city_id)s" in statement
    assert "--" not in statement
    assert not re.search(r":[a-z]", statement)


@pytest.mark.parametrize("name", NAMES)
def test_every_bind_is_named_in_the_header(name):
    statement = load(name)
    header = " ".join(line for line in statement.splitlines() if line.startswith("--"))

    binds = set(re.findall(r"%\((\w+)\)s", load_for_psycopg(name)))

    assert binds
    assert {bind for bind in binds if bind not in re.findall(r"\w+", header)} == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_reads_only_the_public_wall(name):
    schemas = set(re.findall(r"(?:FROM|JOIN)\s+(\w+)\.", load_for_psycopg(name)))

    assert schemas <= {"map"}

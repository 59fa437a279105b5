import psycopg
import pytest
from sqlalchemy import text


def test_a_committed_row_stays_in_its_own_database(fresh_urls, urls):
    statement = "INSERT INTO peta.city (city_id, code, name) VALUES (9971, '99.71', 'Kota Contoh')"
    with psycopg.connect(fresh_urls.staff) as fresh:
        fresh.execute(statement)

    with psycopg.connect(fresh_urls.staff) as again, psycopg.connect(urls.staff) as other:
        assert again.execute("SELECT count(*) FROM peta.city").fetchone() == (1,)
        assert other.execute("SELECT count(*) FROM peta.city").fetchone() == (0,)


@pytest.mark.parametrize("attempt", ["first", "second"])
def test_what_a_test_writes_is_gone_in_the_next(connection, attempt):
    before = connection.execute(text("SELECT count(*) FROM peta.city")).scalar_one()

    connection.execute(
        text("INSERT INTO peta.city (city_id, code, name) VALUES (1, '00.01', :name)"),
        {"name": attempt},
    )

    assert before == 0


def test_the_public_role_can_read_no_table(urls):
    with (
        psycopg.connect(urls.public) as public,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        public.execute("SELECT count(*) FROM peta.city")

"""Nobody sets by its name what is not his to set: status, role, city, publication and the rest."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
import pytest

from app.models import Proposer, RoleGrant, Usulan
from app.submission.schemas import ProposerDraft, UsulanDraft
from tests.app import world
from tests.app.moderation.conftest import office
from tests.app.submission.sending import draft
from tests.app.world import CITY_ID, Spot

__all__ = ["office"]
WHY = "Sudah diperiksa di lapangan bersama warga."
NAMES = {
    *("role", "roles", "city", "city_id", "actor", "is_admin", "admin", "id", "_id", "account_id"),
    *("tracking_code", "hash", "previous", "seen", "now", "by", "precision", "position"),
    *("supporters", "channel", "stage", "published", "status", "number", "year", "areas"),
}
FORBIDDEN = sorted(
    ({column.name for column in Usulan.__table__.columns} | NAMES) - set(UsulanDraft.model_fields)
)
OF_PERSON = sorted(
    {column.name for column in Proposer.__table__.columns} - set(ProposerDraft.model_fields)
)


def stored(town) -> int:
    with psycopg.connect(town.staff) as connection:
        return connection.execute("SELECT COUNT(*) FROM peta.usulan").fetchone()[0]


def standing(town, number: str) -> tuple[str, int, str]:
    """Status and city of an usulan, and who took its last step."""
    with psycopg.connect(town.staff) as connection:
        return connection.execute(
            "SELECT usulan.status, usulan.city_id, event.actor_role FROM peta.usulan"
            " INNER JOIN peta.usulan_event AS event USING (city_id, usulan_id)"
            " WHERE number = %s ORDER BY event.sequence DESC",
            [number],
        ).fetchone()


def unknown(answer) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.text
    return [(error["field"], error["code"]) for error in answer.json()["errors"]]


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_resident_sets_no_column_of_an_usulan_but_those_of_the_form(http, town, name):
    before = stored(town)

    for value in ("masuk_apbd", 3372, True, None):
        answer = http.post("/api/v1/usulan", json=draft() | {name: value})
        assert unknown(answer) == [(f"/{name}", "TIDAK_DIKENAL")]

    assert stored(town) == before


@pytest.mark.parametrize("name", [*OF_PERSON, "roles", "published", "account"])
def test_nor_of_who_sends_it(http, town, name):
    person = {"name": "Sri", "consent": True, name: 1}
    before = stored(town)

    answer = http.post("/api/v1/usulan", json=draft(proposer=person))

    assert unknown(answer) == [(f"/proposer/{name}", "TIDAK_DIKENAL")]
    assert stored(town) == before


def test_what_is_stored_has_the_first_status_and_the_city_of_the_address_alone(http, town):
    sent = http.post("/api/v1/usulan", params={"status": "selesai", "role": "lurah"}, json=draft())

    assert standing(town, sent.json()["number"]) == ("diajukan", CITY_ID, "warga")


@pytest.mark.parametrize("name", ["status", "role", "city", "from", "actor", "at", "published"])
def test_a_reporter_answers_and_sets_nothing_else(http, town, name):
    code = http.post("/api/v1/usulan", json=draft()).json()["tracking_code"]

    answer = http.post(f"/api/v1/tracking/{code}/reply", json={"text": "Di depan.", name: "lurah"})

    assert unknown(answer) == [(f"/{name}", "TIDAK_DIKENAL")]


@pytest.mark.parametrize("name", ["role", "actor", "at", "city", "stage", "hash"])
def test_an_officer_takes_no_step_in_another_role_place_or_time(town, office, name):
    lurah, [number] = office("lurah", Spot(0, 0)), world.add(town, [world.proposed(Spot(0, 0))])
    wish = {"to": "verifikasi_kel", "seen": lurah.look(number)["seen"], name: "camat"}

    answer = lurah.ask("POST", f"/usulan/{number}/status", json=wish)

    assert unknown(answer) == [(f"/{name}", "TIDAK_DIKENAL")]
    assert standing(town, number)[0] == "diajukan"


@pytest.mark.parametrize(
    "name",
    sorted(
        {"city", "password", "disabled"}
        | ({column.name for column in RoleGrant.__table__.columns} - {"role", "fields"})
    ),
)
def test_an_administrator_gives_no_role_in_another_city_or_anothers_name(office, name):
    wish = {"email": "budi@contoh.go.id", "name": "Budi", "role": "walidata", name: 3372}

    answer = office("admin_kota").ask("POST", "/accounts", json=wish)

    assert unknown(answer) == [(f"/{name}", "TIDAK_DIKENAL")]


def test_every_body_that_the_api_takes_refuses_fields_it_does_not_know(http):
    """Read from the API's own description, so a new route is looked at too."""
    told = http.get("/api/openapi.json").json()
    open_ones = [
        f"{method.upper()} {path}: {name}"
        for path, method, body in bodies(told)
        for name, schema in objects(told, body)
        # A table by names of one's own, as of the columns of a file, says what its values are.
        if schema.get("additionalProperties", True) in (True, {})
    ]

    assert len(list(bodies(told))) > 10
    # A geometry is read by our own reader, which refuses what it does not know.
    assert [name for name in open_ones if not re.search(r": (.*/)?geometry$", name)] == []


def bodies(told: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            for kind, body in operation.get("requestBody", {}).get("content", {}).items():
                if kind == "application/json":
                    yield path, method, body["schema"]


def objects(
    told: Mapping[str, Any], schema: Mapping[str, Any], name: str = "body"
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object beneath a schema, with the way to it."""
    if "$ref" in schema:
        schema = told["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from objects(told, each, name)
    if schema.get("type") == "object":
        yield name, schema
        for field, inner in schema.get("properties", {}).items():
            yield from objects(told, inner, f"{name}/{field}")
    if schema.get("type") == "array":
        yield from objects(told, schema.get("items", {}), name)

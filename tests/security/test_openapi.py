"""Every route answers as the OpenAPI document says, whatever it is asked."""

import itertools

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.app.loads.conftest import Loader
from tests.app.loads.lists import listed, row
from tests.app.loads.rights import LOADERS
from tests.app.moderation.officers import sign_in_as
from tests.app.world import Spot, add, proposed

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


BOUNDED = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_every_route_answers_as_documented(http):
    document = schemathesis.openapi.from_url(f"{http.base_url}/api/openapi.json")
    operations = [result.ok() for result in document.get_all_operations()]

    for operation in operations:

        @BOUNDED
        @given(case=operation.as_strategy())
        def answers_as_documented(case):
            case.call_and_validate(checks=CHECKS)

        answers_as_documented()

    assert len(operations) >= 12


@pytest.mark.parametrize(
    "role", ["admin_kota", "mitra_bappeda", "ketua_rt", "operator_kelurahan", "admin_instalasi"]
)
def test_every_route_of_officers_answers_as_documented_to_one_of_them(http, town, role):
    spot = Spot(1, 1)
    known = itertools.cycle([*add(town, [proposed(spot), proposed(spot)]), None])
    document = schemathesis.openapi.from_url(f"{http.base_url}/api/openapi.json")
    operations = [result.ok() for result in document.get_all_operations()]
    ours = [each for each in operations if _is_of_officers(each.path)]

    answered = set()
    for operation in ours:
        # A new one each time: some of them end what he is signed in by.
        token = sign_in_as(town, role, spot)
        headers = {"Cookie": f"peta_masuk={token}"}
        load_id = None
        if role in LOADERS and "{load_id}" in operation.path:
            load_id = _tried_load(Loader(http, token), spot)
        answered |= _answers_as_documented(operation, headers, known, load_id)

    assert len(ours) >= 20
    assert {200, 404, 422} <= answered


def _tried_load(loader: Loader, spot: Spot) -> str:
    """A list of one row that is taken and one that is refused."""
    load = loader.sent(listed(row("OA1", spot), row("OA2", spot, category="entah")))
    return loader.done(load["id"], "check")["id"]


def _answers_as_documented(operation, headers, known, load_id) -> set[int]:
    """The statuses of answers that are all as documented; of usulan, two thirds exist."""
    statuses = set()

    @BOUNDED
    @given(case=operation.as_strategy())
    def ask(case):
        number = next(known)
        if number and "number" in case.path_parameters:
            case.path_parameters["number"] = number
        if load_id and number:
            case.path_parameters["load_id"] = load_id
        statuses.add(case.call_and_validate(checks=CHECKS, headers=headers).status_code)

    ask()
    return statuses


def _is_of_officers(path: str) -> bool:
    return path.startswith(("/api/v1/staff", "/api/v1/session", "/api/v1/password"))


def test_the_document_describes_every_address_of_the_contract(http):
    paths = http.get("/api/openapi.json").json()["paths"]

    assert {
        "/api/v1/cities",
        "/api/v1/categories",
        "/api/v1/areas",
        "/api/v1/areas/{code}",
        "/api/v1/areas/at",
        "/api/v1/places",
        "/api/v1/usulan",
        "/api/v1/usulan/{number}",
        "/api/v1/usulan/{number}/history",
        "/api/v1/tracking/{tracking_code}",
        "/api/v1/stats",
        "/api/v1/config",
        "/api/v1/hexagons",
        "/tiles/heat.json",
        "/tiles/heat/{z}/{x}/{y}.png",
    } <= set(paths)
    assert set(paths["/api/v1/usulan"]) == {"get", "post"}


def test_the_readable_document_asks_no_outside_host(http):
    page = http.get("/api/docs").text

    assert "http" not in page.replace("/api/openapi.json", "")
    assert "<script>" not in page

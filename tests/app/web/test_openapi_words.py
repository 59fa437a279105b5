"""The API document speaks to a stranger, and what it tells to copy works."""

import json
import re

import pytest

from app.openapi import ALL_OPERATIONS
from app.operation_words import HERE

METHODS = {"get", "post", "put", "patch", "delete"}
BY_COMMAND = {key: words for key, words in ALL_OPERATIONS.items() if words.example}


def test_every_operation_is_named_and_described(http):
    document = http.get("/api/openapi.json").json()

    served = {
        (method, path)
        for path, methods in document["paths"].items()
        for method in METHODS & set(methods)
    }
    assert served == set(ALL_OPERATIONS)
    for method, path in served:
        operation = document["paths"][path][method]
        assert operation["summary"] == ALL_OPERATIONS[method, path].summary
        assert ALL_OPERATIONS[method, path].description in operation["description"]
    assert "bujur dahulu" in document["info"]["description"]


@pytest.mark.parametrize("key", [key for key in BY_COMMAND if key[0] == "get"])
def test_a_command_to_copy_is_answered(http, key):
    command = BY_COMMAND[key].described()

    address = re.search(rf"'{re.escape(HERE)}(/[^']*)'", command)

    assert address is not None
    # Nobody has proposed anything in this city, so that its heat is an empty tile.
    expected = 204 if address[1].endswith("bandwidth_m=200") else 200
    assert http.get(address[1]).status_code == expected


def test_the_command_that_sends_an_usulan_stores_one(http):
    [words] = [words for (method, _), words in BY_COMMAND.items() if method == "post"]
    body = re.search(r"-d '(\{.*?\})'", words.described(), re.DOTALL)
    assert body is not None

    answer = http.post(
        words.example, json=json.loads(body[1]), headers={"Idempotency-Key": "contoh-0001"}
    )

    assert answer.status_code == 201, answer.text

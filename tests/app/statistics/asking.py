"""How tests ask for numbers, and the rule of thin data in their own words."""

import httpx

LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
MEASURES = ("per_1000", "count", "cost", "beneficiaries", "supporters")
FEW = 30


def get(http: httpx.Client, path: str, query: dict) -> dict:
    answer = http.get(f"/api/v1/stats{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def is_too_little(source: dict, measure: str) -> bool:
    """Whether a row of totals has too little for a measure."""
    if measure == "per_1000" and None in (source["per_1000"], source["households"]):
        return True
    return source["households"] is not None and source["households"] < FEW

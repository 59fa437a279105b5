"""The list: its set, its order, its pages, its words."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.app.world import (
    COUNT_ONLY,
    RW_ONLY,
    START,
    Spot,
    add,
    at_status,
    proposed,
)

LINEAGE = UUID("01900000-0000-7000-8000-000000000001")


@pytest.fixture(scope="module", autouse=True)
def numbers(town):
    """Names of the usulan of this file, and their numbers."""
    made = {
        "plain": proposed(Spot(0, 0), title="Lampu jalan padam", estimated_cost=5_000),
        "late": proposed(
            Spot(1, 0), events=at_status("diajukan", at=START + timedelta(days=60)), supporters=9
        ),
        "old": proposed(
            Spot(2, 0), year=2025, usulan_id=LINEAGE, events=at_status("belum_diakomodir")
        ),
        "carried": proposed(Spot(2, 0), lineage_id=LINEAGE, continues_id=LINEAGE, sequence=1),
        "merged": proposed(Spot(3, 0), events=at_status("digabung")),
        "withdrawn": proposed(Spot(3, 1), events=at_status("dibatalkan")),
        "hidden": proposed(Spot(3, 2), published=False),
        "house": proposed(Spot(8, 0), category=RW_ONLY, title="Rumah Pak Canary", year=2024),
        "house too": proposed(Spot(9, 0), category=RW_ONLY, title="Rumah Bu Canary", year=2024),
        "lone house": proposed(Spot(15, 7), category=RW_ONLY, title="Rumah sendiri", year=2024),
        "person": proposed(Spot(8, 0), category=COUNT_ONLY, title="Kursi roda Canary", year=2024),
        "somewhere": proposed(Spot(4, 4), geometry=None),
    }
    return dict(zip(made, add(town, list(made.values())), strict=True))


def listed(http, **query: str) -> list[str]:
    answer = http.get("/api/v1/usulan", params={"limit": "1000", **query})
    assert answer.status_code == 200
    return [feature["id"] for feature in answer.json()["features"]]


def test_the_default_set_leaves_out_merged_withdrawn_unpublished_and_earlier_years(http, numbers):
    found = set(listed(http))

    absent = {"merged", "withdrawn", "hidden", "old"}
    assert found == {number for name, number in numbers.items() if name not in absent}


def test_a_year_brings_the_record_of_that_year(http, numbers):
    assert numbers["old"] in listed(http, year="2025")
    assert numbers["carried"] not in listed(http, year="2025")
    assert {numbers["old"], numbers["carried"]} <= set(listed(http, year="2025,2026"))


def test_merged_and_withdrawn_ones_come_when_asked_for_by_name(http, numbers):
    found = listed(http, status="digabung,dibatalkan")

    assert set(found) == {numbers["merged"], numbers["withdrawn"]}


def test_an_unpublished_usulan_is_not_found_by_number(http, numbers):
    assert http.get(f"/api/v1/usulan/{numbers['hidden']}").status_code == 404
    assert http.get(f"/api/v1/usulan/{numbers['hidden']}/history").status_code == 404


def test_different_filters_are_joined_by_and(http, numbers):
    assert listed(http, category="SP01", q="lampu") == [numbers["plain"]]
    assert listed(http, category=RW_ONLY, q="lampu") == []


def test_an_area_keeps_all_beneath_it(http, numbers):
    assert set(listed(http, area=f"{Spot(8, 0).rw},{Spot(8, 0).rt}")) == {
        numbers["house"],
        numbers["house too"],
    }
    assert numbers["lone house"] in listed(http, area=Spot(15, 7).kelurahan)
    assert numbers["lone house"] not in listed(http, area=Spot(15, 7).rw)


def test_words_match_literally(http):
    assert listed(http, q="%") == []
    assert listed(http, q="_") == []
    assert listed(http, q="'; DROP TABLE usulan --") == []


def test_a_number_is_found_by_itself(http, numbers):
    assert listed(http, q=numbers["plain"].lower()) == [numbers["plain"]]


def test_the_newest_come_first_and_each_order_can_be_turned(http, numbers):
    assert listed(http)[0] == numbers["late"]
    assert listed(http, sort="-supporters")[0] == numbers["late"]
    assert listed(http, sort="supporters")[-1] == numbers["late"]
    assert listed(http, sort="estimated_cost")[0] == numbers["plain"]
    assert listed(http, sort="-estimated_cost")[0] == numbers["plain"]


@pytest.mark.parametrize("sort", ["-created", "updated", "-supporters", "estimated_cost"])
def test_pages_bring_every_item_once_in_order(http, sort):
    whole = listed(http, sort=sort)
    seen, address, sizes = [], f"/api/v1/usulan?sort={sort}&limit=3", []

    while address:
        page = http.get(address).json()
        seen += [feature["id"] for feature in page["features"]]
        sizes.append(page["numberReturned"])
        address = page["next"]

    assert seen == whole
    assert sizes[:-1] == [3] * (len(sizes) - 1)
    assert page["numberMatched"] == len(whole)


@pytest.mark.parametrize("change", ["sort=supporters", "year=2024", "category=SP01"])
def test_a_cursor_of_another_list_is_refused(http, change):
    following = http.get("/api/v1/usulan?limit=1").json()["next"]
    cursor = following.split("cursor=")[1]

    answer = http.get(f"/api/v1/usulan?limit=1&{change}&cursor={cursor}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "cursor"


def test_an_empty_cursor_is_none(http):
    assert http.get("/api/v1/usulan?cursor=").status_code == 200


@pytest.mark.parametrize("cursor", ["x", "====", "AAAA", "é", "%00", "A" * 400])
def test_a_made_up_cursor_is_refused(http, cursor):
    assert http.get("/api/v1/usulan", params={"cursor": cursor}).status_code == 422


def test_a_private_need_is_told_by_category_month_and_public_area(http, numbers):
    feature = http.get(f"/api/v1/usulan/{numbers['house']}").json()

    told = feature["properties"]
    assert told["title"] == "Rumah tidak layak huni"
    assert told["created"] == "2025-11"
    assert told["areas"][-1]["code"] == Spot(8, 0).rw
    assert {"problem", "address", "landmark"}.isdisjoint(told)
    assert feature["geometry"]["coordinates"] != [Spot(8, 0).middle.x, Spot(8, 0).middle.y]


def test_a_lone_private_need_moves_up_to_its_kelurahan(http, numbers):
    told = http.get(f"/api/v1/usulan/{numbers['lone house']}").json()["properties"]

    assert told["areas"][-1]["code"] == Spot(15, 7).kelurahan


def test_a_need_of_a_person_has_no_position(http, numbers):
    feature = http.get(f"/api/v1/usulan/{numbers['person']}").json()

    assert feature["geometry"] is None
    assert feature["properties"]["areas"][-1]["level"] == "kelurahan"


def test_private_titles_follow_the_language_of_the_reader(http, numbers):
    english = {"Accept-Language": "en-GB,en;q=0.9,id;q=0.5"}

    told = http.get(f"/api/v1/usulan/{numbers['house']}", headers=english).json()

    assert told["properties"]["title"] != "Rumah tidak layak huni"


def test_unlocated_counts_what_has_no_public_position(http):
    page = http.get("/api/v1/usulan").json()

    assert page["unlocated"] == 2  # the person's need and the one placed as an area


def test_updated_after_keeps_what_changed_later(http, numbers):
    later = (START + timedelta(days=30)).isoformat()

    assert listed(http, updated_after=later) == [numbers["late"]]


def test_history_is_told_oldest_first_without_names(http, numbers):
    events = http.get(f"/api/v1/usulan/{numbers['old']}/history").json()["events"]

    assert [(event["from"], event["to"]) for event in events] == [
        (None, "diajukan"),
        ("diajukan", "belum_diakomodir"),
    ]
    assert events[1]["previous"] == events[0]["hash"]
    assert set(events[0]["actor"]) == {"role", "area"}


def test_the_next_page_is_named_by_the_installations_own_address(settings, town):
    from tests.app.serving import serving

    chosen = settings.model_copy(update={"base_url": "https://peta.example.go.id/"})
    with serving(chosen, town) as http:
        following = http.get("/api/v1/usulan?limit=1", headers={"Host": "evil.example"}).json()[
            "next"
        ]

    assert following.startswith("https://peta.example.go.id/api/v1/usulan?")


def test_instants_carry_the_offset_of_the_city(http, numbers):
    told = http.get(f"/api/v1/usulan/{numbers['plain']}").json()["properties"]["created"]

    assert told.endswith("+07:00")
    assert datetime.fromisoformat(told).astimezone(UTC) == START

"""What comes after and before: tracking, publication, lineage, what is like it."""

from datetime import UTC, datetime

import psycopg
import pytest

from app.submission.service import planning_year
from app.usulan.codes import tracking_hash
from tests.app.serving import serving
from tests.app.submission.sending import YEAR, draft, point, stored
from tests.app.world import COUNT_ONLY, RW_ONLY, Spot, add, at_status, proposed


def test_what_is_like_it_within_thirty_metres_is_shown_nearest_first(http):
    spot = Spot(13, 3)
    numbers = [
        http.post("/api/v1/usulan", json=draft(geometry=point(spot, east=east))).json()["number"]
        for east in (0.2, 0.1, 0.45)  # 22 m, 11 m and 50 m east
    ]
    http.post("/api/v1/usulan", json=draft(spot, category="SP03"))

    cards = http.post("/api/v1/usulan", json=draft(spot)).json()["similar"]

    assert [card["number"] for card in cards] == [numbers[1], numbers[0]]
    assert [round(card["distance_m"]) for card in cards] == [11, 22]
    assert set(cards[0]) == {
        "number",
        "title",
        "distance_m",
        "status",
        "created",
        "supporters",
        "photo",
        "score",
    }


@pytest.mark.parametrize("category", [RW_ONLY, COUNT_ONLY])
def test_private_needs_are_never_shown_as_similar(http, category):
    sent = draft(Spot(12, 6), category=category)
    http.post("/api/v1/usulan", json=sent)

    assert http.post("/api/v1/usulan", json=sent).json()["similar"] == []


def test_what_was_not_accommodated_is_continued_once_in_its_lineage(http, town):
    [former] = add(town, [proposed(Spot(6, 1), events=at_status("belum_diakomodir"))])

    first = http.post("/api/v1/usulan", json=draft(Spot(6, 1), continues=former))
    second = http.post("/api/v1/usulan", json=draft(Spot(6, 1), continues=former))

    row, before = stored(town, first.json()["number"]), stored(town, former)
    assert (row["lineage_id"], row["sequence"]) == (before["lineage_id"], 1)
    assert row["continues_id"] == before["usulan_id"]
    assert second.status_code == 422


@pytest.mark.parametrize(
    ("status", "category", "year"),
    [
        ("diajukan", "SP01", 2026),
        ("belum_diakomodir", "SP03", 2026),
        ("belum_diakomodir", "SP01", YEAR),
    ],
)
def test_only_an_earlier_years_unaccommodated_one_of_the_category_is_continued(
    http, town, status, category, year
):
    [former] = add(
        town, [proposed(Spot(6, 2), category=category, year=year, events=at_status(status))]
    )

    answer = http.post("/api/v1/usulan", json=draft(Spot(6, 2), continues=former))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "/continues"


@pytest.mark.parametrize("category", [RW_ONLY, COUNT_ONLY])
def test_where_a_private_need_is_cannot_be_guessed_by_continuing_it(http, town, category):
    events = at_status("belum_diakomodir")
    [former] = add(town, [proposed(Spot(6, 3), category=category, events=events)])

    there, elsewhere = (
        http.post("/api/v1/usulan", json=draft(spot, category=category, continues=former))
        for spot in (Spot(6, 3), Spot(12, 1))
    )

    assert there.status_code == elsewhere.status_code == 422
    assert there.json()["errors"] == elsewhere.json()["errors"]


def test_what_is_not_published_cannot_be_continued(http, town):
    events = at_status("belum_diakomodir")
    [former] = add(town, [proposed(Spot(6, 3), events=events, published=False)])

    answer = http.post("/api/v1/usulan", json=draft(Spot(6, 3), continues=former))

    assert answer.status_code == 422


@pytest.mark.parametrize("place", [{"area": "99.71"}, {"area": Spot(12, 1).rt}])
def test_nobody_takes_the_place_of_an_usulan_of_another_kelurahan(http, town, place):
    [former] = add(town, [proposed(Spot(6, 3), events=at_status("belum_diakomodir"))])
    elsewhere = {**draft(continues=former), **place}
    elsewhere.pop("geometry", None)

    answer = http.post("/api/v1/usulan", json=elsewhere)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "/continues"


def test_the_tracking_code_opens_the_reporters_view_and_only_its_digest_is_stored(http, town):
    told = http.post("/api/v1/usulan", json=draft(Spot(2, 2), category=RW_ONLY)).json()

    answer = http.get(f"/api/v1/tracking/{told['tracking_code'].lower().replace('-', ' ')}")

    seen = answer.json()
    assert seen["number"] == told["number"]
    assert seen["areas"] == told["areas"]
    assert (seen["status"], seen["question"], seen["may"]) == ("diajukan", None, ["withdraw"])
    assert [event["to"] for event in seen["events"]] == ["diajukan"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    digest = stored(town, told["number"])["tracking_hash"]
    assert digest == tracking_hash(told["tracking_code"])


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAAA", "x", "%00", "..%2F..", "' OR 1=1"])
def test_a_code_nobody_was_given_is_not_found(http, code):
    assert http.get(f"/api/v1/tracking/{code}").status_code == 404


def test_a_city_that_checks_first_shows_nothing_yet(http, town, settings):
    checking = settings.model_copy(update={"publication": "after_check"})
    with serving(checking, town) as careful:
        told = careful.post("/api/v1/usulan", json=draft()).json()

        assert careful.get(f"/api/v1/usulan/{told['number']}").status_code == 404
        assert careful.get(f"/api/v1/tracking/{told['tracking_code']}").status_code == 200


def test_the_citys_own_rule_goes_before_the_installations(town, settings):
    with psycopg.connect(town.staff) as connection:
        connection.execute("UPDATE peta.city SET publication = 'after_check'")
    try:
        with serving(settings, town) as http:
            told = http.post("/api/v1/usulan", json=draft()).json()
            assert http.get(f"/api/v1/usulan/{told['number']}").status_code == 404
    finally:
        with psycopg.connect(town.staff) as connection:
            connection.execute("UPDATE peta.city SET publication = NULL")


def test_the_planning_year_follows_the_citys_own_clock():
    new_years_eve_in_london = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)

    assert planning_year(new_years_eve_in_london, "Asia/Jakarta") == 2028
    assert planning_year(new_years_eve_in_london, "UTC") == 2027

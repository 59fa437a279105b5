"""Another edition becomes active: what is placed anew, what stays, and that all numbers hold."""

import random
from collections import Counter

import psycopg
import pytest
import shapely

from app.usulan.history import DIGESTED, event_digest
from app.usulan.workflow import OPEN_STATUSES
from spatial.errors import OutsideAreas
from tests.app import world
from tests.app.editions import reform
from tests.app.editions.reform import SPOTS
from tests.app.serving import serving
from tests.app.world import CITY, CITY_ID, COUNT_ONLY, RW_ONLY, Spot, add, proposed

UNLISTED = ("digabung", "dibatalkan")
LEVELS = ("kota", "kecamatan", "kelurahan", "rw", "rt")
EAST, WEST = Spot(5, 1), Spot(1, 1)  # of the kelurahan that is split


@pytest.fixture
def place(fresh_urls):
    world.settle(fresh_urls)
    return fresh_urls


@pytest.fixture
def http(settings, place):
    with serving(settings, place) as client:
        yield client


def stats(http, **query: str) -> dict:
    answer = http.get("/api/v1/stats", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def counts(found: dict) -> dict[str, int]:
    return {row["area"]: row["count"] for row in found["rows"] if row["count"]}


def test_an_open_usulan_is_placed_in_the_new_edition_and_its_old_place_is_kept(place, http):
    [number] = add(place, [proposed(EAST)])
    reform.add_edition(place, "2026", reform.split_north_west)

    report = reform.activate(place, "2026")

    areas = http.get(f"/api/v1/usulan/{number}").json()["properties"]["areas"]
    assert [area["code"] for area in areas] == [CITY, *reform.split_north_west(EAST)]
    assert (report["replaced"], report["moved"], report["previous"]) == (1, 1, "2025")
    events = http.get(f"/api/v1/usulan/{number}/history").json()["events"]
    assert [event["kind"] for event in events] == ["pengajuan", "penempatan_ulang"]
    assert EAST.rt in events[1]["reason"]
    with psycopg.connect(place.staff) as connection:
        kept = connection.execute("SELECT edition_id, area_code, is_origin FROM peta.other_place")
        assert kept.fetchall() == [(1, EAST.rt, True)]


def test_a_closed_usulan_keeps_its_place_and_is_counted_where_it_lies_now(place, http):
    [number] = add(place, [proposed(EAST, events=world.at_status("selesai"))])
    reform.add_edition(place, "2026", reform.split_north_west)

    reform.activate(place, "2026")

    areas = http.get(f"/api/v1/usulan/{number}").json()["properties"]["areas"]
    assert areas[-1]["code"] == EAST.rt
    assert counts(stats(http, level="kelurahan")) == {f"{CITY}.01.1009": 1}
    assert counts(stats(http, level="kelurahan", edition="2025")) == {EAST.kelurahan: 1}
    inside = http.get("/api/v1/usulan", params={"area": f"{CITY}.01.1009"}).json()
    assert inside["numberMatched"] == 1
    before = {"area": EAST.kelurahan, "edition": "2025"}
    assert http.get("/api/v1/usulan", params=before).json()["numberMatched"] == 1


def test_the_same_activation_again_changes_nothing(place):
    add(place, world.random_usulan(random.Random(3), 40))
    reform.add_edition(place, "2026", reform.split_north_west)
    reform.activate(place, "2026")
    before = reform.usulan_rows(place)

    report = reform.activate(place, "2026", seed=2)

    assert (report["replaced"], report["moved"], report["closed"]) == (0, 0, 0)
    assert reform.usulan_rows(place) == before


def test_what_is_known_by_its_area_alone_goes_to_the_lowest_area_that_holds_it(place, http):
    at_split, at_rw, elsewhere = (
        proposed(EAST, geometry=None, area_code=EAST.kelurahan, rw=None, rt=None),
        proposed(EAST, geometry=None, area_code=EAST.rw, rt=None),
        proposed(Spot(12, 6), geometry=None, area_code=Spot(12, 6).kelurahan, rw=None, rt=None),
    )
    numbers = add(place, [at_split, at_rw, elsewhere])
    reform.add_edition(place, "2026", reform.split_north_west)

    report = reform.activate(place, "2026")

    lowest = [
        http.get(f"/api/v1/usulan/{number}").json()["properties"]["areas"][-1]["code"]
        for number in numbers
    ]
    # A split kelurahan is held by its kecamatan alone; an RW that moved whole is itself again.
    assert lowest == [EAST.kecamatan, f"{CITY}.01.1009-002", Spot(12, 6).kelurahan]
    assert report["coarser"] == 1


def test_an_edition_that_leaves_out_half_the_usulan_is_not_activated(place):
    add(place, [proposed(Spot(1, 1)), proposed(Spot(9, 1))])
    load_west_only(place, "2026")

    with pytest.raises(reform.TooManyOutside, match="1 dari 2"):
        reform.activate(place, "2026")

    assert {row["edition_id"] for row in reform.usulan_rows(place)} == {1}
    report = reform.activate(place, "2026", allow_outside=True)
    assert (report["replaced"], report["outside"]) == (1, 1)


def test_what_lies_outside_a_new_edition_stays_in_the_numbers_of_its_city(place, http):
    outside = Spot(9, 1)
    by_area = {"geometry": None, "area_code": outside.kelurahan, "rw": None, "rt": None}
    add(
        place,
        [
            proposed(Spot(1, 1)),
            proposed(outside),
            proposed(outside, events=world.at_status("selesai")),
            proposed(outside, **by_area),
            proposed(outside, events=world.at_status("selesai"), **by_area),
            proposed(outside, category=RW_ONLY),
            proposed(outside, category=COUNT_ONLY, events=world.at_status("selesai")),
        ],
    )
    load_west_only(place, "2026")

    reform.activate(place, "2026", allow_outside=True)

    # Words are searched by the database, all else is counted by the index.
    for query in ({}, {"edition": "2026"}, {"edition": "2025"}):
        listed = http.get("/api/v1/usulan", params=query).json()["numberMatched"]
        found = stats(http, level="kota", **query)
        area = http.get(f"/api/v1/areas/{CITY}", params=query).json()
        inside = http.get("/api/v1/usulan", params={"area": CITY, **query}).json()
        assert (counts(found), found["unassigned"]) == ({CITY: 7}, 0)
        assert [listed, area["totals"]["count"], inside["numberMatched"]] == [7, 7, 7]
    below = stats(http, level="kecamatan")
    assert (counts(below), below["unassigned"]) == ({f"{CITY}.01": 1}, 6)


def load_west_only(urls, name: str) -> None:
    west = [area for area in reform.cut(reform.as_it_was) if area.code.startswith(f"{CITY}.01")]
    small = world.replace(world.areas()[0], geometry=world.square(0, 0, 8, 8))
    with psycopg.connect(urls.staff) as connection:
        reform.load_edition(connection, CITY_ID, reform.NewEdition(name=name), [small, *west])


def test_the_history_stays_one_chain(place):
    add(place, world.random_usulan(random.Random(5), 30))
    reform.add_edition(place, "2026", reform.border_moved)

    reform.activate(place, "2026")

    with psycopg.connect(place.staff) as connection:
        rows = connection.execute("SELECT * FROM peta.usulan_event ORDER BY usulan_id, sequence")
        names = [column.name for column in rows.description]
        events = [dict(zip(names, row, strict=True)) for row in rows]
    replaced = [event for event in events if event["kind"] == "penempatan_ulang"]
    assert len(replaced) == sum(r["status"] in OPEN_STATUSES for r in reform.usulan_rows(place))
    previous = None
    for event in events:
        previous = None if event["sequence"] == 1 else previous
        step = {name: event[name] for name in DIGESTED}
        step["at"] = step["at"].astimezone(world.UTC)
        assert event["previous"] == previous
        assert event["hash"] == event_digest(step, nonce=event["nonce"], previous=previous)
        previous = event["hash"]


@pytest.mark.parametrize("seed", range(2))
def test_after_any_row_of_activations_every_number_equals_a_recount(place, http, seed):
    rng = random.Random(seed)
    add(place, reform.well_placed(world.random_usulan(rng, 120)), seed=seed)
    closed = {r["number"]: r for r in reform.usulan_rows(place) if is_closed(r)}
    before = {level: counts(stats(http, level=level)) for level in LEVELS[:3]}
    for name in ("2026", "2027", "2025", "2028"):
        if name != "2025":
            reform.add_edition(place, name, reform.reshuffled(rng))
        reform.activate(place, name, seed=seed)

        rows = reform.usulan_rows(place)
        edition_id, index = reform.index_of(place, name)
        assert_open_are_where_a_fresh_placing_puts_them(rows, edition_id, index)
        assert_totals_equal_a_recount(http, rows, index)
        assert_the_equation_holds(http, ("2025", name))
        # What was counted under the first edition is counted under it for ever.
        assert {
            level: counts(stats(http, level=level, edition="2025")) for level in LEVELS[:3]
        } == before
        for number, row in closed.items():
            [now] = [r for r in rows if r["number"] == number]
            assert now == row


def is_closed(row: dict) -> bool:
    return row["status"] not in OPEN_STATUSES


def fresh_chain(row: dict, index) -> dict[str, str | None]:
    try:
        placement = index.place(shapely.from_wkb(bytes(row["shape"])))
    except OutsideAreas:
        return dict.fromkeys(LEVELS)
    levels = {r.code: r.level for r in index.records}
    return dict.fromkeys(LEVELS) | {levels[code]: code for code in placement.chain}


def assert_open_are_where_a_fresh_placing_puts_them(rows, edition_id, index):
    looked_at = 0
    for row in rows:
        if row["shape"] is not None and not is_closed(row):
            looked_at += 1
            assert row["edition_id"] == edition_id
            assert {level: row[level] for level in LEVELS} == fresh_chain(row, index)
    assert looked_at > 20


def assert_totals_equal_a_recount(http, rows, index):
    """Of what is exact and has a position, open or closed: where it lies, and nowhere else."""
    listed = [
        row
        for row in rows
        if row["precision"] == "exact" and row["published"] and row["status"] not in UNLISTED
    ]
    located = [fresh_chain(row, index) for row in listed if row["shape"] is not None]
    assert len(located) > 10
    precise = ",".join(sorted({row["category"] for row in listed}))
    for level in LEVELS:
        found = stats(http, level=level, category=precise, year="2024,2025,2026")
        told, expected = Counter(counts(found)), Counter(reform.count_by(located, level))
        assert expected - told == Counter()
        # What is beyond them has no position, and stands in some area all the same or in none.
        assert told.total() + found["unassigned"] == len(listed)
        assert (told - expected).total() <= len(listed) - len(located)


def assert_the_equation_holds(http, editions):
    for edition in editions:
        for level in LEVELS:
            for query in ({"year": "2026"}, {"by": "category,status"}):
                found = stats(http, level=level, edition=edition, **query)
                total = sum(row["count"] for row in found["rows"])
                assert total + found["unassigned"] == found["numberMatched"]
                assert found["unassigned"] >= 0
                assert found["edition"] == edition


def test_two_editions_tell_no_more_of_a_private_need_than_its_first_area(place, http):
    """A need per RT square: whatever is shown of it must be the same for its whole first RW."""
    needs = [
        proposed(spot, category=category, events=world.at_status(status))
        for category in (RW_ONLY, COUNT_ONLY)
        for status in ("diajukan", "selesai")
        for spot in SPOTS
    ]
    add(place, needs)
    origin = {row["number"]: row for row in reform.usulan_rows(place)}
    rng = random.Random(11)
    seen: dict[tuple, object] = {}
    for name, chain_of in (
        ("2026", reform.border_moved), ("2027", reform.reshuffled(rng)),
        ("2028", reform.split_north_west), ("2025", None),
    ):  # fmt: skip
        if chain_of is not None:
            reform.add_edition(place, name, chain_of)
        reform.activate(place, name)

        for number, shown in public_rows(place).items():
            first = origin[number]
            group = (first["category"], first["status"], first["rw"])
            expected = seen.setdefault((name, *group), shown)
            assert shown == expected, (name, number)


def public_rows(urls) -> dict[str, object]:
    """All that the public role can read of where each need is, under every edition."""
    with psycopg.connect(urls.public) as connection:
        points = connection.execute(
            "SELECT number, edition_id, kota, kecamatan, kelurahan, rw, rt, public_area,"
            " ST_AsText(position), shape, updated FROM map.point"
        ).fetchall()
        leads = connection.execute(
            "SELECT edition_id, code, other_edition_id, kelurahan, rw FROM map.counterpart"
            " ORDER BY other_edition_id"
        ).fetchall()
        others = connection.execute("SELECT * FROM map.other_place ORDER BY edition_id").fetchall()
        events = connection.execute(
            "SELECT number, sequence, kind, at, actor_area, reason FROM map.event"
            " ORDER BY number, sequence"
        ).fetchall()
    shown: dict[str, list] = {}
    for number, *facts in points:
        led = [lead for lead in leads if lead[:2] == (facts[0], facts[6])]
        shown.setdefault(number, []).append(("point", *facts, *led))
    for _, number, *facts in others:
        shown.setdefault(number, []).append(("other", *facts))
    for number, *facts in events:
        shown.setdefault(number, []).append(("event", *facts))
    return shown

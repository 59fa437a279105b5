"""The small demo as it stands in the database."""

import re
from datetime import UTC

import pytest
from sqlalchemy import text

from app.cities.service import KnownCity
from app.demo.load import find_state, load_demo, psycopg_of
from app.demo.plan import DemoPlan
from app.editions.check import check_boundaries
from app.stored_words import STATUSES
from app.usulan import workflow
from app.usulan.history import event_digest
from spatial.assign import Doubt
from tests.databases import engine_of

SMALL = 5_000


def rows(connection, query):
    return connection.execute(text(query)).all()


def column(connection, query):
    return [row[0] for row in rows(connection, query)]


def test_the_small_demo_has_five_thousand_usulan(demo):
    assert column(demo, "SELECT COUNT(*) FROM peta.usulan") == [SMALL]


def test_each_of_five_planning_years_has_at_least_a_twentieth(demo):
    shares = dict(rows(demo, "SELECT year, COUNT(*) FROM peta.usulan GROUP BY year"))

    assert set(shares) == {2022, 2023, 2024, 2025, 2026}
    assert min(shares.values()) >= SMALL / 20


def test_all_forty_categories_occur(demo):
    assert len(column(demo, "SELECT DISTINCT category FROM peta.usulan")) == 40


def test_every_status_but_draft_occurs(demo):
    found = column(demo, "SELECT DISTINCT status FROM peta.usulan")

    assert set(found) == set(STATUSES) - {"draf"}


def test_every_doubt_occurs(demo):
    found = column(demo, "SELECT DISTINCT UNNEST(doubts) FROM peta.usulan")

    assert set(found) == {doubt.value for doubt in Doubt}


def test_points_lines_surfaces_and_mere_areas_occur(demo):
    kinds = column(demo, "SELECT DISTINCT GeometryType(geom) FROM peta.usulan")

    assert set(kinds) == {"POINT", "LINESTRING", "POLYGON", None}


def test_between_two_and_fifteen_percent_have_no_public_position(demo):
    [(without, total)] = rows(
        demo,
        "SELECT COUNT(*) FILTER (WHERE position IS NULL), COUNT(*)"
        " FROM map.point WHERE listed AND newest",
    )

    assert 0.02 <= without / total <= 0.15


def test_every_usulan_stands_where_its_history_ends(demo):
    astray = column(
        demo,
        "SELECT usulan.number FROM peta.usulan AS usulan"
        " INNER JOIN LATERAL (SELECT event.to_status, event.stage, event.at"
        " FROM peta.usulan_event AS event WHERE event.city_id = usulan.city_id"
        " AND event.usulan_id = usulan.usulan_id"
        " ORDER BY event.sequence DESC LIMIT 1) AS last ON TRUE"
        " WHERE (usulan.status, usulan.updated) <> (last.to_status, last.at)"
        " OR usulan.stage IS DISTINCT FROM last.stage",
    )

    assert astray == []


def test_every_step_is_permitted_to_who_took_it(demo):
    steps = rows(
        demo,
        "SELECT DISTINCT from_status, to_status, actor_role FROM peta.usulan_event"
        " WHERE sequence > 1",
    )

    for before, after, role in steps:
        workflow.require_move(before, after, role)
    assert len(steps) > 40


def test_every_step_follows_the_one_before_in_status_and_time(demo):
    broken = column(
        demo,
        "SELECT usulan_id FROM (SELECT usulan_id, sequence, from_status, at,"
        " LAG(to_status) OVER history AS status_before, LAG(at) OVER history AS at_before,"
        " LAG(sequence) OVER history AS sequence_before FROM peta.usulan_event"
        " WINDOW history AS (PARTITION BY usulan_id ORDER BY sequence)) AS step"
        " WHERE from_status IS DISTINCT FROM status_before OR at <= at_before"
        " OR sequence <> COALESCE(sequence_before, 0) + 1",
    )

    assert broken == []


def test_every_outcome_that_needs_a_reason_has_code_and_sentence(demo):
    steps = rows(demo, "SELECT to_status, reason_code, reason FROM peta.usulan_event")

    wordless = [
        step
        for step in steps
        if workflow.needs_reason(step.to_status)
        and not (re.fullmatch(r"A(0[1-9]|1[0-5])", step.reason_code or "") and step.reason)
    ]
    assert wordless == []


def test_every_hash_vouches_for_its_step_and_the_one_before(demo):
    steps = rows(
        demo,
        "SELECT city_id, usulan_id, sequence, at AT TIME ZONE 'UTC' AS at, kind, from_status,"
        " to_status, stage, actor_role, actor_area, reason_code, reason, details, nonce, previous,"
        " hash FROM peta.usulan_event ORDER BY usulan_id, sequence",
    )

    last = None
    for step in steps:
        facts = dict(step._mapping)
        found, nonce, previous = facts.pop("hash"), facts.pop("nonce"), facts.pop("previous")
        facts["at"] = step.at.replace(tzinfo=UTC)
        assert previous == (last if step.sequence > 1 else None)
        assert found == event_digest(facts, nonce=nonce, previous=previous)
        last = found
    assert len(steps) > 3 * SMALL


def test_a_carried_over_usulan_continues_one_that_was_not_accommodated_the_year_before(demo):
    pairs = rows(
        demo,
        "SELECT later.year - earlier.year AS years, later.sequence - earlier.sequence AS steps,"
        " later.category = earlier.category AND later.area_code = earlier.area_code AS same,"
        " later.lineage_id = earlier.lineage_id AS lineage,"
        " later.created > earlier.updated AS after, earlier.status"
        " FROM peta.usulan AS later INNER JOIN peta.usulan AS earlier"
        " ON later.city_id = earlier.city_id AND later.continues_id = earlier.usulan_id",
    )

    assert len(pairs) > SMALL / 20
    assert {tuple(pair) for pair in pairs} == {(1, 1, True, True, True, "belum_diakomodir")}


def test_only_carried_over_usulan_have_a_place_in_a_lineage(demo):
    astray = column(
        demo,
        "SELECT number FROM peta.usulan WHERE (sequence = 0) <> (continues_id IS NULL)"
        " OR (sequence = 0) <> (lineage_id = usulan_id)",
    )

    assert astray == []


def test_some_wait_longer_than_ninety_days_for_an_answer(demo):
    [(longest,)] = rows(
        demo,
        "SELECT COUNT(*) FROM (SELECT at - LAG(at) OVER (PARTITION BY usulan_id ORDER BY sequence)"
        " AS wait FROM peta.usulan_event) AS step WHERE wait > INTERVAL '90 days'",
    )

    assert longest > SMALL / 20


def test_fewer_remain_from_forum_to_forum(demo):
    reached = dict(
        rows(
            demo,
            "SELECT to_status, COUNT(DISTINCT usulan_id) / CAST(COUNT(*) OVER () AS float) AS n"
            " FROM peta.usulan_event GROUP BY to_status",
        )
    )
    road = ["diajukan", "verifikasi_kel", "musren_kec", "forum_pd", "masuk_rkpd", "masuk_apbd"]

    assert [reached[status] for status in road] == sorted(
        (reached[status] for status in road), reverse=True
    )


def test_nothing_happens_after_the_last_day(demo):
    assert column(demo, "SELECT MAX(at) > '2026-11-23T00:00+07' FROM peta.usulan_event") == [False]


def test_texts_keep_within_the_limits_of_the_form(demo):
    outside = column(
        demo,
        "SELECT number FROM peta.usulan WHERE LENGTH(title) NOT BETWEEN 3 AND 100"
        " OR LENGTH(problem) NOT BETWEEN 20 AND 500",
    )

    assert outside == []


def test_no_text_holds_an_unfilled_slot_or_something_like_a_telephone_number(demo):
    texts = column(
        demo,
        "SELECT CONCAT_WS(' ', title, problem, address, landmark) FROM peta.usulan",
    )

    assert [words for words in texts if re.search(r"[{}|]|\d{7}|\d{3}-\d{3}|None", words)] == []


def test_most_usulan_are_told_in_words_of_their_own(demo):
    [(titles, problems)] = rows(
        demo, "SELECT COUNT(DISTINCT title), COUNT(DISTINCT problem) FROM peta.usulan"
    )

    assert titles > 0.6 * SMALL
    assert problems > 0.8 * SMALL


def test_some_rt_are_silent_and_some_speak_often(demo):
    silent, busiest = rows(
        demo,
        "SELECT COUNT(*) FILTER (WHERE usulan.count IS NULL), MAX(usulan.count)"
        " FROM peta.area AS area LEFT JOIN (SELECT rt, COUNT(*) AS count FROM peta.usulan"
        " GROUP BY rt) AS usulan ON area.code = usulan.rt WHERE area.level = 'rt'",
    )[0]

    assert silent > 100
    assert busiest >= 10


def test_base_layers_of_all_kinds_are_loaded(demo):
    kinds = column(demo, "SELECT DISTINCT kind FROM peta.base_feature")

    assert set(kinds) == {"road", "river", "rail", "landmark"}


def test_loading_again_changes_nothing(demo):
    before = rows(demo, DIGEST)

    added = load_demo(demo, DemoPlan(size="small"), lambda _done: None)

    assert added == 0
    assert rows(demo, DIGEST) == before


def test_a_load_that_breaks_off_leaves_nothing_and_had_counted_the_areas(fresh_urls):
    counted = []

    def break_off(_done):
        counted.extend(column(connection, AREAS_COUNTED))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), engine_of(fresh_urls).begin() as connection:
        load_demo(connection, DemoPlan(size="small"), break_off)

    # Else the planner walks all areas for each usulan.
    assert counted[0] > 3_000

    with engine_of(fresh_urls).connect() as connection:
        assert find_state(psycopg_of(connection)).usulan == 0
        assert column(connection, "SELECT COUNT(*) FROM peta.area") == [0]


AREAS_COUNTED = "SELECT reltuples FROM pg_class WHERE oid = CAST('peta.area' AS regclass)"
DIGEST = (
    "SELECT MD5(STRING_AGG(CAST(usulan AS text), '|' ORDER BY usulan.usulan_id)),"
    " (SELECT MD5(STRING_AGG(ENCODE(event.hash, 'hex'), '|' ORDER BY event.usulan_id,"
    " event.sequence)) FROM peta.usulan_event AS event),"
    " (SELECT COUNT(*) FROM peta.area), (SELECT COUNT(*) FROM peta.base_feature)"
    " FROM peta.usulan AS usulan"
)


def test_every_place_is_the_one_that_a_fresh_placing_gives(demo):
    city = KnownCity(9971, "99.71", "Kota Contoh", "Asia/Jakarta")

    found = check_boundaries(psycopg_of(demo), city, progress=lambda _done: None)

    assert found["placed"] > SMALL / 2
    assert found["misplaced_numbers"] == []
    assert found["sound"]

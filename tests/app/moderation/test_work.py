"""What lies on an officer's desk: his own area and field, late ones first, in queues."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from app.usulan.records import NewEvent
from tests.app import world
from tests.app.world import CITY, RW_ONLY, Spot, proposed

HERE, BESIDE = Spot(0, 0), Spot(5, 0)
OTHER_KECAMATAN = Spot(12, 6)


def since(days: int, status: str = "diajukan") -> list[NewEvent]:
    at = datetime.now(UTC) - timedelta(days=days)
    return [NewEvent(at=at, kind="pengajuan", status=status, actor_role="warga")]


@pytest.fixture(scope="module")
def stock(town):
    """Some usulan, by what they are here for."""
    kinds = {
        "own": proposed(HERE, events=since(0)),
        "late": proposed(HERE, events=since(30)),
        "later": proposed(HERE, events=since(60)),
        "rw": proposed(BESIDE, events=since(0)),
        "far": proposed(OTHER_KECAMATAN, events=since(0)),
        "private": proposed(HERE, category=RW_ONLY, events=since(0)),
        "held": proposed(HERE, published=False, events=since(0)),
        "doubtful": proposed(HERE, doubts=["dekat_batas"], events=since(0)),
        "nowhere": proposed(
            HERE, geometry=None, area_code=HERE.kelurahan, rw=None, rt=None, events=since(0)
        ),
        "closed": proposed(HERE, events=since(30, "selesai")),
        "merged": proposed(HERE, events=since(0, "digabung")),
        "checked": proposed(HERE, events=since(0, "verifikasi_kel")),
    }
    return dict(zip(kinds, world.add(town, list(kinds.values())), strict=True))


def told(found: set[str], stock: dict[str, str]) -> set[str]:
    return {name for name, number in stock.items() if number in found}


EVERYTHING = {"own", "late", "later", "private", "doubtful", "nowhere", "closed", "checked"}


def test_an_operator_has_his_kelurahan_and_nothing_beyond(office, stock):
    work = office("operator_kelurahan", HERE)

    assert told(work.numbers(), stock) == EVERYTHING | {"rw"}
    assert told(work.numbers(scope="all"), stock) == EVERYTHING | {"rw", "held", "merged"}


@pytest.mark.parametrize(
    ("role", "spot", "expected"),
    [
        ("ketua_rt", HERE, EVERYTHING - {"nowhere"}),
        ("ketua_rw", HERE, EVERYTHING - {"nowhere"}),
        ("ketua_rw", BESIDE, {"rw"}),
        ("operator_kecamatan", HERE, EVERYTHING | {"rw"}),
        ("operator_kecamatan", OTHER_KECAMATAN, {"far"}),
        ("perencana_bappeda", HERE, EVERYTHING | {"rw", "far"}),
    ],
)
def test_a_role_has_what_lies_in_its_area(office, stock, role, spot, expected):
    assert told(office(role, spot).numbers(), stock) == expected


def test_a_role_of_another_city_has_nothing_here(office, stock):
    elsewhere = office("perencana_bappeda", city_id=CITY_OF_OTHERS, area="33.72")

    assert elsewhere.work()["items"] == []
    assert elsewhere.work()["queues"]["semua"] == 0


CITY_OF_OTHERS = 3372


@pytest.fixture(scope="module", autouse=True)
def other_city(town):
    with psycopg.connect(town.staff) as connection:
        connection.execute(
            "INSERT INTO peta.city (city_id, code, name) VALUES (3372, '33.72', 'Kota Lain')"
        )


def test_an_agency_has_its_field_alone(office, stock):
    roads = office("verifikator_opd", fields=("1.03",))
    houses = office("verifikator_opd", fields=("1.04.02",))

    assert "private" not in told(roads.numbers(), stock)
    assert "own" in told(roads.numbers(), stock)
    assert told(houses.numbers(), stock) == {"private"}


def test_who_reads_no_usulan_is_refused(office):
    answer = office("admin_instalasi").ask("GET", "/usulan")

    assert (answer.status_code, answer.json()["code"]) == (403, "TIDAK_BERWENANG")


def test_nobody_works_without_signing_in(http):
    assert http.get("/api/v1/staff/usulan").status_code == 401


@pytest.mark.parametrize(
    ("queue", "expected"),
    [
        ("ragu", {"doubtful"}),
        ("ditahan", {"held"}),
        ("terlambat", {"late", "later"}),
        ("tanpa_posisi", {"nowhere"}),
        ("menunggu_jawaban", set()),
        ("giliran_saya", (EVERYTHING | {"rw", "held"}) - {"closed"}),
        ("semua", EVERYTHING | {"rw", "held"}),
    ],
)
def test_a_queue_holds_its_kind_and_its_number_says_how_many(office, stock, queue, expected):
    work = office("operator_kelurahan", HERE).work(queue=queue, limit=500)

    assert told({item["number"] for item in work["items"]}, stock) == expected
    assert work["queues"][queue] == work["numberMatched"] == len(work["items"])


def test_a_merged_one_is_the_operators_turn_too_when_all_is_asked_for(office, stock):
    work = office("operator_kelurahan", HERE)

    assert "merged" in told(work.numbers(queue="giliran_saya", scope="all"), stock)


def test_the_turn_is_that_of_the_role(office, stock):
    ketua = office("ketua_rt", HERE)

    assert told(ketua.numbers(queue="giliran_saya"), stock) == {
        *("own", "late", "later", "private", "held", "doubtful")
    }


def test_the_longest_late_comes_first_and_what_has_no_deadline_last(office, stock):
    items = office("operator_kelurahan", HERE).work(limit=500)["items"]

    names = {number: name for name, number in stock.items()}
    order = [names[item["number"]] for item in items]
    assert order[:2] == ["later", "late"]
    assert order[-1] == "closed"
    assert [item["late"] for item in items] == [True, True] + [False] * (len(items) - 2)
    assert items[-1]["due"] is None


@pytest.mark.parametrize("sort", ["due", "-created", "updated", "supporters"])
def test_pages_make_the_whole_list_in_every_order(office, stock, sort):
    work = office("operator_kelurahan", HERE)
    whole = [item["number"] for item in work.work(sort=sort, limit=500)["items"]]

    paged, page = [], work.work(sort=sort, limit=2)
    while True:
        paged += [item["number"] for item in page["items"]]
        if page["next"] is None:
            break
        page = work.ask("GET", page["next"].removeprefix("/api/v1/staff")).json()

    assert paged == whole


def test_a_cursor_of_another_queue_does_not_fit(office, stock):
    work = office("operator_kelurahan", HERE)
    after = work.work(limit=2)["next"].removeprefix("/api/v1/staff")

    assert work.ask("GET", f"{after}&queue=ragu").status_code == 422


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"category": RW_ONLY}, {"private"}),
        ({"group": "KP"}, {"private"}),
        ({"status": "verifikasi_kel"}, {"checked"}),
        ({"status": "digabung"}, {"merged"}),
        ({"area": HERE.rt}, EVERYTHING - {"nowhere"}),
        ({"area": OTHER_KECAMATAN.rt}, set()),
        ({"q": "musala", "area": BESIDE.rw}, {"rw"}),
        ({"bbox": "110.8,-7.561,110.801,-7.56"}, EVERYTHING - {"nowhere"}),
        ({"year": "2024"}, set()),
        ({"updated_after": "2999-01-01T00:00:00Z"}, set()),
    ],
)
def test_the_filters_are_those_of_the_public_list(office, stock, filters, expected):
    assert told(office("operator_kelurahan", HERE).numbers(**filters), stock) == expected


@pytest.mark.parametrize("wrong", [{"area": "99.71.09"}, {"category": "XX99"}, {"edition": "1999"}])
def test_codes_that_are_not_there_are_refused(office, wrong):
    answer = office("operator_kelurahan", HERE).ask("GET", "/usulan", params=wrong)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == list(wrong)


def test_officers_see_the_place_and_words_of_private_needs(office, stock):
    item = office("operator_kelurahan", HERE).look(stock["private"])

    assert item["geometry"]["coordinates"] == [HERE.middle.x, HERE.middle.y]
    assert item["title"] == "Jalan rusak di depan musala"
    assert [area["code"] for area in item["areas"]] == [
        CITY,
        HERE.kecamatan,
        HERE.kelurahan,
        HERE.rw,
        HERE.rt,
    ]


def test_what_may_be_done_is_told_with_each(office, stock):
    lurah, ketua = office("lurah", HERE), office("ketua_rt", HERE)

    assert lurah.look(stock["checked"])["may"]["moves"] == [
        *("prioritas_kel", "dikembalikan", "belum_diakomodir", "ditolak", "dialihkan", "digabung")
    ]
    assert ketua.look(stock["checked"])["may"]["moves"] == []


def test_the_contact_is_for_those_alone_who_may_ask_back(office, town):
    [number] = world.add(town, [proposed(HERE, proposer=world.PERSON)])

    assert office("operator_kelurahan", HERE).look(number)["contact"] == {
        "name": world.PERSON.name,
        "phone": world.PERSON.phone,
        "email": world.PERSON.email,
        "role": "warga",
    }
    for role in ("ketua_rt", "perencana_bappeda", "walidata"):
        assert "contact" not in office(role, HERE).look(number)


def test_similar_ones_are_those_near_by_that_the_officer_reaches(office, town):
    edge = Spot(4, 1)  # first column of RW 002
    here, near, far, beyond = world.add(
        town,
        [
            proposed(edge, category="SP10"),
            proposed(Spot(6, 1), category="SP10"),
            proposed(Spot(15, 7), category="SP10"),
            proposed(Spot(3, 1), category="SP10"),
        ],
    )
    of_rw = office("ketua_rw", edge).look(here)["similar"]
    of_kecamatan = office("operator_kecamatan", edge).look(here)["similar"]

    assert [card["number"] for card in of_rw] == [near]
    assert [card["number"] for card in of_kecamatan] == [beyond, near]
    assert far not in {card["number"] for card in of_kecamatan}
    # A degree of longitude at this latitude has 110.4 km: one square is 110 m.
    assert of_kecamatan[0]["distance_m"] == pytest.approx(110.4, abs=1)
    assert of_kecamatan[0]["score"] == pytest.approx(0.89, abs=0.01)


def test_what_lies_outside_of_the_reach_is_not_there(office, stock):
    work = office("operator_kelurahan", HERE)

    for number in (stock["far"], "99.71-2026-AAAAAA", "12.34-2026-AAAAAA", "x"):
        assert work.ask("GET", f"/usulan/{number}").status_code == 404


def test_reasons_are_told_in_both_languages(office):
    work = office("ketua_rt", HERE)
    first = work.ask("GET", "/reasons").json()["reasons"][0]

    assert first == {
        "code": "A01",
        "name": "Bukan kewenangan kota",
        "suits": ["ditolak", "belum_diakomodir"],
    }

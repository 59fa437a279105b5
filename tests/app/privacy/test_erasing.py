"""A person gets and erases his own data; what is left of the usulan has no person in it."""

import struct
from uuid import uuid4

import psycopg
import pytest

from app.privacy.erasing import ERASED_WORDS
from app.usulan.history import DIGESTED, event_digest
from spatial.grid import cell_at
from tests.app.moderation.conftest import office
from tests.app.submission.sending import draft
from tests.app.world import COUNT_ONLY, RW_ONLY, Spot, spot_point

__all__ = ["office"]
HERE = Spot(9, 1)
HOME = spot_point(9.31, 1.77)
BESIDE = spot_point(9.63, 1.21)
PERSON = {
    "name": "Sri Canary Wahyuni",
    "phone": "0811-CANARY-99",
    "email": "canary@warga.example",
    "role": "Ketua PKK Canary",
    "consent": True,
}
PRIVATE = {
    "title": "Kursi roda Bu Canary",
    "problem": "Bu Canary di rumahnya memerlukan kursi roda segera.",
    "geometry": {"type": "Point", "coordinates": [HOME.x, HOME.y]},
}
ANSWER = "Rumah Canary yang pagarnya hijau."
WHY = "Menyebut orang, jadi ditutup dahulu."
MISPLACED = "Pengusul menunjuk rumah tetangganya."


def sent(http, key: str = "", **changes) -> dict:
    body = draft(HERE, proposer=PERSON, address="Gang CANARY 7", landmark="dekat CANARY")
    headers = {"Idempotency-Key": key} if key else {}
    answer = http.post("/api/v1/usulan", json=body | changes, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


def own(http, sent: dict, method: str = "GET"):
    return http.request(method, f"/api/v1/tracking/{sent['tracking_code']}/data")


def dumped(town) -> str:
    """Every row of every table, as text."""
    with psycopg.connect(town.superuser) as connection:
        tables = connection.execute(
            "SELECT format('SELECT whole::text FROM peta.%I AS whole', table_name)"
            " FROM information_schema.tables WHERE table_schema = 'peta'"
            " AND table_type = 'BASE TABLE'"
        ).fetchall()
        found = [row[0] for (query,) in tables for row in connection.execute(query)]
    return "\n".join(found)


def traces(town) -> list[str]:
    """Canaries that are anywhere in the database, and both homes, in bytes, digits and cells."""
    everything = dumped(town).upper()
    homes = [
        told
        for home in (HOME, BESIDE)
        for told in (
            struct.pack("<dd", home.x, home.y).hex().upper(),
            repr(home.x)[:12],
            repr(home.y)[:10],
            str(cell_at(home.x, home.y)),
        )
    ]
    return [canary for canary in ("CANARY", *homes) if canary in everything]


@pytest.fixture
def nobody_yet(town, office) -> None:
    """What other tests have sent here is without a person by now."""
    with psycopg.connect(town.staff) as connection:
        numbers = connection.execute("SELECT number FROM peta.usulan").fetchall()
    admin = office("admin_kota")
    for (number,) in numbers:
        assert admin.ask("DELETE", f"/usulan/{number}/data").status_code == 200


def place_beside(lurah, number: str) -> None:
    """An officer puts a need from one home to another in the same area."""
    place = {"type": "Point", "coordinates": [BESIDE.x, BESIDE.y]}
    lurah.done(number, "place", geometry=place, reason=MISPLACED)


@pytest.fixture
def told_of(http, office, nobody_yet) -> dict:
    """A private need about which much was written: asked back, placed anew and back, closed."""
    usulan = sent(http, key=str(uuid4()), category=RW_ONLY, **PRIVATE)
    lurah, number = office("lurah", HERE), usulan["number"]
    lurah.done(number, "status", to="verifikasi_kel")
    asked = {"reason_code": "A09", "reason": "Lokasi belum jelas bagi kami."}
    lurah.done(number, "status", to="dikembalikan", question="Rumah yang mana?", **asked)
    http.post(f"/api/v1/tracking/{usulan['tracking_code']}/reply", json={"text": ANSWER})
    place_beside(lurah, number)
    lurah.done(number, "undo")
    lurah.done(number, "redaction", field="title", text="Bu Canary", reason=WHY)
    return usulan


def test_all_that_is_kept_is_told_to_whoever_holds_the_code(http, told_of):
    answer = own(http, told_of)
    told = answer.json()

    assert answer.headers["Cache-Control"] == "no-store"
    assert told["usulan"]["number"] == told_of["number"]
    assert told["usulan"]["address"] == "Gang CANARY 7"
    assert told["geometry"]["coordinates"] == [HOME.x, HOME.y]
    assert {name: told["contact"][name] for name in ("name", "phone", "email", "role")} == {
        name: PERSON[name] for name in ("name", "phone", "email", "role")
    }
    assert [one["text"] for one in told["answers"]] == [ANSWER]
    assert told["closed_words"] == [{"field": "title", "words": "Bu Canary"}]
    assert [one["geometry"]["coordinates"] for one in told["former_places"]] == [
        [HOME.x, HOME.y],
        [BESIDE.x, BESIDE.y],
    ]
    assert len(told["history"]) == 7


@pytest.mark.parametrize("by", ["reporter", "admin_kota"])
def test_nothing_of_who_asked_for_it_is_left_in_any_table(town, http, office, told_of, by):
    # All but the bytes of the place that it has no more: the text of it alone is kept.
    assert len(traces(town)) == 8

    if by == "reporter":
        assert own(http, told_of, "DELETE").status_code == 200
    else:
        path = f"/usulan/{told_of['number']}/data"
        assert office("admin_kota").ask("DELETE", path).status_code == 200

    assert traces(town) == []
    last = http.get(f"/api/v1/tracking/{told_of['tracking_code']}").json()["events"][-1]
    role = "warga" if by == "reporter" else "admin_kota"
    assert (last["kind"], last["actor"]["role"]) == ("penghapusan_data", role)


@pytest.mark.parametrize("category", [RW_ONLY, COUNT_ONLY, "SP01"])
def test_the_public_sees_the_same_numbers_and_places_before_and_after(http, category):
    changes = {} if category == "SP01" else PRIVATE
    usulan = sent(http, category=category, **changes)

    def public():
        stats = http.get(f"/api/v1/stats?level=rw&category={category}").json()
        feature = http.get(f"/api/v1/usulan/{usulan['number']}").json()
        feature["properties"] = {
            name: value
            for name, value in feature["properties"].items()
            if name not in ("address", "landmark", "updated")
        }
        feature.pop("events", None)
        return stats["rows"], stats["numberMatched"], stats["unlocated"], feature

    before = public()
    assert own(http, usulan, "DELETE").status_code == 200

    assert public() == before


def test_an_exact_need_keeps_its_words_and_place_and_loses_its_address(http, office):
    usulan = sent(http)
    own(http, usulan, "DELETE")

    told = office("lurah", HERE).look(usulan["number"])
    assert told["title"] == draft()["title"]
    assert told["geometry"] == draft(HERE)["geometry"]
    assert (told["address"], told["landmark"], told["contact"]) == (None, None, None)


def test_officers_see_a_private_need_without_words_at_the_middle_of_its_area(http, office, told_of):
    own(http, told_of, "DELETE")

    told = office("lurah", HERE).look(told_of["number"])
    assert told["problem"] == ERASED_WORDS
    assert told["geometry"]["type"] == "Point"
    middle = HERE.middle
    assert told["geometry"]["coordinates"] == pytest.approx([middle.x, middle.y], abs=1e-9)


def test_the_history_is_whole_and_its_chain_holds(town, http, told_of):
    own(http, told_of, "DELETE")

    with psycopg.connect(town.staff) as connection:
        cursor = connection.execute(
            "SELECT event.* FROM peta.usulan_event AS event"
            " INNER JOIN peta.usulan USING (city_id, usulan_id)"
            " WHERE number = %s ORDER BY event.sequence",
            [told_of["number"]],
        )
        names = [column.name for column in cursor.description]
        steps = [dict(zip(names, row, strict=True)) for row in cursor]
    previous = None
    for step in steps:
        plain = {name: step[name] for name in DIGESTED}
        assert step["previous"] == previous
        assert step["hash"] == event_digest(plain, nonce=step["nonce"], previous=previous)
        previous = step["hash"]
    assert [step["sequence"] for step in steps] == list(range(1, 9))


def test_the_home_that_an_officer_moved_a_need_away_from_is_erased_too(
    town, http, office, nobody_yet
):
    usulan = sent(http, category=COUNT_ONLY, **PRIVATE)
    place_beside(office("lurah", HERE), usulan["number"])
    kept = traces(town)

    own(http, usulan, "DELETE")

    assert repr(HOME.x)[:12] in kept
    assert traces(town) == []


@pytest.mark.parametrize("category", [RW_ONLY, "SP01"])
def test_no_step_of_the_history_tells_a_place_finer_than_its_area(http, office, category):
    usulan = sent(http, category=category, **PRIVATE)
    lurah = office("lurah", HERE)
    place_beside(lurah, usulan["number"])
    lurah.done(usulan["number"], "undo")

    told = [event["details"] for event in lurah.look(usulan["number"])["events"]]
    digits = [repr(home.x)[:12] for home in (HOME, BESIDE)]
    assert [details.get("place_apart") for details in told] == [None, True, True]
    assert [digit for digit in digits if digit in repr(told)] == []
    assert lurah.look(usulan["number"])["geometry"] == PRIVATE["geometry"]


def test_erasing_again_changes_nothing(http, told_of):
    first = own(http, told_of, "DELETE").json()

    assert own(http, told_of, "DELETE").json() == first


def test_what_was_erased_cannot_be_undone_by_officers(http, office, told_of):
    own(http, told_of, "DELETE")

    lurah = office("lurah", HERE)
    assert lurah.do(told_of["number"], "undo", {}).status_code in (403, 409)


def test_the_same_sending_again_makes_no_second_usulan(http, town):
    key = str(uuid4())
    usulan = sent(http, key=key)
    own(http, usulan, "DELETE")

    body = draft(HERE, proposer=PERSON, address="Gang CANARY 7", landmark="dekat CANARY")
    again = http.post("/api/v1/usulan", json=body, headers={"Idempotency-Key": key})

    assert again.status_code == 409


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_code_that_nobody_was_given_leads_nowhere(http, method):
    nobody = {"tracking_code": "0000-0000-00000"}

    assert own(http, nobody, method).status_code == 404

"""Names, contacts and exact places of private needs appear in no public answer.

Every address that can be read is looked at: the addresses are taken from the application's own
description, so one that stands in no table here fails. Officers read more than the public; whoever
may not read contacts gets none, whatever he asks.
"""

import sys
from collections.abc import Callable, Mapping

import mapbox_vector_tile
import pytest
from shapely import LineString

from app.accounts.permissions import ROLES
from spatial.tiles import tiles_covering
from tests.app.loads.conftest import Loader
from tests.app.moderation.officers import Office, sign_in_as
from tests.app.notices.posting import deliver
from tests.app.serving import serving
from tests.app.submission.sending import draft
from tests.app.world import (
    COUNT_ONLY,
    PERSON,
    RW_ONLY,
    Spot,
    add,
    proposed,
    spot_point,
)

CONTACT = ("Canary", "CANARY", "canary@")
CANARIES = (*CONTACT, "Kenari", "Gang Rahasia", "patokan rahasia")
READS_CONTACT = {"operator_kelurahan", "lurah", "operator_kecamatan", "camat"}
HOME = spot_point(9.31, 1.77)
SECRETS = {
    "title": "Kursi roda Bu Kenari",
    "problem": "Bu Kenari di Gang Rahasia 7 memerlukan bantuan segera.",
    "address": "Gang Rahasia 7",
    "landmark": "patokan rahasia",
    "proposer": PERSON,
}


@pytest.fixture(scope="module")
def numbers(town) -> list[str]:
    """Private needs at one home, alone and in company, and a public one with a contact."""
    along = LineString([HOME, spot_point(9.4, 1.9)])
    return add(
        town,
        [
            proposed(Spot(9, 1), geometry=HOME, category=RW_ONLY, **SECRETS),
            proposed(Spot(9, 1), geometry=HOME, category=RW_ONLY, **SECRETS),
            proposed(Spot(9, 1), geometry=HOME, category=RW_ONLY, year=2025, **SECRETS),
            proposed(Spot(9, 1), geometry=HOME, category=COUNT_ONLY, **SECRETS),
            proposed(Spot(9, 1), geometry=along, category="KP03", **SECRETS),
            proposed(Spot(2, 2), proposer=PERSON),
            proposed(Spot(2, 3), published=False, **SECRETS),
        ],
    )


Addresses = Callable[[list[str]], list[str]]
PRIVATE = "category=KP07,KP09,KP03"
CORNER = f"{HOME.x - 0.001},{HOME.y - 0.001},{HOME.x + 0.001},{HOME.y + 0.001}"


def _fixed(*addresses: str) -> Addresses:
    return lambda _numbers: list(addresses)


def _lists(_numbers: list[str]) -> list[str]:
    queries = (
        *("", "year=2025", "year=2026", PRIVATE, "q=kenari", "q=rahasia", "q=canary"),
        *(f"bbox={CORNER}", f"area={Spot(9, 1).rw}", f"area={Spot(9, 1).kelurahan}"),
        *("status=diajukan,ditolak,dibatalkan", "sort=updated", "sort=supporters"),
    )
    return [f"/api/v1/usulan?limit=1000&{query}" for query in queries]


def _totals(_numbers: list[str]) -> list[str]:
    return [
        f"/api/v1/stats?level={level}&by=category,year{more}"
        for level in ("kota", "kecamatan", "kelurahan", "rw", "rt")
        for more in ("", "&format=csv", "&format=csv&headings=id", f"&{PRIVATE}")
    ]


def _tiles(_numbers: list[str]) -> list[str]:
    found = []
    for z in (12, 14, 15, 16, 18):
        for tile in tiles_covering(Spot(9, 1).middle.buffer(0.0006).bounds, z):
            place = f"{z}/{tile.x}/{tile.y}.mvt"
            found += [f"/tiles/{layer}/{place}" for layer in ("usulan", "areas", "base")]
            found.append(f"/tiles/usulan/{place}?{PRIVATE}")
    return found


def _heat(_numbers: list[str]) -> list[str]:
    tiles = tiles_covering(Spot(9, 1).middle.buffer(0.0006).bounds, 14)
    return [f"/tiles/heat/14/{tile.x}/{tile.y}.png?{PRIVATE}" for tile in tiles]


OF_PUBLIC: Mapping[str, Addresses] = {
    "/api/v1/config": _fixed("/api/v1/config"),
    "/api/v1/cities": _fixed("/api/v1/cities"),
    "/api/v1/categories": _fixed("/api/v1/categories"),
    "/api/v1/areas": _fixed("/api/v1/areas?level=rw", "/api/v1/areas?level=rt"),
    "/api/v1/areas/at": _fixed("/api/v1/areas/at?longitude=110.8025&latitude=-7.5625"),
    "/api/v1/areas/{code}": _fixed(
        *(f"/api/v1/areas/{code}" for code in (Spot(9, 1).rt, Spot(9, 1).rw, Spot(9, 1).kelurahan))
    ),
    "/api/v1/hexagons": _fixed("/api/v1/hexagons", f"/api/v1/hexagons?{PRIVATE}"),
    "/api/v1/places": _fixed("/api/v1/places?q=rahasia", "/api/v1/places?q=canary"),
    "/api/v1/stats": _totals,
    "/api/v1/stats/ranking": _fixed(
        "/api/v1/stats/ranking?level=rw&measure=count",
        f"/api/v1/stats/ranking?level=rt&measure=count&{PRIVATE}&format=csv",
    ),
    "/api/v1/stats/trend": _fixed("/api/v1/stats/trend", f"/api/v1/stats/trend?by=month&{PRIVATE}"),
    "/api/v1/stats/compare": _fixed("/api/v1/stats/compare?years=2025,2026&by=category"),
    "/api/v1/usulan": _lists,
    "/api/v1/usulan/{number}": lambda numbers: [f"/api/v1/usulan/{one}" for one in numbers],
    "/api/v1/usulan/{number}/history": lambda numbers: [
        f"/api/v1/usulan/{one}/history" for one in numbers
    ],
    "/tiles/{layer}/{z}/{x}/{y}.mvt": _tiles,
    "/tiles/{layer}.json": _fixed("/tiles/usulan.json", "/tiles/areas.json", "/tiles/base.json"),
    "/tiles/heat/{z}/{x}/{y}.png": _heat,
    "/tiles/heat.json": _fixed("/tiles/heat.json", f"/tiles/heat.json?{PRIVATE}"),
}
NO_LOAD = "00000000-0000-0000-0000-000000000000"
OF_STAFF: Mapping[str, Addresses] = {
    "/api/v1/session": _fixed("/api/v1/session"),
    "/api/v1/sessions": _fixed("/api/v1/sessions"),
    "/api/v1/staff/filters": _fixed("/api/v1/staff/filters"),
    "/api/v1/staff/roles": _fixed("/api/v1/staff/roles"),
    "/api/v1/staff/fields": _fixed("/api/v1/staff/fields"),
    "/api/v1/staff/keys": _fixed("/api/v1/staff/keys"),
    "/api/v1/staff/accounts": _fixed("/api/v1/staff/accounts"),
    "/api/v1/staff/notices": _fixed("/api/v1/staff/notices"),
    "/api/v1/staff/reasons": _fixed("/api/v1/staff/reasons"),
    # One with contacts in its list is looked at by a test of its own.
    "/api/v1/staff/loads": _fixed("/api/v1/staff/loads"),
    "/api/v1/staff/loads/{load_id}": _fixed(f"/api/v1/staff/loads/{NO_LOAD}"),
    "/api/v1/staff/loads/{load_id}/refused": _fixed(f"/api/v1/staff/loads/{NO_LOAD}/refused"),
    "/api/v1/staff/loads/{load_id}/rejects": _fixed(f"/api/v1/staff/loads/{NO_LOAD}/rejects"),
    "/api/v1/staff/usulan": _fixed(
        *(f"/api/v1/staff/usulan?scope=all&limit=500&{more}" for more in ("", "q=canary", PRIVATE)),
        *(f"/api/v1/staff/usulan?queue={name}" for name in ("semua", "giliran_saya", "ditahan")),
    ),
    "/api/v1/staff/usulan/{number}": lambda numbers: [
        f"/api/v1/staff/usulan/{one}" for one in numbers
    ],
}
OF_REPORTERS = {"/api/v1/tracking/{tracking_code}", "/api/v1/tracking/{tracking_code}/data"}
"""Only whoever has the code; looked at by a test of their own."""
PAGES = ("/", "/lapor", "/lacak", "/perencana", "/masuk", "/akun", "/kerja", "/muat")
UNDESCRIBED = (*PAGES, "/metrics", "/healthz", "/readyz")


def public_addresses(numbers: list[str]) -> list[str]:
    described = [address for made in OF_PUBLIC.values() for address in made(numbers)]
    return [*described, *UNDESCRIBED, "/api/docs", "/api/openapi.json"]


def staff_addresses(numbers: list[str]) -> list[str]:
    return [address for made in OF_STAFF.values() for address in made(numbers)]


def leaks(http, addresses, canaries, headers=None) -> list[tuple[str, str]]:
    """Which canary is in the bytes of which answer."""
    found = []
    for address in addresses:
        answer = http.get(address, headers=headers)
        told = answer.content + str(answer.headers).encode()
        found += [(address, canary) for canary in canaries if canary.encode() in told]
    return found


def test_every_address_that_can_be_read_stands_in_a_table(http):
    described = http.get("/api/openapi.json").json()["paths"]
    read = {path for path, operations in described.items() if "get" in operations}

    assert read == {*OF_PUBLIC, *OF_STAFF, *OF_REPORTERS}


def test_no_public_answer_carries_a_canary(http, numbers):
    addresses = public_addresses(numbers)
    statuses = {address: http.get(address).status_code for address in addresses}

    assert leaks(http, addresses, CANARIES) == []
    # What is not there, or not understood, shows nothing: the sweep would be of no use.
    odd = {address: status for address, status in statuses.items() if status not in (200, 204)}
    hidden = {f"/api/v1/usulan/{numbers[-1]}{tail}" for tail in ("", "/history")}
    assert set(odd) == hidden
    sys.stdout.write(f"\n{len(addresses)} public surfaces\n")


def test_no_officer_without_the_right_to_contacts_reads_one(http, town, numbers):
    public, staff, surfaces = public_addresses(numbers), staff_addresses(numbers), 0
    for role in ROLES:
        headers = {"Cookie": f"peta_masuk={sign_in_as(town, role, Spot(9, 1))}"}
        shown = () if role in READS_CONTACT else CONTACT
        hidden = CANARIES if role == "admin_instalasi" else shown
        assert leaks(http, staff, hidden, headers) == [], role
        assert leaks(http, public, CANARIES, headers) == [], role
        surfaces += len(staff) + len(public)
    sys.stdout.write(f"\n{surfaces} surfaces of {len(ROLES)} roles\n")


def test_who_may_read_contacts_reads_them_of_one_usulan_and_in_no_list(http, town, numbers):
    single = OF_STAFF["/api/v1/staff/usulan/{number}"](numbers)
    others = [address for address in staff_addresses(numbers) if address not in single]
    for role in READS_CONTACT:
        headers = {"Cookie": f"peta_masuk={sign_in_as(town, role, Spot(9, 1))}"}

        assert leaks(http, single, CONTACT, headers) != [], role
        assert leaks(http, others, CONTACT, headers) == [], role


def test_an_officer_of_another_area_reads_nothing_of_it(http, town, numbers):
    away = [role for role, kind in ROLES.items() if kind.level in ("rt", "rw", "kelurahan")]
    for role in away:
        headers = {"Cookie": f"peta_masuk={sign_in_as(town, role, Spot(1, 6))}"}

        assert leaks(http, staff_addresses(numbers), CANARIES, headers) == [], role


def test_a_load_tells_no_contact_but_by_its_rejects_to_who_may_read_them(http, town):
    header = "source_id,title,problem,category,longitude,latitude,proposer_name,proposer_phone"
    told = "Jalan rusak,Jalan berlubang di depan sekolah,SP01"
    place, person = Spot(9, 1).middle, "Canary,0811CANARY"
    rows = (f"S1,{told},{place.x},{place.y},{person},ya", f"S2,{told},110.5,-7.0,{person},ya")
    lurah = Loader(http, sign_in_as(town, "lurah", Spot(9, 1)))
    load = lurah.sent("\n".join((f"{header},consent", *rows)) + "\n")
    report = lurah.done(load["id"], "check")["report"]
    assert (report["created"], report["rejected"]) == (1, 1)
    own = f"/api/v1/staff/loads/{load['id']}"

    for role in ROLES:
        headers = {"Cookie": f"peta_masuk={sign_in_as(town, role, Spot(9, 1))}"}
        reads = {canary for _, canary in leaks(http, [f"{own}/rejects"], CONTACT, headers)}
        told = ["/api/v1/staff/loads", own, f"{own}/refused"]
        assert leaks(http, told, CONTACT, headers) == [], role
        assert reads == ({"Canary", "CANARY"} if role in {"operator_kelurahan", "lurah"} else set())


def test_no_key_of_a_program_reads_a_contact(http, town, numbers):
    for role in READS_CONTACT:
        office = Office(http, sign_in_as(town, role, Spot(9, 1)))
        wish = {"name": "sapuan", "scopes": ["baca", "tindak"]}
        key = office.ask("POST", "/keys", json=wish).json()["key"]

        headers = {"Authorization": f"Bearer {key}"}
        assert leaks(http, staff_addresses(numbers), CONTACT, headers) == [], role
        answer = http.get(f"/api/v1/staff/usulan/{numbers[0]}", headers=headers)
        assert answer.status_code == 200


def test_a_contact_is_told_to_whoever_holds_the_code_where_he_asks_for_his_data(http):
    person = {"name": "Canary", "phone": "0811CANARY", "email": "canary@warga.id", "consent": True}
    code = http.post("/api/v1/usulan", json=draft(Spot(2, 2), proposer=person)).json()[
        "tracking_code"
    ]
    followed, own = f"/api/v1/tracking/{code}", f"/api/v1/tracking/{code}/data"

    assert leaks(http, [followed], CONTACT) == []
    assert {canary for _, canary in leaks(http, [own], CONTACT)} == set(CONTACT)
    assert leaks(http, ["/api/v1/tracking/0000-0000-00000/data"], CONTACT) == []


def test_no_answer_places_a_private_need_where_it_is(http, numbers):
    texts = [http.get(address).text for address in public_addresses(numbers)]

    for text in texts:
        # To about 100 m: the home's own square, in any notation of the numbers.
        assert "110.8093" not in text
        assert "-7.5617" not in text


def test_no_tile_shows_a_private_need_below_its_area(http, numbers):
    bounds = Spot(9, 1).middle.buffer(0.0006).bounds
    for z in (16, 18):
        for tile in tiles_covering(bounds, z):
            answer = http.get(f"/tiles/usulan/{z}/{tile.x}/{tile.y}.mvt?category=KP07,KP09,KP03")
            layers = mapbox_vector_tile.decode(answer.content) if answer.content else {}
            assert "usulan" not in layers
            for cell in layers.get("cells", {"features": []})["features"]:
                assert cell["properties"]["precision"] == "rw"


def test_no_row_counts_private_needs_in_an_rt(http, numbers):
    rows = http.get("/api/v1/stats?level=rt&category=KP07,KP09,KP03").json()

    assert sum(row["count"] for row in rows["rows"]) == 0
    assert rows["unassigned"] == rows["numberMatched"] > 0


def test_filters_cannot_corner_a_private_need(http, numbers):
    """The home's own square, RT and words find nothing of it."""
    corner = spot_point(9.2, 1.9)
    box = f"{corner.x},{corner.y},{HOME.x + 0.0002},{HOME.y + 0.0002}"
    private = "category=KP07,KP09,KP03"

    for query in (f"bbox={box}", f"area={Spot(9, 1).rt}", "q=rahasia", "q=Kenari"):
        page = http.get(f"/api/v1/usulan?{private}&{query}").json()
        assert page["numberMatched"] == 0, query


def test_the_time_of_a_private_need_is_a_month(http, numbers):
    features = http.get("/api/v1/usulan?category=KP07,KP09,KP03").json()["features"]

    assert {feature["properties"]["created"] for feature in features} == {"2025-11"}
    for number in numbers[:5]:
        for event in http.get(f"/api/v1/usulan/{number}/history").json()["events"]:
            assert event["at"] == "2025-11"


def test_logs_carry_no_tracking_code_words_or_contact(settings, town, capfd):
    sent = {
        "title": "Jembatan Kenari retak",
        "problem": "Pelapor Canary tinggal di Gang Rahasia nomor tujuh.",
        "category": "SP05",
        "geometry": {"type": "Point", "coordinates": [110.8005, -7.5605]},
        "proposer": {"name": "Canary", "phone": "0811CANARY", "consent": True},
    }

    with serving(settings, town) as http:
        code = http.post("/api/v1/usulan", json=sent).json()["tracking_code"]
        http.get(f"/api/v1/tracking/{code}")
        http.get(f"/api/v1/tracking/{code}?name=Canary")
        http.get("/api/v1/usulan?q=Kenari")
        http.post("/api/v1/usulan", json=sent | {"estimated_cost": "Canary"})

    written = "".join(capfd.readouterr())
    assert '"route": "/api/v1/tracking/{tracking_code}"' in written
    for canary in (*CANARIES, code, code.replace("-", "")):
        assert canary not in written


def test_logs_of_officers_letters_and_erasing_carry_none_either(settings, town, mailbox, capfd):
    person = {"name": "Canary", "phone": "0811CANARY", "email": "canary@warga.id", "consent": True}
    sent = draft(Spot(9, 1), proposer=person, address="Gang Rahasia 7")
    words = {"reason_code": "A09", "reason": "Rumah Bu Kenari belum jelas letaknya bagi kami."}

    with serving(settings, town) as http:
        usulan = http.post("/api/v1/usulan", json=sent).json()
        number, code = usulan["number"], usulan["tracking_code"]
        lurah = Office(http, sign_in_as(town, "lurah", Spot(9, 1)))
        lurah.ask("GET", "/usulan?q=Kenari")
        lurah.done(number, "status", to="verifikasi_kel")
        lurah.done(number, "status", to="dikembalikan", question="Rumah Bu Kenari?", **words)
        deliver(town, mailbox.server)
        http.post(f"/api/v1/tracking/{code}/reply", json={"text": "Gang Rahasia, rumah Canary."})
        http.post("/api/v1/password/forgotten", json={"email": "canary@warga.id"})
        http.get(f"/api/v1/tracking/{code}/data")
        http.delete(f"/api/v1/tracking/{code}/data")

    written = "".join(capfd.readouterr())
    assert len(mailbox.letters) == 2
    assert '"route": "/api/v1/tracking/{tracking_code}/data"' in written
    for canary in (*CANARIES, code, code.replace("-", ""), lurah.token):
        assert canary not in written

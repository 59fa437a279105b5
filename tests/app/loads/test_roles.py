"""A list that several officers are at: what each stores is what that one tried."""

from tests.app.loads.lists import BESIDE, HEADER, HERE, keys, listed, row


def test_what_one_role_tried_is_stored_under_no_other_before_that_tries_it(loader, town):
    operator, planner = loader("operator_kelurahan"), loader("perencana_bappeda")
    load = operator.sent(listed(row("X1", HERE), row("X2", BESIDE)))
    operator.done(load["id"], "check")

    refused = planner.act(load["id"], "commit")
    seen = planner.seen(load["id"])
    tried = planner.done(load["id"], "check")
    stored = planner.done(load["id"], "commit")

    assert (refused.status_code, refused.json()["code"]) == (409, "KONFLIK")
    assert "commit" not in seen["may"]
    assert "commit" in tried["may"]
    # It stays a list of its kelurahan, whoever stores it.
    assert stored["report"]["reasons"] == {"BUKAN_WILAYAH_SENDIRI": 1}
    assert {"X1", "X2"} & set(keys(town)) == {"X1"}


def test_steps_of_a_load_name_the_role_and_area_of_who_stored_and_took_it_back(loader, town):
    planner, status = loader("perencana_bappeda"), HEADER + ",status"
    load = loader("operator_kelurahan").sent(
        listed(row("Y1", HERE, status="verifikasi_kel"), header=status)
    )
    assert planner.done(load["id"], "check")["report"]["reasons"] == {"BUKAN_WEWENANG": 1}
    load = loader("operator_kelurahan").stored(
        listed(row("Y1", HERE, status="verifikasi_kel"), header=status)
    )
    number = keys(town)["Y1"][2]

    planner.ask("DELETE", f"/loads/{load['id']}")
    planner.rested(load["id"])

    told = [(event["kind"], event["actor"]) for event in planner.look(number)["events"]]
    operator = {"role": "operator_kelurahan", "area": HERE.kelurahan}
    assert told[1][1].items() >= operator.items()
    city = {"role": "perencana_bappeda", "area": HERE.kecamatan[:5]}
    assert told[-1][0] == "penarikan_muatan"
    assert told[-1][1].items() >= city.items()

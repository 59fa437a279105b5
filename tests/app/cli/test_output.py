"""Results for people are in Indonesian, and for programs as they are stored."""

import json

from app.cli.output import answer


def test_a_person_reads_words_for_names_and_values_and_a_program_what_they_stand_for(capsys):
    facts = {"kind": "embedded", "running": True, "migration": None}
    words = {"kind": "jenis", "embedded": "tertanam", "running": "menyala", "migration": "migrasi"}

    answer(facts, as_json=False, words=words)
    for_people = capsys.readouterr().out
    answer(facts, as_json=True, words=words)

    assert [line.split() for line in for_people.splitlines()] == [
        ["jenis", "tertanam"],
        ["menyala", "ya"],
        ["migrasi", "-"],
    ]
    assert json.loads(capsys.readouterr().out) == facts

"""Places in words: which RT, RW and names a text mentions."""

import pytest

from spatial.mentions.mention import MentionDoubt, Neighbourhood
from spatial.mentions.numerals import neighbourhood_number
from spatial.mentions.parse import mention_in_columns, mention_in_text
from tests.quickness import soon_over


def pairs(text):
    return [(each.rt, each.rw) for each in mention_in_text(text).neighbourhoods]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RW 01", [(None, 1)]),
        ("rw 5", [(None, 5)]),
        ("RT O3", [(3, None)]),
        ("RTO3 RW l2", [(3, 12)]),
        ("RT 001/RW 002", [(1, 2)]),
        ("RT.02,03 RW.01", [(2, 1), (3, 1)]),
        ("RT 02, 03 RW 01", [(2, 1), (3, 1)]),
        ("RT 02 dan 03 RW 01", [(2, 1), (3, 1)]),
        ("RT 02/03 RW 01", [(2, 1), (3, 1)]),
        ("RT 01, RT 02, dan RT 04 RW 07", [(1, 7), (2, 7), (4, 7)]),
        ("Jl. Kawi RT 5/RW 3", [(5, 3)]),
        ("RT 1 s/d 4 RW 2", [(1, 2), (2, 2), (3, 2), (4, 2)]),
        ("RT 1 sampai dengan 3 RW 2", [(1, 2), (2, 2), (3, 2)]),
        ("RT 1-3 RW 2", [(1, 2), (2, 2), (3, 2)]),
        ("RW 01-03", [(None, 1), (None, 2), (None, 3)]),
        ("se-RW 04", [(None, 4)]),
        ("seluruh RT di RW 04", [(None, 4)]),
        ("RT 01 RW 02 dan RT 03 RW 04", [(1, 2), (3, 4)]),
        ("RW 02 RT 05, 06; RW 03 RT 01", [(5, 2), (6, 2), (1, 3)]),
        ("RT01RW02", [(1, 2)]),
        ("RT/RW 003/012", [(3, 12)]),
        ("RT/RW : 003/012, 004/012", [(3, 12), (4, 12)]),
        ("RW/RT 012/003", [(3, 12)]),
        ("R.T. 03 R.W. 05", [(3, 5)]),
        ("RT IV/RW II", [(4, 2)]),
        ("RW 1 dan RW 2", [(None, 1), (None, 2)]),
        ("Pembangunan START 3 ART 4", []),
        ("", []),
    ],
)
def test_neighbourhoods_are_found_in_words(text, found):
    assert pairs(text) == found


@pytest.mark.parametrize(
    ("text", "found", "doubt"),
    [
        ("RT 003/012", [(3, 12)], MentionDoubt.RW_WITHOUT_WORD),
        ("RT 1 RW 5, RT 2", [(1, 5), (2, 5)], MentionDoubt.RW_CARRIED),
        ("RT 003-012", [], MentionDoubt.RANGE_OR_RW),
        ("RT 1 RW 2, 3", [(1, 2), (1, 3)], MentionDoubt.SEVERAL_RW),
        ("RW 05, RT 01 RW 06", [(1, 5), (None, 6)], MentionDoubt.MIXED_ORDER),
        ("RT 9 s/d 4 RW 2", [(None, 2)], MentionDoubt.BAD_RANGE),
        ("RT 1 s/d 900 RW 2", [(None, 2)], MentionDoubt.BAD_RANGE),
        ("RT 05A RW 02", [(None, 2)], MentionDoubt.UNREAD_NUMBER),
        ("RT 1 " * 200, [], MentionDoubt.TOO_LONG),
    ],
)
def test_what_may_mean_two_things_is_doubted_by_name(text, found, doubt):
    mention = mention_in_text(text)

    assert [(each.rt, each.rw) for each in mention.neighbourhoods] == found
    assert doubt in mention.doubts


@pytest.mark.parametrize(
    "text",
    [
        "dan " * 74 + "x",
        "RT 1," * 59,
        "RT " * 99,
        "jl " * 99,
        "RT 1 s/d " * 33,
        "kel. " * 59,
        "(" * 299,
    ],
)
def test_no_text_takes_long_to_read(text):
    with soon_over(text, within_s=1):
        mention_in_text(text)


def test_plain_mentions_leave_no_doubt():
    assert mention_in_text("RT 02, 03 RW 01 Kel. Mojo, Kec. Pasar Kliwon").doubts == frozenset()


@pytest.mark.parametrize(
    ("text", "kelurahan", "kecamatan"),
    [
        ("Kel. Mojo Kec. Pasar Kliwon", ("Mojo",), ("Pasar Kliwon",)),
        ("RT 1 RW 2 Kelurahan Pucang Sawit", ("Pucang Sawit",), ()),
        ("Ds. Sidomulyo, Kecamatan Laweyan, Kota Surakarta", ("Sidomulyo",), ("Laweyan",)),
        ("KEL.PAJANG RT.02 RW.01 KEC.LAWEYAN", ("PAJANG",), ("LAWEYAN",)),
        ("Kel. Kampung Melayu Kec. Jatinegara", ("Kampung Melayu",), ("Jatinegara",)),
        ("Kel. Kota Bambu Utara, RW 2", ("Kota Bambu Utara",), ()),
        ("Kel. Pajang dan Kel. Sondakan", ("Pajang", "Sondakan"), ()),
    ],
)
def test_names_behind_their_word_are_found(text, kelurahan, kecamatan):
    mention = mention_in_text(text)

    assert (mention.kelurahan, mention.kecamatan) == (kelurahan, kecamatan)


def test_a_street_is_never_taken_for_an_area():
    mention = mention_in_text("Jl. Banjarsari RT 5/RW 3, Gg. Laweyan II")

    assert mention.streets == ("Jl. Banjarsari", "Gg. Laweyan II")
    assert (mention.loose, mention.kelurahan) == ((), ())


def test_words_without_a_role_are_kept_as_they_are():
    assert mention_in_text("RT 2 RW 1, Pucang Sawit").loose == ("Pucang Sawit",)


def test_columns_of_numbers_and_names_make_one_mention():
    mention = mention_in_columns(
        {"rt": "02, 03", "rw": "RW 1", "kelurahan": "Kel. Mojo", "kecamatan": "PASAR KLIWON"}
    )

    assert mention.neighbourhoods == (Neighbourhood(2, 1), Neighbourhood(3, 1))
    assert (mention.kelurahan, mention.kecamatan) == (("Mojo",), ("PASAR KLIWON",))


@pytest.mark.parametrize("name", ["DUKUH", "KAMPUNG MELAYU", "KOTA BAMBU UTARA"])
def test_a_name_in_its_column_keeps_every_word(name):
    assert mention_in_columns({"kelurahan": name}).kelurahan == (name,)


def test_columns_and_words_that_disagree_are_doubted():
    mention = mention_in_columns({"rt": "2", "rw": "1", "place": "depan masjid RT 5 RW 3"})

    assert mention.neighbourhoods == (Neighbourhood(2, 1),)
    assert MentionDoubt.CONTRADICTION in mention.doubts


def test_words_fill_what_the_columns_leave_out():
    mention = mention_in_columns({"place": "Jl. Kawi RT 5/RW 3", "kelurahan": "Mojo"})

    assert (mention.neighbourhoods, mention.kelurahan) == ((Neighbourhood(5, 3),), ("Mojo",))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("RW 01", 1),
        ("RT O3", 3),
        ("rw 5", 5),
        ("012", 12),
        ("7.0", 7),
        ("RW. VII", 7),
        ("IIX", None),
        ("000", None),
        ("5A", None),
        ("", None),
        ("Mawar", None),
    ],
)
def test_the_number_of_one_neighbourhood_is_read_from_its_label(text, number):
    assert neighbourhood_number(text) == number

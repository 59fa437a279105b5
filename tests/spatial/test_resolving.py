"""Mentions become area codes only as far as the words tell."""

import pytest

from spatial.mentions.gazetteer import NamedArea
from spatial.mentions.parse import mention_in_columns, mention_in_text
from spatial.mentions.resolution import Certainty, PlaceDoubt
from spatial.mentions.resolve import Resolver

LEVELS = {1: "kota", 2: "kecamatan", 3: "kelurahan"}
NAMES = {
    "33.72": "Kota Surakarta",
    "33.72.01": "Laweyan",
    "33.72.01.1001": "Pajang",
    "33.72.01.1002": "Laweyan",
    "33.72.03": "Pasar Kliwon",
    "33.72.03.1003": "Pasarkliwon",
    "33.72.03.1010": "Mojo",
    "33.72.04": "Jebres",
    "33.72.04.1006": "Pucangsawit",
    "33.72.04.1010": "Jebres",
    "33.72.05": "Banjarsari",
    "33.72.05.1001": "Kadipiro",
    "33.72.05.1009": "Mojo",
}
NUMBERED = {
    "33.72.03.1010": {1: (1, 2, 3), 2: (1, 2)},
    "33.72.04.1006": {1: (1, 2), 3: (5,)},
    "33.72.01.1002": {1: (1,)},
    "33.72.01.1001": {1: (1, 2)},
}


def city_areas():
    for code, name in NAMES.items():
        parent = code.rpartition(".")[0]
        yield NamedArea(code, LEVELS[code.count(".")], parent if parent in NAMES else None, name)
    for kelurahan, rws in NUMBERED.items():
        for rw, rts in rws.items():
            rw_code = f"{kelurahan}-{rw:03}"
            yield NamedArea(rw_code, "rw", kelurahan, f"RW {rw:02}")
            for rt in rts:
                yield NamedArea(f"{rw_code}-{rt:03}", "rt", rw_code, f"RT {rt:02}")


@pytest.fixture(scope="module")
def resolver():
    return Resolver(city_areas())


def resolved(resolver, text, **options):
    found = resolver.resolve(mention_in_text(text), **options)
    return found.codes, found.certainty


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("RT 02, 03 RW 01 Kel. Mojo Kec. Pasar Kliwon", ("-001-002", "-001-003")),
        ("Kelurahan MOJO, Kecamatan PASAR KLIWON, RW 02", ("-002",)),
        ("Jl. Banjarsari RT 1/RW 2 Kel. Mojo Kec. Pasar Kliwon", ("-002-001",)),
        ("Kel. Mojo Kec. Pasar Kliwon", ("",)),
    ],
)
def test_full_words_lead_to_exactly_those_areas(resolver, text, codes):
    expected = tuple(f"33.72.03.1010{code}" for code in codes)

    assert resolved(resolver, text) == (expected, Certainty.EXACT)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RT 5 RW 3 Kel. Pucang Sawit", "33.72.04.1006-003-005"),
        ("RT 5 RW 3 Pucangsawit", "33.72.04.1006-003-005"),
        ("RT 5 RW 3 Kel. Pucangsawid", "33.72.04.1006-003-005"),
        ("Kel. Pasar Kliwon", "33.72.03.1003"),
        ("Kec. Pasarkliwon", "33.72.03"),
        ("RT 5 Kel. Pucangsawit", "33.72.04.1006-003-005"),
    ],
)
def test_another_spelling_or_a_missing_level_is_by_name(resolver, text, code):
    assert resolved(resolver, text) == ((code,), Certainty.BY_NAME)


def test_a_code_in_the_words_is_exact(resolver):
    for text in ("33.72.03.1010", "3372031010", "Lokasi: 33.72.03.1010 RW 02"):
        codes, certainty = resolved(resolver, text)

        assert codes[0].startswith("33.72.03.1010")
        assert certainty is Certainty.EXACT


def test_a_name_that_two_kelurahan_bear_is_ambiguous(resolver):
    found = resolver.resolve(mention_in_text("Kel. Mojo"))

    assert (found.codes, found.certainty) == ((), Certainty.AMBIGUOUS)
    assert found.candidates == ("33.72.03.1010", "33.72.05.1009")
    assert found.within is None


def test_a_number_that_only_one_of_two_namesakes_has_tells_them_apart_by_name():
    resolver = Resolver(
        [
            NamedArea("1.1", "kelurahan", None, "Mojo"),
            NamedArea("1.1-001", "rw", "1.1", "RW 01"),
            NamedArea("1.2", "kelurahan", None, "Mojo"),
            NamedArea("1.2-002", "rw", "1.2", "RW 02"),
        ]
    )

    assert resolved(resolver, "RW 02 Kel. Mojo") == (("1.2-002",), Certainty.BY_NAME)


def test_two_names_are_two_places_only_when_each_is_one(resolver):
    assert resolved(resolver, "Kel. Pajang dan Kel. Kadipiro") == (
        ("33.72.01.1001", "33.72.05.1001"),
        Certainty.EXACT,
    )
    assert resolved(resolver, "Kel. Pajang dan Kel. Mojo") == ((), Certainty.AMBIGUOUS)


def test_a_name_of_a_kecamatan_and_its_kelurahan_is_ambiguous_without_its_word(resolver):
    found = resolver.resolve(mention_in_text("Laweyan"))

    assert (found.codes, found.certainty) == ((), Certainty.AMBIGUOUS)
    assert found.candidates == ("33.72.01", "33.72.01.1002")
    assert found.within == "33.72.01"


def test_the_word_before_it_settles_a_name_of_two_levels(resolver):
    assert resolved(resolver, "Kec. Jebres") == (("33.72.04",), Certainty.EXACT)
    assert resolved(resolver, "Kel. Jebres") == (("33.72.04.1010",), Certainty.EXACT)


def test_numbers_without_a_kelurahan_are_ambiguous(resolver):
    found = resolver.resolve(mention_in_text("RT 1 RW 1"))

    assert (found.codes, found.certainty) == ((), Certainty.AMBIGUOUS)
    assert "33.72.03.1010-001-001" in found.candidates
    assert "33.72.05.1001" in found.candidates  # no RW of it is loaded, so it may have one too


def test_a_kecamatan_with_one_such_number_leads_there_by_name():
    resolver = Resolver(
        area for area in city_areas() if area.code not in ("33.72.03.1003", "33.72.04.1010")
    )

    assert resolved(resolver, "RW 02 Kec. Pasar Kliwon") == (
        ("33.72.03.1010-002",),
        Certainty.BY_NAME,
    )


def test_a_list_of_one_kelurahan_needs_no_name_in_its_rows(resolver):
    codes = resolved(resolver, "RT 1 RW 1", within="33.72.03.1010")

    assert codes == (("33.72.03.1010-001-001",), Certainty.EXACT)


def test_a_name_of_elsewhere_is_not_found_in_a_list_of_one_kelurahan(resolver):
    found = resolver.resolve(mention_in_text("Kel. Kadipiro"), within="33.72.03.1010")

    assert (found.codes, found.certainty) == ((), Certainty.NONE)
    assert PlaceDoubt.UNKNOWN_NAME in found.doubts


def test_a_number_that_does_not_exist_leaves_the_area_above(resolver):
    found = resolver.resolve(mention_in_text("RT 9 RW 2 Kel. Mojo Kec. Pasar Kliwon"))

    assert (found.codes, found.certainty) == (("33.72.03.1010-002",), Certainty.BY_NAME)
    assert PlaceDoubt.NO_SUCH_RT in found.doubts


def test_one_wrong_number_of_several_keeps_the_right_ones(resolver):
    found = resolver.resolve(mention_in_text("RT 1, 9 RW 2 Kel. Mojo Kec. Pasar Kliwon"))

    assert found.codes == ("33.72.03.1010-002-001",)
    assert (found.certainty, found.doubts) == (
        Certainty.BY_NAME,
        frozenset([PlaceDoubt.NO_SUCH_RT]),
    )


def test_a_kelurahan_without_loaded_rw_is_as_far_as_it_goes(resolver):
    found = resolver.resolve(mention_in_text("RT 1 RW 2 Kel. Kadipiro"))

    assert (found.codes, found.certainty) == (("33.72.05.1001",), Certainty.EXACT)
    assert found.doubts == frozenset([PlaceDoubt.NOTHING_LOADED_BELOW])


def test_kelurahan_and_kecamatan_that_disagree_are_ambiguous(resolver):
    found = resolver.resolve(mention_in_text("Kel. Pajang Kec. Jebres"))

    assert (found.codes, found.certainty) == ((), Certainty.AMBIGUOUS)
    assert PlaceDoubt.NAMES_DISAGREE in found.doubts


def test_a_doubtful_mention_is_never_exact(resolver):
    carried = "RT 003/001 Kel. Mojo Kec. Pasar Kliwon"
    several = "RT 1 RW 1, 2 Kel. Mojo Kec. Pasar Kliwon"

    assert resolved(resolver, carried) == (("33.72.03.1010-001-003",), Certainty.BY_NAME)
    assert resolved(resolver, several) == ((), Certainty.AMBIGUOUS)


@pytest.mark.parametrize("text", ["", "depan masjid", "Jl. Laweyan 12", "Kel. Entahlah"])
def test_words_that_name_no_area_give_none(resolver, text):
    assert resolved(resolver, text) == ((), Certainty.NONE)


def test_columns_settle_what_words_leave_open(resolver):
    mention = mention_in_columns(
        {
            "place": "depan masjid",
            "rt": "1",
            "rw": "2",
            "kelurahan": "Mojo",
            "kecamatan": "Pasar Kliwon",
        }
    )

    assert resolver.resolve(mention, within="33.72.03").codes == ("33.72.03.1010-002-001",)


def test_rt_numbered_through_a_kelurahan_without_rw_are_found():
    resolver = Resolver(
        [
            NamedArea("1.1", "kelurahan", None, "Mojo"),
            NamedArea("1.1-000-007", "rt", "1.1", "RT 07"),
        ]
    )

    assert resolved(resolver, "RT 7 Kel. Mojo") == (("1.1-000-007",), Certainty.EXACT)


def test_a_kelurahan_may_be_called_by_the_word_of_a_level():
    resolver = Resolver([NamedArea("1.1", "kelurahan", None, "KOTA BAMBU UTARA")])

    assert resolved(resolver, "Kel. Kota Bambu Utara") == (("1.1",), Certainty.EXACT)


def test_short_names_are_never_guessed_from_their_neighbours(resolver):
    assert resolved(resolver, "Kel. Moja") == ((), Certainty.NONE)

import pickle

import pytest

from spatial.errors import (
    Flaw,
    ForgottenValues,
    InconsistentAreas,
    InvalidGeometry,
    NearestArea,
    OutsideAreas,
    RepeatedRow,
    SpatialError,
    SwappedAxes,
    TileOutOfRange,
    TooManyValues,
    TooManyVertices,
    UnevenColumns,
    UnknownArea,
    UnknownCode,
    UnknownCrs,
    UnknownQuestion,
    UnsupportedGeometry,
)
from spatial.map_errors import InvalidWeight, SizeOutOfRange

NEAREST = NearestArea("kelurahan", "33.72.05.1015", "Mojosongo", 812.5)
EVERY_ERROR = [
    InvalidGeometry(Flaw.RING_NOT_CLOSED, "ring 2"),
    UnsupportedGeometry("Circle", ("Point", "LineString")),
    TooManyVertices(10_001, 10_000),
    SwappedAxes(110.8, -7.5),
    UnknownCrs("EPSG:3857"),
    OutsideAreas(NEAREST),
    OutsideAreas(None),
    UnknownArea("33.72.09"),
    InconsistentAreas("33.72", "the code occurs twice"),
    TileOutOfRange(3, 8, 0),
    TooManyValues("year", 256, 255),
    ForgottenValues("status"),
    UnevenColumns("cost", 3, 4),
    UnknownCode("place", 9),
    RepeatedRow(17),
    UnknownQuestion("desa"),
    InvalidWeight(-1.5),
    SizeOutOfRange(20, 50, 2000),
]


@pytest.mark.parametrize("error", EVERY_ERROR, ids=lambda error: type(error).__name__)
def test_an_error_arrives_whole_from_another_process(error):
    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert isinstance(arrived, SpatialError)
    assert vars(arrived) == vars(error)
    assert str(arrived) == str(error)


@pytest.mark.parametrize(
    ("error", "fact"),
    [
        (InvalidGeometry(Flaw.RING_NOT_CLOSED, "ring 2"), "ring not closed (ring 2)"),
        (InvalidGeometry(Flaw.EMPTY), "refused: empty"),
        (UnsupportedGeometry("Circle", ("Point",)), "'Circle' is none of Point"),
        (TooManyVertices(10_001, 10_000), "10001 positions or more; at most 10000"),
        (SwappedAxes(110.8, -7.5), "[110.800000, -7.500000]"),
        (UnknownCrs("EPSG:3857"), "'EPSG:3857' is not WGS 84"),
        (OutsideAreas(NEAREST), "kelurahan 33.72.05.1015 Mojosongo, 812.5 m"),
        (OutsideAreas(None), "no area is known"),
        (UnknownArea("33.72.09"), "'33.72.09'"),
        (InconsistentAreas("33.72", "the code occurs twice"), "'33.72': the code occurs twice"),
        (TileOutOfRange(3, 8, 0), "no tile 3/8/0"),
        (TooManyValues("year", 256, 255), "year has 256 values; at most 255"),
        (ForgottenValues("status"), "values of status were changed"),
        (UnevenColumns("cost", 3, 4), "cost has 3 values for 4 rows"),
        (UnknownCode("place", 9), "place has no value of code 9"),
        (RepeatedRow(17), "the id 17 names two rows"),
        (UnknownQuestion("desa"), "no level or grouping 'desa'"),
        (InvalidWeight(-1.5), "from 0 up, not -1.5"),
        (SizeOutOfRange(20, 50, 2000), "20 m is not within 50 to 2000 m"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_an_error_says_what_is_wrong(error, fact):
    assert fact in str(error)

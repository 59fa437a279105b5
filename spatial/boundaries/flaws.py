"""Why a file or one feature of it is refused, and what is worth saying of an accepted one."""

from enum import StrEnum

from spatial.errors import SpatialError


class Refusal(StrEnum):
    """Why one feature was not taken; stable words that a report may carry."""

    NOT_A_FEATURE = "not_a_feature"
    BAD_ID = "bad_id"
    BAD_BBOX = "bad_bbox"
    BAD_PROPERTIES = "bad_properties"
    UNKNOWN_TYPE = "unknown_type"
    NO_GEOMETRY = "no_geometry"
    NOT_COORDINATES = "not_coordinates"
    TOO_MANY_POSITIONS = "too_many_positions"
    TOO_FEW_POSITIONS = "too_few_positions"
    RING_NOT_CLOSED = "ring_not_closed"
    OUTSIDE_THE_WORLD = "outside_the_world"
    METRES_WITHOUT_CRS = "metres_without_crs"
    CROSSES_ANTIMERIDIAN = "crosses_antimeridian"
    NOT_A_SURFACE = "not_a_surface"
    NO_AREA = "no_area"
    SWAPPED_AXES = "swapped_axes"
    OUTSIDE_INDONESIA = "outside_indonesia"
    WRONG_HEMISPHERE = "wrong_hemisphere"
    NO_CODE = "no_code"
    CODE_WAS_A_NUMBER = "code_was_a_number"
    CODE_OF_ANOTHER_LEVEL = "code_of_another_level"
    CODE_OF_ANOTHER_CITY = "code_of_another_city"
    CODE_OF_ANOTHER_SCHEME = "code_of_another_scheme"
    BAD_TEXT = "bad_text"
    DAMAGED = "damaged"
    DELETED_ROW = "deleted_row"
    CRS_DISAGREES = "crs_disagrees"
    NO_NAME = "no_name"
    NO_NUMBER = "no_number"
    NO_PARENT_NAME = "no_parent_name"
    UNKNOWN_PARENT = "unknown_parent"


class Remark(StrEnum):
    """What was odd about a feature and did not keep it from being taken."""

    THIRD_DIMENSION = "third_dimension"
    RING_DIRECTION = "ring_direction"
    REPEATED_POSITIONS = "repeated_positions"
    CONVERTED_CRS = "converted_crs"
    COLLECTION = "collection"
    BARE_GEOMETRY = "bare_geometry"


class FileFlaw(StrEnum):
    """Why a whole file was not read."""

    NOT_A_FILE = "not_a_file"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_FORMAT = "unknown_format"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    REPEATED_NAME = "repeated_name"
    NOT_GEOJSON = "not_geojson"
    UNKNOWN_CRS = "unknown_crs"
    TOO_MANY_FEATURES = "too_many_features"
    TOO_MUCH_MEMORY = "too_much_memory"
    TOO_MUCH_TIME = "too_much_time"
    READER_FAILED = "reader_failed"
    ARCHIVE_DAMAGED = "archive_damaged"
    ARCHIVE_UNSAFE = "archive_unsafe"
    NO_LAYER = "no_layer"
    LAYER_NEEDED = "layer_needed"
    NO_SUCH_LAYER = "no_such_layer"
    PART_MISSING = "part_missing"
    DAMAGED = "damaged"
    COUNTS_DISAGREE = "counts_disagree"
    CRS_MISSING = "crs_missing"
    NO_SUCH_CRS = "no_such_crs"
    NO_SUCH_ENCODING = "no_such_encoding"
    XML_DECLARATIONS = "xml_declarations"
    NOT_XML = "not_xml"
    OPEN_ELSEWHERE = "open_elsewhere"


class FileRefused(SpatialError):
    """A file of which nothing was read.

    Parameters
    ----------
    flaw
        What is wrong with it.
    detail
        Where or how, without any of its contents; may be empty.
    """

    def __init__(self, flaw: FileFlaw, detail: str = "") -> None:
        super().__init__(flaw, detail)
        self.flaw = flaw
        self.detail = detail

    def __str__(self) -> str:
        """Sentence for a log."""
        words = self.flaw.value.replace("_", " ")
        return f"file refused: {words}" + f" ({self.detail})" * bool(self.detail)


class FeatureRefused(SpatialError):
    """One feature that cannot be taken; the others of its file still may.

    Parameters
    ----------
    refusal
        What is wrong with it.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal

    def __str__(self) -> str:
        """Sentence for a log."""
        return f"feature refused: {self.refusal.value.replace('_', ' ')}"

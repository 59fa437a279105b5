import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.grid import mercator_places
from spatial.ground import ground_scale
from spatial.heatimage import Theme, class_colours, class_position, heat_pixels, legend, png
from spatial.heatmap import Kernel, PixelWindow, density_field, tile_window
from spatial.heatscale import HeatScale
from spatial.heatsource import HeatSource
from spatial.tiles import Tile, tile_at
from tests.pictures import decoded

SCALE = HeatScale((60, 120, 240, 480), 820)
MIDDLES = (30, 90, 180, 360, 650)
STYLES = Path(__file__).parents[2] / "frontend" / "src" / "styles" / "tokens.css"


def colour(value, theme=Theme.LIGHT):
    """Of one pixel among equals, where no isoline runs."""
    field = np.full((3, 3), value, dtype=np.float32)
    return tuple(heat_pixels(field, SCALE, theme=theme)[0, 0].tolist())


def hexadecimal(pixel):
    return "#" + bytes(pixel[:3]).hex()


@pytest.mark.parametrize("theme", Theme)
def test_the_middle_of_a_class_has_the_colour_of_its_legend(theme):
    shown = [hexadecimal(colour(middle, theme)) for middle in MIDDLES]

    assert shown == list(class_colours(theme))


@pytest.mark.parametrize(("theme", "block"), [(Theme.LIGHT, 0), (Theme.DARK, 1)])
def test_the_colours_are_those_of_the_style_sheet(theme, block):
    tokens = re.findall(r"--need-(\d): (#[0-9a-f]{6});", STYLES.read_text("utf-8"))

    steps = tokens[5 * block : 5 * block + 5]
    assert [number for number, _ in steps] == ["1", "2", "3", "4", "5"]
    assert tuple(token for _, token in steps) == class_colours(theme)


def test_more_is_darker_in_the_light_and_lighter_in_the_dark():
    brightness = {
        theme: [sum(colour(value, theme)[:3]) for value in range(30, 820, 10)] for theme in Theme
    }

    assert brightness["light"] == sorted(brightness["light"], reverse=True)
    assert brightness["dark"] == sorted(brightness["dark"])


def test_little_is_transparent_and_half_the_first_class_is_opaque():
    assert colour(0) == colour(4)
    assert colour(0)[3] == 0
    alphas = [colour(value)[3] for value in range(31)]
    assert alphas == sorted(alphas)
    assert alphas[-1] == 255


def test_above_the_top_nothing_changes():
    assert colour(820) == colour(1e9)


@given(st.floats(0, 1e6, width=32))
@settings(deadline=None)
def test_a_position_lies_between_the_breaks_as_the_value_does(value):
    position = float(class_position(np.array([value], dtype=np.float32), SCALE)[0])

    limits = [0, *SCALE.breaks, SCALE.top]
    assert position == pytest.approx(np.interp(value, limits, range(6)), abs=1e-5)


@pytest.mark.parametrize(
    ("limit", "is_drawn"),
    [(60, True), (120, True), (240, True), (480, True), (820, False), (300, False)],
)
def test_an_isoline_runs_along_each_break_and_nowhere_else(limit, is_drawn):
    # A slope of 4 per column that reaches the limit in column 10.
    field = np.tile(np.float32(limit) + 4 * (np.arange(22, dtype=np.float32) - 11), (6, 1))

    pixels = heat_pixels(field, SCALE)

    unlined = np.array([colour(value) for value in field[0, 1:-1]])
    lined = (pixels[2] != unlined).any(axis=1)
    assert lined[10] == is_drawn
    assert not lined[:9].any()
    assert not lined[12:].any()


def test_an_isoline_crosses_the_edge_between_two_tiles():
    ground = ground_scale(-7.56)
    x, y = mercator_places([110.80, 110.83], [-7.56, -7.55])
    source, kernel = HeatSource(x, y, np.array([100.0, 60.0])), Kernel(700, ground)
    corner = tile_at(110.82, -7.56, 13)
    tiles = [Tile(13, corner.x + aside, corner.y) for aside in (-1, 0)]
    scale = HeatScale((2, 4, 8, 16), 30)

    def picture(window):
        return heat_pixels(density_field(source, kernel, window), scale)

    pair = np.hstack([picture(tile_window(tile, margin=1)) for tile in tiles])
    first = tile_window(tiles[0], margin=1)
    whole = picture(PixelWindow(13, first.column, first.row, 514, 258))

    # Here and there a value stands so near to the next step of colour that rounding decides.
    assert (pair != whole).any(axis=2).mean() < 1e-3


def test_level_ground_at_a_break_is_not_painted_in_ink():
    just_above = np.nextafter(np.float32(120), np.float32(200))

    assert colour(120) == colour(just_above)


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_a_decoder_sees_the_pixels_that_were_written(height, width, seed):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), dtype=np.uint8)

    assert np.array_equal(decoded(png(pixels)), pixels)


def test_a_tile_is_256_pixels_of_rgba():
    field = np.zeros((258, 258), dtype=np.float32)

    assert decoded(png(heat_pixels(field, SCALE))).shape == (256, 256, 4)


def test_the_legend_has_five_classes_from_nothing_to_the_top():
    classes = legend(SCALE, theme=Theme.DARK)

    assert [step.lower for step in classes] == [0, 60, 120, 240, 480]
    assert [step.upper for step in classes] == [60, 120, 240, 480, 820]
    assert tuple(step.colour for step in classes) == class_colours(Theme.DARK)

"""Heat maps as pictures: five colours of need, isolines, transparency, PNG."""

import struct
import zlib
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from spatial.heatgrid import Field
from spatial.heatscale import HeatScale

Pixels = npt.NDArray[np.uint8]

# Steps of colour within a class: no eye tells them apart, and few colours compress well.
_STEPS_PER_CLASS = 16
_CLASSES = 5
_LAST_STEP = _STEPS_PER_CLASS * _CLASSES
# Below this part of the first class nothing is drawn; from the middle of the class on all.
_NOTHING_BELOW = 1 / 12
_LINE_STEPS = 3
_LINE_STRENGTH = 0.45
# In classes a pixel: a class would be a hundred tiles wide.
_LEVEL = np.float32(4e-5)
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Of zlib: 1 saves no time and leaves a sixth more, 3 takes half as long again for a tenth less.
_COMPRESSION = 2


class Theme(StrEnum):
    """Ground that a map is drawn on."""

    LIGHT = "light"
    DARK = "dark"


# The tokens --need-1 to --need-5 and --ink of the style sheet; a test compares them.
_NEED = {
    Theme.LIGHT: ("#fceedd", "#f4cda0", "#de9b58", "#b26422", "#6f340b"),
    Theme.DARK: ("#38261a", "#6b3f1b", "#a66527", "#dd9e5a", "#fbe0be"),
}
_INK = {Theme.LIGHT: "#181d1b", Theme.DARK: "#edf0ed"}


def class_colours(theme: Theme) -> tuple[str, ...]:
    """Colours of the five classes of need, from little to much, for legends.

    Neighbours differ by a CIEDE2000 of at least 11.3 (dark 13.0), also to deutan and protan
    eyes (Machado and others, 2009). In the dark more is lighter.

    Parameters
    ----------
    theme
        Ground that they are drawn on.

    Returns
    -------
    colours
        ``#rrggbb``, sRGB.
    """
    return _NEED[theme]


class LegendClass(NamedTuple):
    """One class of a heat map's legend.

    Attributes
    ----------
    lower, upper
        Limits in the unit of the map; a value equal to `lower` is in the class. The last
        class also holds whatever lies above its upper limit.
    colour
        ``#rrggbb``, of the middle of the class.
    """

    lower: float
    upper: float
    colour: str


def legend(scale: HeatScale, *, theme: Theme = Theme.LIGHT) -> list[LegendClass]:
    """The five classes of a heat map, from little to much.

    The unit is that of the weights per square kilometre (usulan, rupiah, people); its words are
    for whoever speaks to a person.

    Parameters
    ----------
    scale
        Of the whole map.
    theme
        Ground that it is drawn on.

    Returns
    -------
    classes
        Five, the first from 0, the last to the top.
    """
    limits = pairwise((0.0, *scale.breaks, scale.top))
    colours = class_colours(theme)
    return [LegendClass(*pair, colour) for pair, colour in zip(limits, colours, strict=True)]


def class_position(field: Field, scale: HeatScale) -> Field:
    """Values as a position along the classes: 0 at 0, 1 at the first break, 5 at the top.

    Linear between the breaks. What lies above the top counts as the top.

    Parameters
    ----------
    field
        Densities, none negative, of any shape.
    scale
        Of the whole map.

    Returns
    -------
    positions
        0 to 5, of the shape given.
    """
    position = np.zeros(field.shape, dtype=np.float32)
    for lower, upper in pairwise((0.0, *scale.breaks, scale.top)):
        within = (field - np.float32(lower)) * np.float32(1 / (upper - lower))
        position += np.clip(within, 0, 1, out=within)
    return position


def heat_pixels(field: Field, scale: HeatScale, *, theme: Theme = Theme.LIGHT) -> Pixels:
    """Picture of a field with smooth colours and its four isolines.

    A class has its own colour in its middle; between the middles colours are mixed in equal
    steps of sRGB, and the outer halves of the first and the last class stay as they are.
    Below a twelfth of the first break a pixel is wholly transparent; from half of it on
    opaque. How much of the ground shines through is for
    the map layer to say. An isoline is a pixel wide, in ink; since it is found from
    differences of neighbours, the field has one more pixel on every side than the picture.

    Parameters
    ----------
    field
        H + 2 by W + 2 densities, none negative.
    scale
        Of the whole map.
    theme
        Ground that it is drawn on.

    Returns
    -------
    pixels
        H by W by 4: red, green, blue, alpha; sRGB, not premultiplied.
    """
    position = class_position(field, scale)
    middle = position[1:-1, 1:-1]
    step = np.rint(middle * np.float32(_STEPS_PER_CLASS)).astype(np.intp)
    colour = step * (_LINE_STEPS + 1) + _isolines(position)
    pixels = _colour_table(theme)[colour]
    return np.asarray(pixels.view(np.uint8).reshape(*middle.shape, 4))


def _isolines(position: Field) -> npt.NDArray[np.intp]:
    """How much of each inner pixel an isoline covers, 0 to `_LINE_STEPS`."""
    middle = position[1:-1, 1:-1]
    nearest = np.clip(np.rint(middle), 1, _CLASSES - 1)
    across = position[1:-1, 2:] - position[1:-1, :-2]
    down = position[2:, 1:-1] - position[:-2, 1:-1]
    # Half the difference of the two neighbours is the slope of a pixel.
    slope = np.sqrt(across * across + down * down) * np.float32(0.5)
    # Level ground has no line, not even ground that lies exactly at a break.
    away = np.ones(middle.shape, dtype=np.float32)
    np.divide(np.abs(middle - nearest), slope, out=away, where=slope > _LEVEL)
    cover = np.maximum(1 - away, 0, out=away)
    cover *= _LINE_STEPS
    return np.rint(cover, out=cover).astype(np.intp)


@cache
def _colour_table(theme: Theme) -> npt.NDArray[np.uint32]:
    """Colour, as four bytes, of every step along the classes, without and with an isoline."""
    steps = np.arange(_LAST_STEP + 1) / _STEPS_PER_CLASS
    named = np.array([_channels(colour) for colour in _NEED[theme]])
    middles = np.arange(_CLASSES) + 0.5
    plain = np.stack([np.interp(steps, middles, channel) for channel in named.T], axis=1)
    drawn = np.clip((steps - _NOTHING_BELOW) / (0.5 - _NOTHING_BELOW), 0, 1)
    lined = np.linspace(0, _LINE_STRENGTH, _LINE_STEPS + 1)[:, np.newaxis]
    ink = np.array(_channels(_INK[theme]))
    table = np.empty((len(steps), _LINE_STEPS + 1, 4), dtype=np.uint8)
    table[..., :3] = np.rint(plain[:, np.newaxis] * (1 - lined) + ink * lined)
    table[..., 3] = np.rint(255 * drawn)[:, np.newaxis]
    return table.reshape(-1, 4).view(np.uint32).ravel()


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def png(pixels: Pixels) -> bytes:
    """A picture as a PNG file of 8-bit RGBA.

    Rows are stored unfiltered: a heat map has few different colours, in long runs, which
    compress better as they are.
    Source: PNG (Portable Network Graphics) Specification, third edition, W3C 2025.

    Parameters
    ----------
    pixels
        H by W by 4: red, green, blue, alpha.

    Returns
    -------
    file
        The whole file; the same bytes for the same pixels.
    """
    height, width, channels = pixels.shape
    rows = np.zeros((height, 1 + width * channels), dtype=np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), _COMPRESSION)
    chunks = _chunk(b"IHDR", header), _chunk(b"IDAT", body), _chunk(b"IEND", b"")
    return _PNG_SIGNATURE + b"".join(chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

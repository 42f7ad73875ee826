"""Small soft ellipses in planar YUV 4:2:0: drops, flakes, petals, sparks. No knowledge of scenes or time."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.native import compiled, float32, inlined
from firstframe.media.colour import Plane, Yuv420

Numbers = NDArray[np.float32]
Floats = NDArray[np.floating[Any]]
Sprites = NDArray[np.float32]
"""(n, 13) float32, drawn in order; the columns are those of `sprites`."""

_X, _Y, _COS, _SIN, _ALONG, _ACROSS, _OPACITY, _CRISP, _RIM, _COVER, _LIGHT, _BLUE, _RED = range(13)
_LUMA_SOFTENING_PX, _CHROMA_SOFTENING_PX = 1.4, 2.4
"""What is added to every radius, in quadrature, while its light is kept: thin things glide without shimmering."""
_FAINTEST = 0.002
_ONE, _GREY = float32(1), float32(128)


def sprites(
    x: Numbers, y: Numbers, radius: Numbers, colour: tuple[float | Numbers, ...], opacity: Numbers,
    stretch: Floats | float = 1.0, direction: tuple[Floats, Floats] | tuple[float, float] = (1.0, 0.0),
    crisp: Numbers | float = 0.0, rim: Numbers | float = 0.0, cover: Numbers | float = 1.0,
) -> Sprites:  # fmt: skip
    """Rows for `draw`: ellipses at (x, y) in frame pixels, `radius` across and `stretch` times as much along.

    `direction` is the unit vector along; `crisp` goes from 0, soft to the middle, to 1, a sharp disc; `rim` brightens
    the edge as lenses do; `colour` is (luma, u, v) in 8-bit BT.709 codes, and covers what is below by `cover`: 1 is
    paint, less is light that adds to it.
    """
    rows = np.empty((len(x), 13), np.float32)
    luma, u, v = colour
    columns = (x, y, *direction, radius * stretch, radius, opacity, crisp, rim, cover)
    for index, column in enumerate(columns):
        rows[:, index] = column
    rows[:, _LIGHT] = np.asarray(luma) - 16 * (1 - np.asarray(cover))
    rows[:, _BLUE], rows[:, _RED] = np.asarray(u) - 128, np.asarray(v) - 128
    return rows


def draw(rows: Sprites, frame: Yuv420) -> None:
    """Draw `rows` over `frame`; parts beyond its border are left out."""
    if len(rows):
        _draw(rows, frame.y, frame.u, frame.v)


@compiled
def _draw(rows: Sprites, y: Plane, u: Plane, v: Plane) -> None:
    for k in range(rows.shape[0]):
        if rows[k, _OPACITY] >= float32(_FAINTEST):
            _stamp_luma(rows, k, y)
            _stamp_chroma(rows, k, u, v)


@inlined
def _stamp_luma(rows: Sprites, k: int, plane: Plane) -> None:
    height, width = plane.shape
    xx, xy, yy, opacity, sharpness = _shape(rows, k, 1, _LUMA_SOFTENING_PX)
    x, y = rows[k, _X] - float32(0.5), rows[k, _Y] - float32(0.5)
    value, cover, rim = rows[k, _LIGHT], rows[k, _COVER], rows[k, _RIM]
    first, last, slope, per_xx, rest = _rows(xx, xy, yy, y, height)
    for j in range(first, last + 1):
        dy = float32(j - y)
        start, end = _span(x + slope * dy, (_ONE - rest * dy * dy) * per_xx, width)
        for i in range(start, end + 1):
            weight = opacity * _weight(xx, xy, yy, float32(i - x), dy, sharpness, rim)
            below = float32(plane[j, i])
            plane[j, i] = _rounded(below + weight * (value - cover * below))


@inlined
def _stamp_chroma(rows: Sprites, k: int, u: Plane, v: Plane) -> None:
    """Chroma sites lie on even luma columns and half way between luma rows."""
    height, width = u.shape
    xx, xy, yy, opacity, sharpness = _shape(rows, k, 2, _CHROMA_SOFTENING_PX)
    x, y = (rows[k, _X] - float32(0.5)) * float32(0.5), (rows[k, _Y] - _ONE) * float32(0.5)
    blue, red, cover, rim = rows[k, _BLUE], rows[k, _RED], rows[k, _COVER], rows[k, _RIM]
    first, last, slope, per_xx, rest = _rows(xx, xy, yy, y, height)
    for j in range(first, last + 1):
        dy = float32(j - y)
        start, end = _span(x + slope * dy, (_ONE - rest * dy * dy) * per_xx, width)
        for i in range(start, end + 1):
            weight = opacity * _weight(xx, xy, yy, float32(i - x), dy, sharpness, rim)
            below_u, below_v = float32(u[j, i]), float32(v[j, i])
            u[j, i] = _rounded(below_u + weight * (blue - cover * (below_u - _GREY)))
            v[j, i] = _rounded(below_v + weight * (red - cover * (below_v - _GREY)))


@inlined
def _shape(rows: Sprites, k: int, step: int, softening: float) -> tuple[float, float, float, float, float]:
    """Quadratic form of the ellipse per sample of a plane with one every `step` pixels, its opacity and edge."""
    along = float32(math.sqrt(rows[k, _ALONG] ** 2 + softening**2))
    across = float32(math.sqrt(rows[k, _ACROSS] ** 2 + softening**2))
    opacity = float32(rows[k, _OPACITY] * (rows[k, _ALONG] * rows[k, _ACROSS]) / (along * across))
    sharpness = float32(1 + rows[k, _CRISP] * 0.4 * max(min(along, across) - 2.5, 0.0))
    a, b = float32(rows[k, _COS] * step / along), float32(rows[k, _SIN] * step / along)
    c, d = float32(-rows[k, _SIN] * step / across), float32(rows[k, _COS] * step / across)
    return a * a + c * c, a * b + c * d, b * b + d * d, opacity, sharpness


@inlined
def _rows(xx: float, xy: float, yy: float, y: float, height: int) -> tuple[int, int, float, float, float]:
    """First and last row that an ellipse touches, its shear per row, and what decides the width of its rows."""
    per_xx = float32(_ONE / xx)
    rest = float32(yy - xy * xy * per_xx)
    reach = math.sqrt(1 / rest)
    first, last = max(math.ceil(y - reach), 0), min(math.floor(y + reach), height - 1)
    return first, last, float32(-xy * per_xx), per_xx, rest


@inlined
def _span(middle: float, half_squared: float, width: int) -> tuple[int, int]:
    if half_squared <= 0:
        return 0, -1
    half = float32(math.sqrt(half_squared))
    return max(math.ceil(middle - half), 0), min(math.floor(middle + half), width - 1)


@inlined
def _weight(xx: float, xy: float, yy: float, dx: float, dy: float, sharpness: float, rim: float) -> float:
    inside = max(_ONE - (xx * dx + (xy + xy) * dy) * dx - yy * dy * dy, float32(0))
    share = min(inside * sharpness, _ONE)
    return float32(share * share * (float32(3) - share - share) * (_ONE + rim * (float32(0.5) - inside)))


@inlined
def _rounded(value: float) -> int:
    return int(np.uint8(min(max(value + float32(0.5), float32(16)), float32(235))))

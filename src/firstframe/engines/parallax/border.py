"""What may lie beyond the first frame's border: things that the border cuts go on, others are not seen twice.

The picture is mirrored outwards along the direction in which its structures meet the border, so that straight lines go
on straight. Where the mirror would show something that is not at the border itself (a second moon, a second head), what
is at the border is drawn out instead; and all of it is more and more blurred outwards. Textures go on as they are
(`strips.py`).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.pairs import side_by_side
from firstframe.engines.parallax.strips import DEPTHS, cover

RIM_LINE_SHARE, RIM_LINE_LEAST_PX = 0.018, 8
"""Greatest width of a line along a side of the picture, in short edges, and in pixels of a small picture."""
RIM_LINE_PLAIN, RIM_LINE_ENDS, RIM_PICTURE_LEVELS = 0.6, 0.85, 8.0
"""Variety along the line as a share of that inside of it: of its first row at most, where it ends; and the least that
there must be inside of it."""
RIM_LINE_RINGS_PX = 1
"""Pixels beside where the line ends in which an enlarged picture rings with it."""
SLANT_MOST = 1.3
"""Greatest sideways way per way outwards of a line that is continued."""
UNLIKE = 40.0
"""Levels by which the mirrored picture may differ from the border before it fades."""
SOFTEST = 0.9
LITTER = 30
"""Part of the margin: finer than this, leaves and gravel have edges of their own that lead nowhere."""
_PART = 4

Row = NDArray[np.float32]


def extend(image: Picture, margin: int) -> Picture:
    """Mirror `image` outwards by `margin` pixels."""
    return np.asarray(cv2.copyMakeBorder(image, margin, margin, margin, margin, cv2.BORDER_REFLECT_101), np.uint8)


def continued(image: Picture, margin: int) -> Picture:
    """`image` (H, W, channels) with `margin` pixels of plausible surroundings on every side."""
    inner = without_frame_lines(image)
    height, width = inner.shape[:2]
    out = np.empty((height + 2 * margin, width + 2 * margin, *inner.shape[2:]), np.uint8)
    tall = out[:, margin:-margin]
    tall[margin:-margin] = inner
    deep = DEPTHS * margin
    above, below = side_by_side(lambda: _beyond(inner[:deep], margin), lambda: _beyond(_flipped(inner[-deep:]), margin))
    tall[:margin], tall[-margin:] = _flipped(above), below
    left, right = side_by_side(
        lambda: _beyond(_turned(tall[:, :deep]), margin),
        lambda: _beyond(_flipped(_turned(tall[:, -deep:])), margin),
    )
    out[:, :margin], out[:, -margin:] = _turned(_flipped(left)), _turned(right)
    return out


def _flipped(picture: Picture) -> Picture:
    return np.asarray(cv2.flip(picture, 0), np.uint8)


def _turned(picture: Picture) -> Picture:
    return np.asarray(cv2.transpose(picture), np.uint8)


def _beyond(deep: Picture, margin: int) -> Picture:
    """(m, n, channels) what lies beyond a side of which `deep` (rows, n, channels) lies before, both from it on."""
    inner = deep[: margin + 1]
    if inner.shape[2] == 4 and not inner[..., 3].any():
        return inner[1:]
    length = inner.shape[1]
    quarter = length // _PART, max(margin // _PART, 2)
    small = np.asarray(cv2.resize(inner, quarter, interpolation=cv2.INTER_AREA), np.uint8)
    place, source = _ways(_slants(small), small.shape[0])
    target, share, drawn = _soft(small, place, source)
    size = (length, margin)
    aside = cv2.resize(source - np.arange(small.shape[1], dtype=np.float32), size) * np.float32(length / small.shape[1])
    across = np.arange(length, dtype=np.float32) + aside
    down = np.repeat(np.arange(1, margin + 1, dtype=np.float32)[:, None], length, axis=1)
    mirror = cv2.remap(inner, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    wide = np.asarray(cv2.resize(share, size), np.float32)
    smooth = np.asarray(cv2.blendLinear(mirror, cv2.resize(target, size), 1 - wide, wide), np.uint8)
    cover(smooth, deep, drawn)
    return smooth


def _slants(small: Picture) -> Row:
    """(n,) sideways way per way inwards of the lines that meet the side, 0 where there are none (least squares)."""
    colours = _blurred(small.astype(np.float32), small.shape[0] / LITTER)
    rows = slice(1, max(3 * small.shape[0] // 5, 2))  # a gradient in the first row would see its own mirror image
    right, inwards = cv2.Sobel(colours, cv2.CV_32F, 1, 0)[rows], cv2.Sobel(colours, cv2.CV_32F, 0, 1)[rows]
    products = (right * right, right * inwards, inwards * inwards)
    along, both, across = (_blurred(product.mean(axis=2), 1.5) for product in products)
    nearer = np.linspace(1, 0.2, len(right), dtype=np.float32)[:, None]
    line = nearer * ((along - across) ** 2 + 4 * both * both) / (along + across + 100)
    width = max(small.shape[0] / 3, 1.0)
    way, own = (_blurred((line * part).sum(axis=0)[None], width)[0] for part in (both, along + 0.02 * across))
    return np.asarray(np.clip(-way / (own + 3e5), -SLANT_MOST, SLANT_MOST), np.float32)


def _ways(slants: Row, depth: int) -> tuple[Map, Map]:
    """(depth, n) where on the side every point beyond it hangs, and the column inside that mirrors it."""
    columns = np.arange(slants.size, dtype=np.float32)[None]
    out = np.arange(depth, dtype=np.float32)[:, None] + np.float32((_PART + 1) / (2 * _PART))
    slant: Map = slants[None]
    for _ in range(2):
        slant = np.interp(columns + slant * out, columns[0], slants).astype(np.float32)
    slant = _blurred(slant, 1.5)
    return np.asarray(columns + slant * out, np.float32), np.asarray(columns + 2 * slant * out, np.float32)


def _soft(small: Picture, place: Map, source: Map) -> tuple[Picture, Map, Picture]:
    """What is shown in place of the mirrored picture, by which share, and what is at the border, drawn out.

    All at a quarter of the size.
    """
    depth = small.shape[0]
    away = np.repeat(np.arange(depth, dtype=np.float32)[:, None], small.shape[1], axis=1)
    far = (away / depth) ** np.float32(0.7)
    kept = _kept(small, place, source, away)
    mirrored = _at(_softened(small, depth / 40 + 0.5), source, away)
    drawn = _drawn_out(small, place, far)
    target = cv2.blendLinear(mirrored, drawn, kept, 1 - kept)
    return np.asarray(target, np.uint8), np.asarray(1 - kept * (1 - SOFTEST * far), np.float32), drawn


def _kept(small: Picture, place: Map, source: Map, away: Map) -> Map:
    """0…1 how far the mirrored picture looks like the border; less along the outline of what does not."""
    depth = small.shape[0]
    broad = _softened(small, depth / 6)
    usual = _at(broad[:1], place, np.zeros_like(away)).astype(np.float32)
    unlike = np.abs(_at(broad, source, away).astype(np.float32) - usual).max(axis=2)
    outline = np.ones((2 * (depth // 8) + 1, 2 * (depth // 8) + 1), np.uint8)
    return _blurred(np.asarray(cv2.erode(np.exp(-((unlike / UNLIKE) ** 2)), outline), np.float32), depth / 10)


def _drawn_out(small: Picture, place: Map, far: Map) -> Picture:
    """What is at the border, along the lines that cross it, more and more blurred."""
    side = np.asarray(cv2.resize(small[:3], (small.shape[1], 1), interpolation=cv2.INTER_AREA), np.uint8)
    nowhere = np.zeros_like(place)
    crisp, vague = (_at(_softened(side, width), place, nowhere) for width in (1.0, small.shape[0] / 5))
    return np.asarray(cv2.blendLinear(crisp, vague, 1 - far, far), np.uint8)


def _at(picture: Picture, across: Map, down: Map) -> Picture:
    return np.asarray(cv2.remap(picture, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101), np.uint8)


def _blurred(values: Map, width: float) -> Map:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), width), np.float32)


def _softened(picture: Picture, width: float) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), width), np.uint8)


def without_frame_lines(image: Picture) -> Picture:
    """`image` without the line that cut-out pictures have along a side; continued it would be a stroke."""
    out = image
    for turn in range(4):
        width = _frame_line(np.rot90(image, turn))
        if width:
            out = out.copy() if out is image else out
            turned = np.rot90(out, turn)
            turned[:width] = turned[2 * width : width : -1][:width]
    return out


def _frame_line(side: Picture) -> int:
    """Width of the line along the first row of `side`, 0 where there is none: it is plain, what it frames is not."""
    widest = max(round(RIM_LINE_SHARE * min(side.shape[:2])), RIM_LINE_LEAST_PX)
    rows = side[: widest + 4].astype(np.float32)
    variety = rows.std(axis=1).mean(axis=1)
    usual = float(variety[widest:].mean())
    if len(rows) < widest + 4 or usual < RIM_PICTURE_LEVELS or variety[0] > RIM_LINE_PLAIN * usual:
        return 0
    ends = np.flatnonzero(variety[:widest] > RIM_LINE_ENDS * usual)
    return int(ends[0]) + 1 + RIM_LINE_RINGS_PX if ends.size else 0

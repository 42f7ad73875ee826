"""What may lie beyond the first frame's border: things that the border cuts go on, others are not seen twice.

The picture is mirrored outwards along the direction in which its structures meet the border, so that straight lines go
on straight. Where the mirror would show something that is not at the border itself (a second moon, a second head), what
is at the border is drawn out instead; and all of it is more and more blurred outwards.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.model import Map, Picture

RIM_LINE_PX, RIM_LINE_LEVELS = 8, 25.0
"""Greatest width of a line along a side of the picture, and how far its brightness differs from what is beside it."""
RIM_LINE_SHARE = 0.35
"""Least share of the side along which it runs."""
SLANT_MOST = 1.3
"""Greatest sideways way per way outwards of a line that is continued."""
UNLIKE = 40.0
"""Levels by which the mirrored picture may differ from the border before it fades."""
SOFTEST = 0.9
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
    tall[:margin] = _beyond(inner[: margin + 1])[::-1]
    tall[-margin:] = _beyond(inner[: -margin - 2 : -1])
    left, right = tall[:, : margin + 1], tall[:, : -margin - 2 : -1]
    out[:, :margin] = _beyond(left.swapaxes(0, 1))[::-1].swapaxes(0, 1)
    out[:, -margin:] = _beyond(right.swapaxes(0, 1)).swapaxes(0, 1)
    return out


def _beyond(inner: Picture) -> Picture:
    """(m, n, channels) what lies beyond a side of which `inner` (m + 1, n, channels) lies before, both from it on."""
    inner = np.ascontiguousarray(inner)
    margin, length = inner.shape[0] - 1, inner.shape[1]
    quarter = length // _PART, max(margin // _PART, 2)
    small = np.asarray(cv2.resize(inner, quarter, interpolation=cv2.INTER_AREA), np.uint8)
    place, source = _ways(_slants(small), small.shape[0])
    target, share = _soft(small, place, source)
    size = (length, margin)
    aside = cv2.resize(source - np.arange(small.shape[1], dtype=np.float32), size) * np.float32(length / small.shape[1])
    across = np.arange(length, dtype=np.float32) + aside
    down = np.repeat(np.arange(1, margin + 1, dtype=np.float32)[:, None], length, axis=1)
    mirror = cv2.remap(inner, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    wide = np.asarray(cv2.resize(share, size), np.float32)
    return np.asarray(cv2.blendLinear(mirror, cv2.resize(target, size), 1 - wide, wide), np.uint8)


def _slants(small: Picture) -> Row:
    """(n,) sideways way per way inwards of the lines that meet the side, 0 where there are none (least squares)."""
    colours = small.astype(np.float32)
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


def _soft(small: Picture, place: Map, source: Map) -> tuple[Picture, Map]:
    """What is shown in place of the mirrored picture, and by which share, both at a quarter of the size."""
    depth = small.shape[0]
    away = np.repeat(np.arange(depth, dtype=np.float32)[:, None], small.shape[1], axis=1)
    far = (away / depth) ** np.float32(0.7)
    kept = _kept(small, place, source, away)
    mirrored = _at(_softened(small, depth / 40 + 0.5), source, away)
    target = cv2.blendLinear(mirrored, _drawn_out(small, place, far), kept, 1 - kept)
    return np.asarray(target, np.uint8), np.asarray(1 - kept * (1 - SOFTEST * far), np.float32)


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
    """`image` without the thin line that cut-out pictures have along a side; continued it would be a stroke."""
    out = image
    for turn in range(4):
        side = np.rot90(image, turn)
        rows = side[: RIM_LINE_PX + 8 : 1].astype(np.float32).mean(axis=2)
        inner = rows[RIM_LINE_PX : RIM_LINE_PX + 4].mean(axis=0)
        unlike = [float(np.mean(np.abs(row - inner) > RIM_LINE_LEVELS)) for row in rows[:RIM_LINE_PX]]
        width = next((k for k, share in enumerate(unlike) if share < RIM_LINE_SHARE), RIM_LINE_PX)
        if 0 < width < RIM_LINE_PX:
            out = out.copy() if out is image else out
            turned = np.rot90(out, turn)
            width += 1
            turned[:width] = turned[2 * width : width : -1][:width]
    return out

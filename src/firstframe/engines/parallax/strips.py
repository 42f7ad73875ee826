"""Texture beyond a side of the picture: strips from deeper inside, moved outwards to where they go on from the border.

A mirror image is continuous but betrays itself by its axis; surf, leaves and snow are better continued by more of the
same. Every part of the side looks for the shift under which what lies inside best repeats what lies at the border, and
neighbours keep one shift where they can (shift maps; Pritch, Kav-Venaki and Peleg 2009, here a chain solved exactly).
Single things would come twice, so strips are shown only where fine detail is as evenly spread as texture spreads it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.model import Map, Picture

DEPTHS = 3
"""How deep, in margins, the picture is searched."""
ROWS, BAND = 20, 10
"""Rows of the margin in the small picture that is searched, and those inside the border that a strip must repeat."""
WINDOW, STEP, ASIDE = 12, 6, 34
"""Columns of a part of the side, from one part to the next, and by which a strip may be moved aside."""
SWITCH = 0.4
"""Cost of another shift than the neighbour's."""
BROAD, GRAIN, UNEVEN, LINED = 0.7, 0.5, 2.0, 4.0
"""Weights of looking unlike the border all in all, of finer or coarser detail, of detail that is not everywhere, and of
edges that run the same way."""
STRAIGHT = 0.5
"""How far edges of any texture may run the same way at no cost."""
PLAIN = 5.0
"""Levels of detail that count as none."""
PLAINEST = 2 * math.log(PLAIN) + 0.3
"""Least strength of detail that is worth going on: skies and what is out of focus are as well mirrored."""
COST, EVENNESS, ALIGNED = (3.2, 4.6), (-0.26, -0.14), (0.6, 0.75)
"""Costs from which a strip is shown less, and not at all; evenness from which it is shown at all, and fully; how far
all its edges may run one way, as those of a kerb, a pole or drawn hair do, to be shown fully, and at all."""
JOINT = 0.2
"""Share of the margin within which the mirror image, which is seamless, gives way to a strip where both agree."""

Costs = NDArray[np.float32]
Columns = NDArray[np.float32]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Strip:
    """Columns `start` to `end` of a side are continued by those `down` rows inside and `aside` to the right."""

    start: int
    end: int
    down: int
    aside: int


@dataclass(frozen=True)
class Grain:
    """Fine detail of the small picture; in both maps the strip from every place on, WINDOW wide and ROWS deep."""

    strength: Map
    """Logarithm of its mean energy."""
    evenness: Map
    """0 where it is the same everywhere, less where single things stand out (logarithm of geometric by common mean)."""
    aligned: Map
    """1 where all edges run the same way (coherence of the structure tensor), but 0 where that is along the side."""

    def single(self, rows: int) -> Map:
        """Cost of showing, in `rows` of places, what stands out rather than a texture."""
        straight = np.maximum(self.aligned[: rows + 1] - np.float32(STRAIGHT), 0)
        return np.asarray(np.float32(LINED) * straight - np.float32(UNEVEN) * self.evenness[: rows + 1], np.float32)

    def textured(self, row: int | Places, columns: Places) -> Columns:
        """0…1 how far what is at some places is a texture."""
        even = np.interp(self.evenness[row, columns], EVENNESS, (0, 1))
        return np.asarray(even * np.interp(self.aligned[row, columns], ALIGNED, (1, 0)), np.float32)


def cover(beyond: Picture, inner: Picture, guide: Picture) -> None:
    """Lay strips over what lies `beyond` (margin, n, channels) a side, wherever they continue a texture.

    `inner` (rows, n, channels) is the picture from the side inwards, `guide` what is at the border, drawn out.
    """
    margin, length = beyond.shape[:2]
    factor = max(round(margin / ROWS), 1)
    rows, columns = -(-margin // factor), length // factor
    if inner.shape[0] < (2 * rows + BAND + 2) * factor or columns < 2 * WINDOW:
        return
    small = _shrunk(inner[: (2 * rows + BAND) * factor, : columns * factor], factor)
    grain = _grain(small, rows)
    starts = np.arange(0, columns - WINDOW + 1, STEP)
    textured = grain.textured(0, starts) * (grain.strength[0, starts] > PLAINEST)
    likely = np.flatnonzero(_sure(textured) > 0)
    if not likely.size:
        return
    costs = _costs(small, np.asarray(cv2.resize(guide, (columns, rows)), np.uint8), grain, likely)
    shifts = _chain(costs.reshape(len(costs), -1))
    found = _joined(shifts, costs.shape[2], rows, factor, length)
    shown = _shown(costs, shifts, grain, textured, np.arange(length) / factor)
    green = np.asarray(cv2.extractChannel(inner, 1), np.uint8)
    for strip in found:
        seen = strip.start + np.flatnonzero(shown[strip.start : strip.end])
        if seen.size:
            part = Strip(int(seen[0]), int(seen[-1]) + 1, strip.down, strip.aside)
            _lay(beyond, inner, _refined(green, part, factor), shown, 2 * factor)


def _shrunk(picture: Picture, factor: int) -> Picture:
    size = picture.shape[1] // factor, picture.shape[0] // factor
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _grain(small: Picture, rows: int) -> Grain:
    colours = small.astype(np.float32)
    fine = colours - cv2.GaussianBlur(colours, (0, 0), rows / 6)
    energy = np.asarray(cv2.GaussianBlur((fine * fine).mean(axis=2), (0, 0), 1.5) + PLAIN**2, np.float32)
    strength = np.log(_mean(energy, rows))
    across, down = (cv2.Scharr(colours, cv2.CV_32F, *way) / np.float32(32) for way in ((1, 0), (0, 1)))
    xx, yy, xy = (_mean(product.mean(axis=2), rows) for product in (across * across, down * down, across * down))
    aligned = np.sqrt((xx - yy) ** 2 + 4 * xy * xy) - np.maximum(yy - xx, 0)
    aligned /= xx + yy + np.float32(PLAIN**2 / 12)
    return Grain(strength, _mean(np.log(energy), rows) - strength, aligned)


def _mean(values: Map, rows: int) -> Map:
    mean = cv2.boxFilter(values, -1, (WINDOW, rows), anchor=(0, 0), borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(mean, np.float32)


def _costs(small: Picture, guide: Picture, grain: Grain, likely: Places) -> Costs:
    """(parts, shifts down, shifts aside) how much a strip would fail to go on from the `likely` parts, else 0."""
    rows, columns = guide.shape[0], small.shape[1]
    inner, border = _halved(small[: 2 * rows]), _halved(guide[::-1])
    single = grain.single(rows)
    costs = np.zeros(((columns - WINDOW) // STEP + 1, rows + 1, 2 * ASIDE + 1), np.float32)
    costs[likely] = np.inf
    for part in likely:
        start = int(part) * STEP
        left, right = max(start - ASIDE, 0), min(start + WINDOW + ASIDE, columns)
        band = _unlike(small[rows:, left:right], small[:BAND, start : start + WINDOW])
        broad = _unlike(inner[:, left // 2 : -(-right // 2)], border[:, start // 2 : (start + WINDOW) // 2])
        there = slice(left, left + band.shape[1])
        own = grain.strength[0, start]
        cost = (band + np.float32(BROAD) * broad.repeat(2, 0).repeat(2, 1)[: rows + 1, : band.shape[1]]) / np.exp(own)
        cost += np.float32(GRAIN) * (grain.strength[: rows + 1, there] - own) ** 2 + single[:, there] + single[0, start]
        first = left - start + ASIDE
        costs[part, :, first : first + band.shape[1]] = cost
    return costs


def _halved(picture: Picture) -> Picture:
    size = -(-picture.shape[1] // 2), -(-picture.shape[0] // 2)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _unlike(where: Picture, what: Picture) -> Costs:
    """Mean squared levels by which `what` differs from every place in `where`."""
    found = cv2.matchTemplate(where, what, cv2.TM_SQDIFF)
    return np.asarray(found.clip(0) / what.size, np.float32)


def _chain(costs: Costs) -> Places:
    """(parts,) the shifts with the least sum of costs and switches (Viterbi)."""
    best = costs.copy()
    came = np.empty(costs.shape, np.int32)
    same = np.arange(costs.shape[1], dtype=np.int32)
    for part in range(1, len(costs)):
        before = best[part - 1]
        other = int(np.argmin(before))
        least = before[other] + np.float32(SWITCH)
        came[part] = np.where(before > least, other, same)
        best[part] += np.minimum(before, least)
    shifts = np.full(len(costs), np.argmin(best[-1]), np.intp)
    for part in range(len(costs) - 1, 0, -1):
        shifts[part - 1] = came[part, shifts[part]]
    return shifts


def _joined(shifts: Places, wide: int, rows: int, factor: int, length: int) -> list[Strip]:
    """Neighbouring parts with the same shift as one strip, in pixels of the picture."""
    out: list[Strip] = []
    start = 0
    for part in [*(np.flatnonzero(np.diff(shifts)) + 1), len(shifts)]:
        end = length if part == len(shifts) else (part * STEP + (WINDOW - STEP) // 2) * factor
        down, aside = divmod(int(shifts[part - 1]), wide)
        out.append(Strip(start, end, (rows + down) * factor, (aside - ASIDE) * factor))
        start = end
    return out


def _shown(costs: Costs, shifts: Places, grain: Grain, textured: Columns, at: NDArray[np.float64]) -> Columns:
    """0…1 how far strips are shown at the columns `at` of the small picture."""
    parts = np.arange(len(costs))
    down, aside = np.divmod(shifts, costs.shape[2])
    columns = np.clip(STEP * parts + aside - ASIDE, 0, grain.evenness.shape[1] - 1)
    both = np.minimum(textured, grain.textured(down, columns))
    share = both * np.interp(costs[parts, down, aside], COST, (1, 0))
    smooth = cv2.GaussianBlur(_sure(share)[None], (0, 0), 0.7)[0]
    return np.asarray(np.interp(at, STEP * parts + WINDOW / 2, smooth), np.float32)


def _sure(share: NDArray[np.floating[Any]]) -> Columns:
    """The least of every part and its neighbours."""
    return np.asarray(cv2.erode(share[None].astype(np.float32), np.ones((1, 3), np.uint8))[0], np.float32)


def _refined(green: Picture, strip: Strip, factor: int) -> Strip:
    """The strip with its shift found anew among the pixels that the small picture could not tell apart."""
    deep = BAND * factor // 2
    left, right = strip.start + strip.aside - factor, strip.end + strip.aside + factor
    where = green[strip.down - factor : strip.down + deep + factor, max(left, 0) : right]
    if left < 0 or right > green.shape[1] or len(where) < deep + 2 * factor:
        return strip
    found = cv2.matchTemplate(where, green[:deep, strip.start : strip.end], cv2.TM_SQDIFF)
    y, x = np.unravel_index(int(np.argmin(found)), found.shape)
    return Strip(strip.start, strip.end, strip.down + int(y) - factor, strip.aside + int(x) - factor)


def _lay(beyond: Picture, inner: Picture, strip: Strip, shown: Columns, fade: int) -> None:
    """Lay one strip over what lies beyond, fading in over what was laid before it."""
    margin, length = beyond.shape[:2]
    down = max(strip.down, margin)
    start = max(strip.start - fade, 0, -strip.aside)
    end = min(strip.end + fade, length, length - strip.aside)
    if end <= start:
        return
    source = inner[down - margin : down, start + strip.aside : end + strip.aside]
    taken = np.asarray(cv2.flip(source, 0), np.uint8)
    along = shown[start:end].copy()
    if start > 0:
        ramp = min(2 * fade, end - start)
        along[:ramp] *= np.linspace(0, 1, ramp + 2, dtype=np.float32)[1:-1]
    under = np.ascontiguousarray(beyond[:, start:end])
    share = _past_joint(taken, under, fade) * along
    beyond[:, start:end] = cv2.blendLinear(taken, under, share, 1 - share)


def _past_joint(taken: Picture, under: Picture, fade: int) -> Map:
    """0 from the border up to a line along which both show nearly the same, 1 beyond it."""
    reach = max(round(JOINT * len(taken)), 2)
    unlike = cv2.absdiff(cv2.extractChannel(taken[:reach], 1), cv2.extractChannel(under[:reach], 1))
    near = cv2.blur(unlike.astype(np.float32), (2 * fade + 1, 3), borderType=cv2.BORDER_REPLICATE)
    line = cv2.GaussianBlur(near.argmin(axis=0).astype(np.float32)[None], (0, 0), fade / 2)
    rows = np.arange(len(taken), dtype=np.float32)[:, None]
    return np.asarray(np.clip((rows - line) / 3, 0, 1), np.float32)

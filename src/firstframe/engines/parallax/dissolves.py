"""Two phases of a stream that dissolve into one another keep their contrast.

The mean of two textures that have nothing in common has less contrast than either: the sea would pulse. So detail is
set off more from the local mean, by as much as the mean of both has lost (Heitz and Neyret 2018, "High-performance
by-example noise using a histogram-preserving blending operator").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from firstframe.engines.parallax.atmosphere.veil import STEP_PX, change_luma_by
from firstframe.engines.parallax.canvas import Canvas
from firstframe.engines.parallax.cells import Grid
from firstframe.engines.parallax.motion import Stream
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.staging import Sheet
from firstframe.media.colour import Plane, Yuv420

CELL = 8
"""Canvas pixels along the sides of what is looked at as one."""
FINE, BROAD = 0.008, 0.03
"""Radii of the local means from which fine detail stands out, and from which those stand out, in short edges."""
NOISE_CODES = 2.0
"""Detail that counts as none: two phases of it are never told apart."""
OUTLINES = (18.0, 26.0)
"""Codes by which broad detail stands out from which it is no texture, but outlines, which would get halos: contrast is
given back less, and not at all. Seas have 4 to 15, waterfalls up to 24, flames from 20."""
_BLACK = np.float32(16)


@dataclass(frozen=True)
class Dissolves:
    """All streams of a clip that are seen in two phases, and what may lie over them."""

    stage: Stage
    second_phases: dict[int, Map]
    """Index of a sheet that shows a second phase -> (h, w, 2), one point per canvas cell: how unlike both phases are,
    0…1, in fine and in broad detail."""
    mattes: Sequence[Map | None]
    """Opacity of every sheet likewise; None means opaque everywhere."""

    @classmethod
    def of(cls, sheets: Sequence[Sheet], stage: Stage) -> Dissolves | None:
        """Those of a composition; None when nothing in it dissolves."""
        found = {
            index: _unlike(sheet.canvas, sheet.texture.streams[sheet.second_phase], stage)
            for index, sheet in enumerate(sheets)
            if sheet.second_phase is not None
        }
        return cls(stage, found, [_matte(sheet.canvas) for sheet in sheets]) if found else None

    def restore(self, frame: Yuv420, shown: Sequence[int], grids: Sequence[Grid], opacities: Sequence[float]) -> None:
        """Give `frame`, composed of the sheets `shown`, the contrast back that it has lost; in place.

        `grids` and `opacities` are those of all sheets. Where and when one phase is seen alone nothing changes.
        """
        gain: Map | None = None
        for place, index in enumerate(shown):
            if index in self.second_phases and opacities[index] < 1:
                seen = self._seen(shown[place + 1 :], grids, opacities)
                more = (self._gain(index, grids[index], opacities[index]) - 1) * seen
                gain = more + 1 if gain is None else gain * (more + 1)
        if gain is not None:
            fine, broad = gain[..., 0], gain[..., 1]
            near, wide = _local_means(frame.y, self.stage.size.short_edge)
            change_luma_by(fine, (broad - fine) * near + (1 - broad) * wide, frame.y)

    def _gain(self, index: int, grid: Grid, opacity: float) -> Map:
        """(rows, columns, 2) how much contrast has been lost between both phases of a stream."""
        matte = self.mattes[index]
        assert matte is not None, "second phases are only shown where something streams"
        weight = np.float32(opacity) * _sampled(matte, grid)[..., None]
        kept = 1 - 2 * weight * (1 - weight) * _sampled(self.second_phases[index], grid)
        return np.asarray(1 / np.sqrt(kept), np.float32)

    def _seen(self, above: Sequence[int], grids: Sequence[Grid], opacities: Sequence[float]) -> Map | float:
        """(rows, columns, 1) 0…1 how much the sheets `above` leave to be seen."""
        seen: Map | float = 1.0
        for index in above:
            matte = self.mattes[index]
            cover = np.float32(1) if matte is None else _sampled(matte, grids[index])[..., None]
            seen = np.asarray(seen * (1 - np.float32(opacities[index]) * cover), np.float32)
        return seen


def _sampled(cells: Map, grid: Grid) -> Map:
    place = np.asarray((grid + np.float32(0.5)) * np.float32(1 / CELL) - np.float32(0.5), np.float32)
    x, y = place[..., 0], place[..., 1]
    return np.asarray(cv2.remap(cells, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _local_means(luma: Plane, short_edge: int) -> tuple[Map, Map]:
    """Luma above black around every lattice point of the frame, from near and from far."""
    rows, columns = (length // STEP_PX for length in luma.shape)
    whole = luma[: rows * STEP_PX, : columns * STEP_PX]
    cells = cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32) - _BLACK
    below, right = (-(-length // STEP_PX) + 1 - n for length, n in zip(luma.shape, cells.shape, strict=True))
    # Lattice points lie at the corners of cells: each is the mean of the four around it.
    wide_cells = cv2.copyMakeBorder(cells, 1, below, 1, right, cv2.BORDER_REPLICATE)
    corners = np.asarray(cv2.boxFilter(wide_cells, -1, (2, 2), anchor=(0, 0))[:-1, :-1], np.float32)
    near, wide = (_blurred(corners, radius * short_edge / STEP_PX) for radius in (FINE, BROAD))
    return near, wide


def _blurred(values: Map, sigma: float) -> Map:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), max(sigma, 0.3), borderType=cv2.BORDER_REPLICATE), np.float32)


def _matte(canvas: Canvas) -> Map | None:
    return None if canvas.alpha is None else _shrunk(canvas.alpha, CELL) * np.float32(1 / 255)


def _shrunk(plane: Plane | Map, factor: int) -> Map:
    height, width = plane.shape
    small = cv2.resize(np.asarray(plane), (width // factor, height // factor), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)


def _unlike(canvas: Canvas, stream: Stream, stage: Stage) -> Map:
    """(h, w, 2) 1 − correlation of both phases in the middle of a dissolve, of fine and of broad detail, 0…1.

    What streams slowly, or is long beside its way, looks much the same in both. Outlines count as alike.
    """
    radius = stage.size.short_edge * stage.scale
    factor = max(round(FINE * radius / 2), 1)
    luma, cells = _shrunk(canvas.y, factor), _shrunk(canvas.y, CELL)
    fine = luma - _blurred(luma, FINE * radius / factor)
    broad = _blurred(cells, FINE * radius / CELL) - _blurred(cells, BROAD * radius / CELL)
    maps = []
    for detail, pooled in ((fine, 4 * FINE), (broad, 2 * BROAD)):
        one, other = _phases(detail, stream, stage)
        size = cells.shape[::-1]
        common, power, other_power = (
            _blurred(np.asarray(cv2.resize(p, size, interpolation=cv2.INTER_AREA), np.float32), pooled * radius / CELL)
            for p in (one * other, one * one, other * other)
        )
        noise = np.float32(NOISE_CODES**2)
        both = np.sqrt(power * other_power)
        maps.append(1 - np.clip((common + noise) / (both + noise), 0, 1))
    texture = np.interp(np.sqrt(both), OUTLINES, (1, 0))
    return np.asarray(np.dstack(maps) * texture[..., None], np.float32)


def _phases(detail: Map, stream: Stream, stage: Stage) -> tuple[Map, Map]:
    """What of `detail` of a canvas, at any size, is seen at every place of it in the middle of a dissolve."""
    height, width = detail.shape
    across = width / (stage.canvas_size[0] + 2 * round(stage.margin_px * stage.scale))
    margin = round(stage.margin_px * stage.scale * across)
    inner = cv2.resize(stream.velocity, (width - 2 * margin, height - 2 * margin))
    way = np.asarray(cv2.copyMakeBorder(inner, margin, margin, margin, margin, cv2.BORDER_REPLICATE), np.float32)
    way = way * np.float32(stream.period / 2 * stage.scale * across)
    x, y = np.meshgrid(*(np.arange(length, dtype=np.float32) for length in (width, height)))
    right, down = way[..., 0], way[..., 1]
    return _moved(detail, x - right, y - down), _moved(detail, x + right, y + down)


def _moved(detail: Map, x: Map, y: Map) -> Map:
    return np.asarray(cv2.remap(detail, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)

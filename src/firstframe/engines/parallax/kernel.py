"""The warp kernel: composes moved layers straight in planar YUV 4:2:0. It knows grids and canvases, nothing of scenes.

A cell (`cells`) that a layer hides completely is not drawn by the layers below; one that a layer does not reach is not
drawn by that layer. Bands of cell rows are drawn by several threads; the bytes do not depend on how many.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np

from firstframe.clip import FrameSize
from firstframe.engines.parallax.canvas import Canvas
from firstframe.engines.parallax.cells import GRID_STEP, MIXED, OPAQUE, SKIP, SOLID, Grid, draw_cells, judge_cells
from firstframe.media.colour import Yuv420


def grid_shape(size: FrameSize) -> tuple[int, int]:
    """(rows, columns) of the control grid of a frame: one point per 8 pixels and one past each end."""
    return -(-size.height // GRID_STEP) + 1, -(-size.width // GRID_STEP) + 1


def compose(
    canvases: Sequence[Canvas],
    grids: Sequence[Grid],
    opacities: Sequence[float],
    out: Yuv420,
    threads: int | None = None,
) -> None:
    """Draw the layers, back to front, into `out`; the same bytes for any number of threads.

    `grids[k][j, i]` is the (x, y) position in canvas k, in its pixels with centres at integers, that output pixel
    (8 i, 8 j) is taken from; bilinear between grid points. Shape `grid_shape(size) + (2,)`, float32. Positions outside
    a canvas give its edge. The first canvas is drawn opaque. An opacity of 0…1 multiplies the layer's matte.
    Raises `ValueError` when counts or shapes do not fit.
    """
    layers = _checked(canvases, grids, opacities, out)
    bands = _bands(-(-out.y.shape[0] // GRID_STEP), threads or _thread_count())
    if len(bands) == 1:
        _draw_band(layers, out, *bands[0])
        return
    for done in [_pool().submit(_draw_band, layers, out, *band) for band in bands]:
        done.result()


def warm_up() -> None:
    """Compile the kernel, or load it from numba's cache on disk, before the first frame asks for it."""
    size = FrameSize(16, 16)
    grey = Yuv420(*(np.full(plane, 128, np.uint8) for plane in ((16, 16), (8, 8), (8, 8))))
    canvas = Canvas.from_planes(grey, np.tile(np.array([0, 255], np.uint8), (16, 8)))
    rows, columns = grid_shape(size)
    grid = np.zeros((rows, columns, 2), np.float32)
    compose([canvas, canvas], [grid, grid], [1.0, 0.5], Yuv420.empty(size))


Layer = tuple[Canvas, Grid, int]


def _checked(canvases: Sequence[Canvas], grids: Sequence[Grid], opacities: Sequence[float], out: Yuv420) -> list[Layer]:
    if not canvases or not len(canvases) == len(grids) == len(opacities):
        raise ValueError(f"{len(canvases)} canvases, {len(grids)} grids, {len(opacities)} opacities")
    height, width = out.y.shape
    expected = (*grid_shape(FrameSize(width, height)), 2)
    for grid in grids:
        if grid.shape != expected or grid.dtype != np.float32:
            raise ValueError(f"grid is {grid.dtype} {grid.shape}, expected float32 {expected}")
    strengths = [OPAQUE, *(round(min(max(opacity, 0.0), 1.0) * OPAQUE) for opacity in opacities[1:])]
    return [
        (canvas, np.ascontiguousarray(grid), strength)
        for canvas, grid, strength in zip(canvases, grids, strengths, strict=True)
        if strength > 0
    ]


def _thread_count() -> int:
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 8)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_thread_count(), thread_name_prefix="warp")


def _bands(rows: int, threads: int) -> list[tuple[int, int]]:
    count = min(rows, 1 if threads == 1 else 4 * threads)
    return [(rows * k // count, rows * (k + 1) // count) for k in range(count)]


def _draw_band(layers: list[Layer], out: Yuv420, first: int, end: int) -> None:
    columns = -(-out.y.shape[1] // GRID_STEP)
    kinds = np.empty((len(layers), end - first, columns), np.uint8)
    lowest = np.zeros((end - first, columns), np.uint8)
    for index, (canvas, grid, strength) in enumerate(layers):
        height, width = canvas.y.shape
        solid_always = index == 0 or (canvas.matte is None and strength == OPAQUE)
        mixed_always = canvas.matte is None and not solid_always
        if solid_always or mixed_always:
            kinds[index] = SOLID if solid_always else MIXED
        else:
            judge_cells(grid, first, height, width, canvas.visible, canvas.translucent, strength, kinds[index])
        lowest[kinds[index] == SOLID] = index
    for index, (canvas, grid, strength) in enumerate(layers):
        kinds[index][lowest > index] = SKIP
        matte = canvas.luma if canvas.matte is None else canvas.matte
        draw_cells(
            canvas.luma, canvas.chroma, matte, canvas.matte is not None, strength, grid, first, kinds[index],
            out.y, out.u, out.v,
        )  # fmt: skip

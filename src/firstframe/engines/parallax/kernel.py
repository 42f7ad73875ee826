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
from firstframe.engines.parallax.cells import MIXED, OPAQUE, SKIP, SOLID, Grid, Kinds, draw_cells, fix_grid, judge_cells
from firstframe.engines.parallax.direct import CELL_SIDE
from firstframe.media.colour import Yuv420
from firstframe.settings import settings

THREADS_MAX = 8
"""Unless the setting says otherwise: more wait for memory."""
GRID_STEP = CELL_SIDE
"""Output pixels between grid points."""


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
    a canvas give its edge. The first canvas is drawn opaque. An opacity of 0…1 multiplies the layer's matte; a chroma
    site takes the mean opacity of the luma samples above and below it. `threads` defaults to the setting of that name.
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
"""Canvas, grid and strength of one layer; strength as in `cells.OPAQUE`."""


def _checked(canvases: Sequence[Canvas], grids: Sequence[Grid], opacities: Sequence[float], out: Yuv420) -> list[Layer]:
    if not canvases or not len(canvases) == len(grids) == len(opacities):
        raise ValueError(f"{len(canvases)} canvases, {len(grids)} grids, {len(opacities)} opacities")
    height, width = out.y.shape
    for plane, shape in (
        (out.y, (height, width)),
        (out.u, (height // 2, width // 2)),
        (out.v, (height // 2, width // 2)),
    ):
        if height % 2 or width % 2 or plane.shape != shape or plane.dtype != np.uint8 or not plane.flags.c_contiguous:
            raise ValueError("the output must be contiguous uint8 planes of an even size, chroma half as large")
    expected = (*grid_shape(FrameSize(width, height)), 2)
    for grid in grids:
        if grid.shape != expected or grid.dtype != np.float32:
            raise ValueError(f"grid is {grid.dtype} {grid.shape}, expected float32 {expected}")
    strengths = [OPAQUE, *(round(min(max(opacity, 0.0), 1.0) * OPAQUE) for opacity in opacities[1:])]
    layers = zip(canvases, map(np.ascontiguousarray, grids), strengths, strict=True)
    return [layer for layer in layers if layer[2] > 0]


def _thread_count() -> int:
    return settings().threads or min(
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 8
    )


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_thread_count(), thread_name_prefix="warp")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)  # a child inherits the pool but not its threads


def _bands(rows: int, threads: int) -> list[tuple[int, int]]:
    # More bands than threads, because cells that two layers share cost twice as much as others.
    count = min(rows, 1 if threads == 1 else 2 * threads)
    return [(rows * k // count, rows * (k + 1) // count) for k in range(count)]


def _draw_band(layers: list[Layer], out: Yuv420, first: int, end: int) -> None:
    height, width = out.y.shape
    kinds = _kinds(layers, first, end, -(-width // GRID_STEP))
    fixed = np.empty((end - first + 1, kinds.shape[2] + 1, 2), np.int32)
    for (canvas, grid, strength), layer_kinds in zip(layers, kinds, strict=True):
        fix_grid(grid, first, fixed)
        matte = canvas.luma if canvas.matte is None else canvas.matte
        canvas_height, canvas_width = canvas.y.shape
        draw_cells(
            canvas.luma.reshape(-1), canvas.chroma.reshape(-1), matte.reshape(-1), canvas.matte is not None,
            canvas_height, canvas_width, strength, fixed, first, layer_kinds,
            out.y.reshape(-1), out.u.reshape(-1), out.v.reshape(-1), height, width,
        )  # fmt: skip


def _kinds(layers: list[Layer], first: int, end: int, columns: int) -> Kinds:
    # (layers, rows, columns); whatever lies below the topmost layer that hides its cell is skipped.
    kinds = np.full((len(layers), end - first, columns), SOLID, np.uint8)
    for index in range(len(layers) - 1, 0, -1):
        canvas, grid, strength = layers[index]
        if canvas.matte is not None:
            height, width = canvas.y.shape
            judge_cells(grid, first, height, width, canvas.visible, canvas.translucent, strength, kinds[index])
        elif strength < OPAQUE:
            kinds[index] = MIXED
    hidden = np.zeros(kinds.shape[1:], bool)
    for layer_kinds in kinds[::-1]:
        solid = layer_kinds == SOLID
        layer_kinds[hidden] = SKIP
        hidden |= solid
    return kinds

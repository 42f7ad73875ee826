"""The warp kernel next to OpenCV doing the same work: moved layers composed in planar YUV 4:2:0, at 1080p.

Both run on one thread and take turns, so that a busy machine disturbs them alike; times are processor time per frame.
OpenCV remaps luma with its bicubic filter, chroma and matte bilinearly, and blends; spreading the grid into its maps
is not counted, although every frame would need it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.engines.parallax.canvas import Canvas
from firstframe.engines.parallax.kernel import GRID_STEP, compose, grid_shape, warm_up
from firstframe.media.colour import Yuv420
from measure import report

SIZE = FrameSize(1920, 1080)
CANVAS = FrameSize(2432, 1380)
SCALE = 1.25
Grid = NDArray[np.float32]
Scene = list[tuple[Canvas, Grid]]
Maps = tuple[Grid, Grid, Grid, Grid]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20, help="frames per scene and program (default: 20)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    warm_up()
    rows = [row(name, scene, options.rounds) for name, scene in scenes().items()]
    report.show(rows, {"ratio, median": median(row["OpenCV / kernel"] for row in rows)}, options.json)


def scenes() -> dict[str, Scene]:
    """What a clip is made of: moves that the fast path takes, one that it does not, hard and soft mattes."""
    back, front = canvas(1, None), canvas(2, ellipse())
    haze = canvas(3, cv2.GaussianBlur(noise(4, CANVAS.width, CANVAS.height), (0, 0), 8))
    return {
        "one layer, zoomed": [(back, grid(0))],
        "one layer, water": [(back, grid(0, wave=4))],
        "one layer, rolled by 4 degrees": [(back, grid(4))],
        "one layer, rolled by 10 degrees": [(back, grid(10))],
        "two layers, a subject": [(back, grid(0, wave=2)), (front, grid(0, wave=4))],
        "two layers, haze all over": [(back, grid(0)), (haze, grid(0, wave=2))],
    }


def noise(seed: int, width: int, height: int) -> NDArray[np.uint8]:
    """A plane with detail everywhere."""
    plane = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), 1.5), np.uint8)


def ellipse() -> NDArray[np.uint8]:
    """A matte that covers three tenths of the picture, with a soft rim."""
    matte = np.zeros((CANVAS.height, CANVAS.width), np.uint8)
    middle = (CANVAS.width // 2, CANVAS.height * 3 // 5)
    cv2.ellipse(matte, middle, (CANVAS.width // 5, CANVAS.height // 2), 0, 0, 360, 255, -1)
    return np.asarray(cv2.GaussianBlur(matte, (0, 0), 4), np.uint8)


def canvas(seed: int, matte: NDArray[np.uint8] | None) -> Canvas:
    """A layer of noise."""
    planes = [noise(seed + k, CANVAS.width >> (k > 0), CANVAS.height >> (k > 0)) for k in range(3)]
    return Canvas.from_planes(Yuv420(*planes), matte)


def grid(degrees: float, wave: float = 0.0) -> Grid:
    """The canvas at its usual scale, turned about its middle, with waves of `wave` canvas pixels."""
    rows, columns = grid_shape(SIZE)
    y, x = np.mgrid[0:rows, 0:columns] * float(GRID_STEP)
    across, down = x - SIZE.width / 2, y - SIZE.height / 2
    cosine, sine = np.cos(np.radians(degrees)) * SCALE, np.sin(np.radians(degrees)) * SCALE
    places = [
        CANVAS.width / 2 + cosine * across + sine * down + wave * np.sin(y / 50),
        CANVAS.height / 2 + cosine * down - sine * across + wave * np.sin(x / 70),
    ]
    return np.dstack(places).astype(np.float32)


def row(name: str, scene: Scene, rounds: int) -> report.Row:
    """Median processor time of both for one frame."""
    out = Yuv420.empty(SIZE)
    canvases, grids = [layer for layer, _ in scene], [places for _, places in scene]
    maps = [spread(places) for places in grids]
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(cpu_ms(lambda: compose(canvases, grids, [1.0] * len(scene), out, threads=1)))
        theirs.append(cpu_ms(lambda: compose_with_opencv(canvases, maps)))
    return {
        "scene": name,
        "kernel, ms": median(ours),
        "best, ms": min(ours),
        "OpenCV, ms": median(theirs),
        "OpenCV / kernel": median(theirs) / median(ours),
    }


def cpu_ms(work: Callable[[], object]) -> float:
    """Processor time of one call in milliseconds."""
    begin = time.process_time()
    work()
    return 1000 * (time.process_time() - begin)


def spread(places: Grid) -> Maps:
    """Position of every luma sample in the canvas and of every chroma site in its half-size planes: x, y, x, y."""
    x, y = cv2.split(cv2.warpAffine(places, np.diag([GRID_STEP, GRID_STEP, 0.0])[:2], (SIZE.width, SIZE.height)))
    site_x, site_y = (np.ascontiguousarray(axis[::2, ::2] + axis[1::2, ::2]) / 4 for axis in (x, y))
    return x, y, site_x, site_y - 0.25


def compose_with_opencv(canvases: list[Canvas], maps: list[Maps]) -> list[NDArray[np.uint8]]:
    """Y, u and v of the same frame, as one would write it with OpenCV."""
    planes: list[NDArray[np.uint8]] = []
    for layer, (x, y, site_x, site_y) in zip(canvases, maps, strict=True):
        moved = [remapped(layer.y, x, y, cv2.INTER_CUBIC)]
        moved += [remapped(plane, site_x, site_y, cv2.INTER_LINEAR) for plane in (layer.u, layer.v)]
        if layer.alpha is not None:
            share = remapped(layer.alpha, x, y, cv2.INTER_LINEAR).astype(np.float32) / 255
            site_share = np.ascontiguousarray(share[::2, ::2] + share[1::2, ::2]) / 2
            pairs = zip(moved, planes, (share, site_share, site_share), strict=True)
            moved = [np.asarray(cv2.blendLinear(over, under, w, 1 - w), np.uint8) for over, under, w in pairs]
        planes = moved
    return planes


def remapped(plane: NDArray[np.uint8], x: Grid, y: Grid, filter_: int) -> NDArray[np.uint8]:
    """One plane with its edge continued."""
    return np.asarray(cv2.remap(plane, x, y, filter_, borderMode=cv2.BORDER_REPLICATE), np.uint8)


if __name__ == "__main__":
    main()

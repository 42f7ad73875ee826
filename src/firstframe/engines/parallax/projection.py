"""From a camera pose to the grid of a layer: for every eighth output pixel, where in the canvas it comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.engines.parallax.camera import FOCAL, Pose
from firstframe.engines.parallax.cells import Grid
from firstframe.engines.parallax.kernel import GRID_STEP, grid_shape
from firstframe.engines.parallax.native import compiled, inlined

FIXED_POINT_STEPS = 3
COARSE = 4
"""Grid points between two that are solved for."""


@dataclass(frozen=True)
class Stage:
    """How a canvas lies around the frame: frame pixels × about `scale`, after a margin of `margin_px` × `scale`."""

    size: FrameSize
    scale: float
    margin_px: int

    @property
    def grid_shape(self) -> tuple[int, int]:
        """Rows and columns of the grid points that cover the frame."""
        return grid_shape(self.size)

    @property
    def canvas_size(self) -> tuple[int, int]:
        """Width and height in pixels, both even, of the canvas without its margin."""
        return 2 * round(self.size.width * self.scale / 2), 2 * round(self.size.height * self.scale / 2)


def rotation(pose: Pose) -> NDArray[np.float64]:
    """Matrix that turns directions seen by the moved camera back into those of the first frame's camera."""
    cy, sy = math.cos(pose.yaw), math.sin(pose.yaw)
    cp, sp = math.cos(pose.pitch), math.sin(pose.pitch)
    cr, sr = math.cos(pose.roll), math.sin(pose.roll)
    yaw = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    pitch = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    roll = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(yaw @ pitch @ roll)


def project(stage: Stage, pose: Pose, depth_inverse: Grid, displacement: Grid, out: Grid) -> None:
    """Fill `out` (rows, columns, 2) with canvas positions in pixels, (x, y), pixel centres at integers.

    `depth_inverse` (h, w) covers the frame; `displacement` (h', w', 2) covers it too and holds how far the
    scene has moved there, in frame pixels. The position solves q = ρ(q)·T + (1 − ρ(q)·T_z)·q₀ by fixed-point
    iteration, where q₀ is the direction of the output pixel and T the camera's translation.
    """
    rows, columns = out.shape[:2]
    width, height = stage.size.width, stage.size.height
    canvas_width, canvas_height = stage.canvas_size
    _project(
        width,
        height,
        (canvas_width / width, canvas_height / height),
        stage.margin_px * stage.scale,
        rotation(pose),
        np.array([pose.x, pose.y, pose.z]),
        FOCAL,
        FOCAL * math.exp(pose.zoom),
        depth_inverse,
        displacement,
        np.empty(((rows - 1) // COARSE + 2, (columns - 1) // COARSE + 2, 2), np.float32),
        out,
    )


@inlined
def _bilinear(image: Grid, x: float, y: float) -> float:
    h, w = image.shape
    x = min(max(x, 0.0), w - 1.001)
    y = min(max(y, 0.0), h - 1.001)
    i, j = int(x), int(y)
    fx, fy = x - i, y - j
    top = image[j, i] * (1 - fx) + image[j, i + 1] * fx
    low = image[j + 1, i] * (1 - fx) + image[j + 1, i + 1] * fx
    return float(top * (1 - fy) + low * fy)


@compiled
def _project(
    width: int,
    height: int,
    scale: tuple[float, float],
    margin: float,
    turn: NDArray[np.float64],
    travel: NDArray[np.float64],
    focal: float,
    focal_now: float,
    depth: Grid,
    moved: Grid,
    coarse: Grid,
    out: Grid,
) -> None:
    """Solve every fourth grid point and interpolate between: depth is smooth inside a layer; displacement is not."""
    short = min(width, height)
    dh, dw = depth.shape
    for r in range(coarse.shape[0]):
        v = (r * COARSE * GRID_STEP + 0.5 - height / 2) / (short * focal_now)
        for c in range(coarse.shape[1]):
            u = (c * COARSE * GRID_STEP + 0.5 - width / 2) / (short * focal_now)
            dz = turn[2, 0] * u + turn[2, 1] * v + turn[2, 2]
            qx0 = (turn[0, 0] * u + turn[0, 1] * v + turn[0, 2]) / dz
            qy0 = (turn[1, 0] * u + turn[1, 1] * v + turn[1, 2]) / dz
            qx, qy = qx0, qy0
            for _ in range(FIXED_POINT_STEPS):
                x = (qx * focal * short + width / 2) * dw / width - 0.5
                y = (qy * focal * short + height / 2) * dh / height - 0.5
                rho = _bilinear(depth, x, y)
                qx = rho * travel[0] + (1 - rho * travel[2]) * qx0
                qy = rho * travel[1] + (1 - rho * travel[2]) * qy0
            coarse[r, c, 0] = qx * focal * short + width / 2
            coarse[r, c, 1] = qy * focal * short + height / 2
    _refine(coarse, width, height, scale, margin, moved, out)


@inlined
def _refine(
    coarse: Grid, width: int, height: int, scale: tuple[float, float], margin: float, moved: Grid, out: Grid
) -> None:
    """Positions between the coarse ones, taken back by how far the scene has moved there.

    Canvas sides are whole even numbers: were one scale taken for both axes, the far end would lie off by up to a pixel.
    """
    scale_x, scale_y = scale
    mh, mw = moved.shape[:2]
    for r in range(out.shape[0]):
        j, fy = r // COARSE, (r % COARSE) / COARSE
        for c in range(out.shape[1]):
            i, fx = c // COARSE, (c % COARSE) / COARSE
            w00, w01, w10, w11 = (1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy
            x = (
                coarse[j, i, 0] * w00
                + coarse[j, i + 1, 0] * w01
                + coarse[j + 1, i, 0] * w10
                + coarse[j + 1, i + 1, 0] * w11
            )
            y = (
                coarse[j, i, 1] * w00
                + coarse[j, i + 1, 1] * w01
                + coarse[j + 1, i, 1] * w10
                + coarse[j + 1, i + 1, 1] * w11
            )
            if mh > 1:
                mx, my = x * mw / width - 0.5, y * mh / height - 0.5
                x, y = x - _bilinear(moved[:, :, 0], mx, my), y - _bilinear(moved[:, :, 1], mx, my)
            out[r, c, 0] = x * scale_x + margin - 0.5
            out[r, c, 1] = y * scale_y + margin - 0.5

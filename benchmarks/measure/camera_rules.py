"""The camera rules of VBench-I2V: which move did the four middle edge points of a tracked grid make?

VBench-2.0 adds two: an orbit moves what is high and what is low to opposite sides; an oblique move nears and rises.
Source: Vchitect/VBench, `vbench2_beta_i2v/camera_motion.py` and `VBench-2.0/vbench2/camera_motion.py` (Apache-2.0),
restated. Directions are the picture's: content that moves to the left is a camera that pans to the right.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from measure.tracker import GRID

MOVES = ("pan_left", "pan_right", "tilt_up", "tilt_down", "zoom_in", "zoom_out", "static")
MOVED_SHARE = 0.005
"""A point has moved when it went further than this share of the short edge."""

ORBIT_STEP_FRAMES = 20
ORBIT_SHARE = 0.008
"""Of the short edge: by at least so much the upper points move aside between two looks, and up or down by less."""
_ORBIT_ROWS, _ORBIT_COLUMN = (0, 1, GRID - 2, GRID - 1), 2

_BOTH = {
    ("left", "left"): "pan_right",
    ("right", "right"): "pan_left",
    ("down", "down"): "tilt_up",
    ("up", "up"): "tilt_down",
    ("static", "static"): "static",
}
TOP_AND_BOTTOM = _BOTH | {("up", "down"): "zoom_in", ("down", "up"): "zoom_out"}
LEFT_AND_RIGHT = _BOTH | {("left", "right"): "zoom_in", ("right", "left"): "zoom_out"}


def moves_seen(tracks: NDArray[np.float32], short_edge: int) -> set[str]:
    """The moves that tracks (frames, 100, 2) in pixels show; empty when they show none of `MOVES`.

    A clip obeys when the move asked for is among them.
    """
    first, last = (np.trunc(tracks[index]).reshape(GRID, GRID, 2) for index in (0, -1))
    way = last - first
    middle, end = GRID // 2, GRID - 1
    top, bottom, left, right = (
        _directions(way[row, column], MOVED_SHARE * short_edge)
        for row, column in ((0, middle), (end, middle), (middle, 0), (middle, end))
    )
    seen = {TOP_AND_BOTTOM.get(pair) for pair in product(top, bottom)}
    seen |= {LEFT_AND_RIGHT.get(pair) for pair in product(left, right)}
    moves = {move for move in seen if move is not None}
    return moves - {"static"} if len(moves) > 1 else moves


def is_orbit(tracks: NDArray[np.float32], width: int, height: int) -> bool:
    """Whether tracks (looks, 100, 2), `ORBIT_STEP_FRAMES` apart, show an orbit between any two looks in succession.

    Of four points near the left edge, two high and two low, those that stay in the frame are asked.
    """
    points = np.trunc(tracks).reshape(len(tracks), GRID, GRID, 2)[:, _ORBIT_ROWS, _ORBIT_COLUMN]
    inside = ((points > 0) & (points < (width, height))).all(axis=2)
    least_px = ORBIT_SHARE * min(width, height)
    return any(
        _turns(before[valid], after[valid], min(width, height) / 2, least_px)
        for before, after, valid in zip(points[:-1], points[1:], inside[:-1] & inside[1:], strict=True)
        if valid.any()
    )


def is_oblique(moves: set[str]) -> bool:
    """Whether the moves that `moves_seen` found make an oblique shot."""
    return {"tilt_up", "zoom_in"} <= moves


def _turns(before: NDArray[np.float32], after: NDArray[np.float32], middle_px: float, least_px: float) -> bool:
    way = after - before
    low = before[:, 1] > middle_px
    upper, lower = (float(way[part, 0].mean()) if part.any() else 0.0 for part in (~low, low))
    return abs(float(way[:, 1].mean())) < least_px and upper * lower < 0 and abs(upper) > least_px


def _directions(way_px: NDArray[np.float32], least_px: float) -> list[str]:
    x, y = way_px
    found = ["right"] if x > least_px else ["left"] if x < -least_px else []
    found += ["down"] if y > least_px else ["up"] if y < -least_px else []
    return found or ["static"]

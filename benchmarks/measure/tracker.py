"""A weights-free point tracker: pyramidal Lucas-Kanade from frame to frame, lost points carried by the scene's motion.

It stands in for the neural tracker of VBench-I2V (CoTracker on a 10 × 10 grid) where the motion is that of a camera.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Points = NDArray[np.float32]

GRID = 10
CARRIER_GRID = 16
CARRIER_POINTS_LEAST = 12
FORTH_AND_BACK_PX = 0.7
WINDOW_PX, LEVELS = 25, 4
STOP = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 20, 0.01)


def grid(width: int, height: int, columns: int = GRID) -> Points:
    """Points (columns², 2) as x, y in pixels, row by row, with a margin of width / 64 (CoTracker's grid)."""
    margin = width / 64
    x, y = np.linspace(margin, width - margin, columns), np.linspace(margin, height - margin, columns)
    return np.stack(np.meshgrid(x, y), -1).reshape(-1, 2).astype(np.float32)


def track(frames: Iterable[Grey]) -> NDArray[np.float32]:
    """Follow the grid of the first frame through all frames (H, W); gives tracks (frames, 100, 2) as x, y in pixels.

    A point that leaves the picture, or that does not come back within 0.7 px when tracked backwards, moves with the
    affine motion that RANSAC finds on a denser grid.
    """
    frames = iter(frames)
    before = next(frames)
    height, width = before.shape
    carrier = grid(width, height, CARRIER_GRID)
    tracks = [grid(width, height)]
    for after in frames:
        tracks.append(_step(before, after, tracks[-1], carrier))
        before = after
    return np.array(tracks)


def _step(before: Grey, after: Grey, points: Points, carrier: Points) -> Points:
    height, width = before.shape
    moved, trusted = _flow(before, after, np.vstack([points, carrier]))
    count = len(points)
    inside = ((points >= 0) & (points < (width, height))).all(axis=1)
    lost = ~(trusted[:count] & inside)
    result = moved[:count].copy()
    result[lost] = _carried(points[lost], carrier[trusted[count:]], moved[count:][trusted[count:]])
    return result


def _flow(before: Grey, after: Grey, points: Points) -> tuple[Points, NDArray[np.bool_]]:
    settings = {"winSize": (WINDOW_PX, WINDOW_PX), "maxLevel": LEVELS, "criteria": STOP}
    start = points[:, None].astype(np.float32)
    moved, forth, _ = cv2.calcOpticalFlowPyrLK(before, after, start, None, **settings)
    returned, back, _ = cv2.calcOpticalFlowPyrLK(after, before, moved, None, **settings)
    error_px = np.linalg.norm(start - returned, axis=2)[:, 0]
    return moved[:, 0], (forth[:, 0] > 0) & (back[:, 0] > 0) & (error_px < FORTH_AND_BACK_PX)


def _carried(points: Points, source: Points, target: Points) -> Points:
    if len(points) == 0 or len(source) < CARRIER_POINTS_LEAST:
        return points
    motion, _ = cv2.estimateAffine2D(source, target, method=cv2.RANSAC, ransacReprojThreshold=1.5)
    return points if motion is None else (points @ motion[:, :2].T + motion[:, 2]).astype(np.float32)

"""BT.709 limited-range colour: 8-bit RGB pictures to planar YUV 4:2:0 frames and back.

OpenCV serves here as a fast matrix product and filter; its own YUV conversion is BT.601 and wrong for HD video.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FrameSize

Plane = NDArray[np.uint8]

_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722
_LUMA = np.array([[_RED, _GREEN, _BLUE]])
_CHROMA = np.array(
    [
        [-_RED / (2 * (1 - _BLUE)), -_GREEN / (2 * (1 - _BLUE)), 0.5],
        [0.5, -_GREEN / (2 * (1 - _RED)), -_BLUE / (2 * (1 - _RED))],
    ]
)
# 8-bit quantisation of ITU-R BT.709, limited range: luma 16 … 235, chroma 16 … 240 about 128.
_LUMA_SPAN, _CHROMA_SPAN, _LUMA_ZERO, _CHROMA_ZERO = 219 / 255, 224 / 255, 16, 128
_RGB_TO_Y = np.hstack([_LUMA * _LUMA_SPAN, [[_LUMA_ZERO]]])
_EIGHTHS = _CHROMA * _CHROMA_SPAN / 8
_YUV_TO_RGB = np.linalg.inv(np.vstack([_LUMA * _LUMA_SPAN, _CHROMA * _CHROMA_SPAN]))
_YUV_TO_RGB = np.hstack([_YUV_TO_RGB, -_YUV_TO_RGB @ [[_LUMA_ZERO], [_CHROMA_ZERO], [_CHROMA_ZERO]]])


@dataclass(frozen=True)
class Yuv420:
    """One frame: BT.709 limited-range planes, `y` (H, W) and `u`, `v` (H/2, W/2), uint8, chroma left-sited."""

    y: Plane
    u: Plane
    v: Plane

    @classmethod
    def empty(cls, size: FrameSize) -> Yuv420:
        """A frame with uninitialised planes, to be filled in place."""
        half = (size.height // 2, size.width // 2)
        return cls(np.empty((size.height, size.width), np.uint8), np.empty(half, np.uint8), np.empty(half, np.uint8))


def to_yuv420(rgb: NDArray[np.uint8], out: Yuv420 | None = None) -> Yuv420:
    """Convert a full-range RGB picture of shape (H, W, 3), both edges even, into `out` or a new frame.

    Chroma is sited with the even luma columns and half way between rows, as H.264 assumes by default: horizontally
    filtered by 1-2-1, vertically averaged, and rounded once.
    Raises `ValueError` for an odd edge, or when `out` has another size.
    """
    height, width = rgb.shape[:2]
    if height % 2 or width % 2:
        raise ValueError(f"4:2:0 needs even edges, not {width}×{height}")
    frame = out or Yuv420.empty(FrameSize(width, height))
    if frame.y.shape != (height, width):
        raise ValueError(f"a frame of {frame.y.shape[1]}×{frame.y.shape[0]} cannot take a picture of {width}×{height}")
    frame.y[...] = cv2.transform(rgb, _RGB_TO_Y)
    frame.u[...], frame.v[...] = cv2.convertScaleAbs(_chroma(rgb), alpha=1, beta=_CHROMA_ZERO)
    return frame


def to_rgb(frame: Yuv420) -> NDArray[np.uint8]:
    """Convert a frame to a full-range RGB picture of shape (H, W, 3), chroma interpolated linearly at its siting."""
    yuv = cv2.merge([frame.y.astype(np.float32), _full_size(frame.u), _full_size(frame.v)])
    return np.clip(np.rint(cv2.transform(yuv, _YUV_TO_RGB)), 0, 255).astype(np.uint8)


def _chroma(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Chroma about zero at the chroma sites, shape (2, H/2, W/2).

    Each pair of neighbouring pixels is one column of a matrix product that gives 2·even + odd, and odd alone; the odd
    pixel belongs to the site on its right as well.
    """
    rows = np.asarray(cv2.add(rgb[0::2], rgb[1::2], dtype=cv2.CV_32F), np.float32)
    height, width = rows.shape[0], rows.shape[1] // 2
    weights = np.block([[2 * _EIGHTHS, _EIGHTHS], [0 * _EIGHTHS, _EIGHTHS]]).astype(np.float32)
    parts = (weights @ rows.reshape(-1, 6).T).reshape(4, height, width)
    chroma: NDArray[np.float32] = parts[:2]
    odd = parts[2:]
    left_edge = (chroma[..., 0] - odd[..., 0]) / 2
    chroma[..., 1:] += odd[..., :-1]
    chroma[..., 0] += left_edge
    return chroma


def _full_size(plane: Plane) -> NDArray[np.float32]:
    """Chroma at every luma site. Columns sit at x/2, rows at (y + 0.5)/2 − 0.5 of the chroma plane."""
    height, width = plane.shape
    to_chroma = np.array([[0.5, 0, 0], [0, 0.5, -0.25]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    edge = cv2.BORDER_REPLICATE
    full = cv2.warpAffine(plane.astype(np.float32), to_chroma, (2 * width, 2 * height), flags=flags, borderMode=edge)
    return np.asarray(full, np.float32)

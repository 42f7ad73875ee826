"""A layer's own colour: what the subject looks like without the background shining through its edge."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.fill import push_pull
from firstframe.engines.parallax.scene.model import Picture
from firstframe.engines.parallax.scene.shapes import Mask, bounding_box, padded, resized, smoothstep


def decompose(picture: Picture, alpha: Picture, behind: Picture) -> tuple[Picture, Picture, Picture]:
    """Foreground colour, opacity and background of `picture` ≈ α·foreground + (1-α)·background.

    All (H, W[, 3]) uint8. The background is `behind`, untouched: correcting it so that the composition becomes exact was
    tried, and leaves the outline of the subject behind as a ghost as soon as the layers slide apart. The renderer shows
    the whole picture while they lie on one another, so exactness is not needed here.
    """
    foreground = picture.copy()
    box = bounding_box(alpha > 0)
    if box is not None:
        part = padded(box, 8, alpha.shape)
        foreground[part] = _unmixed(picture[part], alpha[part], behind[part])
    return foreground, alpha, behind


def _unmixed(picture: Picture, alpha: Picture, behind: Picture) -> Picture:
    """The exact solution where the foreground is dense, its smooth continuation where it is thin."""
    a = (alpha.astype(np.float32) / 255)[..., None]
    exact = (picture - (1 - a) * behind) / np.maximum(a, 0.05)
    share = smoothstep(0.15, 0.6, a)
    colour = _smooth_foreground(picture, alpha) * (1 - share) + exact * share
    return np.rint(np.clip(colour, 0, 255)).astype(np.uint8)


def _smooth_foreground(picture: Picture, alpha: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """The dense pixels' own colour, carried smoothly outwards over the thin ones; at half size, it has no detail there."""
    size = (alpha.shape[0] + 1) // 2, (alpha.shape[1] + 1) // 2
    dense: Mask = (alpha > 235).astype(np.uint8)
    if not dense.any():
        dense = (alpha >= alpha.max()).astype(np.uint8)
    half = cv2.resize(picture, (size[1], size[0]), interpolation=cv2.INTER_AREA)
    weight = (resized(dense.astype(np.float32), size, cv2.INTER_AREA) > 0.99).astype(np.float32)
    if not weight.any():
        weight = resized(dense.astype(np.float32), size, cv2.INTER_AREA)
    spread = resized(push_pull(half, weight), alpha.shape)
    share = smoothstep(0.85, 1.0, alpha.astype(np.float32) / 255)[..., None]
    return spread + (picture - spread) * share

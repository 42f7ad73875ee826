"""A layer's own colour, so that layers composed at rest give the picture back within one level."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.fill import push_pull
from firstframe.engines.parallax.scene.model import Picture
from firstframe.engines.parallax.scene.shapes import Mask, bounding_box, padded, resized, smoothstep


def decompose(picture: Picture, alpha: Picture, behind: Picture) -> tuple[Picture, Picture, Picture]:
    """Foreground colour, opacity and background of `picture` = α·foreground + (1-α)·background, within ±1.

    All (H, W[, 3]) uint8. `behind` is the fill wished for: it is kept where the foreground covers it and corrected where
    the matte still shows it. What is left of the picture after a smooth estimate of the foreground goes into
    the foreground where that is dense and into the background where it is thin; in the few pixels where neither can hold it,
    the opacity becomes 0 or 1.
    """
    background, foreground, opacity = picture.copy(), picture.copy(), alpha.copy()
    box = bounding_box(alpha > 0)
    if box is None:
        return foreground, opacity, background
    part = padded(box, 8, alpha.shape)
    exact = _exact(picture[part], alpha[part], behind[part])
    foreground[part], opacity[part], background[part] = exact
    return foreground, opacity, background


def _exact(picture: Picture, alpha: Picture, behind: Picture) -> tuple[Picture, Picture, Picture]:
    a = (alpha.astype(np.float32) / 255)[..., None]
    target = picture.astype(np.float32)
    foreground = _smooth_foreground(picture, alpha)
    background = behind.astype(np.float32)
    rest = target - a * foreground - (1 - a) * background
    dense = smoothstep(0.25, 0.75, a)
    foreground = _levels(foreground + dense * rest / np.maximum(a, 1e-3))
    background = np.where(a < 1, _levels(background + (1 - dense) * rest / np.maximum(1 - a, 1e-3)), background)
    foreground = np.where(a > 0.25, _levels((target - (1 - a) * background) / np.maximum(a, 1e-3)), foreground)
    background = np.where(a < 0.75, _levels((target - a * foreground) / np.maximum(1 - a, 1e-3)), background)
    wrong = np.abs(a * foreground + (1 - a) * background - target).max(axis=2) > 0.999
    solid = wrong & (alpha >= 128)
    clear = wrong & (alpha < 128)
    foreground[solid], background[clear] = target[solid], target[clear]
    opacity = alpha.copy()
    opacity[solid], opacity[clear] = 255, 0
    return foreground.astype(np.uint8), opacity, background.astype(np.uint8)


def _levels(
    colour: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.rint(np.clip(colour, 0, 255))


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

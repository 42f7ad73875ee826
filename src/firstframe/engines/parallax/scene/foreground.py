"""A layer's own colour: what the subject looks like without the background shining through its edge."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.fill import push_pull
from firstframe.engines.parallax.scene.filters import resized, shrunk_picture, smoothstep, widened
from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.shapes import bounding_box, padded

SHRINK = 3
"""Canvas pixels per pixel of the colours that are carried on."""
LEAST_OPACITY = 25
"""Under it, of 255, a layer shows too little to have a colour of its own."""


def own_colour(picture: Picture, alpha: Picture) -> Picture:
    """Straight colour (H, W, 3) of the layer that covers `picture` with `alpha` (H, W).

    Where the layer is dense the picture is unmixed from the background seen right beside it; where it is thin,
    and beyond its edge, the dense pixels' colour is carried on smoothly. The fill behind a layer is left alone:
    correcting it until the composition at rest is exact leaves the outline of the subject behind as a ghost.
    """
    foreground = picture.copy()
    thin = bounding_box((alpha > 0) & (alpha < 255))
    if thin is not None:
        part = padded(thin, 16, alpha.shape)
        foreground[part] = _unmixed(picture[part], alpha[part])
    return foreground


def colour_over(picture: Picture, alpha: Picture, behind: Picture) -> Picture:
    """Straight colour (H, W, 3) of a layer that, with `alpha` (H, W) over `behind`, shows `picture` as it is.

    For what lies before a sky that drifts but never slides: the sky is smooth, so a doubtful outline shows nothing.
    """
    foreground = picture.copy()
    band = (alpha >= LEAST_OPACITY) & (alpha < 255)
    a = (alpha[band].astype(np.float32) / 255)[:, None]
    exact = (picture[band] - (1 - a) * behind[band]) / a
    foreground[band] = (np.clip(exact, 0, 255) + 0.5).astype(np.uint8)
    return foreground


def _unmixed(picture: Picture, alpha: Picture) -> Picture:
    dense, beside = _spread(picture, alpha >= 240), _spread(picture, alpha <= 5)
    band = (alpha < 255) & (widened(alpha > 0, 6) > 0)
    rows, columns = np.nonzero(band)
    places = rows // SHRINK, columns // SHRINK
    dense_here, beside_here, seen = dense[places], beside[places], picture[band].astype(np.float32)
    a = (alpha[band].astype(np.float32) / 255)[:, None]
    exact = (seen - (1 - a) * beside_here) / np.maximum(a, 0.1)
    share = smoothstep(0.25, 0.8, a)
    out = picture.copy()
    out[band] = (np.clip(dense_here * (1 - share) + exact * share, 0, 255) + 0.5).astype(np.uint8)
    return out


def _spread(picture: Picture, known: NDArray[np.bool_]) -> Map:
    """The colour of the known pixels carried smoothly over all others, shrunk; it has no detail there."""
    size = -(-known.shape[0] // SHRINK), -(-known.shape[1] // SHRINK)
    small, share = shrunk_picture(picture, size), resized(known, size, cv2.INTER_AREA)
    weight = (share > 0.99).astype(np.float32)
    return push_pull(small, weight if weight.any() else share)

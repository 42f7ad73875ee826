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
ALIKE = 2
"""Levels that nobody sees."""
DENSE = 0.94
"""Opacity from which on the picture is as good as the layer's own."""
SPARE = 3.0
"""Opacity taken per opacity needed: with the very least, colours would be the most extreme there are."""


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


def shown_over(picture: Picture, alpha: Picture, behind: Picture) -> tuple[Picture, Picture]:
    """Straight colour (H, W, 3) and opacity (H, W) of a layer that shows `picture` as it is when it lies over `behind`.

    Its opacity is `alpha` (H, W), and more where no colour would do. For what lies before the sky: that is smooth, so
    that a doubtful outline shows nothing, even when the sky drifts or slides a little.
    """
    opacity = np.maximum(alpha, _needed(picture, behind))
    band = (opacity > 0) & (opacity < 255)
    a = (opacity[band].astype(np.float32) / 255)[:, None]
    foreground = picture.copy()
    exact = (picture[band] - (1 - a) * behind[band]) / a
    foreground[band] = (np.clip(exact, 0, 255) + 0.5).astype(np.uint8)
    return foreground, opacity


def _needed(picture: Picture, behind: Picture) -> Picture:
    """(H, W) opacity with which any colour over `behind` can show `picture`, with some to spare; 0 where they agree."""
    brighter, darker = cv2.subtract(picture, behind), cv2.subtract(behind, picture)
    room = cv2.divide(brighter, 255 - behind, scale=255 * SPARE), cv2.divide(darker, behind, scale=255 * SPARE)
    needed = np.maximum(*room).max(axis=2)
    needed[np.maximum(brighter, darker).max(axis=2) <= ALIKE] = 0
    return np.asarray(needed, np.uint8)


def _unmixed(picture: Picture, alpha: Picture) -> Picture:
    dense, beside = _spread(picture, alpha >= 240), _spread(picture, alpha <= 5)
    band = (alpha < 255) & (widened(alpha > 0, 6) > 0)
    rows, columns = np.nonzero(band)
    places = rows // SHRINK, columns // SHRINK
    dense_here, beside_here, seen = dense[places], beside[places], picture[band].astype(np.float32)
    a = (alpha[band].astype(np.float32) / 255)[:, None]
    exact = (seen - (1 - a) * beside_here) / np.maximum(a, 0.1)
    share = smoothstep(0.25, 0.8, a)
    own = dense_here * (1 - share) + exact * share
    thin = (a[:, 0] > 0) & (a[:, 0] < DENSE)
    seen, a, beside_here, dense_here = seen[thin], a[thin], beside_here[thin], dense_here[thin]
    own[thin] += _backdrop(seen, beside_here, a * (dense_here - beside_here)) * (seen - own[thin])
    out = picture.copy()
    out[band] = (np.clip(own, 0, 255) + 0.5).astype(np.uint8)
    return out


def _backdrop(seen: Map, beside: Map, expected: Map) -> Map:
    """(n, 1) 0…1: what is `seen` differs far less from what is `beside` than the layer's own colour would make it."""
    apart, due = (np.sqrt((part * part).sum(axis=1, keepdims=True)) for part in (seen - beside, expected))
    return 1 - smoothstep(0.2, 0.5, apart / (due + ALIKE))


def _spread(picture: Picture, known: NDArray[np.bool_]) -> Map:
    """The colour of the known pixels carried smoothly over all others, shrunk; it has no detail there."""
    size = -(-known.shape[0] // SHRINK), -(-known.shape[1] // SHRINK)
    small, share = shrunk_picture(picture, size), resized(known, size, cv2.INTER_AREA)
    weight = (share > 0.99).astype(np.float32)
    return push_pull(small, weight if weight.any() else share)

"""Racking the focus: what stays sharp, and the copy of a sheet that is out of focus."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from firstframe.engines.parallax.border import extend
from firstframe.engines.parallax.canvas import Canvas
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.scene.model import Layer, Map, Scene
from firstframe.media.colour import Yuv420

BLUR_SHARE = 0.006
"""Width of the blur in short edges."""
_MIDDLE = 0.3
"""Side of the middle of the picture, as a share, that is focused on when there is no subject."""


def sharp_share(layers: Sequence[Layer], scene: Scene) -> Map:
    """(h, w) 0…1 how far the layers behind the subject's own stay sharp: not at all, or where an unsure subject is.

    Without any, all that is as near as the middle of the picture stays sharp. The edge is soft, so that nothing hangs
    on an outline which could not be trusted with a layer.
    """
    depth = scene.single_depth_inverse
    if layers[-1].name == "subject":
        return np.zeros_like(depth)
    subject = scene.classes.get("subject")
    if subject is not None:
        return np.asarray(cv2.GaussianBlur(subject, (0, 0), 0.012 * max(subject.shape)), np.float32)
    height, width = depth.shape
    top, left = round(height * (1 - _MIDDLE) / 2), round(width * (1 - _MIDDLE) / 2)
    near, far = float(depth[top : height - top, left : width - left].min()), float(depth.min())
    share = np.clip((depth - (far + near) / 2) / max((near - far) / 2, 0.02), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def out_of_focus(canvas: Canvas, sharp: Map, stage: Stage) -> Canvas:
    """A blurred copy of `canvas`, transparent where `sharp` (h, w) says so."""
    sigma = BLUR_SHARE * stage.size.short_edge * stage.scale
    y, u, v = (
        np.asarray(cv2.GaussianBlur(plane, (0, 0), width), np.uint8)
        for plane, width in ((canvas.y, sigma), (canvas.u, sigma / 2), (canvas.v, sigma / 2))
    )
    margin = round(stage.margin_px * stage.scale)
    height, width = y.shape
    blurred = np.asarray(np.rint(255 * (1 - sharp.clip(0, 1))), np.uint8)
    inner = cv2.resize(blurred, (width - 2 * margin, height - 2 * margin))
    alpha = extend(np.asarray(inner, np.uint8), margin)
    return Canvas.from_planes(Yuv420(y, u, v), alpha if canvas.alpha is None else np.minimum(alpha, canvas.alpha))

"""What stands out: colours that the rim of the picture does not have, sharpness, the middle, and colour words."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import smoothstep, words
from firstframe.engines.parallax.scene.views import Views

COLOUR_WORDS: dict[str, tuple[float, float, float]] = {
    "red": (48, 62, 42), "orange": (65, 38, 60), "yellow": (85, 0, 75), "golden": (75, 8, 60), "green": (50, -42, 35),
    "blue": (45, 5, -48), "purple": (40, 42, -40), "pink": (70, 40, 0), "brown": (38, 18, 28), "black": (10, 0, 0),
    "white": (93, 0, 0), "grey": (55, 0, 0), "gray": (55, 0, 0), "silver": (70, 0, -2), "turquoise": (65, -35, -10),
}  # fmt: skip
"""Lab of the colours that prompts name."""


def contrast_to_rim(lab: Map) -> Map:
    """0…1: the least Mahalanobis distance to the colours of the left, right and upper rim (after MB+, Zhang 2015).

    The lower rim is left out because subjects so often stand on it.
    """
    height, width = lab.shape[:2]
    depth = max(2, round(0.06 * min(height, width)))
    rims = (lab[:, :depth], lab[:, -depth:], lab[:depth])
    distances = [_mahalanobis(lab, rim.reshape(-1, 3)) for rim in rims]
    nearest = np.sort(np.stack(distances), axis=0)
    contrast = 0.6 * nearest[0] + 0.4 * nearest[1]
    return (contrast / max(float(np.percentile(contrast, 98)), 1e-3)).clip(0, 1).astype(np.float32)


def _mahalanobis(lab: Map, sample: Map) -> Map:
    covariance = np.cov(sample.T) + 12.0 * np.eye(3)
    difference = lab - sample.mean(axis=0)
    return np.sqrt(np.einsum("hwi,ij,hwj->hw", difference, np.linalg.inv(covariance), difference)).astype(np.float32)


def sharpness(detail: Map) -> Map:
    """0…1: fine contrast against what is usual in this picture, spread a little: high where the lens was focused."""
    spread = cv2.GaussianBlur(np.minimum(detail, np.percentile(detail, 97)), (0, 0), 6)
    top = max(float(np.percentile(spread, 97)), 0.35)
    return (spread / top).clip(0, 1).astype(np.float32)


def named_colour(lab: Map, subjects: Iterable[str]) -> Map | None:
    """0…1 likeness to the colours that the subjects' words name, or None when they name none."""
    anchors = [COLOUR_WORDS[word] for word in sorted(words(subjects)) if word in COLOUR_WORDS]
    if not anchors:
        return None
    weights = np.array([0.35, 1.0, 1.0], np.float32)
    distances = [np.sqrt((((lab - np.array(a, np.float32)) * weights) ** 2).sum(axis=2)) for a in anchors]
    return (1 - smoothstep(14, 36, np.minimum.reduce(distances).astype(np.float32))).astype(np.float32)


def middle(size: tuple[int, int]) -> Map:
    """0…1: a broad hill over the middle of the picture, a little below it."""
    rows = (np.arange(size[0], dtype=np.float32) / size[0] - 0.53) / 0.36
    columns = (np.arange(size[1], dtype=np.float32) / size[1] - 0.5) / 0.30
    return np.exp(-0.5 * (rows[:, None] ** 2 + columns[None] ** 2)).astype(np.float32)


def saliency(views: Views, subjects: Iterable[str]) -> Map:
    """(h, w) 0…1: how likely a pixel belongs to the main thing of the picture."""
    contrast = cv2.GaussianBlur(contrast_to_rim(views.lab), (0, 0), 2.5)
    focus = sharpness(views.detail)
    score = (0.62 * contrast + 0.38 * focus) * (0.25 + 0.75 * middle(views.size))
    colour = named_colour(views.lab, subjects)
    if colour is not None and 0.004 < float((colour > 0.5).mean()) < 0.4:
        score = score * (0.6 + 0.8 * cv2.GaussianBlur(colour, (0, 0), 3))
    return (score / max(float(np.percentile(score, 99.5)), 1e-3)).clip(0, 1).astype(np.float32)

"""What stands out: colours that the rim of the picture does not have, sharpness, the middle, and colour words."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from firstframe.engines.parallax.scene.filters import Mask, Size, blurred, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.nouns import words
from firstframe.engines.parallax.scene.shapes import disc, grown, opened, plane, shrunk, touching
from firstframe.engines.parallax.scene.views import Views

COLOUR_WORDS: dict[str, tuple[float, float, float]] = {
    "red": (48, 62, 42), "orange": (65, 38, 60), "yellow": (85, 0, 75), "golden": (75, 8, 60), "green": (50, -42, 35),
    "blue": (45, 5, -48), "purple": (40, 42, -40), "pink": (70, 40, 0), "brown": (38, 18, 28), "black": (10, 0, 0),
    "white": (93, 0, 0), "grey": (55, 0, 0), "gray": (55, 0, 0), "silver": (70, 0, -2), "turquoise": (65, -35, -10),
}  # fmt: skip
"""Lab of the colours that prompts name."""


def saliency(views: Views, subjects: Iterable[str]) -> Map:
    """(h, w) 0…1: how likely a pixel belongs to the main thing of the picture."""
    contrast = blurred(contrast_to_rim(views.lab), 2.5)
    focus = sharpness(views.detail)
    usual = min(float(np.median(focus)), 0.9)
    score = 0.62 * contrast + 0.38 * ((focus - usual) / (1 - usual)).clip(0, 1)
    score = score * (0.25 + 0.75 * _middle(views.size))
    colour = named_colour(views.lab, subjects)
    if colour is not None and 0.004 < float((colour > 0.5).mean()) < 0.4:
        score = score * (0.6 + 0.8 * blurred(colour, 3))
    return np.asarray((score / max(float(np.percentile(score, 99.5)), 1e-3)).clip(0, 1), np.float32)


def contrast_to_rim(lab: Map) -> Map:
    """0…1: the least Mahalanobis distance to the colours of the left, right and upper rim (after MB+, Zhang 2015).

    The lower rim is left out because subjects so often stand on it.
    """
    depth = max(2, round(0.06 * min(lab.shape[:2])))
    rims = (lab[:, :depth], lab[:, -depth:], lab[:depth])
    nearest = np.sort(np.stack([_mahalanobis(lab, rim.reshape(-1, 3)) for rim in rims]), axis=0)
    contrast = 0.6 * nearest[0] + 0.4 * nearest[1]
    return np.asarray((contrast / max(float(np.percentile(contrast, 98)), 1e-3)).clip(0, 1), np.float32)


def _mahalanobis(lab: Map, sample: Map) -> Map:
    inverse = np.linalg.inv(np.cov(sample.T) + 12.0 * np.eye(3)).astype(np.float32)
    difference = lab - sample.mean(axis=0)
    return np.asarray(np.sqrt(np.maximum(((difference @ inverse) * difference).sum(axis=2), 0)), np.float32)


def sharpness(detail: Map) -> Map:
    """0…1: fine contrast against what is usual in this picture, spread a little: high where the lens was focused."""
    spread = blurred(np.minimum(detail, np.percentile(detail, 97)), 6)
    top = max(float(np.percentile(spread, 97)), 0.35)
    return (spread / np.float32(top)).clip(0, 1)


def in_focus(views: Views, likely: Mask) -> Mask:
    """The sharp region that `likely` (h, w) is part of, where the lens leaves all else blurred; empty otherwise."""
    focus = np.asarray(cv2.morphologyEx(sharpness(views.detail), cv2.MORPH_CLOSE, disc(9)), np.float32)
    away = grown(likely, 20) == 0
    inside = float(focus[likely > 0].mean())
    nothing = np.zeros_like(likely)
    if not away.any() or inside < 3.0 * float(focus[away].mean()) or inside < 0.3:
        return nothing
    sharp = touching(shrunk(opened(focus > 0.4 * inside, 5), 4), likely)
    return sharp if 0.01 < float(sharp.mean()) < 0.6 else nothing


def named_colour(lab: Map, subjects: Iterable[str]) -> Map | None:
    """0…1 likeness to the colours that the subjects' words name, or None when they name none."""
    anchors = [COLOUR_WORDS[word] for word in sorted(words(subjects)) if word in COLOUR_WORDS]
    if not anchors:
        return None
    weights = np.array([0.35, 1.0, 1.0], np.float32)
    apart = [np.sqrt((((lab - np.array(anchor, np.float32)) * weights) ** 2).sum(axis=2)) for anchor in anchors]
    return 1 - smoothstep(14, 36, np.min(apart, axis=0))


def _middle(size: Size) -> Map:
    """0…1: a broad hill over the middle of the picture, a little below it."""
    rows, columns = plane(size)
    down, across = (rows / size[0] - 0.53) / 0.36, (columns / size[1] - 0.5) / 0.30
    return np.asarray(np.exp(-0.5 * (down**2 + across**2)), np.float32)

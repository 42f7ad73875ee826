"""What would be seen to be wrong where a subject slides aside: traces of it behind, and a fill unlike its rim.

All scores are 0 for a perfect layer. Their limits come from pictures that were looked at in full orbits: all that
were clean lie below the first number, flawed ones above it (`benchmarks/edges.py` measures, `docs/quality.md` lists).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.fill import push_pull
from firstframe.engines.parallax.scene.filters import blurred, depth_inside, ramp, slopes
from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.views import Views

GHOST = (0.012, 0.028)
SEAM = (0.44, 0.56)
CHANGE = (4.5, 8.0)
"""Up to the first of these an outline is clean; from the second on it is not trusted at all."""
UNCOVERED = 0.028
"""How far inside the outline a move may show what is behind, in short edges."""
RIM, NEAR, FAR = 0.024, 0.035, 0.07
"""Distances outside the outline, in short edges: how far the picture may be replaced, and where it is untouched."""
CLEAR, BESIDE, COARSE_PX = 0.04, 0.02, 3.0
"""Opacity under which a pixel is not the subject's; how far outside the outline the picture is compared with what
replaces it, in short edges; and the blur that lets texture differ."""
APART = 22.0
"""Distance in Lab between a subject and what is beside it at which a trace of the one on the other is seen."""

Part = NDArray[np.bool_]


@dataclass(frozen=True)
class Flaws:
    """Scores of one subject's outline."""

    ghost: float = 0.0
    """Share of what is uncovered that looks like the subject beside it, above what does so farther away."""
    seam: float = 0.0
    """How much less, or more, structure the uncovered band has than what is beside it: mean |ln| of their ratio."""
    change: float = 0.0
    """How far what replaces the picture right beside the outline, where it is known, differs from it, in Lab."""

    @property
    def cleanness(self) -> float:
        """1 when a full move shows no flaw, 0 when any move would."""
        scores = (self.ghost, GHOST), (self.seam, SEAM), (self.change, CHANGE)
        return min(ramp(gone, clean, score) for score, (clean, gone) in scores)


def outline_flaws(views: Views, matte: Map, behind: Picture) -> Flaws:
    """Judge `behind` (h, w, 3), what is behind the subject of `matte` (h, w), where a move may uncover it."""
    lab = Views(behind, behind, behind).lab
    solid, unit = matte > 0.5, min(views.size)
    outside = depth_inside(~solid) - depth_inside(solid)
    band = _off_border((outside > -UNCOVERED * unit) & (outside < RIM * unit))
    far = _off_border((outside > NEAR * unit) & (outside < FAR * unit))
    if not band.any() or not far.any():
        return Flaws()
    inside = (matte > 0.95) & (outside > -8)
    ghost, seam = _ghost(views.lab, lab, inside, band, far), _seam(views.lab, lab, band, far)
    return Flaws(ghost, seam, _change(views.lab, lab, matte < CLEAR, BESIDE * unit))


def _off_border(part: NDArray[Any]) -> Part:
    inner = np.zeros(part.shape, np.bool_)
    inner[3:-3, 3:-3] = part[3:-3, 3:-3]
    return inner


def _ghost(picture: Map, behind: Map, inside: Part, band: Part, far: Part) -> float:
    own, beside = push_pull(picture, inside.astype(np.float32)), push_pull(picture, far.astype(np.float32))
    apart = _distance(own, beside) > APART
    like = _distance(behind, own) < 0.6 * _distance(behind, beside)
    if (band & apart).sum() < 30:
        return 0.0
    usual = float(like[far & apart].mean()) if (far & apart).any() else 0.0
    return max(0.0, float(like[band & apart].mean()) - usual)


def _seam(picture: Map, behind: Map, band: Part, far: Part) -> float:
    here, there = (blurred(part, 8) + np.float32(1e-4) for part in (band, far))
    structure = blurred(_structure(behind) * band, 8) / here
    usual = blurred(_structure(picture) * far, 8) / there
    judged = band & (there > 0.02)
    ratio = (structure[judged] + 0.3) / (usual[judged] + 0.3)
    return float(np.abs(np.log(ratio)).mean()) if judged.any() else 0.0


def _change(picture: Map, behind: Map, clear: Part, reach_px: float) -> float:
    away = depth_inside(clear)
    beside = _off_border((away > 0) & (away < reach_px))
    known = clear.astype(np.float32)[..., None]
    coarse = blurred((behind - picture) * known, COARSE_PX) / (blurred(known, COARSE_PX) + np.float32(1e-3))[..., None]
    return float(np.sqrt((coarse * coarse).sum(axis=2))[beside].mean()) if beside.any() else 0.0


def _structure(lab: Map) -> Map:
    right, down = slopes(blurred(lab, 0.7))
    return np.asarray(np.sqrt((right * right + down * down).sum(axis=2)), np.float32)


def _distance(first: Map, second: Map) -> Map:
    return np.asarray(np.sqrt((((first - second) * np.array([0.8, 1, 1], np.float32)) ** 2).sum(axis=2)), np.float32)

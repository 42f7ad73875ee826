"""The subject's outline: seeded graph cuts (GrabCut), and how far the outline can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from firstframe.engines.parallax.scene.cut import fine_cut, rough_cut
from firstframe.engines.parallax.scene.evidence import (
    PEOPLE,
    Evidence,
    find_figure,
    from_face,
    from_figure,
    from_saliency,
    from_skyline,
)
from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import (
    Mask,
    grown,
    shrunk,
    smoothstep,
    words,
)
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views

HOPELESS = 0.3
"""Confidence of a rough outline under which the fine one is not worth its time."""


@dataclass(frozen=True)
class Subject:
    """The main thing of the picture, at analysis size."""

    mask: Mask
    evidence: Evidence
    confidence: float
    """0…1."""
    reasons: tuple[str, ...]
    """What the confidence is made of."""


def find_subject(views: Views, face: Face | None, sky: Sky | None, subjects: tuple[str, ...]) -> Subject | None:
    """The subject by the strongest evidence there is, or None; a trusted sky is never part of it."""
    evidence = _evidence(views, face, sky, subjects)
    if evidence is None:
        return None
    if sky is not None:
        evidence = replace(evidence, outside=evidence.outside | (sky.mask & (1 - grown(evidence.sure, 2))))
    if evidence.kind == "rising":
        mask: Mask | None = evidence.likely & (1 - evidence.outside)
        agreement = 0.8
    else:
        mask = rough_cut(views, evidence)
        agreement = 0.0 if mask is None else _agreement(views, mask, evidence)
        if mask is not None and _confidence(views, mask, evidence, agreement)[0] >= HOPELESS:
            mask = fine_cut(views, evidence, mask)
    if mask is None:
        return None
    confidence, reasons = _confidence(views, mask, evidence, agreement)
    return Subject(mask, evidence, confidence, reasons)


def _evidence(views: Views, face: Face | None, sky: Sky | None, subjects: tuple[str, ...]) -> Evidence | None:
    if face is not None:
        return from_face(face, views.size)
    if words(subjects) & PEOPLE:
        figure = find_figure(views)
        if figure is not None:
            return from_figure(*figure, views.size)
    rising = from_skyline(views, sky) if sky is not None else None
    return rising if rising is not None else from_saliency(views, subjects)


def _confidence(views: Views, mask: Mask, evidence: Evidence, agreement: float) -> tuple[float, tuple[str, ...]]:
    factors = {
        "evidence": evidence.trust,
        "edge": _edge(views, mask),
        "colour": _separation(views.lab, mask),
        "border": _border(mask),
        "agreement": agreement,
    }
    value = float(np.prod([max(factor, 1e-3) for factor in factors.values()]))
    value **= 0.9 if evidence.kind == "salient" else 0.5
    reasons = tuple(f"{name} {factor:.2f}" for name, factor in factors.items())
    return float(min(1.0, value * 1.15)), reasons


def _edge(views: Views, mask: Mask) -> float:
    """Share of the outline that lies on a visible edge of the picture."""
    rim = mask & (1 - shrunk(mask, 1))
    rim[:2] = rim[-2:] = 0
    rim[:, :2] = rim[:, -2:] = 0
    if not rim.any():
        return 0.0
    strongest = cv2.dilate(views.gradient, np.ones((5, 5), np.uint8))[rim > 0]
    return float(smoothstep(1.0, 5.0, strongest).mean())


def _separation(lab: Map, mask: Mask) -> float:
    """Share of the rim whose colour a little inside differs from that a little outside."""
    inside = shrunk(mask, 2)
    outside = 1 - grown(mask, 2)
    inner, outer = (_local_mean(lab, part) for part in (inside, outside))
    rim = (mask & (1 - shrunk(mask, 1))) > 0
    difference = np.sqrt((((inner - outer) * np.array([0.7, 1, 1], np.float32)) ** 2).sum(axis=2))[rim]
    return float(smoothstep(4, 20, difference).mean()) if difference.size else 0.0


def _local_mean(lab: Map, part: Mask) -> Map:
    weight = cv2.GaussianBlur(part.astype(np.float32), (0, 0), 5)
    colour = cv2.GaussianBlur(lab * part[..., None], (0, 0), 5)
    return colour / np.maximum(weight, 1e-3)[..., None]


def _border(mask: Mask) -> float:
    """1 when the subject keeps off the upper rim and the sides; the lower rim is where people stand."""
    upper = float(mask[0].mean())
    sides = float(mask[:, 0].mean() + mask[:, -1].mean()) / 2
    return float(np.clip(1.15 - 1.2 * upper - 1.3 * sides, 0, 1))


def _agreement(views: Views, mask: Mask, evidence: Evidence) -> float:
    """Overlap with a second cut that starts from narrower seeds."""
    narrow = replace(evidence, sure=shrunk(evidence.sure, 1), likely=shrunk(evidence.likely, 4))
    other = rough_cut(views, narrow, rounds=2)
    if other is None:
        return 0.2
    overlap = float((mask & other).sum()) / max(float((mask | other).sum()), 1.0)
    return float(np.clip((overlap - 0.45) / 0.45, 0, 1))

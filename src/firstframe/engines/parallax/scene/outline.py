"""How far an outline is to be trusted: by what the picture shows along it."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.evidence import Evidence
from firstframe.engines.parallax.scene.filters import Mask, blurred, highest, ramp, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import grown, shrunk
from firstframe.engines.parallax.scene.views import Views


def trust_in_outline(views: Views, mask: Mask, evidence: Evidence, agreement: float) -> tuple[float, tuple[str, ...]]:
    """Trust 0…1 in the subject's `mask` (h, w), and the factors it is made of; `agreement` is that of two cuts."""
    factors = {
        "evidence": evidence.trust,
        "edge": _edge(views, mask),
        "colour": _separation(views.lab, mask),
        "border": _border(mask),
        "agreement": agreement,
        "calm": ramp(6.5, 3.5, _clutter(views, mask)) if evidence.kind == "salient" else 1.0,
    }
    value = float(np.prod([max(factor, 1e-3) for factor in factors.values()]))
    value **= 1.0 if evidence.kind == "salient" else 0.5
    return float(min(1.0, value * 1.15)), tuple(f"{name} {factor:.2f}" for name, factor in factors.items())


def overlap_trust(mask: Mask, other: Mask | None) -> float:
    """0…1 by the overlap of two cuts of the same thing."""
    if other is None:
        return 0.2
    overlap = float((mask & other).sum()) / max(float((mask | other).sum()), 1.0)
    return float(np.clip((overlap - 0.45) / 0.45, 0, 1))


def _edge(views: Views, mask: Mask) -> float:
    """Share of the outline that lies on a visible edge of the picture."""
    rim = mask & (1 - shrunk(mask, 1))
    rim[:2] = rim[-2:] = 0
    rim[:, :2] = rim[:, -2:] = 0
    if not rim.any():
        return 0.0
    return float(smoothstep(1.0, 5.0, highest(views.gradient, 2)[rim > 0]).mean())


def _clutter(views: Views, mask: Mask) -> float:
    """Mean strength of the edges a little outside the outline, in Lab units: among many, any outline finds some."""
    around = (grown(mask, 14) & (1 - grown(mask, 5))) > 0
    return float(np.minimum(highest(views.gradient, 1)[around], 12).mean()) if around.any() else 0.0


def _separation(lab: Map, mask: Mask) -> float:
    """Share of the rim whose colour a little inside differs from that a little outside."""
    inner, outer = _local_mean(lab, shrunk(mask, 2)), _local_mean(lab, 1 - grown(mask, 2))
    rim = (mask & (1 - shrunk(mask, 1))) > 0
    apart = np.sqrt((((inner - outer) * np.array([0.7, 1, 1], np.float32)) ** 2).sum(axis=2))[rim]
    return float(smoothstep(4, 20, apart).mean()) if apart.size else 0.0


def _local_mean(lab: Map, part: Mask) -> Map:
    mean = blurred(lab * part[..., None], 5) / np.maximum(blurred(part, 5), 1e-3)[..., None]
    return np.asarray(mean, np.float32)


def _border(mask: Mask) -> float:
    """1 when the subject keeps off the upper rim and the sides; the lower rim is where people stand."""
    upper = float(mask[0].mean())
    sides = float(mask[:, 0].mean() + mask[:, -1].mean()) / 2
    return float(np.clip(1.15 - 1.2 * upper - 1.3 * sides, 0, 1))

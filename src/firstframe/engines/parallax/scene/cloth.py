"""Cloth: what a person wears below the chin, strongest where it hangs loose near its own edges."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.filters import blurred, depth_inside, smoothstep
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import plane


def cloth_mask(subject: Map, skin: Map, hair: Map | None, face: Face) -> tuple[Map, float] | None:
    """Soft mask (h, w) and trust, or None: the subject below the chin, less skin and hair, fainter in its middle."""
    rows, _ = plane((subject.shape[0], subject.shape[1]))
    chin = face.y + 1.25 * face.height
    taken = np.maximum(skin, hair) if hair is not None else skin
    worn = subject * smoothstep(chin, chin + 0.7 * face.height, rows) * (1 - taken)
    loose = 1 - 0.75 * smoothstep(0.05, 0.6, depth_inside(worn > 0.5) / max(face.width, 1.0))
    mask = blurred(worn * loose, max(1.0, 0.12 * face.width)) * subject
    if mask.mean() < 0.005:
        return None
    return mask, 0.5 * face.trust**0.5

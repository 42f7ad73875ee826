"""Cloth: what a person wears below the chin, strongest where it hangs loose near its own edges."""

from __future__ import annotations

import cv2
import numpy as np

from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import shrunk, smoothstep


def cloth_mask(subject: Map, skin: Map, hair: Map | None, face: Face) -> tuple[Map, float] | None:
    """Soft mask (h, w) and trust, or None: the subject below the chin, less skin and hair, fading towards its middle."""
    height, _ = subject.shape
    rows = np.arange(height, dtype=np.float32)[:, None]
    chin = face.y + 1.25 * face.height
    below = smoothstep(chin, chin + 0.7 * face.height, np.broadcast_to(rows, subject.shape))
    taken = np.maximum(skin, hair) if hair is not None else skin
    worn = subject * below * (1 - taken)
    solid = (worn > 0.5).astype(np.uint8)
    inner = cv2.distanceTransform(shrunk(solid, 0), cv2.DIST_L2, 3)
    loose = 1 - 0.75 * smoothstep(0.05, 0.6, inner / max(face.width, 1.0))
    mask = cv2.GaussianBlur((worn * loose).astype(np.float32), (0, 0), max(1.0, 0.12 * face.width)) * subject
    if mask.mean() < 0.005:
        return None
    return mask.clip(0, 1), 0.5 * face.trust**0.5

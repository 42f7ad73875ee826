"""Skin: a likelihood by colour, and the soft mask of a subject's skin."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.filters import blurred, smoothstep
from firstframe.engines.parallax.scene.model import Map


def skin_likelihood(lab: Map) -> Map:
    """0…1 per pixel of (…, 3) Lab: human skin of every tone keeps a hue of about 25…80 degrees and a modest chroma."""
    light, a, b = lab[..., 0], lab[..., 1], lab[..., 2]
    hue, chroma = np.degrees(np.arctan2(b, a)), np.hypot(a, b)
    fits_hue = smoothstep(8, 28, hue) * (1 - smoothstep(74, 92, hue))
    fits_chroma = smoothstep(5, 12, chroma) * (1 - smoothstep(42, 55, chroma))
    return np.asarray(fits_hue * fits_chroma * smoothstep(8, 22, light), np.float32)


def skin_mask(lab: Map, subject: Map, face_colour: Map | None) -> Map:
    """(h, w) soft mask of skin inside the subject; `face_colour` (3,) narrows the colours to this person's."""
    likely = skin_likelihood(lab)
    if face_colour is not None:
        apart = np.hypot(lab[..., 1] - face_colour[1], lab[..., 2] - face_colour[2])
        light = np.abs(lab[..., 0] - face_colour[0])
        likely = likely * (1 - smoothstep(9, 18, apart)) * (1 - smoothstep(28, 45, light))
    return blurred(likely, 2.0) * subject

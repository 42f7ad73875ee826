"""`Scene` and `Layer`: the first frame understood, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Map = NDArray[np.float32]
Share = tuple[float, float, float, float]
"""x, y, width, height as fractions of the picture."""


@dataclass(frozen=True)
class Layer:
    """One sheet of the scene, as large as the canvas."""

    name: str
    """sky, background, subject, …"""
    rgb: Picture
    """(H, W, 3) straight colour, filled with plausible content wherever a nearer layer hides it."""
    alpha: Picture | None
    """(H, W) opacity 0…255; None means opaque everywhere. The first layer of a scene is always opaque."""
    depth_inverse: Map
    """(h, w) at analysis size, 0 at infinity … 1 nearest; smooth inside the layer (C¹), no steps."""


@dataclass(frozen=True)
class Scene:
    """What the renderer needs to know about one first frame.

    Composed at rest (each layer over the one before), the layers give the first frame back closely, but not exactly:
    the renderer shows the whole picture until they have slid apart by a pixel or two. What counts is how they look
    when they have slid apart: no trace of a layer may stay behind on another.
    Maps are (h, w) float32 at analysis size: the canvas shrunk so that its long side is 480 pixels.
    """

    layers: tuple[Layer, ...]
    """Back to front; one (no trusted matte) to four; empty in a picture that was looked at but not cut.

    Only what can be trusted gets a layer of its own.
    """
    classes: dict[str, Map]
    """Soft masks 0…1 by name: subject, sky, water, foliage, hair, cloth, skin, fire; absent means not found."""
    single_depth_inverse: Map
    """Inverse depth of the picture as one smooth sheet, for the fallback that never ghosts."""
    confidence: float
    """Trust in the subject matte and, once cut, in what is behind it, 0…1; under 0.5 the subject has no layer."""
    horizon: float | None = None
    """Row of the horizon as a fraction of the height, when one was found."""
    subject_box: Share | None = None
    """Where the subject is."""
    face_box: Share | None = None
    """Where the largest face is."""
    seen_depth_inverse: Map | None = None
    """Inverse depth of what is seen, with its steps at outlines: for rain, snow and fog, which pass behind things."""
    class_confidence: dict[str, float] = field(default_factory=dict)
    """Trust in each class mask, 0…1."""
    lines: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 4), np.float32))
    """(n, 4) straight things as segments: x, y, x, y as fractions of the picture."""
    notes: tuple[str, ...] = ()
    """What was found and what was not, one sentence each, for the report."""

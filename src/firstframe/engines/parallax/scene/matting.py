"""Closed-form matting and guided upsampling: opacity as a local linear function of colour.

Levin, Lischinski, Weiss 2008; the Laplacian is never built but applied by box filters, after He, Sun, Tang 2010
("Fast matting using large kernel matting Laplacian matrices"), so no sparse solver and no compiled kernel is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import Mask, resized


def _box(map_: Map, radius_px: int) -> Map:
    side = 2 * radius_px + 1
    return cv2.boxFilter(map_, cv2.CV_32F, (side, side), borderType=cv2.BORDER_REFLECT_101)


@dataclass(frozen=True)
class LocalColourModel:
    """In every window of that radius: value = slope · colour + offset, by regularised least squares."""

    guide: Map
    mean: Map
    inverse: Map
    """(h, w, 3, 3) inverse covariance of the colours of the window."""
    radius_px: int

    @classmethod
    def of(cls, guide: Map, radius_px: int, epsilon: float) -> LocalColourModel:
        """Windows over an (h, w, 3) float32 guide of 0…1."""
        mean = _box(guide, radius_px)
        products = (guide[..., :, None] * guide[..., None, :]).reshape(*guide.shape[:2], 9)
        second = np.dstack([_box(np.ascontiguousarray(products[..., i : i + 3]), radius_px) for i in (0, 3, 6)])
        covariance = second.reshape(*guide.shape, 3) - mean[..., :, None] * mean[..., None, :]
        covariance += epsilon * np.eye(3, dtype=np.float32)
        return cls(guide, mean, np.linalg.inv(covariance).astype(np.float32), radius_px)

    def fit(self, values: Map) -> tuple[Map, Map]:
        """Slopes (h, w, 3) and offsets (h, w) of each window, not yet averaged."""
        mean = _box(values, self.radius_px)
        cross = _box(self.guide * values[..., None], self.radius_px) - self.mean * mean[..., None]
        slope = np.matmul(self.inverse, cross[..., None])[..., 0]
        return slope, mean - np.einsum("ijk,ijk->ij", slope, self.mean)

    def laplacian(self, values: Map) -> Map:
        """The matting Laplacian times the values: zero where they are locally linear in colour."""
        slope, offset = (_box(part, self.radius_px) for part in self.fit(values))
        return values - np.einsum("ijk,ijk->ij", slope, self.guide) - offset


def closed_form_alpha(guide: Map, known: Mask, start: Map, iterations: int = 50) -> Map:
    """Opacity (h, w) 0…1 by conjugate gradients on the unknown pixels.

    `guide` (h, w, 3) float32 0…1; `known` 1 where `start` is certain; elsewhere `start` is the first guess.
    """
    model = LocalColourModel.of(guide, 1, 1e-5)
    free = (1 - known).astype(np.float32)
    alpha = start.astype(np.float32).copy()
    residual = -model.laplacian(alpha) * free
    direction = residual.copy()
    energy = float((residual * residual).sum())
    first = energy
    for _ in range(iterations):
        if energy <= 1e-5 * first or energy < 1e-9:
            break
        image = model.laplacian(direction) * free
        step = energy / max(float((direction * image).sum()), 1e-12)
        alpha += step * direction
        residual -= step * image
        before, energy = energy, float((residual * residual).sum())
        direction = residual + (energy / before) * direction
    return np.clip(alpha, 0.0, 1.0)


def guided_upsample(guide: Map, values: Map, fine_guide: Map, radius_px: int = 3, epsilon: float = 2e-4) -> Map:
    """`values` (h, w) carried to the size of `fine_guide` (H, W, 3) along its edges (He and Sun 2015, fast guided filter)."""
    model = LocalColourModel.of(guide, radius_px, epsilon)
    slope, offset = (_box(part, radius_px) for part in model.fit(values))
    size = fine_guide.shape[0], fine_guide.shape[1]
    fine = resized(offset, size)
    for channel in range(3):
        fine += resized(np.ascontiguousarray(slope[..., channel]), size) * fine_guide[..., channel]
    return np.clip(fine, 0.0, 1.0)

"""The horizon: the straight level line where sky or far shore meets ground or water."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from firstframe.engines.parallax.scene.views import Views


@dataclass(frozen=True)
class Horizon:
    """A row in analysis pixels and how far it stands out."""

    row: int
    trust: float
    """0…1."""


def find_horizon(views: Views) -> Horizon | None:
    """The row between 20 % and 85 % of the height with the strongest vertical step shared by most columns, or None."""
    height, width = views.size
    if height < 24 or width < 24:
        return None
    soft = cv2.GaussianBlur(views.lab, (0, 0), 1.2)
    step = np.abs(soft[2:] - soft[:-2]).sum(axis=2)
    blocks = step[:, : width // 16 * 16].reshape(height - 2, 16, -1).mean(axis=2)
    shared = np.quantile(blocks, 0.4, axis=1)
    low, high = round(0.2 * height), round(0.85 * height)
    row = low + int(np.argmax(shared[low:high]))
    usual = float(np.median(shared[low:high])) + 0.4
    trust = float(np.clip((shared[row] / usual - 2.0) / 4.0, 0, 1) * np.clip((shared[row] - 1.5) / 4, 0, 1))
    return Horizon(row + 1, trust) if trust > 0.05 else None

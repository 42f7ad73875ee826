"""The horizon: the straight level line where sky or far shore meets ground or water."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firstframe.engines.parallax.scene.filters import blurred, box_mean
from firstframe.engines.parallax.scene.memory import remembered
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.views import Views

BLOCKS = 24
SURE = 0.4
"""Least trust at which a horizon is built upon."""


@dataclass(frozen=True)
class Horizon:
    """A row in analysis pixels and how far it stands out."""

    row: int
    trust: float
    """0…1."""


@remembered
def find_horizon(views: Views) -> Horizon | None:
    """The row between 15 % and 85 % of the height with the vertical step that most columns share, or None.

    A step counts by how much it stands out in its own column and by how well its colour agrees among the columns: many
    pictures have a strong row somewhere, few have one that is the same line from side to side.
    """
    height, width = views.size
    if height < 24 or width < 2 * BLOCKS:
        return None
    step = _steps(views)
    size = np.linalg.norm(step, axis=2)
    outstanding = np.quantile(size / (box_mean(size, 1, 17) + 0.25), 0.3, axis=1)
    agreement = np.linalg.norm(step.mean(axis=1), axis=1) / (size.mean(axis=1) + 0.1)
    low, high = round(0.15 * height), round(0.85 * height)
    row = low + int(np.argmax((outstanding * agreement)[low:high]))
    trust = float(np.clip((outstanding[row] * agreement[row] - 0.75) / 0.75, 0, 1))
    return Horizon(row + 1, trust) if trust > 0.05 else None


def _steps(views: Views) -> Map:
    """(h-2, blocks, 3): Lab difference between the rows above and below, averaged over each block of columns."""
    height, width = views.size
    soft = blurred(views.lab, 1.2)
    step = (soft[2:] - soft[:-2])[:, : width // BLOCKS * BLOCKS]
    return np.asarray(step.reshape(height - 2, BLOCKS, -1, 3).mean(axis=2), np.float32)

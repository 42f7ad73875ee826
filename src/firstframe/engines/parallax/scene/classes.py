"""All class masks of one picture, with their trust; small or doubtful ones are dropped."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from firstframe.engines.parallax.scene.cloth import cloth_mask
from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.fire import FIRE_WORDS, fire_mask
from firstframe.engines.parallax.scene.foliage import PLANT_WORDS, foliage_mask
from firstframe.engines.parallax.scene.hair import hair_mask
from firstframe.engines.parallax.scene.horizon import Horizon
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.shapes import words
from firstframe.engines.parallax.scene.skin import skin_mask
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views
from firstframe.engines.parallax.scene.water import WATER_WORDS, water_mask

SMALLEST_SHARE = 0.005
LEAST_TRUST = 0.3


@dataclass
class Classes:
    """Masks and trusts while they are collected."""

    masks: dict[str, Map] = field(default_factory=dict)
    trusts: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, found: tuple[Map, float] | None) -> None:
        """Keep a mask that is large and certain enough."""
        if found is None:
            return
        mask, trust = found
        if float(mask.mean()) >= SMALLEST_SHARE and trust >= LEAST_TRUST:
            self.masks[name] = np.ascontiguousarray(mask, np.float32).clip(0, 1)
            self.trusts[name] = float(np.clip(trust, 0, 1))


def surroundings(
    views: Views, sky: Sky | None, horizon: Horizon | None, subject: Map | None, subjects: tuple[str, ...]
) -> Classes:
    """Sky, water, foliage and fire."""
    named = words(subjects)
    found = Classes()
    free = 1.0 if subject is None else 1.0 - subject
    if sky is not None:
        found.add("sky", (sky.mask * np.float32(1) * free, sky.confidence))
    row = horizon.row if horizon is not None and horizon.trust > 0.35 else None
    water = water_mask(views, row, sky, bool(named & WATER_WORDS))
    if water is not None:
        found.add("water", (water[0] * free, water[1]))
    fire = fire_mask(views, bool(named & FIRE_WORDS))
    found.add("fire", fire)
    foliage = foliage_mask(views, subject)
    if foliage is not None and fire is not None:
        foliage = foliage[0] * (1 - fire[0]), foliage[1]
    if subject is not None and named & PLANT_WORDS:
        foliage = np.maximum(subject, foliage[0] if foliage else 0), 0.8
    found.add("foliage", foliage)
    return found


def person(found: Classes, views: Views, subject: Map, face: Face) -> None:
    """Skin, hair and cloth of the person with that face."""
    cx, cy = face.centre
    rows = slice(max(0, round(cy - 0.1 * face.height)), round(cy + 0.3 * face.height))
    columns = slice(max(0, round(cx - 0.25 * face.width)), round(cx + 0.25 * face.width))
    patch = views.lab[rows, columns].reshape(-1, 3)
    skin = skin_mask(views.lab, subject, np.median(patch, axis=0) if len(patch) else None)
    hair = hair_mask(views, subject, face)
    found.add("skin", (skin, face.trust))
    found.add("hair", hair)
    found.add("cloth", cloth_mask(subject, skin, hair[0] if hair else None, face))

"""All class masks of one picture, with their trust; small or doubtful ones are dropped."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.cloth import cloth_mask, clothes_of_figure, hanging_cloth
from firstframe.engines.parallax.scene.faces import Face
from firstframe.engines.parallax.scene.fire import fire_mask
from firstframe.engines.parallax.scene.foliage import foliage_mask
from firstframe.engines.parallax.scene.hair import hair_mask
from firstframe.engines.parallax.scene.horizon import SURE, Horizon
from firstframe.engines.parallax.scene.model import Map
from firstframe.engines.parallax.scene.nouns import BLOOMS, CLOTHES, FIRES, HANGING, PLANTS, WATERS, named
from firstframe.engines.parallax.scene.skin import skin_mask
from firstframe.engines.parallax.scene.sky import Sky
from firstframe.engines.parallax.scene.views import Views
from firstframe.engines.parallax.scene.water import rock_mask, shore_mask, stream_mask, water_mask

SMALLEST_SHARE = 0.005
LEAST_TRUST = 0.3
NAMED_PLANT_TRUST, NAMED_CLOTH_TRUST = 0.8, 0.5
COLOURFUL = 25.0
"""Least chroma of petals, in Lab: fur, skin and cloth of people have less."""
LEAVES = (44.0, 165.0)
"""Hue of leaves, degrees."""
LEAFY = 4.0
"""Least fine contrast of a crown, in L: feathers and coats have less."""


@dataclass
class Classes:
    """Masks and trusts while they are collected."""

    masks: dict[str, Map] = field(default_factory=dict)
    trusts: dict[str, float] = field(default_factory=dict)
    hangs: bool = False
    """Whether the words ask for cloth that nobody wears."""

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
    """Sky, water, foliage and fire; `subject` (h, w) is what is known to be none of them."""
    found = Classes(hangs=named(subjects, HANGING))
    free = np.float32(1) - (subject if subject is not None else np.zeros(views.size, np.float32))
    if sky is not None:
        found.add("sky", (sky.mask * free, sky.confidence))
    row = horizon.row if horizon is not None and horizon.trust > SURE else None
    water = water_mask(views, row, sky, named(subjects, WATERS))
    if water is not None:
        found.add("water", (water[0] * free, water[1]))
        found.add("rocks", (rock_mask(views, water[0] * free), water[1]))
        found.add("shore", (shore_mask(views, water[0]) * free, water[1]))
        found.add("stream", (stream_mask(views, water[0] * free), water[1]))
    fire = fire_mask(views, sky.mask if sky is not None else None) if named(subjects, FIRES) else None
    found.add("fire", fire)
    others = [part[0] for part in (water, fire) if part is not None]
    found.add("foliage", _foliage(views, subject, others, subjects))
    if named(subjects, HANGING | CLOTHES):
        for mask in found.masks.values():
            free = free * (1 - mask)
        found.add("cloth", hanging_cloth(views, free))
    return found


def _foliage(
    views: Views, subject: Map | None, others: list[Map], subjects: tuple[str, ...]
) -> tuple[Map, float] | None:
    found = foliage_mask(views, subject, in_bloom=named(subjects, BLOOMS))
    for other in others:
        found = (found[0] * (1 - other), found[1]) if found is not None else None
    if subject is not None and _is_plant(views, subject, subjects):
        return np.maximum(subject, found[0]) if found is not None else subject, NAMED_PLANT_TRUST
    return found


def _is_plant(views: Views, subject: Map, subjects: tuple[str, ...]) -> bool:
    """Whether the subject is itself the flower or tree that the words name, and not who stands among leaves."""
    inside = subject > 0.6
    if not inside.any() or not named(subjects, PLANTS):
        return False
    if named(subjects, BLOOMS) and _is_colourful(views, subject):
        return True
    hue, saturation = views.hsv[..., 0][inside], views.hsv[..., 1][inside]
    green = (hue > LEAVES[0]) & (hue < LEAVES[1]) & (saturation > 0.08)
    return _most_are(green, 0.3) and float(np.median(views.detail[inside])) > LEAFY


def _is_colourful(views: Views, subject: Map) -> bool:
    inside = subject > 0.6
    return _most_are(np.hypot(views.lab[..., 1], views.lab[..., 2])[inside] > COLOURFUL, 0.7)


def _most_are(flags: NDArray[np.bool_], least: float) -> bool:
    return flags.size > 0 and float(flags.mean()) >= least


def person(found: Classes, views: Views, subject: Map, face: Face) -> None:
    """Add skin, hair and cloth of the people with such faces; cloth that hangs somewhere was asked for by name."""
    skin, hair = _skin(views, subject, face), hair_mask(views, subject, face)
    for other in face.others:
        skin, more = np.maximum(skin, _skin(views, subject, other)), hair_mask(views, subject, other)
        if hair is not None and more is not None:
            hair = np.maximum(hair[0], more[0]), min(hair[1], more[1])
        else:
            hair = hair if hair is not None else more
    found.add("skin", (skin, face.trust))
    found.add("hair", hair)
    if not found.hangs:
        found.add("cloth", cloth_mask(subject, skin, hair[0] if hair is not None else None, face))


def _skin(views: Views, subject: Map, face: Face) -> Map:
    cheeks = face.patch(views.lab, 0.4, 0.8, 0.25)
    return skin_mask(views.lab, subject, np.median(cheeks, axis=0) if len(cheeks) else None)


def thing(found: Classes, views: Views, subject: Map, subjects: tuple[str, ...]) -> None:
    """A subject that is nobody may itself be the flag or sail that the words name."""
    if "cloth" not in found.masks and named(subjects, HANGING) and _is_colourful(views, subject):
        found.add("cloth", (subject, NAMED_CLOTH_TRUST))


def figure(found: Classes, views: Views, subject: Map) -> None:
    """Add the clothes of a person whose face is not seen."""
    if not found.hangs:
        found.add("cloth", clothes_of_figure(views, subject))

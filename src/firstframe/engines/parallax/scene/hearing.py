"""What of a prompt's nouns can change the scene at all, so that other words on the same picture find it analysed."""

from __future__ import annotations

from collections.abc import Iterable

from firstframe.direction.model import Direction
from firstframe.engines.parallax.scene.nouns import (
    BLOOMS,
    CLOTHES,
    FIRES,
    HANGING,
    PEOPLE,
    PLANTS,
    SKIES,
    TREES,
    WATERS,
    WORN,
    named,
    words,
)
from firstframe.engines.parallax.scene.saliency import COLOUR_WORDS

_STANDING_FOR = {
    "person": PEOPLE,
    "flower": BLOOMS,
    "tree": TREES,
    "plant": PLANTS,
    "water": WATERS,
    "fire": FIRES,
    "sky": SKIES,
    "dress": WORN,
    "clothes": CLOTHES,
    "flag": HANGING,
}


def decisive(subjects: Iterable[str]) -> tuple[str, ...]:
    """One word for every kind of thing that `subjects` name, and the colours; what else they say decides nothing."""
    heard = words(subjects)
    kinds = (word for word, nouns in _STANDING_FOR.items() if named(heard, nouns))
    return (*sorted(kinds), *sorted(heard & COLOUR_WORDS.keys()))


_SHOWN_BY = {"fire": "fire", "water": "water", "flow": "water", "foliage": "plant", "clouds": "sky"}
"""Motion -> what must be in the picture for it, whether or not a noun of the prompt names it."""


def looked_for(direction: Direction) -> tuple[str, ...]:
    """What to look for in the picture: what the prompt's nouns decide, and what its motions need."""
    asked = (motion for motion in direction.motions if motion.asked or motion.kind == "fire")
    needed = [_SHOWN_BY[motion.kind] for motion in asked if motion.kind in _SHOWN_BY]
    if any(m.kind == "cloth" for m in direction.motions) and not named(direction.subjects, HANGING | CLOTHES):
        needed.append("dress")
    return decisive((*direction.subjects, *needed))

"""What of a prompt's nouns can change the scene at all, so that other words on the same picture find it analysed."""

from __future__ import annotations

from collections.abc import Iterable

from firstframe.engines.parallax.scene.nouns import FIRES, PEOPLE, PLANTS, SKIES, WATERS, named, words
from firstframe.engines.parallax.scene.saliency import COLOUR_WORDS

_STANDING_FOR = {"person": PEOPLE, "plant": PLANTS, "water": WATERS, "fire": FIRES, "sky": SKIES}


def decisive(subjects: Iterable[str]) -> tuple[str, ...]:
    """One word for every kind of thing that `subjects` name, and the colours; what else they say decides nothing."""
    heard = words(subjects)
    kinds = (word for word, nouns in _STANDING_FOR.items() if named(heard, nouns))
    return (*sorted(kinds), *sorted(heard & COLOUR_WORDS.keys()))

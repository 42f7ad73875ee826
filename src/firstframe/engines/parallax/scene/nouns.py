"""What the nouns of a prompt tell about a picture: words for people, plants, water, fire, sky and cloth."""

from __future__ import annotations

from collections.abc import Iterable

from firstframe.direction.lexicon import NOUNS


def _all_of(kind: str) -> frozenset[str]:
    return frozenset(noun + ending for noun in NOUNS[kind].split() for ending in ("", "s"))


PEOPLE = frozenset(
    "man men woman women girl boy child kid person people lady couple baby dancer cyclist rider runner astronaut bride "
    "groom model player soldier worker teenager gentleman guy mother father farmer monk warrior knight".split()
)
BLOOMS = frozenset(
    "flower flowers blossom blossoms rose roses tulip tulips sunflower sunflowers daisy daisies poppy poppies dahlia "
    "lotus orchid lily lilies peony dandelion petal petals".split()
)
TREES = frozenset("tree trees oak pine palm willow birch maple cypress".split())
PLANTS = (
    BLOOMS | TREES | frozenset("leaf leaves grass plant plants bush bushes forest fern foliage branches meadow".split())
)
WATERS = frozenset(
    "water lake sea ocean river waves wave beach shore pond waterfall stream surf bay lagoon harbour harbor creek "
    "rapids pool puddle fountain coast".split()
)
FIRES = frozenset(
    "fire campfire bonfire flame flames candle candles torch torches fireplace burning blaze embers lantern".split()
)
WORN = frozenset(
    "dress skirt gown coat shirt jacket scarf cape cloak robe robes veil kimono sari cardigan blouse clothes clothing "
    "sleeve sleeves sweater shawl hanfu tutu poncho".split()
)
CLOTHES = frozenset("clothes clothing garment garments fabric cloth".split())
"""Worn by a person when there is one, else hanging."""
HANGING = frozenset(
    "flag flags banner banners laundry curtain curtains drapes sail sails sheet sheets linen towel towels bunting "
    "pennants awning tent ribbon ribbons tablecloth silk".split()
)
ANIMALS = _all_of("animal")
THINGS = _all_of("product") | _all_of("food") | _all_of("vehicle")
"""What stands out as one piece, like an animal: with its name said, there is less doubt that it is in the picture."""
SKIES = frozenset("sky skies cloud clouds sunset sunrise dusk dawn horizon".split())


def named(subjects: Iterable[str], nouns: frozenset[str]) -> bool:
    """True when a subject's words contain one of the nouns."""
    return not nouns.isdisjoint(words(subjects))


def words(subjects: Iterable[str]) -> frozenset[str]:
    """All lower-case words of the subjects."""
    return frozenset(word for text in subjects for word in text.lower().replace("-", " ").split())

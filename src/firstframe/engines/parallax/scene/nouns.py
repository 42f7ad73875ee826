"""What the nouns of a prompt tell about a picture: words for people, plants, water, fire, sky and cloth."""

from __future__ import annotations

from collections.abc import Iterable

PEOPLE = frozenset(
    "man men woman women girl boy child kid person people lady couple baby dancer cyclist rider runner astronaut bride "
    "groom model player soldier worker teenager gentleman guy mother father farmer monk warrior knight".split()
)
PLANTS = frozenset(
    "flower flowers blossom blossoms tree trees leaf leaves grass plant plants rose bush forest fern palm".split()
)
WATERS = frozenset("water lake sea ocean river waves wave beach shore pond waterfall stream surf bay".split())
FIRES = frozenset("fire campfire bonfire flame flames candle torch fireplace burning".split())
SKIES = frozenset("sky skies cloud clouds sunset sunrise dusk dawn horizon".split())


def named(subjects: Iterable[str], nouns: frozenset[str]) -> bool:
    """True when a subject's words contain one of the nouns."""
    return not nouns.isdisjoint(words(subjects))


def words(subjects: Iterable[str]) -> frozenset[str]:
    """All lower-case words of the subjects."""
    return frozenset(word for text in subjects for word in text.lower().replace("-", " ").split())

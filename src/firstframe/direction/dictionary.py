"""English words that no table of ours holds: what each can be, how often, and what its noun names.

Drawn from WordNet 3.0 (https://wordnet.princeton.edu) by `benchmarks/make_dictionary.py`, one line a word: its cost
when read as a noun, verb, adjective and adverb (a digit, "-" for never), what the noun names, how the verb acts.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from firstframe.direction.irregular_verbs import past_forms
from firstframe.direction.phrases import forms

STEP = 0.4
"""Cost of one digit, in the units of `grammar`."""
NOUN_AT_MOST = 0.6
"""Adjectives stand for things in prompts more often than in the texts that WordNet counted: "the inflatable drifts"."""
_KINDS = {
    "p": "person", "a": "animal", "b": "body", "c": "clothes", "v": "vehicle", "f": "food", "u": "building",
    "o": "product", "i": "product", "w": "nature", "n": "nature",
}  # fmt: skip
"""Letter of the dictionary -> kind of `lexicon`."""

_LIVING = frozenset("pa")
_OF_THE_MIND = frozenset("ek")
"""Kinds of verbs whose participle, when it is an adjective as well, tells of a mood."""


class Entry(NamedTuple):
    """What a word can be in its plain form; None means never."""

    noun: float | None
    verb: float | None
    adjective: float | None
    adverb: float | None
    names: str
    """What the noun names, most frequent first, letters of `_KINDS`; s a substance or weather, x what cannot be
    seen, g a group, h a place."""
    acts: str
    """What the verb tells: m motion, b of the body, o work on something, k thought, e feeling, s being, w weather …"""


@cache
def entry(word: str) -> Entry | None:
    """What the dictionary says of a plain form in lower case; None when it does not hold it."""
    place = _text().find(f"\n{word} ")
    if place < 0 or not word.isalpha():
        return None
    line = _text()[place + 1 : _text().find("\n", place + 1)]
    _, costs, names, acts = line.split()
    noun, verb, adjective, adverb = (None if digit == "-" else STEP * int(digit) for digit in costs)
    return Entry(noun, verb, adjective, adverb, names, acts)


@cache
def _text() -> str:
    return files(__package__).joinpath("dictionary.txt").read_text(encoding="ascii")


@cache
def kind_of(noun: str) -> str | None:
    """What a noun, singular or plural, names most often, as a kind of `lexicon`.

    None when that cannot be seen, and for what may be a verb or an adjective as well: the tables hold those.
    """
    for plain in (noun, *_singulars(noun)):
        found = entry(plain)
        if found is not None and found.noun is not None:
            named = next((letter for letter in found.names if letter in _LIVING), found.names[0])
            return _KINDS.get(named) if found.verb is found.adjective is None else None
    return None


@cache
def describes_a_feeling(participle: str) -> bool:
    """Whether a word in -ing is an adjective that tells how something feels, such as "soothing" or "inviting"."""
    plain = entry(participle)
    verbs = [entry(verb) for tag, verb in _plain_verbs(participle) if tag == "G"]
    acts = {verb.acts for verb in verbs if verb is not None and verb.verb is not None}
    return plain is not None and plain.adjective is not None and bool(acts) and acts <= _OF_THE_MIND


def is_plural(noun: str) -> bool:
    """Whether the dictionary holds the singular of a word and not the word itself."""
    return entry(noun) is None and any(entry(singular) is not None for singular in _singulars(noun))


@cache
def readings(word: str) -> dict[str, float]:
    """The tags of `grammar` that a word can have, each with its cost; empty when the dictionary does not hold it."""
    found: dict[str, float] = {}
    plain = entry(word)
    if plain is not None:
        noun = None if plain.noun is plain.adjective is None else min(plain.noun or 0.0, NOUN_AT_MOST)
        noun = NOUN_AT_MOST if noun is not None and plain.noun is None else noun
        several = word.endswith("s") and not word.endswith(("ss", "us", "is"))
        _put(found, "A" if _lives(plain) else "S" if several else "N", noun)
        _put(found, "V", plain.verb)
        _put(found, "J", plain.adjective)
        _put(found, "R", plain.adverb)
    for stem in _singulars(word):
        named = entry(stem)
        if named is not None and named.noun is not None and plain is None:
            _put(found, "E" if _lives(named) else "S", named.noun)
            break
    for tag, stem in _plain_verbs(word):
        acted = entry(stem)
        if acted is not None and acted.verb is not None:
            _put(found, tag, min(acted.verb, 0.4) if tag == "G" else acted.verb + 0.4 * (tag == "Z"))
            break
    return found


def _lives(named: Entry) -> bool:
    return not _LIVING.isdisjoint(named.names)


def _put(found: dict[str, float], tag: str, cost: float | None) -> None:
    if cost is not None:
        found[tag] = min(cost, found.get(tag, cost))


def _singulars(word: str) -> tuple[str, ...]:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")) or len(word) < 4:
        return ("man".join(word.rsplit("men", 1)),) if word.endswith("men") else ()
    return (
        word[:-1],
        *((word[:-2],) if word.endswith("es") else ()),
        *((word[:-3] + "y",) if word.endswith("ies") else ()),
    )


def singulars(word: str) -> tuple[str, ...]:
    """A word itself and every word that it may be the plural of."""
    return (word, *_singulars(word))


def plain_verbs(word: str) -> tuple[str, ...]:
    """A word itself and every verb that it may be a form of."""
    return (word, *(verb for _, verb in _plain_verbs(word)))


@cache
def _irregular() -> dict[str, str]:
    return {form: verb for verb, past in past_forms().items() for form in past}


def _plain_verbs(word: str) -> list[tuple[str, str]]:
    """Tag and plain form of every verb that a word may be a form of, but for the plain form itself."""
    if word in _irregular():
        return [("P", _irregular()[word])]
    stems = []
    for ending, tag in (("ing", "G"), ("ed", "P"), ("s", "Z")):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        candidates = [stem, stem + "e", stem.removesuffix("e"), stem[:-1]]
        if stem.endswith(("i", "ie")):
            candidates.append(stem.rstrip("e").removesuffix("i") + "y")
        stems += [(tag, verb) for verb in candidates if len(verb) > 1 and word in forms(verb)]
    return stems

"""Slips of the keyboard in the words of film and of scenes: a letter missing, too much or swapped with its neighbour.

A wrong letter is left alone: it makes one real word of another too often.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from firstframe.direction.action_words import ACT_PHRASES, NOT_ACTS
from firstframe.direction.film_phrases import FILM_PHRASES, NOT_CAMERA
from firstframe.direction.motion_words import MOTION_WORDS
from firstframe.direction.phrases import forms, keyed_lines
from firstframe.direction.scene_words import NOT_MOTION, WIND_NOUNS
from firstframe.direction.vocabulary import CAMERA_NOUNS, SPEEDS
from firstframe.direction.word_readings import is_known

_WORD = re.compile(r"(?<![^\W_])[A-Za-z]{3,20}(?![^\W_])")
_STRETCHED = re.compile(r"(.)\1{2,}")
_FILM_VERBS = """
    zoom pan tilt orbit truck track push pull dolly follow move glide drift rotate circle rise descend shake crane
""".split()
_FILM_WORDS = """
    static handheld tracking pedestal left right forward backward backwards towards toward around through across while
    with then the and from still fixed movement motion close
"""
_SHORT_SLIPS = {
    "teh": "the",
    "hte": "the",
    "adn": "and",
    "nad": "and",
    "wiht": "with",
    "thn": "then",
    "zom": "zoom",
    "zomm": "zoom",
    "shoud": "should",
    "dont": "don't",
    "doesnt": "doesn't",
    "isnt": "isn't",
    "wont": "won't",
    "cant": "can't",
}
_SHORTEST = 5
_SHORTEST_SWAPPED = 4


@dataclass(frozen=True)
class Spelling:
    """A text with its slips put right, and where its letters stood before."""

    text: str
    starts: tuple[int, ...] = ()
    """Ends of the words put right, in `text`, in order."""
    shifts: tuple[int, ...] = ()
    """How far the letters after each stood further on in the original."""

    def original(self, position: int) -> int:
        """Where a letter of `text` stood in the original."""
        index = bisect_right(self.starts, position) - 1
        return position + (self.shifts[index] if index >= 0 else 0)


def put_right(text: str) -> Spelling:
    """The text with unknown words replaced by the one word of film or scenes that they differ from by one slip."""
    parts: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    read = written = 0
    for match in _WORD.finditer(text):
        right = _meant(match.group().lower())
        if right is not None:
            parts += [text[read : match.start()], right]
            written += match.start() - read + len(right)
            read = match.end()
            starts.append(written)
            shifts.append(read - written)
    return Spelling("".join((*parts, text[read:])), tuple(starts), tuple(shifts)) if parts else Spelling(text)


@lru_cache(maxsize=4096)
def _meant(word: str) -> str | None:
    if word in _SHORT_SLIPS:
        return _SHORT_SLIPS[word]
    known = (is_known(word) or _is_form_of_known(word)) and not word.endswith("ly")
    if known or word in _phrase_words():
        return None
    short = {_STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)}
    found = {target for target in short if target in _targets()} if _STRETCHED.search(word) else set()
    return next(iter(sorted(found)), None) or _by_one_slip(word)


def _is_form_of_known(word: str) -> bool:
    """Whether a known word ends like this one: "flats", "greener"."""
    stems = (word.removesuffix(ending) for ending in ("s", "es", "er", "est") if word.endswith(ending))
    return any(len(stem) > 2 and is_known(stem) for stem in stems)


def _by_one_slip(word: str) -> str | None:
    """The only target with the same first letter that is one letter longer or shorter, or has two letters swapped."""
    if doubled := {target for target in _index().get(word, ()) if _squeezed(target) == _squeezed(word)}:
        return doubled.pop() if len(doubled) == 1 else None
    near = {target for variant in _without_one(word) for target in _index().get(variant, ())}
    fitting = {t for t in near if t[0] == word[0] and _is_one_slip(word, t)}
    return fitting.pop() if len(fitting) == 1 else None


def _squeezed(word: str) -> str:
    """A word with its doubled letters written once."""
    return re.sub(r"(.)\1", r"\1", word)


def _is_one_slip(word: str, target: str) -> bool:
    if sorted(word) == sorted(target):
        return len(target) >= _SHORTEST_SWAPPED and sum(a != b for a, b in zip(word, target, strict=True)) == 2
    if len(target) < _SHORTEST or len(word) < _SHORTEST_SWAPPED:
        return False
    if len(word) == len(target):
        return False
    longer, shorter = sorted((word, target), key=len, reverse=True)
    return len(longer) - len(shorter) == 1 and shorter in _without_one(longer)


def _without_one(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))} | {word}


@cache
def _targets() -> frozenset[str]:
    scene = (text for block in MOTION_WORDS.values() for key, text in keyed_lines(block) if key == "nouns")
    words = {word for text in scene for word in text.split()} | set(WIND_NOUNS) | set(CAMERA_NOUNS)
    words |= {form for verb in _FILM_VERBS for form in forms(verb)} | set(_FILM_WORDS.split())
    acts = (text for block in MOTION_WORDS.values() for key, text in keyed_lines(block) if key == "verbs")
    words |= {form for text in acts for verb in text.split() if verb != "SWAYING" for form in forms(verb)[:3]}
    words |= {word for word in SPEEDS if " " not in word} | {
        "woman",
        "camera",
        "breeze",
        "blowing",
        "moving",
        "falling",
    }
    return frozenset(word for word in words if len(word) >= _SHORTEST_SWAPPED)


@cache
def _phrase_words() -> frozenset[str]:
    """Every word that a table of phrases holds, with the forms of its verbs."""
    tables = (*FILM_PHRASES.values(), *MOTION_WORDS.values(), NOT_CAMERA, NOT_MOTION, ACT_PHRASES, NOT_ACTS)
    words = {word for table in tables for word in re.findall(r"[a-z]+\*?", table)}
    verbs = {form for word in words if word.endswith("*") for form in forms(word[:-1])}
    return frozenset(words | verbs | set(_targets()))


@cache
def _index() -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for target in _targets():
        for variant in _without_one(target):
            index[variant] = (*index.get(variant, ()), target)
    return index

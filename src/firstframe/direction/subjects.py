"""The nouns that name what is in the picture, with their adjectives, most important first."""

from __future__ import annotations

from firstframe.direction.chinese.nouns import subjects as chinese_subjects
from firstframe.direction.cues import guarded_places
from firstframe.direction.lexicon import (
    ADJECTIVES,
    DETERMINERS,
    NEVER_SUBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECT_KINDS,
    kind_of_noun,
    singular,
)
from firstframe.direction.text import Prompt, Word, overlaps
from firstframe.direction.vocabulary import CAMERA_NOUNS, PICTURE_NOUNS, SPEEDS, STYLE_WORDS

MAX_SUBJECTS = 6
MAX_ADJECTIVES = 2
_ENDS_NAME = PREPOSITIONS | DETERMINERS | PRONOUNS | frozenset("and as while is are then that which who has".split())
_NO_NAMES = (
    CAMERA_NOUNS
    | PICTURE_NOUNS
    | NEVER_SUBJECTS
    | frozenset(SPEEDS)
    | STYLE_WORDS
    | frozenset(
        """
        wind breeze background foreground light sign call viewer atmosphere style mood end start beginning middle centre
        center left right top bottom side front distance air morning evening night day dark roll bit focus""".split()
    )
)


def naming_words(prompt: Prompt, taken: list[tuple[int, int]]) -> tuple[Word, ...]:
    """The words that may name something in the picture: not those of camera moves, acts, or set phrases."""
    apart = [*taken, *guarded_places(prompt)]
    return tuple(word for word in prompt.words if not overlaps((word.start, word.end), apart))


def find_subjects(prompt: Prompt, words: tuple[Word, ...]) -> tuple[str, ...]:
    """Names of the main things among `words`: people, then animals, products … nature, each kind in textual order.

    When the tables know no noun of the prompt, the first name after an article is taken.
    """
    ranked: list[tuple[int, int, str]] = []
    for place, word in enumerate(words):
        kind = kind_of_noun(word.base)
        named = word.base not in NEVER_SUBJECTS | CAMERA_NOUNS | PICTURE_NOUNS
        if kind in SUBJECT_KINDS and named and not _tells_of_next(words, place):
            rank = max(1, SUBJECT_KINDS.index(kind))
            ranked.append((rank, word.start, _named(words, place)))
    names = [name for _, _, name in sorted(ranked)] + chinese_subjects(prompt.plain)
    names = names or _first_name(words)
    return tuple(dict.fromkeys(_without_shorter(names)))[:MAX_SUBJECTS]


def _tells_of_next(words: tuple[Word, ...], place: int) -> bool:
    """Whether the noun only tells of the next one: "garden chair", "street lamp"."""
    if place + 1 == len(words):
        return False
    following = words[place + 1]
    adjoining = following.index == words[place].index + 1 and not following.is_cut_off
    return (
        adjoining and kind_of_noun(following.base) in SUBJECT_KINDS and words[place].text == singular(words[place].base)
    )


def _named(words: tuple[Word, ...], place: int) -> str:
    """The noun with the nouns and at most two adjectives right before it."""
    parts = [singular(words[place].base)]
    adjectives = 0
    for back in range(place - 1, max(-1, place - 4), -1):
        word = words[back]
        if words[back + 1].index != word.index + 1 or words[back + 1].is_cut_off or word.text in SPEEDS:
            break
        describes = word.text in ADJECTIVES
        compounds = (
            word.text == word.base
            and kind_of_noun(word.base) in SUBJECT_KINDS
            and not adjectives
            and word.text == singular(word.text)
        )
        if not (compounds or describes) or adjectives == MAX_ADJECTIVES:
            break
        adjectives += describes
        parts.insert(0, word.base)
    return " ".join(parts)


def _without_shorter(names: list[str]) -> list[str]:
    """Drop "handbag" where "black handbag" is named as well."""
    return [name for name in names if not any(other != name and other.endswith(" " + name) for other in names)]


def _first_name(words: tuple[Word, ...]) -> list[str]:
    """The words after the first article, up to a small word, a form of a verb, or punctuation."""
    for place, word in enumerate(words):
        name: list[str] = []
        for following in words[place + 1 : place + 4] if word.text in ("a", "an", "the") else ():
            if (
                following.is_cut_off
                or following.index != word.index + len(name) + 1
                or following.text in _ENDS_NAME
                or following.text.endswith(("ing", "ly"))
            ):
                break
            if name and (following.text.endswith("s") or following.text in ADJECTIVES):
                break
            name.append(following.base)
        if name and name[-1] not in _NO_NAMES and kind_of_noun(name[-1]) in (None, *SUBJECT_KINDS):
            return [" ".join(name)]
    return []

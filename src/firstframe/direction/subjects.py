"""The nouns that name what is in the picture, with their adjectives, most important first."""

from __future__ import annotations

import re

from firstframe.direction import chinese
from firstframe.direction.lexicon import (
    ADJECTIVES,
    DETERMINERS,
    NEVER_SUBJECTS,
    PREPOSITIONS,
    SUBJECT_KINDS,
    kind_of_noun,
    singular,
)
from firstframe.direction.text import Prompt, Word
from firstframe.direction.vocabulary import CAMERA_NOUNS, SPEEDS

MAX_SUBJECTS = 6
MAX_ADJECTIVES = 2


def find_subjects(prompt: Prompt, taken: list[tuple[int, int]]) -> tuple[str, ...]:
    """Names of the main things: people, then animals, products, vehicles, buildings and nature, each in textual order.

    Words inside `taken` places (camera moves) are no subjects. When the tables know no noun of the prompt, the first
    name after an article is taken.
    """
    words = [w for w in prompt.words if not any(start <= w.start < end for start, end in taken)]
    ranked: list[tuple[int, int, str]] = []
    for index, word in enumerate(words):
        kind = kind_of_noun(word.base)
        if kind in SUBJECT_KINDS and word.base not in NEVER_SUBJECTS and not _names_another(words, index):
            rank = SUBJECT_KINDS.index(kind)
            ranked.append((max(1, rank), index, _named(words, index)))
    names = [name for _, _, name in sorted(ranked)] + chinese.subjects(prompt.plain)
    names = names or _first_names(prompt, words)
    return tuple(dict.fromkeys(_without_shorter(names)))[:MAX_SUBJECTS]


def _names_another(words: list[Word], index: int) -> bool:
    """Whether the noun only tells of the next one ("street lamp", "garden chair"), or belongs to it ("the owl's eyes")."""
    if index + 1 == len(words):
        return False
    here, following = words[index], words[index + 1]
    return following.start - here.end <= 1 and kind_of_noun(following.base) in SUBJECT_KINDS and not here.text.endswith("s")


def _named(words: list[Word], index: int) -> str:
    noun = singular(words[index].base)
    adjectives: list[str] = []
    for back in range(index - 1, max(-1, index - 1 - MAX_ADJECTIVES - 2), -1):
        word = words[back]
        if words[back + 1].start - word.end > 2:
            break
        if word.text in ADJECTIVES and word.text not in SPEEDS and len(adjectives) < MAX_ADJECTIVES:
            adjectives.insert(0, word.text)
        elif kind_of_noun(word.base) in SUBJECT_KINDS and not word.text.endswith("s") and not adjectives:
            noun = f"{word.base} {noun}"
        else:
            break
    return " ".join([*adjectives, noun])


def _without_shorter(names: list[str]) -> list[str]:
    """Drop "handbag" where "black handbag" is named as well."""
    return [name for name in names if not any(other != name and other.endswith(" " + name) for other in names)]


def _first_names(prompt: Prompt, words: list[Word]) -> list[str]:
    """The words after the first article, up to a small word, a verb in -s or -ing, or punctuation."""
    for index, word in enumerate(words):
        if word.text not in ("a", "an", "the"):
            continue
        name: list[str] = []
        for following in words[index + 1 : index + 5]:
            gap = prompt.plain[following.start - 1 : following.start]
            before = words[index + len(name)]
            if re.search(r"[^\s]", prompt.plain[before.end : following.start]) or not gap:
                break
            if following.text in PREPOSITIONS | DETERMINERS or following.text in ("and", "as", "while", "is", "are", "then"):
                break
            if name and following.text.endswith(("s", "ing", "ly")):
                break
            name.append(following.base)
        if name and name[-1] not in CAMERA_NOUNS | NEVER_SUBJECTS and name[-1] not in SPEEDS:
            return [" ".join(name)]
    return []

"""What the wind moves: what is named beside it, what it is said to act on, or else all that it can move."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from firstframe.direction.doers import doer_of, is_attributive, next_word
from firstframe.direction.grammar import NOUN_TAGS, VERB_TAGS
from firstframe.direction.lexicon import ADJECTIVES, kind_of_noun
from firstframe.direction.phrases import forms
from firstframe.direction.scene_words import (
    AIRBORNE,
    BLOWERS,
    MOVED_BY_WIND,
    NOT_MOVED_BY_WIND,
    STEADY_WINDS,
    WIND_NOUNS,
    WIND_VERBS,
)
from firstframe.direction.text import Prompt, Word, overlaps
from firstframe.direction.things import is_thing_of, nouns_and_verbs
from firstframe.direction.vocabulary import SCENE_MOTIONS


@dataclass(frozen=True)
class Cue:
    """Words that ask for a motion, with their place."""

    kind: str
    start: int
    end: int
    strength: float | None = None
    """Set for things that never stand still: the strength they bring along when no word says how strongly."""


@cache
def wind_forms() -> frozenset[str]:
    return frozenset(form for verb in WIND_VERBS.split() for form in forms(verb))


def describes_next(words: tuple[Word, ...], noun: Word, kind: str) -> bool:
    """Whether the noun only tells of the next word: "light blue", "water droplets", "rose petals"."""
    if noun.index + 1 == len(words) or words[noun.index + 1].is_cut_off:
        return False
    following = words[noun.index + 1].base
    if words[noun.index + 1].tag in VERB_TAGS:
        return False
    if kind == "light" and noun.text == "light" and (following in ADJECTIVES or kind_of_noun(following)):
        return True
    other_kinds = [
        k for k in SCENE_MOTIONS if following in nouns_and_verbs(k)[0] and following not in nouns_and_verbs(kind)[1]
    ]
    return bool(other_kinds) and kind not in other_kinds and not noun.text.endswith("s")


def in_wind(prompt: Prompt, cues: list[Cue], free: set[int]) -> list[Cue]:
    """What the wind moves when no verb says so: what is named beside it, else everything named that it can move."""
    found: list[Cue] = []
    for wind in (
        word
        for word in prompt.words
        if word.text in WIND_NOUNS | BLOWERS and word.index in free and word.tag not in VERB_TAGS
    ):
        if any(cue.kind == "clouds" and cue.start <= wind.start < cue.end for cue in cues):
            continue
        if any(
            word.text in ("no", "not", "never", "without") for word in prompt.words[max(0, wind.index - 3) : wind.index]
        ):
            continue
        clause = prompt.clauses[prompt.clause_at(wind.start)]
        beside = [
            cue for cue in cues if cue.kind in MOVED_BY_WIND and cue.end > clause.start and cue.start < clause.end
        ]
        if wind.text in BLOWERS:
            found += [] if beside else _blown(prompt.words, wind)
        elif not beside:
            said = [(cue.start, cue.end) for cue in cues]
            unsaid = tuple(word for word in prompt.words if not overlaps((word.start, word.end), said))
            beside_it = tuple(word for word in unsaid if clause.start <= word.start < clause.end)
            near = _movable(prompt.words, beside_it) or _blown(prompt.words, wind)
            if not near and (
                _acts_on(prompt.words, wind)
                or _moves_another(prompt.words, prompt.words_between(clause.start, clause.end))
            ):
                continue
            unnamed = [Cue("foliage", wind.start, wind.end)] if wind.text in STEADY_WINDS else []
            found += near or _movable(prompt.words, unsaid) or ([] if _movable(prompt.words, prompt.words) else unnamed)
            if not near and _has_woman(prompt) and not any(cue.kind == "hair" for cue in found):
                found.append(Cue("hair", wind.start, wind.end))
    return found


def _blown(words: tuple[Word, ...], wind: Word) -> list[Cue]:
    """What a wind is said to act on: "wind blows their coats"."""
    verb = next((w for w in words[wind.index + 1 : wind.index + 4] if w.tag in VERB_TAGS and not w.is_cut_off), None)
    if verb is None or verb.text not in wind_forms() or doer_of(words, verb) is not wind:
        return []
    reached = words[verb.index + 1 : verb.index + 6]
    name = next((w for w in reached if w.tag in NOUN_TAGS and (next_word(words, w) or verb).tag not in NOUN_TAGS), None)
    if name is None or any(word.is_cut_off or word.tag == "I" for word in words[verb.index + 1 : name.index + 1]):
        return []
    following = next_word(words, name)
    flies = name.base in AIRBORNE and (following is None or following.text not in ("of", "on"))
    movable = ("particles",) if flies else (*MOVED_BY_WIND, "particles", "snow")
    kinds = [kind for kind in movable if is_thing_of(kind, name.text if flies else name.base)]
    return [Cue(kind, wind.start, name.end) for kind in kinds[:1]]


def _acts_on(words: tuple[Word, ...], wind: Word) -> bool:
    """Whether a wind is said to do something to something: "wind ripples the water"."""
    verb = next((w for w in words[wind.index + 1 : wind.index + 4] if w.tag in "ZV" and not w.is_cut_off), None)
    after = None if verb is None else next_word(words, verb)
    taken = after is not None and after.tag == "O" and verb is not None and verb.text not in wind_forms()
    return after is not None and (taken or after.tag in "D" + NOUN_TAGS or after.text == "at")


def _moves_another(words: tuple[Word, ...], clause: tuple[Word, ...]) -> bool:
    """Whether a clause tells of something else that moves, which the wind may be said to carry."""
    doers = [doer_of(words, word) for word in clause if word.tag in VERB_TAGS and not is_attributive(words, word)]
    return any(doer is not None and doer.text not in WIND_NOUNS and doer.tag not in "OAE" for doer in doers)


def _has_woman(prompt: Prompt) -> bool:
    return any(kind_of_noun(word.base) == "woman" or word.text == "she" for word in prompt.words)


def _movable(words: tuple[Word, ...], near: tuple[Word, ...]) -> list[Cue]:
    return [
        Cue(kind, word.start, word.end)
        for word in near
        for kind in MOVED_BY_WIND
        if word.tag in NOUN_TAGS and is_thing_of(kind, word.base) and word.base not in NOT_MOVED_BY_WIND
        if not describes_next(words, word, kind)
    ]

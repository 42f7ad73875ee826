"""Which scene motions a prompt asks for, how strongly and where to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from firstframe.direction import chinese
from firstframe.direction.lexicon import ADJECTIVES, LIVING_KINDS, PRONOUNS, kind_of_noun
from firstframe.direction.model import SceneMotion
from firstframe.direction.phrases import compiled, forms
from firstframe.direction.scene_words import (
    INFERENCES,
    MOTION_WORDS,
    MOVEMENT_NOUNS,
    NOT_MOTION,
    WIND_NOUNS,
    WIND_VERBS,
)
from firstframe.direction.text import Prompt, Word
from firstframe.direction.vocabulary import CAMERA_NOUNS, MAX_STRENGTH, SCENE_MOTIONS, STRENGTHS, WIND_STRENGTHS

_MOVED_BY_WIND = ("hair", "cloth", "foliage")
_VERB_REACH, _NOUN_REACH = 7, 3
_BARRIERS = frozenset("as while when then where before after until but who which".split())


@dataclass(frozen=True)
class Cue:
    """Words that ask for a motion, with their place."""

    kind: str
    start: int
    end: int
    strength: float | None = None
    """What the thing brings along when no word says how strongly."""


@cache
def _words(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    rows = MOTION_WORDS[kind]
    return frozenset(rows.nouns.split()), frozenset(form for verb in rows.verbs.split() for form in forms(verb))


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str], float | None], ...]:
    rows = []
    for kind, words in MOTION_WORDS.items():
        for text, strength in ((words.phrases, None), (words.restless, words.restless_strength)):
            rows += [(kind, compiled(phrase.strip()), strength) for phrase in text.split(";") if phrase.strip()]
    return tuple(rows)


@cache
def _guards() -> re.Pattern[str]:
    lines = [phrase for line in NOT_MOTION.strip().splitlines() for phrase in line.split(";")]
    return re.compile("|".join(compiled(line.strip()).pattern for line in lines if line.strip()))


@cache
def _wind_forms() -> frozenset[str]:
    return frozenset(form for verb in WIND_VERBS for form in forms(verb))


def find_cues(prompt: Prompt, camera_spans: list[tuple[int, int]]) -> tuple[Cue, ...]:
    """Every place that asks for a scene motion, in textual order; words of camera moves are left out."""
    plain = prompt.plain
    taken = [m.span() for m in _guards().finditer(plain)] + camera_spans
    found = [
        Cue(kind, *match.span(), strength)
        for kind, expression, strength in _expressions()
        for match in expression.finditer(plain)
        if not _overlaps(match.span(), taken)
    ]
    words = [word for word in prompt.words if not _overlaps((word.start, word.end), taken)]
    found += _meetings(words, plain)
    found += _in_wind(words)
    found += [Cue(kind, place, place + 1) for kind, place in chinese.scene_motions(plain)]
    found = [cue for cue in found if not _is_negated(plain, cue.start)]
    return tuple(sorted(found, key=lambda cue: cue.start))


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _meetings(words: list[Word], plain: str) -> list[Cue]:
    """Nouns that meet a verb of their kind: "waves gently roll in", "swaying palm trees", "the wind lifts her hair"."""
    found = []
    for index, word in enumerate(words):
        for kind in SCENE_MOTIONS:
            nouns, verbs = _words(kind)
            if word.base in nouns and not _is_adjective(words, index, kind):
                verb = _verb_after(words, index, nouns, verbs, plain) or _verb_before(words, index, verbs, plain)
                if verb is not None:
                    found.append(Cue(kind, min(word.start, verb.start), max(word.end, verb.end)))
    return found


def _is_adjective(words: list[Word], index: int, kind: str) -> bool:
    """Whether "light" only tells of the next word, or "water" which lilies."""
    if kind != "light" or words[index].text != "light" or index + 1 == len(words):
        return False
    following = words[index + 1].text
    return following in ADJECTIVES or kind_of_noun(following) is not None


def _verb_after(words: list[Word], index: int, nouns: frozenset[str], verbs: frozenset[str], plain: str) -> Word | None:
    for previous, word in pairwise(words[index : index + _VERB_REACH + 1]):
        gap = plain[previous.end : word.start]
        if re.search(r"[.;:!?\n]", gap) or word.text in _BARRIERS or word.base in CAMERA_NOUNS:
            return None
        if word.text in verbs and not (word.text in nouns and word.text.endswith("s") and word.text not in ("waves", "ripples")):
            return word
        if "," in gap and word.base not in nouns and kind_of_noun(word.base) is None:
            return None
        if word.text in PRONOUNS and word.text != "it":
            return None
        if kind_of_noun(word.base) in LIVING_KINDS and previous.text not in ("of", "around", "behind", "the", "a", "above", "over"):
            return None
    return None


def _verb_before(words: list[Word], index: int, verbs: frozenset[str], plain: str) -> Word | None:
    """A participle just before the noun, a wind that moves it, or a noun of movement: "ripples in the pond"."""
    for back in range(index - 1, max(-1, index - 1 - _NOUN_REACH - 1), -1):
        word = words[back]
        if re.search(r"[.,;:!?\n]", plain[word.end : words[back + 1].start]) or word.base in CAMERA_NOUNS:
            return None
        distance = index - back
        if word.text in verbs and word.text.endswith("ing") and distance <= _NOUN_REACH and not _acted_on(words, back):
            return word
        if word.text in MOVEMENT_NOUNS and distance <= _NOUN_REACH + 1:
            return word
        if word.text in _wind_forms() and any(w.text in WIND_NOUNS for w in words[max(0, back - 4) : back]):
            return word
    return None


def _acted_on(words: list[Word], verb: int) -> bool:
    """Whether somebody does this to the noun: "she is moving her hair"."""
    return verb > 0 and (words[verb - 1].text in PRONOUNS | {"is", "are"} or kind_of_noun(words[verb - 1].base) in LIVING_KINDS)


def _in_wind(words: list[Word]) -> list[Cue]:
    """What the wind moves when the words only say that it blows: everything named that it can move."""
    winds = [word for word in words if word.text in WIND_NOUNS]
    if not winds:
        return []
    named = [
        Cue(kind, word.start, word.end)
        for word in words
        for kind in _MOVED_BY_WIND
        if word.base in _words(kind)[0] and word.base not in ("tie", "train", "fall", "fur", "field", "rock")
    ]
    if not named and any(kind_of_noun(word.base) in LIVING_KINDS for word in words):
        return [Cue("hair", winds[0].start, winds[0].end), Cue("cloth", winds[0].start, winds[0].end)]
    return named or [Cue("foliage", winds[0].start, winds[0].end)]


_NEGATION = re.compile(r"\b(?:no|not|without|never|don't|doesn't|isn't|aren't|nor)\b[^.,;!?\n]{0,40}$|\bstops?\b[^.,;!?\n]{0,15}$")


def _is_negated(plain: str, position: int) -> bool:
    match = _NEGATION.search(plain[max(0, position - 50) : position])
    return match is not None and not re.search(r"\b(?:but|while|as|and the|only)\b", match.group())


_STRENGTH_WORDS = re.compile(
    r"\b(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,4}") for word in sorted(STRENGTHS, key=len, reverse=True)) + r")\b"
)


def scene_motions(prompt: Prompt, cues: tuple[Cue, ...], camera_spans: list[tuple[int, int]]) -> tuple[SceneMotion, ...]:
    """One motion per kind, as strong as its words or its wind say, in order of mention."""
    motions: dict[str, SceneMotion] = {}
    for cue in sorted(cues, key=lambda cue: (cue.strength is not None, cue.start)):
        if cue.kind not in motions:
            strength = _strength(prompt, cue, camera_spans)
            motions[cue.kind] = SceneMotion(cue.kind, strength, _heading(prompt, cue))
        elif motions[cue.kind].heading is None and (heading := _heading(prompt, cue)):
            motions[cue.kind] = SceneMotion(cue.kind, motions[cue.kind].strength, heading)
    order = {cue.kind: cue.start for cue in reversed(cues)}
    return tuple(sorted(motions.values(), key=lambda motion: order[motion.kind]))


def _region(prompt: Prompt, cue: Cue) -> tuple[int, int]:
    first = prompt.clauses[prompt.clause_at(cue.start)]
    last = prompt.clauses[prompt.clause_at(max(cue.start, cue.end - 1))]
    return min(first.start, cue.start), max(last.end, cue.end)


def _strength(prompt: Prompt, cue: Cue, camera_spans: list[tuple[int, int]]) -> float:
    start, end = _region(prompt, cue)
    text = list(prompt.plain[start:end])
    for left, right in camera_spans:
        for place in range(max(left, start), min(right, end)):
            text[place - start] = " "
    region = "".join(text)
    if cue.kind == "clouds" and re.search(r"time ?lapse|hyper ?lapse|延时", prompt.plain):
        return MAX_STRENGTH
    words = [m for m in _STRENGTH_WORDS.finditer(region) if not _tells_of_other(region, m, cue.kind)]
    said = [STRENGTHS[" ".join(m.group().split())] for m in words]
    wind = _wind_strength(prompt.plain) if cue.kind in _MOVED_BY_WIND else None
    if said:
        return said[0] if said[0] != 1.0 else said[-1]
    return wind if wind is not None else cue.strength if cue.strength is not None else 1.0


def _tells_of_other(region: str, match: re.Match[str], kind: str) -> bool:
    """Whether a strength word is an adjective of something that does not move: "small boat", "light blue dress"."""
    if match.group().endswith("ly"):
        return False
    following = re.findall(r"[^\W_]+", region[match.end() : match.end() + 40])[:2]
    relevant = _words(kind)[0] | _words(kind)[1] | set(WIND_NOUNS) | MOVEMENT_NOUNS | {"and", "breeze"}
    return bool(following) and not any(word in relevant for word in following)


def _wind_strength(plain: str) -> float | None:
    """Strength of the first wind in the prompt, by its adjective or else by its noun."""
    for match in re.finditer(r"\b(" + "|".join(WIND_STRENGTHS) + r")\b", plain):
        before = plain[max(0, match.start() - 30) : match.start()]
        said = [m for m in _STRENGTH_WORDS.finditer(before) if not re.search(r"[.,;!?]", before[m.end() :])]
        if said:
            return STRENGTHS[" ".join(said[-1].group().split())]
        return WIND_STRENGTHS[match.group(1)]
    return None


_HEADINGS = (
    (re.compile(r"\b(?:from (?:the )?right to (?:the )?left|(?:to|toward|towards) the left|leftwards?|from (?:the )?right)\b|向左"), "left"),
    (re.compile(r"\b(?:from (?:the )?left to (?:the )?right|(?:to|toward|towards) the right|rightwards?|from (?:the )?left)\b|向右"), "right"),
    (re.compile(r"\b(?:upwards?|into the sky|skywards?)\b|向上"), "up"),
    (re.compile(r"\b(?:downwards?)\b|向下"), "down"),
    (re.compile(r"\b(?:drift|blow|move|roll|float|flow|sway|stream)(?:s|ing)? (?:\w+ly )?left\b"), "left"),
    (re.compile(r"\b(?:drift|blow|move|roll|float|flow|sway|stream)(?:s|ing)? (?:\w+ly )?right\b"), "right"),
)


def _heading(prompt: Prompt, cue: Cue) -> str | None:
    start, end = _region(prompt, cue)
    region = prompt.plain[start:end]
    found = next((heading for expression, heading in _HEADINGS if expression.search(region)), None)
    if found is None and cue.kind in _MOVED_BY_WIND:
        wind = re.search(r"\b(?:" + "|".join(WIND_NOUNS) + r")\b[^.,;!?\n]{0,30}", prompt.plain)
        found = next((h for expression, h in _HEADINGS[:2] if wind and expression.search(wind.group())), None)
    return found


def inferred_motions(prompt: Prompt) -> tuple[tuple[SceneMotion, str], ...]:
    """Soft motions that the nouns of the prompt invite, each with the noun as its reason."""
    guards = [m.span() for m in _guards().finditer(prompt.plain)]
    found = []
    for inference in INFERENCES:
        nouns = set(inference.nouns.split())
        for word in prompt.words:
            fits = word.base in nouns or f"@{kind_of_noun(word.base)}" in nouns
            if fits and (word.text.startswith("@") or not _overlaps((word.start, word.end), guards)):
                found.append((SceneMotion(inference.kind, inference.strength, asked=False), word.base))
                break
    return tuple(found)

"""Where a prompt asks for scene motions: a noun meets its verb, a phrase, the wind, a thing that never stands still."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from firstframe.direction.chinese.motions import scene_motions
from firstframe.direction.doers import (
    doer_of,
    first_of_name,
    is_attributive,
    is_governed,
    is_worked_on,
    names_of,
    next_word,
)
from firstframe.direction.grammar import NOUN_TAGS, VERB_TAGS
from firstframe.direction.lexicon import (
    LIVING_KINDS,
    PREPOSITIONS,
    PRONOUNS,
    is_adverb,
    kind_of_noun,
)
from firstframe.direction.lights import lights
from firstframe.direction.motion_words import MOTION_WORDS, PLACEHOLDERS
from firstframe.direction.phrases import Phrase, phrases
from firstframe.direction.scene_words import (
    AIRBORNE,
    AIRBORNE_VERBS,
    AWAY,
    MOVED_BY_WIND,
    MOVEMENT_NOUNS,
    NOT_MOTION,
    NOT_OF_ITSELF,
    PASSING_VERBS,
    RESTLESS_STRENGTHS,
    SHINING_VERBS,
    STILLNESS,
    WIND_NOUNS,
)
from firstframe.direction.text import Prompt, Word, overlaps
from firstframe.direction.things import is_own_motion, is_thing_of, lines_of, nouns_and_verbs
from firstframe.direction.vocabulary import CAMERA_NOUNS, SCENE_MOTIONS
from firstframe.direction.winds import Cue, describes_next, in_wind, wind_forms
from firstframe.direction.word_readings import verb_of

_PARTICIPLE_REACH, _MOVEMENT_REACH = 3, 4
_CLOUDS_OF = dict.fromkeys("ash smoke steam vapor vapour exhaust".split(), "smoke") | dict.fromkeys(
    "ice frost soap dust sand powder flour pollen spore gold foil paint rust bark chocolate coconut".split(),
    "particles",
)
"""What clouds and flakes may be made of that are none of the sky."""
_RATHER_SHINING = frozenset(
    "drop drops droplet droplets feather feathers blossoms petal petals seeds sand powder sequins".split()
)
"""Things that may fly or lie there: when they shine, they are asked to shine, not to fly."""
_STILL = frozenset("no nothing without still static frozen motionless".split())
_RUSTLING = frozenset("sway rustle tremble quiver shiver nod shake stir".split())
"""What leaves do on their branch, wherever it leads."""
_RUFFLING = frozenset("move stir ruffle sway flutter ripple quiver tremble".split())
"""What feathers do that are still worn."""
_LEADING_ON = frozenset("of in on through across to over".split())


class _Expression(NamedTuple):
    kind: str
    phrase: Phrase
    strength: float | None


@cache
def _expressions() -> tuple[_Expression, ...]:
    return tuple(
        _Expression(kind, phrase, RESTLESS_STRENGTHS.get(kind, 1.0) if key == "restless" else None)
        for kind in MOTION_WORDS
        for key, text in lines_of(kind)
        if key in ("phrase", "restless")
        for phrase in phrases(text, PLACEHOLDERS)
    )


@cache
def _guards() -> tuple[Phrase, ...]:
    return phrases(NOT_MOTION)


@cache
def _stillness() -> tuple[Phrase, ...]:
    return phrases(STILLNESS)


def guarded_places(prompt: Prompt) -> list[tuple[int, int]]:
    """Places whose words only seem to ask for a motion."""
    words = {word.text for word in prompt.words}
    return [span for guard in _guards() for span in guard.spans(prompt.plain, words)]


@dataclass(frozen=True)
class Cues:
    """What a prompt says about scene motions."""

    asked: tuple[Cue, ...]
    """Every place that asks for one, in textual order."""
    forbidden: frozenset[str]
    """Kinds that the words rule out."""


def find_cues(prompt: Prompt, camera_spans: list[tuple[int, int]]) -> Cues:
    """Every place that asks for a scene motion or rules it out; words of camera moves are left out."""
    taken = guarded_places(prompt) + camera_spans
    texts = {word.text for word in prompt.words}
    free = {word.index for word in prompt.words if not overlaps((word.start, word.end), taken)}
    waving = {word.start for word in prompt.words if is_verb_waves(prompt.words, word)}
    doing = {
        word.start
        for word in prompt.words
        if word.tag in VERB_TAGS and not word.text.endswith("ing") and word.text != "waves"
    }
    found = [
        Cue(expression.kind, *span, expression.strength)
        for expression in _expressions()
        for span in expression.phrase.spans(prompt.plain, texts)
        if not overlaps(span, taken) and not any(span[0] <= place < span[1] for place in waving)
        if expression.strength is None or doing.isdisjoint(range(*span))
    ]
    meetings = [cue for word in prompt.words if word.index in free for cue in _meetings(prompt.words, word, free)]
    others = [(cue.start, cue.end) for cue in meetings if cue.kind != "breathing"]
    found = [cue for cue in found if cue.kind != "breathing" or not overlaps((cue.start, cue.end), others)]
    found = [cue for cue in found if not any(_is_part_of(cue, other) for other in found)]
    meetings = [cue for cue in meetings if not any(_is_part_of(cue, other) for other in found)]
    found += lights(prompt.words, free, [(cue.start, cue.end) for cue in found + meetings])
    found += meetings + in_wind(prompt, found + meetings, free)
    found += _animated(prompt.words, any(cue.kind == "flow" for cue in found))
    chinese = scene_motions(prompt.plain)
    found += [Cue(motion.kind, motion.start, motion.end) for motion in chinese]
    negated = {(motion.kind, motion.start) for motion in chinese if motion.negated}
    asked = [cue for cue in found if not _is_negated(prompt.plain, cue) and (cue.kind, cue.start) not in negated]
    still = any(
        not overlaps(span, camera_spans) for phrase in _stillness() for span in phrase.spans(prompt.plain, texts)
    )
    ruled_out = SCENE_MOTIONS if still else {cue.kind for cue in found} - {cue.kind for cue in asked}
    return Cues(tuple(sorted(asked, key=lambda cue: cue.start)), frozenset(ruled_out))


def _is_part_of(cue: Cue, other: Cue) -> bool:
    """Whether a cue's words only belong to a phrase that asks for something else: "rain" in "petals rain"."""
    inside = other.start <= cue.start and cue.end <= other.end
    return (
        inside
        and other.strength is None
        and cue.kind != other.kind
        and cue.kind in ("rain", "water", "flow", "clouds", "foliage")
    )


def is_verb_waves(words: tuple[Word, ...], word: Word) -> bool:
    """Whether "waves" is what somebody or a flag does, not what the sea has."""
    if word.text not in ("waves", "wave") or word.index == 0 or word.is_cut_off:
        return False
    before = words[word.index - (2 if is_adverb(words[word.index - 1].text) and word.index > 1 else 1)]
    if before.text == "and" and before.index > 0:
        listed = any(words[before.index - 1].base in nouns_and_verbs(kind)[0] for kind in SCENE_MOTIONS)
        return not listed and any(
            kind_of_noun(w.base) in LIVING_KINDS or w.text in PRONOUNS for w in words[: before.index]
        )
    moves = any(before.base in nouns_and_verbs(kind)[0] for kind in (*MOVED_BY_WIND, "light"))
    living = before.tag in "AE" or kind_of_noun(before.base) in LIVING_KINDS | {"body", "clothes"}
    return before.text in PRONOUNS or moves or living


def _meetings(words: tuple[Word, ...], word: Word, free: set[int]) -> list[Cue]:
    """Motions that a verb tells of its doers, or that stand before a noun: "waves gently roll in", "swaying palms"."""
    found = []
    if word.tag in VERB_TAGS and not is_attributive(words, word):
        found = _doings(words, word)
    named = next_word(words, word)
    if word.tag in NOUN_TAGS + "J" and named is not None and named.text in MOVEMENT_NOUNS and named.index in free:
        kinds = [kind for kind in SCENE_MOTIONS if is_thing_of(kind, word.base)] if named.tag in NOUN_TAGS else []
        found += [Cue(kind, word.start, named.end) for kind in kinds]
    if word.tag in NOUN_TAGS:
        for kind in SCENE_MOTIONS:
            nouns, verbs = nouns_and_verbs(kind)
            if word.text in nouns and not describes_next(words, word, kind) and not is_verb_waves(words, word):
                verb = _verb_before(words, word, verbs, free)
                if verb is not None:
                    found.append(Cue(kind, min(word.start, verb.start), max(word.end, verb.end)))
    return found


def _doings(words: tuple[Word, ...], verb: Word) -> list[Cue]:
    doer = doer_of(words, verb)
    if doer is None or is_worked_on(words, verb):
        return []
    found = []
    between = words[doer.index + 1 : verb.index]
    apart = any(word.tag in VERB_TAGS or word.starts_sentence for word in between)
    for name in dict.fromkeys((*names_of(words, doer), *_listed_with(words, doer, verb)[1:])):
        for kind in SCENE_MOTIONS:
            if _moves_so(words, kind, name, verb, doer.text in ("it", "they")):
                found.append(Cue(kind, verb.start if apart else min(doer.start, name.start), verb.end))
    return found


def _moves_so(words: tuple[Word, ...], kind: str, name: Word, verb: Word, by_pronoun: bool) -> bool:
    noun = name.base
    if noun in ("cloud", "clouds", "flakes") and name.index and not name.is_cut_off:
        made_of = words[name.index - 1].text
        if made_of in _CLOUDS_OF:
            return kind == _CLOUDS_OF[made_of]
    if _is_of_light(words, name):
        return kind == "light"
    if noun in ("drop", "drops", "droplets") and not name.is_cut_off and words[name.index - 1].text == "rain":
        return kind == "rain"
    if noun in _RATHER_SHINING and verb_of(verb.text) in SHINING_VERBS.split():
        return kind == "light"
    if noun in ("reflection", "reflections") and verb_of(verb.text) in PASSING_VERBS.split():
        return kind == "light"
    following = next_word(words, verb)
    if kind == "particles" and noun.startswith("feather") and verb_of(verb.text) in _RUFFLING:
        return False
    if kind == "foliage" and noun not in AIRBORNE and following is not None and following.text in ("past", "by"):
        return False
    if noun in AIRBORNE and kind in ("foliage", "particles"):
        leads = following is not None and following.text in AWAY and verb_of(verb.text) not in _RUSTLING
        flies = verb_of(verb.text) in AIRBORNE_VERBS.split() or leads or _flies_off(noun, verb)
        falls = kind == "particles" and verb_of(verb.text) in AIRBORNE_VERBS.split()
        races = leads and verb_of(verb.text) in ("race", "rush")
        own = races or verb_of(verb.text) not in NOT_OF_ITSELF.split()
        return falls or (flies == (kind == "particles") and own)
    return is_own_motion(kind, noun, verb.text, verb_of(verb.text), by_pronoun)


def _is_of_light(words: tuple[Word, ...], name: Word) -> bool:
    """Whether a thing that the tables do not know to move is made of light: "sun patches", "light strips"."""
    before = words[name.index - 1] if name.index and not name.is_cut_off else None
    if before is None or before.text not in ("sun", "light", "neon", "laser"):
        return False
    plural = name.tag == "S" or (before.text != "light" and name.tag == "N")
    return plural and not any(is_thing_of(kind, name.base) for kind in SCENE_MOTIONS)


def _flies_off(noun: str, verb: Word) -> bool:
    return noun.startswith("petal") and verb_of(verb.text) not in (
        "tremble",
        "quiver",
        "sway",
        "rustle",
        "shiver",
        "nod",
        "move",
        "bend",
        "open",
        "ripple",
    )


def _listed_with(words: tuple[Word, ...], doer: Word, verb: Word) -> list[Word]:
    """A doer and the names listed before it: "hair, leaves and clouds move"."""
    names = [doer]
    while (first := first_of_name(words, names[-1])) > 0:
        before = words[first - 1]
        listed = before if words[first].is_cut_off and not words[first].starts_sentence else None
        if before.text == "and" and before.index > 0:
            listed = words[before.index - 1]
        if listed is None or listed.tag not in NOUN_TAGS or (len(names) == 1 and before.text != "and"):
            break
        if is_governed(words, first_of_name(words, listed), verb):
            break
        names.append(listed)
    return names


def _verb_before(words: tuple[Word, ...], noun: Word, verbs: frozenset[str], free: set[int]) -> Word | None:
    """A participle just before the noun, a wind that moves it, or a noun of movement: "ripples in the pond"."""
    for word in reversed(words[max(0, noun.index - _MOVEMENT_REACH) : noun.index]):
        if words[word.index + 1].is_cut_off or word.base in CAMERA_NOUNS:
            return None
        distance = noun.index - word.index
        if word.tag == "I" and word.text != "of" and words[word.index - 1].text not in MOVEMENT_NOUNS:
            return None
        if word.index not in free:
            continue
        if (
            word.text in verbs
            and word.text.endswith("ing")
            and distance <= _PARTICIPLE_REACH
            and not _is_done(words, word)
        ):
            return word
        if word.text in MOVEMENT_NOUNS and word.tag in NOUN_TAGS + "G" and words[word.index + 1].text in _LEADING_ON:
            return word
        if (
            words[word.index + 1].tag in "DNJ"
            and word.text in wind_forms()
            and any(w.text in WIND_NOUNS for w in words[max(0, word.index - 4) : word.index])
        ):
            return word
    return None


def _is_done(words: tuple[Word, ...], verb: Word) -> bool:
    """Whether somebody does this to the noun ("moving her hair") or it leads elsewhere ("walking through leaves")."""
    before, after = (words[verb.index - 1] if verb.index else None), words[verb.index + 1]
    if after.text in PREPOSITIONS - {"of"} or after.text in ("the", "her", "his", "a", "their"):
        return True
    return (
        before is not None
        and not verb.is_cut_off
        and (before.text in PRONOUNS or kind_of_noun(before.base) in LIVING_KINDS)
    )


def _animated(words: tuple[Word, ...], flows: bool) -> list[Cue]:
    """What an order to animate names: "animate the clouds and the water"; water in a fountain flows already."""
    found: list[Cue] = []
    for order in (
        word
        for word in words
        if word.text in ("animate", "animating")
        or _excepts(words, word)
        or _orders(words, word)
        or _names_all_that_moves(words, word)
    ):
        for word in words[order.index + 1 : order.index + 9]:
            if word.tag in "ZVBMW" or word.starts_sentence or word.tag == "I":
                break
            kinds = [kind for kind in SCENE_MOTIONS if word.tag in NOUN_TAGS and is_thing_of(kind, word.base)]
            found += [Cue(kind, word.start, word.end) for kind in kinds[:1] if not (kind == "water" and flows)]
    return found


def _names_all_that_moves(words: tuple[Word, ...], word: Word) -> bool:
    """Whether a list without a verb says what alone moves: "no movement, only the steam and her hair"."""
    if word.text != "only" or not word.is_cut_off or not any(w.text in _STILL for w in words[: word.index]):
        return False
    rest = words[word.index + 1 :]
    end = next((place for place, other in enumerate(rest) if other.is_cut_off), len(rest))
    return end > 1 and rest[0].tag == "D" and not any(other.tag in VERB_TAGS + "BM" for other in rest[:end])


def _orders(words: tuple[Word, ...], word: Word) -> bool:
    """Whether "move" is an order to us: "only move the water"."""
    after = next_word(words, word)
    before = words[word.index - 1].text if word.index else "only"
    return word.text == "move" and after is not None and after.tag == "D" and before in ("only", "just", "please")


def _excepts(words: tuple[Word, ...], word: Word) -> bool:
    """Whether what follows is all that moves: "nothing moves except her hair"."""
    said = {earlier.text for earlier in words[max(0, word.index - 6) : word.index + 1]}
    return word.text in ("except", "besides") and not said.isdisjoint(("nothing", "everything", "all"))


_NEGATION = re.compile(
    r"\b(?:no|not|without|never|don't|doesn't|isn't|aren't|nor)\b[^.,;!?\n]{0,40}$|\bstops?\s{1,3}(?:the\s)?\w*$"
)
_CEASES = re.compile(
    r"\s+(?:(?:(?:must|should|shall|may|can|will|do|does|is|are) not|never|doesn't|don't|mustn't)\b"
    r"|(?:has |have )?(?:stops?|stopped|ends?|ended|ceases?|is over)\b)"
)
_TURN_OF_SENTENCE = re.compile(r"\b(?:but|while|as|and the|only)\b")


def _is_negated(plain: str, cue: Cue) -> bool:
    before = _NEGATION.search(plain[max(0, cue.start - 50) : cue.start])
    within = re.search(r"\b(?:not|never|don't|doesn't|isn't|aren't)\b", plain[cue.start : cue.end])
    if _CEASES.match(plain, cue.end):
        return True
    return within is not None or (before is not None and not _TURN_OF_SENTENCE.search(before.group()))

"""What moves in a scene, by its noun: which nouns move in which way, and with which verbs."""

from __future__ import annotations

from functools import cache

from firstframe.direction.action_words import SOUNDS
from firstframe.direction.lexicon import singular
from firstframe.direction.motion_words import MOTION_WORDS, SWAYING
from firstframe.direction.phrases import forms, keyed_lines
from firstframe.direction.scene_words import FLUIDS, MOVED_BY_WIND, NOT_FLUID, NOT_OF_ITSELF
from firstframe.direction.vocabulary import SCENE_MOTIONS

_STAYING = frozenset("mirror cover remain stay keep look seem lie rest sit stand be have wear await contain".split())


_ENDINGS: dict[str, tuple[str, ...]] = {
    "light": ("light", "lights"),
    "foliage": ("grass", "flower", "flowers", "tree", "trees"),
    "cloth": ("coat", "coats", "skirt", "shirt", "scarf", "gown", "dress", "cloth", "cape"),
    "rain": ("rain",),
    "snow": ("snow",),
    "fire": ("fire", "fires"),
    "smoke": ("smoke", "steam"),
}
"""What a compound ends on that names something of this kind: "floodlights", "nightgown"."""
_HUNG = frozenset("lantern lanterns lamp lamps bulb bulbs chandelier sign signs".split())
_TRAVELLING = frozenset("sway swing rise float drift fly fall".split())
"""What lamps do with their whole body, which is no light."""
_LIKENESSES = frozenset("reflection reflections shadow shadows".split())
_EXPRESSIONS = frozenset("smile grin frown wink blink nod laugh whisper wave speak talk cry scream".split())
"""What a likeness does as somebody, not as light."""
_MIRRORED = frozenset("reflected mirrored painted drawn printed".split())
"""How something is shown that is not there itself."""


@cache
def lines_of(kind: str) -> tuple[tuple[str, str], ...]:
    """Key and text of every line of a kind's table."""
    return tuple(keyed_lines(MOTION_WORDS[kind]))


@cache
def nouns_and_verbs(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """The nouns that move in one way, and every form of the verbs that say so."""
    nouns, verbs = (
        {word for key, text in lines_of(kind) if key == wanted for word in text.split()}
        for wanted in ("nouns", "verbs")
    )
    swaying = set(SWAYING.split()) if "SWAYING" in verbs else set()
    return frozenset(nouns), frozenset(form for verb in (verbs | swaying) - {"SWAYING"} for form in forms(verb))


@cache
def is_thing_of(kind: str, noun: str) -> bool:
    """Whether a noun, singular or plural, names something that moves in this way."""
    nouns = nouns_and_verbs(kind)[0]
    if len(noun) > 7 and noun.endswith(_ENDINGS.get(kind, ())) and noun not in moved_by():
        return True
    return noun in nouns or singular(noun) in nouns or (noun.endswith("s") and noun[:-1] in nouns)


@cache
def moved_by() -> dict[str, frozenset[str]]:
    """Noun of a scene -> the forms of the verbs that are its own motion."""
    table: dict[str, set[str]] = {}
    for kind in SCENE_MOTIONS:
        nouns, verbs = nouns_and_verbs(kind)
        for noun in nouns:
            table.setdefault(noun, set()).update(verbs)
    return {noun: frozenset(verbs) for noun, verbs in table.items()}


@cache
def is_fluid(noun: str) -> bool:
    """Whether a thing does nothing but move, so that any verb it meets is its motion."""
    return noun not in NOT_FLUID and any(noun in nouns_and_verbs(kind)[0] for kind in FLUIDS)


@cache
def is_own_motion(kind: str, noun: str, verb: str, plain_verb: str, by_pronoun: bool = False) -> bool:
    """Whether what a noun does with a verb (as it stands, and its plain form) is a motion of this kind.

    A pronoun may stand for something else: then only the verbs of the kind count, not any verb that a wind allows.
    """
    if not is_thing_of(kind, noun) or plain_verb in _STAYING or verb in _MIRRORED:
        return False
    if kind == "light" and plain_verb in SOUNDS and noun != "lightning":
        return False
    if kind == "light" and noun in _HUNG and plain_verb in _TRAVELLING:
        return False
    if noun in _LIKENESSES and plain_verb in _EXPRESSIONS:
        return False
    sways = kind in MOVED_BY_WIND and not by_pronoun and plain_verb not in NOT_OF_ITSELF.split()
    flows = kind in FLUIDS and is_fluid(noun) and not by_pronoun
    return verb in nouns_and_verbs(kind)[1] or sways or flows

"""Light and fire on whatever is said to shine, to flicker, to light up or to burn, whichever thing it is."""

from __future__ import annotations

from functools import cache

from firstframe.direction.doers import doer_of, is_attributive, names_of, next_word
from firstframe.direction.grammar import NOUN_TAGS, VERB_TAGS
from firstframe.direction.lexicon import LIVING_KINDS, kind_of_noun
from firstframe.direction.phrases import forms
from firstframe.direction.scene_words import FLICKERING_VERBS, SHINING_VERBS
from firstframe.direction.text import Word, overlaps
from firstframe.direction.winds import Cue
from firstframe.direction.word_readings import verb_of

_BEGINNING = frozenset("start starts begin begins".split())
_DESCRIBING = frozenset("glowing flickering blinking pulsing flashing strobing".split())
_LIKENESSES = frozenset("doll dolls puppet puppets statue toy toys mannequin teddy figurine scarecrow snowman".split())
"""Things made like somebody, who blink with their eyes."""
_OF_FACES = frozenset("eye eyes face faces smile smiles gaze cheek cheeks lips skin".split())
"""What shines by an expression, not by light."""


def lights(words: tuple[Word, ...], free: set[int], cues: list[tuple[int, int]]) -> list[Cue]:
    """Light and fire that no scene noun asks for: words outside `free` and motions in `cues` are left alone."""
    found = []
    for word in (word for word in words if word.index in free):
        kind = _described(words, word)
        if not overlaps((word.start, word.end), cues):
            kind = _alone(words, word) or _told(words, word) or kind
        if kind:
            found.append(Cue(kind, _start(words, word), word.end))
    return found


@cache
def _shining_forms() -> frozenset[str]:
    return frozenset(form for verb in SHINING_VERBS.split() for form in forms(verb)[:3])


def _alone(words: tuple[Word, ...], word: Word) -> str | None:
    """What a word of shining asks for that is all that stands between two commas."""
    if word.text not in _shining_forms() or not word.is_cut_off or next_word(words, word) is not None:
        return None
    return "particles" if word.text == "sparkles" and _tells_of_the_living(words, word) else "light"


def _described(words: tuple[Word, ...], word: Word) -> str | None:
    """Light for what is said to be glowing or flickering: "a glowing sword", "blinking buttons"."""
    if word.text not in _DESCRIBING or not is_attributive(words, word):
        return None
    name = next((w for w in words[word.index + 1 :] if w.tag in NOUN_TAGS), word)
    lives = name.tag in "AE" or kind_of_noun(name.base) in LIVING_KINDS
    return "light" if word.text == "glowing" or not (lives or kind_of_noun(name.base) == "body") else None


def _told(words: tuple[Word, ...], word: Word) -> str | None:
    """What a verb asks for of the lifeless thing that it is said of."""
    before = words[word.index - 1] if word.index and not word.is_cut_off else None
    describes = word.tag == "G" and before is not None and before.tag in "ZV" and before.text not in _BEGINNING
    if word.tag not in VERB_TAGS or word.tag == "P" or describes or is_attributive(words, word):
        return None
    verb, after = verb_of(word.text), next_word(words, word)
    shines = word.text in _shining_forms() or verb in FLICKERING_VERBS.split()
    lights_up = verb == "light" and after is not None and after.text == "up"
    burns = verb == "burn" and (after is None or after.tag not in "DNS")
    if not (shines or lights_up or burns):
        return None
    doer = doer_of(words, word)
    if doer is None or (doer.tag == "O" and doer.text not in ("it", "they")):
        return None
    names = [name for name in names_of(words, doer) if name.tag != "O"]
    if verb == "blink" and (doer.base in _LIKENESSES or (doer.tag == "O" and _somebody_before(words, doer))):
        return None
    if any(name.base in ("eye", "eyes") for name in names) and verb in ("glow", "flash", "light"):
        return "light"
    if not names or any(name.base in _OF_FACES for name in names):
        return None
    living = any(name.tag in "AE" or kind_of_noun(name.base) in LIVING_KINDS for name in names)
    if living and not (word.text in _shining_forms() and verb != "flicker"):
        return None
    return "fire" if verb == "burn" else "light"


def _somebody_before(words: tuple[Word, ...], doer: Word) -> bool:
    """Whether a pronoun may stand for a person or an animal: "a gorilla's face, it blinks"."""
    return any(
        w.tag in "AE" or kind_of_noun(w.base) in LIVING_KINDS for w in words[max(0, doer.index - 14) : doer.index]
    )


def _start(words: tuple[Word, ...], word: Word) -> int:
    """Where the words begin: with the doer, when it stands near."""
    doer = doer_of(words, word) if verb_of(word.text) in FLICKERING_VERBS.split() else None
    return doer.start if doer is not None and 0 < word.index - doer.index < 3 else word.start


def _tells_of_the_living(words: tuple[Word, ...], word: Word) -> bool:
    """Whether the last one named before a word is somebody, who does not sparkle: "she winks, sparkles"."""
    doer = next((w for w in reversed(words[: word.index]) if w.tag in NOUN_TAGS + "O"), None)
    doer = None if doer is None else doer_of(words, words[word.index - 1]) or doer
    return doer is not None and (doer.tag in "OAE" or kind_of_noun(doer.base) in LIVING_KINDS)

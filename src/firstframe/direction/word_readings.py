"""What each word of English can be, before its neighbours are asked: by the tables or by its ending.

The tags are those of `grammar`.
"""

from __future__ import annotations

from functools import cache

from firstframe.direction import dictionary, lexicon, wordlist
from firstframe.direction.action_words import (
    ACTS,
    ACTS_OF_THE_LIVING,
    COLLECTIVES,
    MAKING,
    MODALS,
    MOVES_OF_THINGS,
    OFTEN_NOUNS,
    ORDERS_TO_US,
    PASSIVE_ACTS,
    STANDING,
    STATES,
    STRETCHING,
)
from firstframe.direction.motion_words import MOTION_WORDS
from firstframe.direction.phrases import forms, keyed_lines
from firstframe.direction.scene_words import GENERIC_VERBS, SHINING_VERBS, WIND_NOUNS, WIND_VERBS
from firstframe.direction.vocabulary import CAMERA_NOUNS, PICTURE_NOUNS, SPEEDS

_BE = "is are was were be been being am has have had having isn't aren't wasn't it's there's"
_CONJUNCTIONS = "yet and or but nor as while whilst when where whereas because if though although so then"
_POSTPOSED = "below above behind outside beyond ahead beside around inside overhead"
_ALSO_PREPOSITIONS = "out away back forward backward backwards forwards aside ahead sideways along home open"
_UNCHANGED = """
    only also just again still now not never always ever too very quite almost once twice first
    suddenly soon here there everywhere somewhere nearby overhead elsewhere anywhere together apart alone abit
    alot please pls
    plz thanks thx
"""
_ACTS_OF_FILM = frozenset("crash snap whip whips punch swish".split())
TROUPES = frozenset(
    "band team choir orchestra audience crowd couple family herd flock pack swarm troupe duo trio crew squad group "
    "class gang fleet convoy pair army parade procession".split()
)
"""Nouns of several that take a verb in the singular or in the plural."""
_ADJECTIVE_ENDINGS = tuple("ous ful ive ish less able ible esque ical ular like wide".split())
_VERB_ENDINGS = ("ate", "ise", "ize", "ify")
_NOUN_ENDINGS = ("tion", "sion", "ness", "ment", "ity", "ism", "ance", "ence", "ship", "hood", "dom", "ware", "age")


@cache
def known_verbs() -> dict[str, tuple[str, str]]:
    """Form -> verb and tag, of every verb that the tables hold."""
    telling = " ".join((*STANDING, *STRETCHING, *MAKING, *ORDERS_TO_US))
    listed = (
        ACTS,
        ACTS_OF_THE_LIVING,
        MOVES_OF_THINGS,
        wordlist.VERBS,
        telling,
        WIND_VERBS,
        SHINING_VERBS,
        GENERIC_VERBS,
        " ".join(PASSIVE_ACTS),
    )
    verbs = dict.fromkeys(word for table in listed for word in table.split())
    scene = (text for block in MOTION_WORDS.values() for key, text in keyed_lines(block) if key == "verbs")
    verbs |= dict.fromkeys(word for text in scene for word in text.split() if word != "SWAYING")
    table: dict[str, tuple[str, str]] = {}
    for verb in verbs:
        for form, tag in zip(forms(verb), "VZGPPPP", strict=False):
            table.setdefault(form, (verb, tag))
    return table


def verb_of(form: str) -> str:
    """The plain form of a verb, as far as the tables tell."""
    return known_verbs().get(form, (form, ""))[0]


@cache
def _nouns() -> dict[str, str]:
    """Noun in the singular, or that has no other form -> its tag."""
    scene = (text for block in MOTION_WORDS.values() for key, text in keyed_lines(block) if key == "nouns")
    table = {
        word: "S" if word.endswith("s") and not word.endswith(("ss", "us", "as", "is")) else "N"
        for t in scene
        for word in t.split()
    }
    table |= dict.fromkeys(wordlist.NOUNS.split(), "N")
    plurals = (
        "clothes trousers glasses sunglasses stairs curls drapes curtains jeans pants scissors overalls remains ruins"
    )
    table |= dict.fromkeys((*CAMERA_NOUNS, *PICTURE_NOUNS, *WIND_NOUNS), "N")
    for kind, nouns in lexicon.NOUNS.items():
        table |= dict.fromkeys(nouns.split(), "A" if kind in lexicon.LIVING_KINDS else "N")
    table |= dict.fromkeys(wordlist.ANIMATE.split(), "A")
    table |= dict.fromkeys(plurals.split(), "S")
    return table | dict.fromkeys("people police folk audience traffic couple family crowd team band".split(), "E")


@cache
def scene_nouns() -> frozenset[str]:
    scene = (text for block in MOTION_WORDS.values() for key, text in keyed_lines(block) if key == "nouns")
    return frozenset(word for text in scene for word in text.split())


@cache
def noun_tag(word: str) -> str | None:
    """N, A, S or E for a noun of the tables, singular or plural; None for another word."""
    if word in _nouns() and not (word.endswith("s") and word[:-1] in _nouns()):
        return _nouns()[word]
    if word in lexicon.IRREGULAR_PLURALS:
        return {"A": "E", "N": "S"}.get(_nouns().get(lexicon.IRREGULAR_PLURALS[word], "N"), "S")
    for ending, replacement in (("s", ""), ("es", ""), ("ies", "y"), ("ves", "f"), ("ves", "fe")):
        stem = word.removesuffix(ending) + replacement if word.endswith(ending) else ""
        if stem in _nouns():
            return "E" if _nouns()[stem] in "AE" else "S"
    kind = lexicon.kind_of_noun(word)
    several = word.endswith("men") or dictionary.is_plural(word)
    return None if kind is None else ("E" if several else "A") if kind in lexicon.LIVING_KINDS else "NS"[several]


@cache
def _small_words() -> dict[str, str]:
    lists = {
        "I": " ".join(lexicon.PREPOSITIONS) + " " + _ALSO_PREPOSITIONS,
        "D": " ".join(lexicon.DETERMINERS) + " whose",
        "O": " ".join(lexicon.PRONOUNS - {"who"})
        + " us me herself himself itself themselves nothing everything everyone",
        "M": " ".join(MODALS) + " don't doesn't didn't won't can't cannot",
        "B": _BE,
        "C": _CONJUNCTIONS,
        "W": "that which who whom",
        "R": _UNCHANGED,
        "X": "one two three four five six seven eight nine ten dozen hundred thousand half",
    }
    return {word: tag for tag, words in lists.items() for word in words.split()}


_SEVERAL: dict[str, dict[str, float]] = {
    "to": {"I": 0, "M": 0},
    "of": {"F": 0},
    "her": {"D": 0, "O": 0.8},
    "that": {"D": 0.6, "W": 0},
    "this": {"D": 0},
    "open": {"J": 0, "V": 0.8, "I": 0.3},
    "close": {"J": 0.3, "V": 0, "I": 1},
    "like": {"I": 0, "V": 1.5},
    "past": {"I": 0, "N": 1},
    "still": {"R": 0, "J": 0},
    "light": {"N": 0, "J": 0.8, "V": 1},
    "lights": {"S": 0, "Z": 1.5},
    "other": {"J": 0, "A": 0.8},
    "others": {"E": 0},
    "next": {"J": 0, "I": 0.3},
    "u": {"O": 0},
    "rose": {"N": 0, "P": 0.8},
    "stops": {"Z": 0, "S": 1.2},
    "left": {"N": 0, "J": 0, "P": 1.5},
    "down": {"I": 0, "N": 3},
    "back": {"I": 0, "N": 0.8, "V": 1.5},
    "no": {"D": 0},
    "fast": {"J": 0, "R": 0.3},
    "slow": {"J": 0, "R": 0.8, "V": 2.5},
    "far": {"R": 0, "J": 0.3},
    "high": {"J": 0, "R": 0.3},
    "low": {"J": 0, "R": 0.3},
    "deep": {"J": 0, "R": 0.5},
    "hard": {"J": 0, "R": 0.5},
    "straight": {"J": 0.3, "R": 0},
    "closer": {"R": 0, "J": 0.5},
    "dozen": {"X": 0, "N": 0.5},
    "something": {"O": 0},
    "nobody": {"O": 0},
    "neither": {"O": 0, "C": 0.3},
    "lighting": {"N": 0, "G": 1},
    "all": {"D": 0, "O": 0.5},
    "both": {"D": 0, "O": 0.3},
    "each": {"D": 0, "O": 0.5},
    "home": {"I": 0, "N": 0.3},
    "one": {"X": 0, "O": 0.5},
    "half": {"X": 0, "N": 0.5},
    "does": {"M": 0, "Z": 0.8},
    "do": {"M": 0, "V": 0.8},
    "did": {"M": 0, "P": 0.8},
    "has": {"B": 0},
    "can": {"M": 0, "N": 0.8},
}
"""Small words that are of several kinds."""


@cache
def readings(word: str) -> tuple[tuple[str, float], ...]:
    """The tags that a word can have, each with its cost."""
    if word in _SEVERAL:
        return tuple(_SEVERAL[word].items())
    if word in _POSTPOSED.split():
        return (("I", 0.0), ("R", 0.5))
    if word in TROUPES or (word in COLLECTIVES and noun_tag(word)):
        return (("A", 0.0), ("E", 0.0))
    if word in _small_words():
        return ((_small_words()[word], 0.0),)
    if word.endswith("'s"):
        return (("D", 0.0), ("N", 3.0))
    if word[0].isdigit():
        return (("X", 0.0),)
    if lexicon.is_adverb(word):
        return (("R", 0.0),)
    found = _from_tables(word) or dictionary.readings(word) or _from_ending(word)
    if "G" in found and verb_of(word) not in SHINING_VERBS.split() and dictionary.describes_a_feeling(word):
        found["J"] = 0.0
    likely = {tag: cost for tag, cost in found.items() if cost < _HARDLY}
    return tuple((likely or found).items())


_HARDLY = 2.9
"""Cost from which a reading is left out: any noun may be a verb for once."""


@cache
def is_known(word: str) -> bool:
    """Whether any table holds a word."""
    listed = (
        word in _SEVERAL
        or word in STATES
        or word in _small_words()
        or word in lexicon.ADJECTIVES
        or word in known_verbs()
    )
    return listed or noun_tag(word) is not None or word in wordlist.ADJECTIVES.split() or lexicon.is_adverb(word)


def _from_tables(word: str) -> dict[str, float]:
    noun, verb = noun_tag(word), known_verbs().get(word)
    adjective = (
        word in lexicon.ADJECTIVES
        or word in wordlist.ADJECTIVES.split()
        or (word in SPEEDS and word not in _ACTS_OF_FILM)
    )
    found: dict[str, float] = {}
    if noun:
        found[noun] = 0.0
    if word in ("cut", "hit", "shut", "split"):
        found["P"] = 0.2
    if adjective:
        found["J"] = 0.0 if not noun else 0.9
    if verb:
        found[verb[1]] = (1.8 if word in SPEEDS else 1.0) if adjective else 0.7 if noun and verb[1] == "V" else 0.0
        if noun and verb[1] == "G":
            found["G"] = 0.6
        if not noun and verb[1] in "VZ":
            often = word in OFTEN_NOUNS
            found["N" if verb[1] == "V" else "S"] = 0.4 if often else 1.8
        elif verb[1] == "Z" and word in scene_nouns() and word != "waves":
            found["Z"] = 0.3
    elif noun:
        found |= {"Z": 2.6} if noun in "SE" and word.endswith("s") else {"V": 3.5} if noun in "SE" else {"V": 3.0}
    return found


def _from_ending(word: str) -> dict[str, float]:
    if word.endswith("ing") and len(word) > 5:
        return {"G": 0.0, "N": 1.2}
    if word.endswith("ed") and not word.endswith("eed") and len(word) > 4:
        return {"P": 0.0, "J": 0.6}
    if word.endswith(_VERB_ENDINGS) and len(word) > 6:
        return {"V": 0.0, "N": 0.8, "J": 0.8}
    if word.endswith(_ADJECTIVE_ENDINGS):
        return {"J": 0.0, "N": 1.0}
    if word.endswith(_NOUN_ENDINGS):
        return {"N": 0.0, "J": 1.5, "V": 3.0}
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return {"S": 0.4, "Z": 0.8, "N": 2.0}
    if word.endswith(("er", "or", "ist", "man", "woman", "ian")) and len(word) > 4:
        return {"A": 0.3, "N": 0.6, "J": 1.2, "V": 2.5}
    if word.endswith("men"):
        return {"E": 0.0}
    return {"N": 0.4, "A": 1.2, "V": 1.6, "J": 1.2, "P": 3.0}

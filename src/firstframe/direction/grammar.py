"""Parts of speech: what each word of a sentence is, by what it can be and by its neighbours.

A small hidden Markov model with hand-set costs, read by Viterbi's algorithm: every word brings the tags that it can
have, from the tables or from its ending, and the cheapest sequence counts. Linear in the number of words.

Tags: D article or possessive, J adjective, N thing, A person or animal, S things, E persons or animals, O pronoun,
Z verb in -s, V plain verb, G verb in -ing, P verb in -ed, R adverb, I preposition or particle, M modal or "to",
B form of "be" or "have", C conjunction, W relative, X number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from firstframe.direction import lexicon, wordlist
from firstframe.direction.action_words import (
    ACTS,
    ACTS_OF_THE_LIVING,
    COLLECTIVES,
    MAKING,
    MODALS,
    MOVES_OF_THINGS,
    OFTEN_NOUNS,
    ORDERS_TO_US,
    STANDING,
    STATES,
    STRETCHING,
)
from firstframe.direction.phrases import forms, keyed_lines
from firstframe.direction.scene_words import GENERIC_VERBS, MOTION_WORDS, SHINING_VERBS, WIND_NOUNS, WIND_VERBS
from firstframe.direction.vocabulary import CAMERA_NOUNS, PICTURE_NOUNS, SPEEDS

NOUN_TAGS, VERB_TAGS = "NASE", "ZVGP"
_NEVER = 8.0
_FOLLOWING = """
    #: D0 J.7 N.7 A.7 S.5 E.5 O0 G1 P2 I1 V1.2 C.5 X.3 Z3 B2 M2
    ,: D0 J.7 N.7 A.7 S.5 E.5 O0 G.7 P1.5 I1 V1.7 C0 X.3 Z.9 B1.5 M2
    D: J.3 N0 A0 S.2 E.2 G1.2 P1 D1 X.3 I5
    J: J.5 N0 A0 S0 E0 G2 P2 C1.5 I1.8 X1 M4 B4 D5 O5 Z5 V6
    N: W.4 Z.5 I.3 C.3 G.8 P1 B.3 M.3 N1.2 A1.5 S1.3 E1.8 V5 D2.5 O3 J1.8 X2
    A: W.4 Z.2 I.3 C.3 G.5 P.9 B.3 M.3 N1.8 A1.5 S2.4 E2 V4 D2.5 O3 J2.2 X2
    S: W.4 V.4 I.3 C.3 G.6 P.9 B.3 M.3 N4 A4 S4 E4 Z4 D2.5 O3 J1.6 X2
    E: W.4 V.2 I.3 C.3 G.5 P.9 B.3 M.3 N4 A4 S4 E4 Z4 D2.5 O3 J1.6 X2
    O: Z.2 V.6 B.2 M.2 I.6 G.9 P1 C.6 D1.5 N3 A3 J2 S3 E3 X2
    Z: D.2 I.2 O.3 C.5 G1.2 P1.2 J.8 N1 A1 S.8 E.8 M.3 X.6 V4 Z5 B5
    V: D.2 I.2 O.3 C.5 G1.2 P1.2 J.8 N1 A1 S.8 E.8 M.3 X.6 V3.5 Z5 B5
    G: D.2 I.2 O.5 C.5 W2 N.6 A.6 S.6 E.6 J.8 P1.5 G2.5 M1 X.8 Z2.5 V4 B3
    P: I.2 D.6 C.6 N.6 A.6 S.6 E.6 J1.5 O1.5 G2 M1 X1 Z3 V3 B2
    I: D0 J.4 N.4 A.4 S.3 E.3 O.2 G.6 I.8 P1.2 C1.5 X.2 M3 V5 Z4 B4
    M: V0 B0 D3 N3 A3 S3 E3 O3
    B: G.1 P.2 J.2 D.3 I.4 B.5 N1 A1 S1 E1 O1 C1 X.5 M1 V3 Z5
    W: Z.1 V.3 B.1 M.2 O.5 D.8 G3 N2 A2 S2 E2 J2 I2 P2
    C: D.2 J.6 N.6 A.6 S.6 E.6 O.2 Z.5 V.7 G.7 P1.2 I1 B1 M1.5 C1 X.4
    X: N0 A0 S0 E0 J.3 I1 C1 X.3 G1.5 P1.5 D3 Z2 V2 B1
"""
"""What a tag costs after another; # is the start of a sentence, a comma any other punctuation."""

_OF_AFTER_VERB = 1.8
"""What "of", tagged F while reading, costs more after a verb than another preposition."""
_CLOSING = {"J": 0.8, "D": 3.0, "M": 2.0, "B": 1.0, "C": 1.0, "W": 2.0}
"""What it costs to end on a tag."""

_BE = "is are was were be been being am has have had having isn't aren't wasn't it's there's"
_CONJUNCTIONS = "and or but nor as while whilst when where whereas because if though although so then"
_POSTPOSED = "below above behind outside beyond ahead beside around inside overhead"
_ALSO_PREPOSITIONS = "out away back forward backward backwards forwards aside ahead sideways along home open"
_UNCHANGED = """
    only also just again still now not never always ever too very quite almost once twice first
    suddenly soon here there everywhere somewhere nearby overhead elsewhere anywhere together apart
"""
_ACTS_OF_FILM = frozenset("crash snap whip whips punch swish".split())
_ANY_NOUN_AS_VERB = 3.0
"""Cost of the verb that is made of a noun for once."""
_BODY_NOUNS = frozenset(
    "face hand head eye back nose arm leg foot finger mouth nail shoulder elbow palm thumb knee".split()
)
_CAUSES = frozenset("want let lets make makes making".split())
_ADJECTIVE_ENDINGS = tuple("ous ful ive ish less able ible esque ical ular like wide".split())
_VERB_ENDINGS = ("ate", "ise", "ize", "ify")
_NOUN_ENDINGS = ("tion", "sion", "ness", "ment", "ity", "ism", "ance", "ence", "ship", "hood", "dom", "ware", "age")


@cache
def _following() -> dict[str, dict[str, float]]:
    table = {tag: {item[0]: float(item[1:]) for item in costs.split()} for tag, costs in keyed_lines(_FOLLOWING)}
    for tag, costs in table.items():
        costs["F"] = costs.get("I", _NEVER) + (_OF_AFTER_VERB if tag in "ZVG" else 0.0)
    return table | {"F": table["I"]}


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
    table = {word: "S" if word.endswith("s") and not word.endswith("ss") else "N" for t in scene for word in t.split()}
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
def _rather_nouns() -> frozenset[str]:
    """Words that are verbs in no table but the large one, and nouns besides."""
    listed = {word for table in (ACTS, ACTS_OF_THE_LIVING, MOVES_OF_THINGS, WIND_VERBS) for word in table.split()}
    scene = (text for block in MOTION_WORDS.values() for key, text in keyed_lines(block) if key == "verbs")
    moving = {word for text in scene for word in text.split()}
    return frozenset(set(wordlist.VERBS.split()) & set(wordlist.NOUNS.split()) - listed - moving)


@cache
def _scene_nouns() -> frozenset[str]:
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
    return None if kind is None else "E" if word.endswith("men") else "A"


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
    "light": {"N": 0, "J": 0.3, "V": 1},
    "lights": {"S": 0, "Z": 1.5},
    "u": {"O": 0},
    "rose": {"N": 0, "P": 0.8},
    "stops": {"Z": 0, "S": 1.2},
    "left": {"N": 0, "J": 0, "P": 1.5},
    "down": {"I": 0, "N": 3},
    "back": {"I": 0, "N": 0.8, "V": 1.5},
    "no": {"D": 0},
    "all": {"D": 0},
    "one": {"X": 0, "O": 0.5},
    "half": {"X": 0, "N": 0.5},
    "does": {"M": 0, "Z": 0.8},
    "do": {"M": 0, "V": 0.8},
    "did": {"M": 0, "P": 0.8},
    "has": {"B": 0},
}
"""Small words that are of several kinds."""


@cache
def readings(word: str) -> tuple[tuple[str, float], ...]:
    """The tags that a word can have, each with its cost."""
    if word in _SEVERAL:
        return tuple(_SEVERAL[word].items())
    if word in _POSTPOSED.split():
        return (("I", 0.0), ("R", 0.5))
    if word in COLLECTIVES and noun_tag(word):
        return (("A", 0.0), ("E", 0.0))
    if word in _small_words():
        return ((_small_words()[word], 0.0),)
    if word.endswith("'s"):
        return (("D", 0.0), ("N", 3.0))
    if word[0].isdigit():
        return (("X", 0.0),)
    if lexicon.is_adverb(word):
        return (("R", 0.0),)
    found = _from_tables(word) or _from_ending(word)
    return tuple(found.items())


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
    if adjective:
        found["J"] = 0.0 if not noun else 0.9
    if verb:
        found[verb[1]] = (1.8 if word in SPEEDS else 1.0) if adjective else 0.7 if noun and verb[1] == "V" else 0.0
        if noun and verb[1] == "G":
            found["G"] = 0.6
        if not noun and verb[1] in "VZ":
            often = word in OFTEN_NOUNS
            found["N" if verb[1] == "V" else "S"] = 0.4 if often else 1.8
        elif verb[1] == "Z" and word in _scene_nouns() and word != "waves":
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


def tags(texts: Sequence[str], boundaries: Sequence[str]) -> list[str]:
    """The tag of each word; `boundaries` says what stands before it: "#" a sentence's end, "," punctuation or ""."""
    paths: dict[str, float] = {"#": 0.0}
    back: list[dict[str, str]] = []
    for text, boundary in zip(texts, boundaries, strict=True):
        if boundary:
            best = _cheapest(paths)
            came_from = {boundary: best}
            paths = {boundary: paths[best]}
        else:
            came_from = {}
        paths, links = _step(paths, readings(text))
        back.append({tag: came_from.get(before, before) for tag, before in links.items()})
    return _with_plain_verbs(texts, boundaries, _traced(paths, back))


def _with_plain_verbs(texts: Sequence[str], boundaries: Sequence[str], found: list[str]) -> list[str]:
    """Plain verbs that neighbours alone do not show: after "let", after joined names ("skirt and hair flutter")."""
    caused = joined = False
    last = 0
    for index, tag in enumerate(found):
        if boundaries[index]:
            caused = joined = False
        caused = caused or texts[index] in _CAUSES
        joined = joined and tag not in "ZVBI"
        joined = joined or (texts[index] == "and" and index > 0 and found[index - 1] in NOUN_TAGS)
        joined = joined or (texts[index] == "of" and index > 0 and found[index - 1] in "SE")
        ends = index + 1 == len(found) or bool(boundaries[index + 1]) or found[index + 1] in "IRCDP"
        if tag in "NA" and index and not boundaries[index] and ends and _can_be_plain_verb(texts[index]):
            wanted = caused and texts[index - 1] == "to" and "want" in texts[:index]
            follows = found[last] in ("NAO" if caused else "NAOJ") or (caused and texts[last] == "her")
            if wanted:
                found[index - 1] = "M"
            if wanted or ((caused or joined) and follows) or _is_unmarked(texts, boundaries, found, index):
                found[index], joined = "V", False
                found[last] = "N" if found[last] == "J" else found[last]
        if tag == "S" and index > 1 and not boundaries[index] and _is_act_after_colour(texts, index):
            found[index - 1], found[index] = "N", "Z"
        if tag == "Z" and index > 1 and found[index - 1] == "N" and found[index - 2] in VERB_TAGS:
            is_object = not (boundaries[index] or boundaries[index - 1]) and texts[index] in _scene_nouns()
            found[index] = "S" if is_object else "Z"
        if tag == "Z" and index and found[index - 1] == "N" and not boundaries[index] and _is_compound(texts, index):
            starts = boundaries[index - 1] or (index > 1 and found[index - 2] == "J" and boundaries[index - 2])
            alone = index + 1 == len(found) or boundaries[index + 1]
            found[index] = "S" if starts and alone else found[index]
        last = last if tag == "R" else index
    return found


def _is_act_after_colour(texts: Sequence[str], index: int) -> bool:
    """Whether a word in -s is what somebody in a colour does: "a woman in red walks"."""
    in_colour = texts[index - 2] in ("in", "all", "wearing") and texts[index - 1] in lexicon.COLOURS
    return in_colour and texts[index] in known_verbs() and texts[index] not in _scene_nouns()


def _is_compound(texts: Sequence[str], index: int) -> bool:
    """Whether a bare thing and a word in -s that is a noun in the first place belong together: "lily pads"."""
    return known_verbs().get(texts[index], ("", ""))[0] in _rather_nouns() and lexicon.kind_of_noun(
        texts[index - 1]
    ) not in ("food", "vehicle", "product")


def _can_be_plain_verb(word: str) -> bool:
    return word in known_verbs() and any(tag == "V" and cost < _ANY_NOUN_AS_VERB for tag, cost in readings(word))


def _is_unmarked(texts: Sequence[str], boundaries: Sequence[str], found: list[str], index: int) -> bool:
    """Whether a plain verb follows a single person or animal, as in broken English: "the girl smile and wave"."""
    if lexicon.kind_of_noun(texts[index]) not in (None, "body") or texts[index] in _BODY_NOUNS:
        return False
    is_no_noun = noun_tag(texts[index]) is None and texts[index] not in OFTEN_NOUNS
    leads_on = index + 1 < len(found) and not boundaries[index + 1] and found[index + 1] in "ID"
    after_living = found[index - 1] == "A" or (found[index - 1] == "N" and is_no_noun and leads_on)
    goes_on = texts[index - 1] == "and" and index > 1 and found[index - 2] == "V" and not boundaries[index - 1]
    return after_living or goes_on


def _cheapest(paths: dict[str, float]) -> str:
    """The best tag to end a stretch of words with."""
    return min(paths, key=lambda tag: paths[tag] + _CLOSING.get(tag.upper(), 0.0))


def _step(paths: dict[str, float], possible: tuple[tuple[str, float], ...]) -> tuple[dict[str, float], dict[str, str]]:
    """One word of Viterbi's algorithm; adverbs keep the tag before them, marked by a small letter."""
    costs: dict[str, float] = {}
    links: dict[str, str] = {}
    table = _following()
    for tag, own in possible:
        for before, cost in paths.items():
            reached = before.lower() if tag == "R" else tag
            total = cost + own + (0.0 if tag == "R" else table[before.upper()].get(tag, _NEVER))
            if total < costs.get(reached, float("inf")):
                costs[reached], links[reached] = total, before
    return costs, links


def _traced(paths: dict[str, float], back: list[dict[str, str]]) -> list[str]:
    found: list[str] = []
    tag = _cheapest(paths)
    for links in reversed(back):
        is_adverb = tag.islower() or tag in "#,"
        found.append("R" if is_adverb else "I" if tag == "F" else tag)
        tag = links[tag]
    return found[::-1]

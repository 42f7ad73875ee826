"""Parts of speech: what each word of a sentence is, by what it can be and by its neighbours.

A small hidden Markov model with hand-set costs, read by Viterbi's algorithm: every word brings the tags that it can
have, from the tables or from its ending, and the cheapest sequence counts. Linear in the number of words.

Tags: D article or possessive, J adjective, N thing, A person or animal, S things, E persons or animals, O pronoun,
Z verb in -s, V plain verb, G verb in -ing, P verb in -ed, R adverb, I preposition or particle, M modal or "to",
B form of "be" or "have", C conjunction, W relative, X number.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

from firstframe.direction.agreement import with_plain_verbs
from firstframe.direction.phrases import keyed_lines
from firstframe.direction.word_readings import readings

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


@cache
def _following() -> dict[str, dict[str, float]]:
    table = {tag: {item[0]: float(item[1:]) for item in costs.split()} for tag, costs in keyed_lines(_FOLLOWING)}
    for tag, costs in table.items():
        costs["F"] = costs.get("I", _NEVER) + (_OF_AFTER_VERB if tag in "ZVG" else 0.0)
    return table | {"F": table["I"]}


def tags(texts: Sequence[str], boundaries: Sequence[str], names: Set[int] = frozenset()) -> list[str]:
    """The tag of each word; `boundaries` says what stands before it: "#" a sentence's end, "," punctuation or "".

    `names` are the places of words that are written with a capital as names are: they are no verbs.
    """
    paths: dict[str, float] = {"#": 0.0}
    back: list[dict[str, str]] = []
    for index, (text, boundary) in enumerate(zip(texts, boundaries, strict=True)):
        if boundary:
            best = _cheapest(paths)
            came_from = {boundary: best}
            paths = {boundary: paths[best]}
        else:
            came_from = {}
        paths, links = _step(paths, _of_name(text) if index in names else readings(text))
        back.append({tag: came_from.get(before, before) for tag, before in links.items()})
    return with_plain_verbs(texts, boundaries, _traced(paths, back))


def _of_name(text: str) -> tuple[tuple[str, float], ...]:
    """What a word in capitals may be: anything but a verb, and a noun if nothing else."""
    return tuple(reading for reading in readings(text) if reading[0] not in VERB_TAGS) or (("N", 0.0),)


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

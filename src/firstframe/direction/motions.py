"""How strongly and where to the scene motions of a prompt go, and which soft ones its nouns invite."""

from __future__ import annotations

import re
from dataclasses import replace

from firstframe.direction.chinese import nouns as chinese_nouns
from firstframe.direction.chinese import pace as chinese_pace
from firstframe.direction.details import detail_of, finer
from firstframe.direction.lexicon import kind_of_noun
from firstframe.direction.model import SceneMotion
from firstframe.direction.scene_words import INFERENCES, MOVED_BY_WIND, MOVEMENT_NOUNS, WIND_NOUNS
from firstframe.direction.text import Prompt, Word, overlaps
from firstframe.direction.things import nouns_and_verbs
from firstframe.direction.vocabulary import MAX_STRENGTH, STRENGTHS, WIND_STRENGTHS
from firstframe.direction.winds import Cue

_NEAR = 16
_STRENGTH_WORDS = re.compile(
    r"\b(?:"
    + "|".join(re.escape(word).replace(r"\ ", r"\s{1,4}") for word in sorted(STRENGTHS, key=len, reverse=True))
    + r")\b"
)


def scene_motions(
    prompt: Prompt, cues: tuple[Cue, ...], camera_spans: list[tuple[int, int]]
) -> tuple[SceneMotion, ...]:
    """One motion per kind, as strong as its words or its wind say, in order of mention."""
    motions: dict[str, SceneMotion] = {}
    for cue in sorted(cues, key=lambda cue: (cue.strength is not None, cue.start)):
        heading, detail = _heading(prompt, cue, camera_spans), detail_of(prompt, cue.kind, (cue.start, cue.end))
        if cue.kind not in motions:
            strength = _strength(prompt, cue, camera_spans)
            motions[cue.kind] = SceneMotion(cue.kind, strength, heading, detail=detail)
        else:
            known = motions[cue.kind]
            detail = finer(cue.kind, known.detail, detail)
            motions[cue.kind] = replace(known, heading=known.heading or heading, detail=detail)
    order = {cue.kind: cue.start for cue in reversed(cues)}
    return tuple(sorted(motions.values(), key=lambda motion: order[motion.kind]))


def _region(prompt: Prompt, cue: Cue, camera_spans: list[tuple[int, int]]) -> tuple[int, int]:
    """The words that tell of a cue: its clauses, or in a clause about the camera only those right before it."""
    first = prompt.clauses[prompt.clause_at(cue.start)]
    last = prompt.clauses[prompt.clause_at(max(cue.start, cue.end - 1))]
    start, end = min(first.start, cue.start), max(last.end, cue.end)
    if overlaps((start, end), camera_spans):
        return max(start, cue.start - _NEAR), cue.end
    return start, end


def _strength(prompt: Prompt, cue: Cue, camera_spans: list[tuple[int, int]]) -> float:
    start, end = _region(prompt, cue, camera_spans)
    text = list(prompt.plain[start:end])
    for left, right in camera_spans:
        for place in range(max(left, start), min(right, end)):
            text[place - start] = " "
    region = "".join(text)
    if cue.kind == "clouds" and re.search(r"time ?lapse|hyper ?lapse|延时", prompt.plain):
        return MAX_STRENGTH
    named = prompt.plain[cue.start : cue.end]
    words = [m for m in _STRENGTH_WORDS.finditer(region) if not _tells_of_other(region, m, cue.kind, named)]
    said = [STRENGTHS[" ".join(m.group().split())] for m in words] or chinese_pace.strengths(region)
    wind = _wind_strength(prompt.plain) if cue.kind in MOVED_BY_WIND else None
    if said:
        return said[0] if said[0] != 1.0 else said[-1]
    usual = 0.6 if _SLOW_MOTION.search(prompt.plain) else 1.0
    return wind if wind is not None else cue.strength if cue.strength is not None else usual


_LIGHT_THINGS = frozenset(
    "rain snow breeze wind winds drizzle fog mist smoke ripples waves sway shower snowfall".split()
)
_SLOW_MOTION = re.compile(r"\bslow ?(?:motion|mo)\b|\bslowmo\b|慢动作|慢镜头")


def _tells_of_other(region: str, match: re.Match[str], kind: str, named: str) -> bool:
    """Whether a strength word is an adjective of something that does not move: "small boat", "light blue dress"."""
    if match.group().endswith("ly"):
        return False
    following = re.findall(r"[^\W_]+", region[match.end() : match.end() + 40])[:2]
    relevant = (
        nouns_and_verbs(kind)[0]
        | nouns_and_verbs(kind)[1]
        | set(WIND_NOUNS)
        | MOVEMENT_NOUNS
        | set(named.split())
        | {"and", "breeze"}
    )
    if match.group() == "light" and (kind in ("light", "fire") or not following or following[0] not in _LIGHT_THINGS):
        return True
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


_WAYS = {"left": ("right", "向左"), "right": ("left", "向右")}
_SIDEWAYS = tuple(
    (
        re.compile(
            rf"\b(?:from (?:the )?{other} to (?:the )?{side}|(?:to|towards?) the {side}"
            rf"|{side}wards?|from (?:the )?{other}"
            rf"|(?:drift|blow|move|roll|float|flow|sway|stream)(?:s|ing)? (?:\w+ly )?{side})\b|{chinese_side}"
        ),
        side,
    )
    for side, (other, chinese_side) in _WAYS.items()
)
_HEADINGS = (
    *_SIDEWAYS,
    (re.compile(r"\b(?:upwards?|into the sky|skywards?)\b|向上"), "up"),
    (re.compile(r"\bdownwards?\b|向下"), "down"),
)
_WIND = re.compile(r"\b(?:" + "|".join(sorted(WIND_NOUNS)) + r")\b[^.,;!?\n]{0,30}")


def _heading(prompt: Prompt, cue: Cue, camera_spans: list[tuple[int, int]]) -> str | None:
    start, end = _region(prompt, cue, camera_spans)
    region = prompt.plain[start:end]
    found = next((heading for expression, heading in _HEADINGS if expression.search(region)), None)
    wind = _WIND.search(prompt.plain) if found is None and cue.kind in MOVED_BY_WIND else None
    return next((side for way, side in _SIDEWAYS if way.search(wind.group())), None) if wind else found


def inferred_motions(prompt: Prompt, words: tuple[Word, ...]) -> tuple[tuple[SceneMotion, str], ...]:
    """Soft motions that the nouns among `words` invite, each with the noun as its reason."""
    found = []
    for inference in INFERENCES:
        nouns = set(inference.nouns.split())
        noun = next((word.base for word in words if word.base in nouns or f"@{kind_of_noun(word.base)}" in nouns), None)
        noun = noun or chinese_nouns.invitation(prompt.plain, inference.kind)
        if noun is not None:
            found.append((SceneMotion(inference.kind, inference.strength, asked=False), noun))
    return tuple(found)

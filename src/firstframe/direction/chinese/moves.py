"""Camera moves named in Chinese, each with its pace."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from firstframe.direction.chinese import pace
from firstframe.direction.chinese.characters import has_chinese, simplified
from firstframe.direction.chinese.clauses import Actor, Clause, clauses
from firstframe.direction.chinese.film import ANYWHERE, OF_CAMERA, STILL, WAYS

_NEGATION = re.compile(
    r"不要|别(?!的|处|墅)|不(?!断|停|住|同|时|远|安|禁|知|动|稳|规)|没有|没|无(?!人机|数|限|尽"
    r"|比|边)|禁止|避免|停止|切勿"
)


_OPEN = frozenset("pan truck orbit roll".split())
"""Families whose direction is open: they yield to an exact wording beside them."""


_JOINED = re.compile(r"(?:并且?|且|和|地|着|同时|、)*")
"""What may stand between two moves that share the pace before the first."""


class Move(NamedTuple):
    """One place that names a camera move."""

    family: str
    start: int
    end: int
    speed: float | None
    negated: bool


class _Place(NamedTuple):
    family: str
    start: int
    end: int


def camera_moves(text: str) -> list[Move]:
    """Camera moves named in normalised text, in textual order; longer wordings win over what they hold."""
    if not has_chinese(text):
        return []
    plain = simplified(text)
    read = clauses(text)
    found: list[Move] = []
    for number, clause in enumerate(read):
        places = _places(plain, clause)
        for index, place in enumerate(places):
            start = places[index - 1].end if index else clause.start
            end = places[index + 1].start if index + 1 < len(places) else clause.end
            speed = _speed(plain, place, start, end) or _speed_apart(plain, read, number)
            if speed is None and index and _JOINED.fullmatch(plain[start : place.start]):
                speed = found[-1].speed
            negated = place.family != "static" and bool(_NEGATION.search(plain[clause.start : place.start]))
            found.append(Move(*place, speed, negated))
    return found


def _places(plain: str, clause: Clause) -> list[_Place]:
    table = _table(clause)
    candidates = [
        _Place(family, *match.span())
        for family, expression in _expressions(table)
        for match in expression.finditer(plain, clause.start, clause.end)
    ]
    candidates = [place for place in candidates if not _is_of_another(clause, place)]
    chosen: list[_Place] = []
    for place in sorted(candidates, key=lambda place: (place.family in _OPEN, place.start - place.end, place.start)):
        if all(place.end <= other.start or other.end <= place.start for other in chosen):
            chosen.append(place)
    chosen = [place for place in chosen if not _is_of_followed(clause, place, chosen)]
    return sorted(_without_tracking_aside(chosen), key=lambda place: place.start)


def _table(clause: Clause) -> str:
    """Which wordings count: all of the camera's, those that name film by themselves, or only a still camera."""
    if clause.actor is Actor.CAMERA:
        return "camera"
    if clause.doer is None and clause.actor is Actor.NOBODY and not any(word.tag in "nr" for word in clause.words):
        return "camera"
    return "anywhere" if clause.doer is None or clause.actor is Actor.THING else "still"


_TABLES = {"camera": (OF_CAMERA, ANYWHERE, STILL), "anywhere": (ANYWHERE, STILL), "still": (STILL,)}


@cache
def _expressions(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for family, words in (line for part in _TABLES[table] for line in part.items()):
        kind = re.search(r"{(\w+)}", family)
        for end, way in WAYS[kind.group(1)].items() if kind else [("", "")]:
            name = family.replace(kind.group(), end) if kind else family
            found.append((name, re.compile(words.replace("WAY", way))))
    return tuple(found)


def _is_of_another(clause: Clause, place: _Place) -> bool:
    """Whether something stands right before a move of a clause that only goes on with the camera: "唱针落下"."""
    if clause.doer is not None or place.family == "static":
        return False
    before = [word for word in clause.words if word.end <= place.start]
    return bool(before) and before[-1].tag in "nr" and not any(word.tag in "pv" for word in before)


def _is_of_followed(clause: Clause, place: _Place, others: list[_Place]) -> bool:
    """Whether somebody goes there whom the camera follows: "镜头跟着女孩穿过集市"."""
    if place.family not in ("push_in", "pull_out", "pedestal_up", "pedestal_down", "hold"):
        return False
    behind = [other.end for other in others if other.family == "tracking" and other.end <= place.start]
    return any(word.tag in "nr" and min(behind) <= word.start < place.start for word in clause.words if behind)


def _without_tracking_aside(places: list[_Place]) -> list[_Place]:
    """Following somebody to a side is a truck alone, turning to follow a pan or a tilt alone."""
    aside = any(place.family.startswith(("truck", "pan", "tilt")) for place in places)
    return [place for place in places if place.family != "tracking" or not aside]


def _speed(plain: str, place: _Place, start: int, end: int) -> float | None:
    """The pace beside a move in its clause: before it, in it, or else right behind it."""
    before = pace.speeds(plain[start : place.end])
    behind = re.match(r".{0,3}得?(?:很|非常|极)?.{0,4}", plain[place.end : end])
    after = pace.speeds(behind.group()) if behind else []
    return next((speeds[-1] for speeds in (before, after) if speeds), None)


def _speed_apart(plain: str, read: tuple[Clause, ...], number: int) -> float | None:
    """A pace that stands alone between commas, behind the move or before it."""
    for other in (number + 1, number - 1):
        if 0 <= other < len(read) and pace.is_only_pace(plain[read[other].start : read[other].end]):
            return pace.speeds(plain[read[other].start : read[other].end])[0]
    return None

"""Scene motions named in Chinese: a thing with the verb that moves it, or what never stands still."""

from __future__ import annotations

import re
from dataclasses import dataclass

from firstframe.direction.chinese.characters import has_chinese, simplified
from firstframe.direction.chinese.clauses import clauses
from firstframe.direction.chinese.motion_words import MOTIONS, NOT_MOTION, SHINING_WATER, Wording


@dataclass(frozen=True)
class Motion:
    """One place that asks for a scene motion."""

    kind: str
    start: int
    end: int
    negated: bool


_NEGATION = re.compile(r"(?:不要|别|没有|没|不再|无(?!数|尽|边|限)|禁止|避免|静止的|不)[^,，]{0,6}$")


def scene_motions(text: str) -> list[Motion]:
    """Scene motions named in normalised text, in textual order."""
    if not has_chinese(text):
        return []
    plain = simplified(text)
    found = []
    for clause in clauses(text):
        guarded = [match.span() for match in NOT_MOTION.finditer(plain, clause.start, clause.end)]
        wet = [match.span() for match in SHINING_WATER.finditer(plain, clause.start, clause.end)]
        for kind, wordings in MOTIONS.items():
            for start, end in _spans(plain, clause.start, clause.end, wordings):
                apart = kind == "light" and any(first <= start < last for first, last in wet)
                if not apart and not any(start < last and first < end for first, last in guarded):
                    negated = bool(_NEGATION.search(plain[clause.start : start]))
                    found.append(Motion(kind, start, end, negated))
    return sorted(found, key=lambda motion: motion.start)


def _spans(plain: str, start: int, end: int, wordings: tuple[Wording, ...]) -> list[tuple[int, int]]:
    return [match.span() for wording in wordings for match in wording.finditer(plain, start, end)]

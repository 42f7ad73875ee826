"""Words of pace: how fast a camera move is said to be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from firstframe.direction.chinese import pace as chinese
from firstframe.direction.vocabulary import SPEEDS, STYLE_WORDS, TRAILING_SPEEDS

_WORDS = re.compile(
    r"\b(?:"
    + "|".join(re.escape(word).replace(r"\ ", r"\s{1,4}") for word in sorted(SPEEDS, key=len, reverse=True))
    + r")\b(?!\s(?:motion|mo)\b)"
)
_AFTER = re.compile(
    r"\s{0,4}("
    + "|".join(re.escape(word).replace(r"\ ", r"\s{1,4}") for word in sorted(TRAILING_SPEEDS, key=len, reverse=True))
    + r")\b"
)
_ADVERBIAL = re.compile(
    r"\b(?:at|in|with) (?:an? )?(?:very )?(?P<manner>\w+)(?:,? (?:and )?\w+)? "
    r"(?:pace|speed|tempo|manner|fashion|(?<!slow )motion|move(?:ment)?)\b"
)
_ONWARDS = frozenset("to towards toward on onto into through past over along across down up around".split())


@dataclass(frozen=True)
class Pace:
    """What a stretch of text says about pace."""

    speed: float | None
    """By the first word of pace."""
    last: float | None
    """By the last word of pace."""
    adverb: float | None
    """By the first word of pace that can stand after the verb it belongs to."""
    only_pace: bool
    """Whether nothing else is said."""


@lru_cache(maxsize=512)
def pace_of(text: str) -> Pace:
    """Read the words of pace in normalised text."""
    matches = list(_WORDS.finditer(text))
    speeds = [_speed(match) for match in matches] or chinese.speeds(text)
    rest = re.sub(r"\W+", " ", _WORDS.sub(" ", text)).split()
    return Pace(
        speed=speeds[0] if speeds else None,
        last=speeds[-1] if speeds else None,
        adverb=_trailing(text, matches) or next(iter(chinese.speeds(text)), None),
        only_pace=all(word in STYLE_WORDS for word in rest),
    )


def _speed(match: re.Match[str]) -> float:
    return SPEEDS[" ".join(match.group().split())]


def _trailing(text: str, matches: list[re.Match[str]]) -> float | None:
    """A pace word after the move: an adverb that leads to no other verb, or an adjective at the very end."""
    manner = _ADVERBIAL.search(text)
    if manner and manner.group("manner") in SPEEDS:
        return SPEEDS[manner.group("manner")]
    after = _AFTER.match(text)
    if after:
        return TRAILING_SPEEDS[" ".join(after.group(1).split())]
    for match in matches:
        following = text[match.end() :].split()
        if match.group().endswith("ly") and not (following and following[0].endswith(("ing", "ed"))):
            return _speed(match)
        if not following or (match.group() == "fast" and following[0] in _ONWARDS):
            return _speed(match)
    return None

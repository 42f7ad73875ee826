"""The camera move chosen when the words name none, with the reason."""

from __future__ import annotations

from firstframe.direction.lexicon import PEOPLE_KINDS, kind_of_noun
from firstframe.direction.model import CameraMove
from firstframe.direction.text import Word
from firstframe.direction.vocabulary import INFERRED_SPEED

_LOOP = ("orbit_right", "the clip is a loop, and a small orbit comes back without a seam")
_STILL = ("static", "the words forbid a camera move and name no other")
_PERSON = ("push_in", "a person is in the picture")
_PRODUCT = ("orbit_right", "a product is seen best from several sides")
_WIDE = ("truck_right", "a wide landscape opens sideways")
_TALL = ("pedestal_up", "something tall is in the picture")
_OTHER = ("push_in", "it suits most pictures")

_TALL_WORDS = frozenset("tower skyscraper lighthouse waterfall skyscrapers towers monument cathedral obelisk".split())
_WIDE_WORDS = frozenset(
    """
    landscape panorama panoramic mountain mountains lake sea ocean beach coast valley canyon desert horizon skyline
    field fields meadow river sunset sunrise shore hills dunes plain prairie city cityscape bay vineyard terraces
    """.split()
)


def default_move(words: tuple[Word, ...], seconds: float, loop: bool, forbidden: bool) -> tuple[CameraMove, str]:
    """A tasteful slow move over the whole clip, chosen by what `words` name, and a sentence that says why."""
    move, reason = _choice(words, loop, forbidden)
    speed = 1.0 if move == "static" else INFERRED_SPEED
    pace = "" if move == "static" else "slow "
    note = f"no camera move named: {pace}{move} chosen, because {reason}"
    return CameraMove(move, 0.0, float(seconds), speed, asked=False), note


def _choice(named: tuple[Word, ...], loop: bool, forbidden: bool) -> tuple[str, str]:
    words = {word.base for word in named}
    kinds = {kind_of_noun(word) for word in words} | (
        {"person"} if words & {"she", "he", "her", "his", "him"} else set()
    )
    if forbidden:
        return _STILL
    if loop:
        return _LOOP
    if kinds & (PEOPLE_KINDS | {"animal"}):
        return _PERSON if kinds & PEOPLE_KINDS else _OTHER
    if words & _TALL_WORDS:
        return _TALL
    if words & _WIDE_WORDS:
        return _WIDE
    return _PRODUCT if "product" in kinds else _OTHER

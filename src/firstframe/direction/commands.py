"""Bracket commands such as [Pan left, Pedestal up]: the exact form of a camera move."""

from __future__ import annotations

import re
from functools import cache

from firstframe.direction.pace import pace_of
from firstframe.direction.vocabulary import BRACKET_COMMANDS, CAMERA_MOVES, CHINESE_COMMANDS, COMMAND_ALIASES, SPEEDS

_SEPARATOR = re.compile(r"\s*(?:[,，、/+&;|]|\band\b)\s*")


@cache
def _commands() -> dict[str, str]:
    own = {move.replace("_", " "): move for move in CAMERA_MOVES}
    return own | BRACKET_COMMANDS | CHINESE_COMMANDS | COMMAND_ALIASES


def read_bracket(content: str) -> tuple[tuple[str, float | None], ...]:
    """The moves of one bracket with the pace said in it; empty when a part of it is no command.

    `content` is normalised text without the brackets. Source: the camera commands of the hosted model, in English
    and Chinese; [Push out] is an alias that its own documentation uses.
    """
    moves = []
    for part in _SEPARATOR.split(content):
        move = _commands().get(" ".join(_without_pace(part).split()))
        if move is None:
            return ()
        moves.append((move, pace_of(part).speed))
    return tuple(moves)


def _without_pace(part: str) -> str:
    if " ".join(part.split()) in _commands():
        return part
    for word in sorted(SPEEDS, key=len, reverse=True):
        part = re.sub(rf"\b{word}\b", " ", part)
    return part

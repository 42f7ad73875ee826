"""`Mention`: one place of the prompt that names a camera move."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mention:
    """One place of the prompt that names a camera move."""

    family: str
    """A camera move, a family whose direction is open, or "hold"."""
    start: int
    end: int
    speed: float | None = None
    bracket: int | None = None
    """Which bracket it stood in; moves of one bracket happen together."""
    negated: bool = False

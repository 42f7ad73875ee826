"""When things in the air begin and end: nothing at second 0, and in loops nothing at the last second either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Clock:
    """The length of the clip and whether its end flows into its beginning."""

    seconds: float
    loop: bool

    def presence(self, second: float, build_up: float, onset: float = 0.0) -> float:
        """0 until `onset`, then rising smoothly to 1 within `build_up` seconds; in loops back to 0 at the end."""
        risen = smoothstep((second - onset) / build_up)
        return risen * smoothstep((self.seconds - second) / build_up) if self.loop else risen

    def presences(self, second: float, build_up: float, onsets: Numbers) -> Numbers:
        """`presence` of many things that begin at different moments; in loops they end as much before the end."""
        risen = smoothsteps((second - onsets) / build_up)
        return risen * smoothsteps((self.seconds - onsets - second) / build_up) if self.loop else risen

    def cycles(self, hertz: float) -> int:
        """Whole cycles per clip nearest to `hertz`, at least one."""
        return max(1, round(hertz * self.seconds))


@dataclass(frozen=True)
class Flicker:
    """A restless periodic signal: sines of whole cycles per clip with given amplitudes and phases."""

    cycles: NDArray[np.float64]
    amplitudes: NDArray[np.float64]
    phases: NDArray[np.float64]
    seconds: float

    @classmethod
    def between(
        cls, clock: Clock, low_hertz: float, high_hertz: float, fall: float, rng: np.random.Generator
    ) -> Flicker:
        """Noise of unit variance between two frequencies; amplitudes fall as frequency to the power `fall`."""
        cycles = np.arange(clock.cycles(low_hertz), clock.cycles(high_hertz) + 1, dtype=np.float64)
        amplitudes = cycles**-fall * rng.uniform(0.5, 1.5, cycles.size)
        amplitudes *= np.sqrt(2 / (amplitudes**2).sum())
        return cls(cycles, amplitudes, rng.uniform(0, 2 * np.pi, cycles.size), clock.seconds)

    def at(self, second: float) -> float:
        """The value at `second`: mean 0, variance 1 over the clip."""
        angles = 2 * np.pi * self.cycles * second / self.seconds + self.phases
        return float((self.amplitudes * np.sin(angles)).sum())


def smoothstep(share: float) -> float:
    """0 below 0, 1 above 1, smooth between."""
    t = min(max(share, 0.0), 1.0)
    return t * t * (3 - 2 * t)


def smoothsteps(share: NDArray[np.floating[Any]]) -> Numbers:
    """`smoothstep` of an array."""
    t = np.clip(share, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)

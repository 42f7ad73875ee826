"""Random numbers by counter, so that every particle of every moment can be had without those before it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

_GOLDEN, _FIRST, _SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def uniform(seed: int, draw: int, index: NDArray[np.int64], life: NDArray[np.int64] | int = 0) -> Numbers:
    """Numbers in [0, 1) that depend on nothing but the arguments, one per element of `index`.

    `draw` tells apart what the number is for, `life` the lives of one particle. The mixing function is SplitMix64
    (Steele, Lea and Flood 2014).
    """
    counter = index.astype(np.uint64) * _SECOND + np.asarray(life).astype(np.uint64) * _FIRST
    state = counter + np.uint64((seed * 1000003 + draw * 7919 + 1) % 2**64)
    state = _mix(_mix(state) + _GOLDEN)
    return ((state >> np.uint64(40)).astype(np.float32) / np.float32(2**24)).astype(np.float32)


def lives(
    second: float, seed: int, draws: tuple[int, int], index: NDArray[np.int64], span_seconds: tuple[float, float]
) -> Numbers:
    """How many lives each particle has lived at a second, the present one in part: (n,) float32.

    `draws` are those of how long a life lasts, within `span_seconds`, and of how far the first one is at second 0.
    """
    lasting, begun = draws
    short, long = span_seconds
    lived = np.float32(second) / (short + (long - short) * uniform(seed, lasting, index))
    return np.asarray(lived + uniform(seed, begun, index), np.float32)


def _mix(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    state = (state ^ (state >> np.uint64(30))) * _FIRST
    state = (state ^ (state >> np.uint64(27))) * _SECOND
    return state ^ (state >> np.uint64(31))

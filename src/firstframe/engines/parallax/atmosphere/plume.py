"""Steam and smoke: a plume that rises from its source, widens, curls and thins out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.atmosphere.clock import Clock, smoothsteps
from firstframe.engines.parallax.atmosphere.noise import Noise, clouds, look_up
from firstframe.engines.parallax.atmosphere.scenery import Codes, Scenery
from firstframe.engines.parallax.atmosphere.veil import Veil, lattice
from firstframe.engines.parallax.scene.model import Map

_BUILD_UP_SECONDS = 1.2


@dataclass(frozen=True)
class Source:
    """What a plume rises from, in short edges of the frame and frame pixels."""

    x_px: float
    y_px: float
    half_width: float
    length: float
    """How far it rises before it has thinned out."""
    spread: float
    """Growth of the half width per length risen."""
    speed: float
    """Short edges per second near the source."""
    thickness: float
    """Optical depth where it is densest."""
    wispy: float
    """Share of thin curling sheets, as steam has, against billows, as smoke has."""


@dataclass(frozen=True)
class Plume:
    """A rising plume; its maps cover the part of the lattice that it can reach."""

    clock: Clock
    source: Source
    window: tuple[slice, slice]
    height: Map
    """Short edges above the source."""
    aside: Map
    """Short edges to the right of the source."""
    colour: tuple[Map, Map, Map]
    wind: float
    """Short edges to the right that the top is blown."""
    billows: Noise
    curls: Noise
    seen: Map | float
    """1 where nothing stands before it."""

    @classmethod
    def of(
        cls,
        scenery: Scenery,
        clock: Clock,
        seed: int,
        source: Source,
        heading: str | None,
        colour: Codes,
        least_light: float = 0.3,
        hidden_by: Map | None = None,
    ) -> Plume:
        """A plume from `source`, blown where the words say; `colour` is that in full light.

        `least_light` 0…1 is what falls on it in the dark; `hidden_by`, at the size of the scenery's maps, is what it
        rises behind.
        """
        rng = np.random.Generator(np.random.Philox(seed))
        x, y = lattice(scenery.size)
        short = scenery.size.short_edge
        side = {"left": -1.0, "right": 1.0}.get(heading or "", rng.uniform(-0.25, 0.25))
        height, aside = _single((source.y_px - y) / short), _single((x - source.x_px) / short)
        reach = 2 * (source.half_width + source.spread * source.length) + (abs(side) * 0.5 + 0.25) * source.length
        inside = (height > -source.half_width) & (height < source.length) & (np.abs(aside) < reach)
        rows, columns = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
        window = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        light = np.minimum(np.float32(least_light) + scenery.at(scenery.light, x, y), 1)[window]
        dimmed = (16 + (colour[0] - 16) * light, 128 + (colour[1] - 128) * light, 128 + (colour[2] - 128) * light)
        return cls(
            clock, source, window, height[window], aside[window], dimmed, side * 0.45 * source.length,
            clouds(rng, 64, 1.7), clouds(rng, 48, 2.0),
            1.0 if hidden_by is None else 1 - scenery.at(hidden_by, x, y)[window],
        )  # fmt: skip

    def lay(self, second: float, veil: Veil) -> None:
        """Lay the plume of the moment."""
        presence = self.clock.presence(second, _BUILD_UP_SECONDS)
        if presence > 0:
            veil.cover(np.float32(presence) * self._opacity(second), self.colour, self.window)

    def _opacity(self, second: float) -> Map:
        s, risen = self.source, np.maximum(self.height, 0)
        share = _single(risen / np.float32(s.length))
        half_width = np.float32(s.half_width) + np.float32(s.spread) * risen
        turns = 2 * np.pi * self.clock.cycles(0.25) / self.clock.seconds
        sway = 0.16 * risen * np.sin(np.float32(turns * second) - 7 * risen) + 0.09 * risen * np.sin(
            np.float32(2 * turns * second + 1) - 13 * risen
        )
        across = (self.aside - np.float32(self.wind) * share**1.5 - sway) / half_width
        # Height in units of the local width: what rises grows with the plume and keeps its shape.
        along = np.log1p(risen * np.float32(s.spread / s.half_width)) * np.float32(1 / s.spread)
        travelled = np.float32(second * s.speed / s.half_width)
        density = self._density(across, along - travelled, share, second)
        envelope = np.exp(-1.7 * across * across) * smoothsteps(
            0.5 + self.height / np.float32(0.5 * s.half_width) - 0.35 * across**2
        )
        envelope *= (1 - np.minimum(share, 1)) ** (0.8 + 0.4 * s.wispy)
        front = np.float32(second * 4 * s.speed / s.length) - share
        thickness = s.thickness * envelope * density * smoothsteps(front / 0.35)
        return np.asarray(self.seen * (1 - np.exp(-thickness)), np.float32)

    def _density(self, across: Map, along: Map, share: Map, second: float) -> Map:
        x, y = across * np.float32(34), -along * np.float32(19)
        stir = 9 + 26 * np.minimum(2 * share, 1)
        bend = look_up(self.curls, x * np.float32(0.5) + np.float32(1.3 * second), y * np.float32(0.6)) - np.float32(
            0.5
        )
        turn = look_up(
            self.curls, x * np.float32(0.6) + 97, y * np.float32(0.6) + np.float32(2.1 * second)
        ) - np.float32(0.5)
        coarse = look_up(self.billows, x + 2.4 * stir * bend, y + 1.3 * stir * turn)
        fine = look_up(self.billows, 1.7 * x + 3.5 * stir * turn, 1.7 * y - 2.2 * stir * bend + np.float32(4 * second))
        cloudy = 0.62 * coarse + 0.38 * fine
        billows = 0.18 + 0.82 * smoothsteps((cloudy - 0.25) / 0.44)
        sheets = np.maximum(1 - np.abs(cloudy - 0.5) / 0.11, 0) ** 1.5
        wispy = np.float32(self.source.wispy)
        return np.asarray(wispy * (0.55 * sheets + 0.45 * billows) + (1 - wispy) * billows, np.float32)


def _single(values: NDArray[np.floating[Any]]) -> Map:
    return np.asarray(values, np.float32)

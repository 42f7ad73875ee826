"""Embers that rise from a fire, and sparks that fly from a sparkler: glowing, short-lived, from where it burns."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.atmosphere.chance import uniform
from firstframe.engines.parallax.atmosphere.clock import Clock, smoothsteps
from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.scenery import Scenery, blurred
from firstframe.engines.parallax.atmosphere.sprites import Sprites, sprites
from firstframe.engines.parallax.scene.model import Map

Numbers = NDArray[np.float32]

_SHUTTER_SECONDS = 1 / 48
_BUILD_UP_SECONDS = 0.4
_PLACE, _ASIDE, _LIFT, _SIZE, _BEND, _NEAR, _ANGLE, _SPEED = range(10, 18)
_NEARNESS = 0.6
"""Inverse depth of what burns."""


@dataclass(frozen=True)
class Style:
    """How glowing things fly; lengths in short edges, times in seconds."""

    count: int
    life: tuple[float, float]
    radius: tuple[float, float]
    speed: tuple[float, float]
    drag: float
    """Share of the speed lost per second, as the exponent of a decay."""
    lift: float
    """Acceleration upwards; weight is negative."""
    fan: float
    """Half the angle, in turns, around straight up in which they start."""
    sway: float
    hot: tuple[float, float, float]
    cool: tuple[float, float, float]


EMBERS = Style(
    240, (1.4, 3.4), (0.0014, 0.0034), (0.2, 0.6), 0.75, 0.1, 0.08, 0.035, (225.0, 74.0, 172.0), (120.0, 94.0, 188.0)
)
SPARKS = Style(
    170, (0.16, 0.48), (0.0009, 0.0016), (0.45, 1.25), 5.0, -0.35, 0.5, 0.0, (232.0, 112.0, 138.0), (170.0, 88.0, 168.0)
)


@dataclass(frozen=True)
class Sparks:
    """Glowing things of one style, thrown from the places that burn."""

    scenery: Scenery
    clock: Clock
    seed: int
    style: Style
    places: NDArray[np.float32]
    """(n, 2) frame pixels where they may start."""
    strength: float
    wind: float
    life_seconds: Numbers
    start: Numbers

    @classmethod
    def of(
        cls, scenery: Scenery, clock: Clock, seed: int, strength: float, heading: str | None, style: Style, burning: Map
    ) -> Sparks:
        """Sparks from where the mask `burning`, at the size of the scenery's maps, is bright."""
        rows, columns = np.nonzero(burning > 0.5 * float(burning.max()))
        height, width = burning.shape
        places = np.stack(
            [(columns + 0.5) * scenery.size.width / width, (rows + 0.5) * scenery.size.height / height], axis=1
        )
        index = np.arange(max(4, round(style.count * strength)))
        side = {"left": -1.0, "right": 1.0}.get(heading or "", 0.5 * float(uniform(seed, 1, index[:1])[0]) - 0.25)
        short, long = style.life
        life = short + (long - short) * uniform(seed, 2, index)
        return cls(
            scenery, clock, seed, style, places.astype(np.float32), strength, side, life, uniform(seed, 3, index)
        )

    def sprites(self, second: float, lens: Lens) -> Sprites:
        """What glows at this moment: a spark and a little glow around each."""
        style, short = self.style, np.float32(self.scenery.size.short_edge)
        lives = np.float32(second) / self.life_seconds + self.start
        life = np.floor(lives).astype(np.int64)
        share = lives - life
        # Sparks that would have started before the clip are not there.
        living = np.flatnonzero((life > 0) & (share < 1))
        life, share = life[living], share[living]
        age = share * self.life_seconds[living]
        x, y, fast_x, fast_y = self._flight(living, life, age)
        x, y, scale = lens.to_frame(x, y, _NEARNESS)
        near = 0.6 + 0.9 * uniform(self.seed, _NEAR, living, life) ** 3
        small, large = style.radius
        radius = (small + (large - small) * uniform(self.seed, _SIZE, living, life) ** 2) * short * near * scale
        glow = smoothsteps(share / 0.06) * (1 - share) ** 0.7 * self._flicker(living, second)
        glow = glow * np.float32(self.clock.presence(second, _BUILD_UP_SECONDS) * min(self.strength, 1.0) ** 0.5)
        # Before what shines as brightly they are not seen.
        glow = glow * np.clip(1.6 - 1.7 * self.scenery.at(self.scenery.luma, *lens.to_picture(x, y, _NEARNESS)), 0, 1)
        cool = share[:, None]
        luma, u, v = ((1 - cool) * np.array(style.hot, np.float32) + cool * np.array(style.cool, np.float32)).T
        speed = np.maximum(np.hypot(fast_x, fast_y), 1e-3)
        streak = 0.5 * speed * short * np.float32(_SHUTTER_SECONDS) * scale
        direction = (fast_x / speed, fast_y / speed)
        colour = (luma, u, v)
        halo = sprites(x, y, 4.5 * radius + np.float32(0.0015) * short, colour, 0.16 * glow, cover=0.2)
        core = sprites(x, y, radius, colour, glow, stretch=np.hypot(1, streak / radius), direction=direction, cover=0.6)
        return np.concatenate([halo, core])

    def _flight(
        self, index: NDArray[np.int64], life: NDArray[np.int64], age: Numbers
    ) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Places in frame pixels and speeds in short edges per second, of thrown things that drag and lift act on."""
        style, short = self.style, np.float32(self.scenery.size.short_edge)
        place = self.places[(uniform(self.seed, _PLACE, index, life) * len(self.places)).astype(np.int64)]
        angle = 2 * np.pi * style.fan * (2 * uniform(self.seed, _ANGLE, index, life) - 1)
        slow, fast = style.speed
        speed = (slow + (fast - slow) * uniform(self.seed, _SPEED, index, life)) * np.float32(self.strength**0.3)
        kept = np.exp(-style.drag * age)
        travelled = (1 - kept) / style.drag
        phase = 2 * np.pi * uniform(self.seed, _BEND, index, life)
        bend = style.sway * age * (np.sin(3.1 * age + phase) + 0.6 * np.sin(7.3 * age + 2 * phase))
        breeze = np.float32(0.1 * self.wind) * age**1.5 if style.sway else np.float32(0)
        x = place[:, 0] + (speed * np.sin(angle) * travelled + bend + breeze) * short
        y = place[:, 1] - (speed * np.cos(angle) * travelled + 0.5 * style.lift * age * age) * short
        fast_x = speed * np.sin(angle) * kept + style.sway * np.sin(3.1 * age + phase)
        fast_y = -speed * np.cos(angle) * kept - style.lift * age
        return x, y, fast_x, fast_y

    def _flicker(self, index: NDArray[np.int64], second: float) -> Numbers:
        phase = 2 * np.pi * uniform(self.seed, _ASIDE, index)
        rate = 14 + 22 * uniform(self.seed, _LIFT, index)
        return np.asarray(0.72 + 0.28 * np.sin(rate * np.float32(second) + phase), np.float32)


def find_sparkler(scenery: Scenery) -> Map | None:
    """A small glaring light held by the subject, as a mask at the size of the scenery's maps, or None."""
    subject = scenery.subject()
    if subject is None or scenery.darkness < 0.5:
        return None
    around = blurred(scenery.luma, 14.0)
    glaring = ((scenery.luma > 0.85) & (around < 0.6)).astype(np.uint8)
    near = cv2.dilate((subject > 0.5).astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (61, 61)))
    inside = cv2.erode((subject > 0.5).astype(np.uint8), np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(glaring, np.ones((3, 3), np.uint8)))
    best, mask = 0.0, None
    for label in range(1, count):
        part = labels == label
        if (
            near[part].mean() > 0.25
            and inside[part].mean() < 0.3
            and 8 <= stats[label, cv2.CC_STAT_AREA] <= 0.01 * labels.size
        ):
            glare = float((scenery.luma[part] - around[part]).sum())
            if glare > best:
                best, mask = glare, part.astype(np.float32)
    return mask

"""Things that float: dust in the light, petals in the wind, discs of light out of focus; one way, three styles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.atmosphere.chance import uniform
from firstframe.engines.parallax.atmosphere.clock import Clock, smoothsteps
from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.scenery import Codes, Scenery, codes
from firstframe.engines.parallax.atmosphere.sprites import Sprites, sprites

Numbers = NDArray[np.float32]

_BUILD_UP_SECONDS = 0.7
_LAST_ONSET_SECONDS = 0.8
_WIDER = 1.3
_PLACE = 0


@dataclass(frozen=True)
class Style:
    """What one kind of mote looks like and how it moves; lengths in frame heights at inverse depth 1."""

    count: int
    depths: tuple[float, float]
    gathering: float
    """1 spreads the depths evenly (on a logarithmic scale), more gathers them far away."""
    radius: tuple[float, float]
    fall: float
    """Per second, downwards."""
    wind: float
    """Per second, to the side of the heading."""
    sway: tuple[float, float]
    """Reach, and turns per second."""
    opacity: float
    crisp: float
    rim: float
    cover: float
    twinkle: float
    """Share of the brightness that comes and goes."""
    tumble: float
    """Turns per second of flat things, 0 for round ones."""
    by_light: float
    """How much the brightness depends on the light of the place."""
    focus: float
    """Inverse depth that is sharp; nearer ones blur."""


DUST = Style(
    1100, (0.22, 2.6), 1.5, (0.0013, 0.0034), 0.006, 0.016, (0.03, 0.11), 0.9, 0.0, 0.0, 0.2, 0.6, 0.0, 0.65, 0.6
)
PETALS = Style(
    240, (0.3, 2.1), 1.4, (0.0085, 0.0145), 0.115, 0.13, (0.03, 0.33), 0.95, 0.75, 0.0, 1.0, 0.0, 0.55, 0.35, 0.95
)
BOKEH = Style(40, (0.3, 0.6), 1.0, (0.045, 0.1), -0.012, 0.015, (0.03, 0.09), 0.36, 0.9, 0.5, 0.25, 0.7, 0.0, 0.15, 9.0)
FIREFLIES = Style(
    110, (0.3, 1.6), 1.2, (0.006, 0.011), -0.004, 0.006, (0.05, 0.16), 1.0, 0.0, 0.0, 0.6, 1.0, 0.0, 0.0, 9.0
)


@dataclass(frozen=True)
class Motes:
    """Floating things of one style, sorted from far to near."""

    scenery: Scenery
    clock: Clock
    seed: int
    style: Style
    colours: NDArray[np.float32]
    """(n, 3) codes, one per mote."""
    side: float
    speed: float
    opacity: float
    depth_inverse: Numbers
    chances: tuple[Numbers, ...]

    @classmethod
    def of(
        cls, scenery: Scenery, clock: Clock, seed: int, strength: float, heading: str | None, style: Style,
        palette: Sequence[Codes],
    ) -> Motes:  # fmt: skip
        """Motes in colours of chance from `palette`, more of them with more strength, drifting where the words say."""
        index = np.arange(max(4, round(style.count * strength * scenery.size.width / scenery.size.height / 1.7)))
        share = (index + 0.5) / len(index)
        far, near = style.depths
        chances = tuple(uniform(seed, 1 + draw, index) for draw in range(9))
        side = {"left": -1.0, "right": 1.0}.get(heading or "", 1.0 if chances[0][0] < 0.5 else -1.0)
        rows = np.minimum((chances[8] * len(palette)).astype(int), len(palette) - 1)
        depths = (far * (near / far) ** (share**style.gathering)).astype(np.float32)
        return cls(
            scenery, clock, seed, style, np.asarray(palette, np.float32)[rows], side, strength**0.4,
            style.opacity * min(strength, 1.0) ** 0.5, depths, chances,
        )  # fmt: skip

    def sprites(self, second: float, lens: Lens) -> Sprites:
        """The motes of the moment."""
        frame, near, style = self.scenery.size, self.depth_inverse, self.style
        start, pace, phase, rate = self.chances[:4]
        falls = near * (0.7 + 0.6 * pace) * np.float32(self.speed * style.fall * second / 1.2) + start
        life = np.floor(falls)
        reach, turns = style.sway
        angle = 2 * np.pi * (phase + (0.6 + 0.8 * rate) * np.float32(turns * second))
        swing = near * np.float32(reach)
        y = ((falls - life) * 1.2 - 0.1) * frame.height + 0.5 * swing * np.cos(1.7 * angle + 6 * start) * frame.height
        width = frame.width * _WIDER
        x = uniform(self.seed, _PLACE, np.arange(len(near)), life.astype(np.int64)) * width
        drift = near * (0.6 + 0.8 * rate) * np.float32(self.side * self.speed * style.wind * second)
        x = np.mod(x + (drift + swing * np.sin(angle)) * frame.height, width) - (width - frame.width) / 2
        x, y, scale = lens.to_frame(x, y, near)
        shown = (np.abs(x / frame.width - 0.5) < 0.56) & (np.abs(y / frame.height - 0.5) < 0.58)
        return self._drawn(second, lens, np.flatnonzero(shown), x[shown], y[shown], scale[shown])

    def _drawn(
        self, second: float, lens: Lens, index: NDArray[np.int64], x: Numbers, y: Numbers, scale: Numbers
    ) -> Sprites:
        style, near = self.style, self.depth_inverse[index]
        size, onset, spin, lean = (chance[index] for chance in self.chances[4:8])
        px = near * np.float32(self.scenery.size.short_edge) * scale
        small, large = style.radius
        sharp = (small + (large - small) * size**2) * px
        blur = np.maximum(near - style.focus, 0) / near * np.float32(0.008) * px
        radius = np.hypot(sharp, blur)
        light = self.scenery.at(self.scenery.light, *lens.to_picture(x, y, 0.4))
        lit = 1 - style.by_light + style.by_light * smoothsteps((light - 0.08) / 0.55)
        clear = smoothsteps(0.4 + self.scenery.clearance(lens, x, y, near) / 0.3)
        clear = clear * self.scenery.at(self.scenery.spared, *lens.to_picture(x, y, 0.8))
        pulse = 0.5 + 0.5 * np.sin(2 * np.pi * (spin + (0.15 + 0.5 * lean) * np.float32(second)))
        opacity = np.float32(self.opacity) * lit * clear * (sharp / radius) ** 1.2 * (1 - style.twinkle * pulse)
        opacity = opacity * self.clock.presences(second, _BUILD_UP_SECONDS, onset * _LAST_ONSET_SECONDS)
        turn = 2 * np.pi * (lean + (spin - 0.5) * np.float32(0.6 * style.tumble * second))
        tilt = (
            np.sin(2 * np.pi * (spin + (0.5 + lean) * np.float32(style.tumble * second)))
            if style.tumble
            else np.ones_like(x)
        )
        across = np.hypot(sharp * (0.28 + 0.72 * np.abs(tilt)) * (0.62 if style.tumble else 1.0), blur)
        luma, u, v = self.colours[index].T
        shading = (0.8 + 0.2 * tilt) * (1 - 0.45 * style.by_light * (1 - lit)) if style.cover == 1 else np.ones_like(x)
        return sprites(
            x, y, across, (16 + (luma - 16) * shading, u, v), opacity, stretch=radius / across,
            direction=(np.cos(turn), np.sin(turn)), crisp=style.crisp, rim=style.rim, cover=style.cover,
        )  # fmt: skip


def petal_colours(scenery: Scenery, least: float) -> list[Codes] | None:
    """Shades of the bright pink, red and white things around the subject; None when under a share `least` of it."""
    subject = scenery.mask("subject")
    around = np.ones(scenery.luma.shape, bool) if subject is None else subject < 0.3
    pixels = scenery.rgb[around].astype(np.float32)
    red, green, blue = pixels.T
    rosy = (red > 130) & (red >= green + 4) & (blue >= green - 12) & (np.abs(red - blue) < 110)
    if not len(pixels) or rosy.mean() < least:
        return None
    found = pixels[rosy]
    order = np.argsort(found.sum(axis=1))
    return [codes(found[order[int(share * len(order))]].astype(np.uint8)) for share in (0.55, 0.7, 0.8, 0.88, 0.95)]


def glow_colours(scenery: Scenery) -> list[Codes]:
    """Shades of the coloured lights in the picture, bright; none when it shows none."""
    pixels = scenery.rgb.reshape(-1, 3).astype(np.float32)
    light, dark = pixels.max(axis=1), pixels.min(axis=1)
    found = pixels[(light > 150) & (light - dark > 60)]
    if len(found) < 40:
        return []
    order = np.argsort(found[:, 0] - found[:, 2])
    chosen = (found[order[int(share * len(order))]] for share in (0.1, 0.4, 0.7, 0.95))
    return [codes(np.minimum(colour * (250 / colour.max()), 255).astype(np.uint8)) for colour in chosen]

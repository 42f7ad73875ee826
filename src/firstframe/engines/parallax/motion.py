"""Motion textures: how hair, cloth, leaves, water and clouds move, as displacement of the scene over time.

Swaying things are sums of harmonics with whole cycles per clip that are zero at second 0 (stochastic motion
textures; Chuang et al. 2005, "Animating Pictures with Stochastic Motion Textures"). Streaming things are advected
by a steady velocity in two phases that cross-fade (Max and Becker 1995; Holynski et al. 2021). So every moment is a
pure function of the scene, the seed and the second.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.direction.model import SceneMotion
from firstframe.engines.parallax.scene.model import Map, Scene

Harmonics = dict[int, NDArray[np.complex64]]
"""Cycles per clip -> complex amplitude (h, w, 2) in frame pixels; displacement is Im(a·(e^{iωt} − 1))."""


SKY_SURE = 0.5
TOWER, GAP = 0.45, 0.15
"""Greatest width of what rises into the sky, and of a gap in the skyline, as shares of the picture's."""
SURE, CALMEST = 0.5, 0.75
"""Confidence in a region under which it moves less, for what is doubtful must not be looked at; and the least it moves,
for what is found doubtful enough to be still is not found at all."""
STANDING_OFF = 1.5
"""Distance from the middle of a face, in half heads, at which hair is loose."""
SLOPE_LIMIT = 0.33
"""How much two neighbouring points may part or meet, per pixel between them, before a sway looks like rubber."""


@dataclass(frozen=True)
class Ground:
    """The plane on which motions are laid out: a grid over the frame, and what the builders need to know."""

    x: Map
    """Columns, in short edges to the right of the middle, (h, w)."""
    y: Map
    """Rows, in short edges below the middle, (h, w)."""
    short_edge_px: int
    seconds: float
    loop: bool
    scene: Scene

    @classmethod
    def over(cls, shape: tuple[int, int], size: FrameSize, seconds: float, loop: bool, scene: Scene) -> Ground:
        """Lay a grid of `shape` (h, w) over a frame of `size`."""
        width_px, height_px = size.width, size.height
        short = min(width_px, height_px)
        x = ((np.arange(shape[1], dtype=np.float32) + 0.5) / shape[1] - 0.5) * (width_px / short)
        y = ((np.arange(shape[0], dtype=np.float32) + 0.5) / shape[0] - 0.5) * (height_px / short)
        xs, ys = np.meshgrid(x, y)
        return cls(xs.astype(np.float32), ys.astype(np.float32), short, seconds, loop, scene)

    def mask(self, kind: str) -> Map | None:
        """The class mask `kind` on this grid, or None when the scene has none."""
        found = self.scene.classes.get(kind)
        if found is None:
            return None
        resized = cv2.resize(found, (self.x.shape[1], self.x.shape[0]), interpolation=cv2.INTER_AREA)
        return np.asarray(resized, np.float32)

    def cycles(self, hertz: float) -> int:
        """Whole cycles per clip nearest to `hertz`, at least one."""
        return max(1, round(hertz * self.seconds))

    def smooth_noise(self, rng: np.random.Generator, size: float) -> Map:
        """Noise with unit variance and features of about `size` short edges."""
        sigma = max(size * self.x.shape[0] / float(np.ptp(self.y) + 1e-6), 0.8)
        noise = cv2.GaussianBlur(rng.standard_normal(self.x.shape).astype(np.float32), (0, 0), sigma)
        return np.asarray((noise - noise.mean()) / (noise.std() + 1e-6), np.float32)

    @property
    def step_px(self) -> float:
        """Frame pixels between neighbouring grid points."""
        rows = len(self.x)
        extent = float(self.y[-1, 0]) - float(self.y[0, 0])
        return extent * self.short_edge_px / (rows - 1)

    def soften(self, mask: Map, size: float) -> Map:
        """`mask` blurred over `size` short edges."""
        sigma = max(size * self.x.shape[0] / float(np.ptp(self.y) + 1e-6), 0.5)
        return np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma), np.float32)


@dataclass(frozen=True)
class Stream:
    """Something that streams on: advected by a steady velocity."""

    velocity: Map
    """(h, w, 2) frame pixels per second."""
    period: float
    """Seconds that one phase lives before the other has replaced it; infinite: one phase drifts on."""
    dissolve: float = 1.0
    """Share of these seconds that it takes: while two phases are seen at once, detail is softer."""

    @cached_property
    def speed_px(self) -> float:
        """Greatest speed in frame pixels per second."""
        return float(np.hypot(self.velocity[..., 0], self.velocity[..., 1]).max())

    def ages(self, second: float) -> tuple[float, float, float]:
        """Ages in seconds of the two phases, and the weight of the second one.

        The first phase has age 0 and full weight at second 0; each jumps only while its weight is zero.
        """
        if math.isinf(self.period):
            return second, 0.0, 0.0
        first = (second + self.period) % (2 * self.period) - self.period
        weight = (abs(first) / self.period - 0.5) / self.dissolve + 0.5
        return first, second % (2 * self.period) - self.period, min(max(weight, 0.0), 1.0)


@dataclass(frozen=True)
class MotionTexture:
    """All that moves on one layer: harmonics for what sways, streams for what flows."""

    harmonics: Harmonics
    streams: tuple[Stream, ...] = ()

    @property
    def is_still(self) -> bool:
        """True when nothing moves."""
        return not self.harmonics and not self.streams

    def displacement(self, second: float, seconds: float, shape: tuple[int, int], second_phase: int | None) -> Map:
        """How far the scene has moved, (h, w, 2) frame pixels.

        `second_phase` is the index of the stream shown in its second phase; None for the first phases of all.
        """
        total = np.zeros((*shape, 2), np.float32)
        for cycles, amplitude in self.harmonics.items():
            angle = 2 * np.pi * cycles * second / seconds
            total += amplitude.real * np.float32(np.sin(angle)) + amplitude.imag * np.float32(np.cos(angle) - 1)
        for index, stream in enumerate(self.streams):
            total += stream.velocity * np.float32(stream.ages(second)[1 if index == second_phase else 0])
        return total

    def tamed(self, step_px: float) -> MotionTexture:
        """The same harmonics, calmer wherever neighbouring points, `step_px` apart, would part or meet too fast."""
        if not self.harmonics:
            return self
        shape = next(iter(self.harmonics.values())).shape[:2]
        still = MotionTexture(self.harmonics)
        worst = np.full(shape, 1e-6, np.float32)
        for share in np.arange(1, 17) / 17:
            moved = still.displacement(float(share), 1.0, shape, None) / np.float32(step_px)
            for slope in (
                *np.gradient(moved, axis=0).transpose(2, 0, 1),
                *np.gradient(moved, axis=1).transpose(2, 0, 1),
            ):
                worst = np.maximum(worst, np.abs(slope))
        calm = cv2.erode(np.minimum(1, SLOPE_LIMIT / worst), np.ones((7, 7), np.uint8))
        calm = cv2.GaussianBlur(calm, (0, 0), 2.0)[..., None]
        return replace(self, harmonics={k: (a * calm).astype(np.complex64) for k, a in self.harmonics.items()})

    @classmethod
    def merged(cls, textures: Sequence[MotionTexture]) -> MotionTexture:
        """All of `textures` at once."""
        harmonics: Harmonics = {}
        for texture in textures:
            for cycles, amplitude in texture.harmonics.items():
                harmonics[cycles] = harmonics[cycles] + amplitude if cycles in harmonics else amplitude
        return cls(harmonics, tuple(stream for t in textures for stream in t.streams))


def add_wave(harmonics: Harmonics, cycles: int, amplitude_px: Map, phase: Map, toward: tuple[float, float]) -> None:
    complex_amplitude = (amplitude_px * np.exp(1j * phase)).astype(np.complex64)
    vector = complex_amplitude[..., None] * np.asarray(toward, np.float32)
    harmonics[cycles] = harmonics.get(cycles, np.zeros_like(vector)) + vector


def _sway(ground: Ground, amplitude: Map, rng: np.random.Generator, spectrum: list[tuple[float, float]],
          wind: float, wavelength: float, lift: float) -> Harmonics:  # fmt: skip
    """Bending in the wind: waves that travel along `wind` (-1 or 1) with a slow spatial variation of phase."""
    out: Harmonics = {}
    for hertz, share in spectrum:
        drift = ground.smooth_noise(rng, wavelength * 0.7) * 0.9
        phase = (-wind * ground.x - 0.6 * ground.y) * (2 * np.pi / wavelength) * (hertz / spectrum[0][0]) ** 0.5 + drift
        size = amplitude * np.float32(share)
        add_wave(out, ground.cycles(hertz), size, phase, (wind, 0.0))
        add_wave(
            out, ground.cycles(hertz * 1.5), size * np.float32(lift), (phase * 1.2 + 1.0).astype(np.float32), (0.0, 1.0)
        )
    return out


def smoothstep(low: float, high: float, value: Map) -> Map:
    t = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def _hair(ground: Ground, mask: Map, motion: SceneMotion, rng: np.random.Generator) -> MotionTexture:
    """Strands wave more the farther they hang below the scalp."""
    face = ground.scene.face_box
    size, quickness = 0.012, 1.0
    anchor: Map = np.ones_like(mask)
    if face is not None:
        top, height = face[1], face[3]
        extent = 2 * float(np.abs(ground.y).max())
        hanging = smoothstep(top + 0.2 * height, top + 1.9 * height, ground.y / extent + 0.5)
        off, tips = _off_the_head(ground, face, mask)
        anchor = np.maximum(hanging, smoothstep(0.75, tips, off))
        quickness = (STANDING_OFF / tips) ** 2.2
        size = float(np.clip(0.14 * height * extent, 0.005, 0.032))
    size *= motion.strength
    loose = ground.soften(mask, 2.4 * size) * anchor
    # Of a small head softening leaves little; what is left is all the hair there is.
    loose = loose / np.clip(loose.max(), 0.3, 1)
    amplitude = loose * np.float32(size * ground.short_edge_px)
    spectrum = [(hertz * quickness, share) for hertz, share in ((0.46, 1.0), (0.75, 0.5), (1.2, 0.22))]
    return MotionTexture(_sway(ground, amplitude, rng, spectrum, _wind(motion, rng), 26 * size, 0.25)).tamed(
        ground.step_px
    )


def _off_the_head(ground: Ground, face: tuple[float, float, float, float], mask: Map) -> tuple[Map, float]:
    """Distance from the middle of the head, in half heads, and that of the tips of the hair in `mask`.

    Short hair has nothing that hangs: it moves at its tips, and, as all that is short, faster and less far.
    """
    left, top, width, height = face
    across, down = (2 * float(np.abs(places).max()) for places in (ground.x, ground.y))
    x = (ground.x / across + 0.5 - left - width / 2) / (0.5 * width)
    y = (ground.y / down + 0.5 - top - 0.45 * height) / (0.62 * height)
    off = np.hypot(x, y).astype(np.float32)
    hair = off[mask > 0.5]
    tips = float(np.percentile(hair, 90)) if hair.size else STANDING_OFF
    return off, float(np.clip(tips, 0.98, STANDING_OFF))


def _cloth(ground: Ground, mask: Map, motion: SceneMotion, rng: np.random.Generator) -> MotionTexture:
    free = ground.soften(mask, max(0.032, 0.024 * motion.strength))
    amplitude = free * np.float32(0.013 * ground.short_edge_px * motion.strength)
    spectrum = [(0.33, 1.0), (0.67, 0.55), (1.0, 0.3)]
    return MotionTexture(_sway(ground, amplitude, rng, spectrum, _wind(motion, rng), _gust(0.4, motion), 0.3)).tamed(
        ground.step_px
    )


def _foliage(ground: Ground, mask: Map, motion: SceneMotion, rng: np.random.Generator) -> MotionTexture:
    lively = np.clip(0.75 + 0.35 * ground.smooth_noise(rng, 0.1), 0.25, 1.3)
    amplitude = ground.soften(mask, 0.015) * lively * np.float32(0.0088 * ground.short_edge_px * motion.strength)
    spectrum = [(0.33, 1.0), (0.67, 0.6), (1.17, 0.35), (1.83, 0.15)]
    return MotionTexture(_sway(ground, amplitude, rng, spectrum, _wind(motion, rng), _gust(0.36, motion), 0.45)).tamed(
        ground.step_px
    )


def _clouds(ground: Ground, mask: Map, motion: SceneMotion, rng: np.random.Generator) -> MotionTexture:
    heading = {"left": -1.0, "right": 1.0}.get(motion.heading or "", 1.0 if rng.random() < 0.5 else -1.0)
    speed = 0.0128 * ground.short_edge_px * motion.strength
    velocity = np.zeros((*mask.shape, 2), np.float32)
    velocity[..., 0] = ground.soften(mask * _overhead(ground), 0.03) * heading * speed
    velocity[..., 1] = -0.06 * velocity[..., 0] * heading
    return MotionTexture({}, (Stream(velocity, ground.seconds / 2 if ground.loop else math.inf),))


def _overhead(ground: Ground) -> Map:
    """How fast clouds pass, mean 1: not at all at the skyline, where what is taken for sky may be a far shore."""
    sky = ground.mask("sky")
    if sky is None:
        return np.ones_like(ground.y)
    rows = np.arange(len(sky), dtype=np.float32)[:, None]
    foot = 1.0 if ground.scene.horizon is None else ground.scene.horizon
    line = np.minimum(_skyline(sky), foot * len(sky))
    pace = smoothstep(0.03, 0.6, np.asarray((line - rows) / np.maximum(line, 1), np.float32))
    usual = float((pace * sky).sum() / max(float(sky.sum()), 1e-6))
    return np.asarray(pace / max(usual, 0.4), np.float32)


def _skyline(sky: Map) -> Map:
    """(w,) row at which the sky ends: trees and towers do not count, nor what looks like sky between two hills."""
    height, width = sky.shape
    seen = sky[::-1] >= SKY_SURE
    end = np.where(seen.any(axis=0), height - np.argmax(seen, axis=0), 0).astype(np.float32)[None]
    wide, narrow = np.ones((1, round(TOWER * width) | 1), np.uint8), np.ones((1, round(GAP * width) | 1), np.uint8)
    without_towers = cv2.erode(cv2.dilate(end, wide), wide)
    without_gaps = cv2.dilate(cv2.erode(without_towers, narrow), narrow)
    return np.asarray(cv2.GaussianBlur(without_gaps, (0, 0), 0.02 * width)[0], np.float32)


def _flow(ground: Ground, mask: Map, motion: SceneMotion, rng: np.random.Generator) -> MotionTexture:
    """Falling or running water: down the picture unless the prompt says where to."""
    toward = {"left": (-1.0, 0.15), "right": (1.0, 0.15), "up": (0.0, -1.0)}.get(motion.heading or "", (0.0, 1.0))
    speed = 0.05 * ground.short_edge_px * motion.strength
    velocity = ground.soften(mask, 0.012)[..., None] * np.asarray(toward, np.float32) * np.float32(speed)
    return MotionTexture({}, (Stream(velocity.astype(np.float32), phase_seconds(ground.seconds, 0.5)),))


def _breathing(ground: Ground, mask: Map, motion: SceneMotion, rng: np.random.Generator) -> MotionTexture:
    out: Harmonics = {}
    amplitude = ground.soften(mask, 0.05) * np.float32(0.0068 * ground.short_edge_px * motion.strength)
    add_wave(out, ground.cycles(0.28), amplitude, np.zeros_like(mask), (0.0, -1.0))
    add_wave(out, ground.cycles(0.17), amplitude * np.float32(0.8), ground.y * 1.5, (1.0, 0.0))
    return MotionTexture(out)


def _wind(motion: SceneMotion, rng: np.random.Generator) -> float:
    return {"left": -1.0, "right": 1.0}.get(motion.heading or "", 1.0 if rng.random() < 0.5 else -1.0)


def _gust(wavelength: float, motion: SceneMotion) -> float:
    """Waves of a strong wind are long: were they short, they could not be high without folding what they move."""
    return float(wavelength * max(motion.strength, 0.7) ** 0.8)


def phase_seconds(seconds: float, wanted: float) -> float:
    """The half period nearest to `wanted` of which twice a whole number fills the clip, so that loops close."""
    return seconds / (2 * max(1, round(seconds / (2 * wanted))))


Builder = Callable[[Ground, Map, SceneMotion, np.random.Generator], MotionTexture]


def doubting(region: str, builder: Builder) -> tuple[str, Builder]:
    """The builder of what moves `region`, calmer where it is doubtful that the region is what it is taken for."""

    def build(ground: Ground, mask: Map, motion: SceneMotion, rng: np.random.Generator) -> MotionTexture:
        calmness = float(np.clip(ground.scene.class_confidence.get(region, 1.0) / SURE, CALMEST, 1))
        return builder(ground, mask, replace(motion, strength=motion.strength * calmness), rng)

    return region, build


MOST_BUILDERS: dict[str, tuple[str, Builder]] = {
    "hair": doubting("hair", _hair),
    "cloth": doubting("cloth", _cloth),
    "foliage": doubting("foliage", _foliage),
    "flow": doubting("stream", _flow),
    "clouds": doubting("sky", _clouds),
    "breathing": doubting("subject", _breathing),
}
"""Motion -> the class of the scene that it moves, and the builder of its texture; fire and water are elsewhere."""

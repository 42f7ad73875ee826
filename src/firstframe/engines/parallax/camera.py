"""The camera: poses, the moves of the vocabulary as data, easing, and the path through a clip.

Lengths are in units of the nearest scene distance (inverse depth 1), angles in radians, moments in seconds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from firstframe.direction.model import CameraMove

FOCAL = 1.25
"""Focal length in short edges: about 44° across the short edge, a normal lens."""
RAMP = 0.3
"""Share of a move spent speeding up, and again slowing down."""


@dataclass(frozen=True)
class Pose:
    """Where the camera is relative to where the first frame was taken."""

    x: float = 0.0
    """To the right."""
    y: float = 0.0
    """Down."""
    z: float = 0.0
    """Forward."""
    yaw: float = 0.0
    """Turned to the right."""
    pitch: float = 0.0
    """Turned down."""
    roll: float = 0.0
    """Turned clockwise."""
    zoom: float = 0.0
    """Natural logarithm of the focal length against the first frame's."""
    blur: float = 0.0
    """How far the focus has been racked from the background to the subject, 0…1."""

    def __add__(self, other: Pose) -> Pose:
        return Pose(*(a + b for a, b in zip(self.values(), other.values(), strict=True)))

    def scaled(self, factor: float) -> Pose:
        """Every component times `factor`."""
        return Pose(*(factor * v for v in self.values()))

    def values(self) -> tuple[float, ...]:
        """The components in declaration order."""
        return tuple(getattr(self, f.name) for f in fields(self))

    def report(self) -> dict[str, float]:
        """The components that are not zero, rounded, by name."""
        return {f.name: round(getattr(self, f.name), 4) for f in fields(self) if abs(getattr(self, f.name)) > 5e-5}


def move_pose(move: str, pivot: float) -> Pose:
    """The pose at the end of `move` at full amplitude, for a subject at inverse depth `pivot`.

    The words describe the camera: at the end of pan_right the picture has moved to the left.
    """
    orbit = Pose(x=0.085, yaw=-0.085 * pivot)
    poses = {
        "static": Pose(),
        "pan_right": Pose(yaw=0.058, x=0.010),
        "tilt_down": Pose(pitch=0.058, y=0.008),
        "truck_right": Pose(x=0.095),
        "pedestal_down": Pose(y=0.080),
        "push_in": Pose(z=0.150, zoom=0.050),
        "pull_out": Pose(z=-0.075, zoom=-0.045),
        "zoom_in": Pose(zoom=0.190),
        "zoom_out": Pose(zoom=-0.105),
        "orbit_right": orbit,
        "roll_right": Pose(roll=0.075, zoom=0.02),
        "dolly_zoom": Pose(z=0.170, zoom=math.log(max(1 - 0.170 * pivot, 0.5))),
        "rack_focus": Pose(blur=1.0, z=0.015, zoom=0.01),
        "tracking": Pose(x=0.060, yaw=-0.060 * pivot * 0.9, z=0.05, zoom=0.02),
        "shake": Pose(),
    }
    mirrored = {
        "pan_left": "pan_right",
        "tilt_up": "tilt_down",
        "truck_left": "truck_right",
        "pedestal_up": "pedestal_down",
        "orbit_left": "orbit_right",
        "roll_left": "roll_right",
    }
    return poses[mirrored[move]].scaled(-1.0) if move in mirrored else poses[move]


def ease(progress: float) -> float:
    """Distance covered at `progress` (0…1): smooth start, steady middle, smooth stop; C² everywhere.

    The speed is a trapezoid whose flanks are smoothstep ramps of length `RAMP`.
    """
    p = min(max(progress, 0.0), 1.0)
    if p > 0.5:
        return 1.0 - ease(1.0 - p)
    u = min(p / RAMP, 1.0)
    ramp = RAMP * (u**3 - u**4 / 2)
    return (ramp + max(p - RAMP, 0.0)) / (1.0 - RAMP)


def glide(progress: float) -> float:
    """`ease` without a steady middle, fastest half way: an orbit must be seen to turn, and to its end.

    The mean of the cubic and the quintic: at its fastest 1.69 times the mean speed, and not yet still at its end.
    """
    p = min(max(progress, 0.0), 1.0)
    return p * p * (3 + p * (8 - p * (15 - 6 * p))) / 2


@dataclass(frozen=True)
class Segment:
    """One move on the path: its full pose, and when it happens in seconds."""

    move: str
    pose: Pose
    start: float
    end: float


@dataclass(frozen=True)
class CameraPath:
    """Where the camera is at every moment; at second 0 it is exactly where the first frame was taken."""

    segments: tuple[Segment, ...]
    seconds: float
    loop: bool
    shake: float = 0.0
    """Strength of the hand-held shake, 0 for a tripod."""
    seed: int = 0

    def at(self, second: float) -> Pose:
        """The pose at `second`."""
        pose = Pose()
        for segment in self.segments:
            pose = pose + segment.pose.scaled(self._share(segment, second))
        return pose + self._hand_held(second) if self.shake else pose

    def _share(self, segment: Segment, second: float) -> float:
        if self.loop:
            return 0.5 - 0.5 * math.cos(2 * math.pi * second / self.seconds)
        progress = (second - segment.start) / max(segment.end - segment.start, 1e-6)
        return glide(progress) if segment.move.startswith("orbit") else ease(progress)

    def _hand_held(self, second: float) -> Pose:
        yaw, pitch, roll = _band_limited_noise(self.seed, second / self.seconds, self.seconds) * self.shake
        return Pose(yaw=float(yaw), pitch=float(pitch), roll=0.5 * float(roll))

    def extremes(self) -> list[Pose]:
        """Poses that bound the path: the ends of the segments and nine moments between."""
        moments = {s.end for s in self.segments} | {self.seconds * k / 10 for k in range(1, 11)}
        return [self.at(m) for m in sorted(moments)]

    def scaled(self, translation: float, overall: float) -> CameraPath:
        """The same moves with smaller amplitudes: `translation` for x, y, z alone, `overall` for everything.

        What a push-in or pull-out loses in travel, it gains in zoom, so that the asked move stays visible.
        """
        return replace(self, segments=tuple(_scale_segment(s, translation, overall) for s in self.segments))


def _scale_segment(segment: Segment, translation: float, overall: float) -> Segment:
    full = segment.pose
    lost = full.z * (1 - translation) * 0.55 if segment.move in ("push_in", "pull_out") else 0.0
    pose = replace(
        full,
        x=full.x * translation,
        y=full.y * translation,
        z=full.z * translation,
        yaw=full.yaw * (translation if segment.move.startswith(("orbit", "tracking")) else 1.0),
        zoom=(full.zoom * translation if segment.move == "dolly_zoom" else full.zoom) + lost,
    )
    return replace(segment, pose=pose.scaled(overall))


def _band_limited_noise(seed: int, phase: float, seconds: float) -> NDArray[np.float64]:
    """Three smooth periodic signals that are zero at phase 0, about 0.2 to 3 Hz, falling with frequency."""
    rng = np.random.Generator(np.random.Philox(seed))
    cycles = np.unique(np.round(np.array([0.2, 0.35, 0.6, 0.9, 1.4, 2.1, 3.0]) * seconds))
    phases = rng.uniform(0, 2 * np.pi, (3, cycles.size))
    weights = 0.006 / np.sqrt(cycles.size) * (cycles[0] / cycles) ** 0.9
    wave = np.sin(2 * np.pi * cycles * phase + phases) - np.sin(phases)
    return np.asarray((weights * wave).sum(axis=1))


def camera_path(moves: Sequence[CameraMove], pivot: float, seconds: float, loop: bool, seed: int) -> CameraPath:
    """Lay the moves of a direction out as a path around a subject at inverse depth `pivot`.

    A move's amplitude grows with its speed and with the square root of its share of the clip, so that short
    moves stay calm and long ones stay alive.
    """
    segments = []
    shake = 0.0
    for m in moves:
        if m.move == "shake":
            shake = max(shake, 1.6 * m.speed)
        share = max(m.end - m.start, 0.5) / 6.0
        amplitude = min(m.speed, 1.9) ** 0.7 * min(share, 1.25) ** 0.5
        segments.append(Segment(m.move, move_pose(m.move, pivot).scaled(amplitude), m.start, m.end))
    return CameraPath(tuple(segments), seconds, loop, shake, seed)

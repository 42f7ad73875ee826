"""The engine contract: anything that turns a first frame and a direction into frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FRAMES_PER_SECOND, FrameSize
from firstframe.direction.model import Direction
from firstframe.media.colour import Yuv420

Tick = Callable[[int, int], None]
"""`tick(done, total)` reports progress in frames; it raises `Cancelled` or `DeadlinePassed` to stop the engine."""

Plan = dict[str, Any]
"""JSON-able: what an engine will do and why."""


@dataclass(frozen=True)
class EngineSpec:
    """What is known about an engine before it is loaded."""

    name: str
    licence: str
    hardware: str
    resolutions: tuple[str, ...] = ("768p", "1080p")
    durations: tuple[int, ...] = (6, 10)


@dataclass(frozen=True)
class RenderTask:
    """One clip to render."""

    picture: NDArray[np.uint8]
    """The first frame at its own size, sRGB, shape (h, w, 3), uint8; same aspect ratio as `size` within a pixel."""
    first_frame: NDArray[np.uint8]
    """The first frame resized to `size`, shape (H, W, 3): what frame 0 must equal."""
    direction: Direction
    size: FrameSize
    seconds: int
    seed: int
    loop: bool = False

    @property
    def frames(self) -> int:
        """Number of frames to yield: seconds × 24."""
        return self.seconds * FRAMES_PER_SECOND


class Engine(Protocol):
    """Anything that turns (first frame, direction, size, seed) into frames."""

    @property
    def spec(self) -> EngineSpec:
        """Name, licence, hardware and what the engine accepts."""
        ...

    def load(self) -> None:
        """Prepare what every clip needs (compiled kernels, weights); called once per worker."""
        ...

    def plan(self, task: RenderTask) -> Plan:
        """What will be done and why; cheap next to rendering, and reused by a `render` of the same task."""
        ...

    def render(self, task: RenderTask, tick: Tick) -> Iterator[Yuv420]:
        """Yield exactly `task.frames` frames in order; frame 0 equals `task.first_frame`.

        A yielded frame may be overwritten once the next one is asked for.
        """
        ...

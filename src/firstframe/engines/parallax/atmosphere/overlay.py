"""`Atmosphere`: what is drawn over the composed frames of one clip; light and veils first, then what flies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from firstframe.clip import FrameSize
from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.scenery import Scenery
from firstframe.engines.parallax.atmosphere.sprites import Sprites, draw, sprites
from firstframe.engines.parallax.atmosphere.veil import Veil
from firstframe.engines.parallax.camera import Pose
from firstframe.engines.parallax.scene.model import Scene
from firstframe.media.colour import Yuv420


class Swarm(Protocol):
    """Many small things in the air."""

    def sprites(self, second: float, lens: Lens) -> Sprites:
        """What is seen of them at `second`, far ones first."""
        ...


class Hanging(Protocol):
    """Something soft in the air or in the light."""

    def lay(self, second: float, veil: Veil) -> None:
        """Add what it does at `second` to `veil`."""
        ...


@dataclass(frozen=True)
class Atmosphere:
    """All that is drawn over the composed frames of one clip; a frame depends on the second and the pose alone."""

    scenery: Scenery
    hangings: tuple[Hanging, ...]
    swarms: tuple[Swarm, ...]

    def apply(self, frame: Yuv420, second: float, pose: Pose) -> None:
        """Draw the moment `second`, seen by a camera at `pose`, over `frame` in place; second 0 changes nothing."""
        lens = Lens.of(pose, self.scenery.size)
        if self.hangings:
            veil = Veil(self.scenery.size)
            for hanging in self.hangings:
                hanging.lay(second, veil)
            veil.apply(frame, lens, self.scenery)
        for swarm in self.swarms:
            draw(swarm.sprites(second, lens), frame)


def warm_up() -> None:
    """Compile what draws, or load it from numba's cache on disk, before the first frame asks for it."""
    size = FrameSize(32, 32)
    grey = Yuv420(*(np.full(plane, 128, np.uint8) for plane in ((32, 32), (16, 16), (16, 16))))
    one = np.ones(1, np.float32)
    draw(sprites(16 * one, 16 * one, 4 * one, (200.0, 128.0, 128.0), one), grey)
    scene = Scene((), {}, np.full((8, 8), 0.5, np.float32), 0.0)
    scenery = Scenery.of(scene, np.full((32, 32, 3), 128, np.uint8), size)
    veil = Veil(size)
    veil.light(np.full(veil.values.shape[1:], 0.1, np.float32))
    veil.apply(grey, Lens.of(Pose(x=0.01), size), scenery)

"""`Atmosphere`: what is drawn over the composed frames of one clip; light and veils first, then what flies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.scenery import Scenery
from firstframe.engines.parallax.atmosphere.sprites import Sprites, draw
from firstframe.engines.parallax.atmosphere.veil import Veil
from firstframe.engines.parallax.camera import Pose
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

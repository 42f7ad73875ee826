"""What is in the air and in the light, over composed frames: rain, snow, fog, smoke, sparks, light. No layers."""

from __future__ import annotations

from collections.abc import Sequence

from firstframe.clip import FrameSize
from firstframe.direction.model import SceneMotion
from firstframe.engines.parallax.atmosphere.casting import EFFECTS, Setting, effects
from firstframe.engines.parallax.atmosphere.clock import Clock
from firstframe.engines.parallax.atmosphere.overlay import Atmosphere, warm_up
from firstframe.engines.parallax.atmosphere.scenery import Scenery
from firstframe.engines.parallax.scene.model import Picture, Scene
from firstframe.engines.parallax.staging import Performed

__all__ = ["KINDS", "Atmosphere", "atmosphere", "warm_up"]

KINDS = frozenset(EFFECTS)
"""The scene motions that happen in the air or in the light."""


def atmosphere(
    motions: Sequence[SceneMotion], scene: Scene, first_frame: Picture, size: FrameSize, seconds: float, loop: bool,
    seed: int, nouns: Sequence[str] = (),
) -> tuple[Atmosphere | None, list[Performed]]:  # fmt: skip
    """What is in the air of a clip, or None when nothing is; and the account of every motion of `KINDS`.

    `first_frame` (H, W, 3) uint8 RGB of `size`; `nouns` are those of the prompt, by which the kind of particles, smoke
    and light is chosen.
    """
    wanted = [motion for motion in motions if motion.kind in KINDS]
    if not wanted:
        return None, []
    scenery = Scenery.of(scene, first_frame, size)
    words = frozenset(word for noun in nouns for word in noun.lower().split())
    setting = Setting(scenery, Clock(seconds, loop), frozenset(m.kind for m in motions), words)
    cast = effects(wanted, setting, seed)
    account = [Performed(motion, e.region, e.coverage, e.confidence, e.reason) for motion, e in cast]
    hangings = tuple(hanging for _, effect in cast for hanging in effect.hangings)
    swarms = tuple(swarm for _, effect in cast for swarm in effect.swarms)
    return (Atmosphere(scenery, hangings, swarms) if hangings or swarms else None), account

"""Rain strikes the ground, and nothing but the ground."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from firstframe.clip import FrameSize
from firstframe.engines.parallax.atmosphere.clock import Clock
from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.scenery import Scenery
from firstframe.engines.parallax.atmosphere.splashes import Splashes
from firstframe.engines.parallax.camera import Pose
from firstframe.engines.parallax.scene.model import Scene

SIZE = FrameSize(480, 270)
DEPTH = np.repeat(np.linspace(0.1, 0.9, 270, dtype=np.float32)[:, None], 480, axis=1)
AT_REST = Lens.of(Pose(), SIZE)


def scene() -> Scene:
    subject = np.zeros((270, 480), np.float32)
    subject[100:, 200:300] = 1
    return Scene((), {"subject": subject}, DEPTH, confidence=1.0, horizon=0.5)


def splashes(found: Scene, strength: float = 1.0, loop: bool = False) -> Splashes | None:
    scenery = Scenery.of(found, np.full((270, 480, 3), 90, np.uint8), SIZE)
    return Splashes.of(scenery, Clock(6, loop), 3, strength)


def test_rings_lie_below_the_horizon_and_not_on_the_subject() -> None:
    striking = splashes(scene())
    assert striking is not None
    rows = np.concatenate([striking.sprites(second, AT_REST) for second in (2.0, 3.5, 5.0)])
    x, y = rows[:, 0], rows[:, 1]
    assert len(rows) > 60
    assert (y > 0.5 * SIZE.height).all()
    assert not ((x > 202) & (x < 298)).any()


def test_near_rings_are_larger_and_all_lie_flat() -> None:
    striking = splashes(scene(), strength=3)
    assert striking is not None
    rows = striking.sprites(3.0, AT_REST)
    along, across, y = rows[:, 4], rows[:, 5], rows[:, 1]
    assert (along > 2 * across).all()
    assert along[y > 230].mean() > 1.2 * along[y < 180].mean()


def test_it_begins_with_none_and_ends_with_none_in_a_loop() -> None:
    striking = splashes(scene(), loop=True)
    assert striking is not None
    opacity = [striking.sprites(second, AT_REST)[:, 6].max() for second in (0.0, 3.0, 6.0)]
    assert opacity[0] == opacity[2] == 0
    assert opacity[1] > 0.3


def test_where_no_ground_is_in_view_there_is_none() -> None:
    assert splashes(replace(scene(), face_box=(0.3, 0.2, 0.2, 0.4))) is None
    assert splashes(replace(scene(), classes={"foliage": np.ones((270, 480), np.float32)})) is None

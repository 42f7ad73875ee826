from __future__ import annotations

import numpy as np

from firstframe.clip import FrameSize
from firstframe.direction.model import SceneMotion
from firstframe.engines.parallax.flames import flames
from firstframe.engines.parallax.motion import Ground, MotionTexture
from firstframe.engines.parallax.scene.model import Scene

SIZE, SHAPE = FrameSize(640, 480), (61, 81)


def _texture(loop: bool = False, strength: float = 1.0) -> MotionTexture:
    mask = np.zeros((360, 480), np.float32)
    mask[180:320, 160:320] = 1
    scene = Scene((), {"fire": mask}, np.full((360, 480), 0.5, np.float32), 1.0)
    ground = Ground.over(SHAPE, SIZE, 6, loop, scene)
    seen = ground.mask("fire")
    assert seen is not None
    return flames(ground, seen, SceneMotion("fire", strength), np.random.Generator(np.random.Philox(1)))


def test_flames_rise_and_waver_within_their_mask_and_a_little_above() -> None:
    texture = _texture()
    assert not texture.displacement(0.0, 6, SHAPE, None).any()
    upwards = -texture.streams[0].velocity[..., 1]
    assert upwards[32:42, 30:50].min() > 15
    assert 0 < upwards[49:51, 30:50].mean() < 0.5 * upwards[32:36, 30:50].mean()  # wood does not rise with its flames
    moved = np.abs(texture.displacement(1.3, 6, SHAPE, None)).max(axis=2)
    assert moved[32:50, 30:50].mean() > 1
    assert moved[:20].max() < 0.3
    assert moved[:, :20].max() < 0.3


def test_a_loop_of_flames_ends_as_it_began() -> None:
    texture = _texture(loop=True)
    end, start = (texture.displacement(s, 6, SHAPE, None) for s in (6.0, 0.0))
    np.testing.assert_allclose(end, start, atol=1e-3)
    assert texture.streams[0].ages(6.0)[2] < 1e-6


def test_strong_fire_is_livelier() -> None:
    gentle, strong = (np.abs(_texture(strength=s).streams[0].velocity).mean() for s in (0.5, 2.0))
    assert strong > 1.5 * gentle

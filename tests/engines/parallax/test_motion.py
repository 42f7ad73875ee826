from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from firstframe.clip import FrameSize
from firstframe.direction.model import SceneMotion
from firstframe.engines.parallax.motion import Ground, MotionTexture, Stream
from firstframe.engines.parallax.scene.model import Scene
from firstframe.engines.parallax.staging import BUILDERS

SIZE = FrameSize(640, 480)
SHAPE = (61, 81)


def _scene(kind: str) -> Scene:
    mask = np.zeros((360, 480), np.float32)
    mask[180:320, 120:360] = 1
    depth = np.full((360, 480), 0.5, np.float32)
    return Scene((), {kind: mask}, depth, 1.0, horizon=0.95 if kind == "sky" else 0.4, face_box=(0.4, 0.4, 0.15, 0.2))


def _texture(motion: str, loop: bool = False, strength: float = 1.0, seed: int = 1) -> MotionTexture:
    region, builder = BUILDERS[motion]
    ground = Ground.over(SHAPE, SIZE, 6, loop, _scene(region))
    mask = ground.mask(region)
    assert mask is not None
    return builder(ground, mask, SceneMotion(motion, strength), np.random.Generator(np.random.Philox(seed)))


@pytest.mark.parametrize("motion", BUILDERS)
def test_nothing_has_moved_at_second_zero(motion: str) -> None:
    assert not _texture(motion).displacement(0.0, 6, SHAPE, None).any()


@pytest.mark.parametrize("motion", BUILDERS)
def test_what_moves_moves_visibly_inside_its_region_and_nowhere_else(motion: str) -> None:
    texture = _texture(motion)
    farthest = np.max(
        [np.hypot(*np.moveaxis(texture.displacement(s, 6, SHAPE, None), 2, 0)) for s in np.linspace(0, 5.9, 24)], axis=0
    )
    assert farthest[30:50, 25:55].mean() > 0.4
    assert farthest[:15].max() < 0.3


@pytest.mark.parametrize("motion", BUILDERS)
def test_a_loop_ends_as_it_began(motion: str) -> None:
    texture = _texture(motion, loop=True)
    end, start = (texture.displacement(s, 6, SHAPE, None) for s in (6.0, 0.0))
    np.testing.assert_allclose(end, start, atol=1e-3)


def test_clouds_pass_overhead_and_stand_still_at_the_horizon() -> None:
    scene = Scene((), {"sky": np.ones((360, 480), np.float32)}, np.full((360, 480), 0.5, np.float32), 1.0, horizon=0.6)
    ground = Ground.over(SHAPE, SIZE, 6, False, scene)
    (stream,) = (
        BUILDERS["clouds"][1](ground, np.ones(SHAPE, np.float32), SceneMotion("clouds"), np.random.default_rng(1))
    ).streams
    speed = np.abs(stream.velocity[..., 0]).mean(axis=1)
    assert speed[5] > 1.5
    assert speed[38:].max() < 0.2 * speed[5]


def test_strength_scales_the_motion() -> None:
    gentle, strong = (_texture("foliage", strength=s).displacement(1.3, 6, SHAPE, None) for s in (0.5, 1.0))
    assert 1.3 * np.abs(gentle).mean() < np.abs(strong).mean()


def test_the_same_seed_moves_the_same_way_and_another_differently() -> None:
    first, again, other = (_texture("cloth", seed=s).displacement(2.0, 6, SHAPE, None) for s in (4, 4, 5))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("motion", [m for m in BUILDERS if not _texture(m).streams])
def test_nothing_sways_so_unevenly_that_the_picture_folds(motion: str) -> None:
    texture = _texture(motion, strength=1.6)
    worst = 0.0
    for second in np.linspace(0.2, 5.8, 15):
        moved = texture.displacement(float(second), 6, SHAPE, None) / 8
        worst = max(
            worst, np.abs(np.gradient(moved[..., 1], axis=0)).max(), np.abs(np.gradient(moved[..., 0], axis=1)).max()
        )
    assert worst < 0.5


@pytest.mark.parametrize("period", [0.5, 1.0, 3.0])
def test_a_streaming_phase_jumps_only_while_it_is_not_seen(period: float) -> None:
    stream = Stream(np.zeros((2, 2, 2), np.float32), period)
    moments = np.arange(0, 6, 1 / 240)
    ages = np.array([stream.ages(float(m)) for m in moments])
    assert ages[0].tolist() == [0.0, -period, 0.0]
    for phase, weight in ((ages[:, 0], 1 - ages[:, 2]), (ages[:, 1], ages[:, 2])):
        jumps = np.flatnonzero(np.abs(np.diff(phase)) > period)
        assert all(min(weight[j], weight[j + 1]) < 0.02 for j in jumps)
    assert np.abs(np.diff(ages[:, 2])).max() < 2 / 240 / period


def test_an_endless_stream_drifts_on_without_fading() -> None:
    assert Stream(np.zeros((2, 2, 2), np.float32), math.inf).ages(4.0) == (4.0, 0.0, 0.0)


def test_a_doubtful_region_moves_less() -> None:
    def reach(trust: float) -> float:
        scene = replace(_scene("cloth"), class_confidence={"cloth": trust})
        ground = Ground.over(SHAPE, SIZE, 6, False, scene)
        mask, (_, builder) = ground.mask("cloth"), BUILDERS["cloth"]
        assert mask is not None
        moved = builder(ground, mask, SceneMotion("cloth"), np.random.Generator(np.random.Philox(1)))
        return float(np.abs(moved.displacement(1.3, 6, SHAPE, None)).mean())

    assert reach(0.3) < 0.8 * reach(0.5) == 0.8 * reach(1.0)


def test_a_quick_dissolve_shows_one_phase_alone_most_of_the_time() -> None:
    stream = Stream(np.zeros((2, 2, 2), np.float32), 1.0, dissolve=0.4)
    weights = np.array([stream.ages(float(m))[2] for m in np.arange(0, 6, 1 / 24)])
    assert ((weights == 0) | (weights == 1)).mean() > 0.5
    assert weights[0] == 0


def test_cropped_hair_moves_faster_at_its_tips_than_long_hair() -> None:
    def cycles(rows: slice) -> int:
        mask = np.zeros((360, 480), np.float32)
        mask[rows, 190:270] = 1
        scene = Scene((), {"hair": mask}, np.full((360, 480), 0.5, np.float32), 1.0, face_box=(0.4, 0.4, 0.15, 0.2))
        ground = Ground.over(SHAPE, SIZE, 6, False, scene)
        on_grid = ground.mask("hair")
        assert on_grid is not None
        moved = BUILDERS["hair"][1](ground, on_grid, SceneMotion("hair"), np.random.Generator(np.random.Philox(1)))
        return min(moved.harmonics)

    assert cycles(slice(140, 175)) > cycles(slice(140, 330))


def test_short_hair_moves_off_the_skull() -> None:
    scene = _scene("hair")
    ground = Ground.over(SHAPE, SIZE, 6, False, replace(scene, face_box=(0.4, 0.55, 0.2, 0.3)))
    mask, (_, builder) = ground.mask("hair"), BUILDERS["hair"]
    assert mask is not None
    above = np.where(np.arange(SHAPE[0])[:, None] < 33, mask, 0).astype(np.float32)
    moved = builder(ground, above, SceneMotion("hair"), np.random.Generator(np.random.Philox(1)))
    assert np.abs(moved.displacement(1.3, 6, SHAPE, None)).max() > 1

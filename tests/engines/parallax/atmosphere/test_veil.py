from __future__ import annotations

import numpy as np
import pytest

from firstframe.clip import FrameSize
from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.scenery import Scenery
from firstframe.engines.parallax.atmosphere.veil import Veil, lattice
from firstframe.engines.parallax.camera import Pose
from firstframe.engines.parallax.projection import Stage, project
from firstframe.engines.parallax.scene.model import Scene
from firstframe.media.colour import Yuv420

SIZE = FrameSize(326, 182)
REST = Lens.of(Pose(), SIZE)


def _scenery() -> Scenery:
    depth = np.full((268, 480), 0.5, np.float32)
    return Scenery.of(Scene((), {}, depth, 1.0), np.full((SIZE.height, SIZE.width, 3), 90, np.uint8), SIZE)


def _noise() -> Yuv420:
    rng = np.random.default_rng(1)
    half = (SIZE.height // 2, SIZE.width // 2)
    return Yuv420(
        *(rng.integers(16, 236, shape, np.uint8) for shape in ((SIZE.height, SIZE.width), half, half)),
    )


def _spot() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    x, y = lattice(SIZE)
    return (np.hypot(x - 160, y - 90) < 30).astype(np.float32)


def test_a_veil_without_opacity_changes_no_byte() -> None:
    frame, before = _noise(), _noise()
    veil = Veil(SIZE)
    veil.cover(np.zeros_like(_spot()), (200.0, 128.0, 128.0))
    veil.light(np.zeros_like(_spot()))
    veil.apply(frame, REST, _scenery())
    assert all(np.array_equal(getattr(frame, p), getattr(before, p)) for p in "yuv")


def test_a_full_veil_shows_its_colour_where_it_lies_alone() -> None:
    frame, before = _noise(), _noise()
    veil = Veil(SIZE)
    veil.cover(_spot(), (200.0, 100.0, 150.0))
    veil.apply(frame, REST, _scenery())
    assert np.abs(frame.y[85:95, 155:165].astype(int) - 200).max() <= 1
    assert np.abs(frame.u[43:47, 78:82].astype(int) - 100).max() <= 1
    assert np.abs(frame.v[43:47, 78:82].astype(int) - 150).max() <= 1
    assert np.array_equal(frame.y[:, :100], before.y[:, :100])
    assert np.array_equal(frame.u[:24], before.u[:24])


@pytest.mark.parametrize(("gain", "lighter"), [(0.4, True), (-0.4, False)])
def test_light_makes_brighter_or_darker_and_never_clips(gain: float, lighter: bool) -> None:
    frame, before = _noise(), _noise()
    veil = Veil(SIZE)
    veil.light(np.full_like(_spot(), gain))
    veil.apply(frame, REST, _scenery())
    change = frame.y.astype(int) - before.y
    middle = (before.y > 60) & (before.y < 200)
    assert (change[middle] > 5).all() if lighter else (change[middle] < -5).all()
    assert frame.y.max() <= 236
    assert np.abs(change[before.y == 16]).max() <= 1
    whole, brightest = np.sort(frame.y.ravel()), before.y == 235
    assert not lighter or frame.y[brightest].min() >= whole[len(whole) // 2]


def test_what_is_laid_over_a_thing_stays_on_it_when_the_camera_moves() -> None:
    pose = Pose(x=0.04, y=-0.02, yaw=0.03, roll=0.05, zoom=0.1)
    frame = Yuv420(np.full((182, 326), 60, np.uint8), *(np.full((91, 163), 128, np.uint8) for _ in range(2)))
    veil = Veil(SIZE)
    veil.cover(_spot(), (200.0, 128.0, 128.0))
    veil.apply(frame, Lens.of(pose, SIZE), _scenery())
    weight = frame.y.astype(float) - 60
    rows, columns = np.mgrid[:182, :326]
    centre = [np.array([(weight * axis).sum() / weight.sum()], np.float32) + 0.5 for axis in (columns, rows)]
    was_x, was_y = Lens.of(pose, SIZE).to_picture(*centre, 0.5)
    assert was_x[0] == pytest.approx(160, abs=2)
    assert was_y[0] == pytest.approx(90, abs=2)


def test_the_lens_sees_as_the_projection_of_the_layers_does() -> None:
    pose = Pose(x=0.05, y=-0.03, z=0.1, yaw=0.04, pitch=-0.05, roll=0.06, zoom=0.12)
    stage = Stage(SIZE, 1.0, 0)
    grid = np.empty((*stage.grid_shape, 2), np.float32)
    project(stage, pose, np.full((20, 30), 0.7, np.float32), np.zeros((1, 1, 2), np.float32), grid)
    lens = Lens.of(pose, SIZE)
    points = [(0, 0), (4, 8), (12, 16), (20, 40)]
    x, y = (np.array([8 * point[k] + 0.5 for point in points], np.float32) for k in (1, 0))
    was_x, was_y = lens.to_picture(x, y, 0.7)
    expected = np.array([grid[point] for point in points])
    np.testing.assert_allclose(np.stack([was_x, was_y], axis=1) - 0.5, expected, atol=0.05)
    now_x, now_y, _ = lens.to_frame(was_x, was_y, 0.7)
    np.testing.assert_allclose(np.stack([now_x, now_y]), np.stack([x, y]), atol=0.02)

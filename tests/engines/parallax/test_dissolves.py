from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.engines.parallax.camera import CameraPath
from firstframe.engines.parallax.dissolves import Dissolves
from firstframe.engines.parallax.enlargement import enlarged
from firstframe.engines.parallax.motion import MotionTexture, Stream
from firstframe.engines.parallax.renderer import Performance, Slide
from firstframe.engines.parallax.scene.model import Layer, Map, Picture
from firstframe.engines.parallax.staging import Sheet, sheets, stage_layer, stage_of
from firstframe.media.colour import Yuv420

SIZE = FrameSize(326, 246)
"""No multiple of what frames are looked at in."""
WATER = (slice(120, 200), slice(100, 220))
PERIOD, SPEED = 1.0, 30.0


def _texture(grain: float = 2.5, seed: int = 3) -> Picture:
    noise = np.random.Generator(np.random.Philox(seed)).standard_normal((SIZE.height, SIZE.width)).astype(np.float32)
    rough = cv2.GaussianBlur(noise, (0, 0), grain)
    grey = 120 + 25 * rough / rough.std()
    return np.asarray(np.repeat(grey.clip(20, 235)[..., None], 3, axis=2), np.uint8)


def _sheets(picture: Picture, speed: float = SPEED) -> list[Sheet]:
    stage = stage_of(SIZE)
    velocity = np.zeros((*stage.grid_shape, 2), np.float32)
    velocity[10:, 8:34, 1] = speed
    layer = Layer("picture", enlarged(picture, *stage.canvas_size), None, np.full((60, 80), 0.5, np.float32))
    moved = MotionTexture({}, (Stream(velocity, PERIOD),))
    return sheets((layer,), (stage_layer(layer, stage),), (moved,), stage, None)


def _frame(played: list[Sheet], second: float, mended: bool = True) -> NDArray[np.uint8]:
    stage = stage_of(SIZE)
    dissolves = Dissolves.of(played, stage) if mended else None
    performance = Performance(played, CameraPath((), 6.0, loop=False), stage, 6.0, Slide(), None, dissolves)
    out = Yuv420.empty(SIZE)
    performance.frame(second, performance.work_space(), out)
    return out.y


def _contrast(luma: NDArray[np.uint8]) -> float:
    return float(luma[WATER].astype(np.float32).std())


def test_two_phases_seen_at_once_have_the_contrast_of_one() -> None:
    played = _sheets(_texture())
    alone, mean, mended = (
        _contrast(f) for f in (_frame(played, 0), _frame(played, PERIOD / 2, False), _frame(played, PERIOD / 2))
    )
    assert mean < 0.8 * alone
    assert 0.88 * alone < mended < 1.05 * alone


def test_the_local_mean_stays() -> None:
    played = _sheets(_texture())
    before, after = (_frame(played, PERIOD / 2, mended)[WATER].astype(np.float32) for mended in (False, True))
    assert after.mean() == pytest.approx(before.mean(), abs=0.5)


@pytest.mark.parametrize("second", [0.0, PERIOD])
def test_nothing_changes_while_one_phase_is_seen_alone(second: float) -> None:
    played = _sheets(_texture())
    np.testing.assert_array_equal(_frame(played, second), _frame(played, second, mended=False))


def test_nothing_changes_where_nothing_streams() -> None:
    played = _sheets(_texture())
    before, after = (_frame(played, PERIOD / 2, mended) for mended in (False, True))
    np.testing.assert_array_equal(after[:56], before[:56])
    np.testing.assert_array_equal(after[:, 288:], before[:, 288:])


def test_what_looks_the_same_in_both_phases_is_left_alone() -> None:
    stripes = np.repeat(_texture()[:1], SIZE.height, axis=0)
    played = _sheets(stripes)
    before, after = (_frame(played, PERIOD / 2, mended)[WATER].astype(np.int16) for mended in (False, True))
    assert np.abs(after - before).max() <= 3


def test_what_lies_over_the_stream_keeps_its_contrast() -> None:
    stage = stage_of(SIZE)
    width, height = stage.canvas_size
    alpha = np.zeros((height, width), np.uint8)
    alpha[175:225, 150:250] = 255
    depth: Map = np.full((60, 80), 0.5, np.float32)
    rock = Layer("subject", enlarged(_texture(seed=5), width, height), alpha, depth)
    played = [*_sheets(_texture()), Sheet("subject", stage_layer(rock, stage), depth, MotionTexture({}))]
    before, after = (_frame(played, PERIOD / 2, mended)[156:164, 136:184].astype(np.int16) for mended in (False, True))
    assert np.abs(after - before).max() <= 2


def test_a_composition_without_second_phases_needs_none() -> None:
    assert Dissolves.of(_sheets(_texture(), speed=0.0), stage_of(SIZE)) is None


def test_the_frame_is_mended_down_to_its_last_row() -> None:
    played = _sheets(_texture())
    before, after = (_frame(played, PERIOD / 2, mended) for mended in (False, True))
    assert (before[-3:, 100:220] != after[-3:, 100:220]).any()

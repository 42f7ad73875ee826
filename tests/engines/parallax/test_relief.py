"""Depth is levelled where a move would stretch a layer, so that the move itself can stay as large as asked for."""

from __future__ import annotations

import numpy as np

from firstframe.clip import FrameSize
from firstframe.direction.model import CameraMove
from firstframe.engines.parallax.camera import CameraPath, camera_path
from firstframe.engines.parallax.planner import STRETCH_LIMIT, Rehearsal, fit
from firstframe.engines.parallax.relief import LEAST_RELIEF, relieved
from firstframe.engines.parallax.scene.model import Layer, Scene
from firstframe.engines.parallax.staging import stage_of

SIZE = FrameSize(640, 384)
SHAPE = (96, 160)
STAGE = stage_of(SIZE)


def _layer(foot: float) -> Layer:
    """Far down to three quarters of the height, then rising to `foot`."""
    ramp = np.maximum(0.04, np.interp(np.linspace(0, 1, SHAPE[0]), (0.75, 1.0), (0.04, foot))).astype(np.float32)
    rgb = np.zeros((SIZE.height, SIZE.width, 3), np.uint8)
    return Layer("picture", rgb, None, np.repeat(ramp[:, None], SHAPE[1], axis=1))


def _path() -> CameraPath:
    return camera_path([CameraMove("truck_right", 0, 6)], 0.3, 6, False, 1)


def test_a_steep_shore_is_levelled_so_that_the_camera_goes_farther() -> None:
    steep = (_layer(0.95),)
    scene = Scene(steep, {}, steep[0].depth_inverse, confidence=0.0)
    levelled, limit = relieved(steep, _path(), STAGE)
    assert limit is not None
    assert limit.value > STRETCH_LIMIT
    assert LEAST_RELIEF <= limit.scale < 1
    kept = fit(_path(), levelled, scene, STAGE)
    assert kept.translation > 1.3 * fit(_path(), steep, scene, STAGE).translation
    assert Rehearsal.of(levelled, STAGE).stretch(kept.path) <= STRETCH_LIMIT


def test_what_is_not_stretched_keeps_its_depth() -> None:
    gentle = (_layer(0.3),)
    layers, limit = relieved(gentle, _path(), STAGE)
    assert limit is None
    assert layers[0] is gentle[0]

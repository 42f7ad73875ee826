from __future__ import annotations

import cv2
import numpy as np
import pytest

from firstframe.clip import FrameSize
from firstframe.direction.model import CameraMove
from firstframe.engines.parallax.camera import CameraPath, camera_path
from firstframe.engines.parallax.planner import STRETCH_LIMIT, anisotropy, fit
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.scene.model import Layer, Scene

STAGE = Stage(FrameSize(1280, 720), 1.25, 72)
PICTURE = np.zeros((900, 1600, 3), np.uint8)


def _path(move: str) -> CameraPath:
    return camera_path([CameraMove(move, 0, 6)], 0.8, 6, False, seed=1)


def _layers(front: float, behind: float) -> tuple[Layer, ...]:
    alpha = np.zeros(PICTURE.shape[:2], np.uint8)
    cv2.circle(alpha, (800, 450), 200, 255, -1)
    flat = np.ones((270, 480), np.float32)
    return Layer("background", PICTURE, None, behind * flat), Layer("subject", PICTURE, alpha, front * flat)


def _scene(layers: tuple[Layer, ...], confidence: float) -> Scene:
    return Scene(layers, {}, layers[0].depth_inverse, confidence)


def test_a_move_within_every_budget_is_left_alone() -> None:
    layers = _layers(0.5, 0.45)
    budget = fit(_path("truck_right"), layers, _scene(layers, 1.0), STAGE)
    assert (budget.translation, budget.overall, budget.limits) == (1.0, 1.0, ())


def test_a_wide_uncovered_band_reduces_travel_and_says_so() -> None:
    layers = _layers(0.95, 0.05)
    sure, doubtful = (fit(_path("orbit_left"), layers, _scene(layers, c), STAGE) for c in (1.0, 0.5))
    assert doubtful.translation < sure.translation < 1
    assert "uncovered" in sure.limits[0].what
    assert sure.path.at(6.0).x < 0, "the direction asked for stays"


def test_a_steep_slope_in_depth_reduces_travel_until_nothing_is_stretched() -> None:
    ramp = np.clip(np.linspace(-6, 7, 480, dtype=np.float32), 0, 1) * np.ones((270, 1), np.float32)
    layers = (Layer("picture", PICTURE, None, ramp),)
    budget = fit(_path("truck_right"), layers, _scene(layers, 0.0), STAGE)
    assert 0 < budget.translation < 1
    assert budget.limits[0].value > STRETCH_LIMIT


@pytest.mark.parametrize("move", ["pull_out", "zoom_out", "roll_left", "pan_left", "tilt_up"])
def test_the_view_stays_within_the_margin(move: str) -> None:
    layers = (Layer("picture", PICTURE, None, np.full((270, 480), 0.4, np.float32)),)
    narrow = Stage(STAGE.size, 1.25, 24)
    budget = fit(_path(move), layers, _scene(layers, 0.0), narrow)
    assert budget.overall < 1
    again = fit(budget.path, layers, _scene(layers, 0.0), narrow)
    assert again.overall == 1.0


def test_anisotropy_of_known_maps() -> None:
    ys, xs = np.mgrid[0:5, 0:6].astype(np.float32)
    even = np.dstack([2 * xs, 2 * ys])
    stretched = np.dstack([1.5 * xs, ys])
    folded = np.dstack([-xs, ys])
    assert anisotropy(even).max() == pytest.approx(1.0)
    assert anisotropy(stretched).min() == pytest.approx(1.5)
    assert np.isinf(anisotropy(folded)).all()

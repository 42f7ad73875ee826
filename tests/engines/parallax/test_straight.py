from __future__ import annotations

import cv2
import numpy as np
import pytest

from firstframe.clip import FrameSize
from firstframe.direction.model import CameraMove
from firstframe.engines.parallax.camera import CameraPath, Pose, camera_path
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.scene.lines import find_lines
from firstframe.engines.parallax.scene.model import Layer, Scene
from firstframe.engines.parallax.scene.views import Views
from firstframe.engines.parallax.straight import BOW_LIMIT, bow, chords, plane_through, straightened

STAGE = Stage(FrameSize(640, 360), 1.25, 40)
PICTURE = np.zeros((450, 800, 3), np.uint8)
PILLARS = np.array([[x, 0.25, x, 0.75] for x in np.linspace(0.2, 0.8, 9)], np.float32)
ROWS, COLUMNS = np.mgrid[-1:1:270j, -1:1:480j].astype(np.float32)
BUMP = (0.2 + 0.6 * np.exp(-8 * (ROWS**2 + COLUMNS**2))).astype(np.float32)


def _path(move: str) -> CameraPath:
    return camera_path([CameraMove(move, 0, 6)], 0.8, 6, False, seed=1)


def _bow(depth: np.ndarray, pose: Pose) -> float:
    lines = chords(PILLARS, STAGE)
    return bow(depth, lines, np.ones(len(lines), np.float32), pose, STAGE)


@pytest.mark.parametrize("pose", [Pose(x=0.09), Pose(y=0.08), Pose(z=0.15), Pose(x=0.08, yaw=-0.04, zoom=0.1)])
def test_a_plane_keeps_lines_straight_from_everywhere(pose: Pose) -> None:
    plane = (0.4 + 0.2 * ROWS - 0.1 * COLUMNS).astype(np.float32)
    assert _bow(plane, pose) < 5e-4
    np.testing.assert_allclose(plane_through(plane), plane, atol=1e-3)


@pytest.mark.parametrize("move", ["truck_right", "push_in", "orbit_left"])
def test_a_bump_in_depth_is_levelled_until_no_line_is_bowed_visibly(move: str) -> None:
    layers = (Layer("picture", PICTURE, None, BUMP),)
    path = _path(move)
    straight, limit = straightened(layers, path, Scene(layers, {}, BUMP, 0.0, lines=PILLARS), STAGE)
    assert limit is not None
    assert limit.value > BOW_LIMIT > 0
    assert _bow(straight[0].depth_inverse, path.at(6)) <= 1.15 * BOW_LIMIT
    assert 0 < np.ptp(straight[0].depth_inverse) < np.ptp(BUMP), "as much relief as may stay, stays"


def test_where_there_are_no_straight_things_depth_stays_as_it_is() -> None:
    layers = (Layer("picture", PICTURE, None, BUMP),)
    straight, limit = straightened(layers, _path("truck_right"), Scene(layers, {}, BUMP, 0.0), STAGE)
    assert straight == layers
    assert limit is None


def test_lines_count_only_on_the_layer_on_which_they_are_seen() -> None:
    alpha = np.full(PICTURE.shape[:2], 255, np.uint8)
    flat = np.full_like(BUMP, 0.5)
    layers = (Layer("background", PICTURE, None, BUMP), Layer("subject", PICTURE, alpha, flat))
    _, limit = straightened(layers, _path("truck_right"), Scene(layers, {}, BUMP, 1.0, lines=PILLARS), STAGE)
    assert limit is None


def test_the_edges_of_a_pillar_are_found_and_a_cloud_has_none() -> None:
    picture = np.full((360, 640, 3), 200, np.uint8)
    cv2.rectangle(picture, (300, 60), (340, 300), (60, 30, 30), -1)
    found = find_lines(Views.of(picture))
    assert {round(float(x), 2) for x in found[:, 0] if 0.2 < x < 0.8} >= {0.47, 0.53}
    soft = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 255, (360, 640, 3), np.uint8), (0, 0), 20)
    assert len(find_lines(Views.of(soft))) == 0

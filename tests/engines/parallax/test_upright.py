"""Posts and pipes keep one depth from head to foot, as far as nothing else is harmed."""

from __future__ import annotations

import numpy as np
import pytest

from firstframe.clip import FrameSize
from firstframe.direction.model import CameraMove
from firstframe.engines.parallax.camera import CameraPath, Pose, camera_path
from firstframe.engines.parallax.planner import STRETCH_LIMIT, Rehearsal
from firstframe.engines.parallax.projection import Stage, project
from firstframe.engines.parallax.scene.model import Layer, Scene
from firstframe.engines.parallax.upright import drawn, level_along, standing, upright

STAGE = Stage(FrameSize(640, 360), 1.25, 40)
PICTURE = np.zeros((450, 800, 3), np.uint8)
POSTS = np.array([[0.3, 0.4, 0.3, 0.7], [0.7, 0.4, 0.7, 0.7]], np.float32)
GROUND = np.repeat(np.linspace(0.1, 0.5, 270, dtype=np.float32)[:, None], 480, axis=1)
EVERYWHERE = np.ones_like(GROUND)


def _path(move: str) -> CameraPath:
    return camera_path([CameraMove(move, 0, 6)], 0.3, 6, False, seed=1)


def _layers(name: str = "picture") -> tuple[Layer, ...]:
    return (Layer(name, PICTURE, None, GROUND),)


def _scene(lines: np.ndarray = POSTS) -> Scene:
    return Scene(_layers(), {}, GROUND, 0.0, lines=lines)


def _lean_px(depth: np.ndarray, pose: Pose) -> float:
    """How much farther the first post is moved aside at its foot than at its head."""
    grid = np.empty((*STAGE.grid_shape, 2), np.float32)
    project(STAGE, pose, depth, np.zeros((1, 1, 2), np.float32), grid)
    column, rows = round(0.3 * (grid.shape[1] - 1)), [round(y * (grid.shape[0] - 1)) for y in (0.42, 0.68)]
    head, foot = (float(grid[row, column, 0]) for row in rows)
    return abs(foot - head)


@pytest.mark.parametrize("move", ["truck_left", "truck_right", "orbit_right"])
def test_posts_lean_less_when_the_camera_moves_aside(move: str) -> None:
    path = _path(move)
    levelled = upright(_layers(), path, _scene(), STAGE)[0].depth_inverse
    before, after = _lean_px(GROUND, path.at(6)), _lean_px(levelled, path.at(6))
    assert after < (0.85 if move.startswith("orbit") else 0.35) * before


def test_nothing_is_stretched_much_more_for_it() -> None:
    path = _path("truck_right")
    layer = upright(_layers(), path, _scene(), STAGE)[0]
    assert Rehearsal.of((layer,), STAGE).stretch_of(layer, path) <= 1 + 1.25 * (STRETCH_LIMIT - 1)


def test_an_orbit_keeps_what_makes_it_seen_to_turn() -> None:
    walls = np.array([[x, 0.02, x, 0.98] for x in np.linspace(0.05, 0.95, 15)], np.float32)
    depth = upright(_layers(), _path("orbit_left"), _scene(walls), STAGE)[0].depth_inverse
    rise = depth[-54:].mean() - depth[:54].mean()
    assert rise >= 0.8 * (GROUND[-54:].mean() - GROUND[:54].mean())


@pytest.mark.parametrize(
    ("layers", "scene", "move"),
    [
        (_layers(), _scene(np.zeros((0, 4), np.float32)), "truck_left"),
        (_layers(), _scene(np.array([[0.2, 0.5, 0.8, 0.55]], np.float32)), "truck_left"),
        (_layers(), _scene(), "zoom_in"),
        (_layers("sky"), _scene(), "truck_left"),
    ],
    ids=["no lines", "a level line", "no travel", "the sky"],
)
def test_depth_stays_as_it_is(layers: tuple[Layer, ...], scene: Scene, move: str) -> None:
    assert upright(layers, _path(move), scene, STAGE)[0].depth_inverse is layers[0].depth_inverse


def test_depth_is_levelled_along_the_lines_and_far_from_them_keeps_its_slope() -> None:
    mask = drawn(standing(POSTS, STAGE), EVERYWHERE)
    depth = GROUND + level_along(GROUND, mask)
    along, away = depth[115:185, 144], depth[115:185, 1]
    assert np.ptp(along) < 0.3 * np.ptp(GROUND[115:185, 144])
    assert np.ptp(away) > 0.6 * np.ptp(GROUND[115:185, 1])


def test_pieces_of_a_post_are_one_and_lines_hidden_by_a_nearer_layer_do_not_count() -> None:
    pieces = np.array([[0.5, 0.3, 0.5, 0.36], [0.5, 0.5, 0.5, 0.56]], np.float32)
    mask = drawn(standing(pieces, STAGE), EVERYWHERE)
    assert mask[round(0.32 * 270) : round(0.54 * 270), 240].all()
    assert not drawn(standing(pieces, STAGE), np.zeros_like(EVERYWHERE)).any()

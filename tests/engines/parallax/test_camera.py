from __future__ import annotations

import numpy as np
import pytest

from firstframe.clip import FrameSize
from firstframe.direction.model import CameraMove
from firstframe.direction.vocabulary import CAMERA_MOVES
from firstframe.engines.parallax.camera import Pose, camera_path, ease, move_pose
from firstframe.engines.parallax.kernel import GRID_STEP
from firstframe.engines.parallax.projection import Stage, project

STILL = np.zeros((1, 1, 2), np.float32)
SIZE = FrameSize(640, 480)
STAGE = Stage(SIZE, 1.0, 0)
FLAT = np.full((48, 64), 0.5, np.float32)


def _positions(pose: Pose, depth: np.ndarray = FLAT, stage: Stage = STAGE) -> np.ndarray:
    grid = np.empty((*stage.grid_shape, 2), np.float32)
    project(stage, pose, depth, STILL, grid)
    return grid


def _shift(pose: Pose) -> np.ndarray:
    """How the picture moves, in pixels, at every grid point inside the frame."""
    return (_positions(Pose()) - _positions(pose))[:-1, :-1]


@pytest.mark.parametrize("move", CAMERA_MOVES)
def test_every_move_of_the_vocabulary_has_a_pose(move: str) -> None:
    pose = move_pose(move, 0.7)
    assert (pose == Pose()) == (move in ("static", "shake"))


@pytest.mark.parametrize(
    ("move", "axis", "sign"),
    [
        ("pan_left", 0, 1),
        ("pan_right", 0, -1),
        ("truck_left", 0, 1),
        ("truck_right", 0, -1),
        ("tilt_up", 1, 1),
        ("tilt_down", 1, -1),
        ("pedestal_up", 1, 1),
        ("pedestal_down", 1, -1),
    ],
)
def test_words_describe_the_camera_so_the_picture_moves_the_other_way(move: str, axis: int, sign: int) -> None:
    shift = _shift(move_pose(move, 0.5))[..., axis]
    assert (np.sign(shift) == sign).mean() > 0.98
    assert abs(shift).mean() > 0.02 * SIZE.short_edge


@pytest.mark.parametrize(("move", "sign"), [("push_in", 1), ("zoom_in", 1), ("pull_out", -1), ("zoom_out", -1)])
def test_moving_in_enlarges_and_moving_out_shrinks(move: str, sign: int) -> None:
    shift = _shift(move_pose(move, 0.5))
    ys, xs = np.mgrid[: shift.shape[0], : shift.shape[1]] * GRID_STEP
    outward = shift[..., 0] * (xs - SIZE.width / 2) + shift[..., 1] * (ys - SIZE.height / 2)
    assert np.sign(np.median(outward)) == sign


@pytest.mark.parametrize("size", [FrameSize(1366, 768), FrameSize(1620, 1080), FrameSize(480, 508)])
def test_identity_pose_maps_every_pixel_onto_itself_on_any_stage(size: FrameSize) -> None:
    stage = Stage(size, 1.25, 80)
    grid = _positions(Pose(), stage=stage)
    ys, xs = np.mgrid[: grid.shape[0], : grid.shape[1]] * GRID_STEP
    for axis, places, side, canvas_side in zip(
        (0, 1), (xs, ys), (size.width, size.height), stage.canvas_size, strict=True
    ):
        np.testing.assert_allclose(grid[..., axis], (places + 0.5) * canvas_side / side + 100 - 0.5, atol=2e-3)


def test_an_orbit_keeps_its_pivot_in_place_and_moves_the_background_with_the_camera() -> None:
    pose = move_pose("orbit_right", 0.8)
    near = (_positions(Pose()) - _positions(pose, np.full_like(FLAT, 0.8)))[30, 40]
    far = (_positions(Pose()) - _positions(pose, np.full_like(FLAT, 0.1)))[30, 40]
    assert abs(near[0]) < 3
    assert far[0] > 15


def test_a_dolly_zoom_keeps_the_subject_size_and_changes_the_background() -> None:
    pose = move_pose("dolly_zoom", 0.8)
    near = _positions(pose, np.full_like(FLAT, 0.8))
    far = _positions(pose, np.full_like(FLAT, 0.05))
    width = float(np.diff(near[30, [20, 60], 0])[0])
    assert width == pytest.approx(40 * GRID_STEP, rel=0.02)
    assert float(np.diff(far[30, [20, 60], 0])[0]) > 1.08 * width


def test_a_roll_turns_the_picture_the_other_way() -> None:
    shift = _shift(move_pose("roll_right", 0.5))
    right_of_the_middle = shift[30, -2]
    assert right_of_the_middle[1] < -5


def test_easing_is_symmetric_monotone_and_starts_and_ends_at_rest() -> None:
    p = np.linspace(0, 1, 501)
    e = np.array([ease(v) for v in p])
    assert e[0] == 0
    assert e[-1] == pytest.approx(1)
    assert (np.diff(e) > 0).all()
    np.testing.assert_allclose(e + e[::-1], 1, atol=1e-9)
    assert np.diff(e)[0] < 1e-4
    assert abs(np.diff(e, 2)).max() * 500**2 < 8


def test_paths_begin_exactly_where_the_first_frame_was_taken() -> None:
    moves = [CameraMove(m, 0, 6) for m in CAMERA_MOVES]
    for loop in (False, True):
        path = camera_path(moves, 0.5, 6, loop, seed=3)
        np.testing.assert_allclose(path.at(0.0).values(), 0, atol=1e-12)


def test_a_loop_ends_where_it_began() -> None:
    path = camera_path([CameraMove("orbit_left", 0, 6), CameraMove("shake", 0, 6)], 0.5, 6, True, seed=3)
    np.testing.assert_allclose(path.at(6.0).values(), 0, atol=1e-9)
    assert abs(path.at(3.0).x) > 0.05


def test_sequential_moves_happen_one_after_the_other() -> None:
    path = camera_path([CameraMove("push_in", 0, 3), CameraMove("pan_left", 3, 6)], 0.5, 6, False, seed=1)
    assert path.at(3.0).z > 0.05
    assert path.at(3.0).yaw == 0
    assert path.at(6.0).yaw < -0.03
    assert path.at(6.0).z == path.at(3.0).z


def test_shake_is_small_seeded_and_never_still() -> None:
    paths = [camera_path([CameraMove("shake", 0, 6)], 0.5, 6, False, seed=s) for s in (1, 1, 2)]
    first, again, other = ([p.at(k / 24).values() for k in range(144)] for p in paths)
    assert first == again
    assert first != other
    assert 1e-4 < np.abs(np.array(first)).max() < 0.05


def test_less_travel_keeps_turning_and_gives_a_push_in_zoom_instead() -> None:
    path = camera_path([CameraMove("push_in", 0, 6)], 0.5, 6, False, seed=1)
    calm = path.scaled(0.2, 1.0)
    assert calm.at(6.0).z == pytest.approx(0.2 * path.at(6.0).z)
    assert calm.at(6.0).zoom > path.at(6.0).zoom

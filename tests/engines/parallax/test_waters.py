from __future__ import annotations

import numpy as np

from firstframe.clip import FrameSize
from firstframe.direction.model import SceneMotion
from firstframe.engines.parallax.motion import Ground, MotionTexture
from firstframe.engines.parallax.scene.model import Scene
from firstframe.engines.parallax.waters import water

SIZE, SHAPE = FrameSize(640, 480), (61, 81)


def _texture(
    detail: str = "waves", loop: bool = False, strength: float = 1.0, heading: str | None = None
) -> MotionTexture:
    """Water before a sandy shore: water in the middle rows, sand under it."""
    masks = {name: np.zeros((360, 480), np.float32) for name in ("water", "shore", "rocks")}
    masks["water"][160:280] = 1
    masks["shore"][280:] = 1
    masks["rocks"][190:250, 40:110] = 1
    scene = Scene((), masks, np.full((360, 480), 0.5, np.float32), 1.0, horizon=160 / 360)
    ground = Ground.over(SHAPE, SIZE, 6, loop, scene)
    mask = ground.mask("water")
    assert mask is not None
    return water(
        ground, mask, SceneMotion("water", strength, heading, detail=detail), np.random.Generator(np.random.Philox(1))
    )


def test_waves_roll_towards_the_viewer_slowly_far_away_and_not_over_rocks() -> None:
    texture = _texture()
    (stream,) = texture.streams
    towards = stream.velocity[..., 1]
    assert (towards >= -1e-4).all()
    assert towards[42, 40:60].min() > 2 * max(towards[30, 40:60].max(), 0.5)
    assert np.hypot(*np.moveaxis(stream.velocity[34:40, 9:16], 2, 0)).max() < 0.3 * towards[38, 40]


def test_the_edge_of_the_water_runs_up_the_sand_and_falls_back_but_the_land_beyond_stays() -> None:
    texture = _texture()
    moved = np.array([texture.displacement(s, 6, SHAPE, None)[..., 1] for s in np.linspace(0, 6, 25)])
    assert np.ptp(moved[:, 47], axis=0).mean() > 4
    assert np.abs(moved[:, 58:]).max() < 1
    assert np.abs(moved[:, :24]).max() < 0.3


def test_a_loop_of_waves_ends_as_it_began() -> None:
    texture = _texture(loop=True)
    end, start = (texture.displacement(s, 6, SHAPE, None) for s in (6.0, 0.0))
    np.testing.assert_allclose(end, start, atol=1e-3)
    assert texture.streams[0].ages(6.0)[2] == texture.streams[0].ages(0.0)[2] == 0


def test_waves_surge_farther_than_ripples() -> None:
    def reach(detail: str) -> float:
        moved = _texture(detail, loop=True)
        return max(float(np.abs(moved.displacement(s, 6, SHAPE, None)[..., 1]).mean()) for s in (1.0, 2.0, 3.0))

    assert reach("waves") > 1.5 * reach("ripples")


def test_ripples_have_no_stream_and_leave_the_horizon_alone() -> None:
    texture = _texture("ripples")
    assert not texture.streams
    moved = np.array([texture.displacement(s, 6, SHAPE, None) for s in np.linspace(0, 5.8, 13)])
    assert not moved[0].any()
    assert np.abs(moved[:, :26]).max() < 0.3
    assert np.abs(moved[:, 40:46, 20:60]).max() > 1


def test_the_same_seed_gives_the_same_waves() -> None:
    one, other = (_texture().displacement(2.3, 6, SHAPE, None) for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_strong_words_make_higher_ripples_and_faster_waves() -> None:
    def height(strength: float) -> float:
        texture = _texture("ripples", strength=strength)
        return float(np.mean([np.abs(texture.displacement(s, 6, SHAPE, None)).mean() for s in (0.7, 1.3, 2.9)]))

    assert height(1.6) > 1.4 * height(0.6)
    slow, fast = (_texture(strength=s).streams[0].speed_px for s in (0.6, 1.6))
    assert fast > 1.5 * slow


def test_waves_come_from_where_the_words_say() -> None:
    left, right = (_texture(heading=h).streams[0].velocity[38:44, 30:60, 0].mean() for h in ("left", "right"))
    assert left < -1
    assert right > 1


def test_waves_never_fold_the_picture_while_they_are_seen() -> None:
    texture = _texture(strength=1.6)
    step_px = SIZE.width / (SHAPE[1] - 1)
    for second in np.linspace(0, 6, 49):
        for phase, shown in (
            (None, texture.streams[0].ages(second)[2] < 1),
            (0, texture.streams[0].ages(second)[2] > 0),
        ):
            if shown:
                moved = texture.displacement(float(second), 6, SHAPE, phase) / step_px
                (y_down, y_across), (x_down, x_across) = (np.gradient(moved[..., axis]) for axis in (1, 0))
                assert ((1 - x_across) * (1 - y_down) - x_down * y_across).min() > 0.1

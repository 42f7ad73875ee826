"""Orbits: what is high and what is low move to opposite sides, and a figure leans rather than slides."""

from __future__ import annotations

import numpy as np
import pytest

from firstframe.clip import FrameSize
from firstframe.direction.model import CameraMove
from firstframe.engines.parallax import orbit
from firstframe.engines.parallax.camera import FOCAL, CameraPath, camera_path, glide
from firstframe.engines.parallax.planner import Rehearsal, fit, uncovered_limit
from firstframe.engines.parallax.scene.model import Layer, Scene
from firstframe.engines.parallax.staging import stage_of

SIZE = FrameSize(320, 192)
SHAPE = (48, 80)
RAMP = np.repeat(np.linspace(0.1, 0.9, SHAPE[0], dtype=np.float32)[:, None], SHAPE[1], axis=1)


def layers() -> tuple[Layer, Layer]:
    rgb = np.zeros((SIZE.height, SIZE.width, 3), np.uint8)
    alpha = np.zeros((SIZE.height, SIZE.width), np.uint8)
    alpha[30:, 120:200] = 255
    return Layer("background", rgb, None, RAMP), Layer("subject", rgb, alpha, np.full(SHAPE, 0.85, np.float32))


def scene() -> Scene:
    return Scene(layers(), {}, RAMP, confidence=1.0, subject_box=(0.375, 0.15, 0.25, 0.85))


def path(pivot: float, move: str = "orbit_right") -> CameraPath:
    return camera_path([CameraMove(move, 0, 6)], pivot, 6, False, 1)


def test_the_pivot_lies_between_top_and_foot() -> None:
    travelled = fit(path(0.85), layers(), scene(), stage_of(SIZE)).path
    pivot = orbit.pivot(layers(), scene(), travelled, SIZE)
    assert 0.4 < pivot < 0.8


def test_what_is_high_turns_far_enough_to_be_seen() -> None:
    ground = layers()[:1]
    pivot = orbit.pivot(ground, scene(), path(0.5), SIZE)
    aside = 0.28 * SIZE.width / SIZE.short_edge / FOCAL
    assert FOCAL * path(pivot).at(6).x * (pivot * (1 + aside**2) - 0.18) == pytest.approx(0.061, abs=0.002)


def test_without_ground_the_camera_circles_the_subject() -> None:
    flat = (Layer("background", np.zeros((2, 2, 3), np.uint8), None, np.full(SHAPE, 0.4, np.float32)),)
    assert orbit.pivot(flat, scene(), path(0.4), SIZE) == pytest.approx(0.4)


def test_a_leaning_figure_lets_the_camera_go_farther_and_uncovers_no_more() -> None:
    stage = stage_of(SIZE)
    upright = fit(path(0.6), layers(), scene(), stage)
    leant = orbit.leaning(layers(), path(0.6), scene(), stage)
    budget = fit(path(0.6), leant, scene(), stage)
    assert budget.translation > 1.5 * upright.translation
    assert Rehearsal.of(leant, stage).uncovered(budget.path) <= uncovered_limit(leant, scene())
    assert leant[0] is layers()[0] or (leant[0].depth_inverse == RAMP).all()


def test_a_sky_leans_forward_to_high_land() -> None:
    rgb = np.zeros((SIZE.height, SIZE.width, 3), np.uint8)
    alpha = np.zeros((SIZE.height, SIZE.width), np.uint8)
    alpha[96:] = 255
    sky = Layer("sky", rgb, None, np.zeros(SHAPE, np.float32))
    land = Layer("land", rgb, alpha, np.full(SHAPE, 0.5, np.float32))
    stage = stage_of(SIZE)
    upright = fit(path(0.3), (sky, land), scene(), stage)
    leant = orbit.leaning((sky, land), path(0.3), scene(), stage)
    assert leant[1] is land
    assert 0 < float(leant[0].depth_inverse.mean()) < 0.5
    assert fit(path(0.3), leant, scene(), stage).translation > 1.3 * upright.translation


def test_an_orbit_glides_all_the_time_and_is_fastest_half_way() -> None:
    course = np.array([glide(p) for p in np.linspace(0, 1, 145)])
    assert course[0] == 0
    assert course[-1] == 1
    assert (np.diff(course) > 0).all()
    assert np.diff(course).argmax() == pytest.approx(72, abs=1)

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from firstframe.engines.parallax.scene.analyse import analyse
from firstframe.engines.parallax.scene.horizon import find_horizon
from firstframe.engines.parallax.scene.model import Picture, Scene
from firstframe.engines.parallax.scene.sky import find_sky
from firstframe.engines.parallax.scene.views import Views


def share_of(scene: Scene, name: str, top: float, bottom: float) -> float:
    """Mean of a class between two heights, 0 when it was not found."""
    mask = scene.classes.get(name)
    if mask is None:
        return 0.0
    height = mask.shape[0]
    return float(mask[round(top * height) : round(bottom * height)].mean())


def test_sky_land_and_water_of_a_lake(lake: tuple[Picture, float]) -> None:
    picture, shore = lake
    scene = analyse(picture)
    assert [layer.name for layer in scene.layers] == ["sky", "land"]
    assert scene.horizon is not None
    assert abs(scene.horizon - shore) < 0.02
    assert share_of(scene, "sky", 0, 0.4) > 0.97
    assert share_of(scene, "sky", shore, 1) == 0
    assert share_of(scene, "water", shore + 0.04, 0.96) > 0.9
    assert share_of(scene, "water", 0, shore - 0.03) < 1e-3
    assert scene.class_confidence["sky"] > 0.8


def test_the_sky_goes_on_behind_the_land(lake: tuple[Picture, float]) -> None:
    picture, shore = lake
    sky = analyse(picture).layers[0].rgb.astype(int)
    below = sky[round(shore * picture.shape[0]) :]
    assert (below[..., 2] > below[..., 1]).all()
    assert (below[..., 1] > 100).all()


def test_sky_is_far_and_ground_comes_near(lake: tuple[Picture, float]) -> None:
    sky, land = analyse(lake[0]).layers
    assert sky.depth_inverse.max() == 0
    column = land.depth_inverse[:, 100]
    assert column[0] < 0.06
    assert column[-1] > 0.85
    assert (np.diff(column) > -1e-4).all()


def test_depth_has_no_steps(lake: tuple[Picture, float]) -> None:
    land = analyse(lake[0]).layers[1].depth_inverse
    assert np.abs(np.diff(land, axis=0)).max() < 0.02
    assert np.abs(np.diff(land, n=2, axis=0)).max() < 0.004


def test_temple_stands_before_the_sky(analysed_example: Callable[..., tuple[Picture, Scene]]) -> None:
    _, scene = analysed_example("temple.jpg", "temple")
    assert [layer.name for layer in scene.layers] == ["sky", "land", "subject"]
    assert scene.classes["sky"][20, 400] > 0.9
    matte = scene.layers[2].alpha
    assert matte is not None
    assert matte[250, 260] == 255
    assert matte[60, 600] == 0
    foliage = scene.classes["foliage"]
    assert foliage[: foliage.shape[0] // 4].mean() < 0.01
    assert foliage[foliage.shape[0] * 3 // 4 :].mean() > 0.2


def test_a_white_wall_is_no_sky(texture: Callable[..., Picture]) -> None:
    picture = np.full((400, 600, 3), 250, np.uint8)
    picture[260:] = texture(140, 600, (120, 80, 50), 14)
    assert "sky" not in analyse(picture).classes


def test_wood_is_no_sky(texture: Callable[..., Picture]) -> None:
    picture = texture(400, 600, (150, 85, 40), 3)
    picture[200:] = texture(200, 600, (60, 30, 20), 12)
    assert "sky" not in analyse(picture).classes


def test_a_grey_road_is_no_water(texture: Callable[..., Picture]) -> None:
    picture = texture(400, 600, (120, 122, 126), 6)
    picture[:180] = texture(180, 600, (60, 80, 45), 25)
    assert "water" not in analyse(picture).classes
    assert "water" not in analyse(picture, ("car",)).classes


@pytest.fixture
def beach(lake: tuple[Picture, float], texture: Callable[..., Picture]) -> Picture:
    """The lake with a smooth beach in front, foam along its edge, and a brown rock in the water."""
    picture = lake[0].copy()
    picture[440:] = texture(100, 960, (150, 140, 130), 0.4)
    picture[424:440] = texture(16, 960, (235, 238, 240), 14, seed=8)
    rock = np.zeros(picture.shape[:2], np.uint8)
    cv2.ellipse(rock, (700, 380), (60, 22), 0, 0, 360, 1, -1)
    picture[rock > 0] = texture(540, 960, (60, 38, 22), 7, seed=9)[rock > 0]
    return picture


def test_smooth_sand_is_shore_and_no_water_and_the_foam_before_it_is_water(beach: Picture) -> None:
    scene = analyse(beach, ("sea",))
    assert share_of(scene, "water", 0.65, 0.76) > 0.7
    assert share_of(scene, "water", 0.86, 1) < 0.05
    assert share_of(scene, "shore", 0.86, 1) > 0.9
    assert share_of(scene, "shore", 0, 0.75) < 0.05


def test_what_stands_dark_and_brown_in_the_water_is_rock(beach: Picture) -> None:
    scene = analyse(beach, ("sea",))
    height, width = scene.classes["water"].shape
    row, column = round(380 / 540 * height), round(700 / 960 * width)
    dry = 1 - scene.classes["water"][row, column]
    rocks = scene.classes.get("rocks", np.zeros((height, width), np.float32))
    assert max(dry, rocks[row, column]) > 0.7
    assert rocks[:, : width // 2].max() < 0.1


def test_leaves_are_foliage_and_a_green_wall_is_none(texture: Callable[..., Picture]) -> None:
    leaves = analyse(texture(400, 600, (70, 130, 45), 28))
    assert leaves.classes["foliage"].mean() > 0.9
    assert "foliage" not in analyse(np.full((400, 600, 3), (70, 130, 45), np.uint8)).classes


def test_a_tilted_edge_is_no_horizon(texture: Callable[..., Picture]) -> None:
    picture = texture(400, 600, (200, 210, 220), 4)
    cv2.fillPoly(picture, [np.array([[0, 100], [600, 320], [600, 400], [0, 400]])], (60, 60, 50))
    found = find_horizon(Views.of(picture))
    assert found is None or found.trust < 0.4


def test_a_tower_over_the_hills_is_land(lake: tuple[Picture, float]) -> None:
    picture = lake[0].copy()
    picture[120:320, 500:524] = (40, 35, 40)
    sky = find_sky(Views.of(picture), None)
    assert sky is not None
    assert sky.mask[65:140, 251:261].mean() == 0
    assert sky.mask[65:120, 200:240].mean() == 1

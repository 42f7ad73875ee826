"""What is in the picture is found when it is asked for, and what is not there is not."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.analyse import analyse
from firstframe.engines.parallax.scene.fire import fire_mask
from firstframe.engines.parallax.scene.model import Picture, Scene
from firstframe.engines.parallax.scene.views import Views
from firstframe.engines.parallax.scene.water import stream_mask, water_mask


def bonfire(background: tuple[int, int, int] = (30, 24, 20)) -> Picture:
    """Ragged tongues, white-yellow within and red at their rims, before an even background."""
    rng = np.random.default_rng(4)
    height, width = 320, 480
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    ragged = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), 5)
    shape = 1.3 - np.hypot((columns - 240) / 55, (rows - 190) / 80) + 0.45 * ragged / ragged.std()
    heat = np.clip(shape, 0, 1.4)[..., None]
    flame = np.concatenate([420 * heat, 260 * heat**1.6, 90 * heat**3], axis=2)
    return np.asarray(np.clip(np.array(background) + flame, 0, 255), np.uint8)


def test_a_bonfire_burns() -> None:
    found = fire_mask(Views.of(bonfire()), None)
    assert found is not None
    mask, trust = found
    assert trust > 0.6
    assert mask[200, 240] > 0.5
    assert mask[30, 40] == 0


def test_fire_is_looked_for_only_when_it_is_named() -> None:
    assert "fire" in analyse(bonfire(), ("campfire",)).classes
    assert "fire" not in analyse(bonfire(), ("night",)).classes


def test_an_even_orange_thing_in_the_dark_does_not_burn(texture: Callable[..., Picture]) -> None:
    picture = texture(400, 600, (25, 18, 15), 4)
    cv2.ellipse(picture, (300, 260), (60, 110), 0, 0, 360, (255, 170, 40), -1)
    assert "fire" not in analyse(picture, ("campfire",)).classes


def test_a_sky_never_burns() -> None:
    found = fire_mask(Views.of(bonfire()), np.ones((320, 480), np.uint8))
    assert found is None


@pytest.mark.parametrize("name", ["temple.jpg", "coffee.png", "astronaut.png", "cat.png"])
def test_pictures_without_fire_or_water_have_none_whatever_the_words(
    analysed_example: Callable[..., tuple[Picture, Scene]], name: str
) -> None:
    _, scene = analysed_example(name, "fire", "lake")
    assert not {"fire", "water"} & set(scene.classes)


@pytest.mark.parametrize("name", ["astronaut.png", "temple.jpg"])
def test_who_stands_among_leaves_is_no_plant(analysed_example: Callable[..., tuple[Picture, Scene]], name: str) -> None:
    _, scene = analysed_example(name, "flower", "leaves")
    subject = scene.classes["subject"]
    swaying = scene.classes.get("foliage", np.zeros_like(subject))
    assert float((swaying * subject).sum() / subject.sum()) < 0.1


def test_a_flower_alone_sways_as_one(disc: tuple[Picture, NDArray[np.bool_]]) -> None:
    picture, inside = disc
    swaying = cv2.resize(analyse(picture, ("flower",)).classes["foliage"], inside.shape[::-1])
    assert swaying[inside].mean() > 0.8


def test_level_patches_here_and_there_are_no_water(texture: Callable[..., Picture]) -> None:
    picture = texture(320, 480, (120, 110, 100), 14)
    for x in (60, 240, 400):
        picture[180:260:6, x - 40 : x + 40] = 60
    found = water_mask(Views.of(picture), None, None, True)
    assert found is None or found[1] < 0.3


def test_blossoms_sway_with_their_leaves(texture: Callable[..., Picture]) -> None:
    picture = texture(320, 480, (90, 140, 50), 22)
    blossom = np.zeros((320, 480), np.uint8)
    cv2.circle(blossom, (240, 160), 28, 1, -1)
    picture[blossom > 0] = texture(320, 480, (225, 185, 205), 18)[blossom > 0]
    unnamed, named = (analyse(picture, words).classes["foliage"][155:165, 235:245] for words in ((), ("flower",)))
    assert named.mean() > 0.6 > unnamed.mean()


def test_a_flag_is_found_by_its_colours_when_it_is_named(texture: Callable[..., Picture]) -> None:
    picture = texture(320, 480, (110, 108, 104), 8)
    flag = np.zeros((320, 480), np.float32)
    flag[60:170, 150:300] = 1
    folds = 0.75 + 0.25 * np.sin(np.arange(480) / 5.0)
    picture = np.where(flag[..., None] > 0, folds[:, None] * np.array([200, 30, 40]), picture).astype(np.uint8)
    assert "cloth" not in analyse(picture).classes
    scene = analyse(picture, ("flag",))
    cloth = scene.classes["cloth"]
    assert cloth[flag > 0].mean() > 0.8
    assert cloth[200:].mean() < 0.02
    assert scene.class_confidence["cloth"] <= 0.6


def test_no_flag_is_found_where_nothing_differs_from_the_rest(texture: Callable[..., Picture]) -> None:
    assert "cloth" not in analyse(texture(320, 480, (110, 108, 104), 8), ("flag",)).classes


def test_rocks_in_a_river_and_its_far_shore_do_not_run(texture: Callable[..., Picture]) -> None:
    picture = texture(320, 480, (190, 205, 215), 10)
    picture[200:240, 100:180] = texture(40, 80, (40, 36, 32), 10)
    running = stream_mask(Views.of(picture), np.ones((320, 480), np.float32))
    assert running[270, 300] > 0.5
    assert running[220, 140] < 0.1
    assert running[:12].max() < 0.05

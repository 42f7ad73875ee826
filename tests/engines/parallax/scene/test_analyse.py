from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.analyse import analyse
from firstframe.engines.parallax.scene.finds import TRUSTED
from firstframe.engines.parallax.scene.model import Picture, Scene
from firstframe.engines.parallax.scene.views import analysis_size

CLASSES = {"subject", "sky", "water", "foliage", "hair", "cloth", "skin", "fire"}
RNG = np.random.default_rng(1)


def check(scene: Scene, picture: Picture) -> None:
    """What every scene promises, whatever it shows."""
    size = analysis_size(*picture.shape[:2])
    assert 1 <= len(scene.layers) <= 4
    assert scene.layers[0].alpha is None
    for layer in scene.layers:
        assert layer.rgb.shape == picture.shape
        assert layer.rgb.dtype == np.uint8
        assert layer.depth_inverse.shape == size
        assert layer.depth_inverse.dtype == np.float32
        assert 0 <= layer.depth_inverse.min() <= layer.depth_inverse.max() <= 1
        if layer.alpha is not None:
            assert layer.alpha.shape == picture.shape[:2]
            assert layer.alpha.dtype == np.uint8
    assert scene.classes.keys() <= CLASSES
    assert scene.classes.keys() == scene.class_confidence.keys()
    for mask in scene.classes.values():
        assert mask.shape == size
        assert mask.dtype == np.float32
        assert 0 <= mask.min() <= mask.max() <= 1
        assert mask.mean() >= 0.005
    assert scene.single_depth_inverse.shape == size
    assert np.isfinite(scene.single_depth_inverse).all()
    assert 0 <= scene.confidence <= 1
    assert ("subject" in [layer.name for layer in scene.layers]) == (scene.confidence >= TRUSTED)
    assert scene.notes


def composed(scene: Scene) -> NDArray[np.float32]:
    out = scene.layers[0].rgb.astype(np.float32)
    for layer in scene.layers[1:]:
        assert layer.alpha is not None
        share = (layer.alpha.astype(np.float32) / 255)[..., None]
        out = out * (1 - share) + layer.rgb * share
    return out


ODD = {
    "tiny": np.full((2, 2, 3), 90, np.uint8),
    "small": RNG.integers(0, 255, (40, 30, 3), np.uint8),
    "black": np.zeros((300, 400, 3), np.uint8),
    "white": np.full((300, 400, 3), 255, np.uint8),
    "one colour": np.full((400, 300, 3), (30, 160, 90), np.uint8),
    "noise": RNG.integers(0, 255, (360, 640, 3), np.uint8),
    "wide": RNG.integers(0, 255, (200, 500, 3), np.uint8),
    "strip": np.full((40, 1600, 3), 128, np.uint8),
    "column": RNG.integers(0, 60, (1200, 48, 3), np.uint8),
    "grey ramp": np.repeat(np.linspace(0, 255, 480).astype(np.uint8)[None, :, None], 270, 0).repeat(3, 2),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_pictures_give_a_scene(name: str) -> None:
    check(analyse(ODD[name], ("woman", "red car", "lake", "campfire")), ODD[name])


@pytest.mark.parametrize("name", ["black", "white", "one colour", "noise", "grey ramp"])
def test_nothing_is_made_up(name: str) -> None:
    scene = analyse(ODD[name])
    assert scene.confidence < TRUSTED
    assert [layer.name for layer in scene.layers] == ["background"]
    assert np.array_equal(scene.layers[0].rgb, ODD[name])


def test_a_disc_is_cut_out(disc: tuple[Picture, NDArray[np.bool_]]) -> None:
    picture, mask = disc
    scene = analyse(picture)
    check(scene, picture)
    assert scene.confidence > 0.7
    alpha = scene.layers[-1].alpha
    assert alpha is not None
    overlap = ((alpha > 127) & mask).sum() / ((alpha > 127) | mask).sum()
    assert overlap > 0.96


def test_no_trace_of_the_subject_stays_behind(disc: tuple[Picture, NDArray[np.bool_]]) -> None:
    picture, _ = disc
    background = analyse(picture).layers[0].rgb.astype(int)
    assert ((background[..., 0] - background[..., 2]) > 60).mean() == 0


def test_the_background_beside_the_subject_is_untouched(disc: tuple[Picture, NDArray[np.bool_]]) -> None:
    picture, mask = disc
    near = cv2.dilate(mask.astype(np.uint8), np.ones((61, 61), np.uint8)) > 0
    assert np.array_equal(analyse(picture).layers[0].rgb[~near], picture[~near])


def test_layers_at_rest_show_the_picture(disc: tuple[Picture, NDArray[np.bool_]]) -> None:
    picture, _ = disc
    scene = analyse(picture)
    alpha = scene.layers[-1].alpha
    assert alpha is not None
    rest = composed(scene)
    assert np.abs(rest - picture)[alpha > 250].max() <= 1
    assert np.abs(rest - picture).mean() < 2


@pytest.mark.parametrize("name", ["astronaut.png", "temple.jpg", "coffee.png", "cat.png"])
def test_examples(name: str, analysed_example: Callable[..., tuple[Picture, Scene]]) -> None:
    picture, scene = analysed_example(name)
    check(scene, picture)
    assert np.abs(composed(scene) - picture).mean() < 6


def test_the_same_picture_gives_the_same_scene(analysed_example: Callable[..., tuple[Picture, Scene]]) -> None:
    picture, first = analysed_example("temple.jpg")
    cv2.setRNGSeed(99)
    second = analyse(picture)
    assert first.notes == second.notes
    for one, other in zip(first.layers, second.layers, strict=True):
        assert np.array_equal(one.rgb, other.rgb)
        assert np.array_equal(one.depth_inverse, other.depth_inverse)
        if one.alpha is not None and other.alpha is not None:
            assert np.array_equal(one.alpha, other.alpha)
    assert all(np.array_equal(mask, second.classes[name]) for name, mask in first.classes.items())


def test_a_person_is_found_by_her_face(analysed_example: Callable[..., tuple[Picture, Scene]]) -> None:
    picture, scene = analysed_example("astronaut.png", "astronaut")
    assert scene.face_box is not None
    x, y, width, height = scene.face_box
    assert x < 0.43 < x + width
    assert y < 0.22 < y + height
    assert {"skin", "hair", "subject"} <= scene.classes.keys()
    matte = cv2.resize(scene.classes["subject"], picture.shape[1::-1])
    hair, backdrop, suit = matte[56, 340], matte[60, 640], matte[640, 300]
    assert hair > 0.95
    assert backdrop < 0.05
    assert suit > 0.95


def test_an_outline_behind_which_a_move_would_show_flaws_gets_no_layer(
    analysed_example: Callable[..., tuple[Picture, Scene]],
) -> None:
    _, flawed = analysed_example("astronaut.png", "astronaut")
    _, clean = analysed_example("coffee.png", "cup")
    assert [layer.name for layer in flawed.layers] == ["background"]
    assert [layer.name for layer in clean.layers] == ["background", "subject"]
    assert flawed.confidence < 0.5 <= clean.confidence


def test_hair_is_above_the_face_and_not_on_it(analysed_example: Callable[..., tuple[Picture, Scene]]) -> None:
    _, scene = analysed_example("astronaut.png", "astronaut")
    hair = scene.classes["hair"]
    size = hair.shape[0]
    assert hair[round(0.07 * size), round(0.43 * size)] > 0.5
    assert hair[round(0.25 * size), round(0.43 * size)] < 0.3


def test_seconds_are_reported() -> None:
    seconds: dict[str, float] = {}
    analyse(ODD["noise"], seconds=seconds)
    assert {"horizon", "face and sky", "subject", "classes", "depth"} <= seconds.keys()

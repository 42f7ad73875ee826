from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.model import Map, Picture
from firstframe.engines.parallax.scene.strands import is_furry, with_strands
from firstframe.engines.parallax.scene.views import Views

ACROSS = np.s_[100, 170:182]
"""Where the hair passes, at analysis size."""


def portrait(backdrop: Picture) -> tuple[Views, Map]:
    """A dark disc with one hair that stands off it, and a matte of the disc alone; at analysis size."""
    picture = backdrop.copy()
    cv2.circle(picture, (240, 150), 60, (60, 40, 30), -1, cv2.LINE_AA)
    cv2.line(picture, (205, 140), (166, 80), (60, 40, 30), 1, cv2.LINE_AA)
    matte = np.zeros(picture.shape[:2], np.uint8)
    cv2.circle(matte, (240, 150), 60, 255, -1, cv2.LINE_AA)
    return Views(picture, picture, picture), matte.astype(np.float32) / np.float32(255)


def haze() -> NDArray[np.uint8]:
    return np.repeat(np.linspace(150, 210, 480).astype(np.uint8)[None, :, None], 300, 0).repeat(3, 2)


def test_a_hair_before_haze_is_taken_along() -> None:
    views, matte = portrait(haze())
    taken = with_strands(views, matte)
    assert matte[ACROSS].max() == 0
    assert taken[ACROSS].max() > 0.9
    assert (taken >= matte).all()
    assert float((taken - matte).mean()) < 0.02


def test_before_texture_nothing_can_be_told_from_it(texture: Callable[..., Picture]) -> None:
    views, matte = portrait(texture(300, 480, (170, 170, 170), 12))
    assert np.array_equal(with_strands(views, matte), matte)


def test_what_is_far_off_is_not_the_subjects() -> None:
    picture = haze()
    cv2.line(picture, (20, 20), (60, 60), (60, 40, 30), 1, cv2.LINE_AA)
    views, matte = portrait(picture)
    assert with_strands(views, matte)[20:60, 20:60].max() == 0


def test_hairs_of_people_are_looked_for_around_their_heads_alone() -> None:
    views, matte = portrait(haze())
    elsewhere = np.zeros_like(matte)
    elsewhere[200:] = 1
    assert np.array_equal(with_strands(views, matte, elsewhere), matte)
    assert with_strands(views, matte, 1 - elsewhere)[ACROSS].max() > 0.9


def test_fur_is_known_by_its_outline() -> None:
    smooth = portrait(haze())[1]
    furry = smooth.copy()
    for angle in np.arange(0, 2 * np.pi, 0.12):
        tip = round(240 + 72 * np.cos(angle)), round(150 + 72 * np.sin(angle))
        cv2.line(furry, (240, 150), tip, 1.0, 2)
    assert is_furry(furry)
    assert not is_furry(smooth)
    assert not is_furry(np.zeros_like(smooth))

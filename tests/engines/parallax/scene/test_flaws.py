from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.filters import shrunk_picture
from firstframe.engines.parallax.scene.flaws import CHANGE, GHOST, SEAM, Flaws, outline_flaws
from firstframe.engines.parallax.scene.model import Picture
from firstframe.engines.parallax.scene.views import Views

Disc = tuple[Picture, NDArray[np.bool_]]


def _judged(disc: Disc, behind: Picture) -> Flaws:
    picture, mask = disc
    views = Views.of(picture)
    matte = cv2.resize(mask.astype(np.float32), (views.size[1], views.size[0]), interpolation=cv2.INTER_AREA)
    return outline_flaws(views, matte, shrunk_picture(behind, views.size))


def test_the_true_background_has_no_flaw(disc: Disc, texture: Callable[..., Picture]) -> None:
    height, width = disc[1].shape
    flaws = _judged(disc, texture(height, width, (90, 110, 105), 12))
    assert flaws.ghost < 0.2 * GHOST[0]
    assert flaws.seam < SEAM[0]
    assert flaws.change < CHANGE[0]
    assert flaws.cleanness == 1.0


def test_a_rim_of_the_subject_left_behind_is_a_ghost(disc: Disc, texture: Callable[..., Picture]) -> None:
    picture, mask = disc
    behind = texture(*mask.shape, (90, 110, 105), 12)
    solid = mask.astype(np.uint8)
    rim = (cv2.dilate(solid, np.ones((9, 9), np.uint8)) - cv2.erode(solid, np.ones((9, 9), np.uint8))) > 0
    behind[rim] = picture[mask].mean(axis=0)
    flaws = _judged(disc, behind)
    assert flaws.ghost > GHOST[1]
    assert flaws.cleanness == 0.0


def test_a_fill_without_the_texture_around_it_is_a_seam(disc: Disc) -> None:
    picture, mask = disc
    behind = picture.copy()
    behind[cv2.dilate(mask.astype(np.uint8), np.ones((23, 23), np.uint8)) > 0] = (90, 110, 105)
    flaws = _judged(disc, behind)
    assert flaws.seam > SEAM[1]
    assert flaws.cleanness == 0.0


def test_a_fill_that_differs_where_the_picture_is_known_is_a_change(
    disc: Disc, texture: Callable[..., Picture]
) -> None:
    mask = disc[1]
    other_leaves = texture(*mask.shape, (90, 110, 105), 12, seed=9)
    assert _judged(disc, other_leaves).change < CHANGE[0]
    beside = cv2.dilate(mask.astype(np.uint8), np.ones((31, 31), np.uint8)) > 0
    behind = other_leaves.copy()
    behind[beside] = texture(*mask.shape, (60, 80, 75), 12)[beside]
    flaws = _judged(disc, behind)
    assert flaws.change > CHANGE[1]
    assert flaws.cleanness == 0.0

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.beside import completed, unlike_beside
from firstframe.engines.parallax.scene.evidence import Evidence, from_figure
from firstframe.engines.parallax.scene.model import Picture
from firstframe.engines.parallax.scene.views import Views

BOX = (200, 40, 80, 240)
"""A figure's box, x, y, width and height."""


def street(texture: Callable[..., Picture]) -> tuple[Views, NDArray[np.uint8]]:
    """A rider on a wheel between a hedge above and a road below; and where he is without the wheel."""
    picture = texture(320, 480, (90, 110, 70), 8)
    picture[140:] = texture(180, 480, (120, 118, 116), 6)
    rider = np.zeros((320, 480), np.uint8)
    rider[60:200, 222:258] = 1
    picture[rider > 0] = (30, 60, 170)
    cv2.ellipse(picture, (240, 232), (14, 34), 0, 0, 360, (200, 40, 40), 3)
    return Views(picture, picture, picture), rider


def evidence_of(views: Views) -> Evidence:
    return from_figure(BOX, 1.0, views.size)


def test_a_wheel_and_its_gaps_are_made_part_of_its_rider(texture: Callable[..., Picture]) -> None:
    views, rider = street(texture)
    whole, unlike = completed(views, rider, evidence_of(views))
    assert whole[rider > 0].all()
    assert whole[232, 227:254].all()
    assert unlike > 0.9
    assert whole.sum() < 1.4 * (rider.sum() + 3.2 * 14 * 34)


def test_thin_things_of_others_are_left_behind(texture: Callable[..., Picture]) -> None:
    views, rider = street(texture)
    views.small[120:126, 258:] = (20, 20, 20)
    cut = rider.copy()
    cut[120:126, 258:274] = 1
    whole, _ = completed(Views(views.small, views.small, views.small), cut, evidence_of(views))
    assert not whole[120:126, 266:274].any()


def test_only_what_is_found_to_neither_side_is_unlike(texture: Callable[..., Picture]) -> None:
    views, rider = street(texture)
    unlike = unlike_beside(views, BOX)
    assert unlike[rider > 0].mean() > 0.95
    beside = np.ones_like(rider)
    beside[50:280, 200:280] = 0
    assert unlike[beside > 0].mean() < 0.01


def test_nothing_to_complete() -> None:
    picture = np.full((320, 480, 3), 128, np.uint8)
    views, nothing = Views(picture, picture, picture), np.zeros((320, 480), np.uint8)
    evidence = replace(evidence_of(views), outside=np.ones_like(nothing))
    assert completed(views, nothing, evidence)[1] == 0.0

from __future__ import annotations

import cv2
import numpy as np
import pytest

from firstframe.engines.parallax.scene.model import Picture
from firstframe.engines.parallax.scene.views import Views


@pytest.fixture
def given() -> Picture:
    return np.random.default_rng(1).integers(0, 256, (300, 500, 3)).astype(np.uint8)


def _canvas(given: Picture, width: int, height: int) -> Picture:
    return np.asarray(cv2.resize(given, (width, height)), np.uint8)


def test_views_of_a_picture_do_not_depend_on_the_canvas(given: Picture) -> None:
    small, large = (Views.of(_canvas(given, *size), given) for size in ((800, 480), (1333, 801)))
    assert small.size == large.size == (288, 480)
    assert np.array_equal(small.small, large.small)
    assert np.array_equal(small.close, large.close)
    assert small.close.shape == (576, 960, 3)


def test_another_picture_is_seen_at_the_same_sizes(given: Picture) -> None:
    views = Views.of(_canvas(given, 1333, 801), given)
    other = views.showing(np.zeros_like(views.canvas))
    assert other.size == views.size
    assert other.close.shape == views.close.shape
    assert not other.small.any()


def test_the_closer_view_stands_for_the_canvas(given: Picture) -> None:
    views = Views.of(_canvas(given, 1333, 801), given).closer()
    part = (slice(10, 20), slice(30, 50))
    assert views.canvas_size == (576, 960)
    assert views.on_canvas(part) == views.in_close(part) == (slice(20, 40), slice(60, 100))

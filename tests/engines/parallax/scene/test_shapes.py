from __future__ import annotations

import numpy as np
import pytest

from firstframe.engines.parallax.scene.filters import ramp, smoothstep
from firstframe.engines.parallax.scene.nouns import PEOPLE, named
from firstframe.engines.parallax.scene.shapes import (
    bounding_box,
    closed,
    grown,
    largest,
    opened,
    padded,
    shrunk,
    touching,
    without_holes,
    without_islands,
)
from firstframe.engines.parallax.scene.views import Views, analysis_size


def block(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    mask = np.zeros((60, 80), np.uint8)
    for x, y, w, h in boxes:
        mask[y : y + h, x : x + w] = 1
    return mask


@pytest.mark.parametrize("radius", [3, 12])
def test_growing_and_shrinking(radius: int) -> None:
    mask = block((30, 25, 20, 10))
    box = bounding_box(grown(mask, radius))
    assert box == (30 - radius, 25 - radius, 20 + 2 * radius, 10 + 2 * radius)
    assert np.array_equal(shrunk(grown(mask, radius), 0), grown(mask, radius))
    assert not shrunk(mask, radius + 5).any()


def test_the_border_of_the_picture_is_no_rim() -> None:
    assert shrunk(np.ones((20, 20), np.uint8), 4).all()


def test_closing_and_opening() -> None:
    assert closed(block((10, 10, 20, 20), (33, 10, 20, 20)), 3)[20, 31] == 1
    thread = block((10, 10, 20, 20), (30, 20, 30, 1))
    assert bounding_box(opened(thread, 2)) == (10, 10, 20, 20)


def test_parts() -> None:
    mask = block((5, 5, 4, 4), (20, 20, 30, 20))
    assert bounding_box(touching(mask, block((6, 6, 1, 1)))) == (5, 5, 4, 4)
    assert bounding_box(without_islands(mask, 20)) == (20, 20, 30, 20)
    assert bounding_box(largest(mask)) == (20, 20, 30, 20)
    pierced = block((20, 20, 30, 20))
    pierced[28:30, 30:32] = 0
    assert without_holes(pierced, 10)[28, 30] == 1
    assert without_holes(pierced, 3)[28, 30] == 0


def test_boxes() -> None:
    assert bounding_box(block()) is None
    assert padded((1, 2, 10, 10), 5, (60, 80)) == (slice(0, 17), slice(0, 16))


def test_steps() -> None:
    assert smoothstep(2, 4, np.array([1.0, 3.0, 5.0])).tolist() == [0, 0.5, 1]
    assert ramp(4, 2, 3.5) == 0.25


def test_words() -> None:
    assert named(("Young Woman",), PEOPLE)
    assert not named(("handbag",), PEOPLE)


@pytest.mark.parametrize(
    ("canvas", "maps"), [((1350, 2400), (270, 480)), ((2400, 960), (480, 192)), ((40, 1600), (12, 480))]
)
def test_analysis_size(canvas: tuple[int, int], maps: tuple[int, int]) -> None:
    assert analysis_size(*canvas) == maps
    assert Views.of(np.zeros((*canvas, 3), np.uint8)).size == maps

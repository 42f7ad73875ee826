"""Beyond the border textures go on without a mirror's axis, and single things do not come twice."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from firstframe.engines.parallax.border import continued
from firstframe.engines.parallax.strips import DEPTHS, cover

MARGIN = 60


def _leaves(seed: int = 3, shape: tuple[int, int] = (480, 640)) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, 1, (*shape, 3)).astype(np.float32)
    blobs = cv2.GaussianBlur(noise, (0, 0), 4)
    return np.asarray(np.clip(110 + 35 * blobs / blobs.std(), 0, 255), np.uint8)


def _alike(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one.ravel().astype(float), other.ravel().astype(float))[0, 1])


def _beyond(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What `cover` makes of a plain grey strip beyond the first row of `picture`, and that strip."""
    grey = np.full((MARGIN, picture.shape[1], picture.shape[2]), 110, np.uint8)
    guide = np.full((MARGIN // 4, picture.shape[1] // 4, picture.shape[2]), 110, np.uint8)
    laid = grey.copy()
    cover(laid, np.ascontiguousarray(picture[: DEPTHS * MARGIN]), guide)
    return laid, grey


@pytest.mark.parametrize("turn", range(4))
def test_a_texture_goes_on_as_sharp_as_it_is_and_is_no_mirror_image(turn: int) -> None:
    picture = _leaves()
    wide = np.rot90(continued(picture, MARGIN), turn)
    beyond, inside = wide[10 : MARGIN - 5, MARGIN:-MARGIN], wide[MARGIN + 5 : 2 * MARGIN - 10, MARGIN:-MARGIN]
    assert _alike(beyond, inside[::-1]) < 0.35, "a mirror image would be alike to 1, a blurred one to 0.6"
    fine = [np.abs(np.diff(part.astype(int), axis=1)).mean() for part in (beyond, inside)]
    assert fine[0] > 0.7 * fine[1]


def test_a_texture_goes_on_from_the_very_border() -> None:
    wide = continued(_leaves(), MARGIN).astype(float)
    steps = np.abs(np.diff(wide[:, MARGIN:-MARGIN], axis=0)).mean(axis=(1, 2))
    assert steps[MARGIN // 2 : MARGIN + 1].max() < 1.6 * np.median(steps), "a cut anywhere would be 3 times as much"


def test_a_plain_picture_with_one_thing_in_it_is_left_alone() -> None:
    picture = np.full((480, 640, 3), 110, np.uint8)
    cv2.circle(picture, (320, 90), 30, (250, 60, 60), -1)
    laid, grey = _beyond(picture)
    np.testing.assert_array_equal(laid, grey)


def test_lines_that_cross_the_border_are_not_moved_elsewhere() -> None:
    picture = np.asarray(np.clip(_leaves().astype(int) // 8 + 95, 0, 255), np.uint8)
    for x in range(200, 480, 24):
        cv2.line(picture, (x, 0), (x + 120, 200), (240, 220, 60), 7)
    laid, grey = _beyond(picture)
    assert int(np.abs(laid[:, 230:450].astype(int) - grey[:, 230:450]).max()) == 0


def test_a_matte_moves_with_its_colour() -> None:
    leaves = _leaves()
    opaque = np.where(leaves[..., 0] > 110, 255, 0).astype(np.uint8)
    wide = continued(np.dstack([leaves, opaque]), MARGIN)
    beyond = wide[5 : MARGIN - 5, MARGIN:-MARGIN]
    assert beyond[..., 0][beyond[..., 3] > 220].mean() > 20 + beyond[..., 0][beyond[..., 3] < 30].mean()


def test_a_picture_that_is_too_small_to_be_searched_is_left_alone() -> None:
    laid, grey = _beyond(_leaves(shape=(90, 640)))
    np.testing.assert_array_equal(laid, grey)


def test_the_same_picture_always_goes_on_the_same_way() -> None:
    threads = cv2.getNumThreads()
    once = continued(_leaves(), MARGIN)
    try:
        cv2.setNumThreads(1)
        np.testing.assert_array_equal(continued(_leaves(), MARGIN), once)
    finally:
        cv2.setNumThreads(threads)

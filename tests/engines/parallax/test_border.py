"""Beyond the border straight lines go on straight, and nothing is seen twice."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from firstframe.engines.parallax.border import continued, without_frame_lines

MARGIN = 40


def _picture() -> np.ndarray:
    noise = np.random.default_rng(2).integers(90, 130, (200, 300, 3))
    return noise.astype(np.uint8)


def _grey(level: int = 120) -> np.ndarray:
    return np.full((200, 300, 3), level, np.uint8)


def test_the_picture_itself_is_untouched() -> None:
    picture = _picture()
    wide = continued(picture, MARGIN)
    assert wide.shape == (280, 380, 3)
    np.testing.assert_array_equal(wide[MARGIN:-MARGIN, MARGIN:-MARGIN], picture)


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("slant", [-0.8, 0.5, 1.0])
def test_a_line_goes_on_straight(turn: int, slant: float) -> None:
    picture = np.ascontiguousarray(np.rot90(_grey(), turn))
    middle = picture.shape[1] // 2
    cv2.line(picture, (middle, 0), (round(middle + slant * 90), 90), (250, 250, 250), 9)
    wide = continued(np.ascontiguousarray(np.rot90(picture, -turn)), MARGIN)
    row = np.rot90(wide, turn)[MARGIN - 20, MARGIN:-MARGIN].astype(float).mean(axis=1) - 120
    assert np.average(np.arange(row.size), weights=row.clip(0) ** 2) == pytest.approx(middle - slant * 20, abs=3)


def test_what_ends_before_the_border_is_not_seen_again_beyond_it() -> None:
    picture = _grey()
    cv2.circle(picture, (150, 25), 12, (250, 60, 60), -1)
    beyond = continued(picture, MARGIN)[:MARGIN]
    assert int(np.abs(beyond.astype(int) - 120).max()) < 45, "a mirror image would differ by 130"


def test_a_matte_is_continued_with_its_colour() -> None:
    figure = np.dstack([_grey(), np.zeros((200, 300), np.uint8)])
    figure[120:, 100:200, 3] = 255
    beyond = continued(figure, MARGIN)[..., 3]
    assert beyond[-20, MARGIN + 150] == 255, "what the border cuts goes on"
    assert int(beyond[:MARGIN].max()) == 0


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("width", [1, 2, 5])
def test_a_line_along_a_side_is_not_continued_as_a_stroke(turn: int, width: int) -> None:
    picture = _picture()
    np.rot90(picture, turn)[:width] = 10
    wide = np.rot90(continued(picture, MARGIN), turn)
    along = wide[MARGIN - 8 : MARGIN + 8, MARGIN:-MARGIN].mean(axis=(1, 2))
    assert along.min() > 90
    inner = np.rot90(without_frame_lines(picture), turn)[width + 2 :]
    np.testing.assert_array_equal(inner, np.rot90(picture, turn)[width + 2 :])


def test_a_picture_without_such_lines_is_left_alone() -> None:
    picture = _picture()
    assert without_frame_lines(picture) is picture
    half = picture.copy()
    half[:, :150] = 10
    assert without_frame_lines(half) is half


def test_the_widest_line_that_is_taken_for_a_frame_grows_with_the_picture() -> None:
    picture = cv2.resize(_picture(), (1500, 1000), interpolation=cv2.INTER_NEAREST)
    picture[-14:] = 90
    inner = without_frame_lines(picture)
    assert inner[-14:].std() > 5
    np.testing.assert_array_equal(inner[:-16], picture[:-16])


def test_varied_ground_along_a_side_is_no_frame_line() -> None:
    picture = _picture()
    picture[:5] = np.random.default_rng(3).integers(0, 40, (5, 300, 3))
    assert without_frame_lines(picture) is picture


def test_where_nothing_of_a_layer_is_near_a_side_nothing_is_beyond_it() -> None:
    figure = np.dstack([_picture(), np.zeros((200, 300), np.uint8)])
    figure[80:120, 100:200, 3] = 255
    wide = continued(figure, MARGIN)
    outside = np.ones(wide.shape[:2], bool)
    outside[MARGIN:-MARGIN, MARGIN:-MARGIN] = False
    assert not wide[outside, 3].any()


def test_what_an_enlarged_picture_rings_with_beside_such_a_line_goes_with_it() -> None:
    rows = np.random.default_rng(2).normal(0, 60, (200, 1))
    plain, shown = np.zeros(300), np.ones(300)
    plain[:4], shown[:4] = (-96, -18, 8, -6), (0.2, 0.83, 1.05, 0.95)  # as seen of a line of two pixels, enlarged
    picture = np.repeat((136 + plain + shown * rows).clip(0, 255).astype(np.uint8)[..., None], 3, axis=2)
    columns = without_frame_lines(picture).astype(np.float32).mean(axis=(0, 2))
    assert np.ptp(columns[:12]) < 2

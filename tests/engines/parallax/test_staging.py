from __future__ import annotations

import numpy as np
import pytest

from firstframe.engines.parallax.staging import extend_softly, without_frame_lines

MARGIN = 40


def _picture() -> np.ndarray:
    noise = np.random.default_rng(2).integers(90, 130, (200, 300, 3))
    return noise.astype(np.uint8)


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("width", [1, 2, 5])
def test_a_line_along_a_side_is_not_mirrored_into_a_stroke(turn: int, width: int) -> None:
    picture = _picture()
    np.rot90(picture, turn)[:width] = 10
    wide = np.rot90(extend_softly(picture, MARGIN), turn)
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

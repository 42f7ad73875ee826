"""The benchmarks' measures of motion and picture quality, on courses that are known."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

import contact_sheet
import quality
from measure.fidelity import psnr
from measure.tracker import grid


def tracks(path_px: np.ndarray) -> np.ndarray:
    return (grid(320, 200)[None] + path_px[:, None]).astype(np.float32)


def test_steady_motion_has_no_jitter_and_shaking_has_its_size() -> None:
    steady = np.outer(np.arange(50.0), [0.5, 0.25])
    assert quality.jitter(tracks(steady)) == pytest.approx(0, abs=1e-4)
    shaking = steady + 0.1 * np.outer((-1.0) ** np.arange(50), [1, 0])
    assert quality.jitter(tracks(shaking)) == pytest.approx(0.4, abs=1e-3)


def test_the_eased_path_goes_all_the_way() -> None:
    path = quality.middle_path(tracks(np.outer(np.linspace(0, 1, 30) ** 2, [12.0, -3.0])))
    np.testing.assert_allclose(path[[0, -1]], [[0, 0], [12, -3]], atol=1e-4)


def test_the_fourier_shift_is_exact() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (64, 96), np.uint8)
    whole, back = quality.shifted(picture, np.array([[3.0, -2.0], [0.0, 0.0]]))
    assert (whole == np.roll(picture, (-2, 3), (0, 1))).all()
    assert psnr(back, picture) == float("inf")


def test_swing_ignores_the_course_and_sees_the_breathing() -> None:
    time = np.arange(143.0)
    course = 100 + 20 * np.sin(time / 60)
    assert quality.swing(course) < 0.005
    assert quality.swing(course * (1 + 0.05 * np.sin(time))) == pytest.approx(0.1, abs=0.02)


def test_flicker_of_one_level_per_frame() -> None:
    frames = [np.full((8, 8), level, np.uint8) for level in range(10)]
    assert quality.flicker(frames) == pytest.approx(1 - 1 / 255)


def test_a_sheet_has_rows_and_columns() -> None:
    tiles = [Image.new("RGB", (32, 18), colour) for colour in ("red", "green", "blue")]
    page = contact_sheet.sheet(tiles, columns=2)
    assert page.size == (64, 36)
    assert page.getpixel((0, 18)) == (0, 0, 255)
    assert page.getpixel((33, 19)) == (255, 255, 255)

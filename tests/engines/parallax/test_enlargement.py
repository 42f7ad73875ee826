"""The first frame at canvas size: nothing lost, nothing added, no ringing."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from firstframe.engines.parallax.enlargement import OVERSHOOT, enlarged

WIDTH, HEIGHT = 160, 96


def waves(width: int, height: int, cycles_across: float, cycles_down: float) -> NDArray[np.float64]:
    """(height, width, 3) a wave that lies the same way over the picture whatever its size."""
    x, y = (np.arange(width) + 0.5) / width, (np.arange(height)[:, None] + 0.5) / height
    wave = 128 + 90 * np.cos(np.pi * cycles_across * x) * np.cos(np.pi * cycles_down * y)
    return np.repeat(wave[..., None], 3, axis=2)


def eight_bits(picture: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.85])
def test_detail_lies_where_it_lay_and_keeps_its_contrast(share: float) -> None:
    cycles = round(share * WIDTH), round(share * HEIGHT)
    large = enlarged(eight_bits(waves(WIDTH, HEIGHT, *cycles)), 200, 120)
    assert np.abs(large - waves(200, 120, *cycles))[8:-8, 8:-8].max() < 4


def test_sides_need_not_grow_by_the_same_share() -> None:
    large = enlarged(eight_bits(waves(WIDTH, HEIGHT, 9, 7)), 202, 118)
    assert np.abs(large - waves(202, 118, 9, 7)).max() < 2


def test_nothing_finer_than_the_picture_can_hold_is_added() -> None:
    noise = np.random.default_rng(1).normal(128, 12, (HEIGHT, WIDTH, 3))
    luma = enlarged(eight_bits(noise), 200, 120)[..., 0].astype(np.float64)
    window = np.hanning(120)[:, None] * np.hanning(200)
    power = np.abs(np.fft.rfft2((luma - luma.mean()) * window)) ** 2
    across = np.fft.rfftfreq(200)
    beyond, within = power[:, across > 0.44].mean(), power[:, (across > 0.05) & (across < 0.36)].mean()
    assert beyond < 0.02 * within


def test_even_areas_beside_an_outline_stay_even() -> None:
    picture = np.full((HEIGHT, WIDTH, 3), 30, np.uint8)
    picture[:, 80:] = 220
    row = enlarged(picture, 200, 120)[60, :, 0].astype(int)
    assert np.ptp(row[:96]) == 0
    assert np.ptp(row[105:]) == 0
    assert np.ptp(row) <= 190 + 2 * OVERSHOOT * 190


def test_a_side_is_as_even_as_what_it_bounds() -> None:
    picture = np.full((HEIGHT, WIDTH, 3), (10, 200, 90), np.uint8)
    assert (enlarged(picture, 200, 120) == picture[0, 0]).all()


@pytest.mark.parametrize(("width", "height"), [(159, 120), (200, 95)])
def test_it_does_not_shrink(width: int, height: int) -> None:
    with pytest.raises(ValueError, match="160 x 96"):
        enlarged(np.zeros((HEIGHT, WIDTH, 3), np.uint8), width, height)


def test_a_picture_of_a_few_pixels_is_refused() -> None:
    with pytest.raises(ValueError, match="20 x 40"):
        enlarged(np.zeros((40, 20, 3), np.uint8), 30, 50)

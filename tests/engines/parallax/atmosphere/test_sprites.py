from __future__ import annotations

import numpy as np
import pytest

from firstframe.engines.parallax.atmosphere.sprites import draw, sprites
from firstframe.media.colour import Yuv420


def _grey() -> Yuv420:
    return Yuv420(np.full((64, 96), 60, np.uint8), np.full((32, 48), 128, np.uint8), np.full((32, 48), 128, np.uint8))


def _drawn(
    x: float, y: float, radius: float, *, stretch: float = 1.0, crisp: float = 0.0, cover: float = 1.0
) -> Yuv420:
    frame = _grey()
    one = (np.array([value], np.float32) for value in (x, y, radius))
    draw(
        sprites(*one, (220.0, 90.0, 170.0), np.array([1.0], np.float32), stretch=stretch, crisp=crisp, cover=cover),
        frame,
    )
    return frame


def test_light_is_where_the_sprite_is_in_luma_and_chroma() -> None:
    frame = _drawn(40.5, 30.5, 4.0)
    rows, columns = np.mgrid[:64, :96]
    weight = frame.y.astype(float) - 60
    assert (weight * columns).sum() / weight.sum() == pytest.approx(40, abs=0.05)
    assert (weight * rows).sum() / weight.sum() == pytest.approx(30, abs=0.05)
    rows, columns = np.mgrid[:32, :48]
    weight = 128 - frame.u.astype(float)
    # Chroma sites lie on even columns and between rows: pixel (40, 30) is site (20, 14.75).
    assert (weight * columns).sum() / weight.sum() == pytest.approx(20, abs=0.1)
    assert (weight * rows).sum() / weight.sum() == pytest.approx(14.75, abs=0.1)


def test_thin_things_keep_their_light_while_they_glide() -> None:
    sums = [
        (_drawn(40 + shift, 30 + 0.6 * shift, 0.5, stretch=8).y.astype(int) - 60).sum()
        for shift in np.linspace(0, 1, 9)
    ]
    assert max(sums) < 1.06 * min(sums)


def test_a_crisp_disc_has_a_flat_middle_and_a_soft_one_has_not() -> None:
    crisp, soft = (_drawn(40.5, 30.5, 12.0, crisp=c).y.astype(int) for c in (1.0, 0.0))
    assert crisp[30, 34] == crisp[30, 40]
    assert soft[30, 34] < soft[30, 40] - 15
    assert crisp[30, 56] == 60


def test_light_adds_to_what_is_below_and_paint_hides_it() -> None:
    below, paint, light = _grey(), _grey(), _grey()
    for frame, cover in ((paint, 1.0), (light, 0.2)):
        frame.y[:] = 200
        one = np.array([1.0], np.float32)
        draw(sprites(40.5 * one, 30.5 * one, 8 * one, (120.0, 128.0, 128.0), one, cover=cover), frame)
    assert paint.y[30, 40] < 125
    assert light.y[30, 40] > 200
    assert below.y[30, 40] == 60


def test_nothing_beyond_the_border_and_nothing_invisible_is_drawn() -> None:
    far = _drawn(-40, 30, 6.0)
    assert (far.y == 60).all()
    half = _drawn(0.0, 0.0, 6.0)
    assert half.y[0, 0] > 150
    assert (half.y[10:, 10:] == 60).all()

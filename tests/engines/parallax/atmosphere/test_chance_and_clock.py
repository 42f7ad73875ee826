from __future__ import annotations

import numpy as np
import pytest

from firstframe.engines.parallax.atmosphere.chance import uniform
from firstframe.engines.parallax.atmosphere.clock import Clock, Flicker
from firstframe.engines.parallax.atmosphere.noise import SIDE, clouds, look_up, refined


def test_chances_are_even_and_independent() -> None:
    index = np.arange(40_000)
    one, two, later = uniform(7, 0, index), uniform(7, 1, index), uniform(7, 0, index, 1)
    counts, _ = np.histogram(one, 20, (0, 1))
    assert np.abs(counts - 2000).max() < 250
    for other in (two, later, uniform(8, 0, index), np.roll(one, 1)):
        assert abs(np.corrcoef(one, other)[0, 1]) < 0.02


def test_a_chance_depends_on_its_counter_alone() -> None:
    index = np.arange(500)
    assert np.array_equal(uniform(3, 2, index)[123:125], uniform(3, 2, np.array([123, 124])))


def test_presence_rises_from_nothing_and_in_loops_falls_to_nothing() -> None:
    once, loop = Clock(6, False), Clock(6, True)
    assert once.presence(0, 1.0) == loop.presence(0, 1.0) == loop.presence(6, 1.0) == 0
    assert once.presence(6, 1.0) == once.presence(3, 1.0) == loop.presence(3, 1.0) == 1
    onsets = np.array([0.0, 0.5], np.float32)
    np.testing.assert_array_equal(loop.presences(6.0, 0.4, onsets), 0)
    assert (np.diff([once.presences(float(s), 0.4, onsets) for s in np.linspace(0, 1, 9)], axis=0) >= 0).all()


@pytest.mark.parametrize("band", [(0.4, 2.0), (2.5, 9.5)])
def test_flicker_is_even_periodic_and_within_its_band(band: tuple[float, float]) -> None:
    flicker = Flicker.between(Clock(6, True), *band, 0.7, np.random.default_rng(2))
    values = np.array([flicker.at(second) for second in np.arange(144) / 24])
    assert abs(values.mean()) < 1e-6
    assert values.std() == pytest.approx(1, abs=0.02)
    assert flicker.at(6.0) == pytest.approx(flicker.at(0.0), abs=1e-6)
    power = np.abs(np.fft.rfft(values)) ** 2
    hertz = np.fft.rfftfreq(144, 1 / 24)
    inside = (hertz >= band[0] - 0.17) & (hertz <= band[1] + 0.17)
    assert power[inside].sum() > 0.999 * power.sum()


def test_clouds_repeat_without_a_seam() -> None:
    noise = clouds(np.random.default_rng(3), 60, 1.8)
    steps = np.abs(np.diff(noise, axis=1)).mean()
    assert np.abs(noise[:, 0] - noise[:, -1]).mean() < 1.5 * steps
    x = np.array([[3.25, 3.25 + SIDE, 3.25 - SIDE]], np.float32)
    found = look_up(noise, x, np.full_like(x, 200.5))
    assert float(np.ptp(found)) < 1e-5


def test_refined_is_linear_between_every_second_point() -> None:
    rows, columns = np.mgrid[0:21:2, 0:31:2].astype(np.float32)
    fine = refined(3 * rows + 5 * columns, (21, 31))
    exact = 3 * np.arange(21)[:, None] + 5 * np.arange(31)[None]
    np.testing.assert_allclose(fine, exact, rtol=1e-6)

"""The colours of layers at their outlines."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.foreground import LEAST_OPACITY, colour_over


def test_what_lies_before_the_sky_is_shown_as_it_is_however_doubtful_its_outline() -> None:
    sky = np.full((40, 60, 3), (180, 200, 220), np.uint8)
    picture = sky.copy()
    picture[:, 30:] = (60, 40, 30)
    alpha = np.repeat(np.linspace(0, 255, 60).astype(np.uint8)[None], 40, axis=0)
    share = alpha[..., None] / 255
    shown = share * colour_over(picture, alpha, sky) + (1 - share) * sky
    wrong = np.abs(shown - picture)[:, :30].max()
    assert wrong < 1.5, "no trace of what is dark hangs in the sky beside it"
    solid = alpha[0] == 255
    assert np.array_equal(colour_over(picture, alpha, sky)[:, solid], picture[:, solid])
    thin = (alpha[0] > 0) & (alpha[0] < LEAST_OPACITY)
    assert np.array_equal(colour_over(picture, alpha, sky)[:, thin], picture[:, thin])

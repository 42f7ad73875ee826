"""The colours of layers at their outlines."""

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.foreground import own_colour, shown_over


def test_what_lies_before_the_sky_is_shown_as_it_is_however_doubtful_its_outline() -> None:
    sky = np.full((40, 60, 3), (180, 200, 220), np.uint8)
    picture = sky.copy()
    picture[:, 30:] = (60, 40, 30)
    for alpha in (np.linspace(0, 255, 60), np.linspace(255, 0, 60), np.zeros(60)):
        doubtful = np.repeat(alpha.astype(np.uint8)[None], 40, axis=0)
        colour, opacity = shown_over(picture, doubtful, sky)
        share = opacity[..., None] / 255
        assert np.abs(share * colour + (1 - share) * sky - picture).max() < 1.5
        assert (opacity >= doubtful).all()
        assert np.array_equal(opacity[:, :30], doubtful[:, :30]), "where the sky is seen nothing need hide it"


def test_backdrop_taken_along_keeps_its_colour() -> None:
    picture = np.full((90, 120, 3), (40, 10, 12), np.uint8)
    picture[:, 60:] = (235, 220, 200)
    alpha = np.zeros((90, 120), np.uint8)
    alpha[:, 60:] = 255
    alpha[:, 42:60] = 120
    colour = own_colour(picture, alpha)
    assert np.abs(colour[:, 42:58].astype(int) - picture[:, 42:58]).max() < 12
    assert np.array_equal(colour[:, 70:], picture[:, 70:])

from __future__ import annotations

import numpy as np

from firstframe.engines.parallax.scene.depth import CUT_BY_RIM, billboard, ground_ramp

SIZE = 270, 480


def standing(first: int, last: int) -> np.ndarray:
    mask = np.zeros(SIZE, np.float32)
    mask[first:last, 200:280] = 1
    return mask


def test_feet_are_as_near_as_the_ground_they_stand_on() -> None:
    ground = ground_ramp(SIZE, 0.3)
    near = billboard(standing(60, 250), ground)
    assert np.abs(near[247:250, 200:280] - ground[249, 0]).max() < 0.01
    assert near[150, 240] > ground[249, 0] + 0.02


def test_who_is_cut_by_the_rim_is_round_down_to_it() -> None:
    near = billboard(standing(60, 270), ground_ramp(SIZE, 0.3))
    assert near[265, 240] > CUT_BY_RIM + 0.02

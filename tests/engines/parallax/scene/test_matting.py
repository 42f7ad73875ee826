from __future__ import annotations

import cv2
import numpy as np
import pytest

from firstframe.engines.parallax.scene.foreground import own_colour
from firstframe.engines.parallax.scene.matting import closed_form_alpha, guided_upsample

SIZE = 120, 160


def soft_disc(height: int, width: int, radius: float, softness: float) -> np.ndarray:
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    distance = np.hypot(rows - height / 2, columns - width / 2)
    return np.clip((radius - distance) / softness + 0.5, 0, 1).astype(np.float32)


def mixed(alpha: np.ndarray, front: tuple[int, ...], back: tuple[int, ...]) -> np.ndarray:
    colour = alpha[..., None] * np.array(front) + (1 - alpha[..., None]) * np.array(back)
    return np.rint(colour).astype(np.uint8)


def test_alpha_of_a_known_mixture_is_found() -> None:
    truth = soft_disc(*SIZE, 40, 14)
    guide = mixed(truth, (220, 60, 40), (30, 90, 160)).astype(np.float32) / 255
    known = ((truth == 0) | (truth == 1)).astype(np.uint8)
    start = np.where(known > 0, truth, 0.5).astype(np.float32)
    found = closed_form_alpha(guide, known, start)
    assert np.abs(found - truth).max() < 0.08
    assert np.abs(found - truth).mean() < 0.005
    assert np.array_equal(found[known > 0], truth[known > 0])


def test_nothing_unknown_leaves_the_start() -> None:
    start = soft_disc(*SIZE, 30, 1)
    guide = np.zeros((*SIZE, 3), np.float32)
    assert np.array_equal(closed_form_alpha(guide, np.ones(SIZE, np.uint8), start), start)


@pytest.mark.parametrize("scale", [2, 5])
def test_upsampling_follows_the_edges_of_the_canvas(scale: int) -> None:
    height, width = SIZE[0] * scale, SIZE[1] * scale
    truth = soft_disc(height, width, 40 * scale, 1.5)
    canvas = mixed(truth, (230, 200, 60), (20, 40, 60))
    small = cv2.resize(canvas, (SIZE[1], SIZE[0]), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    values = cv2.resize(truth, (SIZE[1], SIZE[0]), interpolation=cv2.INTER_AREA)
    found = guided_upsample(values, small, canvas).astype(np.float32) / 255
    plain = cv2.resize(values, (width, height))
    assert np.abs(found - truth).mean() < 0.5 * np.abs(plain - truth).mean()


def test_own_colour_is_free_of_the_background() -> None:
    alpha = soft_disc(240, 320, 80, 24)
    picture = mixed(alpha, (200, 60, 40), (40, 90, 200))
    colour = own_colour(picture, np.rint(alpha * 255).astype(np.uint8)).astype(int)
    assert np.abs(colour[alpha > 0.02] - (200, 60, 40)).max() <= 12
    assert np.array_equal(colour[alpha == 1], picture[alpha == 1])

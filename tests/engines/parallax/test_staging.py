"""A canvas, sampled at rest and moved by fractions of a pixel, shows what the first frame holds."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from firstframe.clip import FrameSize
from firstframe.engines.parallax.camera import Pose
from firstframe.engines.parallax.enlargement import enlarged
from firstframe.engines.parallax.kernel import compose
from firstframe.engines.parallax.projection import Stage, project
from firstframe.engines.parallax.scene.model import Layer
from firstframe.engines.parallax.staging import stage_layer, stage_of
from firstframe.media.colour import Yuv420, to_yuv420

SIZE = FrameSize(320, 192)
STAGE: Stage = stage_of(SIZE)
SHAPE = (24, 40)


def textured() -> NDArray[np.uint8]:
    """Detail of every size, down to single pixels: noise with a spectrum of 1/f, and hard outlines."""
    rng = np.random.default_rng(3)
    across, down = np.fft.rfftfreq(SIZE.width), np.fft.fftfreq(SIZE.height)[:, None]
    spectrum = np.fft.rfft2(rng.normal(size=(SIZE.height, SIZE.width))) / np.maximum(np.hypot(across, down), 0.01)
    grey = np.fft.irfft2(spectrum, (SIZE.height, SIZE.width))
    picture = np.repeat((128 + 40 * grey / grey.std())[..., None], 3, axis=2).clip(0, 255).astype(np.uint8)
    cv2.circle(picture, (160, 96), 50, (240, 240, 240), 1)
    return picture


def shown(frame: NDArray[np.uint8], shift_px: float) -> NDArray[np.uint8]:
    """The luma of `frame` as a sheet far away that has moved to the left by `shift_px`."""
    far = np.zeros(SHAPE, np.float32)
    canvas = stage_layer(Layer("picture", enlarged(frame, *STAGE.canvas_size), None, far), STAGE)
    moved = np.zeros((*SHAPE, 2), np.float32)
    moved[..., 0] = -shift_px
    grid = np.zeros((*STAGE.grid_shape, 2), np.float32)
    project(STAGE, Pose(), far, moved, grid)
    out = Yuv420.empty(SIZE)
    compose([canvas], [grid], [1.0], out, threads=1)
    return out.y[16:-16, 16:-16]


def psnr(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    return float(10 * np.log10(255**2 / np.mean((a.astype(float) - b) ** 2)))


def sharpness(luma: NDArray[np.uint8]) -> float:
    return float(cv2.Laplacian(luma, cv2.CV_32F).var())


def test_at_rest_it_is_the_first_frame() -> None:
    frame = textured()
    assert psnr(shown(frame, 0), to_yuv420(frame).y[16:-16, 16:-16]) > 44


@pytest.mark.parametrize("pixels", [1, 3])
def test_moved_by_whole_pixels_it_is_the_first_frame_moved(pixels: int) -> None:
    frame = textured()
    moved = to_yuv420(frame).y[16:-16, 16 + pixels : -16 + pixels]
    assert psnr(shown(frame, pixels), moved) > 44


def test_sharpness_does_not_breathe() -> None:
    frame = textured()
    course = [sharpness(shown(frame, shift)) for shift in np.arange(0, 1, 0.1)]
    assert max(course) - min(course) < 0.05 * float(np.mean(course))
    assert min(course) > 0.9 * sharpness(to_yuv420(frame).y[16:-16, 16:-16])

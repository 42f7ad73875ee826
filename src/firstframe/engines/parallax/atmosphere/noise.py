"""Cloudy noise that repeats without a seam, and its look-up."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Noise = NDArray[np.float32]

SIDE = 256
"""Texels along a side; the noise repeats after them."""


def clouds(rng: np.random.Generator, largest: float, fall: float) -> Noise:
    """A (256, 256) texture, 0…1 about 0.5: features up to `largest` texels, finer ones weaker as size^`fall`.

    Fractal noise by filtering in the frequency domain, so it repeats without a seam.
    """
    f = np.hypot(*np.meshgrid(np.fft.fftfreq(SIDE) * SIDE, np.fft.rfftfreq(SIDE) * SIDE, indexing="ij"))
    spectrum = np.fft.rfft2(rng.standard_normal((SIDE, SIDE)))
    lowest = SIDE / largest
    weight = np.where(f < 1, 0, (1 + (f / lowest) ** 2) ** (-fall / 2 - 0.5))
    noise = np.fft.irfft2(spectrum * weight, (SIDE, SIDE))
    return np.asarray(np.clip(0.5 + 0.2 * noise / noise.std(), 0, 1), np.float32)


def look_up(noise: Noise, x: Noise, y: Noise) -> Noise:
    """The texture at texel places (h, w), repeated endlessly."""
    return np.asarray(cv2.remap(noise, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP), np.float32)


def refined(coarse: Noise, shape: tuple[int, int]) -> Noise:
    """Values at every point of `shape` (h, w) from those at every second one, linear between."""
    tall = np.empty((2 * coarse.shape[0], coarse.shape[1]), np.float32)
    tall[::2] = coarse
    tall[1:-1:2] = (coarse[:-1] + coarse[1:]) * np.float32(0.5)
    tall[-1] = coarse[-1]
    wide = np.empty((shape[0], 2 * coarse.shape[1]), np.float32)
    wide[:, ::2] = tall[: shape[0]]
    wide[:, 1:-1:2] = (wide[:, :-2:2] + wide[:, 2::2]) * np.float32(0.5)
    wide[:, -1] = wide[:, -2]
    return np.ascontiguousarray(wide[:, : shape[1]])

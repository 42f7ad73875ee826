"""How close two pictures are, and how sharp one is."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]


def psnr(picture: Luma, reference: Luma) -> float:
    """Peak signal-to-noise ratio in dB of two planes (H, W) uint8; infinite when they are equal."""
    error = np.mean((picture.astype(np.float64) - reference) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))


def sharpness(picture: Luma) -> float:
    """Variance of the Laplacian."""
    return float(cv2.Laplacian(picture, cv2.CV_32F).var())

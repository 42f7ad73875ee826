"""Pictures for the scene analysis: painted ones whose content is known exactly, and the repository's examples."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from firstframe.engines.parallax.scene.analyse import analyse
from firstframe.engines.parallax.scene.model import Picture, Scene

EXAMPLES = Path(__file__).parents[4] / "examples"
ORANGE = (235, 120, 30)

Analysed = Callable[..., tuple[Picture, Scene]]


def painted_texture(height: int, width: int, colour: tuple[int, int, int], contrast: float, seed: int = 5) -> Picture:
    """Fine soft noise of that contrast (RMS levels) around a colour."""
    noise = np.random.default_rng(seed).standard_normal((height, width)).astype(np.float32)
    noise = cv2.GaussianBlur(noise, (0, 0), 1.6)
    noise *= contrast / noise.std()
    return np.clip(np.array(colour, np.float32) + noise[..., None], 0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def texture() -> Callable[..., Picture]:
    return painted_texture


@pytest.fixture(scope="session")
def disc() -> tuple[Picture, NDArray[np.bool_]]:
    """An orange disc before a grey-green texture, and where it is."""
    height, width = 480, 800
    picture = painted_texture(height, width, (90, 110, 105), 12)
    mask = np.zeros((height, width), np.uint8)
    cv2.circle(mask, (width // 2, round(0.55 * height)), round(0.26 * height), 1, -1)
    picture[mask > 0] = painted_texture(height, width, ORANGE, 6, seed=6)[mask > 0]
    return picture, mask > 0


@pytest.fixture(scope="session")
def lake() -> tuple[Picture, float]:
    """Clouds in a blue sky over dark hills and a lake with level ripples; and the shore as a share of the height."""
    height, width, shore = 540, 960, 324
    rng = np.random.default_rng(3)

    def waves(across: float, down: float) -> NDArray[np.float32]:
        noise = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), across, sigmaY=down)
        return np.asarray(noise / noise.std(), np.float32)[..., None]

    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    picture = np.array([90, 140, 215]) + rows * np.array([160, 130, 60]) + waves(28, 12).clip(0, 2) * 18
    columns = np.arange(width)
    hills = shore - (0.1 + 0.05 * np.sin(columns / 90) + 0.02 * np.sin(columns / 23)) * height
    land = np.arange(height)[:, None] >= hills[None]
    picture[land] = painted_texture(height, width, (62, 72, 48), 14)[land]
    picture[shore:] = (np.array([80, 115, 165]) + waves(22, 1.2) * 14)[shore:]
    return np.clip(picture, 0, 255).astype(np.uint8), shore / height


@pytest.fixture(scope="session")
def analysed_example() -> Analysed:
    """A freely licensed photograph of the repository at 800 pixels, and what was seen in it."""

    @cache
    def analysed(name: str, *subjects: str) -> tuple[Picture, Scene]:
        loaded = cv2.imread(str(EXAMPLES / name))
        assert loaded is not None
        scale = 800 / max(loaded.shape[:2])
        size = 2 * round(loaded.shape[1] * scale / 2), 2 * round(loaded.shape[0] * scale / 2)
        picture = cv2.resize(cv2.cvtColor(loaded, cv2.COLOR_BGR2RGB), size, interpolation=cv2.INTER_AREA)
        return np.asarray(picture, np.uint8), analyse(np.asarray(picture, np.uint8), subjects)

    return analysed

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from firstframe.engines.parallax.scene.fill import SKY, fill_behind, push_pull, smooth_fill
from firstframe.engines.parallax.scene.mirror import mirror_extension
from firstframe.engines.parallax.scene.model import Picture

NOWHERE = np.zeros((120, 160), np.uint8)


def hole(x: int = 60, y: int = 40, width: int = 40, height: int = 50) -> np.ndarray:
    mask = NOWHERE.copy()
    mask[y : y + height, x : x + width] = 1
    return mask


def slats(height: int = 480, width: int = 640) -> Picture:
    """Level stripes."""
    rows = (np.sin(np.arange(height) / 6.0) > 0).astype(np.uint8)[:, None, None]
    return np.repeat(60 + 120 * rows, width, axis=1).repeat(3, axis=2).astype(np.uint8)


def test_slats_go_on_behind_a_hole() -> None:
    picture = slats()
    damaged = picture.copy()
    damaged[160:360, 240:400] = (255, 0, 0)
    filled, missing = mirror_extension(damaged, hole(), NOWHERE)
    assert not missing.any()
    beside_the_rims = np.abs(filled.astype(int) - picture)[190:330, [*range(244, 290), *range(350, 396)]]
    assert np.median(beside_the_rims) < 4
    assert beside_the_rims.mean() < 12


def test_slanting_lines_go_on_straight() -> None:
    rows, columns = np.mgrid[:480, :640]
    stripes = (np.sin((rows - 0.5 * columns) / 7.0) > 0).astype(np.uint8)[..., None]
    picture = (60 + 120 * stripes).repeat(3, axis=2).astype(np.uint8)
    damaged = picture.copy()
    damaged[160:360, 240:400] = (255, 0, 0)
    filled, _ = mirror_extension(damaged, hole(), NOWHERE)
    beside_the_rim = np.abs(filled.astype(int) - picture)[200:330, 244:262]
    assert np.median(beside_the_rim) < 4
    assert beside_the_rim.mean() < 25


def test_faint_texture_goes_on_as_grain(texture: Callable[..., Picture]) -> None:
    picture = texture(480, 640, (120, 118, 116), 5)
    small = cv2.resize(picture, (160, 120), interpolation=cv2.INTER_AREA)
    share = hole().astype(np.float32)
    filled = fill_behind(picture, small, share, hole(), NOWHERE, None).astype(np.float32)
    assert filled[200:320, 244:262].std() > 0.5 * picture[200:320, :200].std()


def test_regions_do_not_mix() -> None:
    picture = np.full((480, 640, 3), 200, np.uint8)
    picture[240:] = 40
    region = NOWHERE.copy()
    region[60:] = 1
    filled, _ = mirror_extension(picture, hole(), region)
    assert (filled[:236] == 200).all()
    assert (filled[244:] == 40).all()


def test_what_finds_no_mirror_is_reported() -> None:
    everything = np.ones_like(NOWHERE)
    picture = np.full((240, 320, 3), 90, np.uint8)
    filled, missing = mirror_extension(picture, everything, NOWHERE)
    assert missing.all()
    assert np.array_equal(filled, picture)


def test_a_fill_keeps_to_its_share(texture: Callable[..., Picture]) -> None:
    picture = texture(480, 640, (90, 120, 80), 15)
    picture[170:350, 250:390] = (240, 30, 30)
    small = cv2.resize(picture, (160, 120), interpolation=cv2.INTER_AREA)
    share = cv2.GaussianBlur(hole(58, 38, 44, 54).astype(np.float32), (0, 0), 0.8)
    share = np.where(share > 0.4, 1, np.where(share < 0.02, 0, share)).astype(np.float32)
    filled = fill_behind(picture, small, share, hole(56, 36, 48, 58), NOWHERE, None)
    assert (filled[..., 0].astype(int) - filled[..., 1]).max() < 40
    away = cv2.resize(share, (640, 480)) == 0
    assert np.array_equal(filled[away], picture[away])


def test_sky_is_bridged_from_sky_alone() -> None:
    picture = np.full((480, 640, 3), (120, 160, 220), np.uint8)
    picture[300:] = (50, 60, 30)
    picture[120:400, 260:380] = (240, 30, 30)
    small = cv2.resize(picture, (160, 120), interpolation=cv2.INTER_AREA)
    mask = hole(62, 27, 36, 76)
    region = NOWHERE.copy()
    region[:75] = SKY
    sky = NOWHERE.copy()
    sky[:73] = 1
    filled = fill_behind(picture, small, mask.astype(np.float32), mask, region, sky).astype(int)
    assert np.abs(filled[120:290, 270:370] - (120, 160, 220)).max() <= 3


def test_smooth_fill_bridges_a_ramp() -> None:
    ramp = np.repeat(np.linspace(40, 200, 640)[None, :, None], 480, 0).repeat(3, 2).astype(np.uint8)
    small = cv2.resize(ramp, (160, 120), interpolation=cv2.INTER_AREA)
    filled = smooth_fill(ramp, small, hole()).astype(int)
    assert np.abs(filled - ramp).max() < 25
    assert np.array_equal(filled[:, :200], ramp[:, :200])


def test_push_pull_carries_a_lone_colour_everywhere() -> None:
    weight = np.zeros((37, 53), np.float32)
    weight[5, 7] = 1
    picture = np.zeros((37, 53, 3), np.uint8)
    picture[5, 7] = (200, 100, 50)
    assert np.abs(push_pull(picture, weight) - (200, 100, 50)).max() < 0.5

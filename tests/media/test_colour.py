"""BT.709 limited range, against the standard's own numbers and a plain double-precision computation."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.media.files import scene

from firstframe.clip import FrameSize
from firstframe.media.colour import Yuv420, to_rgb, to_yuv420

KNOWN = {
    (255, 255, 255): (235, 128, 128),
    (0, 0, 0): (16, 128, 128),
    (128, 128, 128): (126, 128, 128),
    (255, 0, 0): (63, 102, 240),
    (0, 255, 0): (173, 42, 26),
    (0, 0, 255): (32, 240, 118),
    (255, 255, 0): (219, 16, 138),
    (0, 255, 255): (188, 154, 16),
    (255, 0, 255): (78, 214, 230),
}


def flat(rgb: tuple[int, int, int]) -> NDArray[np.uint8]:
    return np.full((4, 6, 3), rgb, np.uint8)


def noise(height: int = 54, width: int = 96) -> NDArray[np.uint8]:
    return np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)


def exact(rgb: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The planes before rounding: BT.709 matrix, chroma at even columns (1-2-1) and between rows (mean of two)."""
    red, green, blue = (rgb[..., i].astype(np.float64) for i in range(3))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def site(difference: NDArray[np.float64]) -> NDArray[np.float64]:
        padded = np.pad(128 + difference * 224 / 255, ((0, 0), (1, 1)), "edge")
        filtered = (padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:])[:, ::2] / 4
        return (filtered[::2] + filtered[1::2]) / 2

    return 16 + luma * 219 / 255, site((blue - luma) / 1.8556), site((red - luma) / 1.5748)


@pytest.mark.parametrize("rgb", KNOWN)
def test_the_standards_values(rgb: tuple[int, int, int]) -> None:
    frame = to_yuv420(flat(rgb))
    for plane, value in zip((frame.y, frame.u, frame.v), KNOWN[rgb], strict=True):
        assert np.unique(plane).tolist() == [value]


@pytest.mark.parametrize("picture", [noise(), scene(), noise(2, 2)], ids=["noise", "scene", "smallest"])
def test_every_sample_is_rounded_once(picture: NDArray[np.uint8]) -> None:
    frame = to_yuv420(picture)
    for plane, wanted in zip((frame.y, frame.u, frame.v), exact(picture), strict=True):
        assert np.abs(plane - wanted).max() <= 0.5001


def test_a_frame_is_filled_in_place_even_when_its_planes_are_parts_of_others() -> None:
    wide = Yuv420.empty(FrameSize(128, 64))
    part = Yuv420(wide.y[:54, :96], wide.u[:27, :48], wide.v[:27, :48])
    assert to_yuv420(noise(), part) is part
    fresh = to_yuv420(noise())
    assert (wide.y[:54, :96] == fresh.y).all()
    assert (wide.u[:27, :48] == fresh.u).all()
    assert (wide.v[:27, :48] == fresh.v).all()


def test_a_picture_that_is_part_of_another_is_read_right() -> None:
    wide = noise(60, 100)
    frame, copied = to_yuv420(wide[4:58, 2:98]), to_yuv420(wide[4:58, 2:98].copy())
    assert (frame.y == copied.y).all()
    assert (frame.u == copied.u).all()


@pytest.mark.parametrize("shape", [(53, 96), (54, 95)])
def test_odd_edges_are_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="even"):
        to_yuv420(noise(*shape))


def test_a_frame_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="96×54"):
        to_yuv420(noise(), Yuv420.empty(FrameSize(48, 54)))


@pytest.mark.parametrize("rgb", KNOWN)
def test_flat_colours_come_back(rgb: tuple[int, int, int]) -> None:
    assert np.abs(to_rgb(to_yuv420(flat(rgb))).astype(int) - rgb).max() <= 2


def test_a_smooth_picture_comes_back() -> None:
    there_and_back = to_rgb(to_yuv420(scene()))[1:-1, 1:-1].astype(int)
    assert np.abs(there_and_back - scene()[1:-1, 1:-1]).max() <= 4


@pytest.mark.parametrize("downwards", [False, True])
def test_chroma_is_put_back_where_it_was_taken(downwards: bool) -> None:
    """A colour ramp returns without shift: half a pixel of siting error would show as a whole level."""
    ramp = np.zeros((128, 128, 3), np.uint8)
    ramp[..., 0] = np.arange(128)
    ramp[..., 2] = 200 - np.arange(128)
    ramp = np.ascontiguousarray(ramp.swapaxes(0, 1)) if downwards else ramp
    error = to_rgb(to_yuv420(ramp)).astype(float) - ramp
    assert np.abs(error[4:-4, 4:-4].mean(axis=(0, 1))).max() <= 0.3

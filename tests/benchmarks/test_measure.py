"""The measuring tools of the benchmarks, on pictures whose motion is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from measure import pictures
from measure.camera_rules import MOVES, is_oblique, is_orbit, moves_seen
from measure.fidelity import psnr, sharpness
from measure.tracker import grid, track

WIDTH, HEIGHT, FRAMES = 320, 200, 16


def texture() -> NDArray[np.uint8]:
    noise = np.random.default_rng(1).integers(0, 256, (2 * HEIGHT, 2 * WIDTH), np.uint8)
    return cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 3), None, 0, 255, cv2.NORM_MINMAX)


def clip(x_px: float = 0, y_px: float = 0, zoom: float = 1) -> Iterator[NDArray[np.uint8]]:
    """The texture seen through a window; by the last frame its content moved by x, y and grew by zoom."""
    for share in np.linspace(0, 1, FRAMES):
        scale = 1 + (zoom - 1) * share
        shift = np.array([x_px, y_px]) * share + np.array([WIDTH, HEIGHT]) / 2 - scale * np.array([WIDTH, HEIGHT])
        window = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
        yield cv2.warpAffine(texture(), window, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC)


@pytest.mark.parametrize(
    ("move", "motion"),
    [
        ("pan_left", {"x_px": 30}),
        ("pan_right", {"x_px": -30}),
        ("tilt_up", {"y_px": 20}),
        ("tilt_down", {"y_px": -20}),
        ("static", {}),
    ],
)
def test_known_motions_are_recognised_and_no_other(move: str, motion: dict[str, float]) -> None:
    assert moves_seen(track(clip(**motion)), HEIGHT) == {move}


@pytest.mark.parametrize(("move", "opposite", "zoom"), [("zoom_in", "zoom_out", 1.2), ("zoom_out", "zoom_in", 0.85)])
def test_zooms_are_recognised(move: str, opposite: str, zoom: float) -> None:
    # The "middle" of ten points is the sixth, so by the published rules a zoom may count as a pan or tilt as well.
    seen = moves_seen(track(clip(zoom=zoom)), HEIGHT)
    assert move in seen
    assert opposite not in seen
    assert "static" not in seen


def test_a_motion_under_the_threshold_is_static() -> None:
    assert moves_seen(track(clip(x_px=0.004 * HEIGHT)), HEIGHT) == {"static"}


def orbiting(upper_px: float, lower_px: float, down_px: float = 0) -> NDArray[np.float32]:
    looks = np.repeat(grid(WIDTH, HEIGHT)[None], 3, axis=0)
    high = looks[0, :, 1] < HEIGHT / 2
    looks[2] += np.where(high[:, None], (upper_px, down_px), (lower_px, down_px)).astype(np.float32)
    return looks


def test_an_orbit_moves_high_and_low_things_to_opposite_sides() -> None:
    assert is_orbit(orbiting(4, -2), WIDTH, HEIGHT)
    assert is_orbit(orbiting(-4, 2), WIDTH, HEIGHT)
    assert not is_orbit(orbiting(4, 2), WIDTH, HEIGHT), "a pan"
    assert not is_orbit(orbiting(1, -4), WIDTH, HEIGHT), "too little above"
    assert not is_orbit(orbiting(4, -2, down_px=5), WIDTH, HEIGHT), "a tilt beside"


def test_an_oblique_move_rises_and_nears() -> None:
    assert is_oblique(moves_seen(track(clip(y_px=20, zoom=1.3)), HEIGHT))
    assert not is_oblique(moves_seen(track(clip(y_px=20)), HEIGHT))


def test_tracks_are_true_to_a_tenth_of_a_pixel() -> None:
    tracks = track(clip(x_px=7.5, y_px=-3.25))
    inner = grid(WIDTH, HEIGHT).reshape(10, 10, 2)[2:-2, 2:-2].reshape(-1, 2)
    moved = tracks[-1].reshape(10, 10, 2)[2:-2, 2:-2].reshape(-1, 2)
    np.testing.assert_allclose(moved - inner, np.broadcast_to([7.5, -3.25], inner.shape), atol=0.1)


def test_points_that_leave_the_picture_are_carried_along() -> None:
    tracks = track(clip(x_px=-120))
    way = tracks[-1] - tracks[0]
    np.testing.assert_allclose(way[:, 0], -120, atol=2)


def test_every_move_has_a_prompt() -> None:
    import camera_obedience

    assert tuple(camera_obedience.PROMPTS) == MOVES


def test_psnr_of_known_errors() -> None:
    grey = np.full((8, 8), 100, np.uint8)
    assert psnr(grey, grey) == float("inf")
    assert psnr(grey + 1, grey) == pytest.approx(48.13, abs=0.01)


def test_blur_is_less_sharp() -> None:
    assert sharpness(cv2.blur(texture(), (9, 9))) < sharpness(texture()) / 2


def test_a_manifest_names_pictures_and_prompts(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('[{"file": "b.png", "prompt": "Rain falls."}]')
    (tmp_path / "a.png").touch()
    assert pictures.in_folder(tmp_path) == [pictures.FirstFrame(tmp_path / "b.png", "Rain falls.")]
    (tmp_path / "manifest.json").unlink()
    assert [found.name for found in pictures.in_folder(tmp_path)] == ["a"]


def test_the_examples_have_prompts_and_credits() -> None:
    credits = (pictures.EXAMPLES / "README.md").read_text()
    found = pictures.in_folder(pictures.EXAMPLES)
    assert {first_frame.path for first_frame in found} == {
        path for path in pictures.EXAMPLES.iterdir() if path.suffix in pictures.SUFFIXES
    }
    assert all(f"`{first_frame.path.name}`" in credits for first_frame in found)

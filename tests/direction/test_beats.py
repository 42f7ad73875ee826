"""Camera moves in time: together, in turn, and at the seconds that the words say."""

from __future__ import annotations

import pytest

from firstframe.direction.parser import parse

Span = tuple[str, float, float]


def path(prompt: str, seconds: int = 6) -> list[Span]:
    return [(move.move, move.start, move.end) for move in parse(prompt, seconds).camera]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("[Push in] [Pull out]", [("push_in", 0, 3), ("pull_out", 3, 6)]),
        ("[Push in, Pan left]", [("push_in", 0, 6), ("pan_left", 0, 6)]),
        (
            "[Push in, Pan left] [Static shot] [Zoom out]",
            [("push_in", 0, 2), ("pan_left", 0, 2), ("static", 2, 4), ("zoom_out", 4, 6)],
        ),
        ("pan left, then tilt up", [("pan_left", 0, 3), ("tilt_up", 3, 6)]),
        ("pan left while tilting up", [("pan_left", 0, 6), ("tilt_up", 0, 6)]),
        ("The camera pans left. The camera tilts up.", [("pan_left", 0, 3), ("tilt_up", 3, 6)]),
        ("The camera pans left. At the same time it tilts up.", [("pan_left", 0, 6), ("tilt_up", 0, 6)]),
        ("pan left, then after four seconds zoom in", [("pan_left", 0, 4), ("zoom_in", 4, 6)]),
        ("for the first two seconds the camera holds still, then it zooms in", [("static", 0, 2), ("zoom_in", 2, 6)]),
        ("pan left for 2 seconds, then zoom in", [("pan_left", 0, 2), ("zoom_in", 2, 6)]),
        ("In the last two seconds the camera zooms in", [("zoom_in", 4, 6)]),
        ("pan left, and in the last second tilt up", [("pan_left", 0, 5), ("tilt_up", 5, 6)]),
        ("After three seconds the camera zooms in", [("zoom_in", 3, 6)]),
        ("from 1 to 4 seconds the camera zooms in", [("zoom_in", 1, 4)]),
        ("0-2s: push in. 2-6s: pan right.", [("push_in", 0, 2), ("pan_right", 2, 6)]),
        ("pan left in the first half, zoom in in the second half", [("pan_left", 0, 3), ("zoom_in", 3, 6)]),
        ("Pan left, finally zoom in at the end", [("pan_left", 0, 3), ("zoom_in", 3, 6)]),
        ("At the end the camera zooms in", [("zoom_in", 4, 6)]),
        ("push in, then hold", [("push_in", 0, 3), ("static", 3, 6)]),
        ("Slow push in. Handheld feel.", [("push_in", 0, 6), ("shake", 0, 6)]),
        ("镜头左摇，然后推进", [("pan_left", 0, 3), ("push_in", 3, 6)]),
        ("前2秒镜头固定，然后镜头推进", [("static", 0, 2), ("push_in", 2, 6)]),
    ],
)
def test_moves_in_time(prompt: str, expected: list[Span]) -> None:
    assert path(prompt) == expected


def test_ten_seconds_are_filled() -> None:
    assert path("pan left, then tilt up", 10) == [("pan_left", 0, 5), ("tilt_up", 5, 10)]


def test_a_scene_motion_said_first_delays_the_camera() -> None:
    assert path("Waves roll in, then the camera pulls back") == [("pull_out", 3, 6)]
    assert path("She smiles, then the camera pulls back") == [("pull_out", 0, 6)]


def test_the_same_move_said_twice_is_one() -> None:
    assert path("[Push in] The camera slowly pushes in on her face") == [("push_in", 0, 6)]
    assert path("Orbit shot. The camera orbits to the left around the car.") == [("orbit_left", 0, 6)]


@pytest.mark.parametrize(
    ("prompt", "expected", "note"),
    [
        ("[Pan left, Pan right]", [("pan_left", 0, 3), ("pan_right", 3, 6)], "one after the other"),
        ("the camera is static while zooming in", [("zoom_in", 0, 6)], "the move was kept"),
        ("[Static shot, Push in]", [("push_in", 0, 6)], "the move was kept"),
        (
            "[Pan left, Tilt up, Zoom in, Shake]",
            [("pan_left", 0, 6), ("tilt_up", 0, 6), ("zoom_in", 0, 6)],
            "shake left out",
        ),
        ("after nine seconds the camera zooms in", [("zoom_in", 0, 6)], "do not fit"),
        ("the camera pans", [("pan_right", 0, 6)], "no direction named"),
        ("[Barrel of fish] zoom in", [("zoom_in", 0, 6)], "is no camera command"),
    ],
)
def test_what_cannot_be_is_settled_with_a_note(prompt: str, expected: list[Span], note: str) -> None:
    direction = parse(prompt, 6)
    assert [(move.move, move.start, move.end) for move in direction.camera] == expected
    assert any(note in text for text in direction.notes)


def test_too_many_moves_in_turn_are_cut_with_a_note() -> None:
    direction = parse("[Pan left][Pan right]" * 20, 6)
    assert len(direction.camera) == 6
    assert any("too many" in note for note in direction.notes)

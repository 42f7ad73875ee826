"""Scene motions: what asks for them, how strong, where to, and what the nouns invite."""

from __future__ import annotations

import pytest

from firstframe.direction.parser import parse


def asked(prompt: str) -> set[str]:
    return {motion.kind for motion in parse(prompt, 6).motions if motion.asked}


@pytest.mark.parametrize(
    ("prompt", "kind", "strength"),
    [
        ("her hair blows", "hair", 1.0),
        ("her hair gently blows", "hair", 0.6),
        ("her hair blows in a soft breeze", "hair", 0.6),
        ("her hair blows in the breeze", "hair", 0.7),
        ("her hair blows in the strong wind", "hair", 1.6),
        ("her hair blows in the storm", "hair", 2.0),
        ("Strong wind. Her dress flutters.", "cloth", 1.6),
        ("the flag flaps violently", "cloth", 2.0),
        ("laundry in a storm", "cloth", 2.0),
        ("small waves", "water", 0.6),
        ("huge waves crash", "water", 1.8),
        ("waves roll in slowly", "water", 0.5),
        ("heavy rain", "rain", 1.7),
        ("light rain on a lake", "rain", 0.6),
        ("thick smoke rises", "smoke", 1.4),
        ("mist over the hills", "fog", 0.6),
        ("time-lapse of the sky", "clouds", 2.0),
        ("water ripples, slow-mo", "water", 0.6),
        ("the camera slowly pans left past the waterfall", "flow", 1.0),
        ("a small boat, waves roll in", "water", 1.0),
        ("狂风中头发飘动", "hair", 2.0),
    ],
)
def test_strength(prompt: str, kind: str, strength: float) -> None:
    assert {motion.kind: motion.strength for motion in parse(prompt, 6).motions}[kind] == strength


@pytest.mark.parametrize(
    ("prompt", "heading"),
    [
        ("clouds drift to the left", "left"),
        ("clouds drift from left to right", "right"),
        ("clouds drift left", "left"),
        ("her hair blows in the wind from the left", "right"),
        ("smoke curls upward", "up"),
        ("clouds drift", None),
        ("the camera pans left, clouds drift", None),
        ("the camera pans left as clouds drift to the right", "right"),
    ],
)
def test_heading(prompt: str, heading: str | None) -> None:
    assert [motion.heading for motion in parse(prompt, 6).motions] == [heading]


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("hair and dress flutter in the wind", {"hair", "cloth"}),
        ("leaves, flowers and grass sway", {"foliage"}),
        ("the wind moves the leaves", {"foliage"}),
        ("a windy day", {"foliage"}),
        ("A woman in a garden, strong wind", {"hair", "foliage"}),
        ("ripples in the pond", {"water"}),
        ("subtle movement in her hair", {"hair"}),
        ("the fog creeps under the door", {"fog"}),
        ("petals rain down", {"particles"}),
        ("water flows over the rocks", {"flow"}),
    ],
)
def test_what_asks_for_a_motion(prompt: str, kinds: set[str]) -> None:
    assert asked(prompt) == kinds


@pytest.mark.parametrize(
    "prompt",
    [
        "She waves at the camera",
        "He waves a flag",
        "She moves her hair",
        "A woman in a red dress moves gracefully",
        "A rain-soaked street",
        "A girl in a raincoat under a rainbow",
        "A snow-covered mountain road",
        "A fire truck in the street",
        "A steam train at a station",
        "A light blue dress",
        "A woman in soft sunlight",
        "A fisheye view of a square",
        "the leaves do not move",
        "no rain, no fog",
        "smoky eyes",
    ],
)
def test_words_that_ask_for_no_motion(prompt: str) -> None:
    assert asked(prompt) == set()


def test_things_that_never_stand_still_move_unasked_but_soft_motions_stay_with_them() -> None:
    motions = {motion.kind: (motion.strength, motion.asked) for motion in parse("A woman by a waterfall", 6).motions}
    assert motions == {"flow": (1.0, True), "hair": (0.6, False), "breathing": (0.6, False)}


def test_nothing_is_added_to_what_is_asked_for() -> None:
    assert [motion.kind for motion in parse("A woman by a lake, her hair blows", 6).motions] == ["hair"]


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("A woman", {"hair", "breathing"}),
        ("A cat on a sofa", {"breathing"}),
        ("A lake under a cloudy sky", {"water", "clouds"}),
        ("A garden", {"foliage"}),
        ("A cup of coffee", {"smoke"}),
        ("A bicycle against a wall", set()),
        ("A woman, everything is frozen", set()),
        ("The lake is calm, no waves", set()),
        ("bird's-eye view of a car park", {"foliage"}),
        ("女孩在湖边", {"hair", "breathing", "water"}),
    ],
)
def test_what_nouns_invite(prompt: str, kinds: set[str]) -> None:
    direction = parse(prompt, 6)
    assert {motion.kind for motion in direction.motions if not motion.asked} == kinds
    assert sum("no scene motion asked for" in note for note in direction.notes) == len(kinds)


def test_a_static_camera_keeps_its_motions() -> None:
    direction = parse("Static camera, her dress flutters", 6)
    assert [move.move for move in direction.camera] == ["static"]
    assert [motion.kind for motion in direction.motions] == ["cloth"]

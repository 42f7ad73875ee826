"""Words of film that are none, pace, negation, and who moves."""

from __future__ import annotations

import pytest

from firstframe.direction.camera import find_mentions
from firstframe.direction.parser import parse
from firstframe.direction.text import Prompt


def moves(prompt: str) -> list[str]:
    return [move.move for move in parse(prompt, 6).camera if move.asked]


@pytest.mark.parametrize(
    "prompt",
    [
        "An egg in a frying pan",
        "A pan of soup on the stove",
        "The pan sizzles on the stove",
        "Peter Pan on a roof",
        "A team on a zoom call",
        "A roll of film on a map",
        "Dolly the sheep stands in a field",
        "The owl tilts its head",
        "A track and field meet",
        "Two men shake hands",
        "A strawberry milkshake",
        "An orbiting satellite above the earth",
        "Her hair is full of static electricity",
        "She pushes in the chair",
        "He pulls out her phone",
        "She pulls out her phone and turns left",
        "A fire truck in the street",
        "A crane lifts a container up",
        "The truck moves right along the highway",
        "Kids zoom around on scooters",
        "A man holds a camera and zooms in on a bird",
        "The photographer pans her camera across the crowd",
        "The dog follows the boy",
        "the plane tilts left and climbs",
        "A shot of a man turning left",
        "The woman looks at the camera and turns left",
        "She walks away from the camera",
        'A sign reads "zoom in"',
        "She whispers 'pull back' to him",
    ],
)
def test_words_that_name_no_camera_move(prompt: str) -> None:
    assert moves(prompt) == []


@pytest.mark.parametrize(
    ("prompt", "speed"),
    [
        ("The camera very slowly pans left", 0.35),
        ("the camera slowly pans left", 0.5),
        ("slow, cinematic pan left", 0.5),
        ("Slowly, the camera pans left", 0.5),
        ("The camera pans left, very slowly", 0.35),
        ("gentle pan left", 0.6),
        ("the camera gradually pans to the left", 0.6),
        ("the camera pans left at a slow pace", 0.5),
        ("the camera pans left", 1.0),
        ("quick pan left", 1.7),
        ("the camera pans left fast", 1.7),
        ("the camera rapidly pans left", 2.2),
        ("whip pan left", 2.2),
        ("[Pan left slowly]", 0.5),
        ("the camera pans left as she slowly walks", 1.0),
        ("the camera pans left over the slow river", 1.0),
        ("she slowly turns, the camera pans left", 1.0),
    ],
)
def test_pace_belongs_to_the_move_it_stands_with(prompt: str, speed: float) -> None:
    assert [(move.move, move.speed) for move in parse(prompt, 6).camera] == [("pan_left", speed)]


def test_moves_joined_by_and_share_their_pace() -> None:
    assert [move.speed for move in parse("The camera slowly pans left and tilts up", 6).camera] == [0.5, 0.5]
    assert [move.speed for move in parse("The camera slowly pans left, then tilts up", 6).camera] == [0.5, 1.0]
    assert [move.speed for move in parse("The camera tilts up and slowly zooms in", 6).camera] == [1.0, 0.5]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("No camera movement", ["static"]),
        ("Do not pan, push in", ["push_in"]),
        ("No pan or tilt, slow zoom in", ["zoom_in"]),
        ("No camera shake, orbit left", ["orbit_left"]),
        ("pull back but do not zoom", ["pull_out"]),
    ],
)
def test_negation_is_respected(prompt: str, expected: list[str]) -> None:
    assert moves(prompt) == expected


@pytest.mark.parametrize("prompt", ["A lake without any zoom or pan", "never zoom in", "The man waits, do not dolly"])
def test_forbidden_moves_alone_leave_the_camera_still(prompt: str) -> None:
    direction = parse(prompt, 6)
    assert [(move.move, move.asked) for move in direction.camera] == [("static", False)]
    assert "forbid" in direction.notes[0]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("The camera follows the dog and then zooms in", ["tracking", "zoom_in"]),
        ("The camera starts low. It slowly rises.", ["pedestal_up"]),
        ("We slowly push in on her face", ["push_in"]),
        ("The camera reveals a traveller walking through the desert", []),
        ("The camera pans left. She tilts her head.", ["pan_left"]),
        ("Move in slowly on the letter", ["push_in"]),
        ("The whole picture tilts to the left", ["roll_left"]),
        ("zoom in and out", ["zoom_in", "zoom_out"]),
        ("the camera moves up and to the right", ["pedestal_up", "truck_right"]),
    ],
)
def test_who_moves(prompt: str, expected: list[str]) -> None:
    assert moves(prompt) == expected


def test_mentions_keep_their_places() -> None:
    text = "A cat. The camera pans left, then [Push in]."
    found = find_mentions(Prompt(text))
    assert [text[mention.start : mention.end] for mention in found] == ["pans left", "[Push in]"]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a ring on velvet, slow roll left", ["roll_left"]),
        ("lobster on ice, slide to the right", ["truck_right"]),
        ("a quiet bay, slow rise over the boats", ["pedestal_up"]),
        ("bridge at night, static time-lapse", ["static"]),
        ("clouds, then forward over the ridge", ["push_in"]),
        ("a roll of film lies on a map", []),
        ("a slide in an empty playground", []),
        ("she throws petals, which drift down onto the crowd", []),
        ("the rise of the chest is gentle", []),
    ],
)
def test_moves_told_without_a_verb(prompt: str, expected: list[str]) -> None:
    assert moves(prompt) == expected

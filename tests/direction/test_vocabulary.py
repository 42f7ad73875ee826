"""Every word of the vocabulary can be said, in brackets and in plain language."""

from __future__ import annotations

import re

import pytest

from firstframe.direction import film_phrases, motion_words, scene_words
from firstframe.direction.parser import parse
from firstframe.direction.vocabulary import (
    BRACKET_COMMANDS,
    CAMERA_MOVES,
    CHINESE_COMMANDS,
    DEFAULT_OF_FAMILY,
    OPPOSITES,
    SCENE_MOTIONS,
)

PLAIN_MOVES = {
    "pan_left": [
        "The camera pans left",
        "slow pan to the left",
        "camera turns left",
        "a leftward pan",
        "pan from right to left",
    ],
    "pan_right": ["panning right across the hills", "whip pan right", "the camera sweeps across the valley"],
    "tilt_up": ["tilt up", "the camera slowly tilts upward", "pan up to the roof", "the camera looks up"],
    "tilt_down": ["camera tilts down", "a downward tilt", "pan down to her shoes"],
    "truck_left": ["truck left", "the camera moves left", "dolly left along the bar", "the camera slides to the left"],
    "truck_right": [
        "camera moves right",
        "lateral tracking shot",
        "the shot glides past the shelves",
        "move the camera to the right",
    ],
    "pedestal_up": [
        "crane up",
        "The drone rises above the roofs",
        "bird's-eye view rises",
        "jib up",
        "the camera ascends",
    ],
    "pedestal_down": ["crane down", "the camera descends", "boom down to the table", "the camera lowers"],
    "push_in": [
        "push in",
        "dolly in",
        "the camera moves closer",
        "the camera approaches the door",
        "slow push towards her",
    ],
    "pull_out": ["pull back", "dolly out", "the camera moves away", "the camera retreats", "push out"],
    "zoom_in": ["zoom in", "crash zoom", "the lens zooms toward the clock", "Ken Burns effect"],
    "zoom_out": ["zoom out", "the camera zooms back", "a slow zoom out"],
    "orbit_left": ["orbit left", "the camera orbits clockwise around her", "arc to the left around the car"],
    "orbit_right": [
        "the camera circles her",
        "360 degree shot",
        "the camera pans around her",
        "arc shot",
        "bullet time",
    ],
    "roll_left": ["the camera rolls to the left", "dutch tilt left", "roll camera left"],
    "roll_right": ["dutch roll", "the camera rotates clockwise", "barrel roll", "slow clockwise roll"],
    "dolly_zoom": ["dolly zoom", "vertigo effect", "Hitchcock zoom"],
    "rack_focus": [
        "rack focus",
        "focus shifts to the man",
        "the background comes into focus",
        "focus pull to her eyes",
    ],
    "shake": ["handheld camera", "the camera shakes", "shaky cam", "camera shake"],
    "tracking": ["tracking shot", "the camera follows her", "the camera tracks the dog", "the camera moves with him"],
    "static": [
        "static camera",
        "the camera stays still",
        "locked-off",
        "on a tripod",
        "no camera movement",
        "fixed shot",
    ],
}

PLAIN_MOTIONS = {
    "hair": ["her hair blows", "flowing hair", "the breeze lifts her curls", "the lion's mane sways"],
    "cloth": ["her dress flutters", "the flag waves", "curtains billow", "laundry swaying in the wind"],
    "foliage": ["leaves rustle", "trees sway", "grass bends in the wind", "flowers nod"],
    "water": ["waves roll in", "the lake ripples", "rippling water", "reflections shimmer on the pond"],
    "flow": ["a waterfall", "the river flows", "a mountain stream", "water pours from the spout"],
    "clouds": ["clouds drift by", "time-lapse of the harbour", "the sky moves"],
    "fire": ["a bonfire", "flames flicker", "a burning house", "candlelight"],
    "smoke": ["steam rises", "smoke curls up", "a steaming mug"],
    "fog": ["mist rolls in", "a foggy morning", "fog drifts"],
    "rain": ["rain falls", "in the rain", "a thunderstorm", "it is raining"],
    "snow": ["snow is falling", "snowflakes drift down", "a blizzard"],
    "particles": ["petals fall", "dust floats", "embers rise", "bokeh sparkles", "fireworks", "leaves fall"],
    "light": ["lights flicker", "lightning", "sunbeams stream in", "from day to dusk", "the ring sparkles"],
    "breathing": ["she breathes slowly", "subtle breathing", "his chest rises and falls"],
}


@pytest.mark.parametrize(("move", "words"), [(move, words) for move, rows in PLAIN_MOVES.items() for words in rows])
def test_camera_move_in_plain_language(move: str, words: str) -> None:
    assert [(found.move, found.asked) for found in parse(words, 6).camera] == [(move, True)]


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, rows in PLAIN_MOTIONS.items() for words in rows])
def test_scene_motion_in_plain_language(kind: str, words: str) -> None:
    assert kind in {motion.kind for motion in parse(words, 6).motions if motion.asked}


def test_every_move_and_motion_is_tried() -> None:
    assert list(PLAIN_MOVES) == CAMERA_MOVES
    assert list(PLAIN_MOTIONS) == SCENE_MOTIONS


@pytest.mark.parametrize("move", CAMERA_MOVES)
def test_every_move_has_a_bracket(move: str) -> None:
    command = move.replace("_", " ")
    for text in (f"[{command}]", f"[{command.title()}] a house", f"A house [{command.upper()}]", f"【{command}】"):
        assert [found.move for found in parse(text, 6).camera] == [move]


@pytest.mark.parametrize(
    ("command", "move"), [*BRACKET_COMMANDS.items(), *CHINESE_COMMANDS.items(), ("push out", "pull_out")]
)
def test_commands_of_the_hosted_model(command: str, move: str) -> None:
    assert [found.move for found in parse(f"[{command.capitalize()}]", 6).camera] == [move]


def test_the_fifteen_commands_are_there_in_two_languages() -> None:
    assert len(BRACKET_COMMANDS) == len(CHINESE_COMMANDS) == len(set(BRACKET_COMMANDS.values())) == 15


def test_tables_speak_of_known_moves_and_motions() -> None:
    families = {re.sub(r"_{\w+}", "", name) for name in film_phrases.FILM_PHRASES}
    stems = {move.rpartition("_")[0] for move in CAMERA_MOVES}
    assert families <= set(CAMERA_MOVES) | stems | {"hold"}
    assert set(DEFAULT_OF_FAMILY.values()) <= set(CAMERA_MOVES)
    assert list(motion_words.MOTION_WORDS) == SCENE_MOTIONS
    assert {inference.kind for inference in scene_words.INFERENCES} <= set(SCENE_MOTIONS)
    assert all(OPPOSITES[OPPOSITES[move]] == move for move in OPPOSITES)

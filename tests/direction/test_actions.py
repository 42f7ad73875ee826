"""Acts that cannot be performed are quoted, word for word, and nothing else is."""

from __future__ import annotations

import pytest

from firstframe.direction.parser import parse


@pytest.mark.parametrize(
    ("prompt", "snippets"),
    [
        ("She walks", ["walks"]),
        ("A woman walking through a field of wheat", ["walking through a field of wheat"]),
        ("the kitten turns to look at the camera and licks its paw", ["turns to look at the camera", "licks its paw"]),
        ("running her hand through her flowing hair as the camera pans", ["running her hand through her flowing hair"]),
        ("He raises his arms and legs", ["raises his arms and legs"]),
        ("She begins to dance slowly", ["begins to dance slowly"]),
        ("Her whiskers twitch", ["whiskers twitch"]),
        ("Two dogs run", ["run"]),
        ("The bride and groom kiss", ["kiss"]),
        ("Make her smile", ["smile"]),
        ("a running horse on the beach", ["running horse on the beach"]),
        ("a group of children playing football", ["playing football"]),
        ("cars pass by", ["cars pass by"]),
        ("The robot morphs into a car", ["morphs into a car"]),
        ("A bird appears", ["appears"]),
        ("the scene changes to night", ["scene changes to night"]),
        ("A cobbler resoles a boot", ["resoles a boot"]),
        ("She plates the dish", ["plates the dish"]),
        ("A wombat digs a burrow", ["digs a burrow"]),
        ("She walks [Pan left] and smiles", ["walks", "smiles"]),
        ('She says "hello there" and waves', ['says "hello there"', "waves"]),
        ("The camera stays on her face, her expression changes", ["expression changes"]),
        ("The camera pans left, visitors whisper", ["whisper"]),
        ("The camera zooms in then cuts to black", ["cuts to black"]),
        ("Two swordsmen clash", ["clash"]),
        ("女孩转身微笑，头发飘动", ["转身微笑"]),
    ],
)
def test_acts_are_quoted(prompt: str, snippets: list[str]) -> None:
    assert list(parse(prompt, 6).unsupported) == snippets


@pytest.mark.parametrize(
    "prompt",
    [
        "A woman stands by a window wearing a red coat",
        "A man sits on a bench and looks at the lake",
        "A smiling woman",
        "A girl with running shoes and a walking stick",
        "The clouds run across the sky",
        "Flames leap and dance",
        "The camera walks through the door and turns left",
        "The camera looks down from above",
        "She does not smile",
        "He stands without moving",
        "Slow, smooth camera movement",
        "A close-up of a parrot",
        "The picture comes to life",
        "Waves and clouds",
        "A swimming pool by a parking lot",
        "Breathing softly",
        "A beautiful wedding ring on a string",
    ],
)
def test_states_and_motions_are_no_acts(prompt: str) -> None:
    assert parse(prompt, 6).unsupported == ()

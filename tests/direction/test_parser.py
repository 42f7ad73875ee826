"""The parser against prompts in the style of the hosted model's users."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstframe.direction.parser import parse
from firstframe.direction.vocabulary import CAMERA_MOVES, SCENE_MOTIONS
from prompts_understood import missed, rounds, rows

SEED_PAGE = (
    "A woman stands outdoors in soft sunlight, modeling a blue floral knit cardigan over white pants. She gently poses "
    "with relaxed confidence, running her hand through her flowing hair as the camera slowly pans around, highlighting "
    "the sweater’s floral pattern against a natural garden background."
)


def test_tuned_prompts_are_read_exactly() -> None:
    assert missed("tuned") == {}


def test_prompts_of_earlier_rounds_are_still_read_exactly() -> None:
    assert {split: missed(split) for split in rounds()} == {split: {} for split in rounds()}


def test_sets_of_prompts_are_large_enough_and_apart() -> None:
    sets = [[row.text for row in rows(split)] for split in ("tuned", "held_out", *rounds())]
    tuned, held_out = sets[0], [text for texts in sets[1:] for text in texts]
    assert len(held_out) * 3 >= len(tuned) + len(held_out)
    assert len({*tuned, *held_out}) == len(tuned) + len(held_out)


def test_prompt_of_the_hosted_models_page() -> None:
    direction = parse(SEED_PAGE, 6)
    assert [(move.move, move.start, move.end, move.speed) for move in direction.camera] == [
        ("orbit_right", 0.0, 6.0, 0.5)
    ]
    assert [motion.kind for motion in direction.motions] == ["hair"]
    assert direction.unsupported == ("poses with relaxed confidence", "running her hand through her flowing hair")
    assert direction.subjects[0] == "woman"


def test_report_is_json_and_names_every_choice() -> None:
    direction = parse("A woman at a lake", 6)
    report = json.loads(json.dumps(direction.report()))
    assert report["camera"] == [{"move": "push_in", "start": 0.0, "end": 6.0, "speed": 0.5, "asked": False}]
    assert {motion["kind"] for motion in report["motions"]} == {"hair", "breathing", "water"}
    assert any("no camera move named" in note for note in report["notes"])
    assert sum("no scene motion asked for" in note for note in report["notes"]) == 3


def test_snippets_are_quoted_from_the_prompt() -> None:
    for row in (*rows("tuned")[::8], *rows("held_out")[::8]):
        assert all(snippet in row.text for snippet in parse(row.text, 6).unsupported)


FRAGMENTS = st.sampled_from(
    """
    the camera|pans|slowly|left|right|and|then|while|as|zooms in|zoom out|no|without|her hair|waves|it|she|light|rain
    |in the wind|walks|[Pan left]|[Push in, Zoom out]|[|]|[[|【推进】|镜头推进|after three seconds|for the first|seconds
    |0-3s:|at the end|hold|static|"|“|'|’s|,|.|;|🎬|—|…|\u200b|360|1/2|a few|İ|ﬀ|½|٣ seconds|9999999999 seconds
    """.split("|")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS, max_size=60).map(" ".join), st.sampled_from([6, 10]), st.booleans())
def test_no_arrangement_of_words_breaks_the_reading(prompt: str, seconds: int, loop: bool) -> None:
    _assert_sound(prompt, seconds, loop)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=2000), st.sampled_from([6, 10]), st.booleans())
def test_no_text_breaks_the_reading(prompt: str, seconds: int, loop: bool) -> None:
    _assert_sound(prompt, seconds, loop)


@pytest.mark.parametrize(
    "prompt", ["a" * 2000, " " * 2000, "the camera pans " * 125, "[" * 2000, "[Pan left]" * 200, "very slowly, " * 150]
)
def test_long_texts_are_read(prompt: str) -> None:
    _assert_sound(prompt, 10, loop=False)


def _assert_sound(prompt: str, seconds: int, loop: bool) -> None:
    direction = parse(prompt, seconds, loop)
    assert direction.camera
    for move in direction.camera:
        assert move.move in CAMERA_MOVES
        assert 0 <= move.start < move.end <= seconds
        assert 0.2 <= move.speed <= 2.5
    for motion in direction.motions:
        assert motion.kind in SCENE_MOTIONS
        assert 0.2 <= motion.strength <= 2.0
        assert motion.heading in (None, "left", "right", "up", "down")
    assert len({motion.kind for motion in direction.motions}) == len(direction.motions)
    assert all(snippet in prompt for snippet in direction.unsupported)
    assert direction == parse(prompt, seconds, loop)
    json.dumps(direction.report())

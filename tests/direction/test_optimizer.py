"""The prompt optimizer: fuller, never different."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstframe.clip import PROMPT_MAX_CHARACTERS
from firstframe.direction.model import Direction
from firstframe.direction.optimizer import optimise
from firstframe.direction.parser import parse
from firstframe.direction.sentences import CAMERA_SENTENCES, MOTION_SENTENCES
from firstframe.direction.vocabulary import CAMERA_MOVES, SCENE_MOTIONS
from prompts_understood import rows

EVERY_ROW = (*rows("tuned"), *rows("held_out"))


def essence(direction: Direction) -> tuple[object, ...]:
    """What a revised prompt must not change."""
    return tuple((m.move, m.start, m.end, m.speed) for m in direction.camera), direction.unsupported


def changes(text: str, seconds: int) -> list[str]:
    """What a revised prompt has wrong against its original."""
    direction = parse(text, seconds)
    revised = optimise(text, direction)
    again = parse(revised, seconds)
    sound = {
        "begins with the prompt": revised.startswith(text.rstrip()),
        "is short enough": len(revised) <= PROMPT_MAX_CHARACTERS,
        "asks for the same camera and acts": essence(again) == essence(direction),
        "asks for all motions": {m.kind for m in again.motions} >= {m.kind for m in direction.motions},
        "is the same every time": optimise(text, direction) == revised,
    }
    return [name for name, holds in sound.items() if not holds]


@pytest.mark.parametrize(("seconds", "step"), [(6, 16), (10, 40)])
def test_revised_prompts_ask_for_the_same(seconds: int, step: int) -> None:
    wrong = {row.text: found for row in EVERY_ROW[::step] if (found := changes(row.text, seconds))}
    assert not wrong


def test_most_prompts_become_fuller() -> None:
    some = EVERY_ROW[::25]
    fuller = [row for row in some if _bytes(optimise(row.text, parse(row.text, 6))) > _bytes(row.text) + 40]
    assert len(fuller) >= 0.95 * len(some)


def _bytes(text: str) -> int:
    """Length in bytes, for a Chinese character says as much as three letters."""
    return len(text.encode())


def test_what_the_prompt_says_in_the_same_words_is_not_said_again() -> None:
    prompt = "the camera slowly pushes in, snow falls"
    revised = optimise(prompt, parse(prompt, 6))
    assert revised.lower().count("the camera slowly pushes in") == 1
    assert len(revised) > len(prompt)


def test_chosen_move_and_soft_motions_are_written_out() -> None:
    prompt = "A woman stands by a lake"
    added = [
        "The camera slowly pushes in.",
        "Strands of hair gently sway.",
        "The chest gently rises and falls.",
        "The water gently ripples.",
        "Natural, continuous motion, steady exposure, sharp detail, one unbroken take.",
    ]
    assert optimise(prompt, parse(prompt, 6)) == prompt + ". " + " ".join(added)


def test_commands_and_quotations_stay_word_for_word_and_in_order() -> None:
    prompt = 'She says "zoom in, please" [Pan left,Pedestal up] and walks. [Static shot]'
    revised = optimise(prompt, parse(prompt, 6))
    assert re.findall(r'\[[^\]]*\]|"[^"]*"', revised) == [
        '"zoom in, please"',
        "[Pan left,Pedestal up]",
        "[Static shot]",
    ]


def test_what_is_forbidden_is_not_added() -> None:
    prompt = "Waves roll in, no camera movement"
    assert "Static shot." in optimise(prompt, parse(prompt, 6))
    assert "camera pushes" not in optimise(prompt, parse(prompt, 6))


def test_chinese_prompts_are_continued_in_chinese() -> None:
    prompt = "女孩站在湖边"
    revised = optimise(prompt, parse(prompt, 6))
    assert revised.startswith(prompt + "。镜头缓慢推进。")
    assert not re.search(r"[A-Za-z]", revised)


@pytest.mark.parametrize("length", [1990, 1999, 2000])
def test_a_full_prompt_is_never_cut(length: int) -> None:
    prompt = ("A woman by the sea. " * 120)[:length]
    revised = optimise(prompt, parse(prompt, 6))
    assert len(revised) <= PROMPT_MAX_CHARACTERS
    assert revised.startswith(prompt.rstrip())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from([6, 10]), st.booleans())
def test_any_text_keeps_its_meaning(prompt: str, seconds: int, loop: bool) -> None:
    direction = parse(prompt, seconds, loop)
    revised = optimise(prompt, direction)
    assert revised.startswith(prompt.rstrip())
    if revised != prompt:
        assert essence(parse(revised, seconds)) == essence(direction)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_move_and_motion_has_a_sentence(language: str) -> None:
    assert list(CAMERA_SENTENCES[language]) == CAMERA_MOVES
    assert list(MOTION_SENTENCES[language]) == SCENE_MOTIONS


@pytest.mark.parametrize("move", CAMERA_MOVES)
def test_the_sentence_of_a_move_names_that_move(move: str) -> None:
    for language in ("en", "zh"):
        read = parse(CAMERA_SENTENCES[language][move].format(pace="").replace("  ", " "), 6)
        assert [m.move for m in read.camera] == [move]


@pytest.mark.parametrize("kind", SCENE_MOTIONS)
def test_the_sentence_of_a_motion_asks_for_that_motion(kind: str) -> None:
    for language in ("en", "zh"):
        read = parse(MOTION_SENTENCES[language][kind].format(manner="").replace("  ", " "), 6)
        assert [m.kind for m in read.motions if m.asked] == [kind]

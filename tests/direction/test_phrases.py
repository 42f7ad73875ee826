"""The small language of phrases, forms of verbs, and words of time."""

from __future__ import annotations

import pytest

from firstframe.direction.phrases import Phrase, forms, keyed_lines, phrases
from firstframe.direction.text import Prompt, normalised
from firstframe.direction.timing import span_seconds, time_phrases


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("pan", ("pan", "pans", "panning", "panned")),
        ("move", ("move", "moves", "moving", "moved")),
        ("push", ("push", "pushes", "pushing", "pushed")),
        ("carry", ("carry", "carries", "carrying", "carried")),
        ("sway", ("sway", "sways", "swaying", "swayed")),
        ("tilt", ("tilt", "tilts", "tilting", "tilted")),
        ("dolly", ("dolly", "dollies", "dollying", "dollied", "dolleys", "dollys")),
    ],
)
def test_forms(verb: str, expected: tuple[str, ...]) -> None:
    assert forms(verb) == expected


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("pan* (to the)? left", "it pans slowly to the left now", "pans slowly to the left"),
        ("pan* (to the)? left", "panning left", "panning left"),
        ("pan* left", "pans leftovers", None),
        ("(slow|quick) (zoom|pan (shot)?)", "a quick pan shot", "quick pan shot"),
        ("breathe* !fire", "it breathes fire", None),
        ("breathe* !fire", "it breathes air", "breathes"),
        ("go* WAY", "goes upward", "goes upward"),
    ],
)
def test_phrases(phrase: str, text: str, found: str | None) -> None:
    spans = Phrase(phrase, {"WAY": "up|upward"}).spans(text, set(text.split()))
    assert [text[start:end] for start, end in spans] == ([found] if found else [])


def test_tables_of_phrases() -> None:
    assert len(phrases("a b; c\n  d")) == 3
    assert list(keyed_lines("x: a; b\n   y: c")) == [("x", "a; b"), ("y", "c")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("after three seconds", (3, None, None)),
        ("after about 2.5 s", (2.5, None, None)),
        ("three seconds later", (3, None, None)),
        ("for the first two seconds", (0, 2, None)),
        ("in the last 2 seconds", (8, 10, None)),
        ("for 4 seconds", (None, None, 4)),
        ("from 2 to 5 seconds", (2, 5, None)),
        ("2s - 5s", (2, 5, None)),
        ("0:02-0:05", (2, 5, None)),
        ("halfway through", (5, None, None)),
        ("at first", (0, None, None)),
        ("after 99 seconds", (10, None, None)),
        ("3秒后", (3, None, None)),
    ],
)
def test_times(text: str, expected: tuple[float | None, float | None, float | None]) -> None:
    (phrase,) = time_phrases(text)
    assert span_seconds(phrase, 10) == expected


@pytest.mark.parametrize("text", ["", "after the rain", "the second house", "three cats", "a lot of seconds"])
def test_words_that_are_no_times(text: str) -> None:
    assert time_phrases(text) == ()


@pytest.mark.parametrize("text", ["İstanbul’s Bird’s-EYE view", "a_b-c – 3-5 s", "ﬀ ½ 🎬", "Camera: pan\tleft\r\n"])
def test_normalising_keeps_every_place(text: str) -> None:
    assert len(normalised(text)) == len(text)


def test_quotations_and_brackets_stand_apart() -> None:
    prompt = Prompt('She says “zoom in” [Pan left] and it\'s "nothing"')
    assert [bracket.content for bracket in prompt.brackets] == ["pan left"]
    assert [word.text for word in prompt.words] == ["she", "says", "and", "it's"]


def test_a_prompt_that_is_all_quotation_is_read() -> None:
    assert [word.text for word in Prompt('"zoom in"').words] == ["zoom", "in"]

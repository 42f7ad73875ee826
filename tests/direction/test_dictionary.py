"""The dictionary tells what words can be that no table of ours holds."""

from __future__ import annotations

import pytest

from firstframe.direction import dictionary


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("gymnast", "person"),
        ("herons", "animal"),
        ("leotard", "clothes"),
        ("gondola", "vehicle"),
        ("lasagna", "food"),
        ("igloo", "building"),
        ("nonsense", None),
        ("blorf", None),
    ],
)
def test_kinds_of_nouns(word: str, kind: str | None) -> None:
    assert dictionary.kind_of(word) == kind


@pytest.mark.parametrize(
    ("word", "tags"),
    [("clambering", "G"), ("wheezes", "SZ"), ("trudged", "P"), ("gymnasts", "E"), ("inflatable", "JN"), ("blorf", "")],
)
def test_readings(word: str, tags: str) -> None:
    assert "".join(sorted(dictionary.readings(word))) == tags


def test_the_more_frequent_reading_costs_less() -> None:
    found = dictionary.entry("wheeze")
    assert found is not None
    assert found.noun is not None
    assert found.verb is not None
    assert found.verb < found.noun


@pytest.mark.parametrize(
    ("word", "tells"), [("soothing", True), ("inviting", True), ("running", False), ("cat", False)]
)
def test_participles_of_mood(word: str, tells: bool) -> None:
    assert dictionary.describes_a_feeling(word) is tells

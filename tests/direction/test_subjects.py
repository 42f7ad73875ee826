"""The names of what is in the picture, most important first."""

from __future__ import annotations

import pytest

from firstframe.direction.parser import parse


@pytest.mark.parametrize(
    ("prompt", "subjects"),
    [
        ("The owl tilts its head", ["owl"]),
        ("a black handbag on a wooden table", ["black handbag"]),
        ("A castle by a lake, a little girl with a dog", ["little girl", "dog", "castle", "lake"]),
        ("Two businessmen in front of a glass building", ["businessman", "glass building"]),
        ("a handbag, a black handbag", ["black handbag"]),
        ("the sky above the sea of leaves", ["sea", "leaf"]),
        ("A zeppelin over the roofs", ["zeppelin"]),
        ("a wombat digs", ["wombat"]),
        ("The camera pans left", []),
        ("shallow depth of field", []),
        ("", []),
        ("女孩和猫", ["女孩", "猫"]),
    ],
)
def test_subjects(prompt: str, subjects: list[str]) -> None:
    assert list(parse(prompt, 6).subjects) == subjects


def test_subjects_are_few() -> None:
    prompt = "a woman, a man, a cat, a dog, a car, a bus, a castle, a bridge, a lake"
    assert list(parse(prompt, 6).subjects) == ["woman", "man", "cat", "dog", "car", "bus"]

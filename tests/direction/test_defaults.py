"""The camera move when the words name none."""

from __future__ import annotations

import pytest

from firstframe.direction.parser import parse


@pytest.mark.parametrize(
    ("prompt", "loop", "move", "reason"),
    [
        ("A woman in a park", False, "push_in", "person"),
        ("A handbag on a table", False, "orbit_right", "product"),
        ("A wide valley at sunset", False, "truck_right", "landscape"),
        ("A lighthouse", False, "pedestal_up", "tall"),
        ("Something", False, "push_in", "most pictures"),
        ("", False, "push_in", "most pictures"),
        ("A woman in a park", True, "orbit_right", "loop"),
        ("A woman in a park, no zoom", True, "static", "forbid"),
        ("shallow depth of field, a bicycle", False, "orbit_right", "product"),
    ],
)
def test_default_move(prompt: str, loop: bool, move: str, reason: str) -> None:
    direction = parse(prompt, 10, loop)
    assert [(m.move, m.start, m.end, m.asked) for m in direction.camera] == [(move, 0.0, 10.0, False)]
    assert direction.camera[0].speed == (1.0 if move == "static" else 0.5)
    assert reason in direction.notes[0]


def test_a_named_move_has_no_default_note() -> None:
    assert not any("no camera move named" in note for note in parse("zoom in on a lake", 6, loop=True).notes)

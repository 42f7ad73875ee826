"""A motion says what exactly moves, when the words do."""

from __future__ import annotations

from firstframe.direction.details import DETAILS
from firstframe.direction.parser import parse
from firstframe.direction.vocabulary import SCENE_MOTIONS

SAID: dict[str, tuple[str, str | None]] = {
    "Cherry blossom petals drift through the air": ("particles", "petals"),
    "Dust floats in the room": ("particles", "dust"),
    "autumn leaves falling": ("particles", "leaves"),
    "Embers rise from the campfire": ("particles", "embers"),
    "Confetti rains down": ("particles", "confetti"),
    "Day turns to dusk over the harbour": ("light", "nightfall"),
    "The light changes from day to dusk": ("light", "nightfall"),
    "Night falls over the valley": ("light", "nightfall"),
    "Lightning strikes behind the lighthouse": ("light", "lightning"),
    "The sun rises over the hills": ("light", "daybreak"),
    "Sunbeams stream through the church window": ("light", "sunbeams"),
    "Neon signs flicker above the bar": ("light", "lamps"),
    "The ring sparkles": ("light", "sparkle"),
    "Steam rises from the cup": ("smoke", "steam"),
    "Smoke curls from his pipe": ("smoke", "smoke"),
    "Waves crash on the shore": ("water", "waves"),
    "Ripples spread across the pond": ("water", "ripples"),
    "her hair blows in the wind": ("hair", None),
}


def test_details_are_read_and_reported() -> None:
    read = {prompt: [(m.kind, m.detail) for m in parse(prompt, 6).motions if m.asked] for prompt in SAID}
    wrong = {prompt: motions for prompt, motions in read.items() if SAID[prompt] not in motions}
    assert not wrong
    assert parse("Dust floats in the room", 6).report()["motions"][0]["detail"] == "dust"
    assert "detail" not in parse("her hair blows", 6).report()["motions"][0]


def test_only_kinds_of_the_vocabulary_have_details() -> None:
    assert set(DETAILS) <= set(SCENE_MOTIONS)
